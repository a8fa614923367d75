//! Values to copy.

use crate::{i18n::check::Words, shell::clipboard};
use js_sys::futures::spawn_local;
use leptos::{html, prelude::*};

/// The clipboard. Components get it by context.
#[derive(Clone, Copy, Default)]
pub(super) struct Clipboard {
    /// An element that nobody sees or hears: it is selected where the browser copies nothing but a selection.
    source: NodeRef<html::Output>,
}

impl Clipboard {
    /// Copies a text, and says whether it has.
    async fn copy(self, text: &str) -> bool {
        if let Some(source) = self.source.get_untracked() {
            source.set_text_content(Some(text));
        }
        clipboard::copy(text).await
    }
}

/// The element in which [`Clipboard`] selects. Each page has one.
#[component]
pub(super) fn CopySource() -> impl IntoView {
    let Clipboard { source } = expect_context();
    view! { <output id=clipboard::SOURCE class="clipboard" aria-hidden="true" node_ref=source></output> }
}

/// A button that copies, and says so.
#[component]
pub(super) fn CopyButton(
    /// `data-action`.
    action: &'static str,
    class: &'static str,
    label: String,
    text: String,
) -> impl IntoView {
    let (words, clipboard) = (expect_context::<Words>(), expect_context::<Clipboard>());
    let copied = RwSignal::new(false);
    let press = move |_| {
        copied.set(false);
        let text = text.clone();
        spawn_local(async move {
            if clipboard.copy(&text).await {
                copied.set(true);
            }
        });
    };
    view! {
        <button type="button" class=class data-action=action on:click=press>
            {move || if copied.get() { words.get("button-copied") } else { label.clone() }}
        </button>
    }
}

/// A value with its button.
#[component]
pub(super) fn Value(value: String) -> impl IntoView {
    let label = expect_context::<Words>().get("button-copy");
    view! {
        <code>{value.clone()}</code>
        <CopyButton action="copy" class="copy" label text=value />
    }
}
