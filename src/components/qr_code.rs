//! The way into LINE with another phone's camera.

use crate::{core::QrImage, i18n::Labelled};
use leptos::prelude::*;

/// Holds the place of a code that isn't drawn yet.
const BLANK: &str = "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'/>";

/// A QR code as an image, which dark themes, forced colours and extensions don't change. In inline SVG they would
/// repaint the modules, and no camera could read the code (darkreader/darkreader#11603).
#[component]
pub fn QrCode(qr: Labelled<QrImage>) -> impl IntoView {
    let Labelled { label, value: QrImage { side, src } } = qr;
    view! { <img class="qr" alt=label width=side.to_string() src=src.unwrap_or_else(|| BLANK.to_owned()) /> }
}
