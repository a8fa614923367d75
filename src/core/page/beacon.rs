//! A visit as it is counted: how it ended, and where. `docs/visits.md` is the contract, `src/visit.js` the sender.
//!
//! No person is in it: all of it is of closed sets, but for the LIFF app's ID and versions, which have a shape and a length.

use super::failure::Failure;
use crate::core::{device::Device, named};

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

/// Longest code that is told, in bytes.
const LONGEST_CODE: usize = 32;

/// The code of an error: the bind API's `errorCode`, or LINE's. (The statuses of the bind API's answers are in the host's own log.)
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Code(String);

impl Code {
    /// Reads a code; `None` for a text that is none.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let is_code =
            text.len() <= LONGEST_CODE && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        is_code.then(|| Self(text.to_owned()))
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
    pub code: Option<&'v Code>,
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
            self.code.map_or("", |code| &code.0),
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
