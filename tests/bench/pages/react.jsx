// React as LINE's and Vite's templates ship it: the SDK from npm in the same bundle, an empty root, `init` in an effect.
import liff from "@line/liff";
import { StrictMode, useEffect, useState } from "react";
import { createRoot } from "react-dom/client";
import { bind } from "./bind.js";
import "./style.css";

const TEXTS = {
  working: ["正在確認您的 LINE 身分…", () => "請稍候，通常只需要幾秒鐘。"],
  bound: ["綁定完成", (site) => `您的 LINE 已與 ${site} 連結，可以關閉這個畫面。`],
  failed: ["系統發生問題", () => "尚未完成綁定，請再試一次。"],
};

function App() {
  const [state, setState] = useState({ screen: "working", site: "" });

  useEffect(() => {
    bind(liff)
      .then(({ bound, site }) => setState({ screen: bound ? "bound" : "failed", site }))
      .catch(() => setState({ screen: "failed", site: "" }));
  }, []);

  useEffect(() => {
    document.documentElement.dataset.screen = state.screen;
  }, [state]);

  const [heading, body] = TEXTS[state.screen];
  return (
    <main>
      <h1>{heading}</h1>
      <p role="status">{body(state.site)}</p>
    </main>
  );
}

createRoot(document.getElementById("root")).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
