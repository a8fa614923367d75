//! The record of a visit: how it ended, and where. `docs/visits.md` is the contract, and `src/boot/visit.js` the sender.
//!
//! It identifies no person: all values come from closed sets, except the LIFF app's ID and versions, whose form and
//! length are limited.

use crate::core::{bind::ErrorCode, device::Device, failure::Failure, liff::LineCode, named};

named! {
    /// How far a visit has come. Its name is public: `stage`. (`page` and `sdk` come before the app: `src/boot/visit.js`.)
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
        #[default]
        Browser = "browser",
    }
}

/// The code of an error, from a closed set: anything else that the bind API or LINE writes isn't reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Code {
    /// The bind API's `errorCode`.
    Api(ErrorCode),
    Line(LineCode),
}

impl Code {
    const fn name(self) -> &'static str {
        match self {
            Self::Api(code) => code.name(),
            Self::Line(code) => code.name(),
        }
    }
}

/// A visit that has ended.
#[derive(Clone, Copy, Debug)]
pub(super) struct Beacon<'v> {
    /// The screen's public name, or `left`.
    pub outcome: &'static str,
    pub failure: Option<Failure>,
    pub stage: Stage,
    /// The code of the last error, even if it was overcome.
    pub code: Option<Code>,
    pub device: &'v Device,
}

impl Beacon<'_> {
    /// The beacon as a URL's query: no value needs escaping. The sender adds the rest.
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
