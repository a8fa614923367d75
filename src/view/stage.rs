//! Where screens appear: the card, and around it `<html>`'s public attributes, the title and the focus.

use super::card::{Press, card};
use crate::{
    core::{Failure, Screen},
    i18n::{self, Speech},
};
use leptos::{
    prelude::*,
    tachys::view::{Mountable, Render},
};
use std::cell::{Cell, RefCell};
use wasm_bindgen::JsCast;
use web_sys::{Document, Element, HtmlElement};

/// A screen's public names.
type Names = (&'static str, Option<Failure>);

/// Draws the card anew.
type Redraw = Box<dyn FnMut(Speech)>;

/// The page's stage.
pub struct Stage {
    shown: Cell<Names>,
    redraw: RefCell<Option<Redraw>>,
}

impl Default for Stage {
    /// With the skeleton of `index.html` on it.
    fn default() -> Self {
        Self { shown: Cell::new(("working", None)), redraw: RefCell::default() }
    }
}

impl Stage {
    /// Shows a screen.
    ///
    /// Its sentence is announced by the live region it stands in; the focus goes to the heading when a new screen
    /// appears, so that a screen reader and the keyboard start there.
    pub fn show(&self, screen: &Screen, press: &Press) {
        let document = document();
        let speech = i18n::speak(screen);
        let names = (screen.name(), screen.failure());
        document.set_title(&speech.title);
        if let Some(root) = document.document_element() {
            set(&root, "lang", Some(screen.language.tag()));
            set(&root, "data-screen", Some(names.0));
            set(&root, "data-failure", names.1.map(Failure::name));
        }
        // Always free: nothing that is called here comes back to `show`.
        if let Ok(mut redraw) = self.redraw.try_borrow_mut() {
            match redraw.as_mut() {
                Some(redraw) => redraw(speech),
                None => *redraw = draw(&document, speech, press),
            }
        }
        if self.shown.replace(names) != names {
            focus_heading(&document);
        }
    }
}

/// Draws the card for the first time; what it gives draws it again.
fn draw(document: &Document, speech: Speech, press: &Press) -> Option<Redraw> {
    let host = document.get_element_by_id("app")?;
    host.set_text_content(None);
    let press = Press::clone(press);
    let mut drawn = card(speech, &press).build();
    drawn.mount(&host, None);
    Some(Box::new(move |speech| card(speech, &press).rebuild(&mut drawn)))
}

fn set(element: &Element, name: &str, value: Option<&str>) {
    drop(match value {
        Some(value) => element.set_attribute(name, value),
        None => element.remove_attribute(name),
    });
}

fn focus_heading(document: &Document) {
    let heading = document.query_selector("#app h1").ok().flatten();
    if let Some(heading) = heading.and_then(|heading| heading.dyn_into::<HtmlElement>().ok()) {
        drop(heading.focus());
    }
}
