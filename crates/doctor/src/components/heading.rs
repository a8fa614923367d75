//! The heading of a screen.

use leptos::{html, prelude::*};

/// A heading, which is the page's title too. Tests and support know its screen by `data-screen` on `<html>`.
#[component]
pub(super) fn Heading(
    /// The screen's public name.
    screen: &'static str,
    title: String,
    /// Whether the focus goes here, so that a screen reader and the keyboard start here.
    #[prop(optional)]
    focused: bool,
) -> impl IntoView {
    let heading = NodeRef::<html::H1>::new();
    let name = title.clone();
    Effect::new(move |_| {
        let document = document();
        document.set_title(&name);
        if let Some(root) = document.document_element() {
            // Refused for malformed names only.
            drop(root.set_attribute("data-screen", screen));
        }
    });
    Effect::new(move |_| {
        // Fails for nothing that is in the document.
        heading.get().filter(|_| focused).map(|heading| heading.focus())
    });
    view! {
        <h1 tabindex="-1" node_ref=heading>
            {title}
        </h1>
    }
}
