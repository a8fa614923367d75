//! The app cannot start, and no script of the page runs: the static page says so by itself, and its button helps. Other
//! causes are in the fault table (`tests/faults/phone.rs`).

use std::time::Duration;

use e2e::{Browser, Engine, Failure, Result, check, in_line, sandbox};
use rstest::rstest;
use sandbox::{Fault, Os, Route};

use crate::SOON;

/// A host's own header forbids the page's inline scripts and its style: plain text is left, about the wait and about
/// what to do.
#[rstest]
#[tokio::test]
async fn a_hosts_own_policy_that_forbids_the_page_is_told(
    #[values(Engine::Chromium, Engine::WebKit)] engine: Engine,
) -> Result {
    let sandbox = sandbox().await?;
    let page = || Route::Page("liff-bind.html".into());
    let policy = "default-src 'none'; script-src 'self'; style-src 'self'";
    sandbox.fail_always(page(), Fault::Header("content-security-policy", policy));
    let line = in_line(Os::Ios, &sandbox);
    let browser = Browser::open(engine, &line, &sandbox).await?;
    browser.goto(&sandbox.line_url(&line)?).await?;
    browser.wait_until("the text", SOON, async || Ok(browser.text().await?.contains("頁面載入失敗"))).await?;
    let text = browser.text().await?;
    assert!(text.contains("尚未綁定") && text.contains("not linked"), "{text}");

    sandbox.fail(page(), []);
    browser.tap("retry").await?;
    browser.wait_for_screen("bound", SOON).await?;
    check(&sandbox);
    Ok(())
}

/// `scripting: none`: the text is there at once. (Only Chromium's driver can switch JavaScript off and still look.)
#[rstest]
#[tokio::test]
async fn without_javascript_the_text_is_there_at_once() -> Result {
    let sandbox = sandbox().await?;
    let browser = Browser::open(Engine::Chromium, sandbox::Device::Phone, &sandbox).await?;
    let off = serde_json::json!({ "value": true });
    browser.command("Emulation.setScriptExecutionDisabled", off).await?;
    browser.goto(&sandbox.browser_url("&bindToken=b")).await?;
    browser
        .wait_until("the text", Duration::from_secs(3), async || {
            Ok(browser.look().await?.heading.contains("頁面載入失敗"))
        })
        .await?;
    if browser.look().await?.actions != ["retry"] {
        return Err(Failure::new("no button"));
    }
    Ok(())
}
