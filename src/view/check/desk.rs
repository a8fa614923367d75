//! What both pages share: the place they are drawn in, and values to copy.

use crate::i18n::check::Words;
use leptos::prelude::*;
use std::sync::Arc;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// Copies a text and sets the signal once it is done.
pub type Clipboard = Arc<dyn Fn(String, RwSignal<bool>) + Send + Sync>;

/// The words, and the clipboard.
#[derive(Clone)]
pub struct Desk {
    /// The words of the language shown.
    pub words: Words,
    /// The clipboard.
    pub copy: Clipboard,
}

impl Desk {
    /// A button that copies.
    pub(super) fn copier(
        &self,
        action: &'static str,
        class: &'static str,
        label: &'static str,
        text: impl Fn() -> String + Send + Sync + 'static,
    ) -> AnyView {
        let Self { words, copy } = self.clone();
        let done = RwSignal::new(false);
        let press = move |_| {
            let text = text();
            // Where the browser lets nothing but a selection be copied, this is what is selected (`src/boot.js`).
            if let Some(clipboard) = element("#app output") {
                clipboard.set_text_content(Some(&text));
            }
            done.set(false);
            copy(text, done);
        };
        view! {
            <button type="button" class=class data-action=action on:click=press>
                {move || words.get(if done.get() { "button-copied" } else { label })}
            </button>
        }
        .into_any()
    }

    /// A value with its button.
    pub(super) fn value(&self, value: String) -> impl IntoView + use<> {
        let text = value.clone();
        view! {
            <code>{value}</code>
            {self.copier("copy", "copy", "button-copy", move || text.clone())}
        }
    }
}

/// Puts the page into the place of the skeleton.
pub(super) fn mount<V: IntoView + 'static>(draw: impl FnOnce() -> V + 'static) {
    let Some(host) = element("#app") else { return };
    host.set_text_content(None);
    mount_to(host, draw).forget();
}

/// Names the screen for tests and support, and shows its title.
pub(super) fn name_screen(name: &str, title: &str) {
    let document = document();
    document.set_title(title);
    if let Some(root) = document.document_element() {
        drop(root.set_attribute("data-screen", name));
    }
}

/// Where a screen reader and the keyboard start.
pub(super) fn focus_heading() {
    if let Some(heading) = element("#app h1") {
        drop(heading.focus());
    }
}

fn element(selector: &str) -> Option<HtmlElement> {
    document().query_selector(selector).ok()??.dyn_into().ok()
}

/// The text that is being copied; nobody sees or hears it.
pub(super) fn clipboard() -> impl IntoView {
    view! { <output class="clipboard" aria-hidden="true"></output> }
}
