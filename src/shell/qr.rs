//! QR codes. The encoder is a script of its own that only a desktop fetches: phones never pay for it.

use crate::core::{Event, Text, Turn};
use js_sys::{JsString, Promise};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// `src/boot.js`: fetches `src/qr.js` and gives the code of `text` as the `d` of an SVG path in a square of 100.
    #[wasm_bindgen(js_namespace = liffBind, js_name = drawQr, catch)]
    fn draw_qr(text: &str) -> Result<Promise, JsValue>;
}

/// Draws `text`.
pub(super) async fn draw(turn: Turn, text: Text) -> Option<Event> {
    Some(Event::QrDrawn(turn, path(text).await))
}

/// `None` where the encoder cannot be fetched.
pub(super) async fn path(text: Text) -> Option<Text> {
    let path = draw_qr(text).ok()?.await.ok()?.dyn_into::<JsString>().ok()?;
    Some(String::from(path).leak())
}
