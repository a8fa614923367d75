//! The record of a visit: how it ended, and where. `docs/visits.md` is the contract, and `src/visit.js` the sender.
//!
//! It identifies no person: all values come from closed sets, except the LIFF app's ID and versions, whose form and
//! length are limited.

use super::failure::Failure;
use crate::core::{bind::ErrorCode, device::Device, named};

named! {
    /// How far a visit has come. Its name is public: `stage`. (`page` and `sdk` come before the app: `src/visit.js`.)
    #[derive(Default)]
    pub enum Stage {
        /// The app runs, and reads the address.
        #[default]
        App = "app",
        /// `liff.init`, until it is clear who is here.
        Init = "init",
        /// The ID token, and whose LINE it is.
        Token = "token",
        /// The bind API.
        Bind = "bind",
        /// Bound: only friendship remains.
        Friend = "friend",
    }
}

named! {
    /// The browser that shows the page. Its name is public: `client`.
    #[derive(Default)]
    pub enum Place {
        /// LINE's LIFF browser.
        Liff = "liff",
        /// LINE's in-app browser, after a tap on a link that isn't a LIFF URL.
        InLine = "line",
        /// Another app's browser.
        App = "app",
        /// A browser.
        #[default]
        Browser = "browser",
    }
}

named! {
    /// An error code of LINE's SDK or its sign-in (RFC 6749), or a status of LINE's servers.
    pub enum LineCode {
        InitFailed = "INIT_FAILED",
        InvalidArgument = "INVALID_ARGUMENT",
        InvalidConfig = "INVALID_CONFIG",
        InvalidIdToken = "INVALID_ID_TOKEN",
        Forbidden = "FORBIDDEN",
        Unauthorized = "UNAUTHORIZED",
        Unknown = "UNKNOWN",
        InvalidGrant = "invalid_grant",
        InvalidRequest = "invalid_request",
        InvalidToken = "invalid_token",
        NotFound = "not_found",
        ServerError = "server_error",
        Status404 = "404",
        Status429 = "429",
        Status500 = "500",
    }
}

/// The code of an error, from a closed set: anything else that the bind API or LINE writes isn't reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Code {
    /// The bind API's `errorCode`.
    Api(ErrorCode),
    /// LINE's code.
    Line(LineCode),
}

impl Code {
    /// Reads a code of LINE's SDK; `None` if it is unknown.
    #[must_use]
    pub fn of_line(text: &str) -> Option<Self> {
        LineCode::ALL.iter().copied().find(|code| code.name() == text).map(Self::Line)
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Api(code) => code.name(),
            Self::Line(code) => code.name(),
        }
    }
}

/// A visit that has ended.
#[derive(Clone, Copy, Debug)]
pub(super) struct Visit<'v> {
    /// The screen's public name, or `left`.
    pub outcome: &'static str,
    pub failure: Option<Failure>,
    pub stage: Stage,
    /// The code of the last error, even if it was overcome.
    pub code: Option<Code>,
    pub device: &'v Device,
}

impl Visit<'_> {
    /// The visit as a URL's query: no value needs escaping. The sender adds the rest.
    pub fn query(&self) -> String {
        [
            self.outcome,
            "&failure=",
            self.failure.map_or("", Failure::name),
            "&stage=",
            self.stage.name(),
            "&code=",
            self.code.map_or("", Code::name),
            "&os=",
            self.device.os.name(),
            "&client=",
            Place::of(self.device).name(),
        ]
        .concat()
    }
}

impl Place {
    /// Reads it from the device.
    #[must_use]
    pub const fn of(device: &Device) -> Self {
        match device {
            Device { is_liff: true, .. } => Self::Liff,
            Device { line_version: Some(_), .. } => Self::InLine,
            Device { inside: Some(_), .. } => Self::App,
            _ => Self::Browser,
        }
    }
}
