//! `liff-bind`: binds a customer's LINE account to a shop, inside LINE, with nothing to type.
//!
//! The [`core`] decides, [`i18n`] has the words. What touches a browser exists on `wasm32` only: the `shell` acts, the
//! `view` draws, and `liff` binds LINE's SDK. `ARCHITECTURE.md` draws the line of data through them.

pub mod core;
pub mod i18n;
#[cfg(target_arch = "wasm32")]
pub mod liff;
#[cfg(target_arch = "wasm32")]
pub mod shell;
#[cfg(target_arch = "wasm32")]
pub mod view;
