// The phone: how its browser and the LINE app name themselves. User agents as in `tests/sandbox/src/phone.rs`.
import { memory, scenario } from "./opening.js";

const LINE = `Line/${scenario.line_version ?? "26.4.0"}`;
const WEBVIEW =
  "Mozilla/5.0 (Linux; Android 16; Pixel 8 Build/BP1A; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/140.0.0.0 Mobile Safari/537.36";
const IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)";
const USER_AGENTS = {
  "line-ios": `${IPHONE} Mobile/15E148 Safari ${LINE} LIFF`,
  "line-android": `${WEBVIEW} ${LINE} LIFF`,
  "line-in-app": `${WEBVIEW} ${LINE}/IAB`,
  phone:
    "Mozilla/5.0 (Linux; Android 16; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36",
  iphone: `${IPHONE} Version/18.7 Mobile/15E148 Safari/604.1`,
  tablet: "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36",
  messenger: `${IPHONE} Mobile/15E148 [FBAN/MessengerForiOS;FBAV/482.2.0.68.110;FBDV/iPhone12,8;FBLC/zh_TW]`,
  desktop:
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36",
};

const language = scenario.language ?? "zh-Hant";

const says = (name, get) => Object.defineProperty(navigator, name, { get, configurable: true });

says("userAgent", () => USER_AGENTS[scenario.device]);
says("language", () => language);
says("languages", () => [language]);
says("maxTouchPoints", () => (scenario.device === "desktop" ? 0 : 5));
if (scenario.device === "tablet") says("userAgentData", () => ({ platform: "Android" }));
// The connection is back once the page has tried in vain.
if (scenario.liff === "offline") says("onLine", () => memory.inits > 4);

// LINE for iOS answers this prompt of `liff.getAppLanguage` natively.
const ask = window.prompt.bind(window);
window.prompt = (text, ...rest) => (text === "LIFF:GET_APP_LANGUAGE" ? language : ask(text, ...rest));
