//! QR codes. The encoder is a separate script that phones never fetch.

use super::page;
use crate::core::QrImage;
use js_sys::Promise;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// `src/qr.js`.
    type Encoder;
    #[wasm_bindgen(method, catch)]
    fn draw(this: &Encoder, text: &str, side: u32) -> Result<Promise, JsValue>;
}

/// The QR code of a text as the URL of an image with sides of `side` CSS pixels; `None` if it can't be drawn or shown.
pub async fn draw(text: &str, side: u32) -> Option<String> {
    let encoder: Encoder = page::load("qr-module").await.ok()?.unchecked_into();
    encoder.draw(text, side).ok()?.await.ok()?.as_string()
}

/// The same, in the size that the text needs.
pub async fn draw_in_place(text: &str) -> Option<QrImage> {
    let place = QrImage::place(text)?;
    let src = draw(text, place.side).await?;
    Some(QrImage { src: Some(src), ..place })
}
