//! The sign at the top of a card.

use leptos::prelude::*;

/// The shop's logo; until it is there, and if there is none, the shop's initial or a sign for the kind of screen.
/// (`src/boot.js` shows an image that has loaded: `on:load` here would add 2 KB to the critical path.)
#[component]
pub fn Mark(
    /// The logo's URL.
    logo: Option<String>,
) -> impl IntoView {
    view! {
        {logo.map(|url| view! { <img class="logo" alt="" src=url hidden /> })}
        <div class="mark" aria-hidden="true"></div>
    }
}
