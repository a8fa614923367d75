//! The state, and the one way to change it.

use crate::{
    core::{Event, Screen, State},
    shell::Shell,
};
use js_sys::futures::spawn_local;
use leptos::prelude::*;

/// The one way to change the state. Components get it from context and send it the person's actions.
///
/// Events are sent by a call, never through a signal: a signal that is written twice before it is read loses the first
/// event.
#[derive(Clone, Copy)]
pub struct Dispatcher {
    state: RwSignal<State>,
    shell: StoredValue<Shell>,
}

impl Dispatcher {
    /// The state of a page that has just been opened.
    #[must_use]
    pub fn open() -> Self {
        Self { state: RwSignal::default(), shell: StoredValue::new(Shell::open()) }
    }

    /// The screen that the person sees now.
    #[must_use]
    pub fn screen(self) -> Screen {
        self.state.read().screen()
    }

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
            let Some(work) = self.shell.with_value(|shell| shell.act(turn, effect)) else { continue };
            spawn_local(async move {
                if let Some(event) = work.await {
                    self.send(event);
                }
            });
        }
    }
}
