//! The merchant's doctor (`liff-bind.html?check=1`) and guide (`liff-setup.html`) in the browser: what they look at, and the
//! components that show what the core makes of it (`crate::core::check`).

mod checklist;
mod clipboard;
mod gather;
mod guide;
mod heading;

use crate::{app::mount_in_place, i18n::check::Words, shell::page};
use checklist::Doctor;
use clipboard::Clipboard;
use guide::Guide;
use leptos::prelude::*;

/// Puts the doctor, or on `liff-setup.html` (`<meta name="page" content="guide">`) the guide, into the place of the skeleton.
pub fn mount() {
    mount_in_place(App);
}

#[component]
fn App() -> impl IntoView {
    provide_context(Words::new(page::words()));
    provide_context(Clipboard::default());
    if page::meta("page") == "guide" { view! { <Guide /> }.into_any() } else { view! { <Doctor /> }.into_any() }
}
