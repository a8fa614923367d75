// The same as https://static.line-scdn.net/liff/edge/2/sdk.js: the whole SDK as a global.
import liff from "@line/liff";

globalThis.liff = liff;
