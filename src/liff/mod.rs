//! Typed bindings to LINE's LIFF SDK (`@line/liff` 2.31.0), for `wasm32` in a browser.
//!
//! The SDK is expected as the global `liffSdk`, which `src/liff-sdk.js` sets: LINE asks pages not to declare `window.liff`
//! themselves ("Developing a LIFF app"). It is looked up at every call, so a script that arrives late is found, and one
//! that is missing is an [`Error`], not a trap. Every function of the SDK may throw; every wrapper returns a [`Result`].
//!
//! ```ignore
//! liff::init("1234567890-AbcdEfgh").await?;
//! if liff::is_logged_in()? {
//!     let token = liff::id_token()?;
//! }
//! ```
//!
//! These may be called before [`init`] has resolved: [`is_in_client`], [`version`] and [`close_window`]
//! (LIFF reference, "LIFF SDK methods available before initialization").

mod claims;
mod context;
mod error;
mod sdk;

pub use claims::Claims;
pub use context::{Context, Friendship};
pub use error::Error;

use js_sys::{Array, Promise};
use wasm_bindgen::{JsCast, JsValue};

/// The result of a call to the SDK.
pub type Result<T> = std::result::Result<T, Error>;

/// `liff.init`: signs the page in with LINE inside the LIFF browser, and finishes a sign-in outside it.
///
/// From the call until it settles, touch neither URL nor history: it reads tokens from the fragment and may load the page a
/// second time (LIFF reference, `liff.init`). Call it again on the same page only where the network has failed.
///
/// # Errors
/// Rejects with a `LiffError` or, when the network fails, with a `TypeError` that has no code. It may also never settle:
/// while the LINE app's bridge is not ready, and while the page is being replaced. Callers need a deadline of their own.
pub async fn init(liff_id: &str) -> Result<()> {
    let config = sdk::InitConfig::new();
    config.set_liff_id(liff_id);
    settle(sdk::init(&config)).await.map(drop)
}

/// `liff.isInClient`: whether the page runs in LINE's LIFF browser. LINE's in-app browser is not that.
///
/// # Errors
/// When the SDK is missing.
pub fn is_in_client() -> Result<bool> {
    Ok(sdk::is_in_client()?)
}

/// `liff.isLoggedIn`: whether an access token is in store. It does not look whether LINE still accepts it.
///
/// # Errors
/// `INVALID_CONFIG` before [`init`].
pub fn is_logged_in() -> Result<bool> {
    Ok(sdk::is_logged_in()?)
}

/// `liff.login`: leaves for LINE's sign-in page, which leads back to `redirect_uri`.
///
/// `redirect_uri` must begin with the LIFF app's endpoint URL, else LINE shows an error page of its own.
///
/// # Errors
/// `INVALID_CONFIG` before [`init`].
pub fn login(redirect_uri: &str) -> Result<()> {
    let config = sdk::LoginConfig::new();
    config.set_redirect_uri(redirect_uri);
    Ok(sdk::login(&config)?)
}

/// `liff.logout`: forgets the tokens in store. LINE's servers are not told, and the tokens stay valid.
///
/// # Errors
/// `INVALID_CONFIG` before [`init`].
pub fn logout() -> Result<()> {
    Ok(sdk::logout()?)
}

/// `liff.getIDToken`: the raw ID token in store, `None` when the LIFF app lacks the `openid` scope.
/// The SDK neither renews it nor looks at its expiry.
///
/// # Errors
/// `INVALID_CONFIG` before [`init`].
pub fn id_token() -> Result<Option<String>> {
    Ok(sdk::get_id_token()?)
}

/// `liff.getDecodedIDToken`: the claims of the token in store, as the SDK verified them. `None` without the `openid`
/// scope, and where the SDK could not verify the token: then [`id_token`] may still give it.
///
/// # Errors
/// `INVALID_CONFIG` before [`init`].
pub fn decoded_id_token() -> Result<Option<Claims>> {
    Ok(sdk::get_decoded_id_token()?.dyn_into().ok())
}

/// `liff.getContext`: where and how the LIFF app was opened. `None` when LINE gave none.
///
/// # Errors
/// `INVALID_CONFIG` before [`init`].
pub fn context() -> Result<Option<Context>> {
    Ok(sdk::get_context()?.dyn_into().ok())
}

/// `liff.getVersion`: the SDK's version.
///
/// # Errors
/// When the SDK is missing.
pub fn version() -> Result<Option<String>> {
    Ok(sdk::get_version()?)
}

/// `liff.getFriendship`: whether the official account linked to the LINE Login channel is a friend and not blocked.
/// Asks LINE's servers twice. Without the person's consent to `profile` the answer is empty: LINE's own function would open a
/// window to ask for it (`src/liff-later.js`).
///
/// # Errors
/// Code `400` when no account is linked; a `TypeError` when the network fails.
pub async fn friendship() -> Result<Friendship> {
    settle(sdk::get_friendship()).await?.dyn_into().map_err(Error::from)
}

/// `liff.permission.getGrantedAll`: the scopes that the customer has agreed to. Asks LINE's servers once. In the SDK of
/// `src/check.js` only.
///
/// # Errors
/// `UNAUTHORIZED` before a sign-in; a `TypeError` when the network fails, and where the module is missing.
pub async fn granted_scopes() -> Result<Vec<String>> {
    let scopes: Array = settle(sdk::get_granted_all()).await?.dyn_into().map_err(Error::from)?;
    Ok(scopes.iter().filter_map(|scope| scope.as_string()).collect())
}

/// `liff.closeWindow`: closes the LIFF browser. Elsewhere the browser may refuse, without an error.
///
/// # Errors
/// When the SDK is missing.
pub fn close_window() -> Result<()> {
    Ok(sdk::close_window()?)
}

/// `liff.openWindow` with `external`: opens a URL in the phone's own browser.
///
/// # Errors
/// When the SDK or this function of it is missing.
pub fn open_window(url: &str) -> Result<()> {
    let config = sdk::WindowConfig::new();
    config.set_url(url);
    config.set_external(true);
    Ok(sdk::open_window(&config)?)
}

/// Waits for what should be a promise; anything else counts as already there.
async fn settle(call: std::result::Result<JsValue, JsValue>) -> Result<JsValue> {
    Ok(Promise::resolve(&call?).await?)
}
