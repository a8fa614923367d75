// Visits: nothing is sent. What would be is shown on the list of scenarios, and on the console.
import { scenario } from "./opening.js";

globalThis.toldVisits = [];
navigator.sendBeacon = (url) => {
  const visit = url.split("?")[1];
  toldVisits.push(visit);
  console.info(`[dev] visit: ${visit}`);
  if (parent !== window) parent.postMessage({ visit, scenario: scenario.name }, location.origin);
  return true;
};
