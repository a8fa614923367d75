//! What is asked for with the page's first bytes: the app's files, and LINE's two questions. Each answer is used once, and
//! a failed one is ignored.

use std::time::Duration;

use e2e::{Browser, Engine, Failure, LIFF_ID, Result, check, in_line, one, opened, sandbox};
use rstest::rstest;
use sandbox::{Device, Fault, IdTokenPlan, LineApp, Os, PAGE_HOST, Route, Sandbox};

use super::{before_post, bound};
use crate::SOON;

/// How long the SDK's own request waits for an early one that is still under way.
const HELD_BACK: Duration = Duration::from_secs(4);

/// How often LINE was asked before the bind: `verify`, `certs`.
fn asked(sandbox: &Sandbox) -> Result<(usize, usize)> {
    let ledger = before_post(&sandbox.ledger())?;
    Ok((ledger.of(&Route::Verify).count(), ledger.of(&Route::Certs).count()))
}

/// By head.js, so before boot.js asks for the words. On a slow phone a frame is painted between the two.
#[rstest]
#[tokio::test]
async fn the_apps_files_are_asked_for_first_and_once(
    #[values(Engine::Chromium, Engine::WebKit)] engine: Engine,
) -> Result {
    let sandbox = sandbox().await?;
    let line = in_line(Os::Ios, &sandbox);
    let browser = Browser::open(engine, &line, &sandbox).await?;
    browser.goto(&sandbox.line_url(&line)?).await?;
    bound(&browser, &sandbox, 1).await?;
    let requests = "performance.getEntriesByType('resource').map(({ name, startTime }) => [name, startTime])";
    let requests: Vec<(String, f64)> = serde_json::from_value(browser.script(&format!("return {requests}")).await?)?;
    let times_of = |name: &str, kind: &str| -> Vec<f64> {
        requests.iter().filter(|(url, _)| url.contains(name) && url.ends_with(kind)).map(|(_, time)| *time).collect()
    };
    // Twice if LINE has another language than the browser.
    let words = times_of("/words-", ".json").into_iter().fold(f64::INFINITY, f64::min);
    for kind in [".js", ".wasm"] {
        // Whole milliseconds in WebKit, so they may be equal.
        assert!(matches!(times_of("/liff-bind-", kind)[..], [time] if time <= words), "{kind}: {requests:?}");
    }
    assert!(words.is_finite(), "{requests:?}");
    check(&sandbox);
    Ok(())
}

/// LINE gets one `verify` and one `certs` for each load, as from the SDK alone. The SDK asks its later questions by
/// itself: it checks the token again before it reports friendship.
#[rstest]
#[case::one_load(true, (1, 1))]
#[case::two_loads(false, (2, 1))]
#[tokio::test]
async fn each_answer_is_used_once(
    #[values(Engine::Chromium, Engine::WebKit)] engine: Engine,
    #[case] shortcuts: bool,
    #[case] times: (usize, usize),
) -> Result {
    let sandbox = sandbox().await?;
    sandbox.configure(|config| config.shortcuts = shortcuts);
    let line = in_line(Os::Android, &sandbox);
    let browser = Browser::open(engine, &line, &sandbox).await?;
    browser.goto(&sandbox.line_url(&line)?).await?;
    bound(&browser, &sandbox, 1).await?;
    assert_eq!(asked(&sandbox)?, times);
    let ledger = sandbox.ledger();
    assert_eq!(ledger.of(&Route::Verify).count(), times.0 + 1, "{}", ledger.tail(20));
    one(ledger.bindings)?;
    check(&sandbox);
    Ok(())
}

/// Without `liff.state` too: one load, one answer each.
#[rstest]
#[tokio::test]
async fn so_it_is_without_liff_state(
    #[values(Engine::Chromium, Engine::WebKit)] engine: Engine,
    #[values(true, false)] shortcuts: bool,
) -> Result {
    let sandbox = sandbox().await?;
    let endpoint_url = sandbox.browser_url(&format!("&bindToken={}", sandbox.issue_bind_token(74)));
    sandbox.configure(|config| {
        config.shortcuts = shortcuts;
        config.apps[0].endpoint_url = endpoint_url;
    });
    let browser = Browser::open(engine, &LineApp::new(Os::Ios), &sandbox).await?;
    browser.goto(&sandbox.line_url(&LineApp::new(Os::Ios))?).await?;
    bound(&browser, &sandbox, 1).await?;
    assert_eq!((asked(&sandbox)?, sandbox.ledger().page_loads()), ((1, 1), 1));
    check(&sandbox);
    Ok(())
}

/// The SDK asks for keys only where there is an ID token to check; so does the page.
#[rstest]
#[tokio::test]
async fn keys_of_no_token_are_not_asked_for(
    #[values(Engine::Chromium, Engine::WebKit)] engine: Engine,
    #[values(true, false)] shortcuts: bool,
) -> Result {
    let sandbox = sandbox().await?;
    sandbox.configure(|config| config.shortcuts = shortcuts);
    let line = LineApp { id_token: IdTokenPlan::Absent, ..in_line(Os::Ios, &sandbox) };
    let _browser = opened(engine, &line, &sandbox, "failed/setup-scope").await?;
    assert_eq!(sandbox.ledger().of(&Route::Certs).count(), 0);
    check(&sandbox);
    Ok(())
}

/// Faults of the early requests, and how often LINE is then asked each question; `None` if that depends on the engine.
fn faults() -> Vec<(Fault, Option<usize>)> {
    vec![
        (Fault::Refuse, Some(2)),
        (Fault::Status(500), Some(2)),
        (Fault::Hang, Some(2)),
        (Fault::Delay(HELD_BACK / 2), Some(1)),
        (Fault::Delay(HELD_BACK * 3), Some(2)),
        // A body that breaks off fails the request in one engine, and counts as whole in the other.
        (Fault::CutOff, None),
    ]
}

/// Early requests that are refused, fail, hang or are late cost only time: the page binds at the same address, with one
/// post and without a sign-in.
#[rstest]
#[tokio::test]
async fn an_early_failure_costs_nothing_but_time(#[values(Engine::Chromium, Engine::WebKit)] engine: Engine) -> Result {
    let routes = [Route::Verify, Route::Certs];
    let mut failures = Vec::new();
    for (fault, times) in faults() {
        let sandbox = sandbox().await?;
        for route in &routes {
            sandbox.fail(route.clone(), [fault.clone()]);
        }
        let line = in_line(Os::Ios, &sandbox);
        let browser = Browser::open(engine, &line, &sandbox).await?;
        browser.goto(&sandbox.line_url(&line)?).await?;
        let played = async || -> Result {
            bound(&browser, &sandbox, 1).await?;
            let ledger = sandbox.ledger();
            let query = line.extra.replacen('?', "&", 1);
            let wanted = sandbox.browser_url(&query);
            let found = (browser.url().await?, ledger.page_loads(), ledger.bind_posts().len(), ledger.bindings.len());
            if let Some(times) = times {
                if found != (wanted, 1, 1, 1) || ledger.of(&Route::Authorize).next().is_some() {
                    return Err(Failure::new(format!("{found:?}\n{}", ledger.tail(20))));
                }
                let before = before_post(&ledger)?;
                let counts: Vec<usize> = routes.iter().map(|route| before.of(route).count()).collect();
                if counts.iter().any(|count| *count != times) {
                    return Err(Failure::new(format!("asked {counts:?} times\n{}", ledger.tail(20))));
                }
            }
            check(&sandbox);
            Ok(())
        };
        failures.extend(played().await.err().map(|failure| failure.of(&format!("{fault:?}"))));
    }
    Failure::all(&failures)
}

/// The SDK's own request waits for an early one that hangs, but not for ever.
#[rstest]
#[tokio::test]
async fn a_hanging_request_is_given_up(#[values(Engine::Chromium, Engine::WebKit)] engine: Engine) -> Result {
    let sandbox = sandbox().await?;
    sandbox.fail(Route::Verify, [Fault::Hang]);
    let line = in_line(Os::Ios, &sandbox);
    let browser = Browser::open(engine, &line, &sandbox).await?;
    browser.goto(&sandbox.line_url(&line)?).await?;
    bound(&browser, &sandbox, 1).await?;
    let ledger = before_post(&sandbox.ledger())?;
    let times: Vec<Duration> = ledger.of(&Route::Verify).map(|request| request.at).collect();
    assert!(matches!(times[..], [early, own] if own.saturating_sub(early) >= HELD_BACK), "{times:?}");
    check(&sandbox);
    Ok(())
}

/// The endpoint URL names another LIFF app than the one that LINE has opened: LINE is not asked with the opened app's
/// token, though their channel is the same, and the page says what is wrong.
#[rstest]
#[tokio::test]
async fn another_apps_token_asks_nothing(
    #[values(Engine::Chromium, Engine::WebKit)] engine: Engine,
    #[values(true, false)] shortcuts: bool,
) -> Result {
    let sandbox = sandbox().await?;
    let endpoint = format!("https://{PAGE_HOST}/liff-bind.html?liffId={LIFF_ID}");
    sandbox.configure(|config| {
        config.shortcuts = shortcuts;
        config.apps.iter_mut().for_each(|app| app.endpoint_url.clone_from(&endpoint));
    });
    let line = LineApp { liff_id: Some("1656451635-GameGame".into()), ..in_line(Os::Android, &sandbox) };
    let _browser = opened(engine, &line, &sandbox, "failed/setup-mismatch").await?;
    let ledger = sandbox.ledger();
    assert!(ledger.asked_of_line().is_empty() && ledger.bind_posts().is_empty(), "{}", ledger.tail(20));
    check(&sandbox);
    Ok(())
}

/// Outside LINE nobody asks `verify` and `certs`, even if somebody has put LINE's tokens into the link.
#[rstest]
#[tokio::test]
async fn nothing_is_asked_early_outside_line(
    #[values(Engine::Chromium, Engine::WebKit)] engine: Engine,
    #[values(Device::Phone, Device::LineInApp)] device: Device,
) -> Result {
    let sandbox = sandbox().await?;
    let line = in_line(Os::Ios, &sandbox);
    let (_, tokens) = sandbox
        .line_url(&line)?
        .split_once('#')
        .map(|(url, tokens)| (url.len(), tokens.to_owned()))
        .unwrap_or_default();
    let plain = sandbox.browser_url(&format!("&bindToken={}", sandbox.issue_bind_token(74)));
    let mut urls = vec![plain.clone()];
    // With an access token in the URL, the SDK takes LINE's in-app browser for its LIFF browser.
    if device != Device::LineInApp {
        urls.push(format!("{plain}#{tokens}"));
    }
    let browser = Browser::open(engine, device, &sandbox).await?;
    for url in urls {
        browser.start_over(&url).await?;
        browser.wait_for_screen("open-in-line", SOON).await?;
    }
    let ledger = sandbox.ledger();
    let early = ledger.of(&Route::Verify).chain(ledger.of(&Route::Certs)).count();
    assert_eq!(early, 0, "{}", ledger.tail(20));
    check(&sandbox);
    Ok(())
}
