//! A tab that has seen more than one request: no screen forgets what an earlier one did.

use crate::{
    link::ENDPOINT,
    model::{HREF, IPHONE, PIXEL, Page, UNLINK, key, opening_at},
};
use liff_bind::core::{Action, Effect, Event, Failure, Handover, Kind, LONGEST_JSON, Opening, Timer, Tokens};

const BOUND: &str = include_str!("../../docs/bind-api/examples/bound.json");
const CONSENT_REQUIRED: &str = include_str!("../../docs/bind-api/examples/consent-required.json");
const ASKED: &str = include_str!("../../docs/bind-api/examples/consent-required-to-unlink.json");
const UNLINKED: &str = include_str!("../../docs/bind-api/examples/unlinked.json");

fn bound() -> Page {
    let mut page = Page::new();
    page.open(IPHONE).liff_resolves().answers(201, BOUND);
    assert_eq!(page.shows(), "bound");
    page
}

fn other_link() -> String {
    HREF.replace("T1", "T2")
}

fn at(href: &str, number: u8) -> Opening {
    Opening { spare_key: key(number), ..opening_at(href, IPHONE) }
}

/// LINE has opened it with all that is in it, and the customer of the last link isn't meant.
#[test]
fn a_link_without_a_visitor_binds_nobody_of_an_earlier_one() {
    let handover = Handover { access_token: true, id_token: true };
    for first in
        ["&bindToken=T1", "&%20bindToken=T1", "&bindToken%3DT1", "&bindToken=T1%", "&liff.state=%3FbindToken%3DT1%25"]
    {
        for second in ["", "&utm_source=richmenu"] {
            let mut page = Page::new();
            let open = |href: String| Opening { handover, shortcuts: true, ..opening_at(&href, IPHONE) };
            page.open_with(open([ENDPOINT, first].concat())).liff_resolves().answers(201, BOUND);
            page.open_with(open([ENDPOINT, second].concat())).liff_resolves();
            assert_eq!(page.posts.last().map(|post| post.bind_token.is_some()), Some(false), "{first} {second}");
            assert_eq!(page.refuses(400, "BIND_TOKEN_MISSING").shows(), "failed/link-incomplete");
        }
    }
}

/// Outside LINE, only the bare endpoint URL means the link before it: LINE may lead back there.
#[test]
fn a_link_that_cannot_be_read_is_nobodys_of_an_earlier_one() {
    for (second, expected) in
        [("", true), ("&lang=en;bindToken=T2", false), ("&BINDTOKEN=T2", false), ("&utm=x", false)]
    {
        let mut page = Page::signed_in_outside_line();
        page.open(PIXEL).liff_resolves().presses(Action::Confirm).answers(201, BOUND);
        page.open_with(opening_at(&[ENDPOINT, second].concat(), PIXEL)).liff_resolves().presses(Action::Confirm);
        assert_eq!(page.posts.last().map(|post| post.bind_token.is_some()), Some(expected), "{second}");
    }
}

/// Outside LINE, the SDK leads from a `liff.state` to the endpoint URL with what was in it, and drops the rest.
#[test]
fn the_sdks_second_load_is_that_of_the_link_before_it() {
    for (state, second) in
        [("%3Flang%3Den", "&lang=en"), ("%3Fliff.state%3D%253Fx", "&liff.state=%3Fx"), ("%2F%2Fevil.example", "")]
    {
        let mut page = Page::signed_in_outside_line();
        page.open_with(opening_at(&[ENDPOINT, "&bindToken=T1&liff.state=", state].concat(), PIXEL));
        page.goes_to(&[ENDPOINT, second].concat(), Handover::default()).liff_resolves().presses(Action::Confirm);
        assert_eq!(page.posts.last().map(|post| post.bind_token.is_some()), Some(true), "{state}");
    }
}

/// A link that has grown old since is no word about the bind that it was good for.
#[test]
fn after_a_success_a_refused_link_denies_nothing() {
    for (status, code) in [(410, "BIND_TOKEN_EXPIRED"), (404, "BIND_TOKEN_INVALID"), (400, "BIND_TOKEN_MISSING")] {
        let mut page = bound();
        for _ in 0..2 {
            page.reopens().liff_resolves().refuses(status, code);
            assert_eq!(
                (page.shows().as_str(), page.actions()),
                ("failed/unsure", vec![Action::Retry, Action::Close]),
                "{code}"
            );
        }
        assert_eq!(page.presses(Action::Retry).answers(200, BOUND).shows(), "bound");
    }
    // But one about the two accounts is.
    assert_eq!(
        bound().reopens().liff_resolves().refuses(409, "VISITOR_BOUND_TO_OTHER_LINE").shows(),
        "failed/site-has-other-line"
    );
}

/// The API may ask again under the new key, though it has bound under the old one: a "no" would end nothing.
#[test]
fn after_a_success_a_question_can_only_be_closed() {
    let mut page = bound();
    page.reopens().liff_resolves().answers(428, CONSENT_REQUIRED);
    assert_eq!((page.shows().as_str(), page.actions()), ("confirm", vec![Action::Confirm, Action::Close]));
    assert_eq!(page.presses(Action::Confirm).answers(201, BOUND).shows(), "bound");
}

/// Outside LINE, somebody else may have signed in for the other link.
#[test]
fn an_earlier_link_asks_again_whose_line_it_is() {
    let mut page = Page::signed_in_outside_line();
    page.open(PIXEL).liff_resolves().presses(Action::Confirm).answers(201, BOUND);
    page.open_with(Opening { spare_key: key(51), ..opening_at(&other_link(), PIXEL) }).liff_resolves();
    assert_eq!(page.shows(), "account");
    page.presses(Action::Confirm).answers(201, BOUND);
    let posts = page.posts.len();
    page.open(PIXEL).liff_resolves();
    assert_eq!((page.shows().as_str(), page.posts.len()), ("account", posts));
}

/// However long the links are: the browser's side reads no record above its limit.
#[test]
fn many_long_links_leave_a_record_that_can_be_read() {
    let mut page = Page::new();
    for number in 0..6 {
        let link = [HREF, &number.to_string(), &"t".repeat(15_000)].concat();
        page.open_with(at(&link, number)).liff_resolves().gets_no_answer();
        page.goes_to(&[HREF, "&utm=", &"x".repeat(15_000)].concat(), Handover::default());
    }
    assert!(page.kept.is_some_and(|kept| kept.len() < LONGEST_JSON));
}

/// The unlinking may have been carried out, or not: going back sends nothing, and claims nothing.
#[test]
fn after_an_unlinking_without_an_answer_only_a_press_binds() {
    let mut page = bound();
    page.goes_to(UNLINK, Handover::default()).liff_resolves().answers(428, ASKED).presses(Action::Unlink);
    let posts = page.posts.len();
    page.goes_to(HREF, Handover::default()).liff_resolves();
    page.tell(Event::Hidden).tell(Event::Resumed).tell(Event::Online);
    assert_eq!((page.shows().as_str(), page.posts.len()), ("failed/unsure", posts));
    assert_eq!(page.presses(Action::Retry).answers(201, BOUND).shows(), "bound");
}

/// What binds one link of a LIFF app binds the account, whatever was unlinked before.
#[test]
fn a_new_bind_ends_the_word_that_an_old_one_was_unlinked() {
    let mut page = bound();
    page.goes_to(UNLINK, Handover::default()).liff_resolves().answers(428, ASKED);
    page.presses(Action::Unlink).answers(200, UNLINKED);
    page.open_with(at(&other_link(), 51)).liff_resolves().answers(201, BOUND);
    let posts = page.posts.len();
    page.goes_to(HREF, Handover::default()).liff_resolves();
    assert_eq!(page.posts.len(), posts + 1);
}

/// The question shows that there is a link to end.
#[test]
fn a_question_to_unlink_ends_the_doubt_about_an_earlier_one() {
    let mut page = Page::new();
    page.open_with(at(UNLINK, 1)).liff_resolves().answers(428, ASKED).presses(Action::Unlink).answers(200, UNLINKED);
    page.reopens().liff_resolves().answers(428, ASKED).presses(Action::Unlink).refuses(403, "UNLINK_DISABLED");
    assert_eq!(page.shows(), "failed/paused");
}

#[test]
fn each_link_keeps_its_key_and_its_doubt() {
    let mut page = Page::new();
    page.open_with(at(HREF, 50)).liff_resolves().gets_no_answer();
    page.open_with(at(&other_link(), 51)).liff_resolves().answers(201, BOUND);
    page.open_with(at(HREF, 52)).liff_resolves();
    let keys: Vec<_> = page.posts.iter().map(|post| post.key.clone()).collect();
    assert_eq!(keys, [key(50), key(51), key(50)]);
    assert_eq!(page.refuses(403, "BINDING_DISABLED").shows(), "failed/unsure");

    let mut page = bound();
    page.open_with(at(&other_link(), 51)).liff_resolves().answers(201, BOUND);
    (page.online, page.reachable) = (false, false);
    assert_eq!(page.open_with(at(HREF, 52)).liff_resolves().shows(), "failed/unsure");
}

/// The SDK's sign-in may lead back without the bind token: that means the newest link, even after its refusal.
#[test]
fn a_url_without_a_bind_token_never_means_an_older_link() {
    let mut page = bound();
    page.open_with(at(&other_link(), 51)).liff_resolves().refuses(410, "BIND_TOKEN_EXPIRED");
    assert_eq!(page.shows(), "failed/link-expired");
    let bare = HREF.split_once('&').map(|(bare, _)| bare.to_owned()).unwrap_or_default();
    page.open_with(at(&bare, 52)).liff_resolves();
    let token = page.posts.last().and_then(|post| post.bind_token.clone());
    assert_ne!(token.map(|token| token.as_str().to_owned()).as_deref(), Some("T1"));
}

/// The back button leads from "unlinked" to the link that bound. Only a press binds again.
#[test]
fn who_goes_back_after_unlinking_is_not_linked_again_by_itself() {
    let unlinked = || {
        let mut page = bound();
        page.goes_to(UNLINK, Handover::default()).liff_resolves().answers(428, ASKED);
        page.presses(Action::Unlink).answers(200, UNLINKED);
        assert_eq!(page.shows(), "unlinked");
        page
    };
    let mut page = unlinked();
    let posts = page.posts.len();
    page.goes_to(HREF, Handover::default()).liff_resolves();
    assert_eq!((page.shows().as_str(), page.posts.len()), ("cancelled", posts));
    assert_eq!(page.presses(Action::Retry).answers(201, BOUND).shows(), "bound");

    // LINE has opened the link once more: that is the person's wish.
    let mut page = unlinked();
    page.goes_to(HREF, Handover { access_token: true, id_token: true }).liff_resolves();
    assert_eq!(page.posts.len(), posts + 1);
}

/// Back to a page that the back-forward cache has kept, in a tab that has gone on to `now`.
fn restored(kept: &Page, now: &Page) -> Page {
    let mut page = kept.clone();
    page.tell(Event::Left).tell(Event::Hidden);
    page.kept.clone_from(&now.kept);
    page.tokens = now.tokens.clone();
    page.orders.clear();
    // In this order by the standard (HTML, "reactivate a document"). Before the last, nothing may be sent or written.
    page.tell(Event::Online).tell(Event::Resumed);
    assert_eq!((page.posts.len(), &page.kept, page.orders.len()), (kept.posts.len(), &now.kept, 0));
    page.restores();
    // Before it loads again, it tests the connection.
    if page.was_ordered(|effect| *effect == Effect::Probe) { page.prepare().clone() } else { page }
}

/// The browser may have kept the page as it was.
#[test]
fn a_page_from_the_back_forward_cache_learns_what_became_of_it() {
    let mut page = bound();
    let left = page.clone();
    page.goes_to(UNLINK, Handover::default()).liff_resolves().answers(428, ASKED);
    let asked = restored(&left, &page).loads_again().liff_resolves().answers(200, BOUND).shows();
    assert_eq!(asked, "bound", "nothing has become of it yet");
    page.presses(Action::Unlink);
    let mut early = restored(&left, &page);
    assert_eq!(early.loads_again().liff_resolves().shows(), "failed/unsure", "no answer has come yet");
    page.answers(200, UNLINKED);
    let mut late = restored(&left, &page);
    assert_eq!(late.loads_again().liff_resolves().shows(), "cancelled");
    assert_eq!(late.presses(Action::Retry).answers(201, BOUND).shows(), "bound");
}

/// Whatever a page showed when the person left it: it doesn't deny what the tab has done since.
#[test]
fn no_page_from_the_back_forward_cache_denies_what_was_done_since() {
    type Course = fn(&mut Page) -> &mut Page;
    let cases: [(&str, Page, Course); 8] = [
        ("open-in-line", Page::outside_line(), |page| page.open(PIXEL).liff_resolves()),
        ("working", Page::outside_line(), |page| page.open(PIXEL).liff_resolves().presses(Action::Login)),
        ("failed/server", Page::new(), |page| {
            page.open(IPHONE).liff_resolves();
            for _ in 0..5 {
                page.refuses(500, "INTERNAL_ERROR").waits(Timer::Pause).prepare();
            }
            page
        }),
        ("confirm", Page::new(), |page| page.open(IPHONE).liff_resolves().answers(428, CONSENT_REQUIRED)),
        ("cancelled", Page::new(), |page| {
            page.open(IPHONE).liff_resolves().answers(428, CONSENT_REQUIRED).presses(Action::Cancel)
        }),
        ("failed/unsure", Page::new(), |page| {
            page.open(IPHONE).liff_resolves();
            while page.shows() == "working" {
                page.gets_no_answer().waits(Timer::Pause);
            }
            page
        }),
        ("failed/offline", Page::offline(), |page| {
            page.open(IPHONE).liff_resolves();
            page.tell(Event::Probed(page.turn(), false))
        }),
        ("working", Page::new(), |page| page.open(IPHONE)),
    ];
    for (shows, mut left, comes_there) in cases {
        comes_there(&mut left);
        assert_eq!(left.shows(), shows);
        left.reachable = true;
        // The same link binds in another document of this tab.
        let mut tab = Page::new();
        tab.kept.clone_from(&left.kept);
        tab.open(IPHONE).liff_resolves().answers(201, BOUND);
        let mut back = restored(&left, &tab);
        back.facts.logged_in = true;
        // A page that is about to load again does nothing else.
        let kept = back.kept.clone();
        back.tell(Event::Online).tell(Event::Resumed).prepare();
        assert_eq!((back.posts.len(), &back.kept), (left.posts.len(), &kept));
        back.loads_again().liff_resolves();
        assert!(!["open-in-line", "failed/server", "cancelled"].contains(&&*back.shows()), "{}", back.shows());
        // Where nothing has happened, the page stays as it was left.
        let back = restored(&left, &left);
        assert!(!back.was_ordered(|effect| *effect == Effect::Reload), "{shows}");
    }
}

/// Without a connection it can't load again: it says neither what was so nor that nothing has happened.
#[test]
fn a_page_from_the_back_forward_cache_that_cannot_load_again_is_not_sure() {
    let mut page = bound();
    let mut left = page.clone();
    left.reachable = false;
    page.goes_to(UNLINK, Handover::default()).liff_resolves().answers(428, ASKED).presses(Action::Unlink);
    page.answers(200, UNLINKED);
    let mut back = restored(&left, &page);
    assert_eq!((back.shows().as_str(), back.actions()), ("failed/unsure", vec![Action::Retry, Action::Close]));
    assert_eq!(back.presses(Action::Retry).shows(), "failed/unsure");
    assert_eq!((&back.kept, back.posts.len()), (&page.kept, left.posts.len()));
    back.reachable = true;
    back.presses(Action::Retry).loads_again().liff_resolves();
    assert_eq!(back.shows(), "cancelled");
}

/// An unlinking is over once the customer has linked again.
#[test]
fn what_was_unlinked_and_linked_again_is_linked() {
    let mut page = bound();
    page.goes_to(UNLINK, Handover::default()).liff_resolves().answers(428, ASKED).presses(Action::Unlink);
    page.answers(200, UNLINKED);
    let left = page.clone();
    page.goes_to(HREF, Handover { access_token: true, id_token: true }).liff_resolves().answers(201, BOUND);
    let mut back = restored(&left, &page);
    assert_eq!(back.loads_again().liff_resolves().answers(428, ASKED).shows(), "unlink");

    // The same if the answer to the unlinking was lost: the server would repeat it to the old key.
    let mut page = bound();
    page.open_with(at(UNLINK, 9)).liff_resolves().answers(428, ASKED).presses(Action::Unlink);
    let old_key = page.posts.last().map(|post| post.key.clone());
    while page.shows() == "working" {
        page.gets_no_answer().waits(Timer::Pause);
    }
    let left = page.clone();
    page.goes_to(HREF, Handover { access_token: true, id_token: true }).liff_resolves();
    assert_eq!(page.shows(), "failed/unsure");
    assert_eq!(page.presses(Action::Retry).answers(200, BOUND).shows(), "bound");
    let mut back = restored(&left, &page);
    assert_eq!(
        (left.shows().as_str(), back.loads_again().liff_resolves().shows()),
        ("failed/unsure", "working".into())
    );
    assert_ne!(back.posts.last().map(|post| post.key.clone()), old_key);
    page.reopens().liff_resolves();
    assert_eq!(page.answers(200, BOUND).shows(), "bound");
}

/// "Nothing was linked in this browser" is said only where that is known.
#[test]
fn a_browser_that_has_bound_is_not_told_that_nothing_was_linked() {
    for answer in [Some(BOUND), None] {
        let mut page = Page::signed_in_outside_line();
        page.open(PIXEL).liff_resolves().presses(Action::Confirm);
        match answer {
            Some(body) => drop(page.answers(201, body).shows()),
            None => drop(page.gets_no_answer().shows()),
        }
        // LINE's session has ended meanwhile.
        page.facts.logged_in = false;
        page.reopens().liff_resolves();
        let actions = vec![Action::Login, Action::OpenLine, Action::Close];
        assert_eq!((page.shows().as_str(), page.actions()), ("failed/unsure", actions));
        // A sign-in that can't be opened decides nothing.
        page.presses(Action::Login).waits(Timer::Deadline);
        assert_eq!(page.shows(), "failed/unsure");
    }
}

/// A refusal that is kept as such: a later one isn't taken for a lost answer.
#[test]
fn what_the_server_has_refused_stays_refused() {
    for (status, code) in [(401, "ID_TOKEN_EXPIRED"), (422, "IDEMPOTENCY_KEY_REUSED")] {
        let mut page = Page::new();
        page.open(IPHONE).liff_resolves();
        while page.shows() == "working" {
            page.refuses(status, code);
            if page.way_back().is_some() {
                page.comes_back().liff_resolves();
            }
        }
        page.reopens().liff_resolves().refuses(404, "LIFF_ID_UNKNOWN");
        assert!(page.shows().starts_with("failed/setup"), "{code}: {}", page.shows());
    }
}

/// A doubt that no request can end: without LINE there is none to send.
#[test]
fn a_doubt_before_line_has_spoken_leads_into_line() {
    let mut page = bound();
    page.reopens();
    let posts = page.posts.len();
    page.liff_rejects(Some("INIT_FAILED"), "Invalid LIFF ID");
    assert_eq!((page.shows().as_str(), page.posts.len()), ("failed/unsure", posts));
    assert_eq!(page.actions(), [Action::OpenLine, Action::Close]);

    let mut page = bound();
    page.reopens();
    page.tokens = Tokens::default();
    page.liff_resolves();
    assert_eq!((page.shows().as_str(), page.actions()), ("failed/unsure", vec![Action::OpenLine, Action::Close]));
}

/// LINE's sign-in led back once, and `liff.init` settled: the next one that leads back is no loop.
#[test]
fn a_sign_in_that_has_settled_is_no_first_round_of_a_loop() {
    let back = [HREF, "&code=c&state=s&liffClientId=1656451635"].concat();
    let mut page = Page::new();
    page.tokens = Tokens::default();
    page.open_with(opening_at(&back, IPHONE)).liff_resolves();
    assert_eq!(page.shows(), "failed/setup-scope");
    page.goes_to(HREF, Handover::default()).goes_to(&back, Handover::default());
    assert_eq!(page.shows(), "working");
}

/// The SDK rejects and signs in by itself at once: its next way back is the second round.
#[test]
fn a_sign_in_that_was_rejected_is_the_first_round_of_a_loop() {
    let back = [HREF, "&code=c&state=s&liffClientId=1656451635"].concat();
    let mut page = Page::new();
    page.open_with(opening_at(&back, IPHONE)).liff_rejects(None, "Unexpected token '<'");
    page.goes_to(&back, Handover::default());
    assert_eq!(page.shows(), "failed/line-init");
}

/// A gateway that gave up may write any code.
#[test]
fn a_gateways_own_code_is_no_answer_of_the_api() {
    for (status, body) in [
        (504, r#"{"errorCode":"UPSTREAM_TIMEOUT"}"#),
        (502, r#"{"errorCode":"BAD_GATEWAY"}"#),
        (503, r#"{"errorCode":"UPSTREAM_TIMEOUT"}"#),
        (500, r#"{"errorCode":"UNKNOWN"}"#),
        (520, r#"{"errorCode":520}"#),
    ] {
        let mut page = Page::new();
        page.open(IPHONE).liff_resolves();
        for _ in 0..3 {
            page.answers(status, body).waits(Timer::Pause);
        }
        page.answers(status, body);
        assert!(matches!(page.screen().kind, Kind::Failed { failure: Failure::Gateway, .. }), "{status}");
    }
}
