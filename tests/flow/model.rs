//! A phone, LINE and a bind API in one: acts out what the core orders, and keeps books on it.

use liff_bind::core::{
    Action, BindRequest, Delay, Effect, Event, Friend, HttpHead, IdToken, IdempotencyKey, LiffErrorReport, LiffFacts,
    Opening, Patience, Reply, Screen, State, Text, Timer, Tokens, Turn, read_reply,
};

pub const LIFF_ID: Text = "1656451635-z3yqZNO3";
pub const HREF: Text = "https://shop.example/liff-bind.html?liffId=1656451635-z3yqZNO3&bindToken=T1";
pub const IPHONE: Text = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_4 like Mac OS X) Safari Line/26.4.0 LIFF";
pub const PIXEL: Text = "Mozilla/5.0 (Linux; Android 14; Pixel 8) Chrome/130 Mobile Safari/537.36";
pub const PC: Text = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/130 Safari/537.36";

/// The page with a hand on everything outside it.
pub struct Page {
    pub state: State,
    /// Orders not yet answered, with the turn they belong to.
    pub orders: Vec<(Turn, Effect)>,
    /// What `sessionStorage` keeps.
    pub kept: Option<Text>,
    /// How often LINE's sign-in was gone to, and where the last leads back to.
    pub sign_ins: usize,
    pub return_url: Option<Text>,
    /// All that was posted.
    pub posts: Vec<BindRequest>,
    pub facts: LiffFacts,
    pub tokens: Tokens,
    pub now: f64,
    pub online: bool,
    keys: u32,
}

pub fn opening(user_agent: Text) -> Opening {
    Opening {
        href: HREF,
        href_length: HREF.len(),
        user_agent,
        touch: user_agent != PC,
        language: "en",
        spare_key: key(0),
        ..Opening::default()
    }
}

fn key(number: u32) -> Text {
    format!("00000000-0000-4000-8000-{number:012}").leak()
}

impl Page {
    /// A page opened in LINE on an iPhone, with a fresh token, before anything happened.
    pub fn new() -> Self {
        Self {
            state: State::default(),
            orders: Vec::new(),
            kept: None,
            sign_ins: 0,
            return_url: None,
            posts: Vec::new(),
            facts: LiffFacts { href: HREF, in_client: true, logged_in: true, online: true, ..LiffFacts::default() },
            tokens: Tokens { fresh: IdToken::new("fresh", Some(4600.0)), stored: None },
            now: 1_000_000.0,
            online: true,
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

    /// A page in a phone's browser, signed in to LINE.
    pub fn signed_in_outside_line() -> Self {
        let mut page = Self::outside_line();
        page.facts.logged_in = true;
        page.tokens.stored = IdToken::new("stored", Some(4600.0));
        page
    }

    pub fn open(&mut self, user_agent: Text) -> &mut Self {
        let opening = Opening { kept: self.kept, ..opening(user_agent) };
        self.tell(Event::Opened(opening))
    }

    pub fn tell(&mut self, event: Event) -> &mut Self {
        let (state, effects) = self.state.update(event);
        self.state = state;
        for effect in effects {
            match effect {
                Effect::Keep(text) => self.kept = text,
                Effect::SignIn(url) => (self.sign_ins, self.return_url) = (self.sign_ins + 1, Some(url)),
                Effect::Post { request, .. } => {
                    self.posts.push(request);
                    self.orders.push((self.state.turn(), effect));
                }
                _ => self.orders.push((self.state.turn(), effect)),
            }
        }
        self
    }

    /// The waits that were ordered in this turn.
    pub fn sleeps(&self) -> Vec<(Timer, Delay)> {
        let own = self.orders.iter().filter(|(turn, _)| *turn == self.turn());
        own.filter_map(
            |(_, effect)| if let Effect::Sleep(timer, delay) = effect { Some((*timer, *delay)) } else { None },
        )
        .collect()
    }

    pub fn turn(&self) -> Turn {
        self.state.turn()
    }

    pub fn screen(&self) -> Screen {
        self.state.screen()
    }

    /// `screen` or `failed/…`, as tests and support read it.
    pub fn shows(&self) -> String {
        let screen = self.screen();
        screen.failure().map_or_else(|| screen.name().to_owned(), |failure| format!("failed/{}", failure.name()))
    }

    pub fn was_ordered(&self, wanted: impl Fn(&Effect) -> bool) -> bool {
        self.orders.iter().any(|(turn, effect)| *turn == self.turn() && wanted(effect))
    }

    /// `liff.init` resolves.
    pub fn liff_resolves(&mut self) -> &mut Self {
        self.tell(Event::LiffSettled(self.turn(), Ok(()), self.facts)).prepare()
    }

    /// `liff.init` rejects.
    pub fn liff_rejects(&mut self, code: Option<Text>, message: Text) -> &mut Self {
        let error = LiffErrorReport { name: "Error", code, message };
        self.tell(Event::LiffSettled(self.turn(), Err(error), self.facts)).prepare()
    }

    /// Answers an order to prepare, where there is one.
    pub fn prepare(&mut self) -> &mut Self {
        if !self.was_ordered(|effect| matches!(effect, Effect::Prepare)) {
            return self;
        }
        self.keys += 1;
        let spare_key = IdempotencyKey::new(key(self.keys));
        let (turn, tokens, now, online) = (self.turn(), self.tokens, self.now, self.online);
        self.tell(Event::Prepared { turn, tokens, now, online, spare_key })
    }

    pub fn reply(&self, status: u16, body: &str) -> Reply {
        let head = HttpHead { status, date: Some(self.now), now: self.now, ..HttpHead::default() };
        read_reply(&head, serde_json::from_str::<serde_json::Value>(body).ok().as_ref())
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

    /// The time that the wait began with runs out.
    pub fn loses_patience(&mut self, patience: Patience) -> &mut Self {
        let timer = Timer::Patience(patience);
        let ordered = |(_, effect): &&(Turn, Effect)| matches!(effect, Effect::Sleep(own, _) if *own == timer);
        let Some((turn, _)) = self.orders.iter().rev().find(ordered).copied() else { return self };
        self.tell(Event::Elapsed(turn, timer))
    }

    pub fn presses(&mut self, action: Action) -> &mut Self {
        self.tell(Event::Pressed(action)).prepare()
    }

    pub fn learns_friendship(&mut self, friend: Friend) -> &mut Self {
        self.tell(Event::FriendshipRead(self.turn(), friend))
    }
}
