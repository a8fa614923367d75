//! `liff-bind`: binds a customer's LINE account to a shop, inside LINE, with nothing to type.
//!
//! The [`core`] decides, [`i18n`] has the words. What touches a browser exists on `wasm32` only: `app` and `components` draw, and the
//! `shell` acts. `ARCHITECTURE.md` draws the line of data through them.

#[cfg(target_arch = "wasm32")]
pub mod app;
#[cfg(target_arch = "wasm32")]
pub mod components;
pub mod core;
pub mod i18n;
#[cfg(target_arch = "wasm32")]
pub mod shell;
