//! The page as a state machine: events in, the next state and effects out, and a screen at any time.

mod beacon;
mod effect;
mod event;
mod screen;
mod state;
mod update;
mod view;

pub use beacon::{Place, Stage};
pub use effect::{Effect, Fragment, Patience, Timer};
pub use event::{Event, Handover, Opening, Turn};
pub use screen::{Action, Button, Friend, Inside, Kind, QrImage, Screen, Target, Wait};
pub use state::State;
