// The language files of the page and of the merchant's doctor and guide: what is shipped, and the static pages' texts.
import { readFile, readdir } from "node:fs/promises";
import { basename, join } from "node:path";

/** The languages that a page shows if no script can choose one. */
export const SHOWN = ["zh-Hant", "en"];

/** The folder's files by language, those of `SHOWN` first. */
export async function readWords(folder) {
  const names = (await readdir(folder)).filter((name) => name.endsWith(".json")).map((name) => basename(name, ".json"));
  const languages = [...new Set([...SHOWN, ...names.sort()])];
  const read = async (language) => [language, JSON.parse(await readFile(join(folder, `${language}.json`), "utf8"))];
  return Object.fromEntries(await Promise.all(languages.map(read)));
}

/** The part of a language file that the app reads: all but the static pages' texts. */
export function shipped({ static: _, ...words }) {
  return JSON.stringify(words);
}

/**
 * Puts texts into a page, each in all languages. A placeholder names one text, as `{{working-title}}`, or has two more
 * before it, of which boot.js shows one or none: `{{not-linked-yet, not-unlinked-yet, page-load-body}}`. The static
 * failure shows the languages of `SHOWN`; the skeleton before it shows the first of them.
 */
export function fillIn(html, words) {
  const text = (language, name) => {
    const { static: own, ...others } = words[language];
    const found = own[name] ?? others[name];
    if (typeof found !== "string") throw new Error(`${language}.json, in src/i18n or crates/doctor/src/i18n, has no text ${name}, which a page asks for`);
    const html = found.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
    // LINE shows pages in the system's engine. boot.js names the one that it runs in.
    return html.replace("{update}", '<b translate="no">iOS / Android System WebView</b>');
  };
  const inOneLanguage = (language, names) => {
    const own = names.map((name) => text(language, name));
    const last = own.pop();
    const between = (other) => (other.endsWith("。") ? "" : " ");
    return [...own.map((other, index) => `<span${index ? " hidden" : ""}>${other}${between(other)}</span>`), last].join("");
  };
  const inAll = (_, list, offset, page) => {
    const shown = offset > page.indexOf('id="page-load"') ? SHOWN : SHOWN.slice(0, 1);
    const spans = Object.keys(words).map((language) => {
      const hidden = shown.includes(language) ? "" : " hidden";
      return `<span lang="${language}"${hidden}>${inOneLanguage(language, list.split(", "))}</span>`;
    });
    return spans.join("\n");
  };
  return html
    .replace(/(?<=<title>)\{\{([a-z-]+)\}\}/, (_, name) => text(SHOWN[0], name))
    .replace(/\{\{([a-z, -]+)\}\}/g, inAll);
}
