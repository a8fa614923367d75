//! The way from one screen to the next.

use crate::{
    place::{Place, root, settled},
    samples::{LANGUAGES, asking, button, failed, language, link, provide_dispatcher, screen},
};
use leptos::prelude::*;
use liff_bind::{
    components::Shown,
    core::{Action, Colour, Failure, Friend, Kind, Screen, Shop, Wait},
    i18n::render,
};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlElement;

/// A place that shows one screen after another, in English.
struct Stage {
    place: Place,
    screen: ArcRwSignal<Screen>,
}

impl Stage {
    /// Opens a page that itself reports the screen `there`.
    async fn open(there: &str, first: Screen) -> Self {
        let html = html();
        html.set_attribute("data-screen", there).unwrap();
        html.remove_attribute("data-failure").unwrap();
        let screen = ArcRwSignal::new(first);
        let own = screen.clone();
        let place = Place::mount(move || {
            provide_dispatcher();
            let language = language(LANGUAGES[1].1);
            let copy = Memo::new(move |_| render(&own.read(), &language));
            view! { <Shown copy /> }
        })
        .await;
        Self { place, screen }
    }

    async fn show(&self, screen: Screen) {
        self.screen.set(screen);
        settled().await;
    }
}

fn html() -> HtmlElement {
    document().document_element().unwrap().unchecked_into()
}

fn working(wait: Wait) -> Screen {
    screen(Kind::Working(wait), Vec::new())
}

/// Bound, with or without a way to become the shop's friend.
fn bound(friend: Friend) -> Screen {
    let add = (friend == Friend::No).then(|| link(Action::AddFriend, "https://line.me/R/ti/p/@gooddays"));
    screen(Kind::Bound { already: false, account: None }, add.into_iter().chain([button(Action::Close)]).collect())
}

fn stopped(copied: bool) -> Screen {
    screen(failed(copied), vec![button(Action::Retry), button(Action::CopyCode)])
}

/// Puts a translation into an element as Chrome's translator does.
fn translate(element: &HtmlElement) {
    element.set_inner_html("<font><font>translated</font></font>");
}

#[wasm_bindgen_test]
async fn a_screen_that_stays_keeps_its_elements_and_the_focus() {
    let stage = Stage::open("working", stopped(false)).await;
    let place = &stage.place;
    let copy = place.button("copy-code");
    let before = copy.text_content();
    copy.focus().unwrap();
    stage.show(stopped(true)).await;
    assert!(place.button("copy-code").is_same_node(Some(&copy)));
    assert_ne!(copy.text_content(), before);
    assert!(place.has_focus("[data-action=copy-code]"));

    // Another screen is in other elements, and is read from its heading on. The old elements go unchanged.
    let (main, heading, said) = (place.find("main"), place.find("h1"), place.text("main"));
    stage.show(bound(Friend::Yes)).await;
    assert!(!copy.is_connected() && !main.is_connected() && !heading.is_connected());
    assert_eq!(main.text_content(), Some(said));
    assert_eq!((place.count("main"), place.count("h1")), (1, 1));
    assert!(place.has_focus("h1"));
    assert_eq!(place.actions(), ["close"]);

    // The same screen with another sentence and one more link.
    let (main, heading, body) = (place.find("main"), place.find("h1"), place.find(".body"));
    let told = body.text_content();
    stage.show(bound(Friend::No)).await;
    assert_eq!(place.actions(), ["add-friend", "close"]);
    let add = place.find("a[data-action=add-friend]");
    assert_eq!(add.get_attribute("href").as_deref(), Some("https://line.me/R/ti/p/@gooddays"));
    assert!(main.is_connected() && heading.is_connected() && body.is_connected() && body.text_content() != told);
    stage.show(bound(Friend::Yes)).await;
    assert_eq!(place.actions(), ["close"]);
    assert_eq!(place.count("[href]"), 0);
    assert!(heading.is_connected() && place.has_focus("h1"));
}

#[wasm_bindgen_test]
async fn a_button_keeps_the_focus_when_another_appears_before_it() {
    let stage = Stage::open("working", bound(Friend::Unknown)).await;
    let close = stage.place.button("close");
    close.focus().unwrap();
    // LINE's answer comes while the keyboard is on "close"; the next key press must not hit something else.
    for friend in [Friend::No, Friend::Yes] {
        stage.show(bound(friend)).await;
        assert!(close.is_connected() && stage.place.has_focus("button[data-action=close]"), "{friend:?}");
    }
}

#[wasm_bindgen_test]
async fn each_failure_is_a_screen_of_its_own() {
    let stop = |failure| screen(Kind::Failed { failure, code: None, copied: false }, vec![button(Action::Retry)]);
    let stage = Stage::open("working", stop(Failure::Offline)).await;
    let retry = stage.place.button("retry");
    retry.focus().unwrap();
    stage.show(stop(Failure::LineDown)).await;
    assert!(!retry.is_connected() && stage.place.has_focus("h1"));
    assert_eq!(root("data-failure").as_deref(), Some("line-down"));
}

#[wasm_bindgen_test]
async fn an_unchanged_text_is_not_touched() {
    let stage = Stage::open("bound", bound(Friend::Yes)).await;
    let place = &stage.place;
    translate(&place.find("h1"));
    document().set_title("translated");
    // The same screen again, and with another sentence.
    for friend in [Friend::Yes, Friend::Unknown, Friend::No] {
        stage.show(bound(friend)).await;
        assert_eq!((place.text("h1"), document().title()), ("translated".into(), "translated".into()), "{friend:?}");
        assert_eq!(place.count("h1 font font"), 1);
    }
    stage.show(screen(Kind::Cancelled, Vec::new())).await;
    assert_ne!(place.text("h1"), "translated");
    assert_eq!(document().title(), place.text("h1"));
}

#[wasm_bindgen_test]
async fn a_changed_text_is_shown_where_a_translator_has_been() {
    let stage = Stage::open("failed", stopped(false)).await;
    translate(&stage.place.button("copy-code"));
    stage.show(stopped(true)).await;
    assert_eq!(stage.place.text("[data-action=copy-code]"), "Copied");

    let stage = Stage::open("working", working(Wait::Busy(7))).await;
    translate(&stage.place.find(".note"));
    stage.show(working(Wait::Busy(5))).await;
    assert!(stage.place.text(".note").contains('5'), "{}", stage.place.text(".note"));

    let stage = Stage::open("bound", bound(Friend::Yes)).await;
    translate(&stage.place.find(".body"));
    stage.show(bound(Friend::No)).await;
    assert!(stage.place.text(".body").contains("not blocked"), "{}", stage.place.text(".body"));
}

#[wasm_bindgen_test]
async fn a_logo_is_shown_once_it_is_there_and_stays() {
    let asks = |age| screen(asking(None, age), vec![button(Action::Confirm), button(Action::Cancel)]);
    let stage = Stage::open("working", asks(60)).await;
    let logo = stage.place.find("img");
    assert!(logo.has_attribute("src") && logo.has_attribute("hidden"));
    // As boot.js does.
    logo.remove_attribute("hidden").unwrap();
    stage.show(asks(120)).await;
    assert!(logo.is_connected() && logo.has_attribute("src") && !logo.has_attribute("hidden"));
    assert!(stage.place.text(".body").contains("2 "));
}

#[wasm_bindgen_test]
async fn the_screen_that_the_page_shows_already_does_not_take_the_focus() {
    let elsewhere: HtmlElement = document().create_element("button").unwrap().unchecked_into();
    document().body().unwrap().append_child(&elsewhere).unwrap();
    elsewhere.focus().unwrap();
    let has_focus = || document().active_element().unwrap().is_same_node(Some(&elsewhere));
    let stage = Stage::open("working", working(Wait::Usual)).await;
    stage.show(working(Wait::Slow)).await;
    assert!(has_focus());
    // If the first screen is another one, as without a LIFF ID, its heading takes the focus.
    drop(stage);
    let stage = Stage::open("working", bound(Friend::Yes)).await;
    assert!(!has_focus() && stage.place.has_focus("h1"));
    elsewhere.remove();
}

#[wasm_bindgen_test]
async fn the_document_says_which_screen_is_shown() {
    let stage = Stage::open("working", working(Wait::Usual)).await;
    let told = || (root("data-screen").unwrap_or_default(), root("data-failure"), document().title());
    assert_eq!(told(), ("working".into(), None, stage.place.text("h1")));
    stage.show(stopped(false)).await;
    assert_eq!(told(), ("failed".into(), Some("server".into()), stage.place.text("h1")));
    stage.show(bound(Friend::Yes)).await;
    assert_eq!(told(), ("bound".into(), None, stage.place.text("h1")));
}

#[wasm_bindgen_test]
async fn the_shops_colour_is_the_stylesheets() {
    let stage = Stage::open("working", working(Wait::Usual)).await;
    let colour = Colour::read("#0a7cff");
    stage.show(Screen { shop: Shop { colour, ..Shop::default() }, ..bound(Friend::Yes) }).await;
    let [light, dark] = colour.unwrap().paints();
    let style = html().style();
    for (name, value) in [
        ("--shop-on-light", light.fill),
        ("--ink-on-shop-on-light", light.ink),
        ("--shop-on-dark", dark.fill),
        ("--ink-on-shop-on-dark", dark.ink),
    ] {
        assert_eq!(style.get_property_value(name).unwrap(), value.to_string(), "{name}");
        style.remove_property(name).unwrap();
    }
}
