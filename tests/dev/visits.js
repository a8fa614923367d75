// Visits: nothing is sent. The list of scenarios and the console show the beacon instead.
import { scenario } from "./opening.js";

globalThis.toldVisits = [];
navigator.sendBeacon = (url) => {
  const visit = url.split("?")[1];
  toldVisits.push(visit);
  console.info(`[dev] visit: ${visit}`);
  if (parent !== window) parent.postMessage({ visit, scenario: scenario.name }, location.origin);
  return true;
};
