//! Things to set, in lists under their headings.

use crate::{
    components::{Value, text, words},
    core::{Item, Step},
    i18n::{Word, copy},
};
use leptos::prelude::*;

/// A part of the page under its heading.
#[component]
pub fn Part(name: &'static str, title: String, children: Children) -> impl IntoView {
    view! {
        <section data-section=name>
            <h2>{title}</h2>
            <ul class="rows">{children()}</ul>
        </section>
    }
}

/// One thing to set, with its value if that is the same for everybody.
#[component]
pub fn Setting(item: Item) -> impl IntoView {
    let value = item.fixed_value().map(str::to_owned);
    view! {
        <Row name=item.name() step=item.step()>
            {value
                .map(|value| {
                    view! {
                        <p class="value">
                            <Value value />
                        </p>
                    }
                })}
        </Row>
    }
}

/// One thing to set, in words.
#[component]
pub fn Row(
    /// The name of the item or topic.
    name: &'static str,
    step: Step,
    /// The value to enter.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let words = words();
    let number = Some(step.number()).filter(|number| !number.is_empty());
    view! {
        <li class="row" data-check=name>
            <h3>{number.map(|number| view! { <span class="number">{number}</span> })} {copy::name(name, &words)}</h3>
            <p>{copy::how(name, &words)}</p>
            {children.map(|children| children())}
        </li>
    }
}

/// A value that follows from the LIFF ID, or the request to enter the ID first.
#[component]
pub fn ValueOfId(value: Signal<Option<String>>) -> impl IntoView {
    view! {
        <p class="value">
            {move || match value.get() {
                Some(value) => view! { <Value value /> }.into_any(),
                None => view! { <span class="missing">{text(Word::GuideNeedsId)}</span> }.into_any(),
            }}
        </p>
    }
}
