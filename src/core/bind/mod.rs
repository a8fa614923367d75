//! The bind: the identity, the request, the API's answer, and the record that survives a reload.

mod api;
mod colour;
mod error_code;
mod pending;
mod retry;
mod shop;
mod token;

pub use api::{
    BindRequest, Binding, CLOCK_TOLERANCE, Client, Consent, ConsentRequest, Ending, HttpHead, Message, Reply,
    ReplyKind, Unlinking, read_reply,
};
pub use colour::{Colour, Paint};
pub use error_code::ErrorCode;
pub use pending::{Account, IdempotencyKey, Past, Pending};
pub use retry::{RetryAfter, RetryReason};
pub(in crate::core) use shop::label;
pub use shop::{HttpsUrl, Shop};
pub use token::{AccessToken, IdToken, LineAccount, Tokens};
