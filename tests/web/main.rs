//! The parts that need a browser, in one: the LIFF binding, the HTTP client, and each screen's markup.
#![cfg(target_arch = "wasm32")]
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that meets the unexpected is to fail")]

mod binding;
mod client;
mod screens;

use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test_configure;

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen(module = "/tests/web/fake.js")]
extern "C" {
    #[wasm_bindgen(js_name = playSdk)]
    fn play_sdk(plan: &JsValue) -> js_sys::Array;
    #[wasm_bindgen(js_name = removeSdk)]
    fn remove_sdk();
    #[wasm_bindgen(js_name = liffError)]
    fn liff_error(code: &JsValue, message: &str) -> JsValue;
    #[wasm_bindgen(js_name = playFetch)]
    fn play_fetch(status: u16, headers: &JsValue, body: &str, never: bool) -> js_sys::Array;
    #[wasm_bindgen(js_name = breakFetch)]
    fn break_fetch();
}

/// An object of the given members.
fn object(members: &[(&str, JsValue)]) -> JsValue {
    let object = js_sys::Object::new();
    for (name, value) in members {
        js_sys::Reflect::set(&object, &(*name).into(), value).unwrap();
    }
    object.into()
}

/// Has the SDK's function `name` do `how` (`gives`, `throws`, `resolves` or `rejects`) with `value`.
fn sdk(name: &str, how: &str, value: JsValue) -> js_sys::Array {
    play_sdk(&object(&[(name, object(&[(how, value)]))]))
}
