// Lists the scenarios and shows the chosen one, `#its-name`, in a frame of a phone's size.

const scenarios = await (await fetch("scenarios.json")).json();
const element = (id) => document.getElementById(id);
const frame = element("page");
const look = element("look");

const inLine = ({ device }) => ["line-ios", "line-android"].includes(device);
const GROUPS = [
  ["Unlinking", ({ query }) => query?.unlink],
  ["Bound", ({ expect }) => ["bound", "already-bound"].includes(expect.screen)],
  ["Asks first", ({ expect }) => expect.screen === "confirm"],
  ["For merchants", ({ expect }) => expect.screen === "check"],
  ["Set-up faults", ({ expect }) => expect.failure?.startsWith("setup-")],
  ["Outside LINE", (scenario) => !inLine(scenario)],
  ["Failures", () => true],
];

/** The link that was just followed: the page in the frame takes the focus, and the list takes it back once. */
let followed = null;

const chosen = () => scenarios.find(({ name }) => `#${name}` === location.hash) ?? scenarios[0];
const words = ({ screen, failure }) => (failure ? `${screen} / ${failure}` : screen);

function list() {
  const groups = Map.groupBy(scenarios, (scenario) => GROUPS.find(([, holds]) => holds(scenario))[0]);
  for (const [heading] of GROUPS) {
    const title = document.createElement("h3");
    title.textContent = heading;
    const items = document.createElement("ul");
    items.append(...(groups.get(heading) ?? []).map(item));
    element("scenarios").append(title, items);
  }
}

function item({ name, title }) {
  const link = document.createElement("a");
  link.href = `#${name}`;
  link.textContent = title;
  const item = document.createElement("li");
  item.append(link);
  return item;
}

function open() {
  const { name, title } = chosen();
  const lang = new FormData(look).get("lang");
  const query = new URLSearchParams({ scenario: name, ...(lang && { lang }) });
  const url = `/liff-bind.html?${query}`;

  for (const link of document.querySelectorAll("nav li a")) {
    if (link.hash === `#${name}`) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  element("title").textContent = title;
  element("alone").href = url;
  element("notes").replaceChildren();
  element("visit").textContent = "";
  followed = document.activeElement.closest("nav li a");
  // Not by `src`: that would add every scenario to the history a second time.
  frame.contentWindow.location.replace(url);
}

function dress() {
  const { size, scheme } = Object.fromEntries(new FormData(look));
  [frame.width, frame.height] = size.split("x");
  // The page in the frame takes its `prefers-color-scheme` from here.
  frame.style.colorScheme = scheme;
}

function watch() {
  const { screen, failure } = frame.contentDocument?.documentElement.dataset ?? {};
  const { expect } = chosen();
  element("shown").textContent = screen ? words({ screen, failure }) : "…";
  element("shown").dataset.asExpected = words({ screen, failure }) === words(expect);
  if (followed && screen && screen !== "working") {
    if (document.activeElement === frame) followed.focus();
    followed = null;
  }
}

list();
dress();
open();
setInterval(watch, 200);

look.addEventListener("change", ({ target }) => (target.name === "lang" ? open() : dress()));
element("again").addEventListener("click", open);
addEventListener("hashchange", open);
addEventListener("message", ({ origin, data }) => {
  if (origin !== location.origin) return;
  // Ignores a visit of the previous scenario, which has just been left.
  if (data.visit && data.scenario === chosen().name) element("visit").textContent = data.visit.replaceAll("&", " ");
  if (!data.note) return;
  const note = document.createElement("li");
  note.textContent = data.note;
  element("notes").append(note);
});
