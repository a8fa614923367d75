//! JSON, parsed by the browser.

use crate::core::{Json, Text};
use js_sys::{JsString, Reflect};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// `JSON.parse`, of a text that is the browser's already.
    #[wasm_bindgen(js_namespace = JSON, js_name = parse, catch)]
    pub(super) fn parse_json(text: &JsString) -> Result<JsValue, JsValue>;
}

/// A value that `JSON.parse` gave.
pub(super) struct JsJson(JsValue);

impl JsJson {
    /// `None` where `text` is no JSON.
    pub fn parse(text: &JsString) -> Option<Self> {
        parse_json(text).ok().map(Self)
    }
}

impl Json for JsJson {
    fn member(&self, name: &str) -> Option<Self> {
        Reflect::get(&self.0, &name.into()).ok().filter(|member| !member.is_undefined() && !member.is_null()).map(Self)
    }

    fn text(&self) -> Option<Text> {
        self.0.dyn_ref::<JsString>().map(|text| &*String::from(text).leak())
    }

    fn number(&self) -> Option<f64> {
        self.0.as_f64()
    }
}
