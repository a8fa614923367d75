// Stands in for what this machine lacks: the apps that the page's links open, and the shop's website with its logo.
import { addFriend } from "./line.js";
import { note } from "./note.js";

const LINKS = {
  "open-line": () => {
    note("LINE would open the page: here it is.");
    const url = new URL(location.pathname, location.origin);
    url.searchParams.set("scenario", "bound");
    url.searchParams.set("lang", document.documentElement.lang);
    location.assign(url);
  },
  "add-friend": () => {
    addFriend();
    note("LINE would show the official account. You have added it, and are back.");
    document.dispatchEvent(new Event("visibilitychange"));
  },
  return: (link) => note(`The browser would show ${link.href}.`),
};

addEventListener(
  "click",
  (event) => {
    const link = event.target.closest?.("a[data-action]");
    const play = LINKS[link?.dataset.action];
    if (!play) return;
    event.preventDefault();
    play(link);
  },
  true,
);

const LOGO = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96"><rect width="96" height="96" fill="#c96f4a"/><circle cx="48" cy="48" r="22" fill="#fff"/></svg>`;

// The event does not bubble. The page must not see it, or it would go on without a logo.
addEventListener(
  "error",
  (event) => {
    const { target } = event;
    if (target.tagName !== "IMG" || !target.src.startsWith("https:")) return;
    event.stopImmediatePropagation();
    target.src = `data:image/svg+xml,${encodeURIComponent(LOGO)}`;
  },
  true,
);
