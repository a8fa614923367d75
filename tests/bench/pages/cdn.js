// The same code with the SDK that LINE's CDN serves.
import { draw } from "./draw.js";

draw(globalThis.liff);
