//! A bind through the server, in real browsers.

use e2e::{Browser, Engine, Result, check, in_line, one};
use rstest::rstest;
use sandbox::{Device, Os, RequestRecord, Sandbox};
use serde_json::json;

use crate::{
    SOON,
    server::{Kind, Server},
};

/// Notes violations of the page's policy: the served policy names no place to report them to.
const FORBIDDEN: &str = "
    window.forbidden = [];
    addEventListener('securitypolicyviolation', (event) => forbidden.push(event.violatedDirective + ' ' + event.blockedURI));
";

/// The page, opened by a shop's link in LINE.
async fn opened_in_line(sandbox: &Sandbox) -> Result<Browser<'_>> {
    let line = in_line(Os::Android, sandbox);
    let browser = Browser::open(Engine::Chromium, &line, sandbox).await?;
    let url = sandbox.line_url(&line)?;
    for source in [sandbox.line_app_script(), FORBIDDEN.into()] {
        browser.command("Page.addScriptToEvaluateOnNewDocument", json!({ "source": source })).await?;
    }
    browser.goto(&url).await?;
    Ok(browser)
}

#[rstest]
#[tokio::test]
async fn binds_in_line(#[values(Kind::Nginx, Kind::NginxWithoutBrotli, Kind::Caddy, Kind::Live)] kind: Kind) -> Result {
    let server = Server::start(kind).await?;
    let sandbox = &server.sandbox;
    let browser = opened_in_line(sandbox).await?;
    browser.wait_for_screen("bound", SOON).await?;
    assert_eq!(browser.script("return forbidden").await?, json!([]));
    // Each file came as the build has compressed it.
    let encoded = "performance.getEntriesByType('resource').filter(({ name }) => /(wasm|js|css|json)$/.test(name))";
    let sizes =
        browser.script(&format!("return {encoded}.map((file) => file.encodedBodySize / file.decodedBodySize)")).await?;
    let sizes = sizes.as_array().cloned().unwrap_or_default();
    assert!(sizes.len() >= 4 && sizes.iter().all(|size| size.as_f64().is_some_and(|size| size < 0.6)), "{sizes:?}");
    one(sandbox.ledger().bindings)?;
    check(sandbox);
    Ok(())
}

/// With LINE's sign-in and back, with code and state in the query.
#[rstest]
#[tokio::test]
async fn binds_after_a_sign_in(
    #[values(Kind::Nginx, Kind::Caddy, Kind::Live)] kind: Kind,
    #[values(Engine::Chromium, Engine::WebKit)] engine: Engine,
) -> Result {
    let server = Server::start(kind).await?;
    let sandbox = &server.sandbox;
    let browser = Browser::open(engine, Device::Iphone, sandbox).await?;
    browser.goto(&sandbox.browser_url(&format!("&bindToken={}", sandbox.issue_bind_token(74)))).await?;
    browser.tap("login").await?;
    browser.wait_for_screen("bound", SOON).await?;
    one(sandbox.ledger().bindings)?;
    check(sandbox);
    assert!(!server.logged()?.contains("code="));
    Ok(())
}

/// A URL that is too long for the page still reaches the page, which explains it.
#[rstest]
#[tokio::test]
async fn long_urls_reach_the_page(#[values(Kind::Nginx, Kind::Caddy, Kind::Live)] kind: Kind) -> Result {
    let server = Server::start(kind).await?;
    let browser = Browser::open(Engine::Chromium, Device::Phone, &server.sandbox).await?;
    browser.goto(&server.sandbox.browser_url(&format!("&bindToken={}", "x".repeat(17 << 10)))).await?;
    browser.wait_for_screen("failed/link-incomplete", SOON).await?;
    check(&server.sandbox);
    Ok(())
}

/// `./dev.sh live` alone: LINE, here the sandbox's, checks the ID token, and the simulated bind API remembers its
/// owner.
#[tokio::test]
async fn binds_by_the_simulated_bind_api() -> Result {
    let server = Server::start(Kind::LiveAlone).await?;
    for screen in ["bound", "already-bound"] {
        opened_in_line(&server.sandbox).await?.wait_for_screen(screen, SOON).await?;
    }
    let ledger = server.sandbox.ledger();
    let asked = |request: &&RequestRecord| request.method == "POST" && request.target == "/oauth2/v2.1/verify";
    let answers: Vec<_> = ledger.requests.iter().filter(asked).map(|request| request.status).collect();
    assert_eq!(answers, [Some(200), Some(200)]);
    let log = server.logged()?;
    assert!(log.contains("POST /v1/liff-bindings 201 bound") && log.contains("200 already-bound"), "{log}");
    check(&server.sandbox);
    Ok(())
}
