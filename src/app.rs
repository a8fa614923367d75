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

/// Puts the app into the place of the skeleton of `index.html`.
pub fn mount() {
    mount_in_place(App);
}

/// Puts a view into the place of a page's skeleton.
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

/// The way into the state. Components get it by context and send it what a person does.
///
/// Events come by call and never through a signal: two writes to a signal before it is read would lose the first.
#[derive(Clone, Copy, Default)]
pub struct Dispatcher {
    state: RwSignal<State>,
    shell: StoredValue<Shell>,
}

impl Dispatcher {
    /// Hands an event to the core, and acts out its orders.
    pub fn send(self, event: Event) {
        let updated = self.state.try_update(|state| {
            let (next, effects) = std::mem::take(state).update(event);
            *state = next;
            (state.turn(), effects)
        });
        // Only a page that is being torn down has no state.
        let Some((turn, effects)) = updated else { return };
        for effect in effects {
            // An answer at once is acted on before the orders behind it: `update` puts none there that it would outdate.
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
