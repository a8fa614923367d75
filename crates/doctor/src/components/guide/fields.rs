//! The fields for LIFF IDs, and the hints about what is typed into them.

use crate::{
    components::{text, words},
    core::{Entry, Hint, Item},
    i18n::{Word, copy},
};
use leptos::prelude::*;

/// The entries of an admin.
#[derive(Clone, Copy)]
pub struct Typed {
    /// Whether it is a MINI App, which has three LIFF IDs.
    pub is_mini_app: RwSignal<bool>,
    /// The LIFF ID for customers; for a MINI App, the published one.
    pub liff_id: RwSignal<String>,
    pub review: RwSignal<String>,
    pub developing: RwSignal<String>,
    /// The game module's LIFF ID.
    game: RwSignal<String>,
}

impl Typed {
    /// Only the LIFF ID for customers, or an empty text.
    pub fn new(liff_id: &str) -> Self {
        let empty = || RwSignal::new(String::new());
        Self {
            is_mini_app: RwSignal::new(false),
            liff_id: RwSignal::new(liff_id.to_owned()),
            review: empty(),
            developing: empty(),
            game: empty(),
        }
    }

    /// The LIFF ID in one of the fields.
    pub fn entry(self, field: RwSignal<String>) -> Memo<Entry> {
        Memo::new(move |_| Entry::read(&field.read(), &self.game.read()))
    }
}

/// The fields for the LIFF ID, for a MINI App's other two, and for the game module's.
#[component]
pub fn Fields(typed: Typed, entry: Memo<Entry>) -> impl IntoView {
    let own_label =
        move || text(if typed.is_mini_app.get() { Word::GuideFieldPublished } else { Word::GuideFieldLiffId });
    let others = move || {
        typed.is_mini_app.get().then(|| {
            view! {
                <label for="review-liff-id">{text(Word::GuideFieldReview)}</label>
                <LiffIdField id="review-liff-id" typed=typed.review entry=typed.entry(typed.review) />
                <label for="developing-liff-id">{text(Word::GuideFieldDeveloping)}</label>
                <LiffIdField id="developing-liff-id" typed=typed.developing entry=typed.entry(typed.developing) />
            }
        })
    };
    view! {
        <li class="row" data-check=Item::LiffId.name()>
            <p>{copy::how(Item::LiffId.name(), &words())}</p>
            <label for="liff-id">{own_label}</label>
            <LiffIdField id="liff-id" typed=typed.liff_id entry />
            {others}
            <label for="game-liff-id">{text(Word::GuideFieldGame)}</label>
            <Field id="game-liff-id" typed=typed.game />
        </li>
    }
}

/// A field for a LIFF ID, and the hint about its content.
#[component]
fn LiffIdField(id: &'static str, typed: RwSignal<String>, entry: Memo<Entry>) -> impl IntoView {
    let hint = Memo::new(move |_| entry.read().hint);
    let hint_id = [id, "-hint"].concat();
    // The LIFF ID, where it isn't simply the typed text.
    let read = move || {
        let Entry { liff_id, hint } = entry.get();
        liff_id.filter(|_| matches!(hint, Hint::TakenFromUrl | Hint::Tidied | Hint::Unusual))
    };
    view! {
        <Field
            id
            typed
            described_by=hint_id.clone()
            is_wrong=Signal::derive(move || hint.get().is_wrong())
        />
        <p id=hint_id class="hint" data-hint=move || hint.get().name() role="status">
            {move || copy::hint(hint.get(), &words())}
            {move || read().map(|id| view! { " "<code>{id.as_str().to_owned()}</code> })}
        </p>
    }
}

/// A text field. The browser completes, corrects and remembers nothing.
#[component]
fn Field(
    id: &'static str,
    typed: RwSignal<String>,
    #[prop(optional, into)] described_by: Option<String>,
    #[prop(optional)] is_wrong: Signal<bool>,
) -> impl IntoView {
    view! {
        <input
            id=id
            type="text"
            inputmode="text"
            autocomplete="off"
            autocapitalize="off"
            spellcheck="false"
            aria-describedby=described_by
            aria-invalid=move || is_wrong.get().then_some("true")
            bind:value=typed
        />
    }
}
