//! Presses, and events that phones send by themselves.

use super::Effects;
use crate::core::{
    bind::{Account, Consent, Past, Pending},
    failure::Failure,
    json::Json,
    page::{
        effect::Effect,
        screen::{Action, Friend},
        state::{Again, Attempt, State, Step, Stop},
    },
    url::Purpose,
};

impl State {
    /// Called only with actions that the screen offers.
    pub(super) fn pressed(&mut self, action: Action) -> Effects {
        match (action, self.step.clone()) {
            (Action::Retry, Step::Cancelled) => {
                self.set_past(Past::Nothing);
                self.prepare(Attempt::default())
            }
            (Action::Confirm | Action::Unlink, Step::Asking(request)) => {
                let consent = Some(Consent { version: request.version });
                self.prepare(Attempt { consent, ..Attempt::default() })
            }
            (Action::Confirm, Step::Account { owner, consent, .. }) => {
                // One without a mark can't be recognised: the customer's word counts for this attempt.
                self.visit.signed_in_now = !owner.can_be_recognised();
                self.set_declined(None);
                self.set_account(Account::Own(owner));
                let mut effects = self.keep();
                effects.extend(self.prepare(Attempt { consent, ..Attempt::default() }));
                effects
            }
            (Action::Cancel, Step::Asking(_)) => {
                self.go(Step::Cancelled);
                Effects::new()
            }
            (Action::Login, Step::Stopped(stop)) => self.leave(Some(stop), None),
            (Action::OtherAccount, Step::Account { owner, .. }) => {
                self.set_declined(Some(owner));
                self.leave(None, None)
            }
            (Action::Login, _) => self.leave(None, None),
            (Action::CopyCode, Step::Stopped(stop)) => vec![Effect::Copy(stop.support_code())],
            (Action::CopyLink, _) => self.link_to_copy().map(Effect::Copy).into_iter().collect(),
            (Action::Close, _) => {
                self.visit.close_by_hand = !self.visit.facts.in_client;
                vec![Effect::Close]
            }
            (Action::Retry, _) => self.stop_now().map_or_else(Effects::new, |stop| self.again(stop.again)),
            _ => Effects::new(),
        }
    }

    fn again(&mut self, again: Again) -> Effects {
        match again {
            Again::Never | Again::SignIn => Effects::new(),
            Again::ByPress => {
                // The old one may hold an answer from before the unlinking.
                self.renew_key();
                self.prepare(Attempt::default())
            }
            Again::Reload => {
                // The URL may still hold a sign-in; the reload must not count as a second return from it.
                self.set_returned(false);
                let mut effects = self.keep();
                effects.push(Effect::Probe);
                match self.step.clone() {
                    Step::Stopped(stop) | Step::Reloading(stop) => {
                        self.go(Step::Reloading(stop));
                        effects
                    }
                    // LINE's late answer still counts, and comes before the reload.
                    _ => self.wait_anew(effects),
                }
            }
            Again::Init => self.init_again(0),
            Again::WayIn => self.send_to_line(false),
            Again::Bind(consent) => {
                // The answer to the pending request will be ignored.
                if matches!(self.step, Step::Posting(_)) {
                    self.note_lost(consent.as_ref());
                }
                self.prepare(Attempt { consent, ..Attempt::default() })
            }
        }
    }

    /// The person has gone to another app.
    pub(super) fn hidden_now(&mut self) -> Effects {
        if let Step::Preparing(attempt) | Step::Probing(attempt) | Step::Posting(attempt) = &mut self.step {
            attempt.left_alone = true;
        }
        match self.step.clone() {
            Step::Pausing { attempt, stop, .. } if self.visit.ends_a_link(attempt.consent.as_ref()) => self.stand(stop),
            Step::Probing(attempt) if attempt.tries > 0 && self.visit.ends_a_link(attempt.consent.as_ref()) => {
                self.stop(Failure::Unsure, Again::Bind(attempt.consent))
            }
            _ => Effects::new(),
        }
    }

    /// Tries again, as there may be a connection now.
    pub(super) fn try_again_by_itself(&mut self) -> Effects {
        match self.step.clone() {
            Step::Stopped(Stop { again: Again::Bind(consent), .. }) if self.visit.ends_a_link(consent.as_ref()) => {
                Effects::new()
            }
            Step::Stopped(Stop { failure: Failure::Offline | Failure::Unsure, again, .. })
            | Step::Reloading(Stop { again, .. }) => {
                let effects = self.again(again);
                self.wait_anew(effects)
            }
            _ => Effects::new(),
        }
    }

    /// Time in the background isn't waiting: the wait starts again, and a request gets its tries back.
    pub(super) fn resumed(&mut self) -> Effects {
        match &mut self.step {
            // The person came back from LINE's page without signing in.
            Step::Leaving { back } => {
                let back = back.take();
                let mut effects = self.stay(back);
                effects.extend(self.look_for_sign_in());
                return effects;
            }
            Step::Elsewhere { .. } => return self.look_for_sign_in(),
            // Perhaps the person comes from the official account's page.
            Step::Bound { friend: Friend::No, .. } => return vec![Effect::ReadFriendship],
            Step::Posting(attempt) | Step::Pausing { attempt, .. } => attempt.tries = 1,
            Step::Init { .. } | Step::InitPause { .. } | Step::Probing(_) => {}
            _ => return self.try_again_by_itself(),
        }
        let pause = if let Step::Pausing { pause, .. } = self.step { pause } else { 0 };
        self.start_wait(0, pause, Effects::new())
    }

    /// Looks whether the person has signed in in another tab, where LINE's app may have led them back to.
    fn look_for_sign_in(&self) -> Effects {
        let may_bind = matches!(self.step, Step::Elsewhere { .. }) && self.visit.purpose() == Purpose::Bind;
        if may_bind { vec![Effect::Prepare] } else { Effects::new() }
    }

    /// The page was in the back-forward cache, and `kept` is this tab's record now. If another page has written it
    /// meanwhile, this one may show what is no longer true, and loads again. After a success whose record the tab no
    /// longer has, a load could only be told less.
    pub(super) fn restored(&mut self, kept: &Json) -> Effects {
        let kept = Pending::read(kept).filter(|kept| self.kept.as_ref() != Some(kept));
        if let (Some(kept), Some(own)) = (kept, &self.visit.pending)
            && (own.is_kept(&kept) || !matches!(self.step, Step::Bound { .. }))
        {
            // From here on it writes none: the record stays as the tab has it.
            self.visit.pending = None;
            self.go(Step::Reloading(Stop::new(Failure::Unsure, None, Again::Reload)));
            return self.wait_anew(vec![Effect::Probe]);
        }
        self.resumed()
    }

    pub(super) fn friendship_read(&mut self, answer: Friend) -> Effects {
        match &mut self.step {
            // A known answer stays if LINE doesn't answer this time.
            Step::Bound { friend, .. } if answer != Friend::Unknown => *friend = answer,
            _ => {}
        }
        Effects::new()
    }

    pub(super) fn copied(&mut self) -> Effects {
        match &mut self.step {
            Step::Stopped(Stop { copied, .. }) | Step::Elsewhere { copied, .. } => *copied = true,
            _ => {}
        }
        Effects::new()
    }
}
