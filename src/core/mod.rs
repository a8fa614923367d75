//! The pure core: what the page knows, decides and shows, with no clock, randomness, I/O or web type.
//!
//! Start at [`State::update`]: it takes one [`Event`] and returns the next state and the [`Effect`]s for the shell to
//! carry out. [`State::screen`] is the screen that the person sees meanwhile.

mod bind;
mod delay;
mod device;
mod failure;
mod hidden;
mod json;
mod liff;
mod names;
mod page;
mod url;

pub use crate::named;
pub use bind::{
    AccessToken, Account, BindRequest, Binding, CLOCK_TOLERANCE, Client, Colour, Consent, ConsentRequest, Ending,
    ErrorCode, HttpHead, HttpsUrl, IdToken, IdempotencyKey, LineAccount, Message, Paint, Past, Pending, Reply,
    ReplyKind, RetryAfter, RetryReason, Shop, Tokens, Unlinking, read_reply,
};
pub use delay::Delay;
pub use device::{App, Device, LineApp, Os, version_behind};
pub use failure::{Failure, SupportId};
pub use hidden::is_hidden;
pub use json::{Json, LONGEST_JSON};
pub use liff::{InitFailure, LiffErrorReport, LiffFacts};
pub use page::{
    Action, Button, Effect, Event, Fragment, Friend, Handover, Inside, Kind, Opening, Patience, Place, QrImage, Screen,
    Stage, State, Target, Timer, Turn, Wait,
};
pub use url::{BindToken, Launch, LiffId, Purpose, Query, split_fragment};
