//! Where screens appear: the card, and around it `<html>`'s public attributes, the title and the focus.

use super::card::card;
use crate::{
    core::{Colour, Failure, Paint, Screen},
    i18n::{self, Language, Speech},
};
use leptos::tachys::{
    dom::document,
    view::{Mountable, Render},
};
use std::cell::RefCell;
use wasm_bindgen::JsCast;
use web_sys::{Document, Element, HtmlElement};

/// The page's stage.
pub struct Stage {
    language: Language,
    /// What is shown; `None` while the skeleton of `index.html` stands.
    shown: RefCell<Option<Screen>>,
}

impl Stage {
    /// A stage on which this language is spoken.
    #[must_use]
    pub fn new(language: Language) -> Self {
        Self { language, shown: RefCell::default() }
    }

    /// Shows a screen.
    ///
    /// When a new screen appears, the focus goes to its heading, so that a screen reader and the keyboard start there, and
    /// reads the sentence as its description. Another sentence on the same screen is announced by the live region it is in.
    /// What says nothing new touches nothing: not what a translator has made of the words, and no memory.
    pub fn show(&self, screen: Screen) {
        // Always free: nothing that is called here comes back to `show`.
        let Ok(mut shown) = self.shown.try_borrow_mut() else { return };
        if shown.as_ref() == Some(&screen) {
            return;
        }
        let document = document();
        let speech = i18n::speak(&screen, self.language);
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
        if let Some(host) = document.get_element_by_id("app") {
            if is_new || shown.is_none() {
                // In new elements: in old ones the words of another screen would be seen to jump.
                host.set_text_content(None);
                card(speech).build().mount(&host, None);
            } else if let Ok(fresh) = document.create_element("div") {
                // The logo stays with its screen, and would be fetched for the fresh card too.
                card(Speech { logo: None, ..speech }).build().mount(&fresh, None);
                amend(host.first_element_child(), fresh.first_element_child());
            }
        }
        if is_new {
            focus_heading(&document);
        }
        *shown = Some(screen);
    }
}

/// What the app may change of an element while its screen stays. A logo's `hidden` is boot.js's.
const CHANGING: [&str; 5] = ["aria-label", "d", "data-action", "data-code", "href"];

/// Makes an element that is shown, what is in it and what follows it say what a fresh one says. Only what differs is
/// touched: the focus stays where it is, and a live region tells its change. Leptos's own `rebuild` compares what was drawn
/// with what is to be drawn, part by part, for 0.6 KB more of the critical path (brotli).
fn amend(shown: Option<Element>, fresh: Option<Element>) {
    let Some((shown, fresh)) = shown.zip(fresh) else { return };
    // The browser compares: a text that is read is in memory for good.
    if !shown.is_equal_node(Some(&fresh)) {
        for name in CHANGING {
            set(&shown, name, fresh.get_attribute(name).as_deref());
        }
        match fresh.first_element_child() {
            Some(inner) => amend(shown.first_element_child(), Some(inner)),
            None => shown.set_text_content(fresh.text_content().as_deref()),
        }
    }
    amend(shown.next_element_sibling(), fresh.next_element_sibling());
}

/// Sets an attribute, and says whether that changed it.
fn set(element: &Element, name: &str, value: Option<&str>) -> bool {
    let differs = element.get_attribute(name).as_deref() != value;
    if differs {
        drop(match value {
            Some(value) => element.set_attribute(name, value),
            None => element.remove_attribute(name),
        });
    }
    differs
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
