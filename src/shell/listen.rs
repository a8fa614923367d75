//! What the phone tells by itself.

use super::App;
use crate::core::{Action, Event};
use leptos::tachys::dom::{document, window};
use wasm_bindgen::prelude::*;
use web_sys::{Element, Event as DomEvent, EventTarget, PageTransitionEvent};

/// Listens for as long as the page lives.
pub(super) fn start(app: &App) {
    let (window, page) = (window(), document());
    on(&page, "click", app, |event| {
        let pressed = event.target()?.unchecked_into::<Element>().closest("#app [data-action]").ok()??;
        Action::read(&pressed.get_attribute("data-action")?).map(Event::Pressed)
    });
    on(&window, "online", app, |_| Some(Event::Online));
    // Out of the back-forward cache; the first showing is no return.
    on(&window, "pageshow", app, |event| {
        event.unchecked_ref::<PageTransitionEvent>().persisted().then_some(Event::Resumed)
    });
    on(&page, "visibilitychange", app, |_| (!document().hidden()).then_some(Event::Resumed));
}

fn on(target: &EventTarget, name: &str, app: &App, read: fn(&DomEvent) -> Option<Event>) {
    let app = app.clone();
    let listener = Closure::<dyn Fn(DomEvent)>::new(move |event| {
        if let Some(event) = read(&event) {
            app.take(event);
        }
    });
    drop(target.add_event_listener_with_callback(name, listener.as_ref().unchecked_ref()));
    // The page's listeners end with the page.
    listener.forget();
}
