//! The app cannot start: the static page says so by itself, and its button helps.

use std::time::Duration;

use e2e::{Browser, Engine, Failure, Result, before, check, file, in_line, one, sandbox};
use rstest::rstest;
use sandbox::{Fault, Os, Route};

use crate::SOON;

/// A file that is missing once; the button loads the page anew, with LINE's tokens, and the journey ends well.
#[rstest]
#[case::wasm("liff-bind-", ".wasm")]
#[case::glue("liff-bind-", ".js")]
#[case::sdk("liff-sdk-", ".js")]
#[tokio::test]
async fn a_missing_file_is_told_and_a_reload_helps(
    #[values(Engine::Chromium, Engine::WebKit)] engine: Engine,
    #[case] start: &str,
    #[case] end: &str,
) -> Result {
    let sandbox = sandbox().await?;
    let line = in_line(Os::Ios, &sandbox);
    let browser = Browser::open(engine, &line, &sandbox).await?;
    let missing = file(start, end)?;
    for fault in [Fault::Refuse, Fault::Html, Fault::Status(404)] {
        sandbox.fail_always(missing.clone(), fault);
        browser.start_over(&sandbox.line_url(&in_line(Os::Ios, &sandbox))?).await?;
        browser.wait_for_screen("failed/page-load", SOON).await?;
        assert_eq!(browser.inspect().await?.actions, ["retry"]);
    }
    sandbox.fail(missing, []);
    browser.tap("retry").await?;
    browser.wait_for_screen("bound", SOON).await?;
    one(sandbox.ledger().bindings)?;
    check(&sandbox);
    Ok(())
}

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

/// What a browser may lack altogether.
#[rstest]
#[case::web_assembly(before::NO_WEB_ASSEMBLY)]
#[case::storage(before::NO_STORAGE)]
#[tokio::test]
async fn a_browser_that_cannot_is_told(
    #[values(Engine::Chromium, Engine::WebKit)] engine: Engine,
    #[case] lacking: &str,
) -> Result {
    let sandbox = sandbox().await?;
    sandbox.configure(|config| config.first_script = lacking.into());
    let line = in_line(Os::Ios, &sandbox);
    let browser = Browser::open(engine, &line, &sandbox).await?;
    browser.goto(&sandbox.line_url(&line)?).await?;
    browser.wait_for_screen("failed/page-load", SOON).await?;
    browser.inspect().await?;
    assert!(sandbox.ledger().bind_posts().is_empty());
    check(&sandbox);
    Ok(())
}

/// A file that comes very late: told in time, and the app takes over when it comes after all.
#[rstest]
#[case::wasm("liff-bind-", ".wasm")]
#[case::sdk("liff-sdk-", ".js")]
#[tokio::test]
async fn a_late_file_is_told_and_still_used(
    #[values(Engine::Chromium, Engine::WebKit)] engine: Engine,
    #[case] start: &str,
    #[case] end: &str,
) -> Result {
    let sandbox = sandbox().await?;
    sandbox.fail(file(start, end)?, [Fault::Delay(Duration::from_secs(18))]);
    let line = in_line(Os::Ios, &sandbox);
    let browser = Browser::open(engine, &line, &sandbox).await?;
    browser.goto(&sandbox.line_url(&line)?).await?;
    browser.wait_for_screen("failed/page-load", SOON).await?;
    browser.wait_for_screen("bound", SOON).await?;
    browser.inspect().await?;
    check(&sandbox);
    Ok(())
}

/// `liff.init` may never settle; the page does not wait for ever.
#[rstest]
#[tokio::test]
async fn a_line_app_that_stays_silent_is_told(#[values(Engine::Chromium, Engine::WebKit)] engine: Engine) -> Result {
    let sandbox = sandbox().await?;
    sandbox.configure(|config| config.bridge = false);
    let line = in_line(Os::Android, &sandbox);
    let browser = Browser::open(engine, &line, &sandbox).await?;
    browser.goto(&sandbox.line_url(&line)?).await?;
    browser.wait_for_screen("failed/line-init", SOON).await?;
    assert_eq!(browser.inspect().await?.actions, ["retry", "close"]);

    sandbox.configure(|config| config.bridge = true);
    browser.tap("retry").await?;
    browser.wait_for_screen("bound", SOON).await?;
    one(sandbox.ledger().bindings)?;
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
