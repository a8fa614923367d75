//! The page outside its card: its title, the shop's colour and initial, and `<html>`'s public attributes, which tests,
//! support and the stylesheet read.

use crate::{
    core::{Colour, Paint},
    i18n::{NAME, ScreenCopy, ScreenName},
};
use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// Describes the screen in the title and on `<html>`. `title` is the previous title: an unchanged one isn't set again,
/// as the browser may have translated it.
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
            // In CSS, since a browser's translator would turn a text into a word.
            drop(root.style().set_property("--initial", &["\"", initial, "\""].concat()));
        }
    }
}

/// Names the screen on `<html>`.
pub fn name_screen(root: &HtmlElement, name: ScreenName) {
    // Fails only for malformed names.
    drop(root.set_attribute("data-screen", name.screen));
    drop(match name.failure {
        Some(failure) => root.set_attribute("data-failure", failure),
        None => root.remove_attribute("data-failure"),
    });
}

/// Whether the document already names this screen.
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

/// Passes the shop's colours for the light and the dark card to the stylesheet.
fn paint(root: &HtmlElement, colour: Colour) {
    let style = root.style();
    for (card, Paint { fill, ink }) in ["light", "dark"].into_iter().zip(colour.paints()) {
        drop(style.set_property(&["--shop-on-", card].concat(), &fill.to_string()));
        drop(style.set_property(&["--ink-on-shop-on-", card].concat(), &ink.to_string()));
    }
}
