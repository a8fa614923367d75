//! LINE: calls the LIFF SDK.

use super::{page, storage};
use crate::core::{AccessToken, Friend, LiffErrorReport, LiffFacts, LiffId};
use js_sys::Promise;
use line_liff::{Browser, Error, Liff};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = globalThis)]
    type Global;
    #[wasm_bindgen(static_method_of = Global, getter = liffSdk)]
    fn sdk() -> Liff;
}

/// LINE's SDK, from `src/liff-sdk.js`. If it is missing, each of its functions fails.
#[must_use]
pub fn sdk() -> Liff {
    Global::sdk()
}

/// Calls `liff.init`; returns the outcome and the SDK's facts after it.
pub(super) async fn init(liff_id: &LiffId) -> (Result<(), LiffErrorReport>, LiffFacts) {
    let had_session = storage::is_signed_in_to(liff_id);
    let outcome = sdk().init(liff_id.as_str()).await.map_err(|error| report(&error));
    (outcome, LiffFacts { had_session, ..facts() })
}

/// The SDK's error in the core's terms.
#[must_use]
pub fn report(error: &Error) -> LiffErrorReport {
    LiffErrorReport { name: error.name(), code: error.raw_code(), message: error.message() }
}

/// The SDK's facts, at any time.
#[must_use]
pub fn facts() -> LiffFacts {
    let sdk = sdk();
    let context = sdk.context().ok().flatten();
    LiffFacts {
        in_client: sdk.is_in_client().unwrap_or(false),
        logged_in: sdk.is_logged_in().unwrap_or(false),
        sdk_version: sdk.version().ok(),
        view_type: context.as_ref().and_then(|context| Some(context.view_type()?.as_str().to_owned())),
        context_type: context.as_ref().and_then(|context| Some(context.kind()?.as_str().to_owned())),
        online: page::is_online(),
        had_session: false,
    }
}

/// The access token that the SDK has.
pub(super) fn access_token() -> Option<AccessToken> {
    AccessToken::new(sdk().access_token().ok()??)
}

/// Whether messages can reach the customer; `Unknown` if LINE doesn't say.
pub(super) async fn friendship() -> Friend {
    match sdk().friendship().await.ok().and_then(|friendship| friendship.is_friend()) {
        Some(true) => Friend::Yes,
        Some(false) => Friend::No,
        None => Friend::Unknown,
    }
}

/// Leaves for LINE's sign-in: only after [`ready_later`].
pub fn sign_in(return_url: &str) {
    let sdk = sdk();
    drop(sdk.logout());
    // If the SDK refuses, nothing happens, and the core notices by its deadline.
    drop(sdk.login(Some(return_url)));
}

#[wasm_bindgen(js_namespace = liffSdk)]
extern "C" {
    /// `src/liff-sdk.js`.
    #[wasm_bindgen(catch, js_name = readyLater)]
    fn begin_later() -> Result<JsValue, JsValue>;
}

/// Fetches the part of the SDK that [`sign_in`] and [`open_outside`] need.
///
/// # Errors
/// If it can't be fetched.
pub async fn ready_later() -> Result<(), JsValue> {
    Promise::resolve(&begin_later()?).await.map(drop)
}

/// Opens a URL in the phone's own browser, and returns whether it could be tried: only after [`ready_later`], as a tap
/// can't wait. Without it, the shop opens in LINE.
#[must_use]
pub fn open_outside(url: &str) -> bool {
    sdk().open_window(url, Browser::External).is_ok()
}

/// Closes the LIFF browser.
pub(super) fn close() {
    drop(sdk().close_window());
}
