//! The app: the screen, drawn from the state.

#![expect(clippy::must_use_candidate, reason = "`#[component]` does not pass `#[must_use]` on")]

use crate::{
    components::Shown,
    core::Event,
    dispatcher::Dispatcher,
    i18n::{Language, Words, render},
    shell::{listen, page},
};
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// Mounts the app in place of the skeleton of `index.html`.
pub fn mount() {
    mount_in_place(App);
}

/// Mounts a view in place of a page's skeleton.
pub fn mount_in_place<V: IntoView + 'static>(view: fn() -> V) {
    let Some(host) = document().get_element_by_id("app") else { return };
    host.set_text_content(None);
    mount_to(host.unchecked_into(), view).forget();
}

#[component]
pub fn App() -> impl IntoView {
    let dispatcher = Dispatcher::open();
    provide_context(dispatcher);
    listen::listen(move |event| dispatcher.send(event));
    dispatcher.send(Event::Opened(page::opening()));

    let language = Language { words: Words::new(page::words()), ago: page::ago };
    let copy = Memo::new(move |_| render(&dispatcher.screen(), &language));
    view! { <Shown copy /> }
}
