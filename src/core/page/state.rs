//! The state of the page. Only [`State::update`] (in `update/`) changes it.

use super::{
    beacon::{Code, Stage},
    effect::Patience,
    event::{LiffFacts, Opening, Turn},
    failure::{Failure, SupportCode},
    screen::{Action, Button, Friend, Inside, Kind, QrImage, Screen, Target, Wait},
};
use crate::core::{
    bind::{
        Account, Binding, Client, Consent, ConsentRequest, IdempotencyKey, Message, Past, Pending, Shop, Unlinking,
    },
    device::{Device, LineApp, Os},
    url::{BindToken, Launch, LiffId, Purpose},
};

/// The page's whole state. It holds no LINE token.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct State {
    pub(super) turn: Turn,
    pub(super) visit: Visit,
    pub(super) step: Step,
    /// How long the person has been waiting, in stages, and the number of this wait.
    pub(super) patience: Patience,
    pub(super) wait: Turn,
    /// Whether the page is hidden: then the person isn't waiting.
    pub(super) hidden: bool,
    /// Whether the page has been left, for good or into the back-forward cache.
    pub(super) left: bool,
    /// The tab's record as this page has last read or written it.
    pub(super) kept: Option<Pending>,
    /// How far the visit has come, and whether its end has been counted.
    pub(super) stage: Stage,
    pub(super) counted: bool,
}

/// Everything that the page knows about this visit, at any step.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Visit {
    pub launch: Launch,
    pub device: Device,
    pub language: String,
    /// The bind or unlinking under way; `None` before the app has read the address, and if no LIFF app is named.
    pub pending: Option<Pending>,
    pub spare_key: IdempotencyKey,
    pub facts: LiffFacts,
    /// The code of the last error that had one, LINE's or the bind API's.
    pub code: Option<Code>,
    pub shop: Shop,
    pub close_by_hand: bool,
    /// Whether the page has just come back from a sign-in for this very bind.
    pub signed_in_now: bool,
}

/// One attempt to bind or unlink: all the POSTs between two decisions of the person.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Attempt {
    /// POSTs sent so far.
    pub tries: u8,
    pub consent: Option<Consent>,
    /// Whether the key was changed because another bind used it.
    pub rekeyed: bool,
    /// Whether the host was reached just now, though the phone says that it has no connection.
    pub reachable: bool,
}

/// The step that the page is at.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) enum Step {
    /// Nothing yet: the static page shows its skeleton.
    #[default]
    Blank,
    /// `liff.init` runs.
    Init { tries: u8 },
    /// Between two calls of `liff.init`.
    InitPause { tries: u8 },
    /// Tokens are being read for a POST.
    Preparing(Attempt),
    /// The phone says that it has no connection: a request that binds nothing tests that.
    Probing(Attempt),
    /// Outside LINE, the customer is asked whether this is their LINE.
    Account { name: Option<String> },
    /// A POST is under way.
    Posting(Attempt),
    /// Between two POSTs; `stop` is shown meanwhile to a person whose patience is over.
    Pausing { attempt: Attempt, wait: Wait, stop: Stop },
    /// The customer is asked for consent.
    Asking(ConsentRequest),
    /// The link has ended, or there was none.
    Unlinked(Unlinking),
    /// Bound. A failed message counts as `Friend::No`: LINE is asked when the person comes back.
    Bound { binding: Binding, friend: Friend },
    /// Outside LINE and not signed in. `astray`: a sign-in that began in another browser led here. `qr`: the way into
    /// LINE with another phone, `None` where a link does the job. `copied`: the link is in the clipboard.
    Elsewhere { qr: Option<QrImage>, astray: bool, copied: bool },
    /// On the way to LINE's sign-in. If the person comes back without one, the page returns to the stop `back`, or
    /// without one to [`Step::Elsewhere`].
    Leaving { back: Option<Stop> },
    /// The customer said no.
    Cancelled,
    /// The page has stopped.
    Stopped(Stop),
}

impl Step {
    /// The stage that the visit reaches with this step; `None` if it doesn't change.
    pub const fn stage(&self) -> Option<Stage> {
        Some(match self {
            Self::Init { .. } | Self::InitPause { .. } => Stage::Init,
            Self::Preparing(_) | Self::Account { .. } => Stage::Token,
            Self::Probing(_) | Self::Posting(_) | Self::Pausing { .. } | Self::Asking(_) => Stage::Bind,
            Self::Bound { .. } => Stage::Friend,
            Self::Blank
            | Self::Elsewhere { .. }
            | Self::Leaving { .. }
            | Self::Cancelled
            | Self::Unlinked(_)
            | Self::Stopped(_) => return None,
        })
    }
}

/// A stop, and the effect of "try again" there.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Stop {
    pub failure: Failure,
    pub code: SupportCode,
    pub again: Again,
    pub copied: bool,
}

/// The effect of "try again".
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Again {
    /// Trying again wouldn't help.
    Never,
    /// Reloads the page; the tokens are still in the URL (LIFF SDK 2.31.0, after a failed `init`).
    Reload,
    /// Calls `liff.init` again.
    Init,
    /// Sends the bind again, under the same key.
    Bind(Option<Consent>),
    /// Sends the bind, but never by itself.
    ByPress,
    /// Signs in again.
    SignIn,
    /// Shows the ways into LINE again.
    WayIn,
}

/// LINE's settings, where a person withdraws an app's permissions (LINE URL scheme).
const AUTHORISED_APPS: &str = "https://line.me/R/nv/connectedApps";

impl Visit {
    pub fn open(opening: Opening) -> Self {
        let device = Device::read(&opening.user_agent, opening.touch, &opening.platform);
        let mut launch = opening.launch(&device);
        let kept = Pending::read(&opening.kept);
        let pending = launch.liff_id(&opening.default_liff_id).map(|liff_id| {
            let newest = kept.as_ref().filter(|kept| kept.is_for(&liff_id, launch.bind_token().as_ref()));
            if let Some(Pending { query, .. }) = newest
                && !query.is_empty()
                && launch.is_rest_of(query)
            {
                launch = std::mem::take(&mut launch).with_own(query);
            }
            let begun = Pending::new(launch.purpose(), liff_id, launch.bind_token(), opening.spare_key.clone());
            let mut pending = begun.or_kept(kept);
            launch.own().clone_into(&mut pending.query);
            pending.signed_in_again |= launch.signed_in_again();
            if opening.handover.access_token && pending.past == Past::Undone {
                // LINE has opened the link once more: that is the person's wish.
                pending.past = Past::Nothing;
            }
            pending
        });
        Self { launch, device, language: opening.language, pending, spare_key: opening.spare_key, ..Self::default() }
    }

    pub fn client(&self) -> Client {
        Client::new(&self.device, &self.language, &self.facts)
    }

    pub fn purpose(&self) -> Purpose {
        self.pending.as_ref().map_or_else(|| self.launch.purpose(), |pending| pending.purpose)
    }

    pub fn liff_id(&self) -> Option<&LiffId> {
        self.pending.as_ref().map(|pending| &pending.liff_id)
    }

    pub fn bind_token(&self) -> Option<&BindToken> {
        self.pending.as_ref()?.bind_token.as_ref()
    }

    /// What became of the request so far.
    pub fn past(&self) -> Past {
        self.pending.as_ref().map(|pending| pending.past).unwrap_or_default()
    }

    /// Whether this tab has sent an unlinking whose answer was lost, after it was bound.
    pub fn may_be_unlinked(&self) -> bool {
        self.pending.as_ref().is_some_and(Pending::may_be_unlinked)
    }

    /// Outside LINE, the name on the LINE account: it may be somebody else's.
    pub fn account(&self) -> Option<String> {
        match &self.pending.as_ref()?.account {
            Account::Own(name) if !name.is_empty() && !self.facts.in_client => Some(name.clone()),
            _ => None,
        }
    }

    pub fn has_signed_in_again(&self) -> bool {
        self.pending.as_ref().is_some_and(|pending| pending.signed_in_again)
    }

    pub fn return_url(&self) -> String {
        self.launch.return_url(self.bind_token(), self.has_signed_in_again())
    }

    /// The LIFF URL of this page.
    pub fn liff_url(&self) -> Option<String> {
        Some(self.launch.liff_url(self.liff_id()?, self.bind_token()))
    }

    /// The same for a QR code.
    pub fn qr_url(&self) -> Option<String> {
        Some(self.launch.qr_url(self.liff_id()?, self.bind_token()))
    }

    /// Whether this is LINE on a phone, where LINE's own links lead into its screens.
    pub fn is_line_on_a_phone(&self) -> bool {
        self.facts.in_client && self.device.os != Os::Web
    }

    /// Where the customer can unlink: on this page, or in LINE's settings; `None` if only words can explain it.
    fn unlink_url(&self) -> Option<String> {
        if self.purpose() == Purpose::Bind && self.shop.can_unlink == Some(true) {
            return Some(self.launch.unlink_url());
        }
        self.is_line_on_a_phone().then(|| AUTHORISED_APPS.to_owned())
    }

    /// Starts over with LINE: in LINE by the LIFF URL, elsewhere by the sign-in.
    fn sign_in_button(&self) -> Button {
        match self.liff_url() {
            Some(url) if self.facts.in_client || self.device.is_liff => Button::link(Action::OpenLine, url),
            _ => Button::press(Action::Login),
        }
    }
}

impl State {
    /// The turn of the last effects, which their answers carry.
    #[must_use]
    pub const fn turn(&self) -> Turn {
        self.turn
    }

    /// The screen that the person sees now.
    #[must_use]
    pub fn screen(&self) -> Screen {
        Screen {
            kind: self.kind(),
            purpose: self.visit.purpose(),
            shop: self.visit.shop.clone(),
            buttons: self.buttons(),
            unlink_url: self.visit.unlink_url(),
            link_to_copy: self.link_to_copy(),
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
            Step::Asking(request) => match self.visit.purpose() {
                Purpose::Bind => Kind::Confirm(request.clone()),
                Purpose::Unlink => Kind::Unlink(request.clone()),
            },
            Step::Unlinked(unlinking) => Kind::Unlinked(*unlinking),
            Step::Account { name } => Kind::Account { name: name.clone() },
            Step::Bound { binding, friend } => {
                Kind::Bound { already: binding.already, friend: *friend, account: self.visit.account() }
            }
            Step::Elsewhere { qr, astray, copied } => {
                let Device { inside, .. } = self.visit.device;
                let inside = inside.map(|app| Inside { app, browser: self.visit.device.browser() });
                Kind::OpenInLine { astray: *astray, inside, copied: *copied, qr: qr.clone() }
            }
            Step::Cancelled => Kind::Cancelled,
            _ if self.patience > Patience::Fresh => Kind::Working(Wait::Slow),
            _ => Kind::Working(Wait::Usual),
        }
    }

    /// The stop where the page is, or would be if no more answers came.
    pub(super) fn stop_now(&self) -> Option<Stop> {
        match &self.step {
            Step::Stopped(stop) | Step::Pausing { stop, .. } => Some(stop.clone()),
            Step::Init { .. } | Step::InitPause { .. } => {
                let old = self.visit.device.has_old_line();
                Some(self.stop_at(if old { Failure::LineTooOld } else { Failure::LineInit }, Again::Reload))
            }
            Step::Posting(attempt) => Some(self.stop_at(Failure::Unsure, Again::Bind(attempt.consent.clone()))),
            _ => None,
        }
    }

    /// The stop that is shown. A person whose patience is over sees the current stop, though the work goes on; if an
    /// answer still comes, the page moves on by itself.
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
                Again::Reload | Again::Init | Again::Bind(_) | Again::ByPress | Again::WayIn => press(Action::Retry),
            };
            return vec![primary, press(Action::Close)];
        }
        match &self.step {
            Step::Asking(_) => match self.visit.purpose() {
                // A bind that was carried out before stands, whatever the person says now.
                Purpose::Bind if self.visit.past() == Past::Done => vec![press(Action::Confirm), press(Action::Close)],
                Purpose::Bind => vec![press(Action::Confirm), press(Action::Cancel)],
                Purpose::Unlink => vec![press(Action::Unlink), press(Action::Close)],
            },
            Step::Unlinked(_) => vec![press(Action::Close)],
            Step::Bound { binding, friend } => self.bound_buttons(binding, *friend),
            Step::Account { .. } => vec![press(Action::Confirm), press(Action::OtherAccount)],
            Step::Elsewhere { qr, .. } => {
                let open = self.link_to_open(qr.as_ref()).map(|url| Button::link(Action::OpenLine, url));
                let copy = self.link_to_copy().map(|_| press(Action::CopyLink));
                // Unlinking is only for LINE: another browser may be signed in as somebody else.
                let login = (self.visit.purpose() == Purpose::Bind).then(|| press(Action::Login));
                open.into_iter().chain(copy).chain(login).collect()
            }
            Step::Cancelled => vec![press(Action::Retry), press(Action::Close)],
            _ if self.patience == Patience::Offered && self.stop_now().is_some() => vec![press(Action::Retry)],
            _ => Vec::new(),
        }
    }

    /// The link into LINE, unless LINE is certainly on another device, whose camera reads the code.
    fn link_to_open(&self, qr: Option<&QrImage>) -> Option<String> {
        self.visit.liff_url().filter(|_| qr.is_none() || self.visit.device.line_app != LineApp::Elsewhere)
    }

    /// The link into LINE where a person may need it elsewhere: LINE may not open from another app's browser, and
    /// unlinking is only for LINE.
    pub(super) fn link_to_copy(&self) -> Option<String> {
        let Step::Elsewhere { qr, .. } = &self.step else { return None };
        match self.visit.purpose() {
            Purpose::Unlink => self.visit.liff_url(),
            Purpose::Bind => self.link_to_open(qr.as_ref()).filter(|_| self.visit.device.inside.is_some()),
        }
    }

    /// The buttons after a bind: the chat and the friend that messages need to arrive, the way back to the shop if it
    /// named one, and "close".
    fn bound_buttons(&self, binding: &Binding, friend: Friend) -> Vec<Button> {
        let asks = binding.message == Message::AwaitingReply && self.visit.is_line_on_a_phone();
        let chat = self.visit.shop.chat_url().filter(|_| asks).map(|url| Button::link(Action::Chat, url));
        let add = self.visit.shop.add_friend_url().filter(|_| friend == Friend::No);
        let back =
            binding.return_url.as_ref().filter(|url| self.visit.shop.owns(url)).map(|url| url.as_str().to_owned());
        let add = add.map(|url| Button::link(Action::AddFriend, url));
        let back = back.map(|url| {
            // In LINE's browser the shop would not know the customer: the cart is empty, and Google refuses the
            // sign-in.
            let target = if self.visit.facts.in_client { Target::Outside(url) } else { Target::Link(url) };
            Button { action: Action::Return, target }
        });
        chat.into_iter().chain(add).chain(back).chain([Button::press(Action::Close)]).collect()
    }
}
