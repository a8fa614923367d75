//! Every state that the machine can reach, and the way on from each.
//!
//! The walk starts where the page is opened, and at every state takes everything that can happen there: each answer to
//! each effect under way, each button, and the phone's own events. States that differ only in the numbers of their
//! turns count as one.

use std::collections::{HashSet, VecDeque};

use crate::{
    model::{HREF, IPHONE, PC, PIXEL, UNLINK, key, opening_at, token},
    sdk,
};
use liff_bind::core::{
    Action, Effect, Event, Friend, HttpHead, IdToken, Json, Kind, LiffErrorReport, LiffFacts, Opening, Pending,
    Purpose, RetryAfter, State, Target, Timer, Tokens, Turn, read_reply,
};
use serde_json::{Value, json};

/// The page, its effects, the phone's storage, and whether the purpose is fulfilled: the bind, or the unlinking.
#[derive(Clone)]
struct Node {
    state: State,
    /// Effects that can still be answered, with the turn they belong to.
    orders: Vec<(Turn, Effect)>,
    /// The address bar.
    address: String,
    kept: Option<Pending>,
    done: bool,
    device: Device,
}

/// The place where the page is opened.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Device {
    user_agent: &'static str,
    in_line: bool,
}

/// Something that can happen at a node.
enum Move {
    Tell(Box<Event>),
    /// The page goes, and a new one is opened at this URL.
    Open(String),
}

const ONLINE: bool = true;

impl From<Event> for Move {
    fn from(event: Event) -> Self {
        Self::Tell(Box::new(event))
    }
}

/// The URL to which LINE's sign-in returns after a person has signed in, and below it after they have refused.
fn signed_in(way_back: &str) -> String {
    [way_back, "&liffClientId=1&code=c"].concat()
}

fn refused(way_back: &str) -> String {
    [way_back, "&liffOAuth2Error=x&error=access_denied"].concat()
}

/// A node's name without parts that only the visit beacon uses and that decide nothing: the last error's code, the
/// stage, whether the beacon was sent.
fn without_what_is_told(name: &str) -> String {
    let cut = |name: &str, from: &str, to: &str| match name.split_once(from) {
        Some((before, rest)) => [before, rest.split_once(to).map_or("", |(_, behind)| behind)].concat(),
        None => name.to_owned(),
    };
    cut(&cut(name, " code: ", " shop: "), " stage: ", "}")
}

/// A record as the store gives it back.
fn as_kept(pending: Option<&Pending>) -> Json {
    pending.map(|pending| Json::parse(&pending.to_json())).unwrap_or_default()
}

impl Node {
    fn open(device: Device, href: &str, kept: Option<Pending>, done: bool) -> Self {
        let opening = opening_at(href, device.user_agent);
        let opening = Opening { kept: as_kept(kept.as_ref()), ..opening };
        let node = Self { state: State::default(), orders: Vec::new(), address: href.into(), kept, done, device };
        node.told(Event::Opened(opening))
    }

    fn told(mut self, event: Event) -> Self {
        let ended = match event {
            Event::Elapsed(turn, timer) => Some((turn, timer)),
            _ => None,
        };
        let has_probed = matches!(event, Event::Probed(..));
        let before = self.state.turn();
        let (state, effects) = self.state.update(event);
        let turn = state.turn();
        let is_patience = |effect: &Effect| matches!(effect, Effect::Sleep(Timer::Patience(..), _));
        let anew = effects.iter().any(is_patience);
        // The answered effect is done, effects of an older turn no longer count, and a new wait ends the old one.
        self.orders.retain(|(of, effect)| {
            let answered = match effect {
                Effect::Sleep(timer, _) => ended == Some((*of, *timer)),
                Effect::Probe => has_probed,
                _ => false,
            };
            !answered && if is_patience(effect) { !anew } else { *of == turn && turn == before }
        });
        self.state = state;
        for effect in effects {
            match effect {
                Effect::Keep(pending) => self.kept = pending,
                Effect::ShowUrl(url, _) => self.address = url,
                Effect::ForgetStoredToken | Effect::Count(_) | Effect::Close => {}
                // If the file can't be fetched, it is as if LINE's sign-in took too long.
                Effect::ReadyLater => self = self.told(Event::LaterReady(turn, true)),
                effect => {
                    let order = (turn, effect);
                    // The same effect twice gets the same answer.
                    if !self.orders.contains(&order) {
                        self.orders.push(order);
                    }
                }
            }
        }
        self
    }

    fn taken(&self, step: Move) -> Self {
        match step {
            Move::Tell(event) => self.clone().told(*event),
            Move::Open(href) => {
                // A request under way when the page goes may have bound, or may not; the walk assumes that it has.
                Self::open(self.device, &href, self.kept.clone(), self.done || self.acts())
            }
        }
    }

    /// The part by which this node differs from others.
    fn name(&self) -> String {
        let orders: Vec<_> = self.orders.iter().map(|(_, effect)| effect).collect();
        let whole = format!("{:?}{orders:?}{}{:?}{}", self.state, self.address, self.kept, self.done);
        let mut name = String::with_capacity(whole.len());
        let mut rest = whole.as_str();
        while let Some((before, after)) = rest.split_once("Turn(") {
            name.push_str(before);
            rest = after.split_once(')').map_or("", |(_, rest)| rest);
        }
        name.push_str(rest);
        // There is one account alone.
        let sender = format!("sender: {:?}", self.good_tokens().stored.map(|token| token.owner().clone()));
        without_what_is_told(&name.replace(&sender, "sender: None"))
    }

    fn facts(&self, logged_in: bool, online: bool) -> LiffFacts {
        LiffFacts { in_client: self.device.in_line, logged_in, online, ..LiffFacts::default() }
    }

    fn reply(&self, status: u16, retry_after: Option<f64>, clock_error: f64, body: Value) -> Event {
        let retry_after = retry_after.map(RetryAfter::Seconds);
        let head = HttpHead { status, retry_after, date: Some(1e12), now: 1e12 + clock_error };
        Event::Answered(self.state.turn(), Some(read_reply(self.purpose(), &head, &Json::from(body))))
    }

    fn prepared(&self, tokens: Tokens, online: bool) -> Event {
        Event::Prepared { turn: self.state.turn(), tokens, now: 1_000_000.0, online, spare_key: key(2) }
    }

    /// A token as LINE gives it in the place where the page is open.
    fn good_tokens(&self) -> Tokens {
        let token = token("good");
        if self.device.in_line { Tokens { fresh: token, stored: None } } else { Tokens { fresh: None, stored: token } }
    }

    /// The link that leads here.
    fn link(&self) -> &'static str {
        match self.purpose() {
            Purpose::Bind => HREF,
            Purpose::Unlink => UNLINK,
        }
    }

    fn purpose(&self) -> Purpose {
        self.state.screen().purpose
    }

    fn success(&self) -> Event {
        if self.purpose() == Purpose::Unlink {
            let status = if self.done { "notLinked" } else { "unlinked" };
            return self.reply(200, None, 0.0, json!({ "content": { "status": status } }));
        }
        let status = if self.done { "alreadyBound" } else { "bound" };
        self.reply(201, None, 0.0, json!({ "content": { "bindingId": "b_1", "status": status } }))
    }

    /// Bound without a message, or unlinked without LINE.
    fn success_in_part(&self) -> Event {
        if self.purpose() == Purpose::Unlink {
            let content = json!({ "status": "unlinked", "deauthorized": false });
            return self.reply(200, None, 0.0, json!({ "content": content }));
        }
        let content = json!({ "bindingId": "b_1", "message": "failed", "shop": { "oaBasicId": "@gooddays" } });
        self.reply(201, None, 0.0, json!({ "content": content }))
    }

    /// LINE's sign-in has returned here with an error; as long as it is in the address, the SDK rejects.
    fn is_refused(&self) -> bool {
        sdk::parameters(&self.address).unwrap_or_default().iter().any(|(name, _)| name == "liffOAuth2Error")
    }

    fn refusal(&self) -> Event {
        let (name, code, message) = ("Error".into(), Some("INIT_FAILED".into()), "access_denied: no".into());
        let error = LiffErrorReport { name, code, message };
        Event::LiffSettled(self.state.turn(), Err(error), self.facts(false, ONLINE))
    }

    fn init_answers(&self) -> Vec<Event> {
        let turn = self.state.turn();
        let settled = |outcome, facts| Event::LiffSettled(turn, outcome, facts);
        let error = |name: &str, code: Option<&str>, message: &str| {
            Err(LiffErrorReport { name: name.into(), code: code.map(str::to_owned), message: message.into() })
        };
        let mut answers = vec![
            settled(Ok(()), self.facts(true, ONLINE)),
            settled(error("TypeError", None, "Load failed"), self.facts(false, ONLINE)),
            settled(error("TypeError", None, "Load failed"), self.facts(false, !ONLINE)),
            settled(error("URIError", None, "URI malformed"), self.facts(false, ONLINE)),
            settled(error("Error", Some("INIT_FAILED"), "Invalid LIFF ID"), self.facts(true, ONLINE)),
        ];
        for code in ["INVALID_ID_TOKEN", "invalid_request", "invalid_grant", "404", "500", "SOMETHING_NEW"] {
            answers.push(settled(error("Error", Some(code), ""), self.facts(true, ONLINE)));
        }
        if !self.device.in_line {
            answers.push(settled(Ok(()), self.facts(false, ONLINE)));
        }
        if self.is_refused() {
            answers.push(self.refusal());
        }
        answers
    }

    /// Whether the request under way can fulfil the purpose: to unlink, one without consent only asks.
    fn acts(&self) -> bool {
        self.has_order(|effect| match effect {
            Effect::Post { request, .. } => request.purpose == Purpose::Bind || request.consent.is_some(),
            _ => false,
        })
    }

    fn asks(&self) -> Event {
        let asks = json!({ "errorCode": "CONSENT_REQUIRED", "consent": { "version": "1" } });
        self.reply(428, None, 0.0, asks)
    }

    /// Answers of a server that binds and unlinks each visitor once: it never finally refuses what is already done.
    fn bind_answers(&self) -> Vec<(Event, bool)> {
        let say = |status, code: &str| self.reply(status, None, 0.0, json!({ "errorCode": code }));
        let may_be_done = self.done || self.acts();
        let mut answers = vec![
            (say(401, "ID_TOKEN_EXPIRED"), self.done),
            (self.reply(401, None, 301_000.0, json!({ "errorCode": "ID_TOKEN_EXPIRED" })), self.done),
            (say(401, "ID_TOKEN_INVALID"), self.done),
            (say(429, "RATE_LIMITED"), self.done),
            (self.reply(429, Some(25.0), 0.0, Value::Null), self.done),
            (self.reply(429, Some(31.0), 0.0, Value::Null), self.done),
            (say(409, "IDEMPOTENCY_IN_PROGRESS"), may_be_done),
            (say(503, "LINE_UNAVAILABLE"), self.done),
            (say(500, "INTERNAL_ERROR"), self.done),
            (self.reply(502, None, 0.0, Value::Null), may_be_done),
            (self.reply(502, None, 0.0, Value::Null), self.done),
            (say(403, ""), self.done),
            (self.reply(200, None, 0.0, Value::Null), may_be_done),
            (Event::Answered(self.state.turn(), None), may_be_done),
            (Event::Answered(self.state.turn(), None), self.done),
        ];
        if may_be_done {
            answers.extend([(self.success(), true), (self.success_in_part(), true)]);
        }
        if !self.done {
            answers.push((self.asks(), false));
            answers.push((say(409, "BIND_TOKEN_USED"), false));
            answers.push((say(404, "LIFF_ID_UNKNOWN"), false));
            answers.push((say(422, "IDEMPOTENCY_KEY_REUSED"), false));
        }
        answers
    }

    /// Everything that can happen here, and whether the purpose is then fulfilled.
    fn moves(&self) -> Vec<(Move, bool)> {
        let turn = self.state.turn();
        let own = [Event::Online, Event::Resumed, Event::Restored(as_kept(self.kept.as_ref()))];
        let mut moves = Vec::from(own.map(|event| (Move::from(event), self.done)));
        let mut opened_at = vec![self.link().to_owned(), self.address.clone()];
        if !self.device.in_line {
            opened_at.extend([signed_in(self.link()), refused(self.link())]);
        }
        let mut timers = Vec::new();
        for (of, effect) in &self.orders {
            let mut tell = |event| moves.push((Move::from(event), self.done));
            match effect {
                Effect::InitLiff(_) => self.init_answers().into_iter().for_each(tell),
                Effect::Prepare => {
                    let stale = Tokens { fresh: None, stored: IdToken::new("old".into(), Some(1.0)) };
                    for tokens in [self.good_tokens(), stale, Tokens::default()] {
                        tell(self.prepared(tokens, ONLINE));
                    }
                    tell(self.prepared(self.good_tokens(), !ONLINE));
                }
                Effect::Post { .. } => {
                    moves.extend(self.bind_answers().into_iter().map(|(event, done)| (event.into(), done)));
                }
                Effect::ReadFriendship => {
                    for friend in [Friend::Yes, Friend::No, Friend::Unknown] {
                        tell(Event::FriendshipRead(turn, friend));
                    }
                }
                Effect::Probe => [true, false].into_iter().for_each(|reachable| tell(Event::Probed(turn, reachable))),
                Effect::DrawQr(..) => {
                    for src in [Some("data:,".into()), None] {
                        tell(Event::QrDrawn(turn, src));
                    }
                }
                Effect::Copy(_) => tell(Event::Copied(turn)),
                Effect::SignIn(url) => opened_at.extend([url.clone(), signed_in(url), refused(url)]),
                Effect::Sleep(timer, delay) => timers.push((delay.millis, *of, *timer)),
                // A reload, of the same address, as by hand.
                Effect::Reload
                | Effect::ForgetStoredToken
                | Effect::Keep(_)
                | Effect::ShowUrl(..)
                | Effect::ReadyLater
                | Effect::Count(_)
                | Effect::Close => {}
            }
        }
        moves.extend(opened_at.into_iter().map(|href| (Move::Open(href), self.done)));
        // The shortest of several waits of one kind ends first.
        let patience = |timer: &Timer| matches!(timer, Timer::Patience(..));
        // Outside LINE its stages would make ten times the states: `properties` tries them there.
        let first = timers.iter().filter(|(.., timer)| self.device.in_line && patience(timer));
        let first = first.min_by_key(|(millis, ..)| *millis);
        let others = timers.iter().filter(|(.., timer)| !patience(timer));
        let ends = first.into_iter().chain(others).map(|(_, of, timer)| Event::Elapsed(*of, *timer));
        moves.extend(ends.map(|event| (Move::from(event), self.done)));
        let pressed = self.state.screen().buttons.into_iter().filter(|button| button.target == Target::Press);
        moves.extend(pressed.map(|button| (Move::from(Event::Pressed(button.action)), self.done)));
        moves
    }

    /// Whether the screen is true, as far as it says anything about the result.
    fn is_true(&self) -> bool {
        match self.state.screen().kind {
            Kind::Bound { .. } | Kind::Unlinked(_) => self.done,
            Kind::Failed { failure, .. } => !self.done || failure.may_be_bound(),
            Kind::Cancelled | Kind::Confirm(_) | Kind::Unlink(_) | Kind::OpenInLine { .. } => !self.done,
            Kind::Working(_) | Kind::Account { .. } => true,
        }
    }

    /// Whether the text that a button copies is on the screen: without a permission, only a selected text can be copied.
    fn shows_what_it_copies(&self) -> bool {
        let screen = self.state.screen();
        let shows_code = matches!(screen.kind, Kind::Failed { code: Some(_), .. });
        let shows_link = matches!(screen.kind, Kind::OpenInLine { link: Some(_), .. });
        screen.has(Action::CopyLink) == shows_link && (!screen.has(Action::CopyCode) || shows_code)
    }

    fn has_order(&self, wanted: impl Fn(&Effect) -> bool) -> bool {
        self.orders.iter().any(|(_, effect)| wanted(effect))
    }

    /// The wait that ends first.
    fn next_timer(&self) -> Option<Event> {
        let timers = self.orders.iter().filter_map(|(of, effect)| match effect {
            Effect::Sleep(timer, delay) => Some((delay.millis, Event::Elapsed(*of, *timer))),
            _ => None,
        });
        Some(timers.min_by_key(|(millis, _)| *millis)?.1)
    }

    /// Nothing answers and nobody presses: only time passes, and a request ends at its deadline.
    fn left_alone(mut self) -> Result<(), String> {
        for _ in 0..40 {
            let screen = self.state.screen();
            if !screen.buttons.is_empty() {
                return Ok(());
            }
            if matches!(self.orders.as_slice(), [.., (_, Effect::Reload | Effect::SignIn(_))]) {
                return Ok(());
            }
            let posting = self.has_order(|effect| matches!(effect, Effect::Post { .. }));
            let event = if self.has_order(|effect| matches!(effect, Effect::Prepare)) {
                self.prepared(self.good_tokens(), ONLINE)
            } else if let Some(event) = self.next_timer() {
                event
            } else if posting {
                Event::Answered(self.state.turn(), None)
            } else {
                return Err("nothing is under way, and there is no button".into());
            };
            self = self.told(event);
        }
        Err("no button in forty steps".into())
    }

    /// Everything outside is well again, and a person uses the first button that a screen offers.
    fn in_good_hands(mut self) -> Result<(), String> {
        for _ in 0..40 {
            let screen = self.state.screen();
            let primary = screen.buttons.into_iter().next();
            self = match (screen.kind, primary.map(|button| (button.action, button.target))) {
                (Kind::Bound { .. } | Kind::Unlinked(_), _)
                // This link is for another phone.
                | (Kind::OpenInLine { qr: Some(_), .. }, Some((Action::CopyLink, _)))
                | (Kind::Failed { .. } | Kind::Cancelled, Some((Action::Close | Action::CopyCode, _))) => return Ok(()),
                // The LIFF URL: LINE opens the page anew.
                (_, Some((Action::OpenLine, Target::Link(_)))) => {
                    let device = Device { user_agent: IPHONE, in_line: true };
                    Self::open(device, self.link(), None, self.done)
                }
                (_, Some((action, _))) if !self.is_at_work() => self.told(Event::Pressed(action)),
                _ => self.answered_well()?,
            };
        }
        Err("no end in forty steps".into())
    }

    /// Whether an effect is under way that a healthy world answers.
    fn is_at_work(&self) -> bool {
        self.has_order(|effect| {
            matches!(
                effect,
                Effect::InitLiff(_)
                    | Effect::Prepare
                    | Effect::Probe
                    | Effect::Post { .. }
                    | Effect::Reload
                    | Effect::SignIn(_)
            )
        })
    }

    fn answered_well(self) -> Result<Self, String> {
        let turn = self.state.turn();
        let order = self.orders.iter().map(|(_, effect)| effect).find(|effect| {
            !matches!(
                effect,
                Effect::Sleep(Timer::Patience(..) | Timer::Deadline, _) | Effect::Copy(_) | Effect::DrawQr(..)
            )
        });
        Ok(match order.cloned() {
            Some(Effect::InitLiff(_)) => {
                let resolved = || Event::LiffSettled(turn, Ok(()), self.facts(true, ONLINE));
                let event = if self.is_refused() { self.refusal() } else { resolved() };
                self.told(event)
            }
            Some(Effect::Prepare) => {
                let event = self.prepared(self.good_tokens(), ONLINE);
                self.told(event)
            }
            Some(Effect::Probe) => self.told(Event::Probed(turn, true)),
            Some(Effect::Post { .. }) if self.done || self.acts() => {
                let event = self.success();
                Self { done: true, ..self }.told(event)
            }
            Some(Effect::Post { .. }) => {
                let event = self.asks();
                self.told(event)
            }
            Some(Effect::Sleep(timer, _)) => self.told(Event::Elapsed(turn, timer)),
            Some(Effect::SignIn(url)) => Self::open(self.device, &signed_in(&url), self.kept, self.done),
            Some(Effect::Reload) => Self::open(self.device, &self.address, self.kept, self.done),
            other => return Err(format!("nobody to answer {other:?}")),
        })
    }
}

#[test]
fn in_line_every_state_tells_the_truth_and_has_a_way_on() {
    walk(Device { user_agent: IPHONE, in_line: true });
}

#[test]
fn on_a_phone_every_state_tells_the_truth_and_has_a_way_on() {
    walk(Device { user_agent: PIXEL, in_line: false });
}

#[test]
fn on_a_computer_every_state_tells_the_truth_and_has_a_way_on() {
    walk(Device { user_agent: PC, in_line: false });
}

fn walk(device: Device) {
    for link in [HREF, UNLINK] {
        let start = Node::open(device, link, None, false);
        let mut seen = HashSet::from([start.name()]);
        let mut ahead = VecDeque::from([start]);
        while let Some(node) = ahead.pop_front() {
            assert!(node.is_true(), "an untrue screen: {:?}\n{:?}", node.state.screen(), node.state);
            assert!(node.shows_what_it_copies(), "{:?}", node.state.screen());
            for (way, end) in
                [("left alone", node.clone().left_alone()), ("in good hands", node.clone().in_good_hands())]
            {
                assert_eq!(end, Ok(()), "{way}: {:?}\n{:?}", node.state, node.orders);
            }
            for (step, done) in node.moves() {
                let next = Node { done: done || node.done, ..node.clone() }.taken(step);
                if seen.insert(next.name()) {
                    ahead.push_back(next);
                }
            }
        }
        // Outside LINE nothing is posted to unlink.
        let least = if link == HREF || device.in_line { 1_000 } else { 50 };
        assert!(seen.len() > least, "the walk from {link} got nowhere: {} states", seen.len());
    }
}
