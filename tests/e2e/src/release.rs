//! The release build in a sandbox.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

use sandbox::{Ledger, LineApp, Os, Sandbox, SandboxConfig};

use crate::{Failure, Result};

/// The shop's LIFF app for binding, the first of [`SandboxConfig::new`].
pub const LIFF_ID: &str = "1656451635-z3yqZNO3";

/// The folder of the release build: `LIFF_BIND_DIST`, else `dist` of this repository.
pub fn dist() -> Result<PathBuf> {
    let dist = std::env::var_os("LIFF_BIND_DIST")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../dist"), PathBuf::from);
    if dist.join("liff-bind.html").is_file() {
        return Ok(dist);
    }
    Err(Failure::new(format!(
        "There is no release build in {}: run `trunk build --release`, or set LIFF_BIND_DIST.",
        dist.display()
    )))
}

/// A sandbox that serves the release build.
pub async fn sandbox() -> Result<Sandbox> {
    Ok(Sandbox::start(SandboxConfig::new(dist()?)).await?)
}

/// LINE opening the shop's link, with a bind token fresh from the shop's website.
#[must_use]
pub fn in_line(os: Os, sandbox: &Sandbox) -> LineApp {
    LineApp::new(os).with_extra(format!("?bindToken={}", sandbox.issue_bind_token(74)))
}

/// The one thing in a list; an error when there is another number of them.
pub fn one<T>(things: impl IntoIterator<Item = T>) -> Result<T> {
    let mut things = things.into_iter();
    match (things.next(), things.count()) {
        (Some(thing), 0) => Ok(thing),
        (first, more) => Err(Failure::new(format!("not one but {}", usize::from(first.is_some()) + more))),
    }
}

/// The different `Idempotency-Key`s of all posts.
#[must_use]
pub fn keys(ledger: &Ledger) -> BTreeSet<String> {
    ledger.bind_posts().iter().filter_map(|post| Some(post.header("idempotency-key")?.to_owned())).collect()
}

/// Asks of a journey what is asked of all: the contract of the bind API kept, the ID token in no URL and no header, no host
/// asked but LINE's and the shop's, and nothing tried that the page's security policy forbids.
///
/// # Panics
/// When it was otherwise.
#[track_caller]
pub fn check(sandbox: &Sandbox) {
    let ledger = sandbox.ledger();
    assert_eq!(ledger.violations, [""; 0], "breaches of the contract");
    assert_eq!(ledger.forbidden(), [""; 0], "forbidden by the page's security policy");
    assert!(ledger.leaks().is_empty(), "ID tokens in URLs or headers: {:?}", ledger.leaks());
    assert!(ledger.foreign().is_empty(), "requests to other hosts: {:?}", ledger.foreign());
}
