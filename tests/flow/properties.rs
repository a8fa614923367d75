//! Rules that hold whatever happens, in whatever order.

use crate::{
    link::{Others, Place, parameter, second_load},
    model::{self, HREF, IPHONE, PC, PIXEL, Page, opening_at},
};
use liff_bind::core::{
    Action, Effect, Event, Friend, Handover, IdToken, Kind, LineAccount, Opening, Patience, Screen, Timer, Tokens, Turn,
};
use proptest::{collection::vec, prelude::*, sample::select, test_runner::FileFailurePersistence};

/// Something that happens, chosen at random.
#[derive(Clone, Copy, Debug)]
enum Happening {
    LiffResolves {
        logged_in: bool,
    },
    LiffRejects(&'static str, &'static str),
    /// Outside LINE, the token is this person's.
    Prepares {
        token: Option<bool>,
        who: &'static str,
        online: bool,
        reachable: bool,
    },
    Answers(u16, &'static str),
    NoAnswer,
    Waits(Timer),
    LosesPatience(Patience),
    Presses(Action),
    Friend(Friend),
    Online,
    Hidden,
    Resumed,
    /// The page is back from the back-forward cache.
    Restored,
    /// The person has signed in to LINE, if the page has gone there.
    ComesBack,
    /// The page is killed and opened again in the same tab.
    Reopens,
    /// A late answer to an effect that is long over.
    Straggler(usize, bool),
}

const SUCCESS: &str = r#"{"content":{"bindingId":"b_1","status":"bound"}}"#;

const ANSWERS: [(u16, &str); 15] = [
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
    (504, "<html>"),
    (0, ""),
];

const ERRORS: [(&str, &str); 6] = [
    ("", "Failed to fetch"),
    ("INIT_FAILED", "access_denied: no"),
    ("INIT_FAILED", "Invalid LIFF ID"),
    ("INVALID_ID_TOKEN", ""),
    ("invalid_request", ""),
    ("500", ""),
];

/// Everything that can happen, each as often as it is worth trying. All are in one table, because a strategy for each
/// kind takes proptest as long as everything else together.
fn happening() -> impl Strategy<Value = Happening> {
    let mut table = Vec::new();
    let mut add = |times: usize, happening| table.extend([happening].repeat(times));
    for action in Action::ALL {
        add(if *action == Action::Retry { 6 } else { 2 }, Happening::Presses(*action));
    }
    for (status, body) in ANSWERS {
        add(2, Happening::Answers(status, body));
    }
    for (code, message) in ERRORS {
        add(1, Happening::LiffRejects(code, message));
    }
    for timer in [Timer::Deadline, Timer::Pause] {
        add(8, Happening::Waits(timer));
    }
    for patience in [Patience::Told, Patience::Offered, Patience::Over] {
        add(2, Happening::LosesPatience(patience));
    }
    for friend in [Friend::Yes, Friend::No, Friend::Unknown] {
        add(1, Happening::Friend(friend));
    }
    for logged_in in [true, false] {
        add(7, Happening::LiffResolves { logged_in });
    }
    for (token, who) in
        [(Some(true), "Mei"), (Some(true), "Dad"), (Some(false), "Mei"), (Some(false), "Dad"), (None, "Mei")]
    {
        add(6, Happening::Prepares { token, who, online: true, reachable: true });
        add(1, Happening::Prepares { token, who, online: false, reachable: true });
        add(1, Happening::Prepares { token, who, online: false, reachable: false });
    }
    for happening in
        [Happening::Online, Happening::Resumed, Happening::Restored, Happening::ComesBack, Happening::Reopens]
    {
        add(4, happening);
    }
    add(1, Happening::Hidden);
    for order in 0..4 {
        add(1, Happening::Straggler(order, true));
        add(1, Happening::Straggler(order, false));
    }
    add(8, Happening::NoAnswer);
    select(table)
}

fn happen(page: &mut Page, happening: &Happening) {
    match *happening {
        Happening::LiffResolves { logged_in } => {
            page.facts.logged_in = logged_in;
            let inits = page.was_ordered(|effect| matches!(effect, Effect::InitLiff(_)));
            match second_load(&page.address).filter(|_| inits) {
                Some(url) => page.goes_to(&url, Handover::default()),
                None => page.tell(Event::LiffSettled(page.turn(), Ok(()), page.facts.clone())),
            };
        }
        Happening::LiffRejects(code, message) => {
            let rejection = page.rejection((!code.is_empty()).then_some(code), message);
            page.tell(rejection);
        }
        Happening::Prepares { token, who, online, reachable } => {
            (page.online, page.reachable) = (online, reachable);
            page.tokens = match token {
                Some(true) if page.facts.in_client => Tokens { fresh: model::token("fresh"), stored: None },
                Some(true) => Tokens { fresh: None, stored: model::token_of(who, Some(who)) },
                Some(false) => {
                    let old = IdToken::new("old".into(), Some(1.0));
                    Tokens { fresh: None, stored: old.map(|old| old.of(LineAccount::new(Some(who), Some(who)))) }
                }
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
        Happening::LosesPatience(patience) => {
            page.loses_patience(patience);
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
        Happening::Hidden => {
            page.tell(Event::Hidden);
        }
        Happening::Resumed => {
            page.tell(Event::Resumed);
        }
        Happening::Restored => {
            page.restores();
        }
        Happening::ComesBack => {
            page.comes_back();
        }
        Happening::Reopens => {
            page.reopens();
        }
        Happening::Straggler(turn, good) => {
            let old = page.orders.get(turn % page.orders.len().max(1)).map(|(turn, _)| *turn);
            let old = old.filter(|old| *old != page.turn());
            let reply = good.then(|| page.reply(201, SUCCESS));
            if let Some(old) = old {
                let before = page.state.clone();
                page.tell(Event::Answered(old, reply));
                assert_eq!(page.state, before, "an answer to an older turn counts for nothing");
            }
        }
    }
}

/// Whose LINE account may be bound outside LINE: what the person at the screen has said.
#[derive(Default)]
struct Owner {
    /// The account that they have called theirs, or that came with the sign-in they wanted.
    theirs: Option<String>,
    declined: Option<String>,
    /// Whether they, and not the page, have begun the last sign-in; and whether LINE has just led back from it.
    wanted: bool,
    returned: bool,
}

impl Owner {
    fn before(&mut self, page: &Page, happening: &Happening) {
        let prepares = page.was_ordered(|effect| matches!(effect, Effect::Prepare));
        let inits = page.was_ordered(|effect| matches!(effect, Effect::InitLiff(_)));
        match (happening, page.screen().kind) {
            (Happening::Presses(Action::Confirm), Kind::Account { name }) => {
                (self.theirs, self.declined) = (name, None);
            }
            (Happening::Presses(Action::OtherAccount), Kind::Account { name }) => {
                (self.theirs, self.declined) = (None, name);
            }
            (Happening::ComesBack, _) if page.way_back().is_some() => self.returned = self.wanted,
            (Happening::LiffResolves { logged_in: false }, _) if inits => self.returned = false,
            (Happening::Prepares { token, who, .. }, _) if prepares && self.returned => {
                self.returned = false;
                if token.is_some() && self.declined.as_deref() != Some(who) {
                    self.theirs = Some((*who).to_owned());
                }
            }
            _ => {}
        }
    }

    fn after(&mut self, happening: &Happening) {
        self.wanted = matches!(happening, Happening::Presses(Action::Login | Action::OtherAccount));
    }

    fn may_be_bound(&self, account: &LineAccount) -> bool {
        self.theirs.is_some() && self.theirs == account.name
    }
}

/// Whether a person who does nothing wrong can continue from here: by pressing the first button, by a link, or by
/// waiting for something under way.
fn has_a_way_on(page: &Page, screen: &Screen) -> bool {
    let waits = |effect: &Effect| {
        matches!(
            effect,
            Effect::InitLiff(_)
                | Effect::Prepare
                | Effect::Post { .. }
                | Effect::Sleep(Timer::Pause | Timer::Deadline, _)
        )
    };
    !screen.buttons.is_empty() || page.hidden || page.was_ordered(waits) || page.will_lose_patience()
}

/// `PROPTEST_CASES` asks for more, as `check.sh --all` does. A failing course is kept, and runs first from then on.
fn config() -> ProptestConfig {
    ProptestConfig {
        cases: 4_000,
        failure_persistence: Some(Box::new(FileFailurePersistence::Direct("tests/flow/regressions.txt"))),
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn nothing_breaks_the_rules(
        device in select([IPHONE, PIXEL, PC].as_slice()),
        happenings in vec(happening(), 1..60),
    ) {
        let mut page = if device == IPHONE { Page::new() } else { Page::outside_line() };
        page.open(device);
        let (mut automatic, mut lost, mut bound, mut owner) = (0, false, false, Owner::default());
        for happening in &happenings {
            let (posts, sign_ins, was_bound) = (page.posts.len(), page.sign_ins, bound);
            let was_posting = page.was_ordered(|effect| matches!(effect, Effect::Post { .. }));
            let turn: Turn = page.turn();
            owner.before(&page, happening);
            happen(&mut page, happening);
            if page.sign_ins > sign_ins {
                owner.after(happening);
            }
            let screen = page.screen();
            bound = matches!(screen.kind, Kind::Bound { .. });

            // A bind that may have happened is never called "not bound".
            if was_posting {
                lost = match happening {
                    Happening::NoAnswer | Happening::Reopens | Happening::Answers(0 | 500 | 504, _) => true,
                    Happening::Answers(200 | 201, body) => !body.contains("bindingId"),
                    Happening::Answers(428, _) | Happening::Answers(409, "{\"errorCode\":\"BIND_TOKEN_USED\"}") => false,
                    _ => lost,
                };
            }
            let denies = match &screen.kind {
                Kind::Cancelled | Kind::OpenInLine { .. } => true,
                _ => screen.failure().is_some_and(|failure| !failure.may_be_bound()),
            };
            prop_assert!(!(lost && denies), "{happenings:?}");
            // Outside LINE nothing is posted but for the account that the person has said is theirs.
            let sent = page.posts.get(posts..).unwrap_or_default();
            let theirs = device == IPHONE || sent.iter().all(|post| owner.may_be_bound(post.id_token.owner()));
            prop_assert!(theirs, "{happenings:?}");
            // Never two binds in flight: a POST leaves only in a turn of its own.
            prop_assert!(page.posts.len() <= posts + 1);
            if page.posts.len() > posts {
                prop_assert!(page.turn() != turn || !was_posting);
            }
            // Never success without a 2xx and a binding ID.
            if bound && !was_bound {
                let good = matches!(happening, Happening::Answers(200 | 201, body) if body.contains("bindingId"));
                prop_assert!(good && was_posting, "{happening:?}");
            }
            // Success stays, unless the page is opened again.
            if was_bound && !matches!(happening, Happening::Reopens) {
                prop_assert!(bound, "{happening:?}");
            }
            // At most one automatic sign-in for one bind; `kept` is forgotten only by a final answer.
            if page.sign_ins > sign_ins && !matches!(happening, Happening::Presses(Action::Login | Action::OtherAccount)) {
                automatic += 1;
                prop_assert!(automatic <= 1, "{happenings:?}");
            }
            if page.kept.is_none() {
                automatic = 0;
            }
            // There is never a dead end.
            prop_assert!(has_a_way_on(&page, &screen), "{:?} after {happening:?}", page.state);
            // A visit is reported once, as soon as it has ended.
            let open = matches!(screen.kind, Kind::Working(_) | Kind::Confirm(_) | Kind::Account { .. });
            prop_assert!(page.told.len() <= 1 && (open || !page.told.is_empty()), "{:?} after {happening:?}", page.told);
        }
        // It is also reported if the page is left before that, unless LINE has the page next.
        let goes_on = page.way_back().is_some() || page.is_about_to_load_again();
        page.tell(Event::Left).tell(Event::Left);
        prop_assert!(page.told.len() == 1 || goes_on, "{:?} in {:?}", page.told, page.state);
        prop_assert!(page.told.iter().all(|visit| visit.len() < 200 && !visit.contains("T1")), "{:?}", page.told);
        // The token is only in the effect that sends it.
        let state = format!("{:?}", page.state);
        prop_assert!(!state.contains("fresh\"") && !state.contains("\"old\""), "{state}");
    }

    #[test]
    fn the_address_is_read_whatever_it_is(href in "\\PC*", query in "([a-z.A-Z]{0,8}(=(%[0-9a-fA-F]{2}|[ -~]){0,8})?&){0,8}") {
        for href in [href.clone(), format!("{HREF}&{query}#{href}"), format!("https://h/?{query}")] {
            let mut page = Page::new();
            page.open_with(opening_at(&href, IPHONE)).liff_resolves();
            prop_assert!(has_a_way_on(&page, &page.screen()));
        }
    }
    /// A link into which others have written leads to the same course as the bare link, and in the end their parameters
    /// are in the address as they were.
    #[test]
    fn others_in_the_link_decide_nothing(
        device in select([IPHONE, PIXEL, PC].as_slice()),
        shortcuts: bool,
        place in select(Place::ALL.as_slice()),
        parameters in vec(parameter(), 1..5),
        happenings in vec(happening(), 1..20),
    ) {
        let parameters: Vec<_> = parameters.iter().flat_map(|text| text.split('&')).filter(|own| place.takes(own)).collect();
        let text = parameters.join("&");
        let others = Others::new(&text);
        let tokens = device == IPHONE;
        let open = |href: &str| {
            let mut page = if tokens { Page::new() } else { Page::outside_line() };
            let handover = Handover { access_token: tokens, id_token: tokens };
            page.open_with(Opening { handover, shortcuts, ..opening_at(href, device) });
            page
        };
        let (mut bare, mut page) = (open(&place.link("")), open(&place.link(&text)));
        prop_assert_eq!(others.outcome(&page), others.outcome(&bare));
        for happening in &happenings {
            happen(&mut bare, happening);
            happen(&mut page, happening);
            prop_assert_eq!(others.outcome(&page), others.outcome(&bare), "{:?} at {}", happening, page.address);
            prop_assert_eq!(&page.posts, &bare.posts);
            // They are set aside while LINE's SDK has the address, and during a sign-in until the page has dealt with
            // it.
            let set_aside = matches!(page.screen().kind, Kind::Working(_))
                || page.was_ordered(|effect| matches!(effect, Effect::InitLiff(_) | Effect::Sleep(Timer::Pause, _)))
                || page.address.contains("&liffClientId=");
            prop_assert!(set_aside || others.are_in(&page.address), "{} after {happening:?}", page.address);
        }
    }
}
