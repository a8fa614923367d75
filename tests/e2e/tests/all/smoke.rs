//! The harness itself, on a page of a few lines: both engines reach the sandbox, and nothing else.

use std::fs;

use e2e::{Browser, Engine, Result, Size, qr_text};
use rstest::rstest;
use sandbox::{Device, Fault, LineApp, Os, Route, Sandbox, SandboxConfig};
use tempfile::TempDir;

use crate::SOON;

/// Says whether it runs in LINE, and posts when it is tapped. `data-screen` shows the result.
const SCRIPT: &str = r#"
const html = document.documentElement;
const line = Boolean(window._liff) && prompt("LIFF:GET_APP_LANGUAGE");
html.lang = line || navigator.language;
html.dataset.screen = line ? "in-line" : "outside";
document.querySelector("button").onclick = async () => {
  html.dataset.screen = "working";
  const answer = await fetch("/v1/liff-bindings", { method: "POST", body: "{}" }).then((answer) => answer.status, () => "lost");
  html.dataset.screen = String(answer);
};
"#;
const PAGE: &str = r#"<!doctype html><html><head><meta charset="utf-8"><title>Smoke</title></head>
<body><button data-action="bind">Bind</button> <a data-action="open-line" href="https://liff.line.me/1-a?x=1">LINE</a>
<script src="app.js"></script></body></html>"#;

/// A sandbox that serves the page; the folder lives as long as the second value.
async fn sandbox() -> Result<(Sandbox, TempDir)> {
    let dist = tempfile::tempdir()?;
    fs::write(dist.path().join("liff-bind.html"), PAGE)?;
    fs::write(dist.path().join("app.js"), SCRIPT)?;
    Ok((Sandbox::start(SandboxConfig::new(dist.path())).await?, dist))
}

#[rstest]
#[tokio::test]
async fn opens_in_line(
    #[values(Engine::Chromium, Engine::WebKit)] engine: Engine,
    #[values(Os::Ios, Os::Android)] os: Os,
) -> Result {
    let (sandbox, _dist) = sandbox().await?;
    let mut line = LineApp::new(os);
    line.language = "th".into();
    let browser = Browser::open(engine, &line, &sandbox).await?;
    browser.goto(&sandbox.line_url(&line)?).await?;
    browser.wait_for_screen("in-line", SOON).await?;
    assert_eq!(browser.lang().await?, "th");
    assert!(browser.url().await?.contains("#context_token="));
    assert!(sandbox.ledger().foreign().is_empty());
    Ok(())
}

#[rstest]
#[tokio::test]
async fn opens_outside_line(#[values(Engine::Chromium, Engine::WebKit)] engine: Engine) -> Result {
    let (sandbox, _dist) = sandbox().await?;
    let browser = Browser::open(engine, Device::Phone, &sandbox).await?;
    browser.goto(&sandbox.browser_url("&bindToken=x")).await?;
    browser.wait_for_screen("outside", SOON).await?;
    assert_eq!(browser.href("open-line").await?, "https://liff.line.me/1-a?x=1");
    browser.tap("open-line").await?;
    browser.wait_until("LINE", SOON, async || Ok(browser.text().await?.contains("LINE app would open"))).await
}

/// Each fault reaches the page unchanged and is posted once: no engine repeats a post on its own.
#[rstest]
#[tokio::test]
async fn shows_faults(#[values(Engine::Chromium, Engine::WebKit)] engine: Engine) -> Result {
    let (sandbox, _dist) = sandbox().await?;
    let browser = Browser::open(engine, Device::Phone, &sandbox).await?;
    browser.goto(&sandbox.browser_url("")).await?;
    browser.wait_for_screen("outside", SOON).await?;
    for (fault, shown) in [
        (Fault::None, "400"),
        (Fault::example("bind-token-expired"), "410"),
        (Fault::Html, "502"),
        (Fault::Refuse, "lost"),
        (Fault::no_answer(), "lost"),
        (Fault::Hang, "working"),
    ] {
        let posts = sandbox.ledger().bind_posts().len();
        sandbox.fail(Route::Bind, [fault]);
        browser.tap("bind").await?;
        browser.wait_for_screen(shown, SOON).await?;
        browser.wait_until("the post", SOON, async || Ok(sandbox.ledger().bind_posts().len() > posts)).await?;
        assert_eq!(sandbox.ledger().bind_posts().len(), posts + 1, "{}", sandbox.ledger().tail(9));
    }
    Ok(())
}

#[rstest]
#[tokio::test]
async fn has_the_size_asked_for(#[values(Engine::Chromium, Engine::WebKit)] engine: Engine) -> Result {
    let (sandbox, _dist) = sandbox().await?;
    let browser = Browser::open(engine, Device::Desktop, &sandbox).await?;
    for size in [Size::COMPACT, Size::FULL, Size::DESKTOP, Size::new(360, 640)] {
        browser.resize(size).await?;
        let image = image::load_from_memory(&browser.png().await?)?;
        assert_eq!((image.width(), image.height()), (size.width, size.height));
    }
    assert!(qr_text(&browser.png().await?).is_err());
    Ok(())
}
