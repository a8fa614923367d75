//! One beacon a page load: at the end of the visit, or when the person leaves before that.

use crate::core::page::{
    beacon::{Beacon, Code},
    effect::{Effect, Patience},
    screen::Kind,
    state::{State, Step},
};

impl State {
    /// The beacon, if the visit has ended and isn't counted yet. A screen that asks the person to decide is an end only
    /// if they leave there. A later end, after "try again", isn't counted.
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
        let beacon = Beacon {
            outcome,
            failure: screen.failure(),
            stage: self.stage,
            code: self.visit.code,
            device: &self.visit.device,
        };
        Some(Effect::Count(beacon.query()))
    }

    /// Remembers the code of an error, if it has one.
    pub(super) fn note_code(&mut self, code: Option<Code>) {
        if code.is_some() {
            self.visit.code = code;
        }
    }

    /// Whether the visit continues in LINE's sign-in or in the SDK's second load: it is counted after it comes back.
    /// (`src/boot/visit.js` notices the SDK's own sign-in in LINE.)
    fn goes_on_elsewhere(&self) -> bool {
        match self.step {
            Step::Leaving { .. } => true,
            Step::Init { .. } => self.patience < Patience::Over && self.visit.launch.loads_again(),
            _ => false,
        }
    }
}
