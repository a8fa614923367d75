//! Real browsers for journeys through the page: both engines of today's phones, sent through a [`sandbox::Sandbox`].
//!
//! Chromium stands for Android, `WebKit` for the iPhone. `WebKit` needs a display (`xvfb-run -a cargo test -p e2e`).
//!
//! ```no_run
//! # use std::time::Duration;
//! # use e2e::{Browser, Engine, Result};
//! # use sandbox::{Fault, LineApp, Os, Route, Sandbox, SandboxConfig};
//! # async fn journey() -> Result {
//! let sandbox = Sandbox::start(SandboxConfig::new("dist")).await?;
//! sandbox.fail(Route::Bind, [Fault::example("line-unavailable"), Fault::NoAnswer]);
//! let line = LineApp::new(Os::Ios).with_extra(format!("?bindToken={}", sandbox.issue_bind_token(74)));
//!
//! let browser = Browser::open(Engine::WebKit, &line, &sandbox).await?;
//! browser.goto(&sandbox.line_url(&line)?).await?;
//! browser.wait_for_screen("bound", Duration::from_secs(30)).await?;
//!
//! let ledger = sandbox.ledger();
//! assert_eq!(ledger.bind_posts().len(), 3);
//! assert_eq!(ledger.bindings[0].keys, 1);
//! assert!(ledger.violations.is_empty() && ledger.leaks().is_empty() && ledger.foreign().is_empty());
//! # Ok(())
//! # }
//! ```

#![allow(
    clippy::missing_errors_doc,
    reason = "everything here fails for one reason: the browser did not do what was asked"
)]

use std::{error::Error, fmt};

mod browser;
mod driver;
mod qr;
mod visitor;

pub use browser::Browser;
pub use driver::Engine;
pub use qr::qr_text;
pub use visitor::{Size, Visitor};

/// A result that a test passes on with `?`.
pub type Result<T = ()> = std::result::Result<T, Failure>;

/// Why a step did not happen, in words over several lines, which a failing test prints as they are.
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
}

impl<E: Error> From<E> for Failure {
    fn from(error: E) -> Self {
        Self(error.to_string())
    }
}
