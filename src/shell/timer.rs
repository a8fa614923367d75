//! Waiting.

use crate::core::{Delay, Event, Timer, Turn};
use js_sys::{Function, Math, Promise};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = setTimeout)]
    fn set_timeout(callback: &Function, millis: f64) -> f64;
    #[wasm_bindgen(js_name = clearTimeout)]
    fn clear_timeout(id: f64);
}

/// Waits for the delay and the part that chance adds.
pub(super) async fn sleep(turn: Turn, timer: Timer, delay: Delay) -> Option<Event> {
    let millis = f64::from(delay.millis) + Math::random() * f64::from(delay.spread);
    let mut wait = |resolve: Function, _: Function| {
        set_timeout(&resolve, millis);
    };
    Promise::new(&mut wait).await.ok()?;
    Some(Event::Elapsed(turn, timer))
}

/// Calls `callback` after `millis` milliseconds, unless it is dropped before.
pub(super) fn after(millis: u32, callback: impl FnOnce() + 'static) -> Timeout {
    let closure = Closure::once(callback);
    let id = set_timeout(closure.as_ref().unchecked_ref(), f64::from(millis));
    Timeout { id, _closure: closure }
}

/// A callback that waits for its time.
#[must_use = "dropping it cancels the callback"]
pub(super) struct Timeout {
    id: f64,
    _closure: Closure<dyn FnMut()>,
}

impl Drop for Timeout {
    fn drop(&mut self) {
        clear_timeout(self.id);
    }
}
