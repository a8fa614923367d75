//! The bind, or the unlinking: from the tokens at hand to the API's final answer.

use super::{ANNOUNCED_PAUSE, DEADLINE, END_GRACE, Effects};
use crate::core::{
    bind::{
        Account, BindRequest, CLOCK_TOLERANCE, Consent, IdempotencyKey, LineAccount, Message, Past, Pending, Reply,
        ReplyKind, RetryReason, Tokens,
    },
    delay::Delay,
    failure::{Failure, SupportId},
    page::{
        beacon::Code,
        effect::{Effect, Patience, Timer},
        screen::{Friend, Wait},
        state::{Again, Attempt, State, Step, Stop},
    },
    url::Purpose,
};

impl State {
    pub(super) fn prepare(&mut self, attempt: Attempt) -> Effects {
        self.go(Step::Preparing(attempt));
        vec![Effect::Prepare]
    }

    pub(super) fn prepared(&mut self, tokens: Tokens, now: f64, online: bool, spare_key: IdempotencyKey) -> Effects {
        // Outside LINE, ignore an ID token in the URL: whoever made the link chose it.
        let tokens = if self.visit.facts.in_client { tokens } else { Tokens { fresh: None, ..tokens } };
        if let Step::Elsewhere { .. } = self.step {
            let signed_in = tokens.choose(now).is_some_and(|choice| !choice.stale);
            if !signed_in {
                return Effects::new();
            }
            let effects = self.prepare(Attempt::default());
            return self.wait_anew(effects);
        }
        let Step::Preparing(attempt) = self.step.clone() else { return Effects::new() };
        let client = self.visit.client();
        self.visit.spare_key = spare_key;
        let Some(choice) = tokens.choose(now) else {
            // Perhaps another tab has signed out, or an earlier visit signed in before the merchant allowed `openid`: that
            // is no session.
            if !self.visit.facts.in_client && !std::mem::take(&mut self.visit.signed_in_now) {
                return self.send_to_line(false);
            }
            let open_chat = self.visit.facts.context_type.as_deref() == Some("square_chat");
            return self.stop(if open_chat { Failure::WrongPlace } else { Failure::SetupScope }, Again::Never);
        };
        // A sign-in of just now is not renewed, whatever the phone's clock says.
        let renews = choice.stale && !self.visit.has_new_session && !self.visit.has_signed_in_again();
        let owner = choice.token.owner().clone();
        if !renews && let Some(question) = self.whose_line(&owner, &attempt) {
            return question;
        }
        if !online && !attempt.reachable {
            // Nothing has been sent: the customer's word still counts.
            self.visit.signed_in_now |= !owner.can_be_recognised();
            self.go(Step::Probing(attempt));
            return vec![Effect::Probe, Effect::Sleep(Timer::Deadline, Delay::exactly(DEADLINE))];
        }
        if renews {
            return self.sign_in_again(Failure::SignInExpired, Again::SignIn);
        }
        if !self.visit.facts.in_client
            && let Some(pending) = &mut self.visit.pending
        {
            pending.add_sender(&owner);
        }
        let Some(pending) = self.visit.pending.clone() else {
            return self.stop(Failure::SetupLiffId, Again::Never);
        };
        let request = BindRequest {
            purpose: pending.purpose,
            id_token: choice.token,
            liff_id: pending.liff_id.clone(),
            bind_token: pending.bind_token.clone(),
            consent: attempt.consent.clone(),
            client,
            key: pending.key.clone(),
        };
        self.go(Step::Posting(Attempt { tries: attempt.tries.saturating_add(1), reachable: false, ..attempt }));
        // If the page is killed now, the answer is lost.
        let lost =
            Effect::Keep(Some(Pending { past: self.visit.past_unanswered(request.consent.as_ref()), ..pending }));
        // A browser may never report the end of an aborted request (seen in WebKit, in the middle of an answer).
        let end = Effect::Sleep(Timer::Deadline, Delay::exactly(DEADLINE + END_GRACE));
        vec![lost, Effect::Post { request, deadline: DEADLINE }, end]
    }

    /// Outside LINE, asks whose LINE account this is, unless the person has said so or has just signed in for this
    /// bind: a family's computer may be signed in as somebody else, and LINE may sign in the account that was declined.
    fn whose_line(&mut self, owner: &LineAccount, attempt: &Attempt) -> Option<Effects> {
        if self.visit.facts.in_client {
            return None;
        }
        if self.visit.own_account().is_some_and(|own| own.is_surely(owner)) {
            return None;
        }
        let declined = self.visit.pending.as_ref().and_then(|pending| pending.declined.as_ref());
        let again = declined.is_some_and(|declined| !declined.is_surely_not(owner));
        if std::mem::take(&mut self.visit.signed_in_now) && !again {
            self.set_account(Account::Own(owner.clone()));
            return None;
        }
        // An account that has changed is asked for consent afresh; one without a mark may be the same.
        let consent = attempt.consent.clone().filter(|_| !owner.can_be_recognised());
        self.go(Step::Account { owner: owner.clone(), again, consent });
        Some(Effects::new())
    }

    /// Records whose LINE account is to be bound.
    pub(super) fn set_account(&mut self, account: Account) {
        if let Some(pending) = &mut self.visit.pending {
            pending.account = account;
        }
    }

    /// Records which account the customer has declined.
    pub(super) fn set_declined(&mut self, declined: Option<LineAccount>) {
        if let Some(pending) = &mut self.visit.pending {
            pending.declined = declined;
        }
    }

    /// A request has shown whether there is a connection.
    pub(super) fn probed(&mut self, reachable: bool) -> Effects {
        match (self.step.clone(), reachable) {
            (Step::Probing(attempt), true) => self.prepare(Attempt { reachable, ..attempt }),
            (Step::Probing(attempt), false) => self.stop(Failure::Offline, Again::Bind(attempt.consent)),
            (_, true) => self.reload(),
            (Step::Reloading(stop), false) if stop.failure.may_be_bound() => self.stand(stop),
            (Step::Reloading(_), false) => self.stop(Failure::Offline, Again::Reload),
            // While `liff.init` runs: the wait that has just begun is over.
            (_, false) => {
                (self.wait_turn, self.patience) = (self.wait_turn.next(), Patience::Over);
                Effects::new()
            }
        }
    }

    pub(super) fn answered(&mut self, answer: Option<Reply>) -> Effects {
        let Step::Posting(attempt) = self.step.clone() else { return Effects::new() };
        self.note_code(answer.as_ref().and_then(|reply| reply.code).map(Code::Api));
        let Some(reply) = answer else {
            return self.try_again(attempt, RetryReason::Unavailable, None, Failure::Unsure, None);
        };
        self.replied(attempt, reply)
    }

    fn replied(&mut self, attempt: Attempt, reply: Reply) -> Effects {
        let known = std::mem::take(&mut self.visit.shop);
        self.visit.shop = reply.shop.or(known);
        match reply.kind {
            ReplyKind::Bound(binding) => {
                let leaves = self.visit.facts.in_client && binding.return_url.is_some();
                let friend = if binding.message == Message::Failed { Friend::No } else { Friend::Unknown };
                self.go(Step::Bound { binding, friend });
                self.visit.pending.iter_mut().for_each(Pending::drop_unlinked);
                let mut effects = self.settled();
                // A failed message has already answered this.
                if friend == Friend::Unknown {
                    effects.push(Effect::ReadFriendship);
                }
                if leaves {
                    effects.push(Effect::ReadyLater);
                }
                effects
            }
            ReplyKind::Unlinked(unlinking) => {
                self.go(Step::Unlinked(unlinking));
                self.visit.pending.iter_mut().for_each(Pending::undo_binds);
                self.settled()
            }
            ReplyKind::ConsentRequired(request) => {
                self.go(Step::Asking(request));
                // If the API asks now, it hasn't carried out an earlier request of this key; and there is a link to end.
                let is_judged = self.visit.past() == Past::Lost && !self.visit.is_shared();
                if is_judged || self.visit.purpose() == Purpose::Unlink {
                    self.set_past(Past::Nothing);
                }
                self.keep()
            }
            ReplyKind::TokenExpired => {
                if reply.clock_error > CLOCK_TOLERANCE && self.visit.has_signed_in_again() {
                    self.stop(Failure::Clock, Again::Bind(attempt.consent));
                    return self.keep();
                }
                self.sign_in_again(Failure::SignInExpired, Again::SignIn)
            }
            ReplyKind::KeyReused(support_id) => {
                if attempt.rekeyed || self.is_over(&attempt) {
                    self.stop_with(Failure::Server, support_id, Again::Bind(attempt.consent));
                    return self.keep();
                }
                self.renew_key();
                self.prepare(Attempt { rekeyed: true, ..attempt })
            }
            ReplyKind::Again { reason, asked, failure, support_id } => {
                self.try_again(attempt, reason, asked, failure, support_id)
            }
            ReplyKind::Stopped { failure, support_id, settled } => {
                self.refused(attempt.consent, failure, support_id, settled)
            }
        }
    }

    /// The server won't carry it out; `settled`: for good.
    fn refused(
        &mut self,
        consent: Option<Consent>,
        failure: Failure,
        support_id: Option<SupportId>,
        settled: bool,
    ) -> Effects {
        if failure == Failure::Unsure {
            self.note_lost(consent.as_ref());
        }
        let again = match failure {
            Failure::Unsure | Failure::Server => Again::Bind(consent),
            Failure::Identity if !self.visit.facts.in_client => Again::SignIn,
            _ => Again::Never,
        };
        if settled && failure.judges_the_visitor() {
            // The server repeats such a refusal for this key, though the shop may have mended its cause.
            self.renew_key();
        }
        let judges_the_account = failure.judges_the_visitor() && !failure.judges_the_link();
        let is_final = match self.visit.past() {
            Past::Nothing | Past::Undone => true,
            Past::Lost => failure.judges_the_visitor(),
            Past::Done => judges_the_account,
        };
        let effects = if settled && is_final && !self.visit.is_shared() { self.forget() } else { self.keep() };
        if settled && judges_the_account && self.visit.is_shared() {
            // True of this account, whatever became of the other.
            self.stand(Stop::new(failure, support_id, again));
        } else {
            self.stop_with(failure, support_id, again);
        }
        effects
    }

    fn try_again(
        &mut self,
        attempt: Attempt,
        reason: RetryReason,
        asked: Option<f64>,
        failure: Failure,
        support_id: Option<SupportId>,
    ) -> Effects {
        // A gateway's answer to a question leaves nothing open.
        let failure = match failure {
            Failure::Gateway if self.visit.only_asks(attempt.consent.as_ref()) => Failure::Server,
            other => other,
        };
        if failure.may_be_bound() {
            self.note_lost(attempt.consent.as_ref());
        }
        let stop = self.stop_at(failure, support_id, Again::Bind(attempt.consent.clone()));
        if let Some(delay) = reason.delay(attempt.tries, asked).filter(|_| !self.is_over(&attempt)) {
            let wait = match reason {
                RetryReason::Busy if delay.millis >= ANNOUNCED_PAUSE => Wait::Busy(delay.millis.div_ceil(1000)),
                _ => Wait::Slow,
            };
            let pause = if asked.is_some() { delay.millis } else { 0 };
            self.go(Step::Pausing { attempt, wait, stop, pause });
            let mut effects = self.keep();
            effects.push(Effect::Sleep(Timer::Pause, delay));
            // A pause that the server asks for isn't called a failure before it is over.
            return if pause > 0 && self.patience < Patience::Over {
                self.start_wait(0, pause, effects)
            } else {
                effects
            };
        }
        self.stand(stop);
        self.keep()
    }

    /// Whether only the person may want the request again.
    fn is_over(&self, attempt: &Attempt) -> bool {
        attempt.left_alone && self.visit.ends_a_link(attempt.consent.as_ref())
    }

    /// The server has carried out the request.
    fn settled(&mut self) -> Effects {
        self.renew_key();
        self.set_past(Past::Done);
        self.keep()
    }

    /// The server has refused for good.
    fn forget(&mut self) -> Effects {
        self.renew_key();
        self.set_past(Past::Nothing);
        // If there are others, this one stays, or a URL without a bind token would mean one of them.
        vec![Effect::Keep(self.visit.pending.clone().filter(|pending| !pending.others.is_empty()))]
    }

    /// The next request is another one to the server.
    pub(super) fn renew_key(&mut self) {
        if let Some(pending) = &mut self.visit.pending {
            pending.key.clone_from(&self.visit.spare_key);
        }
    }

    /// The answer to a request with this consent was missing or unreadable.
    pub(super) fn note_lost(&mut self, consent: Option<&Consent>) {
        self.set_past(self.visit.past_unanswered(consent));
    }

    pub(super) fn set_past(&mut self, past: Past) {
        if let Some(pending) = &mut self.visit.pending {
            pending.past = past;
        }
    }
}
