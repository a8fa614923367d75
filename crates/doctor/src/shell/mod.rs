//! The thin shell: looks at the phone, LINE, the page's host and the bind API, and leaves the judgement to the core.

mod bind_api;
mod gather;

use crate::core::{Offer, Report, examine};
use futures_util::future::{Either, select};
use gloo_timers::future::TimeoutFuture;
use liff_bind::{
    core::Device,
    shell::{page, qr},
};
use std::pin::pin;

/// How long one check may take, in milliseconds.
const DEADLINE: u32 = 8_000;

/// The verdicts, and how to see more.
#[derive(Clone)]
pub struct Outcome {
    pub report: Report,
    pub offer: Option<Offer>,
}

/// Gathers the facts and has the core judge them.
pub async fn look() -> Outcome {
    let opening = page::opening();
    let device = Device::read(&opening.user_agent, opening.touch, &opening.platform);
    let launch = opening.launch(&device);
    let facts = gather::facts(&opening, &launch, device).await;
    let qr = match facts.qr_url(&launch) {
        Some(url) => qr::draw_in_place(&url).await,
        None => None,
    };
    Outcome { report: examine(&facts), offer: facts.offer(&launch, qr) }
}

/// The result of `work`, unless it takes more than this many milliseconds.
async fn within<T>(millis: u32, work: impl Future<Output = T>) -> Option<T> {
    match select(pin!(work), TimeoutFuture::new(millis)).await {
        Either::Left((result, _)) => Some(result),
        Either::Right(_) => None,
    }
}
