//! The page outside its card: its title, the shop's colour and initial, and `<html>`'s public attributes, which tests, support and
//! the stylesheet read.

use crate::{
    core::{Colour, Paint},
    i18n::{NAME, ScreenCopy, ScreenName},
};
use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// Has the document say which screen is shown. `title` is the one that it was given before: an unchanged one stays, as the
/// browser may have translated it.
pub fn describe_document(copy: &ScreenCopy, title: Option<&str>) {
    if title != Some(&copy.title) {
        let [before, behind] = NAME;
        document().set_title(&copy.title.replace(before, "").replace(behind, ""));
    }
    if let Some(root) = root() {
        name_screen(&root, copy.name);
        if let Some(colour) = copy.colour {
            paint(&root, colour);
        }
        if let Some(initial) = &copy.initial {
            // Not a text: a translator would make a word of it.
            drop(root.style().set_property("--initial", &["\"", initial, "\""].concat()));
        }
    }
}

/// Has `<html>` say which screen is shown.
pub fn name_screen(root: &HtmlElement, name: ScreenName) {
    // Refused for malformed names only.
    drop(root.set_attribute("data-screen", name.screen));
    drop(match name.failure {
        Some(failure) => root.set_attribute("data-failure", failure),
        None => root.remove_attribute("data-failure"),
    });
}

/// Whether the document says already that this screen is shown.
#[must_use]
pub fn is_described(ScreenName { screen, failure }: ScreenName) -> bool {
    let attribute = |name| root().and_then(|root| root.get_attribute(name));
    attribute("data-screen").as_deref() == Some(screen) && attribute("data-failure").as_deref() == failure
}

/// `<html>`.
#[must_use]
pub fn root() -> Option<HtmlElement> {
    document().document_element().map(JsCast::unchecked_into)
}

/// Gives the stylesheet the shop's colour, for its light and for its dark card.
fn paint(root: &HtmlElement, colour: Colour) {
    let style = root.style();
    for (card, Paint { fill, ink }) in ["light", "dark"].into_iter().zip(colour.paints()) {
        drop(style.set_property(&["--shop-on-", card].concat(), &fill.to_string()));
        drop(style.set_property(&["--ink-on-shop-on-", card].concat(), &ink.to_string()));
    }
}
