// A tuned page without a framework. `build.mjs` puts the page's own SDK before it, into the same script.
import { draw } from "./draw.js";

draw(globalThis.liffSdk);
