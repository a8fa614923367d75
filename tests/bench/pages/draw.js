import { bind } from "./bind.js";

/** Binds, and draws the result without a framework. */
export async function draw(liff) {
  const screen = await bind(liff).then(
    ({ bound, site }) => (bound ? ["bound", "綁定完成", `您的 LINE 已與 ${site} 連結，可以關閉這個畫面。`] : failed),
    () => failed,
  );
  const [name, heading, body] = screen;
  const { documentElement: root } = document;
  document.querySelector("h1").textContent = heading;
  document.querySelector("p").textContent = body;
  root.dataset.screen = name;
}

const failed = ["failed", "系統發生問題", "尚未完成綁定，請再試一次。"];
