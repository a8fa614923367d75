//! The way into LINE by another phone's camera.

use crate::i18n::Labelled;
use leptos::prelude::*;

/// A QR code. Before it is drawn it keeps its place.
#[component]
pub fn QrCode(
    /// Its name, and its SVG path in a square of 100.
    qr: Labelled,
) -> impl IntoView {
    view! {
        <svg class="qr" viewBox="0 0 100 100" role="img" aria-label=qr.label>
            <path d=qr.value />
        </svg>
    }
}
