//! A shop that must ask before it binds.

use e2e::{Browser, Engine, Result, check, in_line, keys, one, sandbox};
use sandbox::Os;
use serde_json::{Value, json};

use crate::SOON;

#[tokio::test]
async fn asks_first_and_binds_on_a_tap() -> Result {
    let sandbox = sandbox().await?;
    sandbox.configure(|config| config.consent = Some("2026-01".into()));
    let line = in_line(Os::Ios, &sandbox);
    let browser = Browser::open(Engine::ONE, &line, &sandbox).await?;
    browser.goto(&sandbox.line_url(&line)?).await?;
    browser.wait_for_screen("confirm", SOON).await?;
    let shown = browser.inspect().await?;
    assert_eq!(shown.actions, ["confirm", "cancel"]);
    assert!(shown.heading.contains("gooddays.example"), "{shown:?}");
    for part in ["好日子選物", "Windows, Chrome", "1 分鐘前"] {
        assert!(shown.sentence.contains(part), "{shown:?}");
    }
    assert!(sandbox.ledger().bindings.is_empty());

    browser.tap("confirm").await?;
    browser.wait_for_screen("bound", SOON).await?;
    browser.inspect().await?;
    let ledger = sandbox.ledger();
    let consents: Vec<Value> = ledger.bind_posts().iter().map(|post| post.json()["consent"].clone()).collect();
    assert_eq!(consents, [Value::Null, json!({ "version": "2026-01", "accepted": true })]);
    one(keys(&ledger))?;
    one(ledger.bindings)?;
    check(&sandbox);
    Ok(())
}

#[tokio::test]
async fn binds_nothing_on_a_no_and_asks_again() -> Result {
    let sandbox = sandbox().await?;
    sandbox.configure(|config| config.consent = Some("2026-01".into()));
    let line = in_line(Os::Android, &sandbox);
    let browser = Browser::open(Engine::ONE, &line, &sandbox).await?;
    browser.goto(&sandbox.line_url(&line)?).await?;
    browser.tap("cancel").await?;
    browser.wait_for_screen("cancelled", SOON).await?;
    assert_eq!(browser.inspect().await?.actions, ["retry", "close"]);
    one(sandbox.ledger().bind_posts())?;

    browser.tap("retry").await?;
    browser.wait_for_screen("confirm", SOON).await?;
    let ledger = sandbox.ledger();
    assert!(ledger.bind_posts().iter().all(|post| post.json()["consent"].is_null()));
    one(keys(&ledger))?;
    assert!(ledger.bindings.is_empty());
    check(&sandbox);
    Ok(())
}
