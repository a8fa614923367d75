//! A visit as it is counted: how it ended, and where. `docs/visits.md` is the contract, `src/visit.js` the sender.
//!
//! No person is in it: all of it is of closed sets, but for the LIFF app's ID and versions, which have a shape and a length.

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
        /// Bound: friendship is left.
        Friend = "friend",
    }
}

named! {
    /// What the page is open in. Its name is public: `client`.
    #[derive(Default)]
    pub enum Place {
        /// LINE's LIFF browser.
        Liff = "liff",
        /// LINE's in-app browser, in which a link was tapped that is no LIFF URL.
        InLine = "line",
        /// Another app's browser.
        App = "app",
        /// A browser.
        #[default]
        Browser = "browser",
    }
}

named! {
    /// A code of LINE's SDK, of its sign-in (RFC 6749), or a status of LINE's servers.
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

/// The code of an error, of a closed set: what the bind API or LINE writes else is not told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Code {
    /// The bind API's `errorCode`.
    Api(ErrorCode),
    /// LINE's.
    Line(LineCode),
}

impl Code {
    /// Reads a code of LINE's SDK; `None` for one that is not known.
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

/// A visit that has come to its end.
#[derive(Clone, Copy, Debug)]
pub(super) struct Visit<'v> {
    /// The screen's public name, or `left`.
    pub outcome: &'static str,
    pub failure: Option<Failure>,
    pub stage: Stage,
    /// The last error's, also where it was got over.
    pub code: Option<Code>,
    pub device: &'v Device,
}

impl Visit<'_> {
    /// As the query of a URL: none of its values needs an escape. The sender adds the rest.
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
    /// As the device tells it.
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
