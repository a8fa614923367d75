//! Errors that the SDK throws.

use js_sys::JsString;
use std::fmt;
use wasm_bindgen::{JsCast, prelude::*};

#[wasm_bindgen]
extern "C" {
    /// JavaScript's way to write a number, among other things.
    #[wasm_bindgen(js_name = String)]
    fn as_text(value: &JsValue) -> JsValue;
    /// Anything thrown; its members may be missing.
    type Thrown;
    #[wasm_bindgen(method, getter, structural)]
    fn name(this: &Thrown) -> JsValue;
    #[wasm_bindgen(method, getter, structural)]
    fn code(this: &Thrown) -> JsValue;
    #[wasm_bindgen(method, getter, structural)]
    fn message(this: &Thrown) -> JsValue;
}

/// An error of the SDK (LIFF reference, "`LiffError`") or of the browser under it.
///
/// LINE advises to look at code and message together, as messages change. Neither is fit to be shown to people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    /// JavaScript's `name`: `Error` for a `LiffError`, `TypeError` for a network failure, empty if nothing sensible was thrown.
    pub name: String,
    /// `INIT_FAILED`, `INVALID_ID_TOKEN`, an HTTP status, or an OAuth error such as `invalid_grant`; `None` for a plain error.
    pub code: Option<String>,
    /// The text for developers.
    pub message: String,
}

impl From<JsValue> for Error {
    fn from(thrown: JsValue) -> Self {
        if !thrown.is_object() {
            return Self { name: String::new(), code: None, message: text(thrown).unwrap_or_default() };
        }
        let thrown: Thrown = thrown.unchecked_into();
        // LINE types `code` as `string | number`.
        let code = thrown.code();
        Self {
            name: text(thrown.name()).unwrap_or_default(),
            code: text(if code.as_f64().is_some() { as_text(&code) } else { code }),
            message: text(thrown.message()).unwrap_or_default(),
        }
    }
}

fn text(value: JsValue) -> Option<String> {
    value.dyn_into::<JsString>().ok().map(String::from)
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}: {}", self.name, self.code.as_deref().unwrap_or("-"), self.message)
    }
}

impl std::error::Error for Error {}
