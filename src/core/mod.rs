//! The pure core: what the page knows, decides and shows, with no clock, randomness, I/O or web type.
//!
//! Start at [`State::update`]: it takes one [`Event`] and returns the next state and the [`Effect`]s for the shell to
//! carry out. [`State::screen`] is the screen that the person sees meanwhile.

mod bind;
mod device;
mod hidden;
mod json;
mod liff_error;
mod names;
mod page;
mod url;

pub use crate::named;
pub use bind::{
    AccessToken, Account, BindRequest, Binding, CLOCK_TOLERANCE, Client, Colour, Consent, ConsentRequest, Ending,
    ErrorCode, HttpHead, HttpsUrl, IdToken, IdempotencyKey, LineAccount, Message, Paint, Past, Pending, Reply,
    ReplyKind, RetryAfter, RetryReason, Shop, Tokens, Unlinking, jws_payload, read_reply,
};
pub use device::{App, Device, LineApp, Os, version_behind};
pub use json::{Json, LONGEST_JSON};
pub use liff_error::{InitFailure, LiffErrorReport};
pub use page::{
    Action, Button, Delay, Effect, Event, Failure, Fragment, Friend, Handover, Inside, Kind, LiffFacts, Opening,
    Patience, Place, QrImage, Screen, Stage, State, SupportCode, Target, Timer, Turn, Wait,
};
pub use url::{BindToken, Launch, LiffId, Purpose, Query};
