//! Events that the phone sends by itself.

use super::storage;
use crate::core::Event;
use leptos::prelude::{document, window};
use wasm_bindgen::prelude::*;
use web_sys::{Event as DomEvent, EventTarget, PageTransitionEvent};

/// Listens for as long as the page lives.
pub fn listen(tell: impl Fn(Event) + Copy + 'static) {
    on(&window(), "online", move |_| tell(Event::Online));
    // Returned from the back-forward cache; the first `pageshow` isn't a return.
    on(&window(), "pageshow", move |event| {
        if event.unchecked_into::<PageTransitionEvent>().persisted() {
            tell(Event::Restored(storage::kept()));
        }
    });
    on(&window(), "pagehide", move |_| tell(Event::Left));
    // Only a change counts: a web view may claim for good that it is hidden, and the person would wait forever.
    on(&document(), "visibilitychange", move |_| {
        tell(if document().hidden() { Event::Hidden } else { Event::Resumed });
    });
}

fn on(target: &EventTarget, name: &str, hear: impl Fn(DomEvent) + 'static) {
    let listener = Closure::<dyn Fn(DomEvent)>::new(hear).into_js_value();
    // Can't fail for a function.
    drop(target.add_event_listener_with_callback(name, listener.unchecked_ref()));
}
