// The language shown.
import { query, root } from "./page.js";

const languages = [...document.querySelectorAll("#page-load h1 [lang]")].map(({ lang }) => lang);
// Android's old tag for Indonesian is `in`.
const primary = (tag) => /[a-z]+/i.exec(tag)?.[0].toLowerCase().replace(/^in$/, "id");

/** Our language for the first of these tags that matches one. */
export const known = (...tags) => tags.map((tag) => languages.find((own) => primary(own) === primary(tag))).find(Boolean);
/** The link's, and the browser's. */
export const asked = known(...query.getAll("lang"));
export const preferred = known(...(navigator.languages ?? [])) ?? languages[0];
/** Never read back from the page: a browser's translator rewrites <html lang>. */
export let language;
export const choose = (texts) => { for (const text of texts) text.hidden = text.lang !== language; };
export const speak = (tag) => {
  root.lang = language = tag;
  choose(document.querySelectorAll("body [lang]"));
};
