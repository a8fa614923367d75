//! Where screens appear: the card, and around it `<html>`'s public attributes, the title and the focus.

use super::{card::card, reading::Spoken};
use crate::{
    core::{Action, Failure, Screen},
    i18n,
};
use leptos::{mount::mount_to, prelude::*};
use std::cell::Cell;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// The page's stage.
#[derive(Default)]
pub struct Stage {
    spoken: Spoken,
    shown: Cell<Option<(&'static str, Option<Failure>)>>,
}

impl Stage {
    /// Puts the view in the place of the skeleton; `press` is told what the person presses.
    pub fn mount(&self, press: impl Fn(Action) + 'static) {
        let host = document().get_element_by_id("app").and_then(|host| host.dyn_into::<HtmlElement>().ok());
        if let Some(host) = host {
            host.set_text_content(None);
            let spoken = self.spoken.clone();
            mount_to(host, move || card(&spoken, UnsyncCallback::new(press))).forget();
        }
    }

    /// Shows a screen. Its sentence is announced by the live region it stands in; the focus goes to the heading when a
    /// new screen appears, so that a screen reader and the keyboard start there.
    pub fn show(&self, screen: &Screen) {
        let speech = i18n::speak(screen);
        if *self.spoken.read_untracked() == speech {
            return;
        }
        let document = document();
        document.set_title(&speech.title);
        if let Some(root) = document.document_element() {
            set(&root, "lang", Some(screen.language.tag()));
            set(&root, "data-screen", Some(screen.name()));
            set(&root, "data-failure", screen.failure().map(Failure::name));
        }
        self.spoken.set(speech);
        let now = (screen.name(), screen.failure());
        let before = self.shown.replace(Some(now));
        if before.is_some_and(|before| before != now) {
            focus_heading(&document);
        }
    }
}

fn set(element: &Element, name: &str, value: Option<&str>) {
    drop(match value {
        Some(value) => element.set_attribute(name, value),
        None => element.remove_attribute(name),
    });
}

fn focus_heading(document: &web_sys::Document) {
    let heading = document.query_selector("#app h1").ok().flatten();
    if let Some(heading) = heading.and_then(|heading| heading.dyn_into::<HtmlElement>().ok()) {
        drop(heading.focus());
    }
}
