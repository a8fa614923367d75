//! `liff-doctor`: the merchant's doctor (`liff-bind.html?check=1`) and guide (`liff-setup.html`), on the bind page's
//! core.
//!
//! The shell gathers facts, the [`core`] judges them, [`i18n`] puts the verdicts into words, and components draw them.
//! The bind page doesn't know this crate: `src/boot.js` imports `check.js` if the URL says so.

#[cfg(target_arch = "wasm32")]
mod app;
#[cfg(target_arch = "wasm32")]
mod components;
pub mod core;
pub mod i18n;
#[cfg(target_arch = "wasm32")]
mod shell;

#[cfg(target_arch = "wasm32")]
pub use app::mount;
