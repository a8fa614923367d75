//! Lost answers and busy servers: the customer is bound once, whatever happens on the way.

use std::time::Duration;

use e2e::{Browser, Engine, Result, before, check, in_line, keys, one, sandbox};
use rstest::rstest;
use sandbox::{Fault, Os, Route};

use crate::SOON;

#[rstest]
#[tokio::test]
async fn a_third_try_binds(#[values(Engine::Chromium, Engine::WebKit)] engine: Engine) -> Result {
    let sandbox = sandbox().await?;
    sandbox.fail(Route::Bind, [Fault::example("line-unavailable"), Fault::no_answer()]);
    let line = in_line(Os::Android, &sandbox);
    let browser = Browser::open(engine, &line, &sandbox).await?;
    browser.goto(&sandbox.line_url(&line)?).await?;
    browser.wait_for_screen("bound", SOON).await?;
    let ledger = sandbox.ledger();
    assert_eq!(ledger.bind_posts().len(), 3);
    one(keys(&ledger))?;
    assert_eq!(one(ledger.bindings)?.keys, 1);
    check(&sandbox);
    Ok(())
}

/// A page that cannot know never says "not bound"; looking again is safe.
#[rstest]
#[tokio::test]
async fn lost_answers_end_unsure_and_looking_again_tells(
    #[values(Engine::Chromium, Engine::WebKit)] engine: Engine,
) -> Result {
    let sandbox = sandbox().await?;
    sandbox.configure(|config| config.first_script = before::IMPATIENT.into());
    sandbox.fail_always(Route::Bind, Fault::no_answer());
    let line = in_line(Os::Ios, &sandbox);
    let browser = Browser::open(engine, &line, &sandbox).await?;
    browser.goto(&sandbox.line_url(&line)?).await?;
    browser.wait_for_screen("failed/unsure", SOON).await?;
    assert_eq!(browser.inspect().await?.actions, ["retry", "close"]);
    assert_eq!(sandbox.ledger().bind_posts().len(), 4);

    sandbox.fail(Route::Bind, []);
    browser.tap("retry").await?;
    browser.wait_for_screen("bound", SOON).await?;
    let ledger = sandbox.ledger();
    assert_eq!(ledger.bind_posts().len(), 5);
    one(keys(&ledger))?;
    assert_eq!(one(ledger.bindings)?.keys, 1);
    check(&sandbox);
    Ok(())
}

#[rstest]
#[tokio::test]
async fn a_reload_amid_the_post_repeats_its_key(#[values(Engine::Chromium, Engine::WebKit)] engine: Engine) -> Result {
    let sandbox = sandbox().await?;
    sandbox.configure(|config| config.bind_takes = Duration::from_secs(3));
    let line = in_line(Os::Ios, &sandbox);
    let browser = Browser::open(engine, &line, &sandbox).await?;
    browser.goto(&sandbox.line_url(&line)?).await?;
    browser.wait_until("the post", SOON, async || Ok(!sandbox.ledger().bind_posts().is_empty())).await?;
    browser.reload().await?;
    browser.wait_for_screen("bound", SOON).await?;
    let ledger = sandbox.ledger();
    assert!(ledger.bind_posts().len() > 1);
    one(keys(&ledger))?;
    assert_eq!(one(ledger.bindings)?.keys, 1);
    check(&sandbox);
    Ok(())
}

/// After success, a reload asks under a new key and gets the same answer: bound.
#[rstest]
#[tokio::test]
async fn a_reload_after_success_binds_nothing_new(
    #[values(Engine::Chromium, Engine::WebKit)] engine: Engine,
) -> Result {
    let sandbox = sandbox().await?;
    let line = in_line(Os::Ios, &sandbox);
    let browser = Browser::open(engine, &line, &sandbox).await?;
    browser.goto(&sandbox.line_url(&line)?).await?;
    browser.wait_for_screen("bound", SOON).await?;
    browser.reload().await?;
    browser
        .wait_until("bound", SOON, async || {
            Ok(browser.screen().await?.ends_with("bound") && sandbox.ledger().bind_posts().len() == 2)
        })
        .await?;
    one(sandbox.ledger().bindings)?;
    check(&sandbox);
    Ok(())
}

/// `Retry-After` is kept; the page does not wait for one that is too long.
#[rstest]
#[tokio::test]
async fn waits_as_long_as_it_is_asked_to(#[values(Engine::Chromium, Engine::WebKit)] engine: Engine) -> Result {
    let sandbox = sandbox().await?;
    sandbox.fail(Route::Bind, [Fault::retry_after(429, 2)]);
    let line = in_line(Os::Ios, &sandbox);
    let browser = Browser::open(engine, &line, &sandbox).await?;
    browser.goto(&sandbox.line_url(&line)?).await?;
    browser.wait_for_screen("bound", SOON).await?;
    let ledger = sandbox.ledger();
    let times: Vec<_> = ledger.bind_posts().iter().map(|post| post.at).collect();
    assert!(
        matches!(times[..], [first, second] if second.saturating_sub(first) >= Duration::from_secs(2)),
        "{times:?}"
    );

    sandbox.fail(Route::Bind, [Fault::retry_after(429, 31)]);
    browser.start_over(&sandbox.line_url(&in_line(Os::Ios, &sandbox))?).await?;
    browser.wait_for_screen("failed/busy", SOON).await?;
    assert_eq!(sandbox.ledger().bind_posts().len(), 3);
    browser.tap("retry").await?;
    browser.wait_for_screen("already-bound", SOON).await?;
    check(&sandbox);
    Ok(())
}

/// A phone without a connection sends nothing, and goes on by itself when it has one.
#[rstest]
#[tokio::test]
async fn waits_for_a_connection(#[values(Engine::Chromium, Engine::WebKit)] engine: Engine) -> Result {
    let sandbox = sandbox().await?;
    sandbox.configure(|config| config.first_script = before::offline());
    let line = in_line(Os::Ios, &sandbox);
    let browser = Browser::open(engine, &line, &sandbox).await?;
    browser.goto(&sandbox.line_url(&line)?).await?;
    browser.wait_for_screen("failed/offline", SOON).await?;
    browser.inspect().await?;
    assert!(sandbox.ledger().bind_posts().is_empty());
    browser.script("window.connected = true; dispatchEvent(new Event('online'))").await?;
    browser.wait_for_screen("bound", SOON).await?;
    one(sandbox.ledger().bind_posts())?;
    check(&sandbox);
    Ok(())
}
