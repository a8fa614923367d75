//! The core, driven by scripts of events and by random events.
#![cfg(not(target_arch = "wasm32"))]
#![expect(clippy::panic, reason = "a test that meets the unexpected is to fail")]

mod link;
mod model;
mod one_tab;
mod properties;
mod scripts;
mod sdk;
mod unlink;
mod visits;
mod walk;
