//! One beacon a page load: when it comes to an end, or when it is left before that.

use crate::core::page::{
    beacon::{Code, Visit},
    effect::{Effect, Patience},
    screen::Kind,
    state::{State, Step},
};

impl State {
    /// The end of the visit, where it has come and is not told yet. A screen at which the person is to decide is the end for who
    /// leaves there; a later end, after "try again", is none.
    pub(super) fn count(&mut self, leaves: bool) -> Option<Effect> {
        if self.counted || self.goes_on_elsewhere() {
            return None;
        }
        let screen = self.screen();
        let outcome = match screen.kind {
            Kind::Working(_) if leaves => "left",
            Kind::Working(_) => return None,
            Kind::Confirm(_) | Kind::Unlink(_) | Kind::Account { .. } if !leaves => return None,
            _ => screen.name(),
        };
        self.counted = true;
        let visit = Visit {
            outcome,
            failure: screen.failure(),
            stage: self.stage,
            code: self.visit.code,
            device: &self.visit.device,
        };
        Some(Effect::Count(visit.query()))
    }

    /// Remembers the code of an error, where it has one.
    pub(super) fn note_code(&mut self, code: Option<Code>) {
        if code.is_some() {
            self.visit.code = code;
        }
    }

    /// Whether LINE's sign-in or the SDK's second load has the visit next: it is counted when it is back. (A sign-in of the SDK's own,
    /// in LINE, is seen by `src/visit.js`.)
    fn goes_on_elsewhere(&self) -> bool {
        match self.step {
            Step::Leaving { .. } | Step::AwaitingReload => true,
            Step::Init { .. } => self.patience < Patience::Over && self.visit.launch.loads_again(),
            _ => false,
        }
    }
}
