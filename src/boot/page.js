// The page's elements and settings, and the parameters of its link.

export const root = document.documentElement;
export const { userAgent } = navigator;
export const os = /Android/.test(userAgent) ? "android" : /iP(hone|od|ad)/.test(userAgent) ? "ios" : "web";
export const find = (selector) => document.querySelector(selector);
export const meta = (name) => find(`meta[name="${name}"]`)?.content.trim() ?? "";
/** Undefined where a browser or the SDK throws. */
export const attempt = (read) => { try { return read(); } catch {} };

/** The query of a URL. Mail tools and shops' systems escape `&` for HTML, often more than once. */
const queryOf = (url) => /^[^#?]*\?([^#]*)/.exec(url.replace(/&(amp(;|%3B)|(#|%23)0?38(;|%3B))+/gi, "&"))?.[1] ?? "";
const own = queryOf(location.href);
/** LINE puts the parameters of the LIFF URL into `liff.state`. */
export const parameters = `${own}&${queryOf(new URLSearchParams(own).get("liff.state") ?? "")}`;
export const query = new URLSearchParams(parameters);
/** The LIFF app, as the link or the deployment names it; empty if neither does. */
export const [liffId = ""] = /\b\d{1,12}-[A-Za-z\d]{1,11}\b/.exec(query.get("liffId") || meta("liff-id")) ?? [];
/** Whether a merchant opens the doctor. */
export const checks = query.get("check") === "1";
