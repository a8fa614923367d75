// Draws a QR code; fetched on desktops only.
import { encode } from "uqr";

/** The code of `text` as the `d` of an SVG path that fills a square of 100, quiet zone included. */
export function draw(text) {
  const { data, size } = encode(text, { ecc: "M", border: 4 });
  const unit = 100 / size;
  const at = (position) => +(position * unit).toFixed(3);
  const runs = data.flatMap((row, y) => [...row.map((dark) => (dark ? "1" : "0")).join("").matchAll(/1+/g)].map(
    ({ index, 0: run }) => `M${at(index)} ${at(y)}h${at(run.length)}v${at(1)}h-${at(run.length)}z`,
  ));
  return runs.join("");
}
