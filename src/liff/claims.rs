//! The claims of an ID token (LINE Login, "Get profile information from ID tokens").

use super::context::is_object;
use js_sys::Object;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// `liff.getDecodedIDToken()` (LIFF reference). For display and for looking at the expiry only: a server must be sent
    /// the raw token and verify it itself (LIFF docs, "Using user data in LIFF apps and servers").
    #[wasm_bindgen(extends = Object, is_type_of = is_object)]
    #[derive(Clone, Debug)]
    pub type Claims;
    #[wasm_bindgen(method, getter, structural, js_name = exp)]
    fn raw_exp(this: &Claims) -> JsValue;
    #[wasm_bindgen(method, getter, structural, js_name = name)]
    fn raw_name(this: &Claims) -> JsValue;
}

impl Claims {
    /// `exp`: when the token expires, in seconds since 1970; an hour after it was issued.
    #[must_use]
    pub fn expiry(&self) -> Option<f64> {
        self.raw_exp().as_f64()
    }

    /// `name`: the name on the LINE account; `None` without the `profile` scope.
    #[must_use]
    pub fn name(&self) -> Option<String> {
        self.raw_name().as_string()
    }
}
