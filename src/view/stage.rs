//! Where screens appear: the card, and around it `<html>`'s public attributes, the title and the focus.

use super::card::card;
use crate::{
    core::{Colour, Failure, Paint, Screen},
    i18n::{self, Language, Speech},
};
use leptos::{
    prelude::*,
    tachys::view::{Mountable, Render},
};
use std::cell::RefCell;
use wasm_bindgen::JsCast;
use web_sys::{Document, Element, HtmlElement};

/// Draws the card anew.
type Redraw = Box<dyn FnMut(Speech)>;

/// The page's stage.
pub struct Stage {
    language: Language,
    redraw: RefCell<Option<Redraw>>,
}

impl Stage {
    /// A stage on which this language is spoken.
    #[must_use]
    pub fn new(language: Language) -> Self {
        Self { language, redraw: RefCell::default() }
    }

    /// Shows a screen.
    ///
    /// When a new screen appears, the focus goes to its heading, so that a screen reader and the keyboard start there, and
    /// reads the sentence as its description. Another sentence on the same screen is announced by the live region it is in.
    pub fn show(&self, screen: &Screen) {
        let document = document();
        let speech = i18n::speak(screen, self.language);
        document.set_title(&speech.title);
        let mut is_new = false;
        // Unchecked, here and below: in this page they are HTML elements.
        if let Some(root) = document.document_element().map(JsCast::unchecked_into::<HtmlElement>) {
            is_new |= set(&root, "data-screen", Some(screen.name()));
            is_new |= set(&root, "data-failure", screen.failure().map(Failure::name));
            if let Some(colour) = screen.shop.colour {
                paint(&root, colour);
            }
        }
        // Always free: nothing that is called here comes back to `show`.
        if let Ok(mut redraw) = self.redraw.try_borrow_mut() {
            match redraw.as_mut().filter(|_| !is_new) {
                Some(redraw) => redraw(speech),
                // In new elements: in old ones the words of another screen would be seen to jump.
                None => *redraw = draw(&document, speech),
            }
        }
        if is_new {
            focus_heading(&document);
        }
    }
}

/// Draws the card in the place of what was there; what it gives draws it again.
fn draw(document: &Document, speech: Speech) -> Option<Redraw> {
    let host = document.get_element_by_id("app")?;
    host.set_text_content(None);
    let mut drawn = card(speech).build();
    drawn.mount(&host, None);
    Some(Box::new(move |speech| card(speech).rebuild(&mut drawn)))
}

/// Sets an attribute, and says whether that changed it.
fn set(element: &Element, name: &str, value: Option<&str>) -> bool {
    let before = element.get_attribute(name);
    drop(match value {
        Some(value) => element.set_attribute(name, value),
        None => element.remove_attribute(name),
    });
    before.as_deref() != value
}

/// Gives the stylesheet the shop's colour, for its light and for its dark card.
fn paint(root: &HtmlElement, colour: Colour) {
    let style = root.style();
    for (card, Paint { fill, ink }) in ["light", "dark"].into_iter().zip(colour.paints()) {
        drop(style.set_property(&["--shop-on-", card].concat(), &fill.text()));
        drop(style.set_property(&["--ink-on-shop-on-", card].concat(), &ink.text()));
    }
}

fn focus_heading(document: &Document) {
    if let Some(heading) = document.query_selector("#app h1").ok().flatten() {
        drop(heading.unchecked_into::<HtmlElement>().focus());
    }
}
