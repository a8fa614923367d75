//! The guide: the four steps, with each value to enter.

use super::desk::{Desk, clipboard, focus_heading, mount, name_screen};
use crate::core::{
    LiffId, Text,
    check::{Entry, Hint, Item, Section, Step, endpoint_url},
};
use leptos::{ev, prelude::*};

/// LINE's console.
const CONSOLE: &str = "https://developers.line.biz/console/";

/// A text, and its QR code: an SVG path in a square of 100.
pub type Drawn = (String, Option<Text>);

/// Draws a text as a QR code.
type DrawQr = fn(String, RwSignal<Drawn>);

/// Shows the guide for a host.
pub fn show_guide(desk: Desk, origin: Text, draw_qr: DrawQr) {
    let title = desk.words.get("guide-title");
    mount(move || {
        let typed = RwSignal::new(from_hash());
        let game = RwSignal::new(String::new());
        let entry = Memo::new(move |_| Entry::read(&typed.read(), &game.read()));
        let guide = Guide { desk, origin, entry };
        guide.page(typed, game, draw_qr)
    });
    name_screen("guide", title);
    focus_heading();
}

/// The doctor links here with the LIFF ID behind the `#`, which no server sees.
fn from_hash() -> String {
    let hash = window().location().hash().unwrap_or_default();
    hash.trim_start_matches('#').to_owned()
}

#[derive(Clone)]
struct Guide {
    desk: Desk,
    origin: Text,
    entry: Memo<Entry>,
}

impl Guide {
    fn word(&self, name: &str) -> Text {
        self.desk.words.get(name)
    }

    fn page(self, typed: RwSignal<String>, game: RwSignal<String>, draw_qr: DrawQr) -> impl IntoView {
        let origin = self.origin;
        let items = |items: &[Item]| items.iter().map(|item| self.item(*item)).collect_view();
        // A part of step 1, but what it wants must be there before.
        let linked = self.row_of(Item::BotLink.name(), Step::Before, None);
        let warnings = [Item::GameModule, Item::LiffFlow, Item::PushBilling];
        view! {
            <main class="card check guide">
                <h1 tabindex="-1">{self.word("guide-title")}</h1>
                <p class="body" role="status">
                    {self.word("guide-body")}
                </p>
                <a class="aside" data-action="console" href=CONSOLE rel="noreferrer" target="_blank">
                    {self.word("guide-console")}
                </a>
                {self.section(Section::Warnings, items(&warnings))}
                {self.section(Section::Before, view! { {items(&[Item::Provider, Item::Published])} {linked} })}
                {self
                    .section(
                        Section::One,
                        view! {
                            <li class="row">
                                <p>{self.word("guide-add")}</p>
                            </li>
                            {items(&[Item::AppName, Item::Size])}
                            {self
                                .row("guide-first-endpoint", Step::One(3), move |_| Some(origin.to_owned()))}
                            {items(
                                &[
                                    Item::ScopeProfile,
                                    Item::ScopeOpenid,
                                    Item::ScopeChatMessageWrite,
                                    Item::Aggressive,
                                    Item::ScanQr,
                                ],
                            )}
                        },
                    )} {self.section(Section::Two, self.fields(typed, game))}
                {self
                    .section(
                        Section::Three,
                        self
                            .row(
                                Item::EndpointUrl.name(),
                                Step::Three,
                                move |id| Some(endpoint_url(origin, id?)),
                            ),
                    )}
                {self
                    .section(
                        Section::Four,
                        self
                            .row(Item::LiffIdKnown.name(), Step::Four, |id| Some(id?.as_str().to_owned())),
                    )} {self.done(draw_qr)} {clipboard()}
            </main>
        }
    }

    fn section(&self, section: Section, rows: impl IntoView) -> AnyView {
        titled(self.desk.words.of("section-", section.name()), section.name(), rows.into_any())
    }

    /// One thing to set, with the value that is the same for everybody, where there is one.
    fn item(&self, item: Item) -> AnyView {
        let value = item.fixed_value().map(|value| self.value(move |_| Some(value.to_owned())));
        self.row_of(item.name(), item.step(), value)
    }

    /// One thing whose value follows from the LIFF ID.
    fn row(
        &self,
        name: &'static str,
        step: Step,
        value: impl Fn(Option<LiffId>) -> Option<String> + Send + Sync + 'static,
    ) -> AnyView {
        self.row_of(name, step, Some(self.value(value)))
    }

    fn row_of(&self, name: &'static str, step: Step, value: Option<AnyView>) -> AnyView {
        let words = self.desk.words;
        let number = Some(step.number()).filter(|number| !number.is_empty());
        let how = words.of(name, "-how").replace("{token}", "{bindToken}");
        view! {
            <li class="row" data-check=name>
                <h3>
                    {number.map(|number| view! { <span class="number">{number}</span> })} {words.of(name, "-name")}
                </h3>
                <p>{how}</p>
                {value}
            </li>
        }
        .into_any()
    }

    /// A value to copy, or what is needed before there is one.
    fn value(&self, value: impl Fn(Option<LiffId>) -> Option<String> + Send + Sync + 'static) -> AnyView {
        let Self { desk, entry, .. } = self.clone();
        let value = Memo::new(move |_| value(entry.get().liff_id));
        view! {
            <p class="value">
                {move || match value.get() {
                    Some(value) => desk.value(value).into_any(),
                    None => view! { <span class="missing">{desk.words.get("guide-needs-id")}</span> }.into_any(),
                }}
            </p>
        }
        .into_any()
    }

    fn fields(&self, typed: RwSignal<String>, game: RwSignal<String>) -> AnyView {
        let words = self.desk.words;
        let entry = self.entry;
        let hint = move || entry.get().hint;
        view! {
            <li class="row" data-check=Item::LiffId.name()>
                <p>{words.get("liff-id-how")}</p>
                <label for="liff-id">{words.get("guide-field-liff-id")}</label>
                {field("liff-id", typed, move || hint().is_wrong())}
                <p id="liff-id-hint" class="hint" data-hint=move || hint().name() role="status">
                    {move || words.of("hint-", hint().name())}
                    {move || {
                        let entry = entry.get();
                        entry
                            .liff_id
                            .filter(|_| matches!(entry.hint, Hint::TakenFromUrl | Hint::Tidied | Hint::Unusual))
                            .map(|id| view! { " "<code>{id.as_str()}</code> })
                    }}
                </p>
                <label for="game-liff-id">{words.get("guide-field-game")}</label>
                {field("game-liff-id", game, || false)}
            </li>
        }
        .into_any()
    }

    /// What the LIFF ID is good for once all is set.
    fn done(&self, draw_qr: DrawQr) -> AnyView {
        let words = self.desk.words;
        let url = |id: LiffId, query: &str| ["https://liff.line.me/", id.as_str(), query].concat();
        let entry = self.entry;
        let check = move || Some(url(entry.get().liff_id?, "?check=1"));
        let drawn = RwSignal::new(Drawn::default());
        Effect::new(move || {
            if let Some(url) = check() {
                draw_qr(url, drawn);
            }
        });
        let qr = move || {
            let (text, path) = drawn.get();
            // It may be of what was typed before.
            path.filter(|_| check() == Some(text)).map(|path| {
                view! {
                    <svg class="qr" viewBox="0 0 100 100" role="img" aria-label=words.get("guide-qr")>
                        <path d=path />
                    </svg>
                }
            })
        };
        let rows = view! {
            {self.row("guide-check", Step::None, move |id| Some(url(id?, "?check=1")))}
            <li class="row">{qr}</li>
            {self.row("guide-liff-url", Step::None, move |id| Some(url(id?, "")))}
            {self.row("guide-button", Step::None, move |id| Some(url(id?, "?bindToken={bindToken}")))}
            {self.row_of("guide-test", Step::None, None)}
        };
        titled(words.get("guide-section-done"), "done", rows.into_any())
    }
}

/// A part of the page under its heading.
fn titled(title: Text, name: &'static str, rows: AnyView) -> AnyView {
    view! {
        <section data-section=name>
            <h2>{title}</h2>
            <ul class="rows">{rows}</ul>
        </section>
    }
    .into_any()
}

/// A text field. Nothing is completed, corrected or remembered by the browser.
fn field(id: &'static str, text: RwSignal<String>, is_wrong: impl Fn() -> bool + Send + 'static) -> impl IntoView {
    let described = (id == "liff-id").then_some("liff-id-hint");
    view! {
        <input
            id=id
            type="text"
            inputmode="text"
            autocomplete="off"
            autocapitalize="off"
            spellcheck="false"
            aria-describedby=described
            aria-invalid=move || is_wrong().then_some("true")
            prop:value=move || text.get()
            on:input=move |event: ev::Event| text.set(event_target_value(&event))
        />
    }
}
