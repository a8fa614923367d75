//! Where the page stands. Only [`State::update`] (in `update.rs`) changes it.

use super::{
    api::{Binding, Client, Consent, ConsentRequest},
    device::{Device, Os},
    event::{LiffFacts, Opening, Turn},
    failure::{Failure, SupportCode},
    language::Language,
    launch::{BindToken, Launch, LiffId},
    pending::{IdempotencyKey, Pending},
    screen::{Action, Button, Friend, Kind, Screen, Wait},
    shop::{HttpsUrl, Shop},
    text::Text,
};

/// The page's whole state. It holds no token of LINE's.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct State {
    pub(super) turn: Turn,
    pub(super) visit: Visit,
    pub(super) step: Step,
}

/// What the page knows of this visit, whatever step it is at.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Visit {
    pub launch: Launch,
    pub referrer: Text,
    pub device: Device,
    pub language: Language,
    /// The bind under way; `None` before the app has looked around and where the URL names no LIFF app.
    pub pending: Option<Pending>,
    pub spare_key: IdempotencyKey,
    pub facts: LiffFacts,
    pub shop: Shop,
    pub close_by_hand: bool,
}

impl Default for Visit {
    fn default() -> Self {
        Self {
            launch: Launch::default(),
            referrer: "",
            device: Device { os: Os::Web, line_version: None },
            language: Language::default(),
            pending: None,
            spare_key: IdempotencyKey::new(""),
            facts: LiffFacts::default(),
            shop: Shop::default(),
            close_by_hand: false,
        }
    }
}

/// One attempt to bind: all the POSTs between two decisions of the person.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Attempt {
    /// POSTs sent so far.
    pub tries: u8,
    pub consent: Option<Consent>,
    /// Whether the key was changed because another bind had it.
    pub rekeyed: bool,
}

/// What the page is doing, or waits for a person to do.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) enum Step {
    /// Nothing yet: the static page's skeleton is up.
    #[default]
    Blank,
    /// `liff.init` runs.
    Init { tries: u8, slow: bool },
    /// Between two calls of `liff.init`.
    InitPause { tries: u8 },
    /// The SDK is about to load the page again: wait for that rather than bind twice.
    AwaitingReload,
    /// Tokens are being read for a POST.
    Preparing(Attempt),
    /// A POST is under way.
    Posting { attempt: Attempt, slow: bool },
    /// Between two POSTs.
    Pausing { attempt: Attempt, wait: Wait },
    /// The customer is asked for consent.
    Asking(ConsentRequest),
    /// Bound.
    Bound { binding: Binding, friend: Friend },
    /// Outside LINE and not signed in.
    Elsewhere { qr: Option<Text> },
    /// On the way to LINE's sign-in; `back` is the stop to stand at if that does not happen, else [`Step::Elsewhere`].
    Leaving { back: Option<Stop> },
    /// The customer said no.
    Cancelled,
    /// It stopped.
    Stopped(Stop),
}

/// A stop, and what trying again means there.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Stop {
    pub failure: Failure,
    pub code: SupportCode,
    pub again: Again,
    pub copied: bool,
}

/// What "try again" does.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Again {
    /// Nothing would help.
    Never,
    /// Loads the page anew; the tokens are still in the URL (LIFF SDK 2.31.0, after a failed `init`).
    Reload,
    /// Calls `liff.init` again.
    Init,
    /// Sends the bind again, under the same key.
    Bind(Option<Consent>),
    /// Signs in afresh.
    SignIn,
}

impl Visit {
    pub fn open(opening: Opening) -> Self {
        let launch = Launch::parse(opening.href);
        let device = Device::read(opening.user_agent, opening.touch);
        let language = launch.language().or_else(|| opening.languages.split(',').find_map(Language::from_tag));
        let spare_key = IdempotencyKey::new(opening.spare_key);
        let pending = launch.liff_id(opening.default_liff_id).map(|liff_id| {
            Pending::resume(liff_id, launch.bind_token(), opening.kept.and_then(Pending::read), spare_key)
        });
        Self {
            launch,
            referrer: opening.referrer,
            device,
            language: language.unwrap_or_default(),
            pending,
            spare_key,
            ..Self::default()
        }
    }

    /// Takes in what the SDK tells; the URL may have become complete only now.
    pub fn learn(&mut self, facts: LiffFacts) {
        self.launch = Launch::parse(facts.href);
        self.pending = self
            .pending
            .map(|known| Pending::resume(known.liff_id, self.launch.bind_token(), Some(known), self.spare_key));
        self.facts = facts;
    }

    pub fn client(&self) -> Client {
        Client {
            os: self.device.os,
            line_version: self.device.line_version,
            sdk_version: self.facts.sdk_version,
            language: self.language,
            view_type: self.facts.view_type,
            in_client: self.facts.in_client,
        }
    }

    pub fn liff_id(&self) -> Option<LiffId> {
        self.pending.map(|pending| pending.liff_id)
    }

    pub fn bind_token(&self) -> Option<BindToken> {
        self.pending?.bind_token
    }

    pub fn return_url(&self) -> Text {
        self.launch.return_url(self.bind_token()).leak()
    }

    /// The LIFF URL of this page.
    pub fn liff_url(&self) -> Option<Text> {
        Some(self.launch.liff_url(self.liff_id()?, self.bind_token()).leak())
    }

    /// Starts afresh with LINE: in LINE by its own URL, elsewhere by the sign-in.
    fn sign_in_button(&self) -> Button {
        match self.liff_url() {
            Some(url) if self.facts.in_client => Button::link(Action::OpenLine, url),
            _ => Button::press(Action::Login),
        }
    }
}

impl State {
    /// The turn that answers to the last orders belong to.
    #[must_use]
    pub const fn turn(&self) -> Turn {
        self.turn
    }

    /// What the person sees now.
    #[must_use]
    pub fn screen(&self) -> Screen {
        Screen {
            language: self.visit.language,
            kind: self.kind(),
            shop: self.visit.shop,
            buttons: self.buttons(),
            close_by_hand: self.visit.close_by_hand,
        }
    }

    fn kind(&self) -> Kind {
        match &self.step {
            Step::Init { slow: true, .. } | Step::Posting { slow: true, .. } | Step::InitPause { .. } => {
                Kind::Working(Wait::Slow)
            }
            Step::Pausing { wait, .. } => Kind::Working(*wait),
            Step::Blank
            | Step::Init { .. }
            | Step::AwaitingReload
            | Step::Preparing(_)
            | Step::Posting { .. }
            | Step::Leaving { .. } => Kind::Working(Wait::Usual),
            Step::Asking(request) => Kind::Confirm(*request),
            Step::Bound { binding, friend } => Kind::Bound { already: binding.already, friend: *friend },
            Step::Elsewhere { qr } => Kind::OpenInLine { phone: self.visit.device.is_phone(), qr: *qr },
            Step::Cancelled => Kind::Cancelled,
            Step::Stopped(Stop { failure, code, copied, .. }) => {
                Kind::Failed { failure: *failure, code: failure.has_support_code().then_some(*code), copied: *copied }
            }
        }
    }

    fn buttons(&self) -> Vec<Button> {
        let press = Button::press;
        match &self.step {
            Step::Asking(_) => vec![press(Action::Confirm), press(Action::Cancel)],
            Step::Bound { binding, friend } => self.bound_buttons(binding, *friend),
            Step::Elsewhere { .. } => {
                let open = self.visit.liff_url().filter(|_| self.visit.device.is_phone());
                open.map(|url| Button::link(Action::OpenLine, url)).into_iter().chain([press(Action::Login)]).collect()
            }
            Step::Cancelled => vec![press(Action::Retry), press(Action::Close)],
            Step::Stopped(stop) => {
                let primary = match stop.again {
                    Again::Never if stop.failure.is_setup() => press(Action::CopyCode),
                    Again::Never => return vec![press(Action::Close)],
                    Again::SignIn => self.visit.sign_in_button(),
                    Again::Reload | Again::Init | Again::Bind(_) => press(Action::Retry),
                };
                vec![primary, press(Action::Close)]
            }
            _ => Vec::new(),
        }
    }

    /// Back to the shop if it said where, to a friend's chat if messages could not arrive else, and out.
    fn bound_buttons(&self, binding: &Binding, friend: Friend) -> Vec<Button> {
        let add = self.visit.shop.add_friend_url().filter(|_| friend == Friend::No);
        let back = binding.return_url.map(HttpsUrl::as_str);
        let links = [(Action::AddFriend, add), (Action::Return, back)];
        let links = links.into_iter().filter_map(|(action, url)| Some(Button::link(action, url?)));
        links.chain([Button::press(Action::Close)]).collect()
    }
}
