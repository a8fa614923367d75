//! The one place that decides, and the only writer of the state.

use super::{
    api::{BindRequest, Consent, Reply, ReplyKind},
    device::Os,
    effect::{Delay, Effect, Patience, Timer},
    event::{Event, LiffFacts, Opening},
    failure::{Failure, SupportCode},
    launch::Launch,
    liff_error::{InitFailure, LiffErrorReport},
    pending::{IdempotencyKey, Pending},
    retry::Trouble,
    screen::{Action, Friend, Wait},
    state::{Again, Attempt, State, Step, Stop, Visit},
    text::Text,
    token::Tokens,
};

/// Longest URL given to the LIFF SDK, in bytes. A regular expression in it is quadratic in the URL's length
/// (measured with 2.31.0: 120 kB take 5 s), and a page that hangs binds nobody.
const LONGEST_URL: usize = 16 * 1024;
/// What is given to a person who waits, and after how many milliseconds of waiting.
const PATIENCE: [(Patience, u32); 3] = [(Patience::Told, 3_000), (Patience::Offered, 10_000), (Patience::Over, 20_000)];
/// How long the static page waits for the app, in milliseconds (`src/boot.js`): then the person sees another screen.
const LOADING: u32 = 10_000;
/// How long a try of the POST may take, or a navigation away, in milliseconds.
const DEADLINE: u32 = 10_000;
/// How long after that the browser may take to say that the request was given up, in milliseconds.
const END_GRACE: u32 = 500;
/// Pauses between calls of `liff.init`, in milliseconds.
const INIT_PAUSES: [u32; 3] = [300, 600, 1200];
/// How long the page waits for the SDK to load it again, in milliseconds.
const RELOAD_GRACE: u32 = 1_500;
/// From which difference on a clock counts as wrong, in milliseconds.
const CLOCK_TOLERANCE: f64 = 300_000.0;
/// Pauses from here on are announced with their length, in milliseconds.
const ANNOUNCED_PAUSE: u32 = 1_000;

type Effects = Vec<Effect>;

impl State {
    /// Takes in what happened: the next state, and what to do now. What means nothing here changes nothing.
    #[must_use]
    pub fn update(mut self, event: Event) -> (Self, Vec<Effect>) {
        let effects = self.take(event);
        (self, effects)
    }

    fn take(&mut self, event: Event) -> Effects {
        match event {
            Event::Opened(opening) => self.open(opening),
            Event::LiffSettled(turn, outcome, facts) if turn == self.turn => self.liff_settled(outcome, facts),
            Event::Prepared { turn, tokens, now, online, spare_key } if turn == self.turn => {
                self.prepared(tokens, now, online, spare_key)
            }
            Event::Answered(turn, answer) if turn == self.turn => self.answered(answer),
            Event::FriendshipRead(turn, friend) if turn == self.turn => self.friendship_read(friend),
            Event::QrDrawn(turn, path) if turn == self.turn => self.qr_drawn(path),
            Event::Elapsed(turn, Timer::Patience(patience)) if turn == self.waiting_since => {
                self.patience = patience;
                Effects::new()
            }
            Event::Elapsed(turn, timer) if turn == self.turn => self.elapsed(timer),
            Event::Copied(turn) if turn == self.turn => self.copied(),
            Event::Pressed(action) if self.screen().offers(action) => {
                let turn = self.turn;
                let effects = self.pressed(action);
                // What a press has set going is a wait of its own.
                if self.turn == turn { effects } else { self.wait_anew(effects) }
            }
            Event::Online => self.online(),
            Event::Resumed => self.resumed(),
            _ => Effects::new(),
        }
    }

    /// Moves on: answers to what was asked before no longer count.
    fn go(&mut self, step: Step) {
        self.turn = self.turn.next();
        self.step = step;
        self.visit.close_by_hand = false;
    }

    /// A wait begins with these orders: what is to be given to the person, and when.
    fn wait_anew(&mut self, effects: Effects) -> Effects {
        self.wait_from(0, effects)
    }

    /// The same, where the person has waited for some milliseconds already.
    fn wait_from(&mut self, waited: u32, mut effects: Effects) -> Effects {
        self.patience = Patience::Fresh;
        self.waiting_since = self.turn;
        for (patience, after) in PATIENCE {
            match after.checked_sub(waited) {
                Some(left) => effects.push(Effect::Sleep(Timer::Patience(patience), Delay::exactly(left))),
                None => self.patience = patience,
            }
        }
        effects
    }

    fn stop(&mut self, failure: Failure, again: Again) -> Effects {
        let stop = self.stop_at(failure, again);
        self.stand(stop)
    }

    fn stop_with(&mut self, failure: Failure, code: SupportCode, again: Again) -> Effects {
        let stop = self.stop_with_code(failure, code, again);
        self.stand(stop)
    }

    fn stand(&mut self, stop: Stop) -> Effects {
        self.go(Step::Stopped(stop));
        Effects::new()
    }

    pub(super) fn stop_at(&self, failure: Failure, again: Again) -> Stop {
        self.stop_with_code(failure, SupportCode::new(None, failure), again)
    }

    /// While a lost answer may have bound, no stop may say "not bound": then it is unsure, and its button asks again.
    fn stop_with_code(&self, failure: Failure, code: SupportCode, again: Again) -> Stop {
        let lost = self.visit.pending.is_some_and(|pending| pending.lost);
        let (failure, again) = match again {
            Again::Never if lost => (Failure::Unsure, Again::Bind(None)),
            _ if lost && !failure.may_be_bound() => (Failure::Unsure, again),
            _ => (failure, again),
        };
        Stop { failure, code, again, copied: false }
    }

    // --- opening, and LINE's side ---

    fn open(&mut self, opening: Opening) -> Effects {
        if !matches!(self.step, Step::Blank) {
            return Effects::new();
        }
        if opening.href_length > LONGEST_URL {
            self.visit = Visit::open(Opening { href: "", ..opening });
            return self.refuse(Failure::LinkIncomplete);
        }
        self.visit = Visit::open(opening);
        let waited = if opening.loading < LOADING { opening.loading } else { 0 };
        if self.visit.device.is_liff && self.visit.launch.is_sign_in_return() {
            // The SDK signs in by itself where it cannot make sense of LINE's answers, again and again.
            if self.visit.pending.is_some_and(|pending| pending.returned) {
                self.stop(Failure::LineInit, Again::SignIn);
                return self.clean_url();
            }
            self.visit.pending = self.visit.pending.map(|pending| Pending { returned: true, ..pending });
        }
        // A sign-in of the SDK's own leads back to the bare endpoint URL, without the bind token. (Where boot.js has asked LINE
        // already, it has kept the same before.)
        let mut effects = self.keep();
        effects.extend(self.init(0));
        if matches!(self.step, Step::Init { .. }) { self.wait_from(waited, effects) } else { effects }
    }

    /// This link leads nowhere, whatever an earlier one in this tab has come to.
    fn refuse(&mut self, failure: Failure) -> Effects {
        self.stand(Stop { failure, code: SupportCode::new(None, failure), again: Again::Never, copied: false })
    }

    fn init(&mut self, tries: u8) -> Effects {
        let Some(liff_id) = self.visit.liff_id() else {
            return self.refuse(Failure::SetupLiffId);
        };
        self.go(Step::Init { tries: tries.saturating_add(1) });
        vec![Effect::InitLiff(liff_id)]
    }

    fn liff_settled(&mut self, outcome: Result<(), LiffErrorReport>, facts: LiffFacts) -> Effects {
        let Step::Init { tries } = self.step else { return Effects::new() };
        let online = facts.online;
        self.visit.learn(facts);
        if let (Err(_), Some(error)) = (outcome, self.visit.launch.sign_in_error()) {
            return self.sign_in_failed(error);
        }
        match outcome.map_err(|error| error.classify()) {
            Ok(()) | Err(InitFailure::IdTokenRefused) => self.arrive(),
            Err(InitFailure::Network) if !online => self.stop(Failure::Offline, Again::Init),
            Err(InitFailure::Network) => match INIT_PAUSES.get(usize::from(tries.saturating_sub(1))) {
                // A person who has a button decides.
                Some(pause) if self.patience < Patience::Offered => {
                    self.go(Step::InitPause { tries });
                    vec![Effect::Sleep(Timer::Pause, Delay::exactly(*pause))]
                }
                _ => self.stop(Failure::LineInit, Again::Init),
            },
            Err(InitFailure::SessionVoid) => self.sign_in_again(Failure::SignInExpired, Again::SignIn),
            Err(InitFailure::Final(failure)) => {
                let again = match failure {
                    Failure::SignInExpired => Again::SignIn,
                    Failure::LineInit | Failure::LineDown => Again::Reload,
                    _ => Again::Never,
                };
                let reloads = again == Again::Reload;
                self.stop(failure, again);
                // A reload needs the URL as LINE gave it; any other way on must not meet the old sign-in again.
                if reloads { Effects::new() } else { self.clean_url() }
            }
        }
    }

    /// LINE's sign-in led back with an error. The SDK rejects for as long as that is in the URL (LIFF SDK 2.31.0, `init`).
    fn sign_in_failed(&mut self, error: Text) -> Effects {
        let failure = if error == "access_denied" { Failure::SignInRefused } else { Failure::LineInit };
        self.stop(failure, Again::SignIn);
        self.clean_url()
    }

    /// LINE has said who is here, or that nobody is signed in.
    fn arrive(&mut self) -> Effects {
        let visit = &self.visit;
        let escaping = visit.device.os == Os::Android && !visit.facts.in_client;
        if escaping && visit.launch.is_about_to_reload(visit.referrer) {
            self.go(Step::AwaitingReload);
            return vec![Effect::Sleep(Timer::Pause, Delay::exactly(RELOAD_GRACE))];
        }
        self.settle()
    }

    /// The URL is ours now: clean it, and go on with the bind or to LINE.
    fn settle(&mut self) -> Effects {
        let astray = self.visit.launch.is_sign_in_return();
        let mut effects = self.clean_url();
        if !self.visit.facts.logged_in {
            effects.extend(self.send_to_line(astray));
            return effects;
        }
        effects.extend(self.prepare(Attempt::default()));
        // LINE has answered after all: the bind is a wait of its own.
        if self.patience == Patience::Over { self.wait_anew(effects) } else { effects }
    }

    /// Takes LINE's sign-in out of the address bar, and what it may have left in the fragment.
    fn clean_url(&mut self) -> Effects {
        let clean = self.visit.launch.clean_url(self.visit.bind_token()).leak();
        self.visit.launch = Launch::parse(clean);
        vec![Effect::ShowUrl(clean)]
    }

    fn send_to_line(&mut self, astray: bool) -> Effects {
        let liff_url = self.visit.liff_url().filter(|_| !self.visit.device.is_phone());
        self.go(Step::Elsewhere { qr: liff_url.map(|_| ""), astray });
        liff_url.map(Effect::DrawQr).into_iter().collect()
    }

    /// Signs in anew by itself, at most once a page session; then it is the person's to decide.
    fn sign_in_again(&mut self, otherwise: Failure, again: Again) -> Effects {
        let stop = self.stop_at(otherwise, again);
        let Some(pending) = self.visit.pending.as_mut().filter(|pending| !pending.signed_in_again) else {
            return self.stand(stop);
        };
        pending.signed_in_again = true;
        self.leave(Some(stop))
    }

    fn leave(&mut self, back: Option<Stop>) -> Effects {
        let url = self.visit.return_url();
        self.go(Step::Leaving { back });
        let mut effects = self.keep();
        effects.extend([Effect::SignIn(url), Effect::Sleep(Timer::Deadline, Delay::exactly(DEADLINE))]);
        effects
    }

    /// The sign-in did not happen: back to where the page stood.
    fn stay(&mut self, back: Option<Stop>) -> Effects {
        match back {
            Some(stop) => self.stand(stop),
            None => self.send_to_line(false),
        }
    }

    /// Nothing where no LIFF app is named: the record of an earlier link stays.
    fn keep(&self) -> Effects {
        self.visit.pending.map(|pending| Effect::Keep(Some(pending.to_text()))).into_iter().collect()
    }

    /// The server has refused for good.
    fn forget(&mut self) -> Effects {
        self.renew_key();
        self.set_lost(false);
        vec![Effect::Keep(None)]
    }

    /// The server has given its last word on this key: another bind needs another.
    fn renew_key(&mut self) {
        if let Some(pending) = self.visit.pending.as_mut() {
            pending.key = self.visit.spare_key;
        }
    }

    /// Whether an answer did not come or could not be read, so that the bind may have been made.
    fn set_lost(&mut self, lost: bool) {
        if let Some(pending) = self.visit.pending.as_mut() {
            pending.lost = lost;
        }
    }

    // --- the bind ---

    fn prepare(&mut self, attempt: Attempt) -> Effects {
        self.go(Step::Preparing(attempt));
        vec![Effect::Prepare]
    }

    fn prepared(&mut self, tokens: Tokens, now: f64, online: bool, spare_key: IdempotencyKey) -> Effects {
        let Step::Preparing(attempt) = self.step else { return Effects::new() };
        let client = self.visit.client();
        self.visit.spare_key = spare_key;
        // Outside LINE a token in the URL is whoever's made the link; the SDK does not take it there either.
        let tokens = if self.visit.facts.in_client { tokens } else { Tokens { fresh: None, ..tokens } };
        let Some(choice) = tokens.choose(now) else {
            if !self.visit.facts.in_client {
                // Signed in before the merchant allowed `openid`, perhaps.
                return self.sign_in_again(Failure::SetupScope, Again::Never);
            }
            let open_chat = self.visit.facts.context_type == Some("square_chat");
            return self.stop(if open_chat { Failure::WrongPlace } else { Failure::SetupScope }, Again::Never);
        };
        let Some(pending) = self.visit.pending.as_mut() else {
            return self.stop(Failure::SetupLiffId, Again::Never);
        };
        if !online {
            return self.stop(Failure::Offline, Again::Bind(attempt.consent));
        }
        if choice.stale && !pending.signed_in_again {
            return self.sign_in_again(Failure::SignInExpired, Again::SignIn);
        }
        let request = BindRequest {
            id_token: choice.token,
            liff_id: pending.liff_id,
            bind_token: pending.bind_token,
            consent: attempt.consent,
            client,
            key: pending.key,
        };
        let attempt = Attempt { tries: attempt.tries.saturating_add(1), ..attempt };
        self.go(Step::Posting(attempt));
        // Should the page die now, its answer is lost.
        let lost = self.visit.pending.map(|pending| Pending { lost: true, ..pending }.to_text());
        // A browser may leave even a request that was given up without an end (seen in WebKit, in the middle of an answer).
        let end = Effect::Sleep(Timer::Deadline, Delay::exactly(DEADLINE + END_GRACE));
        vec![Effect::Keep(lost), Effect::Post { request, deadline: DEADLINE }, end]
    }

    fn answered(&mut self, answer: Option<Reply>) -> Effects {
        let Step::Posting(attempt) = self.step else { return Effects::new() };
        let Some(reply) = answer else {
            let code = SupportCode::new(None, Failure::Unsure);
            return self.try_again(attempt, Trouble::NoAnswer, None, Failure::Unsure, code);
        };
        self.replied(attempt, reply)
    }

    fn replied(&mut self, attempt: Attempt, reply: Reply) -> Effects {
        self.visit.shop = reply.shop.or(self.visit.shop);
        match reply.kind {
            ReplyKind::Bound(binding) => {
                self.go(Step::Bound { binding, friend: Friend::Unknown });
                self.renew_key();
                // Should this page be opened again and get no answer, it must not say "not bound".
                self.set_lost(true);
                let mut effects = self.keep();
                effects.push(Effect::ReadFriendship);
                effects
            }
            ReplyKind::ConsentRequired(request) => {
                self.go(Step::Asking(request));
                // Asked now, it was not bound before.
                self.set_lost(false);
                self.keep()
            }
            ReplyKind::TokenExpired => {
                if reply.clock_error > CLOCK_TOLERANCE
                    && self.visit.pending.is_some_and(|pending| pending.signed_in_again)
                {
                    return self.stop(Failure::Clock, Again::Bind(attempt.consent));
                }
                self.sign_in_again(Failure::SignInExpired, Again::SignIn)
            }
            ReplyKind::KeyReused(code) => {
                if attempt.rekeyed {
                    return self.stop_with(Failure::Server, code, Again::Bind(attempt.consent));
                }
                self.renew_key();
                self.prepare(Attempt { rekeyed: true, ..attempt })
            }
            ReplyKind::Again { trouble, wait, failure, code } => self.try_again(attempt, trouble, wait, failure, code),
            ReplyKind::Stopped { failure, code, settled } => {
                let again = match failure {
                    Failure::Unsure | Failure::Server => Again::Bind(attempt.consent),
                    Failure::Identity if !self.visit.facts.in_client => Again::SignIn,
                    _ => Again::Never,
                };
                if failure == Failure::Unsure {
                    self.set_lost(true);
                }
                let lost = self.visit.pending.is_some_and(|pending| pending.lost);
                let is_final = settled && (!lost || failure.judges_the_visitor());
                let effects = if is_final { self.forget() } else { self.keep() };
                self.stop_with(failure, code, again);
                effects
            }
        }
    }

    fn try_again(
        &mut self,
        attempt: Attempt,
        trouble: Trouble,
        asked: Option<f64>,
        failure: Failure,
        code: SupportCode,
    ) -> Effects {
        if failure.may_be_bound() {
            self.set_lost(true);
        }
        let stop = self.stop_with_code(failure, code, Again::Bind(attempt.consent));
        if let Some(delay) = trouble.wait(attempt.tries, asked) {
            let wait = match trouble {
                Trouble::Busy if delay.millis >= ANNOUNCED_PAUSE => Wait::Busy(delay.millis.div_ceil(1000)),
                _ => Wait::Slow,
            };
            self.go(Step::Pausing { attempt, wait, stop });
            let mut effects = self.keep();
            effects.push(Effect::Sleep(Timer::Pause, delay));
            return effects;
        }
        self.stand(stop);
        self.keep()
    }

    // --- time, people, the phone ---

    fn elapsed(&mut self, timer: Timer) -> Effects {
        match (timer, &mut self.step) {
            (Timer::Deadline, Step::Leaving { back }) => {
                let back = *back;
                self.stay(back)
            }
            (Timer::Deadline, Step::Posting(_)) => self.answered(None),
            (Timer::Pause, Step::InitPause { tries }) => {
                let tries = *tries;
                self.init(tries)
            }
            (Timer::Pause, Step::AwaitingReload) => self.settle(),
            (Timer::Pause, Step::Pausing { attempt, .. }) => {
                let attempt = *attempt;
                self.prepare(attempt)
            }
            _ => Effects::new(),
        }
    }

    /// Only called with what the screen offers.
    fn pressed(&mut self, action: Action) -> Effects {
        match (action, &self.step) {
            (Action::Retry, Step::Cancelled) => self.prepare(Attempt::default()),
            (Action::Confirm, Step::Asking(request)) => {
                let consent = Some(Consent { version: request.version });
                self.prepare(Attempt { consent, ..Attempt::default() })
            }
            (Action::Cancel, Step::Asking(_)) => {
                self.go(Step::Cancelled);
                Effects::new()
            }
            (Action::Login, Step::Stopped(stop)) => self.leave(Some(*stop)),
            (Action::Login, _) => self.leave(None),
            (Action::CopyCode, Step::Stopped(stop)) => vec![Effect::Copy(stop.code.text().leak())],
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
            Again::Reload => self.reload(),
            Again::Init => self.init(0),
            Again::Bind(consent) => self.prepare(Attempt { consent, ..Attempt::default() }),
        }
    }

    /// The URL may still hold a sign-in; loading it again for the person is no second return of it.
    fn reload(&mut self) -> Effects {
        self.visit.pending = self.visit.pending.map(|pending| Pending { returned: false, ..pending });
        let mut effects = self.keep();
        effects.push(Effect::Reload);
        effects
    }

    fn online(&mut self) -> Effects {
        match self.step {
            Step::Stopped(Stop { failure: Failure::Offline | Failure::Unsure, again, .. }) => {
                let effects = self.again(again);
                self.wait_anew(effects)
            }
            _ => Effects::new(),
        }
    }

    fn resumed(&mut self) -> Effects {
        match &mut self.step {
            // The person came back from LINE's page without signing in.
            Step::Leaving { back } => {
                let back = *back;
                self.stay(back)
            }
            Step::Bound { friend: Friend::No, .. } => vec![Effect::ReadFriendship],
            _ => Effects::new(),
        }
    }

    fn friendship_read(&mut self, answer: Friend) -> Effects {
        match &mut self.step {
            // What is known is not forgotten because LINE does not answer once.
            Step::Bound { friend, .. } if answer != Friend::Unknown => *friend = answer,
            _ => {}
        }
        Effects::new()
    }

    fn qr_drawn(&mut self, path: Option<Text>) -> Effects {
        if let Step::Elsewhere { qr, .. } = &mut self.step {
            *qr = path;
        }
        Effects::new()
    }

    fn copied(&mut self) -> Effects {
        if let Step::Stopped(stop) = &mut self.step {
            stop.copied = true;
        }
        Effects::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::launch::{BindToken, LiffId};

    const BOOT: &str = include_str!("../boot.js");

    /// `src/boot.js` asks LINE before the app is there, and so knows by heart what the app knows.
    #[test]
    fn boot_js_goes_by_the_same_numbers() {
        assert_eq!((LONGEST_URL, LOADING, PATIENCE[0]), (16 * 1024, 10_000, (Patience::Told, 3_000)));
        assert!(BOOT.contains("const LONGEST_URL = 16 * 1024;"));
        assert!(BOOT.contains("const PATIENCE = { told: 3_000, over: 10_000 };"));
    }

    /// `keepBindToken` in `src/boot.js` writes the record that the app reads, and only of a LIFF ID in its plain form.
    #[test]
    fn boot_js_keeps_the_bind_as_the_app_does() {
        let liff_id = LiffId::read("1656451635-z3yqZNO3");
        let key = IdempotencyKey::new("00000000-0000-4000-8000-000000000000");
        assert!(BOOT.contains(r#"[liffId, liffBind.uuid(), "000", token].join("\n")"#));
        let kept = Pending::read("1656451635-z3yqZNO3\n00000000-0000-4000-8000-000000000000\n000\nT\n1");
        let begun = liff_id.map(|liff_id| Pending::resume(liff_id, BindToken::read("T\n1"), None, key));
        assert!(kept.is_some() && kept == begun);
        // As `BindToken::read` does, which knows ASCII's blanks alone.
        assert!(BOOT.contains(r#".replace(/^[ \t\n\f\r]+|[ \t\n\f\r]+$/g, "")"#));
        assert!(BOOT.contains(r"/^\d{1,32}-[a-z\d]{1,32}$/i.test(text)"));
        for (id, plain) in [("1-a", true), ("{1-a}", false), ("1656451635-z3yqZNO3", true), ("1-", false)] {
            assert_eq!(LiffId::read(id).is_some_and(|read| read.as_str() == id), plain, "{id}");
        }
    }
}
