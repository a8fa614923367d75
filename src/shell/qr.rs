//! QR codes. The encoder is a script of its own that only a desktop fetches: phones never pay for it.

use super::Settled;
use crate::core::Text;
use js_sys::{JsString, Promise};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// `src/boot.js`: fetches `src/qr.js` and gives the code of `text` as the `d` of an SVG path in a square of 100.
    #[wasm_bindgen(js_namespace = liffBind, js_name = drawQr)]
    pub(super) fn draw(text: &str) -> Promise;
}

/// The path that [`draw`] has given; `None` where the encoder cannot be fetched.
pub(super) fn path(drawn: Settled) -> Option<Text> {
    Some(String::from(drawn.ok()?.dyn_into::<JsString>().ok()?).leak())
}
