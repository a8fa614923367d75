//! The buttons of a screen.

use super::escape;
use crate::{
    core::{Action, Event, Target},
    dispatcher::Dispatcher,
    i18n::ButtonCopy,
    shell::line,
};
use leptos::{either::Either, ev::MouseEvent, prelude::*};

/// The largest number of buttons on a screen.
const MOST: usize = 4;

/// The buttons of a screen, the primary action first.
#[component]
pub fn Actions(buttons: Vec<ButtonCopy>) -> impl IntoView {
    // Places count from the end: when a button is added in front, the last one stays, and so does its focus.
    let missing = MOST.saturating_sub(buttons.len());
    let mut buttons = buttons.into_iter();
    let places = (0..missing + buttons.len()).map(|place| {
        let class = if place == missing { "button primary" } else { "button" };
        let button = if place < missing { None } else { buttons.next() };
        button.map(|ButtonCopy { action, target, label }| {
            let url = target.url().map(str::to_owned);
            let click = on_click(action, target);
            // A URL gets a real link: iOS opens LINE only from a link that was tapped.
            match url {
                Some(url) => Either::Left(view! {
                    <a class=class data-action=action.name() href=url on:click=click>
                        {label}
                    </a>
                }),
                None => Either::Right(view! {
                    <button
                        type="button"
                        class=class
                        data-action=action.name()
                        on:click=click
                        inner_html=escape(&label)
                    ></button>
                }),
            }
        })
    });
    let buttons = places.collect_view();
    view! { <div class="actions">{buttons}</div> }
}

/// Handles a click beyond the browser's default: tells the core, or has LINE open the link if it can.
fn on_click(action: Action, target: Target) -> impl Fn(MouseEvent) + 'static {
    let dispatcher = expect_context::<Dispatcher>();
    move |event| match &target {
        Target::Press => dispatcher.send(Event::Pressed(action)),
        Target::Outside(url) if line::open_outside(url) => event.prevent_default(),
        Target::Link(_) | Target::Outside(_) => {}
    }
}
