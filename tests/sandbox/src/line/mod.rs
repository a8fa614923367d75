//! LINE's hosts, as far as a binding page needs them.

mod access;
mod api;
pub mod app;
mod id_token;
mod records;

pub use access::router as access;
pub use api::{cors, router as api};
pub use id_token::{Claims, Refusal, SigningKey};
pub use records::{Records, claims, context_token};
