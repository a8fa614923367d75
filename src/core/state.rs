//! Where the page stands. Only [`State::update`] (in `update.rs`) changes it.

use super::{
    api::{Binding, Client, Consent, ConsentRequest},
    device::{Device, Os},
    effect::Patience,
    event::{LiffFacts, Opening, Turn},
    failure::{Failure, SupportCode},
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
    /// How far the patience of the person who waits has been tried, and the turn in which this wait began.
    pub(super) patience: Patience,
    pub(super) waiting_since: Turn,
}

/// What the page knows of this visit, whatever step it is at.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Visit {
    pub launch: Launch,
    pub referrer: Text,
    pub device: Device,
    pub language: Text,
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
            device: Device { os: Os::Web, line_version: None, is_liff: false },
            language: "",
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
    Init { tries: u8 },
    /// Between two calls of `liff.init`.
    InitPause { tries: u8 },
    /// The SDK is about to load the page again: wait for that rather than bind twice.
    AwaitingReload,
    /// Tokens are being read for a POST.
    Preparing(Attempt),
    /// A POST is under way.
    Posting(Attempt),
    /// Between two POSTs; `stop` is what to say meanwhile to a person whose patience is over.
    Pausing { attempt: Attempt, wait: Wait, stop: Stop },
    /// The customer is asked for consent.
    Asking(ConsentRequest),
    /// Bound.
    Bound { binding: Binding, friend: Friend },
    /// Outside LINE and not signed in; `astray` where a sign-in begun in another browser led here. `qr` is the way into LINE
    /// by another phone, empty until it is drawn; `None` where a link leads there.
    Elsewhere { qr: Option<Text>, astray: bool },
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
        let spare_key = IdempotencyKey::new(opening.spare_key);
        let pending = launch.liff_id(opening.default_liff_id).map(|liff_id| {
            let kept = opening.kept.and_then(Pending::read);
            let pending = Pending::resume(liff_id, launch.bind_token(), kept, spare_key);
            Pending { signed_in_again: pending.signed_in_again || launch.signed_in_again(), ..pending }
        });
        Self {
            launch,
            referrer: opening.referrer,
            device,
            language: opening.language,
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
        let signed_in_again = self.pending.is_some_and(|pending| pending.signed_in_again);
        self.launch.return_url(self.bind_token(), signed_in_again).leak()
    }

    /// The LIFF URL of this page.
    pub fn liff_url(&self) -> Option<Text> {
        Some(self.launch.liff_url(self.liff_id()?, self.bind_token()).leak())
    }

    /// Starts afresh with LINE: in LINE by its own URL, elsewhere by the sign-in.
    fn sign_in_button(&self) -> Button {
        match self.liff_url() {
            Some(url) if self.facts.in_client || self.device.is_liff => Button::link(Action::OpenLine, url),
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
            kind: self.kind(),
            shop: self.visit.shop,
            buttons: self.buttons(),
            close_by_hand: self.visit.close_by_hand,
        }
    }

    fn kind(&self) -> Kind {
        if let Some(Stop { failure, code, copied, .. }) = self.shown_stop() {
            return Kind::Failed { failure, code: failure.has_support_code().then_some(code), copied };
        }
        match &self.step {
            Step::InitPause { .. } => Kind::Working(Wait::Slow),
            Step::Pausing { wait, .. } => Kind::Working(*wait),
            Step::Asking(request) => Kind::Confirm(*request),
            Step::Bound { binding, friend } => Kind::Bound { already: binding.already, friend: *friend },
            Step::Elsewhere { qr, astray } => Kind::OpenInLine { astray: *astray, qr: *qr },
            Step::Cancelled => Kind::Cancelled,
            _ if self.patience > Patience::Fresh => Kind::Working(Wait::Slow),
            _ => Kind::Working(Wait::Usual),
        }
    }

    /// Where the page has stopped, or would stand if nothing more came.
    pub(super) fn stop_now(&self) -> Option<Stop> {
        match self.step {
            Step::Stopped(stop) | Step::Pausing { stop, .. } => Some(stop),
            Step::Init { .. } | Step::InitPause { .. } => {
                let old = self.visit.device.has_old_line();
                Some(self.stop_at(if old { Failure::LineTooOld } else { Failure::LineInit }, Again::Reload))
            }
            Step::Posting(attempt) => Some(self.stop_at(Failure::Unsure, Again::Bind(attempt.consent))),
            _ => None,
        }
    }

    /// The stop that is shown. A person whose patience is over is told how it stands, though the work goes on; should it
    /// come to something after all, the page moves on by itself.
    fn shown_stop(&self) -> Option<Stop> {
        let tells = matches!(self.step, Step::Stopped(_)) || self.patience == Patience::Over;
        self.stop_now().filter(|_| tells)
    }

    fn buttons(&self) -> Vec<Button> {
        let press = Button::press;
        if let Some(stop) = self.shown_stop() {
            let primary = match stop.again {
                Again::Never if stop.failure.is_setup() => press(Action::CopyCode),
                Again::Never => return vec![press(Action::Close)],
                Again::SignIn => self.visit.sign_in_button(),
                Again::Reload | Again::Init | Again::Bind(_) => press(Action::Retry),
            };
            return vec![primary, press(Action::Close)];
        }
        match &self.step {
            Step::Asking(_) => vec![press(Action::Confirm), press(Action::Cancel)],
            Step::Bound { binding, friend } => self.bound_buttons(binding, *friend),
            Step::Elsewhere { qr, .. } => {
                let open = self.visit.liff_url().filter(|_| qr.is_none());
                open.map(|url| Button::link(Action::OpenLine, url)).into_iter().chain([press(Action::Login)]).collect()
            }
            Step::Cancelled => vec![press(Action::Retry), press(Action::Close)],
            _ if self.patience == Patience::Offered && self.stop_now().is_some() => vec![press(Action::Retry)],
            _ => Vec::new(),
        }
    }

    /// Back to the shop if it said where, to a friend's chat if messages could not arrive else, and out.
    fn bound_buttons(&self, binding: &Binding, friend: Friend) -> Vec<Button> {
        let add = self.visit.shop.add_friend_url().filter(|_| friend == Friend::No);
        let back = binding.return_url.filter(|url| self.visit.shop.owns(*url)).map(HttpsUrl::as_str);
        let links = [(Action::AddFriend, add), (Action::Return, back)];
        let links = links.into_iter().filter_map(|(action, url)| Some(Button::link(action, url?)));
        links.chain([Button::press(Action::Close)]).collect()
    }
}
