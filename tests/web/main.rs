//! The parts that need a browser: the HTTP client, each screen's markup, the way to the next screen, and the app.
#![cfg(target_arch = "wasm32")]
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that meets the unexpected is to fail")]

mod app;
mod client;
mod place;
mod samples;
mod screens;
mod shown;

use leptos::prelude::document;
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test_configure;
use web_sys::Element;

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen(module = "/tests/web/fake.js")]
extern "C" {
    #[wasm_bindgen(js_name = fakeSdk)]
    fn fake_sdk(plan: &JsValue) -> js_sys::Array;
    fn speak(language: &str, words: &str);
    #[wasm_bindgen(js_name = fakeFetch)]
    fn fake_fetch(answers: &js_sys::Array) -> js_sys::Array;
    #[wasm_bindgen(js_name = setOnline)]
    fn set_online(is: bool);
    #[wasm_bindgen(js_name = fakeClipboard)]
    fn fake_clipboard(takes: bool, old: Option<bool>) -> js_sys::Array;
}

/// An object with these members.
fn object(members: &[(&str, JsValue)]) -> JsValue {
    let object = js_sys::Object::new();
    for (name, value) in members {
        js_sys::Reflect::set(&object, &(*name).into(), value).unwrap();
    }
    object.into()
}

/// An answer of the bind API.
fn answer(status: u16, headers: &[(&str, JsValue)], body: &str) -> JsValue {
    object(&[("status", status.into()), ("headers", object(headers)), ("body", body.into())])
}

/// An answer that never comes.
fn no_answer() -> JsValue {
    object(&[("never", true.into())])
}

/// A setting of the page, as long as this value lives.
struct Meta(Element);

impl Meta {
    fn set(name: &str, content: &str) -> Self {
        let meta = document().create_element("meta").unwrap();
        meta.set_attribute("name", name).unwrap();
        meta.set_attribute("content", content).unwrap();
        document().document_element().unwrap().prepend_with_node_1(&meta).unwrap();
        Self(meta)
    }
}

impl Drop for Meta {
    fn drop(&mut self) {
        self.0.remove();
    }
}
