//! The ID token is a credential: it goes to the bind API and nowhere else. LINE's access token goes only to LINE.

use e2e::{Browser, Engine, Result, before, check, in_line, sandbox};
use rstest::rstest;
use sandbox::{Device, Fault, IdTokenPlan, LineApp, Os, Route, Sandbox};
use serde_json::Value;

use crate::SOON;

/// Everything a later script, or a person with the phone, could find.
const TRACES: &str = "
    const stored = (storage) => Object.entries(storage).filter(([key]) => !key.startsWith('LIFF_STORE:'));
    return {
        stored: [...stored(localStorage), ...stored(sessionStorage)],
        url: location.href, markup: document.documentElement.outerHTML, state: history.state, name: window.name,
        cookie: document.cookie,
    };
";

#[rstest]
#[tokio::test]
async fn the_id_token_leaves_no_trace(#[values(Engine::Chromium, Engine::WebKit)] engine: Engine) -> Result {
    let sandbox = sandbox().await?;
    sandbox.configure(|config| config.first_script = format!("{}{}", before::IMPATIENT, before::OVERHEARD));
    let link = || in_line(Os::Ios, &sandbox);
    let browser = Browser::open(engine, &link(), &sandbox).await?;
    for (line, fault, screen) in [
        (link(), Fault::None, "bound"),
        (link(), Fault::no_answer(), "failed/unsure"),
        (link(), Fault::example("bind-token-expired"), "failed/link-expired"),
        (link(), Fault::Html, "failed/server"),
        (LineApp { id_token: IdTokenPlan::Expired, ..link() }, Fault::None, "already-bound"),
        (LineApp { id_token: IdTokenPlan::ForeignSignature, ..link() }, Fault::None, "failed/identity"),
    ] {
        sandbox.fail_always(Route::Bind, fault);
        browser.start_over(&sandbox.line_url(&line)?).await?;
        browser.wait_for_screen(screen, SOON).await?;
        no_traces(&browser, &sandbox).await?;
    }
    assert!(!sandbox.ledger().id_tokens.is_empty());
    check(&sandbox);
    Ok(())
}

#[rstest]
#[tokio::test]
async fn nor_does_one_from_a_sign_in(#[values(Engine::Chromium, Engine::WebKit)] engine: Engine) -> Result {
    let sandbox = sandbox().await?;
    sandbox.configure(|config| config.first_script = before::OVERHEARD.into());
    let browser = Browser::open(engine, Device::Phone, &sandbox).await?;
    browser.goto(&sandbox.browser_url(&format!("&bindToken={}", sandbox.issue_bind_token(74)))).await?;
    browser.tap("login").await?;
    browser.wait_for_screen("bound", SOON).await?;
    no_traces(&browser, &sandbox).await?;
    assert!(!sandbox.ledger().id_tokens.is_empty());
    check(&sandbox);
    Ok(())
}

async fn no_traces(browser: &Browser<'_>, sandbox: &Sandbox) -> Result {
    let ledger = sandbox.ledger();
    let access_tokens = ledger.of(&Route::Verify).filter_map(|request| request.target.split_once("access_token="));
    let tokens: Vec<&str> =
        access_tokens.map(|(_, token)| token).chain(ledger.id_tokens.iter().map(String::as_str)).collect();
    let holds_token = |text: &str| tokens.iter().any(|token| text.contains(token));
    let traces = browser.script(TRACES).await?;
    for (place, content) in traces.as_object().into_iter().flatten() {
        assert!(!holds_token(&content.to_string()), "a token is in {place}");
    }
    let keys: Vec<&Value> = traces["stored"].as_array().into_iter().flatten().map(|entry| &entry[0]).collect();
    let ours = |key: &&Value| key.as_str().is_some_and(|key| key.starts_with("liff-bind:"));
    assert!(keys.iter().all(ours), "{keys:?}");
    assert!(!ledger.console().iter().any(|line| holds_token(line)), "a token is in the console");
    let crashes = |line: &&str| line.starts_with("uncaught:") || line.starts_with("unhandled:");
    assert_eq!(ledger.console().into_iter().find(crashes), None);
    Ok(())
}
