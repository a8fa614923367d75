//! One script for each course of the page, and for each place where it may stop.

use crate::{
    link::{ENDPOINT, second_load},
    model::{HREF, IPHONE, LIFF_ID, PC, PIXEL, Page, opening, opening_at, token, token_of},
};
use liff_bind::core::{
    Action, App, BindToken, Button, Effect, ErrorCode, Event, Failure, Friend, Handover, HttpHead, IdToken, Inside,
    Json, Kind, LineAccount, Opening, Patience, Purpose, QrImage, RetryAfter, Target, Timer, Tokens, Turn, Wait,
    read_reply,
};

const BOUND: &str = include_str!("../../docs/bind-api/examples/bound.json");
const ALREADY_BOUND: &str = include_str!("../../docs/bind-api/examples/already-bound.json");
const CONSENT_REQUIRED: &str = include_str!("../../docs/bind-api/examples/consent-required.json");

fn at_the_post() -> Page {
    let mut page = Page::new();
    page.open(IPHONE).liff_resolves();
    assert_eq!(page.posts.len(), 1);
    page
}

#[test]
fn binds_in_line() {
    let mut page = at_the_post();
    assert_eq!(page.shows(), "working");
    assert!(page.kept.is_some(), "the key outlives the page while the answer is out");
    page.answers(201, BOUND);
    assert_eq!(page.shows(), "bound");
    assert!(page.was_ordered(|effect| matches!(effect, Effect::ReadFriendship)));
    page.learns_friendship(Friend::No);
    assert_eq!(page.actions(), [Action::AddFriend, Action::Return, Action::Close]);
}

#[test]
fn asks_first_where_the_merchant_must() {
    let mut page = at_the_post();
    page.answers(428, CONSENT_REQUIRED);
    assert_eq!(page.shows(), "confirm");
    assert!(page.screen().shop.merchant.is_some());
    page.presses(Action::Confirm);
    let [first, second] = page.posts.as_slice() else { panic!("{:?}", page.posts) };
    assert_eq!(first.consent, None);
    assert_eq!(second.consent.as_ref().map(|consent| consent.version.as_str()), Some("2026-01"));
    assert_eq!(first.key, second.key);
    assert_eq!(page.answers(201, BOUND).shows(), "bound");
}

#[test]
fn a_refused_consent_binds_nothing_and_can_be_taken_back() {
    let mut page = at_the_post();
    page.answers(428, CONSENT_REQUIRED).presses(Action::Cancel);
    assert_eq!(page.shows(), "cancelled");
    assert_eq!(page.posts.len(), 1);
    page.presses(Action::Retry).answers(428, CONSENT_REQUIRED);
    assert_eq!(page.shows(), "confirm");
}

#[test]
fn outside_line_a_phone_opens_line_and_a_desktop_shows_a_qr_code() {
    let mut phone = Page::outside_line();
    phone.open(PIXEL).liff_resolves();
    let link = "https://liff.line.me/1656451635-z3yqZNO3?bindToken=T1";
    let open_line = Button { action: Action::OpenLine, target: Target::Link(link.into()) };
    assert_eq!(phone.screen().buttons.first(), Some(&open_line));
    assert!(!phone.was_ordered(|effect| matches!(effect, Effect::DrawQr(..))));

    let mut desktop = Page::outside_line();
    desktop.open(PC).liff_resolves();
    assert!(desktop.was_ordered(|effect| matches!(effect, Effect::DrawQr(text, 240) if text == link)));
    let shown = |src: Option<&str>| Kind::OpenInLine {
        astray: false,
        inside: None,
        link: None,
        copied: false,
        qr: Some(QrImage { side: 240, src: src.map(str::to_owned) }),
    };
    assert_eq!(desktop.screen().kind, shown(None));
    desktop.tell(Event::QrDrawn(desktop.turn(), Some("data:,".into())));
    assert_eq!(desktop.screen().kind, shown(Some("data:,")));
    desktop.waits(Timer::Deadline);
    assert_eq!(desktop.screen().kind, shown(Some("data:,")));
}

#[test]
fn without_a_code_a_computer_has_the_link() {
    let link_alone = |page: &Page| {
        assert_eq!(
            page.screen().kind,
            Kind::OpenInLine { astray: false, inside: None, link: None, copied: false, qr: None }
        );
        assert_eq!(page.actions(), [Action::OpenLine, Action::Login]);
    };
    let desktop = || {
        let mut page = Page::outside_line();
        page.open(PC).liff_resolves();
        page
    };
    let mut refused = desktop();
    refused.tell(Event::QrDrawn(refused.turn(), None));
    link_alone(&refused);
    let mut never_drawn = desktop();
    never_drawn.waits(Timer::Deadline);
    link_alone(&never_drawn);
    // The QR code comes after all.
    never_drawn.tell(Event::QrDrawn(never_drawn.turn(), Some("data:,".into())));
    link_alone(&never_drawn);

    let mut too_long = Page::outside_line();
    too_long.open_with(opening_at(&[ENDPOINT, "&bindToken=", &"t".repeat(3000)].concat(), PC)).liff_resolves();
    assert!(!too_long.was_ordered(|effect| matches!(effect, Effect::DrawQr(..))));
    link_alone(&too_long);
}

#[test]
fn a_long_link_has_a_larger_code() {
    for (length, side) in [(300, 240), (512, 375), (1200, 375), (1300, 555), (2048, 555)] {
        let mut page = Page::outside_line();
        let token = ["bindToken=", &"t".repeat(length)].concat();
        page.open_with(opening_at(&[ENDPOINT, "&", &token].concat(), PC)).liff_resolves();
        let is_drawn =
            |effect: &Effect| matches!(effect, Effect::DrawQr(text, own) if *own == side && text.ends_with(&token));
        assert!(page.was_ordered(is_drawn), "{length}");
    }
}

#[test]
fn a_device_that_may_have_line_gets_the_link_and_the_code() {
    let tablet = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140 Safari/537.36";
    let mut page = Page::outside_line();
    page.open_with(Opening { platform: "Android".into(), ..opening(tablet) }).liff_resolves();
    assert_eq!(page.actions(), [Action::OpenLine, Action::Login]);
    assert!(page.was_ordered(|effect| matches!(effect, Effect::DrawQr(..))));
}

#[test]
fn in_another_apps_browser_the_link_can_be_copied() {
    let messenger =
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_4 like Mac OS X) AppleWebKit/605.1.15 [FBAN/MessengerForiOS]";
    let mut page = Page::outside_line();
    page.open(messenger).liff_resolves();
    let inside = Some(Inside { app: App::Known("Messenger"), browser: "Safari" });
    let link = page.link(Action::OpenLine);
    let shown = |copied| Kind::OpenInLine { astray: false, inside, link: link.clone(), copied, qr: None };
    assert_eq!(page.screen().kind, shown(false));
    assert_eq!(page.actions(), [Action::OpenLine, Action::CopyLink, Action::Login]);
    page.presses(Action::CopyLink);
    assert!(page.was_ordered(|effect| matches!(effect, Effect::Copy(text) if Some(text) == link.as_ref())));
    page.tell(Event::Copied(page.turn()));
    assert_eq!(page.screen().kind, shown(true));
}

/// A customer's page in a browser that is signed in as Mei.
fn signed_in_as_mei() -> Page {
    let mut page = Page::signed_in_outside_line();
    page.tokens.stored = token_of("mei", Some("Mei"));
    page.open(PIXEL).liff_resolves();
    page
}

#[test]
fn whoever_finds_a_browser_signed_in_is_asked_whose_line_it_is() {
    let mut page = signed_in_as_mei();
    assert_eq!((page.screen().kind, page.posts.len()), (Kind::Account { name: Some("Mei".into()) }, 0));
    page.presses(Action::Confirm).answers(428, CONSENT_REQUIRED).presses(Action::Confirm).answers(201, BOUND);
    let account = Some("Mei".into());
    assert_eq!(page.screen().kind, Kind::Bound { already: false, account });
    // After a reload, the page doesn't ask again.
    page.reopens().liff_resolves();
    assert_eq!((page.shows().as_str(), page.posts.len()), ("working", 3));
}

#[test]
fn another_account_signs_in_and_is_not_asked_about() {
    let mut page = signed_in_as_mei();
    page.presses(Action::OtherAccount);
    assert_eq!(page.sign_ins, 1);
    page.tokens.stored = token_of("tom", Some("Tom"));
    page.comes_back().liff_resolves();
    assert_eq!(page.posts.first().map(|post| post.id_token.reveal()), Some("tom"));
}

#[test]
fn an_account_that_is_changed_in_another_tab_is_asked_about_again() {
    let mut page = signed_in_as_mei();
    page.tokens.stored = token_of("tom", Some("Tom"));
    page.presses(Action::Confirm);
    assert_eq!((page.screen().kind, page.posts.len()), (Kind::Account { name: Some("Tom".into()) }, 0));
}

/// LINE signs in by itself where it has a session: "another account" may lead back to the same one.
#[test]
fn an_account_that_was_declined_is_not_bound_by_a_sign_in() {
    for name in [Some("Dad"), None] {
        let mut page = Page::signed_in_outside_line();
        page.tokens.stored = token_of("dad", name);
        page.open(PIXEL).liff_resolves().presses(Action::OtherAccount).comes_back().liff_resolves();
        let ways = vec![Action::Confirm, Action::OtherAccount, Action::OpenLine];
        assert_eq!((page.shows().as_str(), page.actions(), page.posts.len()), ("account", ways, 0));
        // Not the next time either, nor after a reload; but whoever says that it is theirs is bound.
        page.presses(Action::OtherAccount).comes_back().liff_resolves();
        assert_eq!((page.reopens().liff_resolves().shows().as_str(), page.posts.len()), ("account", 0));
        assert_eq!(page.presses(Action::Confirm).answers(201, BOUND).shows(), "bound");
    }
    // Nor where the page can't tell one account from another, or had gone to a sign-in before.
    let unknown = || IdToken::new("opaque".into(), None);
    for (first, second) in
        [(unknown(), unknown()), (unknown(), token_of("dad", None)), (token_of("dad", None), unknown())]
    {
        let mut page = Page::signed_in_outside_line();
        page.tokens.stored = first;
        page.open(PIXEL).liff_resolves().presses(Action::OtherAccount);
        page.tokens.stored = second;
        page.comes_back().liff_resolves();
        assert_eq!((page.shows().as_str(), page.posts.len()), ("account", 0));
    }
    let mut page = Page::outside_line();
    page.open(PIXEL).liff_resolves().presses(Action::Login).tell(Event::Hidden);
    page.facts.logged_in = true;
    page.tokens.stored = token_of("dad", None);
    page.tell(Event::Resumed).prepare().prepare();
    page.presses(Action::OtherAccount).comes_back().liff_resolves();
    assert_eq!((page.shows().as_str(), page.posts.len()), ("account", 0));
    // A sign-in that fails in between changes nothing.
    let mut page = Page::signed_in_outside_line();
    page.tokens.stored = token_of("dad", None);
    page.open(PIXEL).liff_resolves().presses(Action::OtherAccount).comes_back();
    page.liff_rejects(Some("invalid_grant"), "").presses(Action::Login).comes_back().liff_resolves();
    assert_eq!((page.shows().as_str(), page.posts.len()), ("account", 0));
}

/// Whoever signs in while another tab signs in as somebody else: the SDK keeps the session that it finds.
#[test]
fn a_sign_in_that_another_tab_has_overtaken_is_asked_about() {
    let mut page = Page::outside_line();
    page.open(PIXEL).liff_resolves().presses(Action::Login);
    let way_back = page.way_back().map(|url| format!("{url}&code=c&state=s&liffClientId=1656451635"));
    page.facts.logged_in = true;
    page.tokens.stored = token_of("dad", None);
    let mut late = page.clone();
    page.facts.had_session = true;
    page.open_with(opening_at(&way_back.clone().unwrap_or_default(), PIXEL)).liff_resolves();
    assert_eq!((page.shows().as_str(), page.posts.len()), ("account", 0));
    // Also if that is only between two calls of `liff.init`.
    late.open_with(opening_at(&way_back.unwrap_or_default(), PIXEL)).liff_rejects(None, "Failed to fetch");
    late.facts.had_session = true;
    late.waits(Timer::Pause).liff_resolves();
    assert_eq!((late.shows().as_str(), late.posts.len()), ("account", 0));
}

/// A name is no identity: other accounts have the same, or none.
#[test]
fn an_account_is_told_from_others_of_its_name() {
    for name in [Some("Mei"), None] {
        let mut page = Page::signed_in_outside_line();
        page.tokens.stored = token_of("mei", name);
        page.open(PIXEL).liff_resolves().presses(Action::Confirm);
        for _ in 0..4 {
            page.gets_no_answer().waits(Timer::Pause);
        }
        page.tokens.stored = token_of("dad", name);
        page.tell(Event::Hidden).tell(Event::Resumed).prepare();
        assert_eq!(page.shows(), "account");
        assert!(page.posts.iter().all(|post| post.id_token.reveal() == "mei"), "{:?}", page.posts);
    }
}

/// Where LINE's SDK fails or a sign-in never works, LINE's own browser may do.
#[test]
fn outside_line_every_stop_of_lines_has_the_way_into_line() {
    for code in [Some("500"), Some("22"), Some("INIT_FAILED"), None] {
        let mut page = Page::outside_line();
        page.open(PIXEL).liff_rejects(code, "");
        while page.shows() == "working" {
            page.waits(Timer::Pause).liff_rejects(code, "");
        }
        assert_eq!(page.actions(), [Action::Retry, Action::OpenLine, Action::Close], "{code:?}");
    }
    let mut page = Page::outside_line();
    page.open(PIXEL).liff_resolves().presses(Action::Login).comes_back();
    page.liff_rejects(Some("invalid_grant"), "invalid authorization code");
    assert_eq!(page.actions(), [Action::Login, Action::OpenLine, Action::Close]);
    // In LINE there is nowhere else to go, and a computer has no LINE that a link opens.
    let mut in_line = Page::new();
    assert_eq!(in_line.open(IPHONE).liff_rejects(Some("500"), "").actions(), [Action::Retry, Action::Close]);
    let mut computer = Page::outside_line();
    assert_eq!(computer.open(PC).liff_rejects(Some("500"), "").actions(), [Action::Retry, Action::Close]);
}

/// The SDK has stored a session without LINE's data on the app, or one that LINE has ended: only another sign-in mends
/// that, by the page itself only for the customer's own account.
#[test]
fn a_void_session_is_renewed_once_for_its_owner() {
    let context = "Could not get Context from server.";
    for (code, message) in [("INIT_FAILED", context), ("invalid_request", "The access token expired")] {
        let mut page = Page::signed_in_outside_line();
        page.open(PIXEL).liff_rejects(Some(code), message);
        assert_eq!((page.shows().as_str(), page.sign_ins), ("open-in-line", 0));
        page.presses(Action::Login).comes_back().liff_rejects(Some(code), message);
        assert_eq!((page.shows().as_str(), page.sign_ins), ("failed/sign-in-expired", 1));

        let mut own = Page::signed_in_outside_line();
        own.open(PIXEL).liff_resolves().presses(Action::Confirm).gets_no_answer();
        own.reopens().liff_rejects(Some(code), message);
        assert_eq!(own.sign_ins, 1);
        own.comes_back().liff_rejects(Some(code), message);
        assert_eq!((own.shows().as_str(), own.sign_ins), ("failed/unsure", 1));
    }
    let mut nobody = Page::outside_line();
    nobody.open(PIXEL).liff_rejects(Some("INIT_FAILED"), "Could not get Context from server.");
    assert_eq!((nobody.shows().as_str(), nobody.sign_ins), ("failed/line-init", 0));
}

/// The connection breaks while LINE's code is exchanged; the SDK forgets its half of the sign-in.
#[test]
fn a_sign_in_of_this_tab_did_not_begin_in_another_browser() {
    let mut page = Page::outside_line();
    page.open(PIXEL).liff_resolves().presses(Action::Login).comes_back();
    page.liff_rejects(None, "Failed to fetch").waits(Timer::Pause).liff_resolves();
    assert!(matches!(page.screen().kind, Kind::OpenInLine { astray: false, .. }), "{:?}", page.screen());
    // Nor does it count for whoever signs in in another tab then.
    page.tell(Event::Hidden);
    page.tokens.stored = token_of("dad", None);
    page.tell(Event::Resumed).prepare().prepare();
    assert_eq!((page.shows().as_str(), page.posts.len()), ("account", 0));
}

/// Where the SDK has no readable claims, the customer's word counts for one attempt.
#[test]
fn an_account_that_cannot_be_recognised_is_asked_about_at_each_attempt() {
    let mut page = Page::signed_in_outside_line();
    page.tokens.stored = IdToken::new("opaque".into(), None);
    // Also where the phone wrongly says that it has no connection.
    page.online = false;
    page.open(PIXEL).liff_resolves().presses(Action::Confirm);
    assert_eq!((page.shows().as_str(), page.posts.len()), ("working", 1));
    page.gets_no_answer().waits(Timer::Pause);
    assert_eq!((page.shows().as_str(), page.posts.len()), ("account", 1));
    // A consent isn't asked for again and again.
    page.presses(Action::Confirm).answers(428, CONSENT_REQUIRED).presses(Action::Confirm);
    assert_eq!((page.shows().as_str(), page.posts.len()), ("account", 2));
    page.presses(Action::Confirm);
    assert!(page.posts.last().is_some_and(|post| post.consent.is_some()));
    assert_eq!(page.answers(201, BOUND).shows(), "bound");
}

/// Outside LINE, a token in the link is nobody's sign-in, whenever the page looks for one.
#[test]
fn a_token_in_the_link_signs_nobody_in_later() {
    let mut page = Page::outside_line();
    page.tokens.fresh = token("theirs");
    page.open(PIXEL).liff_resolves().tell(Event::Hidden).tell(Event::Resumed).prepare();
    assert_eq!((page.shows().as_str(), page.sign_ins, page.posts.len()), ("open-in-line", 0, 0));
}

/// LINE's app may lead back to another tab than the one in which the person has tapped "sign in".
#[test]
fn who_has_signed_in_in_another_tab_is_asked_in_this_one() {
    for taps in [false, true] {
        let mut page = Page::outside_line();
        page.open(PIXEL).liff_resolves();
        if taps {
            page.presses(Action::Login);
        }
        page.tell(Event::Hidden).tell(Event::Resumed).prepare();
        assert_eq!(page.shows(), "open-in-line");
        page.tell(Event::Hidden);
        page.tokens.stored = token_of("mei", Some("Mei"));
        page.tell(Event::Resumed).prepare().prepare();
        assert_eq!((page.shows().as_str(), page.posts.len()), ("account", 0));
        assert_eq!(page.presses(Action::Confirm).answers(201, BOUND).shows(), "bound");
    }
}

#[test]
fn a_link_cannot_pass_for_a_sign_in_of_this_visit() {
    let mut page = Page::signed_in_outside_line();
    page.open_with(opening_at(&format!("{HREF}&code=c&state=s&liffClientId=1&signedInAgain=1"), PIXEL)).liff_resolves();
    assert_eq!((page.screen().kind, page.posts.len()), (Kind::Account { name: None }, 0));
    // An earlier sign-in, for another link, doesn't count either.
    page.presses(Action::OtherAccount);
    page.tokens.stored = token("tom");
    assert_eq!(page.comes_back().liff_resolves().posts.len(), 1);
    page.goes_to(&HREF.replace("T1", "T2"), Handover::default()).liff_resolves();
    assert_eq!((page.shows().as_str(), page.posts.len()), ("account", 1));
}

#[test]
fn signs_in_outside_line_only_when_asked() {
    let mut page = Page::outside_line();
    page.open(PIXEL).liff_resolves();
    assert_eq!(page.sign_ins, 0);
    page.presses(Action::Login);
    assert_eq!((page.sign_ins, page.shows().as_str()), (1, "working"));
    page.tell(Event::Resumed);
    assert_eq!(page.shows(), "open-in-line");
}

#[test]
fn the_sign_in_may_come_back_without_the_bind_token() {
    let mut page = Page::outside_line();
    page.open(PIXEL).liff_resolves().presses(Action::Login);
    let mut back = Page::signed_in_outside_line();
    let href = "https://shop.example/liff-bind.html?liffId=1656451635-z3yqZNO3&code=c&state=s&liffClientId=1";
    back.kept = page.kept;
    back.open_with(opening_at(href, PIXEL)).liff_resolves();
    assert_eq!(back.posts.first().and_then(|post| post.bind_token.as_ref()).map(BindToken::as_str), Some("T1"));
    assert!(back.state.screen().buttons.is_empty());
}

#[test]
fn a_lost_answer_is_asked_for_again_under_the_same_key() {
    let mut page = at_the_post();
    for _ in 0..3 {
        page.gets_no_answer();
        assert_eq!(page.shows(), "working");
        page.waits(Timer::Pause);
    }
    page.gets_no_answer();
    assert_eq!(page.shows(), "failed/unsure");
    page.presses(Action::Retry);
    assert_eq!(page.posts.len(), 5);
    assert!(page.posts.windows(2).all(|pair| matches!(pair, [a, b] if a.key == b.key)));
    assert_eq!(page.answers(200, ALREADY_BOUND).shows(), "already-bound");
}

#[test]
fn who_tries_again_amid_a_request_may_be_bound_by_it() {
    let mut page = at_the_post();
    page.loses_patience(Patience::Offered).presses(Action::Retry);
    assert_eq!(page.posts.len(), 2);
    page.answers(503, "{}").waits(Timer::Pause).answers(429, r#"{"errorCode":"RATE_LIMITED"}"#);
    page.waits(Timer::Pause).answers(503, "{}").waits(Timer::Pause).answers(503, "{}");
    assert!(page.screen().failure().is_some_and(Failure::may_be_bound), "the first request may have bound");
    assert!(page.kept.as_ref().is_some_and(|kept| kept.contains(r#""past":"lost""#)));
}

#[test]
fn a_request_that_the_browser_does_not_end_is_asked_for_again() {
    let mut page = at_the_post();
    page.waits(Timer::Deadline).waits(Timer::Pause);
    assert_eq!(page.posts.len(), 2);
    assert_eq!(page.answers(200, ALREADY_BOUND).shows(), "already-bound");
}

#[test]
fn once_an_answer_was_lost_only_a_word_on_the_visitor_says_not_bound() {
    let mut page = at_the_post();
    page.gets_no_answer().waits(Timer::Pause).refuses(403, "BINDING_DISABLED");
    assert_eq!(page.shows(), "failed/unsure", "binding was switched off after it had bound, perhaps");
    page.presses(Action::Retry).refuses(409, "BIND_TOKEN_USED");
    assert_eq!(page.shows(), "failed/link-used");
}

#[test]
fn a_page_that_died_asking_goes_on_under_its_key() {
    let first = at_the_post();
    let mut second = Page::offline();
    second.kept = first.kept;
    second.open(IPHONE).liff_resolves();
    assert_eq!(second.shows(), "failed/unsure", "a request had left: offline alone cannot say that nothing was bound");
    second.online = true;
    second.tell(Event::Online).prepare();
    assert_eq!(second.posts.first().map(|post| &post.key), first.posts.first().map(|post| &post.key));
}

#[test]
fn offline_waits_for_the_connection() {
    let mut page = Page::offline();
    page.open(IPHONE).liff_resolves();
    assert_eq!((page.shows().as_str(), page.posts.len()), ("failed/offline", 0));
    page.online = true;
    page.tell(Event::Online).prepare();
    assert_eq!(page.posts.len(), 1);
}

#[test]
fn a_phone_that_is_wrong_about_its_connection_binds() {
    let mut page = Page::new();
    page.online = false;
    page.open(IPHONE).liff_resolves();
    assert_eq!((page.shows().as_str(), page.posts.len()), ("working", 1));
    page.gets_no_answer().waits(Timer::Pause);
    assert_eq!((page.posts.len(), page.answers(201, BOUND).shows().as_str()), (2, "bound"));
}

#[test]
fn time_in_the_background_is_no_waiting() {
    let mut page = Page::new();
    page.open(IPHONE).tell(Event::Hidden).loses_patience(Patience::Told).loses_patience(Patience::Over);
    assert_eq!(page.screen().kind, Kind::Working(Wait::Usual));
    page.tell(Event::Resumed);
    assert_eq!(page.waits_of_the_person(), [3_000, 10_000, 20_000], "the full time, and none of the old");
    assert_eq!(page.loses_patience(Patience::Told).screen().kind, Kind::Working(Wait::Slow));
    // The same while the API is asked; the request gets its tries again.
    page.liff_resolves();
    for _ in 0..3 {
        page.gets_no_answer().waits(Timer::Pause);
    }
    page.tell(Event::Hidden).tell(Event::Resumed).gets_no_answer();
    assert_eq!((page.screen().kind, page.posts.len()), (Kind::Working(Wait::Slow), 4));
}

#[test]
fn old_waits_end_in_nothing() {
    let mut page = Page::new();
    page.open(IPHONE);
    let Some((turn, Effect::Sleep(old, _))) =
        page.orders.iter().find(|(_, effect)| matches!(effect, Effect::Sleep(Timer::Patience(Patience::Over, _), _)))
    else {
        panic!("no wait")
    };
    let old = Event::Elapsed(*turn, *old);
    page.tell(Event::Hidden).tell(Event::Resumed).tell(old);
    assert_eq!(page.shows(), "working");
}

#[test]
fn who_comes_back_to_a_lost_answer_need_not_press() {
    let mut page = at_the_post();
    while page.shows() == "working" {
        page.gets_no_answer().waits(Timer::Pause);
    }
    let posts = page.posts.len();
    page.tell(Event::Resumed).prepare();
    assert_eq!((page.posts.len(), page.answers(200, ALREADY_BOUND).shows().as_str()), (posts + 1, "already-bound"));
}

#[test]
fn obeys_retry_after_up_to_30_seconds() {
    for (seconds, shown) in [(7.0, "working"), (31.0, "failed/busy")] {
        let mut page = at_the_post();
        let retry_after = Some(RetryAfter::Seconds(seconds));
        let head = HttpHead { status: 429, retry_after, ..HttpHead::default() };
        page.tell(Event::Answered(page.turn(), Some(read_reply(Purpose::Bind, &head, &Json::Null))));
        assert_eq!(page.shows(), shown);
        if shown == "working" {
            assert_eq!(page.screen().kind, Kind::Working(Wait::Busy(7)));
        }
    }
}

#[test]
fn every_error_code_has_its_screen() {
    let table = [
        (400, "INVALID_REQUEST_BODY", "failed/server", Some(Action::Retry)),
        (400, "BIND_TOKEN_MISSING", "failed/link-incomplete", Some(Action::Close)),
        (401, "ID_TOKEN_INVALID", "failed/identity", Some(Action::Close)),
        (403, "ID_TOKEN_AUDIENCE_MISMATCH", "failed/setup-mismatch", Some(Action::CopyCode)),
        (404, "LIFF_ID_UNKNOWN", "failed/setup-unknown", Some(Action::CopyCode)),
        (409, "LIFF_ID_WRONG_MODULE", "failed/setup-game-module", Some(Action::CopyCode)),
        (404, "BIND_TOKEN_INVALID", "failed/link-incomplete", Some(Action::Close)),
        (404, "VISITOR_NOT_FOUND", "failed/link-incomplete", Some(Action::Close)),
        (410, "BIND_TOKEN_EXPIRED", "failed/link-expired", Some(Action::Close)),
        (409, "BIND_TOKEN_USED", "failed/link-used", Some(Action::Close)),
        (409, "VISITOR_BOUND_TO_OTHER_LINE", "failed/site-has-other-line", Some(Action::Close)),
        (409, "MEMBER_ID_CONFLICT", "failed/line-has-other-member", Some(Action::Close)),
        (403, "BINDING_DISABLED", "failed/paused", Some(Action::Close)),
        (409, "CHANNEL_NOT_CONNECTED", "failed/setup-channel", Some(Action::CopyCode)),
        (409, "PROVIDER_MISMATCH", "failed/setup-channel", Some(Action::CopyCode)),
        (403, "ORIGIN_NOT_ALLOWED", "failed/setup-host", Some(Action::CopyCode)),
        (428, "CONSENT_REQUIRED", "failed/server", Some(Action::Retry)),
        (400, "SOMETHING_NEW", "failed/server", Some(Action::Retry)),
        (401, "SOMETHING_NEW", "failed/identity", Some(Action::Close)),
        (403, "SOMETHING_NEW", "failed/server", Some(Action::Retry)),
        (404, "SOMETHING_NEW", "failed/server", Some(Action::Retry)),
        (409, "SOMETHING_NEW", "failed/server", Some(Action::Retry)),
        (418, "SOMETHING_NEW", "failed/server", Some(Action::Retry)),
        (422, "SOMETHING_NEW", "failed/server", Some(Action::Retry)),
        (409, "", "failed/server", Some(Action::Retry)),
        (401, "ACCESS_TOKEN_INVALID", "failed/identity", Some(Action::Close)),
        (403, "UNLINK_DISABLED", "failed/paused", Some(Action::Close)),
        (401, "ID_TOKEN_EXPIRED", "working", None),
        (422, "IDEMPOTENCY_KEY_REUSED", "working", None),
        (429, "RATE_LIMITED", "working", None),
        (409, "IDEMPOTENCY_IN_PROGRESS", "working", None),
        (503, "LINE_UNAVAILABLE", "working", None),
        (500, "INTERNAL_ERROR", "working", None),
    ];
    for (status, code, shown, first) in table {
        let mut page = at_the_post();
        page.refuses(status, code);
        assert_eq!((page.shows().as_str(), page.actions().first().copied()), (shown, first), "{status} {code}");
    }
    for code in ErrorCode::ALL {
        assert!(table.iter().any(|(_, own, ..)| *own == code.name()), "{code:?}");
    }
}

#[test]
fn passing_troubles_are_tried_again_and_then_told() {
    for (status, code, tries, shown) in [
        (429, "RATE_LIMITED", 4, "failed/busy"),
        (409, "IDEMPOTENCY_IN_PROGRESS", 4, "failed/unsure"),
        (503, "LINE_UNAVAILABLE", 4, "failed/line-down"),
        (500, "INTERNAL_ERROR", 2, "failed/server"),
        (502, "", 4, "failed/server"),
        (504, "", 4, "failed/server"),
        (408, "", 4, "failed/busy"),
        (500, "SOMETHING_NEW", 2, "failed/server"),
        (503, "SOMETHING_NEW", 4, "failed/server"),
        (429, "SOMETHING_NEW", 4, "failed/busy"),
    ] {
        let mut page = at_the_post();
        while page.shows() == "working" {
            page.refuses(status, code).waits(Timer::Pause);
        }
        assert_eq!((page.posts.len(), page.shows().as_str()), (tries, shown), "{status} {code}");
        assert_eq!(page.actions().first(), Some(&Action::Retry), "{status} {code}");
    }
}

#[test]
fn what_cannot_be_read_as_success_is_unsure() {
    for (status, body) in [
        (200, ""),
        (200, "<html>hello</html>"),
        (200, "{}"),
        (201, r#"{"content":{"status":"bound"}}"#),
        (201, r#"{"content":{"bindingId":"","status":"bound"}}"#),
        (201, r#"{"content":{"bindingId":7,"status":"bound"}}"#),
        (201, r#"{"content":{"bindingId":"b_1","status":"pending"}}"#),
        (204, ""),
        (0, ""),
    ] {
        assert_eq!(at_the_post().answers(status, body).shows(), "failed/unsure", "{body}");
    }
}

/// The server keeps a refusal of the visitor under its key: "check the result" must not bring the old one back.
#[test]
fn a_kept_refusal_is_not_asked_for_again() {
    for (status, code) in [(404, "BIND_TOKEN_INVALID"), (410, "BIND_TOKEN_EXPIRED"), (404, "VISITOR_NOT_FOUND")] {
        let mut page = at_the_post();
        page.answers(201, BOUND).reopens().liff_resolves().refuses(status, code);
        assert_eq!((page.shows().as_str(), page.actions().first()), ("failed/unsure", Some(&Action::Retry)), "{code}");
        page.presses(Action::Retry);
        let [_, refused, again] = page.posts.as_slice() else { panic!("{:?}", page.posts) };
        assert_ne!(refused.key, again.key, "{code}");
    }
}

#[test]
fn a_key_of_another_bind_is_changed_once() {
    let mut page = at_the_post();
    page.refuses(422, "IDEMPOTENCY_KEY_REUSED");
    assert_eq!(page.posts.len(), 2);
    assert_ne!(page.posts.first().map(|post| &post.key), page.posts.last().map(|post| &post.key));
    page.refuses(422, "IDEMPOTENCY_KEY_REUSED");
    assert_eq!((page.posts.len(), page.shows().as_str()), (2, "failed/server"));
}

#[test]
fn a_stale_token_is_renewed_once_by_signing_in_again() {
    let mut page = Page::new();
    page.tokens = Tokens { fresh: None, stored: IdToken::new("old".into(), Some(999.0)) };
    page.open(IPHONE).liff_resolves();
    assert_eq!((page.sign_ins, page.posts.len()), (1, 0));
    let mut back = Page::new();
    back.kept = page.kept;
    back.tokens = page.tokens;
    back.open(IPHONE).liff_resolves();
    assert_eq!((back.sign_ins, back.posts.len()), (0, 1), "the server judges: the phone's clock may be wrong");
    back.refuses(401, "ID_TOKEN_EXPIRED");
    assert_eq!((back.sign_ins, back.shows().as_str()), (0, "failed/sign-in-expired"));
}

#[test]
fn a_wrong_clock_is_named_only_where_the_server_refuses_and_its_clock_differs() {
    for (error, shown) in [(0.0, "failed/sign-in-expired"), (301_000.0, "failed/clock")] {
        let mut page = at_the_post();
        page.refuses(401, "ID_TOKEN_EXPIRED");
        assert_eq!(page.sign_ins, 1);
        let mut back = Page::new();
        back.kept = page.kept;
        back.open(IPHONE).liff_resolves();
        let head = HttpHead { status: 401, date: Some(back.now + error), now: back.now, ..HttpHead::default() };
        let reply = read_reply(Purpose::Bind, &head, &Json::parse(r#"{"errorCode":"ID_TOKEN_EXPIRED"}"#));
        back.tell(Event::Answered(back.turn(), Some(reply)));
        assert_eq!(back.shows(), shown);
    }
}

#[test]
fn init_is_tried_again_on_network_errors_and_may_come_late() {
    let mut page = Page::new();
    page.open(IPHONE);
    for _ in 0..3 {
        page.liff_rejects(None, "Load failed").waits(Timer::Pause);
    }
    page.liff_rejects(None, "Load failed");
    assert_eq!(page.shows(), "failed/line-init");
    assert_eq!(page.presses(Action::Retry).shows(), "working");

    page.loses_patience(Patience::Told);
    assert_eq!(page.screen().kind, Kind::Working(Wait::Slow));
    page.loses_patience(Patience::Over);
    assert_eq!(page.shows(), "failed/line-init");
    page.liff_resolves();
    assert_eq!((page.shows().as_str(), page.posts.len()), ("working", 1), "it settled after all");
}

#[test]
fn a_person_who_waits_is_told_then_given_a_button_then_told_how_it_stands() {
    let mut page = Page::new();
    page.open(IPHONE);
    let waits = [(Patience::Told, 3_000), (Patience::Offered, 10_000), (Patience::Over, 20_000)];
    assert_eq!(page.waits_of_the_person(), waits.map(|(_, millis)| millis));
    page.liff_resolves().loses_patience(Patience::Told);
    assert_eq!((page.screen().kind, page.screen().buttons.len()), (Kind::Working(Wait::Slow), 0));
    page.loses_patience(Patience::Offered);
    assert_eq!((page.shows().as_str(), page.screen().offers(Action::Retry)), ("working", true));
    page.loses_patience(Patience::Over);
    assert_eq!(page.shows(), "failed/unsure", "it was sent, and may have bound");
    assert_eq!(page.answers(201, BOUND).shows(), "bound", "the answer came after all");
}

#[test]
fn the_time_that_loading_took_counts() {
    let told = Kind::Working(Wait::Slow);
    let cases = [
        (2_000, Kind::Working(Wait::Usual), vec![1_000, 8_000, 18_000]),
        (9_999, told, vec![1, 10_001]),
        (10_000, Kind::Working(Wait::Usual), vec![3_000, 10_000, 20_000]),
    ];
    for (loading, kind, left) in cases {
        let mut page = Page::new();
        page.open_with(Opening { loading, ..opening(IPHONE) });
        assert_eq!((page.screen().kind, page.waits_of_the_person()), (kind, left), "{loading}");
    }
}

#[test]
fn an_impatient_person_starts_the_wait_anew() {
    let mut page = at_the_post();
    page.loses_patience(Patience::Offered).presses(Action::Retry);
    assert_eq!((page.shows().as_str(), page.posts.len(), page.screen().buttons.len()), ("working", 2, 0));
    assert!(page.posts.windows(2).all(|pair| matches!(pair, [a, b] if a.key == b.key)));
    // While LINE has not answered, trying again means reloading the page.
    let mut page = Page::new();
    page.open(IPHONE).loses_patience(Patience::Offered).presses(Action::Retry);
    assert!(page.was_ordered(|effect| *effect == Effect::Reload));
}

/// Without a connection a reload would leave the browser's own error page.
#[test]
fn a_page_that_cannot_load_again_stays() {
    // LINE's late answer still counts.
    let mut waiting = Page::offline();
    waiting.open(IPHONE).loses_patience(Patience::Over).tell(Event::Pressed(Action::Retry));
    assert_eq!(waiting.shows(), "working");
    assert_eq!(waiting.prepare().shows(), "failed/line-init");
    (waiting.online, waiting.reachable) = (true, true);
    waiting.liff_resolves().answers(201, BOUND);
    assert_eq!(waiting.shows(), "bound");

    let mut refused = Page::offline();
    refused.open(IPHONE).liff_rejects(Some("500"), "");
    let address = refused.address.clone();
    assert_eq!(refused.shows(), "failed/line-down");
    refused.presses(Action::Retry);
    assert_eq!((refused.shows().as_str(), &refused.address), ("failed/offline", &address));
    assert!(!refused.was_ordered(|effect| *effect == Effect::Reload));
    refused.reachable = true;
    refused.tell(Event::Online).prepare();
    assert!(refused.was_ordered(|effect| *effect == Effect::Reload));
}

/// A press is seen to be taken, however slow the network; in the end the page is where it was.
#[test]
fn a_reload_that_takes_long_is_a_wait() {
    let mut page = Page::new();
    page.open(IPHONE).liff_rejects(Some("500"), "");
    let mut before = None;
    for _ in 0..2 {
        before = Some(page.turn());
        page.tell(Event::Pressed(Action::Retry));
        assert_eq!((page.shows().as_str(), page.waits_of_the_person()), ("working", vec![3_000, 10_000, 20_000]));
        assert_eq!(page.loses_patience(Patience::Offered).actions(), [Action::Retry]);
        assert_eq!(page.loses_patience(Patience::Over).shows(), "failed/line-down");
    }
    // The first press's late answer doesn't judge the second.
    let late = Event::Probed(before.unwrap_or_default(), false);
    assert_eq!(page.tell(late).shows(), "failed/line-down");
    page.prepare();
    assert!(page.was_ordered(|effect| *effect == Effect::Reload));
}

/// Phones end requests while another app is in front, or drop their answers.
#[test]
fn who_comes_back_to_a_reload_has_the_connection_tested_again() {
    let tests_again = |page: &mut Page, before: Turn| {
        assert!(page.turn() != before && page.was_ordered(|effect| *effect == Effect::Probe));
        assert_eq!((page.shows().as_str(), page.waits_of_the_person()), ("working", vec![3_000, 10_000, 20_000]));
    };
    let back: [fn(&mut Page); 3] = [
        |page| _ = page.tell(Event::Hidden).loses_patience(Patience::Over).tell(Event::Resumed),
        |page| _ = page.tell(Event::Left).prepare().restores(),
        |page| _ = page.tell(Event::Online),
    ];
    for come_back in back {
        let mut page = Page::new();
        page.open(IPHONE).liff_rejects(Some("500"), "").tell(Event::Pressed(Action::Retry));
        let before = page.turn();
        come_back(&mut page);
        tests_again(&mut page, before);
    }
}

/// A pause that the server asks for is no failure, even if it is longer than anybody's patience.
#[test]
fn a_pause_that_the_server_asks_for_is_kept() {
    for (status, body) in [(429, "{}"), (503, r#"{"errorCode":"LINE_UNAVAILABLE"}"#)] {
        let mut page = at_the_post();
        let asks = |page: &mut Page| {
            let retry_after = Some(RetryAfter::Seconds(25.0));
            let head = HttpHead { status, retry_after, ..HttpHead::default() };
            page.tell(Event::Answered(page.turn(), Some(read_reply(Purpose::Bind, &head, &Json::parse(body)))));
            assert_eq!(page.waits_of_the_person(), [3_000, 10_000, 45_000]);
        };
        for posts in 1..4 {
            asks(&mut page);
            // Time in another app doesn't shorten it.
            page.tell(Event::Hidden).tell(Event::Resumed);
            assert_eq!(page.waits_of_the_person(), [3_000, 10_000, 45_000]);
            assert_eq!((page.loses_patience(Patience::Offered).shows().as_str(), page.posts.len()), ("working", posts));
            assert_eq!(page.waits(Timer::Pause).shows(), "working");
        }
        assert_eq!(page.answers(201, BOUND).shows(), "bound");
    }
}

/// Once the person sees a failure, it doesn't come and go with each try.
#[test]
fn a_failure_that_is_shown_stays() {
    let mut page = at_the_post();
    page.refuses(503, "LINE_UNAVAILABLE").loses_patience(Patience::Over);
    assert_eq!(page.shows(), "failed/line-down");
    assert_eq!((page.waits(Timer::Pause).shows().as_str(), page.posts.len()), ("failed/line-down", 1));
    assert_eq!(page.presses(Action::Retry).answers(201, BOUND).shows(), "bound");
}

/// Heroku, Fastly and Envoy answer 503 for a request that goes on behind them.
#[test]
fn what_stands_before_the_api_can_not_say_what_it_did() {
    for status in [300, 304, 500, 502, 503, 504, 520, 524] {
        let mut page = at_the_post();
        while page.shows() == "working" {
            page.answers(status, "<html>").waits(Timer::Pause);
        }
        assert!(page.screen().failure().is_some_and(Failure::may_be_bound), "{status}: {}", page.shows());
    }
}

/// After a lost answer, "try again" sends no token that the server has refused.
#[test]
fn a_token_that_was_refused_is_not_sent_again_and_again() {
    let mut page = at_the_post();
    page.gets_no_answer().waits(Timer::Pause).refuses(401, "ID_TOKEN_INVALID");
    assert_eq!((page.shows().as_str(), page.actions()), ("failed/unsure", vec![Action::OpenLine, Action::Close]));
}

#[test]
fn an_old_line_that_does_not_answer_is_named() {
    let mut page = Page::new();
    page.open("Mozilla/5.0 (Linux; Android 9) Line/9.1.2 LIFF").loses_patience(Patience::Over);
    assert_eq!(page.shows(), "failed/line-too-old");
}

#[test]
fn a_sign_in_that_went_astray_is_told() {
    let mut page = Page::outside_line();
    let href = format!("{HREF}&code=c&state=s&liffClientId=1");
    page.open_with(opening_at(&href, PIXEL)).liff_resolves();
    assert_eq!(
        page.screen().kind,
        Kind::OpenInLine { astray: true, inside: None, link: None, copied: false, qr: None }
    );
    assert_eq!((page.address.as_str(), page.was_shown(HREF)), (HREF, true));
}

#[test]
fn where_nothing_can_be_stored_the_url_remembers_the_one_sign_in() {
    let mut page = Page::new();
    page.open(IPHONE).liff_rejects(Some("invalid_request"), "");
    let Some(url) = page.way_back() else { panic!("no sign-in") };
    let mut back = Page::new();
    back.open_with(opening_at(url, IPHONE)).liff_rejects(Some("invalid_request"), "");
    assert_eq!((back.sign_ins, back.shows().as_str()), (0, "failed/sign-in-expired"));
    assert!(back.was_shown(HREF) || back.screen().buttons.len() == 2);
}

#[test]
fn sign_ins_that_the_sdk_makes_by_itself_have_an_end() {
    let href = format!("{HREF}&code=c&state=s&liffClientId=1");
    let mut first = Page::new();
    first.open_with(opening_at(&href, IPHONE));
    assert!(first.was_ordered(|effect| matches!(effect, Effect::InitLiff(_))));
    let mut second = Page::new();
    second.kept = first.kept;
    second.open_with(opening_at(&href, IPHONE));
    assert_eq!((second.shows().as_str(), second.screen().has(Action::OpenLine)), ("failed/line-init", true));
    assert!(!second.was_ordered(|effect| matches!(effect, Effect::InitLiff(_))));
}

#[test]
fn success_leads_back_to_the_shops_own_website_only() {
    let success = |url: &str| {
        let shop = serde_json::json!({ "siteHost": "shop.example" });
        let content = serde_json::json!({ "bindingId": "b_1", "status": "bound", "shop": shop, "returnUrl": url });
        let mut page = at_the_post();
        page.answers(201, &serde_json::json!({ "content": content }).to_string());
        page.screen().buttons.into_iter().find(|button| button.action == Action::Return).map(|button| button.target)
    };
    let url = "https://m.shop.example/cart";
    assert_eq!(success(url), Some(Target::Outside(url.into())), "in the phone's own browser");
    assert_eq!(success("https://shop.example.evil/"), None);
}

#[test]
fn lines_refusals_have_their_screens() {
    for (code, message, shown) in [
        ("INIT_FAILED", "Invalid LIFF ID", "failed/setup-mismatch"),
        ("404", "", "failed/setup-liff-id"),
        ("500", "", "failed/line-down"),
        ("INIT_FAILED", "something new", "failed/line-init"),
        ("invalid_grant", "", "failed/sign-in-expired"),
    ] {
        let mut page = Page::new();
        page.open(IPHONE).liff_rejects(Some(code), message);
        assert_eq!(page.shows(), shown, "{message}");
        assert!(!page.screen().buttons.is_empty());
    }
}

#[test]
fn a_sign_in_that_led_back_with_an_error_is_not_met_again() {
    for (error, shown) in [("access_denied", "failed/sign-in-refused"), ("server_error", "failed/line-init")] {
        // The SDK throws a plain error if LINE gave no description.
        for code in [None, Some("INIT_FAILED")] {
            let mut page = Page::outside_line();
            let href = format!("{HREF}&error={error}&liffOAuth2Error=true&liffClientId=1");
            page.open_with(opening_at(&href, PIXEL)).liff_rejects(code, "");
            assert_eq!(page.shows(), shown);
            assert_eq!((page.address.as_str(), page.was_shown(HREF)), (HREF, true));
            assert!(page.screen().offers(Action::Login));
        }
    }
}

#[test]
fn a_token_in_the_url_counts_in_line_only() {
    let mut page = Page::signed_in_outside_line();
    page.tokens.fresh = IdToken::new("theirs".into(), Some(9e9));
    page.open(PIXEL).liff_resolves().presses(Action::Confirm);
    assert_eq!(page.posts.first().map(|post| post.id_token.reveal()), Some("stored"));
}

/// LINE's sign-in can't be opened, at once or for ten seconds: the page says so, and leads back to the ways into LINE.
#[test]
fn a_sign_in_that_cannot_be_opened_is_told() {
    for device in [PIXEL, PC] {
        let mut page = Page::outside_line();
        page.open(device).liff_resolves();
        let ways = page.actions();
        for (has_later, end) in [(true, None), (false, None), (false, Some(false))] {
            page.has_later = has_later;
            let turn = page.presses(Action::Login).turn();
            page.tell(end.map_or(Event::Elapsed(turn, Timer::Deadline), |ready| Event::LaterReady(turn, ready)));
            assert_eq!(
                (page.shows().as_str(), page.actions()),
                ("failed/line-init", vec![Action::Retry, Action::Close])
            );
            // Nor does it happen later, behind the person's back.
            assert_eq!(page.tell(Event::LaterReady(turn, true)).way_back(), None);
            assert_eq!((page.presses(Action::Retry).shows(), page.actions()), ("open-in-line".into(), ways.clone()));
        }
        let turn = page.presses(Action::Login).turn();
        page.tell(Event::Hidden).tell(Event::Resumed).tell(Event::LaterReady(turn, true));
        assert_eq!((page.shows().as_str(), page.way_back()), ("open-in-line", None));
        page.has_later = true;
        // Back from LINE's page, without a sign-in.
        for timers_run in [false, true] {
            page.presses(Action::Login).tell(Event::Hidden);
            if timers_run {
                page.waits(Timer::Deadline);
            }
            assert_eq!(page.tell(Event::Resumed).shows(), "open-in-line");
        }
    }
}

/// An earlier visit has signed in before the merchant allowed `openid`, or another tab has signed out meanwhile.
#[test]
fn a_session_without_an_id_token_is_none() {
    let mut page = Page::outside_line();
    page.facts.logged_in = true;
    page.open(PIXEL).liff_resolves();
    assert_eq!((page.shows().as_str(), page.sign_ins), ("open-in-line", 0));
    let mut signed_out = Page::signed_in_outside_line();
    (signed_out.online, signed_out.reachable) = (false, false);
    signed_out.open(PIXEL).liff_resolves().presses(Action::Confirm);
    assert_eq!(signed_out.shows(), "failed/offline");
    signed_out.tokens.stored = None;
    assert_eq!((signed_out.tell(Event::Resumed).prepare().shows().as_str(), signed_out.sign_ins), ("open-in-line", 0));
    // A sign-in that brings none is the merchant's to mend.
    page.presses(Action::Login).comes_back().liff_resolves();
    assert_eq!(page.shows(), "failed/setup-scope");
}

/// A family's computer: what the page does by itself never makes somebody else's session the customer's.
#[test]
fn a_session_that_ran_out_is_renewed_for_its_owner_only() {
    let expired = |id: &str| Some(IdToken::new(id.into(), Some(900.0))?.of(LineAccount::new(Some(id), Some(id))));
    let posted = |page: &Page| page.posts.iter().map(|post| post.id_token.reveal().to_owned()).collect::<Vec<_>>();
    // Dad was here hours ago.
    let mut page = Page::signed_in_outside_line();
    page.tokens.stored = expired("dad");
    assert_eq!((page.open(PC).liff_resolves().shows().as_str(), page.sign_ins), ("open-in-line", 0));
    // Mei was asked for hers; LINE renews the session as Dad's.
    let mut page = Page::signed_in_outside_line();
    page.tokens.stored = token_of("mei", Some("Mei"));
    page.open(PC).liff_resolves().presses(Action::Confirm).refuses(401, "ID_TOKEN_EXPIRED");
    assert_eq!(page.sign_ins, 1);
    let before = page.clone();
    page.tokens.stored = token_of("dad", Some("Dad"));
    page.comes_back().liff_resolves();
    assert_eq!((page.shows().as_str(), posted(&page)), ("account", vec!["mei".into()]));
    let mut page = before;
    page.comes_back().liff_resolves();
    assert_eq!((page.shows().as_str(), posted(&page)), ("working", vec!["mei".into(), "mei".into()]));
    // A clock that is hours ahead makes no second trip to LINE.
    let mut page = Page::outside_line();
    page.open(PC).liff_resolves().presses(Action::Login);
    page.facts.logged_in = true;
    page.tokens.stored = expired("mei");
    page.comes_back().liff_resolves();
    assert_eq!((page.sign_ins, posted(&page)), (1, vec!["mei".into()]));
    page.answers(428, CONSENT_REQUIRED).presses(Action::Confirm);
    assert_eq!((page.sign_ins, posted(&page).len()), (1, 2));
}

/// The sign-in of just now is of the account that it brought, also if nothing could be sent then.
#[test]
fn a_sign_in_counts_for_the_account_that_it_brought() {
    let mut page = Page::outside_line();
    page.open(PC).liff_resolves().presses(Action::Login);
    page.facts.logged_in = true;
    page.tokens.stored = token_of("mei", Some("Mei"));
    (page.online, page.reachable) = (false, false);
    page.comes_back().liff_resolves();
    assert_eq!(page.shows(), "failed/offline");
    (page.online, page.reachable) = (true, true);
    let mut own = page.clone();
    assert_eq!(own.tell(Event::Resumed).prepare().posts.len(), 1);
    page.tokens.stored = token_of("dad", Some("Dad"));
    page.tell(Event::Resumed).prepare();
    assert_eq!((page.shows().as_str(), page.posts.len()), ("account", 0));
}

/// Two people at one link, in one tab: an answer to one says nothing about the other.
#[test]
fn a_refusal_for_one_account_denies_nothing_of_another() {
    let opens_as = |page: &mut Page, id: &str| {
        page.tokens.stored = token_of(id, Some(id));
        page.reopens().liff_resolves();
        assert_eq!(page.shows(), "account");
        page.presses(Action::Confirm);
    };
    let mut bound = Page::signed_in_outside_line();
    bound.tokens.stored = token_of("mei", Some("mei"));
    bound.open(PC).liff_resolves().presses(Action::Confirm);
    let mut lost = bound.clone();
    bound.answers(201, BOUND);
    lost.gets_no_answer();
    for page in [&mut bound, &mut lost] {
        opens_as(page, "dad");
        // Which is true for Dad.
        page.refuses(422, "IDEMPOTENCY_KEY_REUSED").refuses(409, "BIND_TOKEN_USED");
        assert_eq!(page.shows(), "failed/link-used");
        opens_as(page, "mei");
        assert_eq!(page.refuses(403, "BINDING_DISABLED").shows(), "failed/unsure");
    }
    let mut asked = lost;
    opens_as(&mut asked, "dad");
    asked.answers(428, CONSENT_REQUIRED);
    assert_eq!(asked.actions(), [Action::Confirm, Action::Close]);
    opens_as(&mut asked, "mei");
    assert_eq!(asked.refuses(403, "BINDING_DISABLED").shows(), "failed/unsure");
    // One account alone is told what it is.
    let mut alone = Page::signed_in_outside_line();
    alone.open(PC).liff_resolves().presses(Action::Confirm).gets_no_answer().waits(Timer::Pause);
    assert_eq!(alone.refuses(409, "VISITOR_BOUND_TO_OTHER_LINE").shows(), "failed/site-has-other-line");
}

#[test]
fn what_may_have_bound_is_never_called_not_bound() {
    // All answers are lost; then the page asks again, and the server is in trouble.
    let mut page = at_the_post();
    while page.shows() == "working" {
        page.gets_no_answer().waits(Timer::Pause);
    }
    page.presses(Action::Retry);
    while page.shows() == "working" {
        page.refuses(503, "LINE_UNAVAILABLE").waits(Timer::Pause);
    }
    assert_eq!(page.shows(), "failed/unsure");
    // A proxy's refusal decides nothing.
    assert_eq!(page.presses(Action::Retry).answers(403, "<html>").shows(), "failed/unsure");
    // The page is opened again, and LINE does not answer.
    let mut again = Page::new();
    again.kept.clone_from(&page.kept);
    again.open(IPHONE).loses_patience(Patience::Over);
    assert_eq!(again.shows(), "failed/unsure");
    // The API's own answer decides it.
    let mut last = Page::new();
    last.kept = page.kept;
    last.open(IPHONE).liff_resolves().refuses(410, "BIND_TOKEN_EXPIRED");
    assert_eq!((last.shows().as_str(), last.kept), ("failed/link-expired", None));
}

#[test]
fn the_qr_code_is_there_again_after_a_sign_in_that_did_not_happen() {
    let mut page = Page::outside_line();
    page.open(PC).liff_resolves().presses(Action::Login).tell(Event::Resumed);
    assert!(page.was_ordered(|effect| matches!(effect, Effect::DrawQr(..))));
}

#[test]
fn a_person_with_a_button_decides_on_another_try_of_init() {
    let mut page = Page::new();
    page.open(IPHONE).loses_patience(Patience::Offered).liff_rejects(None, "Load failed");
    assert_eq!(page.shows(), "failed/line-init");
}

#[test]
fn a_friendship_that_is_known_is_not_forgotten() {
    let mut page = at_the_post();
    page.answers(201, BOUND).learns_friendship(Friend::No).tell(Event::Resumed).learns_friendship(Friend::Unknown);
    assert_eq!(page.actions(), [Action::AddFriend, Action::Return, Action::Close]);
}

/// If the shop's message failed, it is known not to arrive, and LINE is not asked: in a MINI App it can't be (field
/// reports, kind 7). A customer who comes back from the official account's page may have fixed it.
#[test]
fn a_message_that_failed_leads_to_the_friend() {
    for status in ["bound", "alreadyBound"] {
        let mut page = at_the_post();
        page.answers(201, &bound_with(status, "failed"));
        assert!(!page.was_ordered(|effect| matches!(effect, Effect::ReadFriendship)));
        assert_eq!(page.actions(), [Action::AddFriend, Action::Return, Action::Close], "{status}");
        page.tell(Event::Resumed).learns_friendship(Friend::Unknown);
        assert!(page.was_ordered(|effect| matches!(effect, Effect::ReadFriendship)));
        assert_eq!(page.actions(), [Action::AddFriend, Action::Return, Action::Close], "{status}");
        page.learns_friendship(Friend::Yes);
        assert_eq!(page.actions(), [Action::Return, Action::Close], "{status}");
    }
}

/// A message not marked as failed counts as sent, even with a value of the future, or of another type.
#[test]
fn any_other_message_is_asked_about() {
    for message in ["queued", "skipped", "replied", "awaitingReply", "FAILED", "", "sent"] {
        let mut page = at_the_post();
        page.answers(201, &bound_with("bound", message));
        assert_eq!(page.shows(), "bound", "{message}");
        assert!(!page.actions().contains(&Action::AddFriend), "{message}");
        assert!(page.was_ordered(|effect| matches!(effect, Effect::ReadFriendship)), "{message}");
    }
    let mut page = at_the_post();
    page.answers(201, &BOUND.replace("\"queued\"", "{ \"failed\": true }"));
    assert!(page.was_ordered(|effect| matches!(effect, Effect::ReadFriendship)));
}

fn bound_with(status: &str, message: &str) -> String {
    let with = BOUND.replace("\"queued\"", &format!("\"{message}\""));
    assert_ne!(with.contains("\"queued\""), message != "queued");
    with.replace("\"status\": \"bound\"", &format!("\"status\": \"{status}\""))
}

#[test]
fn a_refused_id_token_is_sent_all_the_same() {
    let mut page = Page::new();
    page.open(IPHONE).liff_rejects(Some("INVALID_ID_TOKEN"), "Invalid \"exp\" value in ID_TOKEN");
    assert_eq!(page.posts.len(), 1);
}

#[test]
fn a_void_session_is_renewed_once() {
    let mut page = Page::new();
    page.open(IPHONE).liff_rejects(Some("invalid_request"), "The access token expired");
    assert_eq!(page.sign_ins, 1);
    let mut back = Page::new();
    back.kept = page.kept;
    back.open(IPHONE).liff_rejects(Some("invalid_request"), "The access token expired");
    assert_eq!((back.sign_ins, back.shows().as_str()), (0, "failed/sign-in-expired"));
}

#[test]
fn bad_links_stop_before_line_is_asked() {
    let long = format!("https://shop.example/?liffId={LIFF_ID}&x={}", "a".repeat(20_000));
    for (href, shown) in [
        ("https://shop.example/liff-bind.html", "failed/setup-liff-id"),
        ("https://shop.example/liff-bind.html?liffId={liffId}", "failed/setup-liff-id"),
        (&long, "failed/link-incomplete"),
    ] {
        let mut page = Page::new();
        page.open_with(opening_at(href, IPHONE));
        assert_eq!(page.shows(), shown);
        assert!(page.orders.is_empty());
    }
}

#[test]
fn without_the_openid_scope_there_is_nobody_to_bind() {
    let mut page = Page::new();
    page.tokens = Tokens::default();
    page.open(IPHONE).liff_resolves();
    assert_eq!(page.shows(), "failed/setup-scope");
    assert!(page.screen().offers(Action::CopyCode));
}

#[test]
fn close_is_told_where_no_script_may_close() {
    let mut outside = Page::signed_in_outside_line();
    outside.open(PIXEL).liff_resolves().presses(Action::Confirm).answers(201, BOUND).presses(Action::Close);
    assert!(outside.screen().close_by_hand);
    assert!(outside.was_ordered(|effect| *effect == Effect::Close));
}

#[test]
fn a_page_that_is_loaded_again_while_line_is_asked_has_the_shops_parameters() {
    let href = format!("{HREF}&utm_source=line&ref=50%off");
    let mut page = Page::new();
    page.open_with(opening_at(&href, IPHONE));
    assert_eq!(page.address, HREF);
    page.reopens().liff_resolves();
    assert_eq!((page.posts.len(), &page.address), (1, &href));
}

#[test]
fn where_line_does_not_answer_the_shops_parameters_are_back_in_the_address() {
    let href = format!("{HREF}&utm_source=line&ref=50%off");
    let mut offline = Page::outside_line();
    offline.facts.online = false;
    offline.open_with(opening_at(&href, PIXEL)).liff_rejects(None, "Load failed");
    for _ in 0..3 {
        offline.waits(Timer::Pause).liff_rejects(None, "Load failed");
    }
    assert_eq!((offline.shows().as_str(), &offline.address), ("failed/offline", &href));
    // The next try of `liff.init` must not meet them again.
    assert_eq!(offline.tell(Event::Online).address, HREF);
    assert_eq!(offline.liff_resolves().address, href);

    let mut void = Page::outside_line();
    void.open_with(opening_at(&href, PIXEL)).liff_rejects(Some("invalid_request"), "");
    assert_eq!((void.shows().as_str(), &void.address), ("open-in-line", &href));
}

#[test]
fn a_timer_that_ends_just_before_a_reload_shows_the_sdk_nothing_of_others() {
    let mut page = Page::outside_line();
    page.open_with(opening_at(&format!("{HREF}&liff.subwindow=1"), PIXEL)).liff_rejects(None, "Load failed");
    page.loses_patience(Patience::Offered).presses(Action::Retry);
    assert!(page.was_ordered(|effect| *effect == Effect::Reload));
    // The model's SDK looks at the address at every `liff.init`.
    page.waits(Timer::Pause);
}

#[test]
fn the_link_into_line_has_the_shops_parameters_and_none_that_lead_out_again() {
    let mut page = Page::outside_line();
    page.open_with(opening_at(&format!("{HREF}&code=WELCOME10&openExternalBrowser=1"), PIXEL)).liff_resolves();
    let link = "https://liff.line.me/1656451635-z3yqZNO3?bindToken=T1&code=WELCOME10".into();
    let open_line = Button { action: Action::OpenLine, target: Target::Link(link) };
    assert_eq!(page.screen().buttons.first(), Some(&open_line));
}

/// A LIFF URL's query, as LINE puts it into `liff.state`, and as people write it.
const STATES: [(&str, &str); 3] = [
    ("%3FbindToken%3DT1%26utm%3D50%25off", "&bindToken=T1&utm=50%off"),
    ("%3FbindToken%3DT1%26utm%3D50%off", "&bindToken=T1&utm=50%off"),
    ("%3FbindToken%3DT1%26utm_term%3D%8AO%91%95", "&bindToken=T1&utm_term=%8AO%91%95"),
];

#[test]
fn in_line_the_state_is_taken_in_where_shortcuts_are_on() {
    let tokens = Handover { access_token: true, id_token: true };
    for (state, query) in STATES {
        let opened = |handover, shortcuts, user_agent| {
            let mut page = if user_agent == IPHONE { Page::new() } else { Page::outside_line() };
            let href = format!("{ENDPOINT}&liff.state={state}");
            page.open_with(Opening { handover, shortcuts, ..opening_at(&href, user_agent) });
            assert_eq!(page.was_ordered(|effect| *effect == Effect::ForgetStoredToken), handover.id_token);
            page
        };
        let mut page = opened(tokens, true, IPHONE);
        assert_eq!((&page.address, page.handover), (&format!("{ENDPOINT}&bindToken=T1"), tokens));
        page.liff_resolves();
        assert_eq!((page.posts.len(), page.handover), (1, Handover::default()));
        assert_eq!(page.address, [ENDPOINT, query].concat());

        for (handover, shortcuts, user_agent) in
            [(tokens, false, IPHONE), (Handover::default(), true, IPHONE), (tokens, true, PIXEL)]
        {
            let page = opened(handover, shortcuts, user_agent);
            let state = format!("{ENDPOINT}&liff.state=%3FbindToken%3DT1");
            assert!(page.address.starts_with(&state), "{}", page.address);
        }
    }
}

#[test]
fn a_state_that_is_left_to_the_sdk_keeps_the_shops_parameters() {
    for (state, query) in STATES {
        let mut page = Page::outside_line();
        page.open_with(opening_at(&format!("{ENDPOINT}&liff.state={state}"), PIXEL));
        let Some(second) = second_load(&page.address) else { panic!("no state at {}", page.address) };
        page.goes_to(&second, Handover::default()).liff_resolves();
        assert_eq!((page.shows().as_str(), page.address), ("open-in-line", [ENDPOINT, query].concat()));
    }
}

#[test]
fn the_pages_own_parameters_outlive_a_sign_in() {
    let href = format!("{HREF}&code=WELCOME10&utm_campaign=50%off&ref=9");
    let mut page = Page::outside_line();
    page.open_with(opening_at(&href, PIXEL)).liff_resolves().presses(Action::Login);
    let way_back = format!("{HREF}&ref=9");
    assert_eq!(page.way_back(), Some(way_back.as_str()), "with nothing that the SDK would take for LINE's");
    (page.facts.logged_in, page.tokens.stored) = (true, token("stored"));
    page.comes_back().liff_resolves();
    assert_eq!((page.posts.len(), &page.address), (1, &href));
}
