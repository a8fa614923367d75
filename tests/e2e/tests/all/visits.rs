//! A visit is reported once: how and where it ended, and nothing about a person. Every journey checks this
//! (`e2e::check`, `Browser::wait_for_screen`); these are the cases that they don't reach.

use std::time::Duration;

use e2e::{Browser, Engine, LIFF_ID, Result, before, check, in_line, one, opened, sandbox};
use rstest::rstest;
use sandbox::{BLANK, Device, Fault, LineApp, Os, PAGE_HOST, Route, Sandbox, Visit};

use crate::SOON;

/// The reported visits, once there are this many. They are from the ledger, so they were really sent.
async fn told(browser: &Browser<'_>, sandbox: &Sandbox, count: usize) -> Result<Vec<Visit>> {
    browser.wait_until("the beacon", SOON, async || Ok(sandbox.ledger().visits().len() >= count)).await?;
    // One too many would come soon.
    tokio::time::sleep(Duration::from_millis(300)).await;
    let visits = sandbox.ledger().visits();
    assert_eq!(visits.len(), count, "{visits:?}");
    Ok(visits)
}

fn assert_told(visit: &Visit, wanted: &[(&str, &str)]) {
    for (name, value) in wanted {
        assert_eq!(visit.get(name), *value, "{name} of {visit:?}");
    }
}

/// Leaves the page for one of the same host, as a link would.
async fn leave(browser: &Browser<'_>) -> Result {
    browser.goto(&format!("https://{PAGE_HOST}{BLANK}")).await
}

#[rstest]
#[tokio::test]
async fn a_bind_is_told(#[values(Engine::Chromium, Engine::WebKit)] engine: Engine) -> Result {
    let sandbox = sandbox().await?;
    let line = in_line(Os::Ios, &sandbox);
    let browser = opened(engine, &line, &sandbox, "bound").await?;
    leave(&browser).await?;
    let visit = one(told(&browser, &sandbox, 1).await?)?;
    let fields =
        [("outcome", "bound"), ("failure", ""), ("stage", "friend"), ("code", ""), ("liffId", LIFF_ID), ("os", "ios")];
    assert_told(&visit, &fields);
    assert_told(&visit, &[("line", &line.version), ("client", "liff"), ("page", env!("CARGO_PKG_VERSION"))]);
    let ms: u32 = visit.get("ms").parse()?;
    assert!((1..30_000).contains(&ms), "{ms}");
    check(&sandbox);
    Ok(())
}

/// Visits are off, or the setting names something other than a path on the page's own host.
#[tokio::test]
async fn nothing_is_told_unless_a_path_is_named() -> Result {
    let sandbox = sandbox().await?;
    let browser = Browser::open(Engine::ONE, &LineApp::new(Os::Android), &sandbox).await?;
    for events in
        ["", "on", "//shop.example/v1/liff-visits", "https://shop.example/v1/liff-visits", "/\\\\shop.example/x"]
    {
        sandbox.configure(|config| config.events = events.into());
        browser.start_over(&sandbox.line_url(&in_line(Os::Android, &sandbox))?).await?;
        browser.wait_until(events, SOON, async || Ok(browser.screen().await?.ends_with("bound"))).await?;
        assert_eq!(browser.visits().await?, [], "{events}");
        leave(&browser).await?;
        told(&browser, &sandbox, 0).await?;
    }
    check(&sandbox);
    Ok(())
}

/// The person is bound and sees nothing of the beacon, whatever becomes of it.
#[rstest]
#[case::dead(Fault::Refuse)]
#[case::moved(Fault::redirect(308, "https://elsewhere.example/?x"))]
#[tokio::test]
async fn a_bad_endpoint_changes_nothing(
    #[values(Engine::Chromium, Engine::WebKit)] engine: Engine,
    #[case] fault: Fault,
) -> Result {
    let sandbox = sandbox().await?;
    sandbox.configure(|config| config.first_script = before::OVERHEARD.into());
    sandbox.fail_always(Route::Visits, fault);
    let line = in_line(Os::Ios, &sandbox);
    let browser = opened(engine, &line, &sandbox, "bound").await?;
    told(&browser, &sandbox, 1).await?;
    assert_eq!(browser.inspect().await?.name, "bound");
    let ledger = sandbox.ledger();
    assert_eq!(ledger.console().into_iter().find(|line| line.starts_with("un")), None);
    // The bind came before its beacon.
    let first = |route: &Route| ledger.of(route).map(|request| request.at).next();
    assert!(first(&Route::Bind) < first(&Route::Visits));
    Ok(())
}

/// Each missing file of the page is reported as `page-load`, with the stage and the answer's status.
#[rstest]
#[case::sdk("liff-sdk", "sdk", "")]
#[case::module("_bg.wasm", "page", "404")]
#[case::words(".json", "page", "404")]
#[tokio::test]
async fn a_page_that_cannot_start_is_told(
    #[values(Engine::Chromium, Engine::WebKit)] engine: Engine,
    #[case] file: &str,
    #[case] stage: &str,
    #[case] code: &str,
) -> Result {
    let sandbox = sandbox().await?;
    sandbox.fail_always(Route::Page(file.into()), Fault::Status(404));
    let line = in_line(Os::Ios, &sandbox);
    let browser = opened(engine, &line, &sandbox, "failed/page-load").await?;
    leave(&browser).await?;
    let visit = one(told(&browser, &sandbox, 1).await?)?;
    assert_told(&visit, &[("outcome", "failed"), ("failure", "page-load"), ("stage", stage), ("code", code)]);
    assert_told(&visit, &[("liffId", LIFF_ID), ("os", "ios"), ("line", &line.version), ("client", "liff")]);
    check(&sandbox);
    Ok(())
}

/// `WebKit` doesn't tell a page that it is left before its `load` event, which waits for LINE's SDK.
#[tokio::test]
async fn a_page_that_is_left_before_lines_sdk_is_there_is_told() -> Result {
    is_left(Engine::Chromium, Route::Page("liff-sdk".into()), "sdk").await
}

/// The page is left while it works: before the app runs, while LINE doesn't answer, and while the bind API doesn't.
#[rstest]
#[case::module(Route::Page("_bg.wasm".into()), "page")]
#[case::line(Route::Verify, "init")]
#[case::bind_api(Route::Bind, "bind")]
#[tokio::test]
async fn a_page_that_is_left_at_work_is_told(
    #[values(Engine::Chromium, Engine::WebKit)] engine: Engine,
    #[case] hangs: Route,
    #[case] stage: &str,
) -> Result {
    is_left(engine, hangs, stage).await
}

async fn is_left(engine: Engine, hangs: Route, stage: &str) -> Result {
    let sandbox = sandbox().await?;
    sandbox.fail_always(hangs.clone(), Fault::Hang);
    let line = in_line(Os::Android, &sandbox);
    let browser = Browser::open(engine, &line, &sandbox).await?;
    browser.goto(&sandbox.line_url(&line)?).await?;
    let asked = |ledger: &sandbox::Ledger| match &hangs {
        Route::Page(name) => ledger.requests.iter().any(|request| request.target.contains(name.as_str())),
        route => ledger.of(route).next().is_some(),
    };
    browser.wait_until("the request", SOON, async || Ok(asked(&sandbox.ledger()))).await?;
    // Wait for the app, if it is to run.
    if !matches!(hangs, Route::Page(_)) {
        browser.wait_until_true("window.liffBind", SOON).await?;
    }
    tokio::time::sleep(Duration::from_millis(700)).await;
    assert_eq!(browser.screen().await?, "working");
    leave(&browser).await?;
    let visit = one(told(&browser, &sandbox, 1).await?)?;
    assert_told(&visit, &[("outcome", "left"), ("failure", ""), ("stage", stage), ("liffId", LIFF_ID)]);
    check(&sandbox);
    Ok(())
}

/// Outside LINE: the page that sends people to LINE is reported, the way to the sign-in is not, and its result is.
#[rstest]
#[tokio::test]
async fn a_sign_in_outside_line_is_no_leaving(#[values(Engine::Chromium, Engine::WebKit)] engine: Engine) -> Result {
    let sandbox = sandbox().await?;
    let browser = Browser::open(engine, Device::Iphone, &sandbox).await?;
    browser.goto(&sandbox.browser_url(&format!("&bindToken={}", sandbox.issue_bind_token(74)))).await?;
    browser.wait_for_screen("open-in-line", SOON).await?;
    browser.tap("login").await?;
    browser.wait_for_screen("bound", SOON).await?;
    leave(&browser).await?;
    let visits = told(&browser, &sandbox, 2).await?;
    assert_eq!(visits.iter().map(Visit::screen).collect::<Vec<_>>(), ["open-in-line", "bound"]);
    for visit in &visits {
        assert_told(visit, &[("client", "browser"), ("line", ""), ("os", "ios")]);
    }
    check(&sandbox);
    Ok(())
}

/// LINE's SDK begins its own sign-in in the middle of `liff.init`, and throws: that is no failure of this visit.
#[rstest]
#[tokio::test]
async fn a_sign_in_of_the_sdks_own_is_one_visit(#[values(Engine::Chromium, Engine::WebKit)] engine: Engine) -> Result {
    let sandbox = sandbox().await?;
    let other_channel = Fault::Merge(serde_json::json!({ "client_id": "2099999999" }));
    sandbox.fail(Route::Verify, [other_channel]);
    let line = in_line(Os::Ios, &sandbox);
    let browser = opened(engine, &line, &sandbox, "bound").await?;
    leave(&browser).await?;
    assert_told(&one(told(&browser, &sandbox, 1).await?)?, &[("outcome", "bound"), ("client", "liff")]);
    check(&sandbox);
    Ok(())
}

/// The SDK loads the page a second time: with the page's shortcuts off, and for a link with a path.
#[rstest]
#[case::shortcuts_off(false, "?bindToken=TOKEN")]
#[case::path(true, "/x?bindToken=TOKEN")]
#[tokio::test]
async fn the_sdks_second_load_is_one_visit(
    #[values(Engine::Chromium, Engine::WebKit)] engine: Engine,
    #[case] shortcuts: bool,
    #[case] link: &str,
) -> Result {
    let sandbox = sandbox().await?;
    sandbox.configure(|config| config.shortcuts = shortcuts);
    let line = LineApp::new(Os::Android).with_extra(link.replace("TOKEN", &sandbox.issue_bind_token(74)));
    let browser = opened(engine, &line, &sandbox, "bound").await?;
    leave(&browser).await?;
    assert_eq!(sandbox.ledger().page_loads(), 2);
    assert_told(&one(told(&browser, &sandbox, 1).await?)?, &[("outcome", "bound"), ("client", "liff")]);
    check(&sandbox);
    Ok(())
}

/// Time behind another app does not count.
#[rstest]
#[tokio::test]
async fn hidden_time_is_not_counted(#[values(Engine::Chromium, Engine::WebKit)] engine: Engine) -> Result {
    let sandbox = sandbox().await?;
    sandbox.configure(|config| config.first_script = before::CAN_HIDE.into());
    sandbox.fail(Route::Bind, [Fault::Delay(Duration::from_secs(5))]);
    let line = in_line(Os::Ios, &sandbox);
    let browser = Browser::open(engine, &line, &sandbox).await?;
    browser.goto(&sandbox.line_url(&line)?).await?;
    browser.wait_until("the post", SOON, async || Ok(sandbox.ledger().bind_posts().len() == 1)).await?;
    let hidden = browser.script("leave(); return performance.now()").await?.as_f64().unwrap_or_default();
    browser.wait_for_screen("bound", SOON).await?;
    let ms: f64 = one(browser.visits().await?)?.get("ms").parse()?;
    assert!((ms - hidden).abs() < 100.0, "{ms} ms, hidden after {hidden}");
    check(&sandbox);
    Ok(())
}

/// A merchant's visit to the doctor does not count.
#[tokio::test]
async fn the_doctor_is_not_counted() -> Result {
    let sandbox = sandbox().await?;
    let line = LineApp::new(Os::Ios).with_extra("?check=1");
    let browser = opened(Engine::Chromium, &line, &sandbox, "check").await?;
    leave(&browser).await?;
    told(&browser, &sandbox, 0).await?;
    check(&sandbox);
    Ok(())
}
