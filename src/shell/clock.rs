//! The phone's clock, and waiting.

use crate::core::Delay;
use gloo_timers::future::TimeoutFuture;
use js_sys::{Date, Math};

/// Milliseconds since 1970, by the phone's clock.
#[must_use]
pub fn now() -> f64 {
    Date::now()
}

/// Waits for the delay and its random part.
pub async fn sleep(delay: Delay) {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and `spread`")]
    let extra = (Math::random() * f64::from(delay.spread)) as u32;
    TimeoutFuture::new(delay.millis.saturating_add(extra)).await;
}
