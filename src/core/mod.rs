//! The pure core: what the page knows, decides and shows, with no clock, randomness, I/O or web type.
//!
//! Start at [`State::update`]: it takes one [`Event`] and gives the next state and the [`Effect`]s the shell must act out.
//! [`State::screen`] says what the person sees meanwhile.

mod api;
#[cfg(feature = "check")]
pub mod check;
mod colour;
mod device;
mod effect;
mod event;
mod failure;
mod json;
mod jws;
mod launch;
mod liff_error;
mod pending;
mod query;
mod retry;
mod screen;
mod shop;
mod state;
mod text;
mod token;
mod update;

pub use api::{
    BindRequest, Binding, Client, Consent, ConsentRequest, HttpHead, LONGEST_BODY, Reply, ReplyKind, read_reply,
};
pub use colour::{Colour, Paint};
pub use device::{Device, Os};
pub use effect::{Delay, Effect, Patience, Timer};
pub use event::{Event, LiffFacts, Opening, Turn};
pub use failure::{Failure, SupportCode};
pub use json::Json;
pub use jws::jws_payload;
pub use launch::{BindToken, Launch, LiffId};
pub use liff_error::{InitFailure, LiffErrorReport};
pub use pending::{IdempotencyKey, Pending};
pub use retry::{RetryAfter, Trouble};
pub use screen::{Action, Button, Friend, Kind, Screen, Target, Wait};
pub use shop::{HttpsUrl, Shop};
pub use state::State;
pub use text::Text;
#[cfg(target_arch = "wasm32")]
pub(crate) use text::{before, number};
pub(crate) use text::{cut, decimal, parts};
pub use token::{IdToken, Tokens};
