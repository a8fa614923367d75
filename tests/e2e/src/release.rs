//! The release build in a sandbox.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

use sandbox::{Ledger, LineApp, Os, Route, Sandbox, SandboxConfig};

use crate::{Browser, Engine, Failure, Result, browser::PATIENCE};

/// The shop's LIFF app for binding, the first of [`SandboxConfig::new`].
pub const LIFF_ID: &str = "1656451635-z3yqZNO3";

/// The folder of the release build: `LIFF_BIND_DIST`, else `dist` of this repository.
pub fn dist() -> Result<PathBuf> {
    let dist = std::env::var_os("LIFF_BIND_DIST")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../dist"), PathBuf::from);
    // A release build has the headers that its host must send.
    if ["liff-bind.html", "_headers"].iter().all(|name| dist.join(name).is_file()) {
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

/// LINE opens the shop's link, with a bind token fresh from the shop's website.
#[must_use]
pub fn in_line(os: Os, sandbox: &Sandbox) -> LineApp {
    LineApp::new(os).with_extra(format!("?bindToken={}", sandbox.issue_bind_token(74)))
}

/// A fresh browser in which LINE has opened the page, once that shows this screen.
pub async fn opened<'s>(engine: Engine, line: &LineApp, sandbox: &'s Sandbox, screen: &str) -> Result<Browser<'s>> {
    let browser = Browser::open(engine, line, sandbox).await?;
    browser.goto(&sandbox.line_url(line)?).await?;
    browser.wait_for_screen(screen, PATIENCE).await?;
    Ok(browser)
}

/// The only item of a list; an error if there are more or none.
pub fn one<T>(things: impl IntoIterator<Item = T>) -> Result<T> {
    let mut things = things.into_iter();
    match (things.next(), things.count()) {
        (Some(thing), 0) => Ok(thing),
        (first, more) => Err(Failure::new(format!("not one but {}", usize::from(first.is_some()) + more))),
    }
}

/// The distinct `Idempotency-Key`s of all posts.
#[must_use]
pub fn keys(ledger: &Ledger) -> BTreeSet<String> {
    ledger.bind_posts().iter().filter_map(|post| Some(post.header("idempotency-key")?.to_owned())).collect()
}

/// The only file of the build whose name has this start and end, as the route to it.
pub fn file(start: &str, end: &str) -> Result<Route> {
    let names = std::fs::read_dir(dist()?)?.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let name = one(names.filter(|name| name.starts_with(start) && name.ends_with(end)))?;
    Ok(Route::Page(name))
}

/// The rules of every journey that were broken: the bind API's contract; the ID token is in no URL and no header; the
/// access token is only in a request to unlink; only LINE's and the shop's hosts are asked; each visit is reported at
/// most once and as `docs/visits.md` says; nothing is tried that the page's security policy forbids.
#[must_use]
pub fn breaches(ledger: &Ledger) -> Vec<String> {
    let contract = ledger.violations.iter().map(|text| format!("a breach of the contract: {text}"));
    let forbidden = ledger.forbidden().into_iter().map(|text| format!("forbidden by the security policy: {text}"));
    let leaks = ledger.leaks().into_iter().map(|request| format!("a token where none belongs: {request}"));
    let foreign = ledger.foreign().into_iter().map(|request| format!("a request to another host: {request}"));
    let untold = ledger.untold().into_iter().map(|text| format!("a visit told wrong: {text}"));
    contract.chain(untold).chain(forbidden).chain(leaks).chain(foreign).collect()
}

/// Checks the rules of every journey ([`breaches`]).
///
/// # Panics
/// When a rule is broken.
#[track_caller]
pub fn check(sandbox: &Sandbox) {
    assert_eq!(breaches(&sandbox.ledger()), [""; 0]);
}
