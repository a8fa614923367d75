//! QR codes. The encoder is a script of its own that only a computer fetches: phones never pay for it.

use super::page;
use js_sys::JsString;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// `src/qr.js`.
    type Encoder;
    #[wasm_bindgen(method, catch)]
    fn draw(this: &Encoder, text: &str) -> Result<JsString, JsValue>;
}

/// The QR code of a text as the `d` of an SVG path in a square of 100; `None` where the encoder can't be fetched.
pub async fn draw(text: &str) -> Option<String> {
    let encoder: Encoder = page::load("qr-module").await.ok()?.unchecked_into();
    encoder.draw(text).ok().map(String::from)
}
