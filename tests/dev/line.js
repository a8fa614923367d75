// LINE: the SDK with its `init` and its data replaced by LINE's own mock. The mock has no tokens in the URL, no sign-in
// and no failures; they are added here as in SDK 2.31.0.
import "../../src/liff-sdk.js";
import { LiffMockPlugin } from "@line/liff-mock";
import { issueIdToken, readIdToken } from "./id-token.js";
import { note } from "./note.js";
import { LIFF_ID, inClient, memory, remember, scenario } from "./opening.js";

const liff = globalThis.liffSdk;
// In a MINI App, the customer has agreed to `openid` only.
const isMiniApp = scenario.liff === "mini-app";
const version = liff.getVersion();

liff.use(new LiffMockPlugin());
const mockInit = liff.init;

liff.init = async (config) => {
  memory.inits += 1;
  await new Promise((resolve) => setTimeout(resolve, 200));
  await mockInit({ ...config, mock: true });
  if (liff.login !== login) {
    // The mock's own `login`: without it the mock hides the friendship.
    liff.login();
    Object.assign(liff, { login, logout, closeWindow, permission });
  }
  try {
    signIn(config.liffId);
    await fail();
    verifyIdToken();
    // As the SDK does, and only now: after a failed `init` the tokens stay in the URL.
    history.replaceState(history.state, "", location.href.split("#")[0]);
  } finally {
    tell(config.liffId);
  }
};

// The script never arrives.
if (scenario.liff === "sdk-missing") delete globalThis.liffSdk;

/** Puts LINE's knowledge into the mock. */
function tell(liffId) {
  const { signedIn, idToken, verified, friend } = memory;
  liff.$mock.set((known) => ({
    ...known,
    getVersion: version,
    getAppLanguage: navigator.language,
    isInClient: inClient,
    isLoggedIn: signedIn,
    getAccessToken: signedIn ? "dev" : null,
    getIDToken: signedIn ? idToken : null,
    getDecodedIDToken: signedIn && verified ? readIdToken(idToken) : null,
    getFriendship: isMiniApp ? {} : { friendFlag: friend },
    getContext: {
      type: scenario.liff === "open-chat" ? "square_chat" : inClient ? "none" : "external",
      ...(inClient && { viewType: isMiniApp ? "full" : "compact" }),
      liffId,
      endpointUrl: `${location.origin}${location.pathname}?liffId=${LIFF_ID}`,
      permanentLinkPattern: "concat",
      scope: ["openid", "profile", "chat_message.write"].filter((scope) => scope !== "openid" || scenario.liff !== "no-openid"),
      hasLinkedBot: true,
      miniDomainAllowed: isMiniApp,
      availability: { scanCodeV2: { permission: true }, skipChannelVerificationScreen: { permission: isMiniApp } },
    },
  }));
}

/** A `LiffError`. */
const liffError = (code, message) => Object.assign(new Error(message), { code });

/** Reads the result of LINE's sign-in page, and checks whether LINE knows the LIFF app. */
function signIn(liffId) {
  if (scenario.liff === "malformed-url") decodeURIComponent(location.search);
  const query = new URLSearchParams(location.search);
  if (query.has("error") && query.has("liffOAuth2Error")) {
    throw liffError("INIT_FAILED", `${query.get("error")}: ${query.get("error_description")}`);
  }
  if (query.has("code") && !memory.signedIn) {
    Object.assign(memory, { signedIn: true, knownToLine: true, idToken: issueIdToken(scenario.clock), verified: false });
    memory.signIns += 1;
  }
  if (inClient && liffId !== LIFF_ID) throw liffError("INIT_FAILED", "Invalid LIFF ID");
  if (!memory.signedIn && liffId !== LIFF_ID) throw liffError("404", "no liff app");
}

/** The scenario's failure. */
function fail() {
  switch (scenario.liff) {
    case "hang":
      return new Promise(() => {});
    case "network-error":
      throw new TypeError("Failed to fetch");
    case "network-error-once":
      if (memory.inits === 1) throw new TypeError("Failed to fetch");
      break;
    case "offline":
      if (memory.inits <= 4) throw new TypeError("Failed to fetch");
      break;
    case "server-error":
      throw liffError("500", "Internal Server Error");
    case "session-void":
      if (memory.signIns === 0) throw liffError("invalid_request", "access token expired");
  }
}

/** The SDK uses the phone's clock. */
function verifyIdToken() {
  if (!memory.signedIn || !memory.idToken || memory.verified) return;
  if (readIdToken(memory.idToken).exp * 1000 < Date.now()) {
    throw liffError("INVALID_ID_TOKEN", 'Invalid "exp" value in ID_TOKEN');
  }
  memory.verified = true;
}

function login({ redirectUri = location.href } = {}) {
  remember();
  const page = new URL("/line-sign-in.html", location.origin);
  page.searchParams.set("redirect_uri", redirectUri);
  if (memory.knownToLine) page.searchParams.set("known", "");
  location.assign(page);
}

function logout() {
  Object.assign(memory, { signedIn: false, idToken: null, verified: false });
  tell(LIFF_ID);
}

// Everywhere else, everybody has agreed to everything.
const permission = { getGrantedAll: async () => (isMiniApp ? ["openid"] : liff.getContext().scope) };

function closeWindow() {
  note(inClient ? "LINE would close this window." : "Most browsers would leave this tab open.");
}

/** Simulates a customer who adds the official account in the LINE app. */
export function addFriend() {
  memory.friend = true;
  tell(LIFF_ID);
}
