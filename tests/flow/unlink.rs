//! Everybody who links can unlink.

use crate::{
    link::ENDPOINT,
    model::{HREF, IPHONE, LIFF_ID, PC, PIXEL, Page, UNLINK, key, opening_at},
};
use liff_bind::core::{
    Action, BindRequest, Effect, Event, Friend, Handover, IdempotencyKey, Kind, Opening, Patience, Purpose, Target,
    Timer, Unlinking,
};
use proptest::{collection::vec, prelude::*, sample::select};
use std::collections::{HashMap, HashSet};

const ASKED: &str = include_str!("../../docs/bind-api/examples/consent-required-to-unlink.json");
const UNLINKED: &str = include_str!("../../docs/bind-api/examples/unlinked.json");
const NOT_LINKED: &str = include_str!("../../docs/bind-api/examples/not-linked.json");
const BOUND: &str = include_str!("../../docs/bind-api/examples/bound.json");

fn at_the_post() -> Page {
    let mut page = Page::new();
    page.open_with(opening_at(UNLINK, IPHONE)).liff_resolves();
    page
}

fn asked() -> Page {
    let mut page = at_the_post();
    page.answers(428, ASKED);
    page
}

#[test]
fn unlinks_after_a_press() {
    let mut page = asked();
    assert_eq!((page.shows().as_str(), page.actions()), ("unlink", vec![Action::Unlink, Action::Close]));
    page.presses(Action::Unlink);
    let [first, second] = page.posts.as_slice() else { panic!("{:?}", page.posts) };
    assert!(page.posts.iter().all(|post| post.purpose == Purpose::Unlink && post.bind_token.is_none()));
    assert_eq!((&first.consent, &first.key), (&None, &second.key));
    assert_eq!(second.consent.as_ref().map(|consent| consent.version.as_str()), Some("2026-01"));
    page.answers(200, UNLINKED);
    assert_eq!(page.screen().kind, Kind::Unlinked(Unlinking::Done { deauthorized: true }));
    assert_eq!(page.actions(), [Action::Close]);
}

/// With the permission, LINE withdraws the session: a reload asks the server, and LINE's sign-in, which would ask for the
/// permission again, doesn't open by itself.
#[test]
fn a_reload_after_an_unlinking_asks_for_no_permission() {
    let voids = |page: &mut Page| {
        page.liff_rejects(Some("invalid_request"), "The access token expired");
    };
    let mut told = asked();
    told.presses(Action::Unlink).answers(200, UNLINKED);
    voids(told.reopens());
    assert_eq!((told.shows().as_str(), told.sign_ins, told.posts.len()), ("working", 0, 3));
    let mut linked_again = told.clone();
    assert_eq!(told.answers(200, NOT_LINKED).shows(), "not-linked");
    assert_eq!(linked_again.refuses(401, "ACCESS_TOKEN_INVALID").shows(), "failed/unsure");

    // Where the answer was lost, the same request asks for it.
    let mut lost = asked();
    lost.presses(Action::Unlink).gets_no_answer();
    voids(lost.reopens());
    assert_eq!((lost.shows().as_str(), lost.sign_ins, lost.posts.len()), ("working", 0, 3));
    let [_, first, again] = lost.posts.as_slice() else { panic!("{:?}", lost.posts) };
    assert_eq!(first.key, again.key);
    assert_eq!(lost.answers(200, UNLINKED).shows(), "unlinked");

    // Back at the link that was bound before.
    let mut back = Page::new();
    back.open(IPHONE).liff_resolves().answers(201, BOUND);
    back.goes_to(UNLINK, Handover::default()).liff_resolves().answers(428, ASKED).presses(Action::Unlink);
    let mut unheard = back.clone();
    voids(back.answers(200, UNLINKED).goes_to(HREF, Handover::default()));
    assert_eq!((back.shows().as_str(), back.sign_ins), ("cancelled", 0));
    voids(unheard.gets_no_answer().goes_to(HREF, Handover::default()));
    assert_eq!((unheard.shows().as_str(), unheard.actions()), ("failed/unsure", vec![Action::Retry, Action::Close]));
    assert_eq!(unheard.sign_ins, 0);
}

#[test]
fn where_nothing_is_linked_nothing_is_asked() {
    assert_eq!(at_the_post().answers(200, NOT_LINKED).shows(), "not-linked");
}

#[test]
fn closing_the_card_ends_nothing() {
    let mut page = asked();
    page.presses(Action::Close);
    assert_eq!((page.shows().as_str(), page.posts.len()), ("unlink", 1));
}

#[test]
fn nothing_is_called_unlinked_that_the_api_does_not_call_so() {
    for body in [BOUND, "{}", "<html>", r#"{"content":{"status":"bound"}}"#, r#"{"content":{"deauthorized":true}}"#] {
        assert_eq!(asked().presses(Action::Unlink).answers(200, body).shows(), "failed/unsure", "{body}");
    }
    // And nothing is called bound.
    let mut page = Page::new();
    page.open(IPHONE).liff_resolves();
    assert_eq!(page.answers(200, UNLINKED).shows(), "failed/unsure");
}

#[test]
fn a_lost_answer_is_asked_for_under_the_same_key() {
    let mut page = asked();
    page.presses(Action::Unlink);
    for _ in 0..3 {
        page.gets_no_answer().waits(Timer::Pause);
    }
    assert_eq!(page.gets_no_answer().shows(), "failed/unsure");
    assert_eq!(page.actions(), [Action::Retry, Action::Close]);
    page.presses(Action::Retry);
    let keys: HashSet<_> = page.posts.iter().map(|post| post.key.as_str()).collect();
    assert_eq!((page.posts.len(), keys.len()), (6, 1));
    assert_eq!(page.answers(200, UNLINKED).shows(), "unlinked");
}

/// A request may have been carried out: a page that is opened again and fails must not say that nothing happened.
#[test]
fn a_page_that_is_killed_does_not_forget_the_request() {
    let mut page = asked();
    page.presses(Action::Unlink).reopens().liff_resolves();
    let [_, pressed, again] = page.posts.as_slice() else { panic!("{:?}", page.posts) };
    assert_eq!((&again.consent, &again.key), (&None, &pressed.key));
    assert_eq!(page.refuses(403, "UNLINK_DISABLED").shows(), "failed/unsure");
}

/// Who has only been asked has ended nothing, whatever became of the answer.
#[test]
fn a_lost_question_leaves_no_doubt() {
    let opened = || {
        let mut page = Page::new();
        page.open(IPHONE).liff_resolves().answers(201, BOUND);
        page.goes_to(UNLINK, Handover::default()).liff_resolves();
        page
    };
    let losses: [fn(&mut Page); 4] = [
        |_| (),
        |page| _ = page.gets_no_answer(),
        |page| _ = page.answers(502, "<html>"),
        |page| _ = page.answers(200, "<html>"),
    ];
    for lose in losses {
        let mut page = opened();
        lose(&mut page);
        // Back at the link that was bound, the server is asked.
        let mut back = page.clone();
        back.goes_to(HREF, Handover::default()).liff_resolves();
        assert_eq!(
            (back.shows().as_str(), back.posts.last().map(|post| post.purpose)),
            ("working", Some(Purpose::Bind))
        );
        // Nor does a refusal have to leave it open.
        page.reopens().liff_resolves();
        assert_eq!(page.refuses(403, "UNLINK_DISABLED").shows(), "failed/paused");
    }
    // After a press it does.
    let mut page = opened();
    page.answers(428, ASKED).presses(Action::Unlink).gets_no_answer();
    assert_eq!(page.goes_to(HREF, Handover::default()).liff_resolves().shows(), "failed/unsure");
}

/// The link has ended: a page that is opened again and refused must not deny that.
#[test]
fn a_page_that_is_opened_again_after_the_end_denies_nothing() {
    let mut page = asked();
    page.presses(Action::Unlink).answers(200, UNLINKED).reopens().liff_resolves();
    assert_eq!(page.refuses(403, "UNLINK_DISABLED").shows(), "failed/unsure");
}

#[test]
fn every_refusal_is_told() {
    for (status, code, shows) in [
        (401, "ID_TOKEN_INVALID", "failed/identity"),
        (401, "ACCESS_TOKEN_INVALID", "failed/identity"),
        (403, "UNLINK_DISABLED", "failed/paused"),
        (404, "LIFF_ID_UNKNOWN", "failed/setup-unknown"),
        // A server that takes the request for a bind.
        (400, "BIND_TOKEN_MISSING", "failed/server"),
        (409, "VISITOR_BOUND_TO_OTHER_LINE", "failed/server"),
    ] {
        assert_eq!(asked().presses(Action::Unlink).refuses(status, code).shows(), shows, "{code}");
    }
}

/// Another browser may be signed in as somebody else: the link, or its code, leads into LINE.
#[test]
fn outside_line_nothing_is_posted() {
    let liff_url = format!("https://liff.line.me/{LIFF_ID}?unlink=1");
    for (device, actions) in [(PIXEL, vec![Action::OpenLine, Action::CopyLink]), (PC, vec![Action::CopyLink])] {
        for mut page in [Page::outside_line(), Page::signed_in_outside_line()] {
            page.open_with(opening_at(UNLINK, device)).liff_resolves();
            assert_eq!((page.shows().as_str(), page.actions()), ("open-in-line", actions.clone()));
            assert_eq!(page.link(Action::OpenLine).as_deref(), (device == PIXEL).then_some(liff_url.as_str()));
            let drawn = page.was_ordered(|effect| matches!(effect, Effect::DrawQr(text, _) if *text == liff_url));
            assert_eq!(drawn, device == PC);
            page.presses(Action::CopyLink);
            assert!(page.was_ordered(|effect| matches!(effect, Effect::Copy(text) if *text == liff_url)));
            page.tell(Event::Copied(page.turn()));
            assert!(matches!(page.screen().kind, Kind::OpenInLine { copied: true, .. }));
            assert_eq!(page.posts.len(), 0);
        }
    }
}

/// The purpose as shops, mail tools and LINE write it; with LINE's tokens the page takes a `liff.state` in by itself.
#[test]
fn the_purpose_is_read_as_the_world_writes_it() {
    let page = format!("https://shop.example/liff-bind.html?liffId={LIFF_ID}");
    for (query, purpose) in [
        ("&unlink=1", Purpose::Unlink),
        ("&amp;unlink=1", Purpose::Unlink),
        ("&amp;amp;unlink=1&utm_source=line", Purpose::Unlink),
        ("&unlink%3D1", Purpose::Unlink),
        ("&unlink=1%20", Purpose::Unlink),
        ("&unlink=1&bindToken=T1", Purpose::Unlink),
        ("&liff.state=%3Funlink%3D1", Purpose::Unlink),
        ("&unlink=0", Purpose::Bind),
        ("&unlink=", Purpose::Bind),
        ("&xunlink=1", Purpose::Bind),
        ("&ref=unlink%3D1", Purpose::Bind),
    ] {
        for shortcuts in [true, false] {
            let mut opened = Page::new();
            let handover = Handover { access_token: true, id_token: true };
            opened.open_with(Opening { handover, shortcuts, ..opening_at(&[&page, query].concat(), IPHONE) });
            assert_eq!(opened.screen().purpose, purpose, "{query}");
            let bind_tokens = opened.liff_resolves().posts.iter().filter(|post| post.bind_token.is_some());
            assert_eq!(bind_tokens.count(), 0, "{query}");
        }
    }
}

/// LINE may return from a sign-in to the bare endpoint URL.
#[test]
fn a_sign_in_does_not_make_a_bind_of_it() {
    let mut page = asked();
    page.presses(Action::Unlink).refuses(401, "ID_TOKEN_EXPIRED");
    let key = page.posts.first().map(|post| post.key.clone());
    let bare = format!("https://shop.example/liff-bind.html?liffId={LIFF_ID}&code=c&state=s&liffClientId=1");
    page.goes_to(&bare, Handover::default()).liff_resolves();
    assert_eq!(page.screen().purpose, Purpose::Unlink);
    let last = page.posts.last();
    assert_eq!(
        last.map(|post| (post.purpose, &post.key, &post.consent)),
        key.as_ref().map(|key| (Purpose::Unlink, key, &None))
    );
}

/// The same where LINE leads away before it has given out what it holds back in `liff.state`.
#[test]
fn a_sign_in_of_the_sdks_own_does_not_make_a_bind_of_it() {
    for state in ["%3Funlink%3D1%26lang%3Dja", "%2F%3Funlink%3D1%26lang%3Dja"] {
        let mut page = Page::new();
        page.open_with(opening_at(&[ENDPOINT, "&liff.state=", state].concat(), IPHONE));
        page.goes_to(&[ENDPOINT, "&code=c&state=s&liffClientId=1"].concat(), Handover::default()).liff_resolves();
        assert_eq!(page.posts.last().map(|post| post.purpose), Some(Purpose::Unlink), "{state}");
        page.refuses(401, "ID_TOKEN_EXPIRED");
        assert!(page.way_back().is_some_and(|url| url.contains("unlink=1&lang=ja")), "{:?}", page.way_back());
    }
}

/// The same tab is used for both purposes, one after the other.
#[test]
fn a_bind_and_an_unlinking_never_share_a_key() {
    let bare = HREF.replace("&bindToken=T1", "");
    let mut page = Page::new();
    let mut last = None;
    for (number, (href, purpose)) in (1..).zip([
        (HREF, Purpose::Bind),
        (UNLINK, Purpose::Unlink),
        (&bare, Purpose::Bind),
        (UNLINK, Purpose::Unlink),
        (HREF, Purpose::Bind),
    ]) {
        page.open_with(Opening { spare_key: key(number), ..opening_at(href, IPHONE) }).liff_resolves();
        // After a lost unlinking, only a press binds.
        page.presses(Action::Retry).gets_no_answer();
        let post = page.posts.last();
        assert_eq!(post.map(|post| post.purpose), Some(purpose), "{href}");
        let key = post.map(|post| post.key.clone());
        assert_ne!(key, last, "{href}");
        last = key;
    }
}

/// The page binds, looks at unlinking, and is back without a connection: it must not say "not linked".
#[test]
fn a_detour_forgets_nothing_of_the_other_purpose() {
    let mut page = Page::new();
    page.open(IPHONE).liff_resolves().answers(201, BOUND);
    for refused in [false, true] {
        page.goes_to(UNLINK, Handover::default()).liff_resolves().answers(428, ASKED);
        if refused {
            page.presses(Action::Unlink).refuses(403, "UNLINK_DISABLED");
        }
        (page.online, page.reachable) = (false, false);
        page.goes_to(HREF, Handover::default()).liff_resolves();
        assert_eq!(page.shows(), "failed/unsure");
        (page.online, page.reachable) = (true, true);
    }
    // And the other way round.
    page.goes_to(UNLINK, Handover::default()).liff_resolves().answers(428, ASKED).presses(Action::Unlink);
    page.goes_to(HREF, Handover::default()).liff_resolves();
    page.goes_to(UNLINK, Handover::default()).liff_resolves();
    assert_eq!(page.refuses(403, "UNLINK_DISABLED").shows(), "failed/unsure");
}

/// After a pause, another app, or a lost connection, the person may have linked again meanwhile.
#[test]
fn only_a_press_sends_an_unlinking_again() {
    let mut page = asked();
    page.presses(Action::Unlink);
    for _ in 0..4 {
        page.gets_no_answer().waits(Timer::Pause);
    }
    let posts = page.posts.len();
    page.tell(Event::Hidden).tell(Event::Resumed).tell(Event::Online).prepare();
    assert_eq!((page.shows().as_str(), page.posts.len()), ("failed/unsure", posts));
    page.presses(Action::Retry);
    assert_eq!(page.posts.len(), posts + 1);
}

/// In another browser the page repairs no session for unlinking; for a link that is too long it has its own words.
#[test]
fn it_is_another_purpose_wherever_the_page_stops() {
    let mut page = Page::signed_in_outside_line();
    page.open_with(opening_at(UNLINK, PC)).liff_rejects(Some("invalid_request"), "");
    assert_eq!((page.shows().as_str(), page.sign_ins), ("open-in-line", 0));

    let mut page = Page::new();
    let long = [UNLINK, "&x=", &"a".repeat(20_000)].concat();
    page.open_with(opening_at(&long, IPHONE));
    assert_eq!((page.shows().as_str(), page.screen().purpose), ("failed/link-incomplete", Purpose::Unlink));
}

#[test]
fn who_links_is_told_that_they_can_unlink() {
    let page = || {
        let mut page = Page::new();
        page.open(IPHONE).liff_resolves();
        page
    };
    // On this page, if the API says so; else in LINE's settings, if this is LINE on a phone.
    let own = format!("https://shop.example/liff-bind.html?liffId={LIFF_ID}&unlink=1");
    assert_eq!(page().answers(201, BOUND).screen().unlink_url, Some(own.clone()));
    let asks = include_str!("../../docs/bind-api/examples/consent-required.json");
    assert_eq!(page().answers(428, asks).screen().unlink_url, Some(own));
    let without = BOUND.replace("\"canUnlink\": true", "\"canUnlink\": false");
    let settings = "https://line.me/R/nv/connectedApps";
    assert_eq!(page().answers(201, &without).screen().unlink_url.as_deref(), Some(settings));

    let mut computer = Page::signed_in_outside_line();
    computer.open(PC).liff_resolves().presses(Action::Confirm).answers(201, &without);
    assert_eq!((computer.shows().as_str(), computer.screen().unlink_url), ("bound", None));
}

/// A reply costs the shop nothing, so its message may wait for one from the customer.
#[test]
fn a_shop_that_awaits_a_message_gets_one_tap() {
    let waits = BOUND.replace("\"queued\"", "\"awaitingReply\"");
    let url = "https://line.me/R/oaMessage/%40gooddays/?%E5%AE%8C%E6%88%90%E7%B6%81%E5%AE%9A";
    let mut page = Page::new();
    page.open(IPHONE).liff_resolves().answers(201, &waits);
    let chat = page.screen().buttons.first().map(|button| (button.action, button.target.clone()));
    assert_eq!(chat, Some((Action::Chat, Target::Link(url.into()))));
    let actions = [Action::Chat, Action::AddFriend, Action::Return, Action::Close];
    assert_eq!(page.learns_friendship(Friend::No).actions(), actions);

    let has_chat = |body: &str, mut page: Page, device| {
        page.open(device).liff_resolves().presses(Action::Confirm).answers(201, body);
        assert_eq!(page.shows(), "bound");
        page.actions().contains(&Action::Chat)
    };
    for body in [
        BOUND.to_owned(),
        waits.replace("完成綁定", ""),
        waits.replace("完成綁定", &"長".repeat(61)),
        waits.replace("@gooddays", "gooddays/../x"),
    ] {
        assert!(!has_chat(&body, Page::new(), IPHONE), "{body}");
    }
    // LINE's URL scheme is for phones, and leaves the browser.
    assert!(!has_chat(&waits, Page::new(), PC));
    assert!(!has_chat(&waits, Page::signed_in_outside_line(), PIXEL));
}

/// A bind API that keeps its contract, for one LINE account and one shop.
#[derive(Default)]
struct Server {
    linked: bool,
    unlinkings: usize,
    answered: HashMap<String, (Purpose, String)>,
}

impl Server {
    fn take(&mut self, request: &BindRequest) -> (u16, String) {
        let key = request.key.as_str().to_owned();
        if let Some((purpose, answer)) = self.answered.get(&key) {
            let own = *purpose == request.purpose;
            return if own { (200, answer.clone()) } else { (422, r#"{"errorCode":"IDEMPOTENCY_KEY_REUSED"}"#.into()) };
        }
        let answer = match request.purpose {
            Purpose::Unlink if !self.linked => NOT_LINKED,
            Purpose::Unlink if request.consent.is_none() => return (428, ASKED.into()),
            Purpose::Unlink => {
                (self.linked, self.unlinkings) = (false, self.unlinkings + 1);
                UNLINKED
            }
            Purpose::Bind => {
                self.linked = true;
                BOUND
            }
        };
        self.answered.insert(key, (request.purpose, answer.into()));
        (200, answer.into())
    }

    /// Whether a request under this key has ended a link.
    fn has_unlinked(&self, key: &IdempotencyKey) -> bool {
        self.answered.get(key.as_str()).is_some_and(|(_, answer)| answer == UNLINKED)
    }
}

/// Something that happens on one of two phones.
#[derive(Clone, Copy, Debug)]
enum Step {
    OpensToBind,
    OpensAnotherToBind,
    OpensToUnlink,
    Reopens,
    /// The request arrives, and so does its answer.
    IsAnswered,
    /// The request arrives, and its answer is lost.
    LosesTheAnswer,
    /// The request arrives, and the page loads again before the answer comes.
    ArrivesUnheard,
    NeverArrives,
    IsRefused(u16),
    Presses(Action),
    Waits(Timer),
    LosesPatience,
    /// In another app for a while.
    IsAway,
}

fn step() -> impl Strategy<Value = Step> {
    let mut table = vec![Step::OpensToBind, Step::OpensAnotherToBind, Step::OpensToUnlink, Step::OpensToUnlink];
    table.extend([Step::IsAnswered; 6]);
    table.extend([
        Step::Reopens,
        Step::IsAway,
        Step::LosesTheAnswer,
        Step::ArrivesUnheard,
        Step::NeverArrives,
        Step::IsRefused(503),
        Step::IsRefused(401),
    ]);
    table.extend([Action::Unlink, Action::Unlink, Action::Retry, Action::Close].map(Step::Presses));
    table.extend([Step::Waits(Timer::Pause), Step::Waits(Timer::Deadline), Step::LosesPatience]);
    select(table)
}

/// The server, and how often somebody has pressed "unlink" and opened a page.
#[derive(Default)]
struct World {
    server: Server,
    presses: usize,
    opened: u8,
    /// The unlinkings before LINE last opened the page, for each phone: a later one has ended LINE's session there.
    sessions: HashMap<usize, usize>,
}

impl World {
    /// LINE opens the page.
    fn open(&mut self, number: usize, page: &mut Page, href: &str) {
        self.sessions.insert(number, self.server.unlinkings);
        self.load(number, page, href);
    }

    fn load(&mut self, number: usize, page: &mut Page, href: &str) {
        // Each opening has a key of its own.
        self.opened += 1;
        let mut bytes = [0xff; 16];
        bytes[..2].copy_from_slice(&[self.opened, u8::try_from(number).unwrap_or_default()]);
        page.open_with(Opening { spare_key: IdempotencyKey::from_random(bytes), ..opening_at(href, IPHONE) });
        if self.sessions.get(&number) == Some(&self.server.unlinkings) {
            page.liff_resolves();
        } else {
            page.liff_rejects(Some("invalid_request"), "The access token expired");
        }
    }

    fn takes(&mut self, number: usize, page: &mut Page, step: Step) {
        let out = page.was_ordered(|effect| matches!(effect, Effect::Post { .. }));
        let request = page.posts.last().filter(|_| out).cloned();
        match step {
            Step::OpensToBind => self.open(number, page, HREF),
            Step::OpensAnotherToBind => self.open(number, page, &HREF.replace("T1", "T2")),
            Step::OpensToUnlink => self.open(number, page, UNLINK),
            Step::Reopens => {
                let href = page.address.clone();
                if !href.is_empty() {
                    self.load(number, page, &href);
                }
            }
            Step::IsAnswered => {
                if let Some(request) = &request {
                    let (status, body) = self.server.take(request);
                    page.answers(status, &body);
                }
            }
            Step::LosesTheAnswer => {
                if let Some(request) = &request {
                    self.server.take(request);
                    page.gets_no_answer();
                }
            }
            Step::ArrivesUnheard => {
                drop(request.map(|request| self.server.take(&request)));
                self.takes(number, page, Step::Reopens);
            }
            Step::NeverArrives => drop(page.gets_no_answer()),
            Step::IsRefused(status) => drop(page.answers(status, "{}")),
            Step::Presses(action) => {
                self.presses += usize::from(action == Action::Unlink && page.screen().offers(action));
                page.presses(action);
            }
            Step::Waits(timer) => drop(page.waits(timer)),
            Step::LosesPatience => drop(page.loses_patience(Patience::Over)),
            Step::IsAway => drop(page.tell(Event::Hidden).tell(Event::Resumed).prepare()),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4_000, failure_persistence: None, ..ProptestConfig::default() })]

    /// Two phones of one person bind and unlink in any order, on a network that may lose any request or answer.
    #[test]
    fn what_is_said_of_an_unlinking_has_happened(steps in vec((0..2_usize, step()), 1..60)) {
        let mut world = World::default();
        let mut phones = [Page::new(), Page::new()];
        for (number, step) in &steps {
            let Some(page) = phones.get_mut(*number) else { continue };
            let was = page.shows();
            world.takes(*number, page, *step);
            // Nothing ends without a press.
            prop_assert!(world.server.unlinkings <= world.presses, "{steps:?}");
            let key = page.posts.last().map(|post| post.key.clone());
            let carried_out = key.is_some_and(|key| world.server.has_unlinked(&key));
            if page.screen().purpose == Purpose::Unlink {
                // No screen claims what did not happen.
                if page.shows() == "unlinked" && was != "unlinked" {
                    prop_assert!(carried_out, "{steps:?}");
                }
                // No screen denies what has happened.
                let denies = page.screen().failure().is_some_and(|failure| !failure.may_be_bound());
                prop_assert!(!(carried_out && denies), "{steps:?}");
            }
        }
    }

    /// In one tab, what the page says holds at that moment: a key never brings an old answer back.
    #[test]
    fn what_one_tab_says_holds(steps in vec(step(), 1..60)) {
        let (mut world, mut page) = (World::default(), Page::new());
        for step in &steps {
            let was = page.shows();
            world.takes(0, &mut page, *step);
            let linked = match page.shows().as_str() {
                now if now == was => continue,
                "bound" | "already-bound" => true,
                "unlinked" | "not-linked" => false,
                _ => continue,
            };
            prop_assert_eq!(linked, world.server.linked, "{} after {:?}", page.shows(), steps);
            // LINE's sign-in would ask for the permission that was withdrawn.
            prop_assert_eq!(page.sign_ins, 0, "{:?}", steps);
        }
    }
}
