// What https://static.line-scdn.net/liff/edge/2/sdk.js is: the whole SDK as a global.
import liff from "@line/liff";

globalThis.liff = liff;
