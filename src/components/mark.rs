//! The sign at the top of a card.

use leptos::prelude::*;

/// The shop's logo; if there is none or it can't be fetched, the shop's initial or a sign for the kind of screen.
/// (`src/boot.js` hides an image that fails: `on:error` here would add 2 KB to the critical path.)
#[component]
pub fn Mark(
    /// The logo's URL.
    logo: Option<String>,
) -> impl IntoView {
    view! {
        {logo.map(|url| view! { <img class="logo" alt="" src=url /> })}
        <div class="mark" aria-hidden="true"></div>
    }
}
