//! The SDK's functions as JavaScript has them. The other modules wrap them.

use crate::object::Members;
use js_sys::Array;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// LINE's LIFF SDK: the object that JavaScript calls `liff`.
    ///
    /// [`Liff::global`] finds it where LINE's CDN has put it. An SDK from npm is handed over by JavaScript: `Liff` may
    /// be a parameter of a function that Rust exports, and `Liff::from` takes a [`JsValue`]. The object isn't inspected
    /// until a function is called: if it lacks the function, or isn't an SDK at all, the call returns an
    /// [`Error`](crate::Error).
    #[derive(Clone, Debug)]
    pub type Liff;

    #[wasm_bindgen(method, getter, catch, js_name = id)]
    pub(crate) fn raw_id(this: &Liff) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, getter, catch, js_name = ready)]
    pub(crate) fn raw_ready(this: &Liff) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch, js_name = init)]
    pub(crate) fn raw_init(this: &Liff, config: &Members) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, catch, js_name = getOS)]
    pub(crate) fn raw_get_os(this: &Liff) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch, js_name = getAppLanguage)]
    pub(crate) fn raw_get_app_language(this: &Liff) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch, js_name = getLanguage)]
    pub(crate) fn raw_get_language(this: &Liff) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch, js_name = getVersion)]
    pub(crate) fn raw_get_version(this: &Liff) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch, js_name = getLineVersion)]
    pub(crate) fn raw_get_line_version(this: &Liff) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch, js_name = getContext)]
    pub(crate) fn raw_get_context(this: &Liff) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch, js_name = isInClient)]
    pub(crate) fn raw_is_in_client(this: &Liff) -> Result<bool, JsValue>;
    #[wasm_bindgen(method, catch, js_name = isLoggedIn)]
    pub(crate) fn raw_is_logged_in(this: &Liff) -> Result<bool, JsValue>;
    #[wasm_bindgen(method, catch, js_name = isApiAvailable)]
    pub(crate) fn raw_is_api_available(this: &Liff, name: &str) -> Result<bool, JsValue>;

    #[wasm_bindgen(method, catch, js_name = login)]
    pub(crate) fn raw_login(this: &Liff, config: &Members) -> Result<(), JsValue>;
    #[wasm_bindgen(method, catch, js_name = logout)]
    pub(crate) fn raw_logout(this: &Liff) -> Result<(), JsValue>;
    #[wasm_bindgen(method, catch, js_name = getAccessToken)]
    pub(crate) fn raw_get_access_token(this: &Liff) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch, js_name = getIDToken)]
    pub(crate) fn raw_get_id_token(this: &Liff) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch, js_name = getDecodedIDToken)]
    pub(crate) fn raw_get_decoded_id_token(this: &Liff) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, catch, js_name = getProfile)]
    pub(crate) fn raw_get_profile(this: &Liff) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch, js_name = getFriendship)]
    pub(crate) fn raw_get_friendship(this: &Liff) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch, js_name = getFriendship)]
    pub(crate) fn raw_get_friendship_with(this: &Liff, params: &Members) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch, js_name = requestFriendship)]
    pub(crate) fn raw_request_friendship(this: &Liff, params: &Members) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, catch, js_name = openWindow)]
    pub(crate) fn raw_open_window(this: &Liff, params: &Members) -> Result<(), JsValue>;
    #[wasm_bindgen(method, catch, js_name = closeWindow)]
    pub(crate) fn raw_close_window(this: &Liff) -> Result<(), JsValue>;

    #[wasm_bindgen(method, catch, js_name = sendMessages)]
    pub(crate) fn raw_send_messages(this: &Liff, messages: &JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch, js_name = shareTargetPicker)]
    pub(crate) fn raw_share_target_picker(
        this: &Liff,
        messages: &JsValue,
        options: &Members,
    ) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch, js_name = scanCodeV2)]
    pub(crate) fn raw_scan_code_v2(this: &Liff) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch, js_name = scanCode)]
    pub(crate) fn raw_scan_code(this: &Liff) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch, js_name = createShortcutOnHomeScreen)]
    pub(crate) fn raw_create_shortcut_on_home_screen(this: &Liff, params: &Members) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch, variadic, js_name = use)]
    pub(crate) fn raw_use(this: &Liff, module: &JsValue, option: &Array) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, getter, catch, js_name = permission)]
    pub(crate) fn raw_permission(this: &Liff) -> Result<Permission, JsValue>;
    #[wasm_bindgen(method, getter, catch, js_name = permanentLink)]
    pub(crate) fn raw_permanent_link(this: &Liff) -> Result<PermanentLink, JsValue>;
    #[wasm_bindgen(method, getter, catch, js_name = i18n)]
    pub(crate) fn raw_i18n(this: &Liff) -> Result<I18n, JsValue>;

    pub(crate) type Permission;
    #[wasm_bindgen(method, catch, js_name = query)]
    pub(crate) fn raw_query(this: &Permission, permission: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch, js_name = getGrantedAll)]
    pub(crate) fn raw_get_granted_all(this: &Permission) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch, js_name = requestAll)]
    pub(crate) fn raw_request_all(this: &Permission, params: &Members) -> Result<JsValue, JsValue>;

    pub(crate) type PermanentLink;
    #[wasm_bindgen(method, catch, js_name = createUrlBy)]
    pub(crate) fn raw_create_url_by(this: &PermanentLink, url: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch, js_name = createUrl)]
    pub(crate) fn raw_create_url(this: &PermanentLink) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch, js_name = setExtraQueryParam)]
    pub(crate) fn raw_set_extra_query_param(this: &PermanentLink, parameters: &str) -> Result<(), JsValue>;

    pub(crate) type I18n;
    #[wasm_bindgen(method, catch, js_name = setLang)]
    pub(crate) fn raw_set_lang(this: &I18n, language: &str) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(js_name = globalThis)]
    type Global;
    #[wasm_bindgen(static_method_of = Global, getter = liff)]
    fn raw_liff() -> Option<Liff>;
}

impl Liff {
    /// The SDK that LINE's CDN puts into the global `liff` ([Integrating the LIFF
    /// SDK](https://developers.line.biz/en/docs/liff/developing-liff-apps/#integrating-sdk)); `None` if its script has
    /// not run. It is looked up at every call.
    ///
    /// An SDK from npm is there only after its `init`: hand it over instead.
    #[must_use]
    pub fn global() -> Option<Self> {
        Global::raw_liff()
    }
}
