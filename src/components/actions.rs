//! The buttons of a screen.

use super::escape;
use crate::{
    app::Dispatcher,
    core::{Action, Event, Target},
    i18n::ButtonCopy,
};
use leptos::{either::Either, prelude::*};

/// The most buttons that a screen has.
const MOST: usize = 3;

/// The buttons of a screen, the primary action first.
#[component]
pub fn Actions(
    /// The buttons.
    buttons: Vec<ButtonCopy>,
) -> impl IntoView {
    // From the last one on, each has a place of its own: the last one stays, and with it the focus, when another comes before it.
    let missing = MOST.saturating_sub(buttons.len());
    let mut buttons = buttons.into_iter();
    let places = (0..missing + buttons.len()).map(|place| {
        let class = if place == missing { "button primary" } else { "button" };
        let button = if place < missing { None } else { buttons.next() };
        button.map(|ButtonCopy { action, target, label }| match target {
            Target::Press => Either::Left(view! { <PressButton class action label /> }),
            Target::Link(url) => Either::Right(view! { <LinkButton class action url label /> }),
        })
    });
    let buttons = places.collect_view();
    view! { <div class="actions">{buttons}</div> }
}

/// A button that the core hears of.
#[component]
fn PressButton(class: &'static str, action: Action, label: String) -> impl IntoView {
    let dispatcher = expect_context::<Dispatcher>();
    view! {
        <button
            type="button"
            class=class
            data-action=action.name()
            on:click=move |_| dispatcher.send(Event::Pressed(action))
            inner_html=escape(&label)
        ></button>
    }
}

/// A real link: iOS opens LINE only from one that was tapped.
#[component]
fn LinkButton(class: &'static str, action: Action, url: String, label: String) -> impl IntoView {
    view! {
        <a class=class data-action=action.name() href=url>
            {label}
        </a>
    }
}
