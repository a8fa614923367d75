//! LINE: acts on the LIFF SDK.

use super::page;
use crate::{
    core::{Friend, LiffErrorReport, LiffFacts, LiffId},
    liff,
};
use js_sys::Promise;
use wasm_bindgen::prelude::*;

/// `liff.init`, and what the SDK knows afterwards.
pub(super) async fn init(liff_id: &LiffId) -> (Result<(), LiffErrorReport>, LiffFacts) {
    let outcome = liff::init(liff_id.as_str()).await.map_err(report);
    (outcome, facts())
}

/// The SDK's error in the core's terms.
#[must_use]
pub fn report(liff::Error { name, code, message }: liff::Error) -> LiffErrorReport {
    LiffErrorReport { name, code, message }
}

fn facts() -> LiffFacts {
    let context = liff::context().ok().flatten();
    LiffFacts {
        in_client: liff::is_in_client().unwrap_or(false),
        logged_in: liff::is_logged_in().unwrap_or(false),
        sdk_version: liff::version().ok().flatten(),
        view_type: context.as_ref().and_then(liff::Context::view_type),
        context_type: context.as_ref().and_then(liff::Context::kind),
        online: page::is_online(),
    }
}

/// Whether messages can reach the customer; LINE's refusal to say is an answer too.
pub(super) async fn friendship() -> Friend {
    match liff::friendship().await.ok().and_then(|friendship| friendship.is_friend()) {
        Some(true) => Friend::Yes,
        Some(false) => Friend::No,
        None => Friend::Unknown,
    }
}

/// Leaves for LINE's sign-in. If the SDK refuses, the core's deadline says so to the person.
pub fn sign_in(return_url: &str) {
    drop(liff::logout());
    drop(liff::login(return_url));
}

#[wasm_bindgen(js_namespace = liffSdk)]
extern "C" {
    /// `src/liff-sdk.js`.
    #[wasm_bindgen(catch, js_name = readyWindow)]
    fn ready_window() -> Result<Promise, JsValue>;
}

/// Fetches what [`open_outside`] needs. Where that fails, the shop opens in LINE.
pub(super) async fn ready_outside() {
    if let Ok(ready) = ready_window() {
        drop(ready.await);
    }
}

/// Opens a URL in the phone's own browser, and says whether it has: only once the SDK's part for that is there, as a tap doesn't
/// wait.
#[must_use]
pub fn open_outside(url: &str) -> bool {
    liff::open_window(url).is_ok()
}

/// Closes the LIFF browser.
pub(super) fn close() {
    drop(liff::close_window());
}
