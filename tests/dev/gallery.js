// Shows every screen in every language, theme and size: as many frames as the four menus select. The URL keeps it.

const EVERY = "every";
const scenarios = await (await fetch("scenarios.json")).json();
const look = document.getElementById("look");

/** The first scenario of each screen, and of each failure. */
const screens = new Map();
for (const { name, expect, then } of scenarios) {
  const screen = expect.failure ?? then?.screen ?? (name === "bound-not-friend" ? name : expect.screen);
  if (!screens.has(screen)) screens.set(screen, name);
}

const MENUS = {
  screen: { [EVERY]: "every", ...Object.fromEntries([...screens].map(([screen, scenario]) => [scenario, screen])) },
  lang: { "zh-Hant": "繁體中文", en: "English", ja: "日本語", th: "ไทย", id: "Indonesia", [EVERY]: "every" },
  scheme: { light: "light", dark: "dark", [EVERY]: "every" },
  size: { "390x330": "Compact", "320x290": "Compact, smallest", "390x844": "Full", "1200x800": "computer", [EVERY]: "every" },
};

function choose() {
  const asked = new URLSearchParams(location.hash.slice(1));
  for (const [name, menu] of Object.entries(MENUS)) {
    const options = Object.entries(menu).map(([value, text]) => new Option(text, value, false, asked.get(name) === value));
    look.elements[name].replaceChildren(...options);
  }
}

/** The chosen values of a menu. */
function chosen(name) {
  const value = look.elements[name].value;
  return value === EVERY ? Object.keys(MENUS[name]).filter((value) => value !== EVERY) : [value];
}

function show() {
  const looks = chosen("screen").flatMap((scenario) =>
    chosen("lang").flatMap((lang) =>
      chosen("scheme").flatMap((scheme) => chosen("size").map((size) => frame(scenario, lang, scheme, size))),
    ),
  );
  document.getElementById("frames").replaceChildren(...looks);
}

function frame(scenario, lang, scheme, size) {
  const frame = document.createElement("iframe");
  frame.loading = "lazy";
  [frame.width, frame.height] = size.split("x");
  // The page in the frame takes its `prefers-color-scheme` from here.
  frame.style.colorScheme = scheme;
  frame.title = [MENUS.screen[scenario], MENUS.lang[lang], scheme, MENUS.size[size]].join(", ");
  frame.src = `/liff-bind.html?${new URLSearchParams({ scenario, lang })}`;
  const caption = document.createElement("figcaption");
  caption.textContent = frame.title;
  const figure = document.createElement("figure");
  figure.append(caption, frame);
  return figure;
}

choose();
show();
look.addEventListener("change", () => {
  location.replace(`#${new URLSearchParams(new FormData(look))}`);
  show();
});
