//! Waiting.

use crate::core::Delay;
use js_sys::{Math, Promise};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// `src/boot.js`: `setTimeout` as a promise.
    #[wasm_bindgen(js_namespace = liffBind, js_name = sleep)]
    pub(super) fn pause(millis: f64) -> Promise;
}

/// Waits for the delay and the part that chance adds.
pub(super) fn sleep(delay: Delay) -> Promise {
    pause(f64::from(delay.millis) + Math::random() * f64::from(delay.spread))
}
