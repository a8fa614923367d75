// The world of LINE's SDK: the device, the LINE app and LINE's servers are simulated. The SDK is LINE's own.

export const LIFF_ID = "1234567890-AbcdEfgh";
const CHANNEL_ID = "1234567890";
const USER_ID = "U1234567890abcdef1234567890abcdef";

const LINE = "AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 Safari Line/26.4.0 LIFF";
const DEVICES = {
  iphone: `Mozilla/5.0 (iPhone; CPU iPhone OS 18_4 like Mac OS X) ${LINE}`,
  android: `Mozilla/5.0 (Linux; Android 14; Pixel 8) ${LINE}`,
  computer: navigator.userAgent,
};
let device;
Object.defineProperty(navigator, "userAgent", { get: () => DEVICES[device] });

/** A context as in LINE's reference: a LIFF app of the size `full`, opened in a chat. */
function context() {
  const feature = (permission, minVer, more = {}) => ({ permission, minVer, ...more });
  const colors = (text, background) => ({
    iconColor: text,
    statusBarColor: "black",
    titleTextColor: text,
    titleSubtextColor: "#B7B7B7",
    titleButtonColor: text,
    titleBackgroundColor: background,
    progressBarColor: "#06C755",
    progressBackgroundColor: background,
  });
  return {
    type: device === "computer" ? "external" : "utou",
    userId: USER_ID,
    liffId: LIFF_ID,
    ...(device !== "computer" && { viewType: "full" }),
    endpointUrl: `${location.origin}/`,
    accessTokenHash: "EVWYWo1yYA",
    availability: {
      shareTargetPicker: feature(true, "10.3.0"),
      multipleLiffTransition: feature(true, "10.18.0"),
      subwindowOpen: feature(true, "11.7.0"),
      scanCode: feature(true, "9.4.0", { unsupportedFromVer: "9.19.0" }),
      scanCodeV2: feature(true, "11.7.0", { minOsVer: "14.3.0" }),
      getAdvertisingId: feature(false, "7.14.0"),
      addToHomeScreen: feature(false, "9.16.0"),
      bluetoothLeFunction: feature(false, "9.14.0", { unsupportedFromVer: "9.19.0" }),
      skipChannelVerificationScreen: feature(true, "11.14.0"),
      addToHomeV2: feature(true, "13.20.0"),
      addToHomeHideDomain: feature(false, "13.20.0"),
      addToHomeLineScheme: feature(false, "13.20.0"),
    },
    scope: ["chat_message.write", "openid", "profile"],
    menuColorSetting: {
      adaptableColorSchemes: ["light"],
      lightModeColor: colors("#111111", "#FFFFFF"),
      darkModeColor: colors("#FFFFFF", "#111111"),
    },
    miniDomainAllowed: false,
    permanentLinkPattern: "concat",
  };
}

const KEY = "key-1";
const keys = crypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, true, ["sign", "verify"]);
const base64url = (bytes) => btoa(bytes).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

/** An ID token as LINE makes and signs it, issued this many seconds ago. */
async function idToken(age) {
  const iat = Math.floor(Date.now() / 1000) - age;
  const claims = {
    iss: "https://access.line.me",
    sub: USER_ID,
    aud: CHANNEL_ID,
    exp: iat + 3600,
    iat,
    amr: ["linesso"],
    name: "Taro Line",
    picture: "https://sample_line.me/aBcdefg123456",
  };
  const text = [{ kid: KEY, typ: "JWT", alg: "ES256" }, claims].map((part) => base64url(JSON.stringify(part))).join(".");
  const { privateKey } = await keys;
  const algorithm = { name: "ECDSA", hash: "SHA-256" };
  const signature = await crypto.subtle.sign(algorithm, privateKey, new TextEncoder().encode(text));
  return `${text}.${base64url(String.fromCharCode(...new Uint8Array(signature)))}`;
}

/** A context token: the SDK reads only the payload. */
const contextToken = (context) => `e30.${btoa(JSON.stringify(context))}.e30`;

/** The answers of LINE's servers, by host and path. */
async function servers() {
  const certificate = await crypto.subtle.exportKey("jwk", (await keys).publicKey);
  return {
    "api.line.me/oauth2/v2.1/verify": { scope: "openid%20profile%20chat_message.write", client_id: CHANNEL_ID, expires_in: 43200 },
    "api.line.me/oauth2/v2.1/certs": { keys: [{ ...certificate, kid: KEY, alg: "ES256", use: "sig" }] },
    "api.line.me/v2/profile": { userId: USER_ID, displayName: "Brown", pictureUrl: "https://profile.line-scdn.net/abc" },
    "api.line.me/friendship/v1/status": { friendFlag: true },
    "api.line.me/message/v3/share": {},
    [`api.line.me/liff/v2/apps/${LIFF_ID}/contextToken`]: { contextToken: contextToken(context()) },
    [`api.line.me/liff/v2/apps/${LIFF_ID}/ott`]: { ott: "one-time" },
    "access.line.me/oauth2/v2.1/liff/shareTargetPicker/result": { result: "SUCCESS" },
    "api.line.me/liff/v2/sub/msit": { msit: "msit" },
    "liff.line.me/liff/v2/sub/waitResult": { status: "close", result: {} },
    "access.line.me/oauth2/v2.1/liff/friendship/validate": { valid: true },
    "liff.line.me/liff/v2/oaadd/rateLimit": {},
    "liff.line.me/liff/v2/incrementalAgreement/unauthorizedPermissions": ["profile"],
    "liff-shortcut.line.me/api/shortcut": { shortcutPageUrl: "https://liff-shortcut.line.me/page" },
    "liffsdk.line-scdn.net/xlt/manifest.json": { languages: { en: "en.json", ja: "ja.json" } },
    "liffsdk.line-scdn.net/xlt/en.json": {},
    "liffsdk.line-scdn.net/xlt/ja.json": {},
  };
}

let answers = {};
let asked = [];
/** Replaces `fetch` once the tests themselves have been fetched. */
const ask = async (resource, { method = "GET", body = "" } = {}) => {
  const { host, pathname, search } = new URL(resource);
  const name = host + pathname;
  asked.push([method, name + search, `${body}`]);
  await new Promise((resolve) => setTimeout(resolve));
  if (!(name in answers)) throw new TypeError("Failed to fetch");
  const { status = 200, json = answers[name] } = answers[name].status >= 400 ? answers[name] : {};
  return new Response(JSON.stringify(json), { status });
};

// The page stays, and its destinations are noted.
let left = [];
navigation.addEventListener("navigate", (event) => {
  const { url } = event.destination;
  if (url.startsWith(`${location.origin}/`)) return;
  event.preventDefault();
  left.push(url);
});
globalThis.open = (url) => {
  left.push(url);
  return null;
};
globalThis.prompt = (question) => (question === "LIFF:GET_APP_LANGUAGE" ? "th" : null);

let bundles = 0;
let bundle;

/** Opens the page on a device: outside LINE on a computer, else in LINE. Returns an unused SDK with these modules. */
async function visit(on, age, modules) {
  device = on;
  globalThis.fetch = ask;
  sessionStorage.clear();
  localStorage.clear();
  document.cookie = `LIFF_STORE:expires:${LIFF_ID}=; path=/; secure; expires=Thu, 01 Jan 1970 00:00:00 GMT`;
  for (const name of ["liff", "__liffConfig", "_liff"]) delete globalThis[name];
  answers = await servers();
  asked = [];
  left = [];
  let fragment = "";
  if (device !== "computer") {
    globalThis._liff = { features: [], postMessage() {} };
    const tokens = {
      context_token: contextToken(context()),
      access_token: "access",
      feature_token: "feature",
      id_token: await idToken(age),
      client_id: CHANNEL_ID,
      mst_challenge: "challenge",
    };
    fragment = `#${new URLSearchParams(tokens)}`;
  }
  history.replaceState(null, "", `/${fragment}`);
  bundles += 1;
  bundle = await import(`/target/sdk.js?${bundles}`).catch(() => {
    throw new Error("target/sdk.js is missing: run tests/run.sh");
  });
  for (const module of modules(bundle)) bundle.liff.use(module);
  return bundle.liff;
}

/** The SDK with all its modules. The ID token was issued this many seconds ago. */
export const open = (on, age = 0) => visit(on, age, ({ modules }) => modules);

/** The SDK without modules. */
export const openBare = () => visit("computer", 0, () => []);

/** A module of the SDK that was opened last. */
export const module = (name) => bundle.modules.find((module) => module.name === name);

/** The names of all modules, of the scopes and of the error codes. */
export const names = () => JSON.stringify({ ...bundle.names, modules: bundle.modules.map(({ name }) => name) });

/** LINE's own mock, for the SDK that was opened last. */
export const mock = () => bundle.mock;

/** Changes an answer of LINE. */
export function answer(name, status, json) {
  answers[name] = status >= 400 ? { status, json: JSON.parse(json) } : JSON.parse(json);
}

/** Gives the SDK time to go on. */
export const pause = () => new Promise((resolve) => setTimeout(resolve, 100));

/** Takes the network away. */
export function unplug() {
  answers = {};
}

/** The requests to a server of LINE's: method, address and body of each. */
export const requests = (name) => JSON.stringify(asked.filter(([, address]) => address.startsWith(name)));

/** The destinations of the page and of its windows. */
export const destinations = () => JSON.stringify(left);

/** An SDK whose functions record their calls and return `undefined`, also those of `permission` and other members. */
export function recorder() {
  const calls = [];
  const recording = (path) =>
    new Proxy(function () {}, {
      get: (_, name) => (name === "then" ? undefined : recording([...path, name])),
      apply: (_, self, args) => {
        calls.push([path.join("."), ...args]);
      },
    });
  return { liff: recording([]), calls };
}

/** An SDK with one function, or one member of a member, that gives, throws, resolves to or rejects with a value. */
export function doing(path, how, value) {
  const act = () => {
    if (how === "throws") throw value;
    if (how === "rejects") return Promise.reject(value);
    return how === "resolves" ? Promise.resolve(value) : value;
  };
  return path.split(".").reduceRight((inner, name) => ({ [name]: inner }), act);
}
