//! Runs journeys through the page in real browsers: both engines of today's phones, behind a [`sandbox::Sandbox`].
//!
//! Chromium stands for Android, `WebKit` for the iPhone. `WebKit` needs a display (`xvfb-run -a cargo test -p e2e`).
//!
//! ```no_run
//! # use e2e::{Engine, Result};
//! # use sandbox::{Fault, Os, Route};
//! # async fn journey() -> Result {
//! let sandbox = e2e::sandbox().await?;
//! sandbox.fail(Route::Bind, [Fault::example("line-unavailable"), Fault::no_answer()]);
//! let line = e2e::in_line(Os::Ios, &sandbox);
//!
//! let browser = e2e::opened(Engine::WebKit, &line, &sandbox, "bound").await?;
//! assert_eq!(browser.inspect().await?.actions, ["return", "close"]);
//!
//! let ledger = sandbox.ledger();
//! assert_eq!(ledger.bind_posts().len(), 3);
//! assert_eq!(e2e::one(ledger.bindings)?.keys, 1);
//! e2e::check(&sandbox);
//! # Ok(())
//! # }
//! ```

#![allow(
    clippy::missing_errors_doc,
    reason = "everything here fails for one reason: the browser did not do what was asked"
)]

use std::{error::Error, fmt, sync::Once};

pub mod before;
mod browser;
mod checklist;
mod driver;
mod qr;
mod release;
mod screen;
mod visit;
mod visitor;

pub use browser::Browser;
pub use checklist::{CheckRow, with_verdict};
pub use driver::Engine;
pub use qr::{QrCode, qr_text};
pub use release::{LIFF_ID, breaches, check, dist, file, in_line, keys, one, opened, sandbox};
pub use screen::Shown;
pub use visitor::{Size, Visitor};

/// Chooses the crypto provider of every `reqwest::Client`. Every client needs it, thirtyfour's for plain HTTP too, as
/// soon as one test (`tests/hosts`) makes the crate use TLS.
pub fn provide_tls() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| drop(tokio_rustls::rustls::crypto::ring::default_provider().install_default()));
}

/// A result that a test passes on with `?`.
pub type Result<T = ()> = std::result::Result<T, Failure>;

/// Why a step failed, in several lines of text, which a failing test prints as they are.
pub struct Failure(String);

impl fmt::Debug for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Failure {
    /// A failure of a test's own.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// All failures of a table as one; `Ok` when there is none.
    pub fn all(failures: &[Self]) -> Result {
        match failures.iter().map(|failure| failure.0.as_str()).collect::<Vec<_>>().join("\n\n") {
            none if none.is_empty() => Ok(()),
            text => Err(Self(text)),
        }
    }

    /// The same failure, under the name of a part of the test.
    #[must_use]
    pub fn of(self, part: &str) -> Self {
        Self(format!("{part}: {}", self.0))
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<E: Error> From<E> for Failure {
    fn from(error: E) -> Self {
        Self(error.to_string())
    }
}
