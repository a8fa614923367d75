// Says in words what the person would see outside the page: on the list of scenarios around it, and on the console.

export function note(text) {
  console.info(`[dev] ${text}`);
  if (parent !== window) parent.postMessage({ note: text }, location.origin);
}
