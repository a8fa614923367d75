// LINE's SDK from npm, and LINE's own mock. `tests/run.sh` bundles them into one file. Imported with another query, the
// file is another SDK, which knows nothing of the first.
import liff from "@line/liff/core";
import CloseWindow from "@line/liff/close-window";
import CreateShortcutOnHomeScreen from "@line/liff/create-shortcut-on-home-screen";
import GetAccessToken from "@line/liff/get-access-token";
import GetAppLanguage from "@line/liff/get-app-language";
import GetContext from "@line/liff/get-context";
import GetDecodedIDToken from "@line/liff/get-decoded-id-token";
import GetFriendship from "@line/liff/get-friendship";
import GetIDToken from "@line/liff/get-id-token";
import GetLanguage from "@line/liff/get-language";
import GetLineVersion from "@line/liff/get-line-version";
import GetOS from "@line/liff/get-os";
import GetProfile from "@line/liff/get-profile";
import I18n from "@line/liff/i18n";
import IsApiAvailable from "@line/liff/is-api-available";
import IsInClient from "@line/liff/is-in-client";
import IsLoggedIn from "@line/liff/is-logged-in";
import Login from "@line/liff/login";
import Logout from "@line/liff/logout";
import OpenWindow from "@line/liff/open-window";
import PermanentLink from "@line/liff/permanent-link";
import Permission from "@line/liff/permission";
import RequestFriendship from "@line/liff/request-friendship";
import ScanCodeV2 from "@line/liff/scan-code-v2";
import SendMessages from "@line/liff/send-messages";
import ShareTargetPicker from "@line/liff/share-target-picker";
import { LiffMockPlugin } from "@line/liff-mock";
import * as consts from "@liff/consts";
import { HTTPStatusCodes } from "@liff/util";

/** The SDK without any module. */
export { liff };

/** All modules of LINE's reference. */
export const modules = [
  CloseWindow,
  CreateShortcutOnHomeScreen,
  GetAccessToken,
  GetAppLanguage,
  GetContext,
  GetDecodedIDToken,
  GetFriendship,
  GetIDToken,
  GetLanguage,
  GetLineVersion,
  GetOS,
  GetProfile,
  I18n,
  IsApiAvailable,
  IsInClient,
  IsLoggedIn,
  Login,
  Logout,
  OpenWindow,
  PermanentLink,
  Permission,
  RequestFriendship,
  ScanCodeV2,
  SendMessages,
  ShareTargetPicker,
].map((Module) => new Module());

export const mock = new LiffMockPlugin();

/** The names in the SDK's own constants. */
export const names = {
  scopes: consts.PERMISSION_NAMES,
  errorCodes: [
    ...HTTPStatusCodes,
    consts.CREATE_SUBWINDOW_FAILED,
    consts.EXCEPTION_IN_SUBWINDOW,
    consts.FORBIDDEN,
    consts.INIT_FAILED,
    consts.INVALID_ARGUMENT,
    consts.INVALID_CONFIG,
    consts.INVALID_ID_TOKEN,
    consts.RATE_LIMIT_EXCEEDED,
    consts.UNAUTHORIZED,
    consts.UNKNOWN,
  ],
};
