// Functions of LINE's SDK that a bind in LINE does not wait for, in a file of their own: the sign-in, which is for other browsers,
// and what comes once one is bound: friendship, and the way to the phone's own browser. `src/liff-sdk.js` fetches it.
import { getFriendship as ask } from "@liff/get-friendship";
import Permission from "@line/liff/permission";

export { login } from "@liff/login";
export { openWindow } from "@liff/open-window";

const { query } = new Permission().install();

// Not `liff.getFriendship` itself: where the person has not agreed to `profile`, as usual in a MINI App, that one opens LINE's
// permission window by itself (LIFF SDK 2.31.0, `attachChecker`), over the success. Here there is no answer then.
export const getFriendship = async () => ((await query("profile")).state === "granted" ? ask() : {});
