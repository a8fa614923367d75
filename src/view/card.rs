//! The page's one card.

use super::reading::{Pick, Spoken, attribute, text};
use crate::{
    core::{Action, Target},
    i18n::{Label, Speech},
};
use leptos::prelude::*;

/// The most buttons a screen has.
pub(super) const MOST_BUTTONS: usize = 3;

/// The card; the same markup as the skeleton in `index.html`, with what that leaves out hidden.
pub(super) fn card(spoken: &Spoken, press: UnsyncCallback<Action>) -> impl IntoView + use<> {
    let say = |pick: Pick| text(spoken, 0, pick);
    let has = |pick: Pick| attribute(spoken, 0, pick);
    view! {
        <main class="card">
            <div class="mark" aria-hidden="true"></div>
            <img class="logo" alt="" src=has(|speech, _| speech.logo.clone()) />
            <h1 tabindex="-1">{say(|speech, _| Some(speech.title.clone()))}</h1>
            <p class="body" role="status">{say(|speech, _| Some(speech.body.clone()))}</p>
            <p class="note">{say(|speech, _| Some(speech.note.clone()))}</p>
            <svg class="qr" viewBox="0 0 100 100" role="img" aria-label=has(|speech, _| Some(speech.qr.as_ref()?.0.to_owned()))>
                <path d=has(|speech, _| Some(speech.qr.as_ref()?.1.clone())) />
            </svg>
            <p class="code" hidden=has(|speech, _| speech.code.is_none().then(String::new))>
                {say(|speech, _| Some(speech.code.as_ref()?.0.to_owned()))}
                " "
                <output>{say(|speech, _| Some(speech.code.as_ref()?.1.as_str().to_owned()))}</output>
            </p>
            <div class="actions">{core::array::from_fn::<_, MOST_BUTTONS, _>(|index| button(spoken, index, press))}</div>
            <a class="privacy" href=has(|speech, _| Some(speech.privacy.as_ref()?.1.clone()))>
                {say(|speech, _| Some(speech.privacy.as_ref()?.0.to_owned()))}
            </a>
        </main>
    }
}

/// Button number `index`: a button to press and a link to follow, of which the stylesheet hides the one without action.
fn button(spoken: &Spoken, index: usize, press: UnsyncCallback<Action>) -> impl IntoView + use<> {
    let say = |pick: Pick| text(spoken, index, pick);
    let has = |pick: Pick| attribute(spoken, index, pick);
    let class = if index == 0 { "button primary" } else { "button" };
    let pressed = {
        let spoken = spoken.clone();
        move |_| {
            let action = spoken.read_untracked().buttons.get(index).map(|label| label.action);
            if let Some(action) = action {
                press.run(action);
            }
        }
    };
    view! {
        <button type="button" class=class data-action=has(|speech, index| pressable(speech, index).map(name)) on:click=pressed>
            {say(|speech, index| pressable(speech, index).map(label_text))}
        </button>
        <a class=class data-action=has(|speech, index| link(speech, index).map(name)) href=has(|speech, index| link(speech, index).map(url))>
            {say(|speech, index| link(speech, index).map(label_text))}
        </a>
    }
}

fn pressable(speech: &Speech, index: usize) -> Option<&Label> {
    speech.buttons.get(index).filter(|label| label.target == Target::Press)
}

fn link(speech: &Speech, index: usize) -> Option<&Label> {
    speech.buttons.get(index).filter(|label| label.target != Target::Press)
}

fn name(label: &Label) -> String {
    label.action.name().to_owned()
}

fn label_text(label: &Label) -> String {
    label.text.to_owned()
}

fn url(label: &Label) -> String {
    match &label.target {
        Target::Link(url) => url.clone(),
        Target::Press => String::new(),
    }
}
