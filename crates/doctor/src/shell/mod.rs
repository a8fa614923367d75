//! The thin shell: looks at the phone, LINE, the page's host and the bind API, and leaves the judgement to the core.

mod bind_api;
mod gather;

use crate::core::{Init, Report, examine};
use futures_util::future::{Either, select};
use gloo_timers::future::TimeoutFuture;
use liff_bind::{
    core::{Device, LineApp, QrImage},
    shell::{page, qr},
};
use std::pin::pin;

/// How long one check may take, in milliseconds.
const DEADLINE: u32 = 8_000;

/// The verdicts, and how to see more.
#[derive(Clone)]
pub struct Outcome {
    pub report: Report,
    pub offer: Offer,
}

/// How to see more than can be seen here.
#[derive(Clone)]
pub struct Offer {
    /// The LIFF URL that opens the doctor in LINE.
    pub line_url: Option<String>,
    /// The same as a QR code.
    pub qr: Option<QrImage>,
    /// The URL to come back to from a sign-in here, if one is possible.
    pub sign_in: Option<String>,
}

/// Gathers the facts and has the core judge them.
pub async fn look() -> Outcome {
    let opening = page::opening();
    let device = Device::read(&opening.user_agent, opening.touch, &opening.platform);
    let line_app = device.line_app;
    let launch = opening.launch(&device);
    let facts = gather::facts(&opening, &launch, device).await;
    let liff_id = facts.liff_id.as_ref().filter(|_| !facts.in_client);
    let line_url = liff_id.map(|id| launch.liff_url(id, None));
    let qr = match liff_id {
        Some(id) if line_app != LineApp::Here => qr::draw_in_place(&launch.qr_url(id, None)).await,
        _ => None,
    };
    // Before `liff.init` has resolved, the SDK can't sign in.
    let can_sign_in = facts.init == Init::Done && !facts.signed_in;
    let sign_in = can_sign_in.then(|| launch.return_url(None, false));
    Outcome { report: examine(&facts), offer: Offer { line_url, qr, sign_in } }
}

/// The result of `work`, unless it takes more than this many milliseconds.
async fn within<T>(millis: u32, work: impl Future<Output = T>) -> Option<T> {
    match select(pin!(work), TimeoutFuture::new(millis)).await {
        Either::Left((result, _)) => Some(result),
        Either::Right(_) => None,
    }
}
