//! LINE: from the opening of the page until it is clear who is here, and the way to LINE's sign-in.

use super::{DEADLINE, Effects, LOADING, LONGEST_URL};
use crate::core::{
    bind::{Account, LineAccount, Past, Pending},
    delay::Delay,
    device::LineApp,
    failure::Failure,
    liff::{InitFailure, LiffErrorReport, LiffFacts},
    page::{
        beacon::{Code, Stage},
        effect::{Effect, Fragment, Patience, Timer},
        event::Opening,
        screen::QrImage,
        state::{Again, Attempt, State, Step, Stop, Visit},
    },
    url::{Launch, Purpose},
};

impl State {
    pub(super) fn open(&mut self, opening: Opening) -> Effects {
        if !matches!(self.step, Step::Blank) {
            return Effects::new();
        }
        let kept = Pending::read(&opening.kept);
        self.kept.clone_from(&kept);
        if opening.href_length > LONGEST_URL {
            // Reads nothing from it but the person's purpose.
            let unlinks = Launch::parse(&opening.href).purpose() == Purpose::Unlink;
            let href = if unlinks { "?unlink=1" } else { "" }.to_owned();
            self.visit = Visit::open(Opening { href, ..opening }, kept);
            return self.refuse(Failure::LinkIncomplete);
        }
        let waited = if opening.loading < LOADING { opening.loading } else { 0 };
        let (href, handover) = (opening.href.clone(), opening.handover);
        self.visit = Visit::open(opening, kept);
        if self.visit.device.is_liff && self.visit.launch.is_sign_in_return() {
            // If the SDK can't make sense of LINE's answers, it signs in by itself, again and again.
            if self.visit.pending.as_ref().is_some_and(|pending| pending.returned) {
                self.stage = Stage::Init;
                self.stop(Failure::LineInit, Again::SignIn);
                return self.clean_url();
            }
            self.set_returned(true);
        }
        // The SDK's own sign-in leads back to the bare endpoint URL, without the bind token.
        let mut effects = self.keep();
        let for_init = self.visit.launch.for_init();
        if for_init != href && self.visit.pending.is_some() {
            effects.push(Effect::ShowUrl(for_init, Fragment::Keep));
        }
        if handover.id_token {
            effects.push(Effect::ForgetStoredToken);
        }
        effects.extend(self.init(0));
        if matches!(self.step, Step::Init { .. }) { self.start_wait(waited, 0, effects) } else { effects }
    }

    pub(super) fn init(&mut self, tries: u8) -> Effects {
        let Some(liff_id) = self.visit.liff_id().cloned() else {
            return self.refuse(Failure::SetupLiffId);
        };
        self.go(Step::Init { tries: tries.saturating_add(1) });
        vec![Effect::InitLiff(liff_id)]
    }

    pub(super) fn liff_settled(&mut self, outcome: Result<(), LiffErrorReport>, facts: LiffFacts) -> Effects {
        let Step::Init { tries } = self.step else { return Effects::new() };
        self.visit.facts = facts;
        self.note_code(outcome.as_ref().err().and_then(LiffErrorReport::line_code).map(Code::Line));
        // The SDK's own sign-ins have ended. Where it rejects, it may be on its way to another one.
        let had_returned = self.set_returned(false);
        let mut effects = if had_returned && outcome.is_ok() { self.keep() } else { Effects::new() };
        effects.extend(self.judge_init(outcome, tries));
        effects
    }

    fn judge_init(&mut self, outcome: Result<(), LiffErrorReport>, tries: u8) -> Effects {
        if let (Err(_), Some(error)) = (&outcome, self.visit.launch.sign_in_error()) {
            return self.sign_in_failed(&error);
        }
        let has_session = self.visit.facts.logged_in && !self.visit.facts.in_client;
        match outcome.map_err(|error| error.classify(has_session)) {
            Ok(()) | Err(InitFailure::IdTokenRefused) => self.arrive(),
            Err(failure @ InitFailure::Network) => match failure.pause(tries) {
                // Once there is a button, the person decides.
                Some(pause) if self.patience < Patience::Offered => {
                    self.go(Step::InitPause { tries });
                    vec![Effect::Sleep(Timer::Pause, pause)]
                }
                _ if self.visit.facts.online => self.stop_init(Failure::LineInit),
                _ => self.stop_init(Failure::Offline),
            },
            // The unlinking has ended LINE's session, too; the ID token is still good.
            Err(InitFailure::SessionVoid) if self.visit.has_unlinked() => self.arrive(),
            Err(InitFailure::SessionVoid) => {
                let mut effects = self.clean_url();
                effects.extend(if self.unlinks_elsewhere() {
                    self.send_to_line(false)
                } else {
                    self.sign_in_again(Failure::SignInExpired, Again::SignIn)
                });
                effects
            }
            Err(InitFailure::Final(failure)) => {
                let again = match failure {
                    Failure::SignInExpired => Again::SignIn,
                    Failure::LineInit | Failure::LineDown => Again::Reload,
                    _ => Again::Never,
                };
                let reloads = again == Again::Reload;
                self.stop(failure, again);
                // A reload needs LINE's tokens; any other way forward must not meet the old sign-in again.
                if reloads { self.put_url_back() } else { self.clean_url() }
            }
        }
    }

    /// No connection to LINE: "try again" calls `liff.init` again.
    fn stop_init(&mut self, failure: Failure) -> Effects {
        self.stop(failure, Again::Init);
        self.put_url_back()
    }

    /// Calls `liff.init` once more. The address may have been put back meanwhile.
    pub(super) fn init_again(&mut self, tries: u8) -> Effects {
        let for_init = self.visit.launch.for_init();
        let mut effects = self.init(tries);
        if for_init != self.visit.launch.shown_url() {
            effects.insert(0, Effect::ShowUrl(for_init, Fragment::Keep));
        }
        effects
    }

    /// LINE's sign-in led back with an error. The SDK rejects as long as the error is in the URL (LIFF SDK 2.31.0,
    /// `init`).
    fn sign_in_failed(&mut self, error: &str) -> Effects {
        let failure = if error == "access_denied" { Failure::SignInRefused } else { Failure::LineInit };
        self.stop(failure, Again::SignIn);
        self.clean_url()
    }

    /// LINE has said who is here, or that nobody is signed in: cleans the URL, and goes on with the bind or to LINE.
    fn arrive(&mut self) -> Effects {
        let returns = self.visit.launch.is_sign_in_return();
        let wanted = self.visit.wants_to_sign_in();
        let began_here = self.take_signing_in();
        // If another tab has signed in meanwhile, the SDK ignores LINE's answer to this one (LIFF SDK 2.31.0, `init`).
        let LiffFacts { logged_in, had_session, .. } = self.visit.facts;
        self.visit.has_new_session = wanted && returns && logged_in && !had_session;
        self.visit.signed_in_now = self.visit.has_new_session;
        let astray = returns && !began_here;
        let mut effects = self.clean_url();
        if began_here {
            effects.extend(self.keep());
        }
        // Back at a link that this tab has unlinked since, or may have: only the person can want it again.
        if self.visit.past() == Past::Undone {
            self.go(Step::Cancelled);
            return effects;
        }
        if self.visit.may_be_unlinked() {
            self.stop(Failure::UnlinkLost, Again::ByPress);
            return effects;
        }
        if !self.visit.facts.logged_in || self.unlinks_elsewhere() {
            effects.extend(self.send_to_line(astray));
            return effects;
        }
        effects.extend(self.prepare(Attempt::default()));
        // LINE has answered after all: the bind starts a new wait.
        if self.patience == Patience::Over { self.wait_anew(effects) } else { effects }
    }

    /// Whether the person wants to unlink outside LINE. They are sent to LINE, as this browser may be signed in as
    /// somebody else.
    fn unlinks_elsewhere(&self) -> bool {
        self.visit.purpose() == Purpose::Unlink && !self.visit.facts.in_client
    }

    /// Shows the page's own address: without LINE's sign-in and the fragment, with the parameters that were set aside
    /// for `liff.init`.
    fn clean_url(&mut self) -> Effects {
        self.visit.launch = self.visit.launch.cleaned(self.visit.bind_token());
        vec![Effect::ShowUrl(self.visit.launch.shown_url(), Fragment::Drop)]
    }

    /// Shows the address as it was before `liff.init`, so that a reload begins with it.
    pub(super) fn put_url_back(&self) -> Effects {
        vec![Effect::ShowUrl(self.visit.launch.shown_url(), Fragment::Keep)]
    }

    pub(super) fn send_to_line(&mut self, astray: bool) -> Effects {
        // That screen says that nothing was linked here.
        if self.visit.past().leaves_doubt() {
            return self.stop(Failure::Unsure, Again::SignIn);
        }
        let url = self.visit.qr_url().filter(|_| self.visit.device.line_app != LineApp::Here);
        let qr = url.as_deref().and_then(QrImage::place);
        let side = qr.as_ref().map(|qr| qr.side);
        self.go(Step::Elsewhere { qr, astray, copied: false });
        match (url, side) {
            (Some(url), Some(side)) => {
                vec![Effect::DrawQr(url, side), Effect::Sleep(Timer::Deadline, Delay::exactly(DEADLINE))]
            }
            _ => Effects::new(),
        }
    }

    /// Signs in again by itself, at most once a page session; after that the person decides. Outside LINE it only renews
    /// the session of an account that is known to be the customer's: any other may be somebody else's.
    pub(super) fn sign_in_again(&mut self, otherwise: Failure, again: Again) -> Effects {
        let has_tried = self.take_signing_in();
        let own = self.visit.own_account().cloned();
        let may_renew = self.visit.facts.in_client || own.is_some();
        if !may_renew && !has_tried {
            return self.send_to_line(false);
        }
        let stop = self.stop_at(otherwise, None, again);
        if !may_renew || self.visit.has_signed_in_again() || self.visit.has_unlinked() {
            self.stand(stop);
            return self.keep();
        }
        if let Some(pending) = &mut self.visit.pending {
            pending.signed_in_again = true;
        }
        self.leave(Some(stop), own)
    }

    /// Leaves for LINE's sign-in, once the file for that is there; `renews`: the account whose session the page renews by
    /// itself.
    pub(super) fn leave(&mut self, back: Option<Stop>, renews: Option<LineAccount>) -> Effects {
        self.go(Step::Leaving { back });
        self.set_account(Account::SigningIn { renews });
        let mut effects = self.keep();
        effects.extend([Effect::ReadyLater, Effect::Sleep(Timer::Deadline, Delay::exactly(DEADLINE))]);
        effects
    }

    /// The file for what LINE's SDK does later is there, or can't be fetched.
    pub(super) fn later_is_ready(&mut self, ready: bool) -> Effects {
        match (&self.step, ready) {
            (Step::Leaving { .. }, true) => vec![Effect::SignIn(self.visit.return_url())],
            (Step::Leaving { .. }, false) => self.sign_in_not_opened(),
            // Made ready for the link to the shop.
            _ => Effects::new(),
        }
    }

    /// LINE's sign-in can't be opened.
    pub(super) fn sign_in_not_opened(&mut self) -> Effects {
        match self.step.clone() {
            Step::Leaving { back: None } if !self.visit.past().leaves_doubt() => {
                self.stop(Failure::LineInit, Again::WayIn)
            }
            Step::Leaving { back } => self.stay(back),
            _ => Effects::new(),
        }
    }

    /// The sign-in did not happen: returns to where the page was.
    pub(super) fn stay(&mut self, back: Option<Stop>) -> Effects {
        match back {
            Some(stop) => self.stand(stop),
            None => self.send_to_line(false),
        }
    }

    pub(super) fn reload(&self) -> Effects {
        let mut effects = self.put_url_back();
        effects.push(Effect::Reload);
        effects
    }

    /// Whether this bind went to LINE's sign-in; forgets that, but not the account that was to be renewed.
    fn take_signing_in(&mut self) -> bool {
        let Some(Pending { account, .. }) = &mut self.visit.pending else { return false };
        let Account::SigningIn { renews } = account else { return false };
        *account = renews.take().map_or(Account::Unclear, Account::Own);
        true
    }

    /// Records whether the SDK's own sign-in has led back here; returns what was recorded before.
    pub(super) fn set_returned(&mut self, returned: bool) -> bool {
        self.visit.pending.as_mut().is_some_and(|pending| std::mem::replace(&mut pending.returned, returned))
    }

    pub(super) fn qr_drawn(&mut self, src: Option<String>) -> Effects {
        if let Step::Elsewhere { qr, .. } = &mut self.step {
            *qr = qr.take().filter(|_| src.is_some()).map(|qr| QrImage { src, ..qr });
        }
        Effects::new()
    }
}
