//! `liff-doctor`: the merchant's doctor (`liff-bind.html?check=1`) and guide (`liff-setup.html`), on the bind page's core.
//!
//! The shell looks, the [`core`] judges, [`i18n`] puts that into words, and components draw it. The bind page knows nothing of this
//! crate: `src/boot.js` imports `check.js` where the URL says so.

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
