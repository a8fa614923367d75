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
use std::cell::RefCell;
use wasm_bindgen::JsCast;
use web_sys::{Document, Element, HtmlElement};

/// The page's stage.
#[derive(Default)]
pub struct Stage(RefCell<Option<Scene>>);

/// What stands on the stage.
struct Scene {
    redraw: Box<dyn FnMut(Speech)>,
    screen: &'static str,
    failure: Option<Failure>,
}

impl Stage {
    /// Shows a screen, in the place of the skeleton when it is the first.
    ///
    /// Its sentence is announced by the live region it stands in; the focus goes to the heading when a new screen
    /// appears, so that a screen reader and the keyboard start there.
    pub fn show(&self, screen: &Screen, press: &Press) {
        let document = document();
        let speech = i18n::speak(screen);
        document.set_title(&speech.title);
        let (name, failure) = (screen.name(), screen.failure());
        if let Some(root) = document.document_element() {
            set(&root, "lang", Some(screen.language.tag()));
            set(&root, "data-screen", Some(name));
            set(&root, "data-failure", failure.map(Failure::name));
        }
        // Nothing that is called below comes back here.
        let Ok(mut scene) = self.0.try_borrow_mut() else { return };
        match scene.as_mut() {
            Some(scene) => {
                (scene.redraw)(speech);
                let is_new = (scene.screen, scene.failure) != (name, failure);
                (scene.screen, scene.failure) = (name, failure);
                if is_new {
                    focus_heading(&document);
                }
            }
            None => *scene = draw(&document, speech, press).map(|redraw| Scene { redraw, screen: name, failure }),
        }
    }
}

/// Draws the card for the first time; what it gives draws it again.
fn draw(document: &Document, speech: Speech, press: &Press) -> Option<Box<dyn FnMut(Speech)>> {
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
