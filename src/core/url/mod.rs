//! The page's address: parsed as it arrives, and rebuilt for LINE.

mod ids;
mod launch;
mod purpose;
mod query;

pub use ids::{BindToken, LiffId};
pub use launch::Launch;
pub use purpose::Purpose;
pub use query::{Query, split_fragment};
pub(in crate::core) use query::{decode_form, escape};
