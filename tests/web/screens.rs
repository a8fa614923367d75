//! Each screen's markup, in every language.

use leptos::{
    prelude::document,
    tachys::view::{Mountable, Render},
};
use liff_bind::{
    core::{Action, Button, ConsentRequest, Failure, Friend, HttpsUrl, Kind, Screen, Shop, SupportCode, Target, Wait},
    i18n::{Language, speak},
    view::{Stage, card},
};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Element, HtmlElement};

fn shop() -> Shop {
    Shop {
        merchant: Some("好日子 <b>選物</b>"),
        logo: HttpsUrl::read("https://gooddays.example/logo.png"),
        site: Some("gooddays.example"),
        account: Some("好日子"),
        account_id: Some("@gooddays"),
        privacy: HttpsUrl::read("https://gooddays.example/privacy"),
        colour: None,
    }
}

fn screen(kind: Kind, buttons: Vec<Button>) -> Screen {
    Screen { kind, shop: shop(), buttons, close_by_hand: false }
}

fn button(action: Action) -> Button {
    Button { action, target: Target::Press }
}

const LANGUAGES: [(&str, &str); 5] = [
    ("zh-Hant", include_str!("../../src/i18n/zh-Hant.json")),
    ("en", include_str!("../../src/i18n/en.json")),
    ("ja", include_str!("../../src/i18n/ja.json")),
    ("th", include_str!("../../src/i18n/th.json")),
    ("id", include_str!("../../src/i18n/id.json")),
];

/// A language as `boot.js` fetches it.
fn language(texts: &str) -> Language {
    let file: js_sys::Object = js_sys::JSON::parse(texts).unwrap().unchecked_into();
    let texts = js_sys::Object::values(&file);
    Language::new(String::from(texts.join("\n")).leak(), |seconds| format!("{} 分鐘前", seconds / 60))
}

/// Draws a screen in Chinese into an element of its own.
fn draw(screen: &Screen) -> Element {
    draw_in(language(LANGUAGES[0].1), screen)
}

fn draw_in(language: Language, screen: &Screen) -> Element {
    let host = document().create_element("div").unwrap();
    document().body().unwrap().append_child(&host).unwrap();
    let mut drawn = card(speak(screen, language)).build();
    drawn.mount(&host, None);
    host
}

fn text(host: &Element, selector: &str) -> String {
    host.query_selector(selector).unwrap().and_then(|found| found.text_content()).unwrap_or_default()
}

/// The public names of what can be done, in order.
fn actions(host: &Element) -> Vec<String> {
    let found = host.query_selector_all("[data-action]").unwrap();
    (0..found.length())
        .filter_map(|index| found.item(index)?.dyn_into::<Element>().ok()?.get_attribute("data-action"))
        .collect()
}

fn kinds() -> Vec<Kind> {
    let request = ConsentRequest { version: "1", device: Some("Windows, Chrome"), age: Some(74) };
    let mut kinds = vec![
        Kind::Working(Wait::Usual),
        Kind::Working(Wait::Slow),
        Kind::Working(Wait::Busy(5)),
        Kind::Confirm(request),
        Kind::Bound { already: false, friend: Friend::No },
        Kind::Bound { already: true, friend: Friend::Yes },
        Kind::OpenInLine { astray: false, qr: None },
        Kind::OpenInLine { astray: true, qr: Some("M0 0h1v1h-1z") },
        Kind::Cancelled,
    ];
    kinds.extend(Failure::ALL.map(|failure| Kind::Failed {
        failure,
        code: failure.has_support_code().then(|| SupportCode::new(None, failure)),
        copied: false,
    }));
    kinds
}

#[wasm_bindgen_test]
fn every_screen_has_a_heading_a_sentence_and_no_placeholder_in_every_language() {
    for kind in kinds() {
        for (_, texts) in LANGUAGES {
            let host = draw_in(language(texts), &screen(kind, vec![button(Action::Retry)]));
            assert_eq!(host.query_selector_all("h1").unwrap().length(), 1);
            let said = text(&host, "main");
            assert!(!text(&host, "h1").is_empty() && !text(&host, "[role=status]").is_empty(), "{kind:?}");
            assert!(!said.contains('{') && !said.contains('}'), "{said}");
            assert!(host.query_selector("b").unwrap().is_none(), "a shop's name is text, never markup");
        }
    }
}

#[wasm_bindgen_test]
fn the_skeleton_is_the_working_screen() {
    let skeleton = include_str!("../../index.html");
    let host = document().create_element("div").unwrap();
    host.set_inner_html(skeleton);
    let working = Screen { shop: Shop::default(), ..screen(Kind::Working(Wait::Usual), Vec::new()) };
    for (tag, texts) in LANGUAGES {
        let drawn = draw_in(language(texts), &working);
        for selector in ["h1", ".body"] {
            assert_eq!(text(&host, &format!("#app {selector} [lang={tag}]")), text(&drawn, selector));
        }
        assert!(actions(&drawn).is_empty());
        let slow = Screen { shop: Shop::default(), ..screen(Kind::Working(Wait::Slow), Vec::new()) };
        let slow = draw_in(language(texts), &slow);
        assert_eq!(text(&host, &format!("#app .note [lang={tag}]")), text(&slow, ".note"));
    }
}

#[wasm_bindgen_test]
fn buttons_are_buttons_and_links_are_links() {
    let link = Button { action: Action::OpenLine, target: Target::Link("https://liff.line.me/1-a?x=1") };
    let buttons = vec![link, button(Action::Login)];
    let host = draw(&screen(Kind::OpenInLine { astray: false, qr: None }, buttons));
    assert_eq!(actions(&host), ["open-line", "login"]);
    let link = host.query_selector("a[data-action=open-line]").unwrap().unwrap();
    assert_eq!(link.get_attribute("href").as_deref(), Some("https://liff.line.me/1-a?x=1"));
    assert!(host.query_selector("button[data-action=login]").unwrap().is_some());
}

#[wasm_bindgen_test]
fn the_confirm_card_says_who_asks_from_where_and_since_when() {
    let request = ConsentRequest { version: "1", device: Some("Windows, Chrome"), age: Some(74) };
    let host = draw(&screen(Kind::Confirm(request), vec![button(Action::Confirm), button(Action::Cancel)]));
    let said = text(&host, "main");
    for part in ["gooddays.example", "好日子 <b>選物</b>", "Windows, Chrome", "1 分鐘前"] {
        assert!(said.contains(part), "{part} is not in {said}");
    }
    assert_eq!(actions(&host), ["confirm", "cancel"]);
    let privacy = host.query_selector("a.privacy").unwrap().unwrap();
    assert_eq!(privacy.get_attribute("href").as_deref(), Some("https://gooddays.example/privacy"));
    let logo = host.query_selector("img.logo").unwrap().unwrap();
    assert_eq!(logo.get_attribute("src").as_deref(), Some("https://gooddays.example/logo.png"));
}

#[wasm_bindgen_test]
fn a_support_code_is_shown_where_there_is_one() {
    let code = Some(SupportCode::new(Some("7K3F-92QD"), Failure::Server));
    let host = draw(&screen(Kind::Failed { failure: Failure::Server, code, copied: false }, Vec::new()));
    assert_eq!(text(&host, "output"), "7K3F-92QD");
    let host = draw(&screen(Kind::Cancelled, Vec::new()));
    assert!(!host.query_selector(".code").unwrap().unwrap().has_attribute("data-code"));
}

/// A stage on which the app has not drawn yet.
fn stage() -> (Element, Stage) {
    if let Some(earlier) = document().get_element_by_id("app") {
        earlier.remove();
    }
    let host = document().create_element("div").unwrap();
    host.set_id("app");
    document().body().unwrap().append_child(&host).unwrap();
    (host, Stage::new(language(LANGUAGES[1].1)))
}

#[wasm_bindgen_test]
fn a_screen_that_stays_keeps_its_elements_and_the_focus() {
    let (host, stage) = stage();
    let find = |selector| host.query_selector(selector).unwrap().unwrap().unchecked_into::<HtmlElement>();
    let failed = |copied| {
        let code = Some(SupportCode::new(Some("7K3F-92QD"), Failure::Server));
        let kind = Kind::Failed { failure: Failure::Server, code, copied };
        screen(kind, vec![button(Action::Retry), button(Action::CopyCode)])
    };
    stage.show(failed(false));
    let copy = find("button[data-action=copy-code]");
    let before = copy.text_content();
    copy.focus().unwrap();
    stage.show(failed(true));
    assert!(find("button[data-action=copy-code]").is_same_node(Some(&copy)));
    assert_ne!(copy.text_content(), before);
    assert!(document().active_element().unwrap().is_same_node(Some(&copy)));

    // Another screen is in other elements, and read from its heading on.
    stage.show(screen(Kind::Bound { already: false, friend: Friend::Yes }, vec![button(Action::Close)]));
    assert!(!copy.is_connected());
    assert!(document().active_element().unwrap().is_same_node(Some(&find("h1"))));
    assert_eq!(actions(&host), ["close"]);
    let (heading, body) = (find("h1"), find(".body"));
    let told = body.text_content();
    let link = Button { action: Action::AddFriend, target: Target::Link("https://line.me/R/ti/p/@gooddays") };
    stage.show(screen(Kind::Bound { already: false, friend: Friend::No }, vec![link, button(Action::Close)]));
    assert_eq!(actions(&host), ["add-friend", "close"]);
    assert_eq!(find("a[data-action=add-friend]").get_attribute("href").unwrap(), "https://line.me/R/ti/p/@gooddays");
    assert!(body.is_connected() && body.text_content() != told);
    stage.show(screen(Kind::Bound { already: false, friend: Friend::Yes }, vec![button(Action::Close)]));
    assert_eq!(actions(&host), ["close"]);
    assert_eq!(host.query_selector_all("[href]").unwrap().length(), 0);
    assert!(heading.is_connected());

    // What a translator has made of it stays, as long as nothing else is to be said.
    heading.set_text_content(Some("translated"));
    stage.show(screen(Kind::Bound { already: false, friend: Friend::Yes }, vec![button(Action::Close)]));
    assert_eq!(text(&host, "h1"), "translated");
}

#[wasm_bindgen_test]
fn a_logo_that_cannot_be_had_stays_away() {
    let (host, stage) = stage();
    let asks = |age| {
        let request = ConsentRequest { version: "1", device: None, age: Some(age) };
        screen(Kind::Confirm(request), vec![button(Action::Confirm), button(Action::Cancel)])
    };
    stage.show(asks(60));
    let logo = host.query_selector("img").unwrap().unwrap();
    assert!(logo.has_attribute("src"));
    // As boot.js does.
    logo.set_attribute("hidden", "").unwrap();
    stage.show(asks(120));
    assert!(logo.is_connected() && logo.has_attribute("src") && logo.has_attribute("hidden"));
    assert!(text(&host, ".body").contains("2 "));
}
