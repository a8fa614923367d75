//! The state of the page. Only [`State::update`] (in `update/`) changes it.

use super::{
    beacon::{Code, Stage},
    effect::Patience,
    event::{Opening, Turn},
    screen::{Friend, QrImage, Wait},
};
use crate::core::{
    bind::{
        Account, Binding, Client, Consent, ConsentRequest, IdempotencyKey, LineAccount, Past, Pending, Shop, Unlinking,
    },
    device::{Device, Os},
    failure::{Failure, SupportId},
    liff::LiffFacts,
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
    pub(super) wait_turn: Turn,
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
    /// Outside LINE, whether the customer has signed in for this very bind on this page load.
    pub has_new_session: bool,
    /// Whether they have just done so, or said whose account it is.
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
    /// Whether the person has been away meanwhile. A request that ends a link isn't repeated then: they may have linked
    /// again, on another phone.
    pub left_alone: bool,
}

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
    /// Outside LINE, the customer is asked whether this is their LINE. `again`: LINE has signed in the account that they
    /// have declined.
    Account { owner: LineAccount, again: bool, consent: Option<Consent> },
    /// A POST is under way.
    Posting(Attempt),
    /// Between two POSTs; `stop` is shown meanwhile to a person whose patience is over. `pause`: the milliseconds that
    /// the server has asked for.
    Pausing { attempt: Attempt, wait: Wait, stop: Stop, pause: u32 },
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
    /// The person wants the page to load again. A request tests the connection first: without one, the browser's own
    /// error page would replace this one.
    Reloading(Stop),
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
            | Self::Stopped(_)
            | Self::Reloading(_) => return None,
        })
    }
}

/// A stop, and the effect of "try again" there.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Stop {
    pub failure: Failure,
    pub support_id: Option<SupportId>,
    pub again: Again,
    pub copied: bool,
}

impl Stop {
    pub const fn new(failure: Failure, support_id: Option<SupportId>, again: Again) -> Self {
        Self { failure, support_id, again, copied: false }
    }

    /// The code that a customer tells support: the server's `supportId`, or the failure's name in capitals.
    pub fn support_code(&self) -> String {
        let id = self.support_id.as_ref().map(|id| id.as_str().to_owned());
        id.unwrap_or_else(|| self.failure.name().to_ascii_uppercase())
    }
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
    SignIn,
    /// Shows the ways into LINE again.
    WayIn,
}

impl Visit {
    pub fn open(opening: Opening, kept: Option<Pending>) -> Self {
        let device = Device::read(&opening.user_agent, opening.touch, &opening.platform);
        let mut launch = opening.launch(&device);
        let pending = launch.liff_id(&opening.default_liff_id).map(|liff_id| {
            let newest = kept.as_ref().filter(|kept| kept.is_for(&liff_id, launch.bind_token().as_ref()));
            if let Some(Pending { query, .. }) = newest
                && !query.is_empty()
                && launch.is_rest_of(query)
            {
                launch = std::mem::take(&mut launch).with_own(query);
            }
            let mut begun = Pending::new(launch.purpose(), liff_id, launch.bind_token(), opening.spare_key.clone());
            launch.own().clone_into(&mut begun.query);
            let afresh = device.is_liff && opening.handover.access_token && !launch.is_sign_in_return();
            let mut pending = Pending::begin(begun, kept, afresh);
            launch.own().clone_into(&mut pending.query);
            pending.signed_in_again |= launch.signed_in_again();
            pending
        });
        let (language, spare_key) = (opening.language, opening.spare_key);
        Self { launch, device, language, pending, spare_key, ..Self::default() }
    }

    pub fn client(&self) -> Client {
        Client::new(&self.device, &self.language, &self.facts)
    }

    pub fn purpose(&self) -> Purpose {
        self.pending.as_ref().map_or_else(|| self.launch.purpose(), |pending| pending.purpose)
    }

    /// Whether a request with this consent ends a link.
    pub fn ends_a_link(&self, consent: Option<&Consent>) -> bool {
        consent.is_some() && self.purpose() == Purpose::Unlink
    }

    /// Whether a request with this consent changes nothing: to unlink, the first one only asks what would end.
    pub fn only_asks(&self, consent: Option<&Consent>) -> bool {
        consent.is_none() && self.purpose() == Purpose::Unlink
    }

    /// What becomes of [`past`](Self::past) if a request with this consent gets no answer.
    pub fn past_unanswered(&self, consent: Option<&Consent>) -> Past {
        if self.only_asks(consent) { self.past() } else { self.past().lost() }
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

    /// Whether this tab has sent an unlinking whose answer was lost, though it may have been bound.
    pub fn may_be_unlinked(&self) -> bool {
        self.pending.as_ref().is_some_and(Pending::may_be_unlinked)
    }

    /// See [`Pending::has_unlinked`].
    pub fn has_unlinked(&self) -> bool {
        self.pending.as_ref().is_some_and(Pending::has_unlinked)
    }

    /// Whether the request may have been carried out for another account, too ([`Pending::shared`]).
    pub fn is_shared(&self) -> bool {
        self.pending.as_ref().is_some_and(|pending| pending.shared)
    }

    /// Whether the page has gone to LINE's sign-in because the customer wanted it.
    pub fn wants_to_sign_in(&self) -> bool {
        self.pending.as_ref().is_some_and(|pending| pending.account == Account::SigningIn { renews: None })
    }

    /// Outside LINE, the LINE account that is known to be the customer's.
    pub fn own_account(&self) -> Option<&LineAccount> {
        match &self.pending.as_ref()?.account {
            Account::Own(own) if !self.facts.in_client => Some(own),
            _ => None,
        }
    }

    pub fn has_signed_in_again(&self) -> bool {
        self.pending.as_ref().is_some_and(|pending| pending.signed_in_again)
    }

    pub fn return_url(&self) -> String {
        self.launch.return_url(self.bind_token(), self.has_signed_in_again())
    }

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
}

impl State {
    /// The turn of the last effects, which their answers carry.
    #[must_use]
    pub const fn turn(&self) -> Turn {
        self.turn
    }
}
