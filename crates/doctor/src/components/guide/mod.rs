//! The guide: the four steps, with each value to enter.

use super::{
    clipboard::{CopySource, Value},
    heading::Heading,
};
use crate::{
    components::QrCode,
    core::{
        LiffId,
        check::{Entry, Hint, Item, Section, Step, endpoint_url},
    },
    i18n::{Labelled, check::Words},
    shell::qr,
};
use leptos::prelude::*;

/// LINE's console.
const CONSOLE: &str = "https://developers.line.biz/console/";

/// What an admin has entered.
#[derive(Clone, Copy)]
struct Typed {
    /// Whether it is a MINI App, which has three LIFF IDs.
    is_mini_app: RwSignal<bool>,
    /// The LIFF ID for customers; a MINI App's published one.
    liff_id: RwSignal<String>,
    review: RwSignal<String>,
    developing: RwSignal<String>,
    /// The game module's.
    game: RwSignal<String>,
}

impl Typed {
    /// The LIFF ID in one of its fields.
    fn entry(self, field: RwSignal<String>) -> Memo<Entry> {
        Memo::new(move |_| Entry::read(&field.read(), &self.game.read()))
    }
}

/// The guide for the host it is opened at.
#[component]
pub(super) fn Guide() -> impl IntoView {
    let words = expect_context::<Words>();
    let origin = location().origin().unwrap_or_default();
    // The doctor links here with the LIFF ID behind the `#`, which no server sees.
    let hash = location().hash().unwrap_or_default();
    let empty = || RwSignal::new(String::new());
    let typed = Typed {
        is_mini_app: RwSignal::new(false),
        liff_id: RwSignal::new(hash.trim_start_matches('#').to_owned()),
        review: empty(),
        developing: empty(),
        game: empty(),
    };
    let entry = typed.entry(typed.liff_id);
    let liff_id = Memo::new(move |_| entry.read().liff_id.clone());

    let add = words.get("guide-add");
    let title = |section: Section| words.of("section-", section.name());
    let host = StoredValue::new(origin.clone());
    let endpoint_of = move |entry: Memo<Entry>| {
        Signal::derive(move || Some(endpoint_url(&host.read_value(), entry.read().liff_id.as_ref()?)))
    };
    let endpoint = endpoint_of(entry);
    let size = move || if typed.is_mini_app.get() { "Full" } else { Item::Size.fixed_value().unwrap_or_default() };
    let others = move || {
        let (review, developing) = (typed.entry(typed.review), typed.entry(typed.developing));
        typed.is_mini_app.get().then(|| {
            view! {
                <Row name="guide-mini-review" step=Step::Three>
                    <ValueOfId value=endpoint_of(review) />
                </Row>
                <Row name="guide-mini-developing" step=Step::Three>
                    <ValueOfId value=endpoint_of(developing) />
                </Row>
            }
        })
    };
    let id = Signal::derive(move || liff_id.read().as_ref().map(|id| id.as_str().to_owned()));
    view! {
        <main class="card check guide">
            <Heading screen="guide" title=words.get("guide-title") focused=true />
            <p class="body" role="status">
                {words.get("guide-body")}
            </p>
            <a class="aside" data-action="console" href=CONSOLE rel="noreferrer" target="_blank">
                {words.get("guide-console")}
            </a>
            <MiniApp typed />
            <Part name=Section::Warnings.name() title=title(Section::Warnings)>
                <Setting item=Item::GameModule />
                <Setting item=Item::LiffFlow />
                <Setting item=Item::PushBilling />
            </Part>
            <Part name=Section::Before.name() title=title(Section::Before)>
                <Row name="guide-roles" step=Step::Before />
                <Row name="guide-login-channel" step=Step::Before />
                <Setting item=Item::Provider />
                <Setting item=Item::Published />
                // The manual has it in step 1, but it must be there before.
                <Row name=Item::BotLink.name() step=Step::Before />
            </Part>
            <Part name=Section::One.name() title=title(Section::One)>
                <li class="row">
                    <p>{add}</p>
                </li>
                <Setting item=Item::AppName />
                <Row name=Item::Size.name() step=Item::Size.step()>
                    <p class="value">{move || view! { <Value value=size().to_owned() /> }}</p>
                </Row>
                <Row name="guide-first-endpoint" step=Step::One(3)>
                    <p class="value">
                        <Value value=origin />
                    </p>
                </Row>
                <Setting item=Item::ScopeProfile />
                <Setting item=Item::ScopeOpenid />
                <Setting item=Item::ScopeChatMessageWrite />
                <Setting item=Item::Aggressive />
                <Setting item=Item::ScanQr />
            </Part>
            <Part name=Section::Two.name() title=title(Section::Two)>
                <Fields typed entry />
            </Part>
            <Part name=Section::Three.name() title=title(Section::Three)>
                <Row name=Item::EndpointUrl.name() step=Step::Three>
                    <ValueOfId value=endpoint />
                </Row>
                {others}
            </Part>
            <Part name=Section::Four.name() title=title(Section::Four)>
                <Row name=Item::LiffIdKnown.name() step=Step::Four>
                    <ValueOfId value=id />
                </Row>
            </Part>
            <Done liff_id />
            <CopySource />
        </main>
    }
}

/// Whether it is a MINI App, and what is different there.
#[component]
fn MiniApp(typed: Typed) -> impl IntoView {
    let words = expect_context::<Words>();
    let label = words.get("guide-mini-app");
    let part = move || {
        let title = words.get("guide-section-mini");
        typed.is_mini_app.get().then(|| {
            view! {
                <Part name="mini" title>
                    <Row name="guide-mini-ids" step=Step::None />
                    <Row name="guide-mini-console" step=Step::None />
                    <Row name="guide-mini-consent" step=Step::None />
                    <Row name="guide-mini-header" step=Step::None />
                </Part>
            }
        })
    };
    view! {
        <label class="choice">
            <input id="mini-app" type="checkbox" autocomplete="off" bind:checked=typed.is_mini_app />
            {label}
        </label>
        {part}
    }
}

/// The uses of the LIFF ID once all is set.
#[component]
fn Done(liff_id: Memo<Option<LiffId>>) -> impl IntoView {
    let words = expect_context::<Words>();
    let title = words.get("guide-section-done");
    let url = move |query: &'static str| {
        Signal::derive(move || Some(["https://liff.line.me/", liff_id.read().as_ref()?.as_str(), query].concat()))
    };
    let check = url("?check=1");
    let drawn = LocalResource::new(move || {
        let url = check.get();
        async move {
            let url = url?;
            let image = qr::draw_in_place(&url).await?;
            Some((url, image))
        }
    });
    let qr = move || {
        let (url, value) = drawn.get().flatten()?;
        // It may be of the ID that was typed before.
        let current = check.read().as_ref() == Some(&url);
        current.then(|| view! { <QrCode qr=Labelled { label: words.get("guide-qr"), value } /> })
    };
    view! {
        <Part name="done" title>
            <Row name="guide-check" step=Step::None>
                <ValueOfId value=check />
            </Row>
            <li class="row">{qr}</li>
            <Row name="guide-liff-url" step=Step::None>
                <ValueOfId value=url("") />
            </Row>
            <Row name="guide-button" step=Step::None>
                <ValueOfId value=url("?bindToken={bindToken}") />
            </Row>
            <Row name="guide-test" step=Step::None />
        </Part>
    }
}

/// A part of the page under its heading.
#[component]
fn Part(name: &'static str, title: String, children: Children) -> impl IntoView {
    view! {
        <section data-section=name>
            <h2>{title}</h2>
            <ul class="rows">{children()}</ul>
        </section>
    }
}

/// One thing to set, with the value that is the same for everybody, where there is one.
#[component]
fn Setting(item: Item) -> impl IntoView {
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
fn Row(
    /// Its name in the files of words.
    name: &'static str,
    step: Step,
    /// The value to enter.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let words = expect_context::<Words>();
    let number = Some(step.number()).filter(|number| !number.is_empty());
    let how = words.of(name, "-how").replace("{token}", "{bindToken}");
    view! {
        <li class="row" data-check=name>
            <h3>{number.map(|number| view! { <span class="number">{number}</span> })} {words.of(name, "-name")}</h3>
            <p>{how}</p>
            {children.map(|children| children())}
        </li>
    }
}

/// A value that follows from the LIFF ID, or the request to enter that first.
#[component]
fn ValueOfId(value: Signal<Option<String>>) -> impl IntoView {
    let words = expect_context::<Words>();
    view! {
        <p class="value">
            {move || match value.get() {
                Some(value) => view! { <Value value /> }.into_any(),
                None => view! { <span class="missing">{words.get("guide-needs-id")}</span> }.into_any(),
            }}
        </p>
    }
}

/// The fields for the LIFF ID, for a MINI App's other two, and for the game module's.
#[component]
fn Fields(typed: Typed, entry: Memo<Entry>) -> impl IntoView {
    let words = expect_context::<Words>();
    let (how, game_label) = (words.get("liff-id-how"), words.get("guide-field-game"));
    let own_label =
        move || words.get(if typed.is_mini_app.get() { "guide-field-published" } else { "guide-field-liff-id" });
    let others = move || {
        let words = expect_context::<Words>();
        typed.is_mini_app.get().then(|| {
            let labels = [words.get("guide-field-review"), words.get("guide-field-developing")];
            let [review, developing] = labels;
            view! {
                <label for="review-liff-id">{review}</label>
                <LiffIdField id="review-liff-id" text=typed.review entry=typed.entry(typed.review) />
                <label for="developing-liff-id">{developing}</label>
                <LiffIdField id="developing-liff-id" text=typed.developing entry=typed.entry(typed.developing) />
            }
        })
    };
    view! {
        <li class="row" data-check=Item::LiffId.name()>
            <p>{how}</p>
            <label for="liff-id">{own_label}</label>
            <LiffIdField id="liff-id" text=typed.liff_id entry />
            {others}
            <label for="game-liff-id">{game_label}</label>
            <Field id="game-liff-id" text=typed.game />
        </li>
    }
}

/// A field for a LIFF ID, and what is said of the one in it.
#[component]
fn LiffIdField(id: &'static str, text: RwSignal<String>, entry: Memo<Entry>) -> impl IntoView {
    let words = expect_context::<Words>();
    let hint = Memo::new(move |_| entry.read().hint);
    let hint_id = [id, "-hint"].concat();
    // Where it is not what was typed.
    let read = move || {
        let Entry { liff_id, hint } = entry.get();
        liff_id.filter(|_| matches!(hint, Hint::TakenFromUrl | Hint::Tidied | Hint::Unusual))
    };
    view! {
        <Field
            id
            text
            described_by=hint_id.clone()
            is_wrong=Signal::derive(move || hint.get().is_wrong())
        />
        <p id=hint_id class="hint" data-hint=move || hint.get().name() role="status">
            {move || words.of("hint-", hint.get().name())}
            {move || read().map(|id| view! { " "<code>{id.as_str().to_owned()}</code> })}
        </p>
    }
}

/// A text field. Nothing is completed, corrected or remembered by the browser.
#[component]
fn Field(
    id: &'static str,
    text: RwSignal<String>,
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
            bind:value=text
        />
    }
}
