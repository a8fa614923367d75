//! A phone, LINE and a bind API in one: carries out the core's effects, and records them.

use crate::sdk;
use liff_bind::core::{
    Action, BindRequest, Effect, Event, Fragment, Friend, Handover, HttpHead, IdToken, IdempotencyKey, Json,
    LiffErrorReport, LiffFacts, LineAccount, Opening, Patience, Reply, Screen, State, Timer, Tokens, Turn, read_reply,
};

pub const LIFF_ID: &str = "1656451635-z3yqZNO3";
pub const HREF: &str = "https://shop.example/liff-bind.html?liffId=1656451635-z3yqZNO3&bindToken=T1";
pub const UNLINK: &str = "https://shop.example/liff-bind.html?liffId=1656451635-z3yqZNO3&unlink=1";
pub const IPHONE: &str = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_4 like Mac OS X) Safari Line/26.4.0 LIFF";
pub const PIXEL: &str = "Mozilla/5.0 (Linux; Android 14; Pixel 8) Chrome/130 Mobile Safari/537.36";
pub const PC: &str = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/130 Safari/537.36";

/// The page, with control over everything outside it.
#[derive(Clone)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own about the phone")]
pub struct Page {
    pub state: State,
    /// Effects not yet answered, with the turn they belong to.
    pub orders: Vec<(Turn, Effect)>,
    /// The address bar, without the fragment, and below it the tokens that LINE has put there.
    pub address: String,
    pub handover: Handover,
    user_agent: String,
    shortcuts: bool,
    /// The record in `sessionStorage`.
    pub kept: Option<String>,
    /// How often the page went to LINE's sign-in.
    pub sign_ins: usize,
    /// All posts.
    pub posts: Vec<BindRequest>,
    /// The beacons of this page load.
    pub told: Vec<String>,
    pub facts: LiffFacts,
    pub tokens: Tokens,
    pub now: f64,
    pub online: bool,
    /// Whether the host can be reached, whatever the phone says.
    pub reachable: bool,
    /// Whether the part of LINE's SDK that can wait is there at once.
    pub has_later: bool,
    /// Whether another app is in front.
    pub hidden: bool,
    keys: u8,
}

/// A token of this name that expires an hour after the model's clock.
pub fn token(name: &str) -> Option<IdToken> {
    token_of(name, None)
}

/// The same, of an account with this name.
pub fn token_of(id: &str, name: Option<&str>) -> Option<IdToken> {
    Some(IdToken::new(id.into(), Some(4600.0))?.of(LineAccount::new(name, Some(id))))
}

/// A key for each number.
pub fn key(number: u8) -> IdempotencyKey {
    IdempotencyKey::from_random([number; 16])
}

/// An opening of the page at an address.
pub fn opening_at(href: &str, user_agent: &str) -> Opening {
    Opening {
        href: href.into(),
        href_length: href.len(),
        user_agent: user_agent.into(),
        touch: user_agent != PC,
        language: "en".into(),
        spare_key: key(0),
        ..Opening::default()
    }
}

pub fn opening(user_agent: &str) -> Opening {
    opening_at(HREF, user_agent)
}

impl Page {
    /// A page opened in LINE on an iPhone, with a fresh token, before anything else has happened.
    pub fn new() -> Self {
        Self {
            state: State::default(),
            orders: Vec::new(),
            address: String::new(),
            handover: Handover::default(),
            user_agent: String::new(),
            shortcuts: false,
            kept: None,
            sign_ins: 0,
            posts: Vec::new(),
            told: Vec::new(),
            facts: LiffFacts { in_client: true, logged_in: true, online: true, ..LiffFacts::default() },
            tokens: Tokens { fresh: token("fresh"), stored: None },
            now: 1_000_000.0,
            online: true,
            reachable: true,
            has_later: true,
            hidden: false,
            keys: 0,
        }
    }

    /// A page in a phone's browser, where nobody is signed in.
    pub fn outside_line() -> Self {
        let mut page = Self::new();
        page.facts.in_client = false;
        page.facts.logged_in = false;
        page.tokens = Tokens::default();
        page
    }

    /// A phone without a connection.
    pub fn offline() -> Self {
        Self { online: false, reachable: false, ..Self::new() }
    }

    /// A page in a phone's browser, signed in to LINE by an earlier visit.
    pub fn signed_in_outside_line() -> Self {
        let mut page = Self::outside_line();
        page.facts.logged_in = true;
        page.tokens.stored = token("stored");
        page
    }

    pub fn open(&mut self, user_agent: &str) -> &mut Self {
        self.open_with(opening(user_agent))
    }

    /// Opens the page in this tab, where storage may hold a record.
    pub fn open_with(&mut self, opening: Opening) -> &mut Self {
        self.address.clone_from(&opening.href);
        self.user_agent.clone_from(&opening.user_agent);
        (self.handover, self.shortcuts) = (opening.handover, opening.shortcuts);
        self.state = State::default();
        self.hidden = false;
        self.orders.clear();
        self.told.clear();
        let kept = self.kept.as_deref().map(Json::parse).unwrap_or_default();
        self.tell(Event::Opened(Opening { kept, ..opening }))
    }

    /// Loads this URL in the same tab.
    pub fn goes_to(&mut self, href: &str, handover: Handover) -> &mut Self {
        let opening = opening_at(href, &self.user_agent);
        self.open_with(Opening { handover, shortcuts: self.shortcuts, ..opening })
    }

    /// The page is back from the back-forward cache.
    pub fn restores(&mut self) -> &mut Self {
        let kept = self.kept.as_deref().map(Json::parse).unwrap_or_default();
        self.tell(Event::Restored(kept))
    }

    /// The page loads again, as it has ordered.
    pub fn loads_again(&mut self) -> &mut Self {
        assert!(self.was_ordered(|effect| *effect == Effect::Reload), "{:?}", self.orders);
        self.reopens()
    }

    /// The page is killed, or loaded again by hand.
    pub fn reopens(&mut self) -> &mut Self {
        let href = self.address.clone();
        self.goes_to(&href, self.handover)
    }

    /// The URL to which LINE's sign-in will return, if the page has just gone there.
    pub fn way_back(&self) -> Option<&str> {
        self.orders.iter().find_map(|(turn, effect)| match effect {
            Effect::SignIn(url) if *turn == self.turn() => Some(url.as_str()),
            _ => None,
        })
    }

    /// Whether the SDK loads the page once more by itself.
    pub fn is_about_to_load_again(&self) -> bool {
        self.address.contains("liff.state=")
    }

    /// LINE's sign-in has succeeded, and returns to the page.
    pub fn comes_back(&mut self) -> &mut Self {
        let Some(way_back) = self.way_back() else { return self };
        let href = [way_back, "&code=c&state=s&liffClientId=1656451635&liffRedirectUri=x"].concat();
        self.goes_to(&href, Handover::default())
    }

    pub fn tell(&mut self, event: Event) -> &mut Self {
        match event {
            Event::Hidden => self.hidden = true,
            Event::Resumed | Event::Restored(_) => self.hidden = false,
            _ => {}
        }
        let (state, effects) = std::mem::take(&mut self.state).update(event);
        self.state = state;
        for effect in effects {
            match effect {
                Effect::Keep(pending) => self.kept = pending.map(|pending| pending.to_json()),
                Effect::SignIn(url) => {
                    assert_eq!(sdk::objection(&url), None, "a way back to {url}");
                    self.sign_ins += 1;
                    self.orders.push((self.turn(), Effect::SignIn(url)));
                }
                Effect::ShowUrl(url, fragment) => {
                    if fragment == Fragment::Drop {
                        self.handover = Handover::default();
                    }
                    self.address.clone_from(&url);
                    self.orders.push((self.turn(), Effect::ShowUrl(url, fragment)));
                }
                Effect::InitLiff(id) => {
                    assert_eq!(sdk::objection(&self.address), None, "liff.init at {}", self.address);
                    self.orders.push((self.turn(), Effect::InitLiff(id)));
                }
                Effect::Post { request, deadline } => {
                    self.posts.push(request.clone());
                    self.orders.push((self.turn(), Effect::Post { request, deadline }));
                }
                Effect::Count(visit) => self.told.push(visit),
                Effect::ReadyLater if self.has_later => {
                    self.tell(Event::LaterReady(self.turn(), true));
                }
                other => self.orders.push((self.turn(), other)),
            }
        }
        self
    }

    /// The stages of the person's newest wait that have yet to come, and when they begin, in milliseconds.
    fn stages(&self) -> impl Iterator<Item = (Patience, u32)> {
        let stages = self.orders.iter().filter_map(|(_, effect)| match effect {
            Effect::Sleep(Timer::Patience(stage, wait), delay) => Some((*wait, (*stage, delay.millis))),
            _ => None,
        });
        let newest = stages.clone().next_back().map(|(wait, _)| wait);
        stages.filter(move |(wait, _)| Some(*wait) == newest).map(|(_, stage)| stage)
    }

    /// When the stages of the person's newest wait begin, in milliseconds.
    pub fn waits_of_the_person(&self) -> Vec<u32> {
        self.stages().map(|(_, millis)| millis).collect()
    }

    /// Whether the person's newest wait has yet to end.
    pub fn will_lose_patience(&self) -> bool {
        self.stages().any(|(stage, _)| stage == Patience::Over)
    }

    pub fn turn(&self) -> Turn {
        self.state.turn()
    }

    pub fn screen(&self) -> Screen {
        self.state.screen()
    }

    /// The actions that the screen offers, in their order.
    pub fn actions(&self) -> Vec<Action> {
        self.screen().buttons.iter().map(|button| button.action).collect()
    }

    /// The URL of `action`, if it is a link.
    pub fn link(&self, action: Action) -> Option<String> {
        let button = self.screen().buttons.into_iter().find(|button| button.action == action)?;
        button.target.url().map(str::to_owned)
    }

    /// `screen` or `failed/…`, as tests and support name it.
    pub fn shows(&self) -> String {
        let screen = self.screen();
        screen.failure().map_or_else(|| screen.name().to_owned(), |failure| format!("failed/{}", failure.name()))
    }

    pub fn was_ordered(&self, wanted: impl Fn(&Effect) -> bool) -> bool {
        self.orders.iter().any(|(turn, effect)| *turn == self.turn() && wanted(effect))
    }

    /// Whether the page's own address was shown in this turn, without a fragment.
    pub fn was_shown(&self, wanted: &str) -> bool {
        self.was_ordered(|effect| matches!(effect, Effect::ShowUrl(url, Fragment::Drop) if url == wanted))
    }

    /// `liff.init` resolves.
    pub fn liff_resolves(&mut self) -> &mut Self {
        self.tell(Event::LiffSettled(self.turn(), Ok(()), self.facts.clone())).prepare()
    }

    /// `liff.init` rejects.
    pub fn liff_rejects(&mut self, code: Option<&str>, message: &str) -> &mut Self {
        let rejection = self.rejection(code, message);
        self.tell(rejection).prepare()
    }

    pub fn rejection(&self, code: Option<&str>, message: &str) -> Event {
        let error = LiffErrorReport { name: "Error".into(), code: code.map(str::to_owned), message: message.into() };
        Event::LiffSettled(self.turn(), Err(error), self.facts.clone())
    }

    /// Answers an effect to prepare or to probe, if there is one.
    pub fn prepare(&mut self) -> &mut Self {
        if self.was_ordered(|effect| matches!(effect, Effect::Prepare)) {
            self.keys = self.keys.wrapping_add(1);
            let spare_key = key(self.keys);
            let (turn, tokens, now, online) = (self.turn(), self.tokens.clone(), self.now, self.online);
            self.tell(Event::Prepared { turn, tokens, now, online, spare_key });
        }
        if !self.was_ordered(|effect| matches!(effect, Effect::Probe)) {
            return self;
        }
        self.orders.retain(|(_, effect)| !matches!(effect, Effect::Probe));
        self.tell(Event::Probed(self.turn(), self.reachable)).prepare()
    }

    pub fn reply(&self, status: u16, body: &str) -> Reply {
        let head = HttpHead { status, date: Some(self.now), now: self.now, ..HttpHead::default() };
        read_reply(self.screen().purpose, &head, &Json::parse(body))
    }

    /// The bind API answers.
    pub fn answers(&mut self, status: u16, body: &str) -> &mut Self {
        let reply = self.reply(status, body);
        self.tell(Event::Answered(self.turn(), Some(reply))).prepare()
    }

    /// The bind API answers with an error code.
    pub fn refuses(&mut self, status: u16, code: &str) -> &mut Self {
        self.answers(status, &format!(r#"{{"errorCode":"{code}"}}"#))
    }

    pub fn gets_no_answer(&mut self) -> &mut Self {
        self.tell(Event::Answered(self.turn(), None)).prepare()
    }

    pub fn waits(&mut self, timer: Timer) -> &mut Self {
        self.tell(Event::Elapsed(self.turn(), timer)).prepare()
    }

    /// The person's wait comes to this stage.
    pub fn loses_patience(&mut self, patience: Patience) -> &mut Self {
        let ordered = |(turn, effect): &(Turn, Effect)| match effect {
            Effect::Sleep(Timer::Patience(own, wait), _) if *own == patience => Some((*turn, *wait)),
            _ => None,
        };
        let Some((turn, wait)) = self.orders.iter().rev().find_map(ordered) else { return self };
        // The stages before it are over, too.
        self.orders.retain(|(_, effect)| match effect {
            Effect::Sleep(Timer::Patience(stage, of), _) => *of != wait || *stage > patience,
            _ => true,
        });
        self.tell(Event::Elapsed(turn, Timer::Patience(patience, wait)))
    }

    pub fn presses(&mut self, action: Action) -> &mut Self {
        self.tell(Event::Pressed(action)).prepare()
    }

    pub fn learns_friendship(&mut self, friend: Friend) -> &mut Self {
        self.tell(Event::FriendshipRead(self.turn(), friend))
    }
}
