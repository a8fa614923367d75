// LINE's LIFF SDK, cut down to the functions that the page calls: `@line/liff/core` and one module for each. The full
// SDK is half as large again and loads a second script from LINE's CDN.
import liff from "@line/liff/core";
import CloseWindow from "@line/liff/close-window";
import GetAccessToken from "@line/liff/get-access-token";
import GetAppLanguage from "@line/liff/get-app-language";
import GetContext from "@line/liff/get-context";
import GetDecodedIDToken from "@line/liff/get-decoded-id-token";
import GetIDToken from "@line/liff/get-id-token";
import IsInClient from "@line/liff/is-in-client";
import IsLoggedIn from "@line/liff/is-logged-in";
import Logout from "@line/liff/logout";
import { later, login } from "./liff-left-out.js";

const modules = [
  CloseWindow,
  GetAccessToken,
  GetAppLanguage,
  GetContext,
  GetDecodedIDToken,
  GetIDToken,
  IsInClient,
  IsLoggedIn,
  Logout,
];
for (const Module of modules) liff.use(new Module());

liff.login = login;
liff.getFriendship = async () => (await later()).getFriendship();
/** Loads `src/liff-later.js` ahead of a tap, which a browser may forget while a file loads. `login` then finds it loaded. */
liff.readyLater = async () => {
  ({ openWindow: liff.openWindow } = await later());
};

// Without storage the SDK can't sign anybody in. This throws then, and `src/boot.js` says that the page can't start.
sessionStorage.setItem("liff-bind:storage", "");
sessionStorage.removeItem("liff-bind:storage");

// Not `window.liff`: LINE asks pages not to declare it.
globalThis.liffSdk = liff;
