// Functions of LINE's SDK that a bind in LINE does not wait for, in a file of their own: the sign-in, which is for other browsers,
// and friendship, which is asked for once one is bound. `src/liff-sdk.js` fetches it.
import GetFriendship from "@line/liff/get-friendship";

export { login } from "@liff/login";
export const getFriendship = new GetFriendship().install();
