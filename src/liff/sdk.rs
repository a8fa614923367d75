//! The SDK's functions as JavaScript has them. Private: the wrappers in `liff` are the way in.

use js_sys::Object;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(js_namespace = liffSdk)]
extern "C" {
    #[wasm_bindgen(catch)]
    pub fn init(config: &InitConfig) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch, js_name = isInClient)]
    pub fn is_in_client() -> Result<bool, JsValue>;
    #[wasm_bindgen(catch, js_name = isLoggedIn)]
    pub fn is_logged_in() -> Result<bool, JsValue>;
    #[wasm_bindgen(catch)]
    pub fn login(config: &LoginConfig) -> Result<(), JsValue>;
    #[wasm_bindgen(catch)]
    pub fn logout() -> Result<(), JsValue>;
    #[wasm_bindgen(catch, js_name = getIDToken)]
    pub fn get_id_token() -> Result<Option<String>, JsValue>;
    #[wasm_bindgen(catch, js_name = getDecodedIDToken)]
    pub fn get_decoded_id_token() -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch, js_name = getContext)]
    pub fn get_context() -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch, js_name = getVersion)]
    pub fn get_version() -> Result<Option<String>, JsValue>;
    #[wasm_bindgen(catch, js_name = getFriendship)]
    pub fn get_friendship() -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch, js_name = closeWindow)]
    pub fn close_window() -> Result<(), JsValue>;
    #[wasm_bindgen(catch, js_name = openWindow)]
    pub fn open_window(config: &WindowConfig) -> Result<(), JsValue>;
}

#[wasm_bindgen(js_namespace = ["liffSdk", "permission"])]
extern "C" {
    #[wasm_bindgen(catch, js_name = getGrantedAll)]
    pub fn get_granted_all() -> Result<JsValue, JsValue>;
}

#[wasm_bindgen]
extern "C" {
    /// The argument of `liff.init`.
    #[wasm_bindgen(extends = Object)]
    pub type InitConfig;
    #[wasm_bindgen(constructor, js_class = "Object")]
    pub fn new() -> InitConfig;
    #[wasm_bindgen(method, setter, js_name = liffId)]
    pub fn set_liff_id(this: &InitConfig, liff_id: &str);

    /// The argument of `liff.openWindow`.
    #[wasm_bindgen(extends = Object)]
    pub type WindowConfig;
    #[wasm_bindgen(constructor, js_class = "Object")]
    pub fn new() -> WindowConfig;
    #[wasm_bindgen(method, setter, js_name = url)]
    pub fn set_url(this: &WindowConfig, url: &str);
    #[wasm_bindgen(method, setter, js_name = external)]
    pub fn set_external(this: &WindowConfig, external: bool);

    /// The argument of `liff.login`.
    #[wasm_bindgen(extends = Object)]
    pub type LoginConfig;
    #[wasm_bindgen(constructor, js_class = "Object")]
    pub fn new() -> LoginConfig;
    #[wasm_bindgen(method, setter, js_name = redirectUri)]
    pub fn set_redirect_uri(this: &LoginConfig, redirect_uri: &str);
}
