//! Errors that the SDK throws or rejects with.

use crate::{names::names, object::Members};
use js_sys::Promise;
use std::fmt;
use wasm_bindgen::{JsCast, prelude::*};

#[wasm_bindgen]
extern "C" {
    /// Writes a number with JavaScript: Rust's own way would add several KB.
    #[wasm_bindgen(js_name = String)]
    fn as_text(value: &JsValue) -> JsValue;
}

/// The result of a call to the SDK.
pub type Result<T> = std::result::Result<T, Error>;

/// Anything that the SDK gave in place of an answer: a
/// [`LiffError`](https://developers.line.biz/en/reference/liff/#liff-errors), an error of the browser, such as the
/// `TypeError` of a `fetch` without a network, or an answer of a type that LINE doesn't document.
///
/// LINE advises to look at code and message together, and to expect that messages change. Don't show either to people.
#[derive(Clone)]
pub struct Error(JsValue);

names! {
    /// The codes of a [`LiffError`](https://developers.line.biz/en/reference/liff/#liff-errors).
    ///
    /// Where LINE's servers answer with an OAuth error, such as `invalid_grant`, the SDK passes it on as the code.
    pub enum ErrorCode {
        /// `400`: something is wrong with the request.
        BadRequest = "400",
        /// `401`: the access token is not accepted.
        NotAuthenticated = "401",
        /// `403`: there is no permission to use the API.
        NotPermitted = "403",
        /// `404`: something doesn't exist, such as a LIFF app.
        NotFound = "404",
        /// `429`: too many requests.
        TooManyRequests = "429",
        /// `500`: a temporary failure of LINE's servers.
        ServerError = "500",
        /// `INIT_FAILED`: `liff.init()` failed.
        InitFailed = "INIT_FAILED",
        /// `INVALID_ARGUMENT`: an argument is wrong.
        InvalidArgument = "INVALID_ARGUMENT",
        /// `UNAUTHORIZED`: the user has not agreed or has cancelled, or there is no access token.
        Unauthorized = "UNAUTHORIZED",
        /// `FORBIDDEN`: a permission is missing, or the environment does not support the feature.
        Forbidden = "FORBIDDEN",
        /// `INVALID_CONFIG`: `liff.init()` has not been called with a LIFF ID, or the page is outside the endpoint URL.
        InvalidConfig = "INVALID_CONFIG",
        /// `INVALID_ID_TOKEN`: the ID token could not be verified. The SDK goes by the device's clock.
        InvalidIdToken = "INVALID_ID_TOKEN",
        /// `EXCEPTION_IN_SUBWINDOW`: a problem in the subwindow, for example when it has been idle for 10 minutes.
        ExceptionInSubwindow = "EXCEPTION_IN_SUBWINDOW",
        /// `CREATE_SUBWINDOW_FAILED`: the browser opens no subwindow (in the SDK, not in LINE's reference).
        CreateSubwindowFailed = "CREATE_SUBWINDOW_FAILED",
        /// `RATE_LIMIT_EXCEEDED`: too many requests for friendship (in the SDK, not in LINE's reference).
        RateLimitExceeded = "RATE_LIMIT_EXCEEDED",
        /// `UNKNOWN`: unknown to LINE, too.
        Unknown = "UNKNOWN",
    }
}

impl Error {
    /// JavaScript's `name`: `Error` for a `LiffError`, `TypeError` without a network; empty where no error was thrown.
    #[must_use]
    pub fn name(&self) -> String {
        self.text("name").unwrap_or_default()
    }

    /// The text for developers. May be empty.
    #[must_use]
    pub fn message(&self) -> String {
        self.text("message").or_else(|| self.0.as_string()).unwrap_or_default()
    }

    /// The code as the SDK has it; a number is written as text. `None` for an error that is not LINE's.
    #[must_use]
    pub fn raw_code(&self) -> Option<String> {
        let code = self.member("code")?;
        // LINE types it as `string | number`.
        if code.as_f64().is_some() { as_text(&code).as_string() } else { code.as_string() }
    }

    /// The code. `None` for an error that is not LINE's.
    #[must_use]
    pub fn code(&self) -> Option<ErrorCode> {
        self.raw_code().map(ErrorCode::from)
    }

    /// The cause, if the SDK tells one.
    #[must_use]
    pub fn cause(&self) -> Option<JsValue> {
        self.member("cause").filter(|cause| !cause.is_undefined())
    }

    fn member(&self, name: &str) -> Option<JsValue> {
        self.0.is_object().then(|| self.0.unchecked_ref::<Members>().get(name))
    }

    fn text(&self, name: &str) -> Option<String> {
        self.member(name)?.as_string()
    }
}

impl From<JsValue> for Error {
    fn from(thrown: JsValue) -> Self {
        Self(thrown)
    }
}

/// Passes it on to JavaScript.
impl From<Error> for JsValue {
    fn from(error: Error) -> Self {
        error.0
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}: {}", self.name(), self.raw_code().as_deref().unwrap_or("-"), self.message())
    }
}

/// Shows only what [`fmt::Display`] shows: a thrown object may hold tokens.
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Error({self})")
    }
}

impl std::error::Error for Error {}

/// Waits for a promise; anything else counts as already resolved.
pub(crate) async fn settle(call: std::result::Result<JsValue, JsValue>) -> Result<JsValue> {
    Ok(Promise::resolve(&call?).await?)
}

/// The answer, if it has the type that LINE documents.
pub(crate) fn expect<T>(answer: JsValue, read: impl FnOnce(JsValue) -> Option<T>) -> Result<T> {
    read(answer.clone()).ok_or(Error(answer))
}

/// The answer, if it is a text.
pub(crate) fn expect_text(answer: JsValue) -> Result<String> {
    expect(answer, |answer| answer.as_string())
}
