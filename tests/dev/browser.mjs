// Drives a headless Chromium through chromedriver's HTTP interface (W3C WebDriver), and serves its pages.
import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const TYPES = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".wasm": "application/wasm", ".json": "application/json" };

/** Serves a folder; returns the origin, and a function that stops it. */
export async function serve(folder) {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    const file = join(folder, pathname === "/" ? "index.html" : pathname);
    try {
      response.setHeader("Content-Type", TYPES[extname(file)] ?? "application/octet-stream").end(await readFile(file));
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { origin: `http://127.0.0.1:${server.address().port}`, stop: () => server.close().closeAllConnections() };
}

/** Starts chromedriver on a port of its own choice. */
export async function startDriver() {
  const driver = spawn("chromedriver", ["--port=0"], { stdio: ["ignore", "pipe", "inherit"] });
  const port = await new Promise((resolve, reject) => {
    driver.on("error", reject);
    driver.on("exit", () => reject(new Error("chromedriver ended")));
    driver.stdout.on("data", (text) => {
      const port = /successfully on port (\d+)/.exec(text)?.[1];
      if (port) resolve(port);
    });
  });
  return { address: `http://127.0.0.1:${port}`, stop: () => driver.kill() };
}

/** A browser with a fresh profile. */
export class Browser {
  static async open(driver, { width = 390, height = 330 } = {}) {
    const browser = new Browser();
    const args = "--headless --no-sandbox --disable-gpu --disable-dev-shm-usage --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync";
    const capabilities = {
      alwaysMatch: {
        browserName: "chrome",
        pageLoadStrategy: "none",
        "goog:chromeOptions": { args: [...args.split(" "), "--lang=zh-TW"] },
        "goog:loggingPrefs": { browser: "ALL" },
      },
    };
    const { sessionId } = await request("POST", `${driver.address}/session`, { capabilities });
    browser.session = `${driver.address}/session/${sessionId}`;
    await browser.resize(width, height);
    return browser;
  }

  /** Makes the viewport this large. */
  async resize(width, height) {
    const params = { width, height, deviceScaleFactor: 1, mobile: false };
    await this.post("goog/cdp/execute", { cmd: "Emulation.setDeviceMetricsOverride", params });
  }

  /** Opens a URL and waits for the new document. */
  async goto(url) {
    const before = await this.script("return performance.timeOrigin");
    await this.post("url", { url });
    await this.until(async () => (await this.script("return performance.timeOrigin")) !== before, url);
  }

  script(script) {
    return this.post("execute/sync", { script, args: [] });
  }

  /** `data-screen`, and after a slash `data-failure` if there is one. */
  screen() {
    return this.script("const { screen, failure } = document.documentElement.dataset; return [screen, failure].filter(Boolean).join('/')");
  }

  /** Waits for a screen. */
  async shows(screen, patience = 30_000) {
    let shown;
    await this.until(async () => (shown = await this.screen()) === screen, () => `${screen}; it shows ${shown}`, patience);
  }

  /** Presses what the selector finds, once it is there. */
  async press(selector) {
    const find = `const found = document.querySelector(${JSON.stringify(selector)});`;
    await this.until(() => this.script(`${find} return Boolean(found?.checkVisibility())`), selector);
    await this.script(`${find} found.click()`);
  }

  /** The console's messages since the last call. */
  async console() {
    return (await this.post("se/log", { type: "browser" })).map(({ message }) => message);
  }

  /** Asks until the answer is yes; a page that is being replaced gives none. */
  async until(ask, what, patience = 30_000) {
    const end = Date.now() + patience;
    while (!(await Promise.resolve(ask()).catch(() => false))) {
      if (Date.now() > end) throw new Error(`waited for ${typeof what === "function" ? what() : what}`);
      await sleep(50);
    }
  }

  post(path, body) {
    return request("POST", `${this.session}/${path}`, body);
  }

  close() {
    return request("DELETE", this.session);
  }
}

async function request(method, url, body) {
  const response = await fetch(url, { method, body: body && JSON.stringify(body) });
  const { value } = await response.json();
  if (!response.ok) throw new Error(`${value.error}: ${value.message}`);
  return value;
}
