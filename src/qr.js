// Draws a QR code. Fetched only where LINE may be on another device.
import { encode } from "uqr";

/** The smallest size of a module, in CSS pixels. */
const FINEST = 3;
/** The quiet zone on each side, in modules (ISO/IEC 18004). */
const BORDER = 4;

/**
 * The code of `text` as the URL of an image with sides of `side` CSS pixels. The image includes the background and the
 * quiet zone. A module is a whole number of the screen's pixels where that leaves it at least `FINEST`.
 */
export async function draw(text, side) {
  const { data, size } = fit(text, Math.floor(side / FINEST));
  const ratio = globalThis.devicePixelRatio;
  const whole = (length) => Math.floor(length * ratio) / ratio;
  const unit = Math.max(FINEST, whole(side / size));
  const start = whole((side - unit * size) / 2);
  const runs = data.flatMap((row, y) => [...row.map((dark) => (dark ? "1" : "0")).join("").matchAll(/1+/g)].map(
    ({ index, 0: { length } }) => `M${index} ${y}h${length}v1h-${length}z`,
  ));
  const url = `data:image/svg+xml,${encodeURI(
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${side} ${side}" shape-rendering="crispEdges">` +
      `<path fill="white" d="M0 0h${side}v${side}h-${side}z"/>` +
      `<path fill="black" transform="matrix(${unit} 0 0 ${unit} ${start} ${start})" d="${runs.join("")}"/></svg>`,
  )}`;
  // A host's own policy may refuse such images.
  await new Promise((resolve, reject) => Object.assign(new Image(), { onload: resolve, onerror: reject, src: url }));
  return url;
}

/** The code and its quiet zone in at most `modules` modules a side: with error correction M if that fits, else L. */
function fit(text, modules) {
  const maxVersion = Math.min(40, Math.floor((modules - 2 * BORDER - 17) / 4));
  const code = (ecc) => encode(text, { ecc, border: BORDER, maxVersion });
  try {
    return code("M");
  } catch {
    return code("L");
  }
}
