//! `liff-bind`: binds a customer's LINE account to a shop, inside LINE, with nothing to type.
//!
//! The [`core`] decides and [`i18n`] has the words. The parts that touch a browser exist on `wasm32` only: `app` and
//! `components` draw, the `dispatcher` holds the state, and the `shell` acts. `ARCHITECTURE.md` shows how data flows through them.

#[cfg(target_arch = "wasm32")]
pub mod app;
#[cfg(target_arch = "wasm32")]
pub mod components;
pub mod core;
#[cfg(target_arch = "wasm32")]
pub mod dispatcher;
pub mod i18n;
#[cfg(target_arch = "wasm32")]
pub mod shell;
