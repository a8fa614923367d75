//! JSON, parsed by the browser.

use crate::core::{Json, Text};
use js_sys::{JSON, JsString, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// A value that `JSON.parse` gave.
pub(super) struct JsJson(JsValue);

impl JsJson {
    /// `None` where `text` is no JSON.
    pub fn parse(text: &str) -> Option<Self> {
        JSON::parse(text).ok().map(Self)
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
