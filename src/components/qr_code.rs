//! The way into LINE by another phone's camera.

use crate::{core::QrImage, i18n::Labelled};
use leptos::prelude::*;

/// Keeps the place of a code that is not drawn yet.
const BLANK: &str = "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'/>";

/// A QR code: an image, which dark themes, forced colours and extensions leave as it is. In the page's own SVG they would repaint
/// the modules, and no camera would read them (darkreader/darkreader#11603).
#[component]
pub fn QrCode(
    /// Its name, and the image.
    qr: Labelled<QrImage>,
) -> impl IntoView {
    let Labelled { label, value: QrImage { side, src } } = qr;
    view! { <img class="qr" alt=label width=side.to_string() src=src.unwrap_or_else(|| BLANK.to_owned()) /> }
}
