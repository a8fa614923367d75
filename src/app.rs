//! The app: the state, the one way into it, and the screen drawn from it.

#![expect(clippy::must_use_candidate, reason = "`#[component]` does not pass `#[must_use]` on")]

use crate::{
    components::Shown,
    core::{Event, State},
    i18n::{Language, Words, render},
    shell::{Answer, Shell, listen, page},
};
use js_sys::futures::spawn_local;
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

/// The page.
#[component]
pub fn App() -> impl IntoView {
    let dispatcher = Dispatcher::default();
    provide_context(dispatcher);
    listen::listen(move |event| dispatcher.send(event));
    dispatcher.send(Event::Opened(page::opening()));

    let language = Language { words: Words::new(page::words()), ago: page::ago };
    let copy = Memo::new(move |_| render(&dispatcher.state.read().screen(), &language));
    view! { <Shown copy /> }
}

/// The one way to change the state. Components get it from context and send it the person's actions.
///
/// Events are sent by a call, never through a signal: a signal that is written twice before it is read loses the first
/// event.
#[derive(Clone, Copy, Default)]
pub struct Dispatcher {
    state: RwSignal<State>,
    shell: StoredValue<Shell>,
}

impl Dispatcher {
    /// Passes an event to the core and carries out the effects.
    pub fn send(self, event: Event) {
        let updated = self.state.try_update(|state| {
            let (next, effects) = std::mem::take(state).update(event);
            *state = next;
            (state.turn(), effects)
        });
        // Only a page that is being torn down has no state.
        let Some((turn, effects)) = updated else { return };
        for effect in effects {
            // An immediate answer is handled before the remaining effects: `update` orders none that the answer would
            // outdate.
            match self.shell.with_value(|shell| shell.act(turn, effect)) {
                Answer::None => {}
                Answer::Now(event) => self.send(event),
                Answer::Later(work) => spawn_local(async move {
                    if let Some(event) = work.await {
                        self.send(event);
                    }
                }),
            }
        }
    }
}
