// What the person would see outside the page, in words: on the list of scenarios around it, and on the console.

/** Says it. */
export function note(text) {
  console.info(`[dev] ${text}`);
  if (parent !== window) parent.postMessage({ note: text }, location.origin);
}
