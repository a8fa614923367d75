//! The merchant's doctor (`liff-bind.html?check=1`) and guide (`liff-setup.html`) in the browser: what they look at, and the
//! components that show what the core makes of it (`crate::core::check`).

mod checklist;
mod clipboard;
mod gather;
mod guide;
mod heading;

use crate::{
    i18n::check::Words,
    shell::{json, page},
};
use checklist::Doctor;
use clipboard::Clipboard;
use guide::Guide;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// Puts the doctor, or on `liff-setup.html` (`<meta name="page" content="guide">`) the guide, into the place of the skeleton.
pub fn mount() {
    let Some(host) = document().get_element_by_id("app") else { return };
    host.set_text_content(None);
    mount_to(host.unchecked_into(), App).forget();
}

#[component]
fn App() -> impl IntoView {
    provide_context(Words::new(json::parse(&page::words())));
    provide_context(Clipboard::default());
    if page::meta("page") == "guide" { view! { <Guide /> }.into_any() } else { view! { <Doctor /> }.into_any() }
}
