//! The heading of a screen.

use leptos::{html, prelude::*};
use liff_bind::{
    components::{name_screen, root},
    i18n::ScreenName,
};

/// A heading, which is also the page's title. Tests and support know its screen by `data-screen` on `<html>`.
#[component]
pub fn Heading(
    /// The screen's public name.
    screen: &'static str,
    title: String,
    /// Whether it takes the focus, so that a screen reader and the keyboard start here.
    #[prop(optional)]
    focused: bool,
) -> impl IntoView {
    let heading = NodeRef::<html::H1>::new();
    let name = title.clone();
    Effect::new(move |_| {
        document().set_title(&name);
        if let Some(root) = root() {
            name_screen(&root, ScreenName { screen, failure: None });
        }
    });
    Effect::new(move |_| {
        // Can't fail for an element in the document.
        heading.get().filter(|_| focused).map(|heading| heading.focus())
    });
    view! {
        <h1 tabindex="-1" node_ref=heading>
            {title}
        </h1>
    }
}
