//! Everybody who links can unlink.

use e2e::{Browser, Engine, LIFF_ID, Result, check, in_line, keys, one, opened, sandbox};
use rstest::rstest;
use sandbox::{LineApp, Os, PAGE_HOST, Sandbox};
use serde_json::{Value, json};

use crate::SOON;

/// A linked customer, for whom LINE opens the shop's link for unlinking.
fn linked(os: Os, sandbox: &Sandbox) -> LineApp {
    sandbox.bind_before(&sandbox.user());
    LineApp::new(os).with_extra("?unlink=1&lang=zh-Hant")
}

/// The whole course: the customer is bound, finds how to unlink, unlinks, reads what has ended, and binds again.
#[rstest]
#[tokio::test]
async fn who_links_can_unlink_and_link_again(#[values(Engine::Chromium, Engine::WebKit)] engine: Engine) -> Result {
    let sandbox = sandbox().await?;
    let line =
        LineApp::new(Os::Android).with_extra(format!("?lang=zh-Hant&bindToken={}", sandbox.issue_bind_token(74)));
    let browser = opened(engine, &line, &sandbox, "bound").await?;
    browser.inspect().await?;
    let own = format!("https://{PAGE_HOST}/liff-bind.html?liffId={LIFF_ID}&lang=zh-Hant&unlink=1");
    assert_eq!(browser.href("unlink-info").await?, own);

    browser.tap("unlink-info").await?;
    browser.wait_for_screen("unlink", SOON).await?;
    let shown = browser.inspect().await?;
    assert_eq!(shown.actions, ["unlink", "close"]);
    for part in [
        "gooddays.example",
        "好日子選物",
        "與帳號有關的 LINE 訊息、訂單通知、LINE 會員卡與點數",
        "您在網站上的帳號與訂單會保留",
    ] {
        assert!(browser.text().await?.contains(part), "{part}");
    }
    assert!(sandbox.ledger().unlinkings.is_empty(), "nothing ends without a press");

    browser.tap("unlink").await?;
    browser.wait_for_screen("unlinked", SOON).await?;
    assert_eq!(browser.inspect().await?.actions, ["close"]);
    let ledger = sandbox.ledger();
    let (binding, unlinking) = (one(&ledger.bindings)?, one(&ledger.unlinkings)?);
    assert_eq!((&unlinking.id, &unlinking.sub), (&binding.id, &binding.sub));
    assert_eq!(ledger.deauthorizations, [true]);

    browser.start_over(&sandbox.line_url(&in_line(Os::Android, &sandbox))?).await?;
    browser.wait_for_screen("bound", SOON).await?;
    assert_eq!(sandbox.ledger().bindings.len(), 2);
    check(&sandbox);
    Ok(())
}

/// The back button leads from "unlinked" to the link that bound, from a cache or by another load. Only a press binds
/// again.
#[rstest]
#[tokio::test]
async fn who_goes_back_after_unlinking_is_not_linked_again_by_itself(
    #[values(Engine::Chromium, Engine::WebKit)] engine: Engine,
) -> Result {
    let sandbox = sandbox().await?;
    let line = in_line(Os::Ios, &sandbox);
    let browser = Browser::open(engine, &line, &sandbox).await?;
    browser.goto(&sandbox.line_url(&line)?).await?;
    browser.tap("unlink-info").await?;
    browser.tap("unlink").await?;
    browser.wait_for_screen("unlinked", SOON).await?;
    browser.back().await?;
    browser.wait_for_screen("cancelled", SOON).await?;
    let ledger = sandbox.ledger();
    let binds = ledger.bind_posts().iter().filter(|post| !post.body.contains("\"unlink\"")).count();
    assert_eq!((binds, ledger.unlinkings.len()), (1, 1), "{}", ledger.tail(20));
    browser.inspect().await?;
    browser.tap("retry").await?;
    browser.wait_for_screen("bound", SOON).await?;
    assert_eq!(sandbox.ledger().bindings.len(), 2);
    check(&sandbox);
    Ok(())
}

/// Unlinking by the shop's link in its chat or menu, and everything that is sent.
#[rstest]
#[tokio::test]
async fn the_shops_link_leads_to_the_question(#[values(true, false)] shortcuts: bool) -> Result {
    let sandbox = sandbox().await?;
    sandbox.configure(|config| config.shortcuts = shortcuts);
    let line = linked(Os::Android, &sandbox);
    let browser = opened(Engine::ONE, &line, &sandbox, "unlink").await?;
    browser.tap("unlink").await?;
    browser.wait_for_screen("unlinked", SOON).await?;

    let ledger = sandbox.ledger();
    one(keys(&ledger))?;
    let client = json!({
        "os": "android", "lineVersion": "26.4.0", "sdkVersion": "2.31.0", "language": browser.lang().await?,
        "viewType": "compact", "inClient": true, "page": env!("CARGO_PKG_VERSION"),
    });
    let body = |consent: Value| {
        Ok(json!({
            "idToken": one(&ledger.id_tokens)?, "accessToken": one(&ledger.access_tokens)?, "liffId": LIFF_ID,
            "unlink": true, "consent": consent, "client": client,
        }))
    };
    let sent: Vec<Value> = ledger.bind_posts().iter().map(|post| post.json()).collect();
    let bodies: Result<Vec<Value>> =
        [Value::Null, json!({ "version": "2026-01", "accepted": true })].into_iter().map(body).collect();
    assert_eq!(sent, bodies?);
    let kept = browser
        .script("return JSON.stringify(Object.entries(sessionStorage).filter(([name]) => /^liff-bind/.test(name)))")
        .await?;
    let access_token = one(&ledger.access_tokens)?;
    assert!(!kept.as_str().unwrap_or_default().contains(access_token.as_str()), "{kept}");
    check(&sandbox);
    Ok(())
}
