//! The doctor, and on `liff-setup.html` the guide.

use crate::{
    components::{Clipboard, Doctor, Guide},
    i18n::Words,
};
use leptos::prelude::*;
use liff_bind::{app::mount_in_place, shell::page};
use std::sync::Arc;

/// Mounts the doctor, or on `liff-setup.html` (`<meta name="page" content="guide">`) the guide, in place of the
/// skeleton.
pub fn mount() {
    mount_in_place(App);
}

#[component]
fn App() -> impl IntoView {
    provide_context(Arc::new(Words::new(page::words())));
    provide_context(Clipboard::default());
    if page::meta("page") == "guide" { view! { <Guide /> }.into_any() } else { view! { <Doctor /> }.into_any() }
}
