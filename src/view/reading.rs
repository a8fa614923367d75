//! A part of the view that follows what the screen says.

use crate::i18n::Speech;
use leptos::prelude::*;

/// What the page says now.
pub(super) type Spoken = ArcRwSignal<Speech>;

/// Reads one part of what the page says; `index` tells parts of a list apart.
pub(super) type Pick = fn(&Speech, usize) -> Option<String>;

/// A reactive attribute; `None` takes it away.
pub(super) fn attribute(spoken: &Spoken, index: usize, pick: Pick) -> impl Fn() -> Option<String> + Send + use<> {
    let spoken = spoken.clone();
    move || pick(&spoken.read(), index)
}

/// A reactive text; `None` is none.
pub(super) fn text(spoken: &Spoken, index: usize, pick: Pick) -> impl Fn() -> String + Send + use<> {
    let spoken = spoken.clone();
    move || pick(&spoken.read(), index).unwrap_or_default()
}
