//! The components that draw a [`ScreenCopy`](crate::i18n::ScreenCopy). They don't know the state.

mod actions;
mod card;
mod document;
mod mark;
mod qr_code;
mod shown;
mod support_code;
mod text;
mod unlink_hint;

pub use actions::Actions;
pub use card::Card;
pub use document::{describe_document, is_described, name_screen, root};
pub use mark::Mark;
pub use qr_code::QrCode;
pub use shown::Shown;
pub use support_code::SupportCode;
pub use text::escape;
pub use unlink_hint::UnlinkHint;
