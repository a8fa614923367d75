//! The one place that decides, and the only writer of the state. `line` runs until LINE has said who is here, and
//! `bind` from then to an answer; `person` handles what people and their phones do meanwhile, and `count` reports how
//! it ended.

mod bind;
mod count;
mod line;
mod person;

use super::{
    effect::{Effect, Patience, Timer},
    event::Event,
    screen::QrImage,
    state::{Again, State, Step, Stop},
};
use crate::core::{
    delay::Delay,
    failure::{Failure, SupportId},
};

/// The longest URL given to the LIFF SDK, in bytes. A regular expression in it is quadratic in the URL's length
/// (measured with 2.31.0: 120 kB take 5 s), and a page that hangs binds nobody.
const LONGEST_URL: usize = 16 * 1024;
/// The stages of a person's wait, and after how many milliseconds each begins.
const PATIENCE: [(Patience, u32); 3] = [(Patience::Told, 3_000), (Patience::Offered, 10_000), (Patience::Over, 20_000)];
/// How long the static page waits for the app, in milliseconds, before it shows its failure.
const LOADING: u32 = 10_000;
/// How long one POST, or a navigation away, may take, in milliseconds.
const DEADLINE: u32 = 10_000;
/// How long after that the browser may take to report that the request was aborted, in milliseconds.
const END_GRACE: u32 = 500;
/// Pauses of this length or more are announced with their length, in milliseconds.
const ANNOUNCED_PAUSE: u32 = 1_000;

type Effects = Vec<Effect>;

impl State {
    /// Takes an event and returns the next state and the effects. An event that means nothing at this step changes
    /// nothing.
    #[must_use]
    pub fn update(mut self, event: Event) -> (Self, Vec<Effect>) {
        let leaves = matches!(event, Event::Left);
        let mut effects = self.take(event);
        if let Some(Effect::Keep(kept)) = effects.iter().rfind(|effect| matches!(effect, Effect::Keep(_))) {
            self.kept.clone_from(kept);
        }
        if let Some(count) = self.count(leaves) {
            effects.push(count);
        }
        (self, effects)
    }

    fn take(&mut self, event: Event) -> Effects {
        match event {
            Event::Restored(kept) => {
                (self.hidden, self.left) = (false, false);
                self.restored(&kept)
            }
            // Browsers tell that a page is visible again before they tell that it is restored.
            _ if self.left => Effects::new(),
            Event::Left => {
                self.left = true;
                self.hidden_now()
            }
            Event::Opened(opening) => self.open(opening),
            Event::LiffSettled(turn, outcome, facts) if turn == self.turn => self.liff_settled(outcome, facts),
            Event::Prepared { turn, tokens, now, online, spare_key } if turn == self.turn => {
                self.prepared(tokens, now, online, spare_key)
            }
            Event::Answered(turn, answer) if turn == self.turn => self.answered(answer),
            Event::Probed(turn, reachable) if turn == self.turn => self.probed(reachable),
            Event::FriendshipRead(turn, friend) if turn == self.turn => self.friendship_read(friend),
            Event::QrDrawn(turn, src) if turn == self.turn => self.qr_drawn(src),
            Event::Elapsed(_, Timer::Patience(patience, wait)) => {
                if wait == self.wait_turn && !self.hidden {
                    self.patience = patience;
                }
                Effects::new()
            }
            Event::Elapsed(turn, timer) if turn == self.turn => self.elapsed(timer),
            Event::LaterReady(turn, ready) if turn == self.turn => self.later_is_ready(ready),
            Event::Copied(turn) if turn == self.turn => self.copied(),
            Event::Pressed(action) if self.screen().offers(action) => {
                let turn = self.turn;
                let effects = self.pressed(action);
                // A new step after a press starts a new wait.
                if self.turn == turn { effects } else { self.wait_anew(effects) }
            }
            Event::Online => self.try_again_by_itself(),
            Event::Hidden => {
                self.hidden = true;
                self.hidden_now()
            }
            Event::Resumed => {
                self.hidden = false;
                self.resumed()
            }
            _ => Effects::new(),
        }
    }

    fn elapsed(&mut self, timer: Timer) -> Effects {
        match (timer, self.step.clone()) {
            // Perhaps the person is in LINE, and comes back.
            (Timer::Deadline, Step::Leaving { .. }) if self.hidden => Effects::new(),
            (Timer::Deadline, Step::Leaving { .. }) => self.sign_in_not_opened(),
            (Timer::Deadline, Step::Posting(_)) => self.answered(None),
            (Timer::Deadline, Step::Probing(_)) => self.probed(false),
            // The code's place must not stay empty.
            (Timer::Deadline, Step::Elsewhere { qr: Some(QrImage { src: None, .. }), .. }) => self.qr_drawn(None),
            (Timer::Pause, Step::InitPause { tries }) => self.init_again(tries),
            // Whoever sees the stop already decides: else it would come and go with each try. `Unsure` would stay.
            (Timer::Pause, Step::Pausing { stop, .. })
                if self.patience == Patience::Over && stop.failure != Failure::Unsure =>
            {
                self.stand(stop)
            }
            (Timer::Pause, Step::Pausing { attempt, .. }) => self.prepare(attempt),
            _ => Effects::new(),
        }
    }

    // --- common to all phases ---

    /// Moves to a step: answers to earlier effects no longer count.
    fn go(&mut self, step: Step) {
        self.turn = self.turn.next();
        self.stage = step.stage().unwrap_or(self.stage);
        self.step = step;
        self.visit.close_by_hand = false;
    }

    /// Starts a new wait with these effects, and adds the timers for its stages.
    fn wait_anew(&mut self, effects: Effects) -> Effects {
        self.start_wait(0, 0, effects)
    }

    /// The same, if the person has already waited for some milliseconds, and if the server asks for a pause of some:
    /// only after that is patience over.
    fn start_wait(&mut self, waited: u32, pause: u32, mut effects: Effects) -> Effects {
        self.patience = Patience::Fresh;
        self.wait_turn = self.wait_turn.next();
        for (patience, after) in PATIENCE {
            let after = if patience == Patience::Over { after.saturating_add(pause) } else { after };
            let timer = Timer::Patience(patience, self.wait_turn);
            match after.checked_sub(waited) {
                Some(left) => effects.push(Effect::Sleep(timer, Delay::exactly(left))),
                None => self.patience = patience,
            }
        }
        effects
    }

    fn stop(&mut self, failure: Failure, again: Again) -> Effects {
        self.stop_with(failure, None, again)
    }

    fn stop_with(&mut self, failure: Failure, support_id: Option<SupportId>, again: Again) -> Effects {
        let stop = self.stop_at(failure, support_id, again);
        self.stand(stop)
    }

    fn stand(&mut self, stop: Stop) -> Effects {
        self.go(Step::Stopped(stop));
        Effects::new()
    }

    /// While a lost answer may mean that the customer is bound, no stop may say "not bound": it becomes `Unsure`, and
    /// its button asks again.
    pub(super) fn stop_at(&self, failure: Failure, support_id: Option<SupportId>, again: Again) -> Stop {
        let lost = self.visit.past().leaves_doubt();
        let (failure, again) = match again {
            // Without LINE's word there is nothing to send: LINE opens the link afresh.
            Again::Never if lost && matches!(self.step, Step::Init { .. } | Step::Preparing(_)) => {
                (Failure::Unsure, Again::SignIn)
            }
            // This token won't do, whatever became of the request.
            _ if lost && matches!(failure, Failure::Identity | Failure::Clock) => (Failure::Unsure, Again::SignIn),
            Again::Never if lost => (Failure::Unsure, Again::Bind(None)),
            _ if lost && !failure.may_be_bound() => (Failure::Unsure, again),
            _ => (failure, again),
        };
        Stop::new(failure, support_id, again)
    }

    /// Stops because this link leads nowhere, whatever became of an earlier one in this tab.
    fn refuse(&mut self, failure: Failure) -> Effects {
        self.stand(Stop::new(failure, None, Again::Never))
    }

    /// Stores the record. Without a LIFF app it stores nothing: the record of an earlier link stays.
    fn keep(&self) -> Effects {
        self.visit.pending.clone().map(|pending| Effect::Keep(Some(pending))).into_iter().collect()
    }
}
