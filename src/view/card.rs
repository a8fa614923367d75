//! The page's one card.

use crate::{
    core::Target,
    i18n::{Label, Speech},
};
use leptos::{prelude::*, tachys::view::Render};

/// The card; the same markup as the skeleton in `index.html`. What a screen leaves out lacks the attribute by which the
/// stylesheet shows it.
#[must_use]
pub fn card(speech: Speech) -> impl Render + use<> {
    let (qr_name, qr_path) = speech.qr.unzip();
    let (code_name, code) = speech.code.unzip();
    let (privacy_name, privacy_url) = speech.privacy.unzip();
    let mut labels = speech.buttons.into_iter();
    view! {
        <main class="card">
            <img class="logo" alt="" src=speech.logo />
            <div class="mark" aria-hidden="true"></div>
            <h1 tabindex="-1" aria-describedby="body">
                {speech.title}
            </h1>
            <p id="body" class="body" role="status">
                {speech.body}
            </p>
            <p class="note" role="status">{speech.note}</p>
            <svg class="qr" viewBox="0 0 100 100" role="img" aria-label=qr_name>
                <path d=qr_path />
            </svg>
            <p class="code" data-code=code_name.map(|_| "")>
                <span>{code_name.unwrap_or_default()}</span>
                " "
                <output>{code.unwrap_or_default()}</output>
            </p>
            <p class="ask">{speech.ask}</p>
            <div class="actions">
                {button(labels.next(), "button primary")} {button(labels.next(), "button")} {button(labels.next(), "button")}
            </div>
            <a class="privacy" href=privacy_url>
                {privacy_name.unwrap_or_default()}
            </a>
        </main>
    }
}

/// One thing to do, as a button to press and a link to follow, of which one is shown: iOS opens LINE only from a real link.
/// Who presses is heard by `shell/listen.rs`.
fn button(label: Option<Label>, class: &'static str) -> impl RenderHtml + use<> {
    let (pressed, link, url) = match label {
        Some(Label { action, text, target: Target::Press }) => (Some((action.name(), text)), None, None),
        Some(Label { action, text, target: Target::Link(url) }) => (None, Some((action.name(), text)), Some(url)),
        None => (None, None, None),
    };
    let (pressed, pressed_text) = pressed.unzip();
    let (link, link_text) = link.unzip();
    view! {
        <button type="button" class=class data-action=pressed>
            {pressed_text.unwrap_or_default()}
        </button>
        <a class=class data-action=link href=url>
            {link_text.unwrap_or_default()}
        </a>
    }
}
