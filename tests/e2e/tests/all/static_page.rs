//! The app cannot start, and no script of the page runs: the static page says so by itself, and its button helps. Other
//! causes are in the fault table (`tests/faults/phone.rs`).

use std::time::Duration;

use e2e::{Browser, Engine, Failure, Result, Size, check, in_line, sandbox};
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
    assert!(text.contains("尚未綁定") && text.contains("Not linked this time"), "{text}");

    sandbox.fail(page(), []);
    browser.tap("retry").await?;
    browser.wait_for_screen("bound", SOON).await?;
    check(&sandbox);
    Ok(())
}

/// Only scripts don't run, as in an engine that is too old for them: the text comes by itself, with what must be updated.
/// Before that, half a screen has nothing to scroll.
#[rstest]
#[tokio::test]
async fn the_text_takes_no_room_until_it_appears(#[values(Engine::Chromium, Engine::WebKit)] engine: Engine) -> Result {
    let sandbox = sandbox().await?;
    let policy = "default-src 'none'; style-src 'unsafe-inline'";
    sandbox.fail_always(Route::Page("liff-bind.html".into()), Fault::Header("content-security-policy", policy));
    let line = in_line(Os::Android, &sandbox);
    let browser = Browser::open(engine, &line, &sandbox).await?;
    browser.resize(Size::COMPACT).await?;
    browser.goto(&sandbox.line_url(&line)?).await?;
    let scrolls = "const { scrollHeight, clientHeight } = document.documentElement; return scrollHeight > clientHeight";
    let go_to = |time: &str| {
        format!("document.getAnimations().forEach((one) => {{ one.pause(); one.currentTime = {time}; }}); {scrolls}")
    };
    assert_eq!(browser.script(&go_to("0")).await?, false);
    assert!(!browser.text().await?.contains("頁面載入失敗"));
    browser.script(&go_to("6000")).await?;
    let text = browser.text().await?;
    for wanted in ["頁面載入失敗", "尚未綁定", "Android System WebView", "iOS"] {
        assert!(text.contains(wanted), "{text}");
    }
    let top = "return document.querySelector('#page-load').getBoundingClientRect().top";
    assert_eq!(browser.script(top).await?, 0);
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
