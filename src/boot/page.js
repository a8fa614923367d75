// The page's elements and settings, and the parameters of its link.

export const root = document.documentElement;
export const { userAgent } = navigator;
export const os = /Android/.test(userAgent) ? "android" : /iP(hone|od|ad)/.test(userAgent) ? "ios" : "web";
export const find = (selector) => document.querySelector(selector);
export const meta = (name) => find(`meta[name="${name}"]`)?.content.trim() ?? "";
/** Undefined where a browser or the SDK throws. */
export const attempt = (read) => { try { return read(); } catch {} };

/** LINE puts the parameters of the LIFF URL into `liff.state`. */
const state = new URLSearchParams(location.search).get("liff.state")?.match(/\?([^#]*)/)?.[1] ?? "";
export const parameters = `${location.search.slice(1)}&${state}`;
export const query = new URLSearchParams(parameters.replace(/&(amp;)+/g, "&"));
/** The LIFF app, as the link or the deployment names it; empty if neither does. */
export const liffId = query.get("liffId") || meta("liff-id");
/** Whether a merchant opens the doctor. */
export const checks = query.get("check") === "1";
