// The functions of LINE's SDK that a bind in LINE doesn't wait for: the sign-in, for other browsers; and after the
// bind, friendship and the way to the phone's own browser. `src/liff-sdk.js` fetches this file.
import { getFriendship as ask } from "@liff/get-friendship";
import Permission from "@line/liff/permission";

export { login } from "@liff/login";
export { openWindow } from "@liff/open-window";

const { query } = new Permission().install();

// Replaces `liff.getFriendship`: if the person hasn't agreed to `profile`, as is usual in a MINI App, that function
// opens LINE's permission window over the success screen (LIFF SDK 2.31.0, `attachChecker`). This one then gives no
// answer.
export const getFriendship = async () => ((await query("profile")).state === "granted" ? ask() : {});
