//! JSON, parsed by the browser.

use crate::core::{Json, LONGEST_JSON};
use js_sys::{Array, JSON, Object};
use wasm_bindgen::{JsCast, JsValue};

/// The deepest level that is read: the API's values have four levels, and the stack is small.
const DEEPEST: u32 = 16;

/// Reads a text; [`Json::Null`] if it isn't JSON or is too long to be worth it.
#[must_use]
pub fn parse(text: &str) -> Json {
    if text.len() > LONGEST_JSON {
        return Json::Null;
    }
    JSON::parse(text).map(|value| read(&value)).unwrap_or_default()
}

/// Converts a value that the browser has parsed.
#[must_use]
pub fn read(value: &JsValue) -> Json {
    read_to(value, DEEPEST)
}

fn read_to(value: &JsValue, depth: u32) -> Json {
    let Some(depth) = depth.checked_sub(1) else { return Json::Null };
    // Most values are texts.
    if let Some(text) = value.as_string() {
        Json::Text(text)
    } else if let Some(is) = value.as_bool() {
        Json::Bool(is)
    } else if let Some(number) = value.as_f64() {
        Json::Number(number)
    } else if let Some(items) = value.dyn_ref::<Array>() {
        Json::List(items.iter().map(|item| read_to(&item, depth)).collect())
    } else if value.is_object() {
        let member = |entry: JsValue| {
            let entry: Array = entry.unchecked_into();
            (entry.get(0).as_string().unwrap_or_default(), read_to(&entry.get(1), depth))
        };
        Json::Object(Object::entries(value.unchecked_ref()).iter().map(member).collect())
    } else {
        Json::Null
    }
}
