//! The page's one card.

use super::{Actions, Mark, QrCode, SupportCode, UnlinkHint, escape};
use crate::i18n::{Labelled, ScreenCopy};
use leptos::{html, prelude::*};

/// The card: the same markup as the skeleton in `index.html`, and the parts that a screen has besides.
///
/// The heading takes the focus when a new screen appears, and has the sentence as its description. Another sentence on the same
/// screen is announced by the live region it is in.
#[component]
pub fn Card(
    /// The screen in words.
    copy: ScreenCopy,
    /// Where the heading is, once it is there.
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
