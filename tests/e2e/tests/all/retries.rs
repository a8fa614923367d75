//! How long the page waits before it tries again. What then comes of a bind is in the fault table
//! (`tests/faults/network.rs`).

use std::time::Duration;

use e2e::{Browser, Engine, Result, check, in_line, sandbox};
use sandbox::{Fault, Os, Route};

use crate::SOON;

/// `Retry-After` is kept; the page does not wait for one that is too long.
#[tokio::test]
async fn waits_as_long_as_it_is_asked_to() -> Result {
    let sandbox = sandbox().await?;
    sandbox.fail(Route::Bind, [Fault::retry_after(429, 2)]);
    let line = in_line(Os::Ios, &sandbox);
    let browser = Browser::open(Engine::ONE, &line, &sandbox).await?;
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
