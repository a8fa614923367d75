//! The QR code reader.

use crate::{
    Liff, Result,
    error::{expect, settle},
    object::Members,
};
use wasm_bindgen::JsValue;

impl Liff {
    /// [`liff.scanCodeV2()`](https://developers.line.biz/en/reference/liff/#scan-code-v2): reads a QR code with the
    /// camera. `None` if the user closes the reader. Needs the setting "Scan QR" and, in the LIFF browser, the size
    /// `full`.
    ///
    /// # Errors
    /// `FORBIDDEN` without one of these; `UNAUTHORIZED` before a sign-in.
    #[doc(alias = "scanCodeV2")]
    pub async fn scan_code_v2(&self) -> Result<Option<String>> {
        value(settle(self.raw_scan_code_v2()).await?)
    }

    /// [`liff.scanCode()`](https://developers.line.biz/en/reference/liff/#scan-code): reads a QR code with the LINE app
    /// of Android.
    ///
    /// # Errors
    /// A `TypeError` where the SDK lacks it, as in LINE for iOS.
    #[deprecated(note = "LINE has deprecated it in favour of `scan_code_v2`")]
    #[doc(alias = "liff.scanCode")]
    pub async fn scan_code(&self) -> Result<Option<String>> {
        value(settle(self.raw_scan_code()).await?)
    }
}

fn value(answer: JsValue) -> Result<Option<String>> {
    expect(answer, Members::read).map(|result| result.text("value"))
}
