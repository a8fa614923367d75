//! Events that the phone sends by itself.

use crate::core::Event;
use leptos::prelude::{document, window};
use wasm_bindgen::prelude::*;
use web_sys::{Event as DomEvent, EventTarget, PageTransitionEvent};

/// Listens for as long as the page lives.
pub fn listen(tell: impl Fn(Event) + Copy + 'static) {
    on(&window(), "online", move |_| tell(Event::Online));
    // Out of the back-forward cache; the first showing is no return.
    on(&window(), "pageshow", move |event| {
        if event.unchecked_into::<PageTransitionEvent>().persisted() {
            tell(Event::Resumed);
        }
    });
    on(&window(), "pagehide", move |_| tell(Event::Left));
    // A change alone is believed: a web view may say for good that nobody sees it, and a person wait for ever.
    on(&document(), "visibilitychange", move |_| {
        tell(if document().hidden() { Event::Hidden } else { Event::Resumed });
    });
}

fn on(target: &EventTarget, name: &str, hear: impl Fn(DomEvent) + 'static) {
    let listener = Closure::<dyn Fn(DomEvent)>::new(hear).into_js_value();
    // Fails for nothing that is a function.
    drop(target.add_event_listener_with_callback(name, listener.unchecked_ref()));
}
