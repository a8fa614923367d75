// The functions of LINE's SDK that a bind in LINE doesn't wait for: the sign-in, for other browsers; and after the
// bind, friendship and the way to the phone's own browser. `src/liff-sdk.js` fetches this file.
import { getFriendship as ask } from "@liff/get-friendship";
import { getOS } from "@liff/get-os";
import { call } from "@liff/native-bridge";
import Permission from "@line/liff/permission";

export { login } from "@liff/login";

// Replaces `liff.openWindow` (LIFF SDK 2.31.0) in LINE: on iOS that function drops what follows a second `?` or `#`, and on
// Android it doesn't tell that LINE refuses: then this page goes to the URL. (LINE's answer to a success has no `code`.)
export const openWindow = ({ url, external }) => {
  if (getOS() !== "ios" && window._liff.postMessage) {
    call("openWindow", { url, external }).catch((reason) => reason?.code && location.assign(url));
    return;
  }
  const marked = new URL(url);
  marked.search = `is_liff_external_open_window=${external}${marked.search.replace("?", "&")}`;
  window.open(marked);
};

const { query } = new Permission().install();

// Replaces `liff.getFriendship`: if the person hasn't agreed to `profile`, as is usual in a MINI App, that function
// opens LINE's permission window over the success screen (LIFF SDK 2.31.0, `attachChecker`). This one then gives no
// answer.
export const getFriendship = async () => ((await query("profile")).state === "granted" ? ask() : {});
