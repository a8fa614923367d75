//! What holds whatever happens, in whatever order.

use crate::model::{HREF, IPHONE, PC, PIXEL, Page};
use liff_bind::core::{Action, Effect, Event, Failure, Friend, IdToken, Kind, Timer, Tokens, Turn};
use proptest::prelude::*;

/// Something that happens; chance picks which and when.
#[derive(Clone, Debug)]
enum Happening {
    LiffResolves {
        logged_in: bool,
    },
    LiffRejects(&'static str, &'static str),
    Prepares {
        token: Option<bool>,
        online: bool,
    },
    Answers(u16, &'static str),
    NoAnswer,
    Waits(Timer),
    Presses(Action),
    Friend(Friend),
    Online,
    Resumed,
    /// The page is killed and opened again in the same tab.
    Reopens,
    /// An answer to an order that is long over.
    Straggler(u8, bool),
}

const SUCCESS: &str = r#"{"content":{"bindingId":"b_1","status":"bound"}}"#;

fn happening() -> impl Strategy<Value = Happening> {
    let action = prop::sample::select(vec![
        Action::Retry,
        Action::Close,
        Action::OpenLine,
        Action::Login,
        Action::Confirm,
        Action::Cancel,
        Action::AddFriend,
        Action::Return,
        Action::CopyCode,
    ]);
    let answer = prop::sample::select(vec![
        (201, SUCCESS),
        (200, r#"{"content":{"bindingId":"b_1","status":"alreadyBound"}}"#),
        (200, "{}"),
        (200, "<html>"),
        (428, r#"{"errorCode":"CONSENT_REQUIRED","consent":{"version":"1"}}"#),
        (401, r#"{"errorCode":"ID_TOKEN_EXPIRED"}"#),
        (401, r#"{"errorCode":"ID_TOKEN_INVALID"}"#),
        (409, r#"{"errorCode":"BIND_TOKEN_USED"}"#),
        (409, r#"{"errorCode":"IDEMPOTENCY_IN_PROGRESS"}"#),
        (422, r#"{"errorCode":"IDEMPOTENCY_KEY_REUSED"}"#),
        (429, "{}"),
        (500, "{}"),
        (503, "{}"),
        (0, ""),
    ]);
    let error = prop::sample::select(vec![
        ("", "Failed to fetch"),
        ("INIT_FAILED", "access_denied: no"),
        ("INIT_FAILED", "Invalid LIFF ID"),
        ("INVALID_ID_TOKEN", ""),
        ("invalid_request", ""),
        ("500", ""),
    ]);
    let timer = prop::sample::select(vec![Timer::Slow, Timer::Deadline, Timer::Pause]);
    let friend = prop::sample::select(vec![Friend::Yes, Friend::No, Friend::Unknown]);
    prop_oneof![
        3 => any::<bool>().prop_map(|logged_in| Happening::LiffResolves { logged_in }),
        1 => error.prop_map(|(code, message)| Happening::LiffRejects(code, message)),
        6 => (prop::option::of(any::<bool>()), prop::bool::weighted(0.9))
            .prop_map(|(token, online)| Happening::Prepares { token, online }),
        6 => answer.prop_map(|(status, body)| Happening::Answers(status, body)),
        2 => Just(Happening::NoAnswer),
        4 => timer.prop_map(Happening::Waits),
        4 => action.prop_map(Happening::Presses),
        1 => friend.prop_map(Happening::Friend),
        1 => Just(Happening::Online),
        1 => Just(Happening::Resumed),
        1 => Just(Happening::Reopens),
        1 => (any::<u8>(), any::<bool>()).prop_map(|(turn, good)| Happening::Straggler(turn, good)),
    ]
}

fn happen(page: &mut Page, happening: &Happening, device: &'static str) {
    match *happening {
        Happening::LiffResolves { logged_in } => {
            page.facts.logged_in = logged_in;
            page.tell(Event::LiffSettled(page.turn(), Ok(()), page.facts));
        }
        Happening::LiffRejects(code, message) => {
            page.liff_rejects((!code.is_empty()).then_some(code), message);
        }
        Happening::Prepares { token, online } => {
            page.online = online;
            page.tokens = match token {
                Some(true) if page.facts.in_client => {
                    Tokens { fresh: IdToken::new("fresh", Some(4600.0)), stored: None }
                }
                Some(true) => Tokens { fresh: None, stored: IdToken::new("fresh", Some(4600.0)) },
                Some(false) => Tokens { fresh: None, stored: IdToken::new("old", Some(1.0)) },
                None => Tokens::default(),
            };
            page.prepare();
        }
        Happening::Answers(status, body) => {
            let reply = page.reply(status, body);
            page.tell(Event::Answered(page.turn(), Some(reply)));
        }
        Happening::NoAnswer => {
            page.tell(Event::Answered(page.turn(), None));
        }
        Happening::Waits(timer) => {
            page.tell(Event::Elapsed(page.turn(), timer));
        }
        Happening::Presses(action) => {
            page.tell(Event::Pressed(action));
        }
        Happening::Friend(friend) => {
            page.learns_friendship(friend);
        }
        Happening::Online => {
            page.tell(Event::Online);
        }
        Happening::Resumed => {
            page.tell(Event::Resumed);
        }
        Happening::Reopens => {
            page.state = liff_bind::core::State::default();
            page.orders.clear();
            page.open(device);
        }
        Happening::Straggler(turn, good) => {
            let old = page.orders.get(usize::from(turn) % page.orders.len().max(1)).map(|(turn, _)| *turn);
            let old = old.filter(|old| *old != page.turn());
            let reply = good.then(|| page.reply(201, SUCCESS));
            if let Some(old) = old {
                let before = page.state;
                page.tell(Event::Answered(old, reply));
                assert_eq!(page.state, before, "an answer to an older turn counts for nothing");
            }
        }
    }
}

/// Whether a person who does nothing wrong gets on from here: by pressing the first thing offered, by a link, or by
/// waiting for what is under way.
fn has_a_way_on(page: &Page) -> bool {
    let screen = page.screen();
    let waits = |effect: &Effect| {
        matches!(
            effect,
            Effect::InitLiff(_)
                | Effect::Prepare
                | Effect::Post { .. }
                | Effect::Sleep(Timer::Pause | Timer::Deadline, _)
        )
    };
    !screen.buttons.is_empty() || page.was_ordered(waits)
}

fn is_bound(page: &Page) -> bool {
    matches!(page.screen().kind, Kind::Bound { .. })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4_000, ..ProptestConfig::default() })]

    #[test]
    fn nothing_breaks_the_rules(
        device in prop::sample::select(vec![IPHONE, PIXEL, PC]),
        happenings in prop::collection::vec(happening(), 1..60),
    ) {
        let mut page = if device == IPHONE { Page::new() } else { Page::outside_line() };
        page.open(device);
        let (mut automatic, mut lost) = (0, false);
        for happening in &happenings {
            let (posts, sign_ins, bound) = (page.posts.len(), page.sign_ins, is_bound(&page));
            let was_posting = page.was_ordered(|effect| matches!(effect, Effect::Post { .. }));
            let turn: Turn = page.turn();
            happen(&mut page, happening, device);

            // What may have bound is never called "not bound".
            if was_posting {
                lost = match happening {
                    Happening::NoAnswer | Happening::Reopens | Happening::Answers(0, _) => true,
                    Happening::Answers(200 | 201, body) => !body.contains("bindingId"),
                    Happening::Answers(428, _) | Happening::Answers(409, "{\"errorCode\":\"BIND_TOKEN_USED\"}") => false,
                    _ => lost,
                };
            }
            let failure = page.screen().failure();
            prop_assert!(!lost || failure.is_none_or(|failure| failure == Failure::Unsure), "{happenings:?}");
            // Never two binds in flight: a POST leaves only in a turn of its own.
            prop_assert!(page.posts.len() <= posts + 1);
            if page.posts.len() > posts {
                prop_assert!(page.turn() != turn || !was_posting);
            }
            // Never success without a 2xx and a binding ID.
            if is_bound(&page) && !bound {
                let good = matches!(happening, Happening::Answers(200 | 201, body) if body.contains("bindingId"));
                prop_assert!(good && was_posting, "{happening:?}");
            }
            // Success stays, unless the page is opened anew.
            if bound && !matches!(happening, Happening::Reopens) {
                prop_assert!(is_bound(&page), "{happening:?}");
            }
            // At most one automatic sign-in for one bind; `kept` is forgotten only by a final answer.
            if page.sign_ins > sign_ins && !matches!(happening, Happening::Presses(Action::Login)) {
                automatic += 1;
                prop_assert!(automatic <= 1, "{happenings:?}");
            }
            if page.kept.is_none() {
                automatic = 0;
            }
            // No dead end, ever.
            prop_assert!(has_a_way_on(&page), "{:?} after {happening:?}", page.state);
            // The token is nowhere but in the order that sends it.
            let state = format!("{:?}", page.state);
            prop_assert!(!state.contains("fresh\"") && !state.contains("\"old\""), "{state}");
        }
    }

    #[test]
    fn the_address_is_read_whatever_it_is(href in "\\PC*", query in "([a-z.A-Z]{0,8}(=(%[0-9a-fA-F]{2}|[ -~]){0,8})?&){0,8}") {
        for href in [href.clone(), format!("{HREF}&{query}#{href}"), format!("https://h/?{query}")] {
            let mut page = Page::new();
            let href: &'static str = href.leak();
            page.facts.href = href;
            page.tell(Event::Opened(liff_bind::core::Opening { href, ..crate::model::opening(IPHONE) }));
            page.liff_resolves();
            prop_assert!(has_a_way_on(&page));
        }
    }
}
