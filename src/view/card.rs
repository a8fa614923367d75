//! The page's one card.

use crate::{
    core::{Action, Target},
    i18n::{Label, Speech},
};
use leptos::{prelude::*, tachys::view::Render};
use std::rc::Rc;

/// Is told what the person presses.
pub type Press = Rc<dyn Fn(Action)>;

/// The card; the same markup as the skeleton in `index.html`. What a screen leaves out lacks the attribute by which the
/// stylesheet shows it.
pub fn card(speech: Speech, press: &Press) -> impl Render + use<> {
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
            <p class="code" hidden=code_name.is_none()>
                {code_name.unwrap_or_default()} " "
                <output>{code.unwrap_or_default()}</output>
            </p>
            <p class="ask">{speech.ask}</p>
            <div class="actions">
                {button(labels.next(), "button primary", press)} {button(labels.next(), "button", press)}
                {button(labels.next(), "button", press)}
            </div>
            <a class="privacy" href=privacy_url>
                {privacy_name.unwrap_or_default()}
            </a>
        </main>
    }
}

/// One thing to do, as a button to press and a link to follow, of which one is shown: iOS opens LINE only from a real link.
fn button(label: Option<Label>, class: &'static str, press: &Press) -> impl RenderHtml + use<> {
    let press = Rc::clone(press);
    let (pressed, link, url) = match label {
        Some(Label { action, text, target: Target::Press }) => (Some((action, text)), None, None),
        Some(Label { action, text, target: Target::Link(url) }) => (None, Some((action, text)), Some(url)),
        None => (None, None, None),
    };
    let name = |(action, _): (Action, _)| action.name();
    let text = |(_, text)| text;
    view! {
        <button
            type="button"
            class=class
            data-action=pressed.map(name)
            on:click=move |_| {
                if let Some((action, _)) = pressed {
                    press(action);
                }
            }
        >
            {pressed.map_or("", text)}
        </button>
        <a class=class data-action=link.map(name) href=url>
            {link.map_or("", text)}
        </a>
    }
}
