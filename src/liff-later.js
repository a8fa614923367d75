// Functions of LINE's SDK that a bind in LINE does not wait for, in a file of their own: the sign-in, which is for other browsers,
// and what comes once one is bound, friendship and the way to the phone's own browser. `src/liff-sdk.js` fetches it.
import GetFriendship from "@line/liff/get-friendship";

export { login } from "@liff/login";
export { openWindow } from "@liff/open-window";
export const getFriendship = new GetFriendship().install();
