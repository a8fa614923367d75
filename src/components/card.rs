//! The page's one card.

use super::{Actions, Mark, QrCode, SupportCode, UnlinkHint, escape};
use crate::i18n::{Labelled, ScreenCopy};
use leptos::{html, prelude::*};

/// The card: the markup of the skeleton in `index.html`, plus the other parts of the screen.
///
/// When a new screen appears, the heading takes the focus, with the sentence as its description. When the sentence
/// changes on the same screen, its live region announces it.
#[component]
pub fn Card(
    /// The screen in words.
    copy: ScreenCopy,
    /// Refers to the heading once it is drawn.
    heading: NodeRef<html::H1>,
) -> impl IntoView {
    let ScreenCopy { logo, title, body, note, qr, code, ask, privacy, unlink, buttons, .. } = copy;
    view! {
        <main class="card">
            <Mark logo />
            <h1 tabindex="-1" aria-describedby="body" node_ref=heading inner_html=escape(&title)></h1>
            <p id="body" class="body" role="status" inner_html=escape(&body)></p>
            <p class="note" role="status" inner_html=escape(&note)></p>
            {qr.map(|qr| view! { <QrCode qr /> })}
            {code.map(|code| view! { <SupportCode code /> })}
            {ask.map(|ask| view! { <p class="ask" inner_html=escape(&ask)></p> })}
            <Actions buttons />
            {privacy
                .map(|Labelled { label, value }| {
                    view! {
                        <a class="foot privacy" href=value>
                            {label}
                        </a>
                    }
                })}
            {unlink.map(|hint| view! { <UnlinkHint hint /> })}
        </main>
    }
}
