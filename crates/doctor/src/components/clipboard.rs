//! Values to copy.

use super::words;
use crate::i18n::Word;
use js_sys::futures::spawn_local;
use leptos::{html, prelude::*};
use liff_bind::{components::escape, shell::clipboard};

/// The clipboard. Components get it by context.
#[derive(Clone, Copy, Default)]
pub struct Clipboard {
    /// An element that nobody sees or hears. It is selected where the browser copies nothing but a selection.
    source: NodeRef<html::Output>,
}

impl Clipboard {
    /// Copies a text, and returns whether it worked.
    async fn copy(self, text: &str) -> bool {
        if let Some(source) = self.source.get_untracked() {
            source.set_text_content(Some(text));
        }
        clipboard::copy(text).await
    }
}

/// The element whose text [`Clipboard`] selects. Each page has one.
#[component]
pub fn CopySource() -> impl IntoView {
    let Clipboard { source } = expect_context();
    view! { <output id=clipboard::SOURCE class="clipboard" aria-hidden="true" node_ref=source></output> }
}

/// A button that copies a text, and says so.
#[component]
pub fn CopyButton(
    /// `data-action`.
    action: &'static str,
    class: &'static str,
    label: Word,
    text: String,
) -> impl IntoView {
    let (words, clipboard) = (words(), expect_context::<Clipboard>());
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
    let said = move || escape(words.get(if copied.get() { Word::ButtonCopied } else { label }));
    view! { <button type="button" class=class data-action=action on:click=press inner_html=said></button> }
}

/// A value with its button.
#[component]
pub fn Value(value: String) -> impl IntoView {
    view! {
        <code>{value.clone()}</code>
        <CopyButton action="copy" class="copy" label=Word::ButtonCopy text=value />
    }
}
