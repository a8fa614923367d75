//! Each screen's markup, in every language.

use crate::{
    place::Place,
    samples::{LANGUAGES, asking, button, failed, kinds, language, link, provide_dispatcher, screen},
};
use leptos::{html, prelude::*};
use liff_bind::{
    components::{Actions, Card, QrCode, SupportCode},
    core::{Action, Failure, Json, Kind, Purpose, QrImage, Screen, Shop, Target, Wait},
    i18n::{ButtonCopy, Labelled, Language, render},
    shell::json,
};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Element, HtmlElement, HtmlImageElement};

const PURPOSES: [Purpose; 2] = [Purpose::Bind, Purpose::Unlink];

/// Draws a screen in Chinese.
async fn draw(screen: &Screen) -> Place {
    draw_in(&language(LANGUAGES[0].1), screen).await
}

async fn draw_in(language: &Language, screen: &Screen) -> Place {
    let copy = render(screen, language);
    Place::mount(move || {
        provide_dispatcher();
        let heading = NodeRef::<html::H1>::new();
        view! { <Card copy heading /> }
    })
    .await
}

#[wasm_bindgen_test]
async fn every_screen_has_a_heading_a_sentence_and_no_placeholder_in_every_language() {
    for kind in kinds() {
        for ((tag, texts), purpose) in LANGUAGES.into_iter().flat_map(|own| PURPOSES.map(|purpose| (own, purpose))) {
            let screen = Screen { purpose, ..screen(kind.clone(), vec![button(Action::Retry)]) };
            let place = draw_in(&language(texts), &screen).await;
            assert_eq!(place.count("h1"), 1, "{tag} {kind:?}");
            let said = place.text("main");
            assert!(!place.text("h1").is_empty() && !place.text(".body[role=status]").is_empty(), "{tag} {kind:?}");
            assert!(!said.contains('{') && !said.contains('}'), "{tag} {said}");
            assert_eq!(place.count("b"), 0, "a shop's name is text, never markup");
            assert!(!place.text("button").is_empty(), "{tag} {kind:?}");
        }
    }
}

/// The structure that skeleton and card must share, so that nothing jumps and nothing is read out twice: the elements
/// in order, and their attributes for style and for screen readers.
fn structure(element: &Element) -> String {
    let attributes = ["class", "role", "tabindex", "aria-hidden"];
    let own =
        attributes.map(|name| element.get_attribute(name).map(|value| format!("[{name}={value}]")).unwrap_or_default());
    let children = element.children();
    let children: Vec<_> =
        (0..children.length()).filter_map(|index| children.item(index)).map(|child| structure(&child)).collect();
    format!("{}{}({})", element.tag_name(), own.concat(), children.join(" "))
}

#[wasm_bindgen_test]
async fn the_skeleton_is_the_working_screen() {
    let page: HtmlElement = document().create_element("div").unwrap().unchecked_into();
    page.set_inner_html(include_str!("../../index.html"));
    let page = Place::of(page);
    // `scripts/words.mjs` puts the text of this name there.
    let placeholder = |selector: &str| {
        let text = page.find(selector).inner_html();
        text.strip_prefix("{{").and_then(|text| text.strip_suffix("}}")).unwrap_or_else(|| panic!("{text}")).to_owned()
    };
    let [usual, slow] = [Wait::Usual, Wait::Slow]
        .map(|wait| Screen { shop: Shop::default(), ..screen(Kind::Working(wait), Vec::new()) });
    for (tag, texts) in LANGUAGES {
        let file: Json = json::parse(texts);
        let drawn = draw_in(&language(texts), &usual).await;
        assert_eq!(structure(&page.find("#app main")), structure(&drawn.find("main")), "{tag}");
        assert!(drawn.actions().is_empty());
        assert_eq!(drawn.text(".note"), "");
        for selector in ["h1", ".body"] {
            let placeholder = placeholder(&format!("#app {selector}"));
            assert_eq!(file.text(&placeholder), Some(drawn.text(selector).as_str()), "{tag} {selector}");
        }
        // Later, boot.js or the app says that it takes long, whichever is there.
        let slow = draw_in(&language(texts), &slow).await;
        assert_eq!(file.text(&placeholder("#slow")), Some(slow.text(".note").as_str()), "{tag}");
        assert_eq!(page.text("#app .note"), "");
    }
}

#[wasm_bindgen_test]
async fn the_heading_is_described_by_the_sentence() {
    let place = draw(&screen(Kind::Cancelled, Vec::new())).await;
    let described_by = place.find("h1").get_attribute("aria-describedby").unwrap();
    assert!(place.find(&format!("#{described_by}")).is_same_node(Some(&place.find(".body"))));
}

#[wasm_bindgen_test]
async fn buttons_are_buttons_and_links_are_links() {
    let buttons = vec![link(Action::OpenLine, "https://liff.line.me/1-a?x=1&y=2"), button(Action::Login)];
    let place =
        draw(&screen(Kind::OpenInLine { astray: false, inside: None, link: None, copied: false, qr: None }, buttons))
            .await;
    assert_eq!(place.actions(), ["open-line", "login"]);
    let link = place.find("a[data-action=open-line]");
    assert_eq!(link.get_attribute("href").as_deref(), Some("https://liff.line.me/1-a?x=1&y=2"));
    assert_eq!(place.button("login").get_attribute("type").as_deref(), Some("button"));
    // The first is the primary one.
    assert_eq!((link.class_name(), place.button("login").class_name()), ("button primary".into(), "button".into()));
}

#[wasm_bindgen_test]
async fn no_two_buttons_share_their_name() {
    let buttons: Vec<_> = Action::ALL
        .iter()
        .map(|&action| ButtonCopy { action, target: Target::Press, label: format!("<i>{}</i>", action.name()) })
        .collect();
    let place = Place::mount(move || {
        provide_dispatcher();
        view! { <Actions buttons /> }
    })
    .await;
    let names: Vec<_> = Action::ALL.iter().map(|action| action.name()).collect();
    assert_eq!(place.actions(), names);
    for name in names {
        assert_eq!(place.text(&format!("[data-action={name}]")), format!("<i>{name}</i>"));
    }
}

#[wasm_bindgen_test]
async fn the_confirm_card_says_who_asks_from_where_and_since_when() {
    let buttons = vec![button(Action::Confirm), button(Action::Cancel)];
    let place = draw(&screen(asking(Some("Windows, Chrome"), 74), buttons)).await;
    let said = place.text("main");
    for part in ["gooddays.example", "好日子 <b>選物</b>", "Windows, Chrome", "1 分鐘前"] {
        assert!(said.contains(part), "{part} is not in {said}");
    }
    assert!(place.text(".ask").contains("好日子 <b>選物</b>"));
    assert_eq!(place.actions(), ["confirm", "cancel"]);
    assert_eq!(place.find("a.privacy").get_attribute("href").as_deref(), Some("https://gooddays.example/privacy"));
    let logo = place.find("img.logo");
    assert_eq!(logo.get_attribute("src").as_deref(), Some("https://gooddays.example/logo.png"));
    assert_eq!(logo.get_attribute("alt").as_deref(), Some(""));
}

#[wasm_bindgen_test]
async fn what_a_screen_lacks_is_not_in_the_document() {
    let place = draw(&screen(Kind::Cancelled, Vec::new())).await;
    for selector in [".logo", ".qr", ".code", ".ask", ".privacy", "[data-action]", "[href]"] {
        assert_eq!(place.count(selector), 0, "{selector}");
    }
    // Only the customer who is asked is shown whom to trust.
    let place = draw(&screen(failed(false), vec![button(Action::Retry)])).await;
    assert_eq!((place.count("img"), place.count(".privacy")), (0, 0));
}

#[wasm_bindgen_test]
async fn a_support_code_is_shown_where_there_is_one() {
    let place = draw(&screen(failed(false), Vec::new())).await;
    assert_eq!(place.text("output"), "7K3F-92QD");
    let code = Labelled { label: "Error code".into(), value: "<b>".into() };
    let place = Place::mount(move || view! { <SupportCode code /> }).await;
    assert_eq!((place.text(".code"), place.text("output")), ("Error code <b>".into(), "<b>".into()));
}

#[wasm_bindgen_test]
async fn a_qr_code_has_a_name_and_keeps_its_place_until_it_is_drawn() {
    for src in [None, Some("data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' width='1' height='1'/>")] {
        let value = QrImage { side: 375, src: src.map(str::to_owned) };
        let place = Place::mount(move || view! { <QrCode qr=Labelled { label: "QR".into(), value } /> }).await;
        let image: HtmlImageElement = place.find("img.qr").unchecked_into();
        assert_eq!((image.alt(), image.width()), ("QR".into(), 375));
        assert!(src.is_none_or(|src| image.src() == src));
        // A broken image, or one without a source, would be as small as its name.
        image.decode().await.unwrap();
    }
}

/// The texts of both purposes, and of no other.
#[wasm_bindgen_test]
async fn a_failure_says_what_has_not_happened() {
    for (tag, texts) in LANGUAGES {
        let file: Json = json::parse(texts);
        let yet = |purpose| match purpose {
            Purpose::Bind => file.text("not-linked-yet").unwrap(),
            Purpose::Unlink => file.text("not-unlinked-yet").unwrap(),
        };
        for failure in
            Failure::ALL.iter().copied().filter(|failure| !failure.may_be_bound() && !failure.judges_the_visitor())
        {
            for (purpose, other) in [(Purpose::Bind, Purpose::Unlink), (Purpose::Unlink, Purpose::Bind)] {
                let kind = Kind::Failed { failure, code: None, copied: false };
                let place = draw_in(&language(texts), &Screen { purpose, ..screen(kind, Vec::new()) }).await;
                let said = place.text(".body");
                assert!(said.starts_with(yet(purpose)) && !said.contains(yet(other)), "{tag} {failure:?}: {said}");
            }
        }
    }
}

#[wasm_bindgen_test]
async fn who_links_is_told_that_they_can_unlink() {
    let bound = || Kind::Bound { already: false, account: None };
    for kind in [bound(), asking(None, 5)] {
        let unlink_url = Some("https://shop.example/?unlink=1".to_owned());
        let place = draw(&Screen { unlink_url: unlink_url.clone(), ..screen(kind.clone(), Vec::new()) }).await;
        assert_eq!(place.find("a.foot[data-action=unlink-info]").get_attribute("href"), unlink_url);
        let words_alone = draw(&screen(kind, Vec::new())).await;
        assert_eq!((words_alone.count("[data-action=unlink-info]"), words_alone.count("p.foot")), (0, 1));
    }
}
