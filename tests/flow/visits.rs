//! A visit is reported once: how it ended, and where.

use crate::{
    link::ENDPOINT,
    model::{HREF, IPHONE, PC, PIXEL, Page, opening_at},
};
use liff_bind::core::{Action, Event, Failure, Handover, Opening, Patience, Timer};

const BOUND: &str = include_str!("../../docs/bind-api/examples/bound.json");
const CONSENT_REQUIRED: &str = include_str!("../../docs/bind-api/examples/consent-required.json");
const FAILURES: &str = include_str!("../../scripts/visits/failures.json");

fn at_the_post() -> Page {
    let mut page = Page::new();
    page.open(IPHONE).liff_resolves();
    page
}

#[track_caller]
fn assert_told(page: &Page, visit: &str) {
    assert_eq!(page.told, [visit]);
}

#[test]
fn a_bind_is_told_once() {
    let mut page = at_the_post();
    assert_eq!(page.told, [""; 0]);
    page.answers(201, BOUND).tell(Event::Resumed).tell(Event::Left);
    assert_told(&page, "bound&failure=&stage=friend&code=&os=ios&client=liff");
}

#[test]
fn a_failure_is_told_with_its_stage_and_code_and_a_later_success_is_not() {
    let mut page = at_the_post();
    page.refuses(400, "INVALID_REQUEST_BODY");
    assert_told(&page, "failed&failure=server&stage=bind&code=INVALID_REQUEST_BODY&os=ios&client=liff");
    page.presses(Action::Retry).answers(201, BOUND);
    assert_eq!((page.shows().as_str(), page.told.len()), ("bound", 1));
}

#[test]
fn a_line_that_never_answers_is_told_when_the_person_is() {
    let mut page = Page::new();
    page.open(IPHONE).loses_patience(Patience::Told).loses_patience(Patience::Offered);
    assert_eq!(page.told, [""; 0]);
    page.loses_patience(Patience::Over);
    assert_told(&page, "failed&failure=line-init&stage=init&code=&os=ios&client=liff");
    // It succeeds after all.
    page.liff_resolves().answers(201, BOUND);
    assert_eq!((page.shows().as_str(), page.told.len()), ("bound", 1));
}

#[test]
fn who_leaves_a_page_at_work_has_left() {
    let mut page = Page::new();
    page.open(IPHONE).tell(Event::Left);
    assert_told(&page, "left&failure=&stage=init&code=&os=ios&client=liff");
    let mut page = at_the_post();
    page.answers(429, r#"{"errorCode":"RATE_LIMITED"}"#).tell(Event::Left);
    assert_told(&page, "left&failure=&stage=bind&code=RATE_LIMITED&os=ios&client=liff");
}

#[test]
fn a_question_is_the_end_for_who_leaves_at_it() {
    let mut page = at_the_post();
    page.answers(428, CONSENT_REQUIRED);
    assert_eq!(page.told, [""; 0]);
    page.tell(Event::Left);
    assert_told(&page, "confirm&failure=&stage=bind&code=CONSENT_REQUIRED&os=ios&client=liff");

    let mut page = at_the_post();
    page.answers(428, CONSENT_REQUIRED).presses(Action::Confirm).answers(201, BOUND);
    assert_told(&page, "bound&failure=&stage=friend&code=CONSENT_REQUIRED&os=ios&client=liff");

    let mut page = at_the_post();
    page.answers(428, CONSENT_REQUIRED).presses(Action::Cancel);
    assert_told(&page, "cancelled&failure=&stage=bind&code=CONSENT_REQUIRED&os=ios&client=liff");

    let mut page = Page::signed_in_outside_line();
    page.open(PC).liff_resolves();
    assert_eq!((page.shows().as_str(), page.told.len()), ("account", 0));
    page.tell(Event::Left);
    assert_told(&page, "account&failure=&stage=token&code=&os=web&client=browser");
}

#[test]
fn the_way_to_a_sign_in_is_no_leaving() {
    let mut page = Page::outside_line();
    page.open(PIXEL).liff_resolves();
    assert_told(&page, "open-in-line&failure=&stage=init&code=&os=android&client=browser");
    page.presses(Action::Login).tell(Event::Left);
    assert_eq!(page.told.len(), 1);

    // The page goes to the sign-in by itself, in LINE: the visit continues after the return.
    let mut page = at_the_post();
    page.refuses(401, "ID_TOKEN_EXPIRED").tell(Event::Left);
    assert_eq!((page.sign_ins, page.told.len()), (1, 0));
    page.comes_back().liff_resolves().answers(201, BOUND);
    assert_told(&page, "bound&failure=&stage=friend&code=&os=ios&client=liff");

    // But if the sign-in does not happen, this is the end.
    let mut page = at_the_post();
    page.refuses(401, "ID_TOKEN_EXPIRED").waits(Timer::Deadline);
    assert_told(&page, "failed&failure=sign-in-expired&stage=bind&code=ID_TOKEN_EXPIRED&os=ios&client=liff");
}

#[test]
fn the_sdks_second_load_is_no_leaving() {
    let handover = Handover { access_token: true, id_token: true };
    let held_back = [ENDPOINT, "&liff.state=%3FbindToken%3DT1"].concat();
    for (shortcuts, told) in [(false, 0), (true, 1)] {
        let mut page = Page::new();
        page.open_with(Opening { handover, shortcuts, ..opening_at(&held_back, IPHONE) }).tell(Event::Left);
        assert_eq!(page.told.len(), told, "shortcuts: {shortcuts}");
    }
    // This is the second load, and the person then leaves.
    let mut page = Page::new();
    page.open_with(opening_at(HREF, IPHONE)).tell(Event::Left);
    assert_eq!(page.told.len(), 1);
}

#[test]
fn what_is_wrong_with_the_link_is_told_of_the_app() {
    let mut page = Page::new();
    page.open_with(opening_at("https://shop.example/liff-bind.html?liffId={liffId}", IPHONE));
    assert_told(&page, "failed&failure=setup-liff-id&stage=app&code=&os=ios&client=liff");
}

#[test]
fn each_place_has_its_name() {
    let messenger =
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 [FBAN/MessengerForiOS]";
    let in_app = "Mozilla/5.0 (Linux; Android 14; Pixel 8; wv) Chrome/130 Mobile Safari/537.36 Line/26.4.0/IAB";
    for (user_agent, place) in [(messenger, "os=ios&client=app"), (in_app, "os=android&client=line")] {
        let mut page = Page::outside_line();
        page.open(user_agent).liff_resolves();
        assert!(page.told.iter().all(|visit| visit.ends_with(place)), "{:?}", page.told);
    }
}

/// Closed sets: any other text of the bind API or of LINE, which may be anything, is not reported.
#[test]
fn only_known_codes_are_told() {
    #[track_caller]
    fn assert_code(page: &Page, code: &str) {
        let part = format!("&code={code}&os=");
        assert!(page.told.len() == 1 && page.told.iter().all(|visit| visit.contains(&part)), "{:?}", page.told);
    }
    for (code, expected) in
        [("LIFF_ID_UNKNOWN", "LIFF_ID_UNKNOWN"), ("SOMETHING_NEW", ""), ("Mei", ""), ("A&user=U1", "")]
    {
        let mut page = Page::new();
        page.open(IPHONE).liff_resolves().refuses(418, code);
        assert_code(&page, expected);
    }
    for (code, expected) in [("INIT_FAILED", "INIT_FAILED"), ("500", "500"), ("U0123", "")] {
        let mut page = Page::new();
        page.open(IPHONE).liff_rejects(Some(code), "");
        assert_code(&page, expected);
    }
}

/// The one list of each failure's meaning to an operator, and of its remedy.
#[test]
fn every_failure_has_a_meaning_and_a_remedy_for_the_operator() {
    let serde_json::Value::Object(told) = serde_json::from_str(FAILURES).unwrap_or_default() else { panic!("no list") };
    // The static page's failure is none of the app's.
    let known = Failure::ALL.iter().map(|failure| failure.name()).chain(["page-load"]);
    let mut known: Vec<_> = known.collect();
    known.sort_unstable();
    known.dedup();
    let mut listed: Vec<_> = told.keys().map(String::as_str).collect();
    listed.sort_unstable();
    assert_eq!(listed, known);
    for (name, texts) in &told {
        let texts =
            ["means", "do"].map(|member| texts.get(member).and_then(serde_json::Value::as_str).unwrap_or_default());
        assert!(texts.iter().all(|text| text.len() > 10 && text.ends_with('.')), "{name}");
    }
}
