//! The app cannot start, and no script of the page runs: the static page says so by itself, and its button helps. What else keeps
//! it from starting is in the fault table (`tests/faults/phone.rs`).

use std::time::Duration;

use e2e::{Browser, Engine, Failure, Result, check, in_line, sandbox};
use rstest::rstest;
use sandbox::{Fault, Os, Route};

use crate::SOON;

/// Without its script the page cannot mark itself; the stylesheet brings the text up after a while.
#[rstest]
#[tokio::test]
async fn a_missing_boot_script_is_told(#[values(Engine::Chromium, Engine::WebKit)] engine: Engine) -> Result {
    let sandbox = sandbox().await?;
    sandbox.fail_always(Route::Page("boot".into()), Fault::Status(404));
    let line = in_line(Os::Ios, &sandbox);
    let browser = Browser::open(engine, &line, &sandbox).await?;
    browser.goto(&sandbox.line_url(&line)?).await?;
    browser.wait_until("the skeleton", SOON, async || Ok(browser.look().await?.heading.contains("正在確認"))).await?;
    browser.wait_until("the text", SOON, async || Ok(browser.look().await?.heading.contains("頁面載入失敗"))).await?;
    let shown = browser.look().await?;
    assert_eq!(shown.actions, ["retry"]);
    assert!(shown.sentence.contains("尚未綁定") && shown.sentence.contains("not linked"), "{shown:?}");
    let owed: Vec<_> = shown.wrong.iter().filter(|wrong| !wrong.contains("focus")).collect();
    assert!(owed.is_empty(), "{owed:?}");

    sandbox.fail(Route::Page("boot".into()), []);
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
