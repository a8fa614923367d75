// `liff.getFriendship`, in a file of its own: it weighs as much as a third of the SDK, and is asked only once one is bound.
import GetFriendship from "@line/liff/get-friendship";

export const getFriendship = new GetFriendship().install();
