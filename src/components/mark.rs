//! The sign at the top of a card.

use leptos::prelude::*;

/// The shop's logo; without one, and where it can't be fetched, its initial or a sign for the kind of screen. (`src/boot.js` hides
/// an image that fails: `on:error` here would be 2 KB of the critical path.)
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
