//! The screen that is shown, and the change to it from the previous one.

use super::{Card, describe_document, is_described};
use crate::i18n::ScreenCopy;
use leptos::{html, prelude::*};
use web_sys::HtmlElement;

/// Shows each screen on a card of its own, and names it on `<html>`.
///
/// A new screen gets a new card: in the old one, its words would visibly jump. Within a card only the differences are
/// updated.
#[component]
pub fn Shown(
    /// The screen in words.
    copy: Memo<ScreenCopy>,
) -> impl IntoView {
    let name = Memo::new(move |_| copy.read().name);
    let heading = NodeRef::<html::H1>::new();
    // The skeleton of `index.html` usually shows the first screen already.
    let was_there = is_described(name.get_untracked());

    Effect::new(move |before: Option<(String, Option<HtmlElement>)>| {
        let is_first = before.is_none();
        let (title, focused) = before.unzip();
        let copy = copy.read();
        describe_document(&copy, title.as_deref());
        let heading: Option<HtmlElement> = heading.get().map(Into::into);
        if heading != focused.flatten()
            && !(is_first && was_there)
            && let Some(heading) = &heading
        {
            // Screen readers and the keyboard start there. Can't fail for an element in the document.
            drop(heading.focus());
        }
        (copy.title.clone(), heading)
    });

    move || {
        name.get();
        move || view! { <Card copy=copy.get() heading /> }
    }
}
