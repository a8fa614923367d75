//! The link is opened in a browser: on a phone, on a desktop, in LINE's own in-app browser.

use std::time::Duration;

use e2e::{Browser, Engine, LIFF_ID, Result, before, check, one, sandbox};
use rstest::rstest;
use sandbox::{Device, LiffApp, Module, Route, Sandbox, SignIn};
use serde_json::json;

use crate::SOON;

/// The shop's own parameters, which must be kept on every way.
fn own(sandbox: &Sandbox) -> String {
    format!("bindToken={}&utm_source=poster&lang=zh-Hant", sandbox.issue_bind_token(74))
}

#[rstest]
#[tokio::test]
async fn a_phone_is_led_to_line(#[values(Engine::Chromium, Engine::WebKit)] engine: Engine) -> Result {
    let sandbox = sandbox().await?;
    let own = own(&sandbox);
    let browser = Browser::open(engine, Device::Phone, &sandbox).await?;
    browser.goto(&sandbox.browser_url(&format!("&{own}"))).await?;
    browser.wait_for_screen("open-in-line", SOON).await?;
    assert_eq!(browser.inspect().await?.actions, ["open-line", "login"]);
    let liff_url = format!("https://liff.line.me/{LIFF_ID}?{own}");
    assert_eq!(browser.href("open-line").await?, liff_url);
    browser.tap("open-line").await?;
    browser.wait_until("LINE", SOON, async || Ok(browser.url().await? == liff_url)).await?;
    let ledger = sandbox.ledger();
    assert!(ledger.bind_posts().is_empty());
    assert!(!ledger.requests.iter().any(|request| request.target.starts_with("/qr")), "a phone fetched the QR script");
    check(&sandbox);
    Ok(())
}

/// The customer signs in at LINE, comes back and is bound, and the URL is clean.
#[rstest]
#[case(Engine::Chromium, Device::Phone, SignIn::Allow, "android")]
#[case(Engine::WebKit, Device::Phone, SignIn::Allow, "android")]
#[case(Engine::WebKit, Device::Iphone, SignIn::AllowByPage, "ios")]
#[case(Engine::Chromium, Device::Desktop, SignIn::Allow, "web")]
#[tokio::test]
async fn signing_in_binds(
    #[case] engine: Engine,
    #[case] device: Device,
    #[case] sign_in: SignIn,
    #[case] os: &str,
) -> Result {
    let sandbox = sandbox().await?;
    sandbox.configure(|config| config.sign_in = sign_in);
    let own = own(&sandbox);
    let browser = Browser::open(engine, device, &sandbox).await?;
    let url = sandbox.browser_url(&format!("&{own}"));
    browser.goto(&url).await?;
    browser.tap("login").await?;
    browser.wait_for_screen("bound", SOON).await?;
    browser.inspect().await?;
    assert_eq!(browser.url().await?, url);
    let ledger = sandbox.ledger();
    let post = one(ledger.bind_posts())?.json();
    let client = json!({
        "os": os, "lineVersion": null, "sdkVersion": "2.31.0", "language": "zh-Hant", "viewType": null, "inClient": false,
        "page": env!("CARGO_PKG_VERSION"),
    });
    assert_eq!(post["client"], client);
    assert!(own.contains(&one(&ledger.bindings)?.bind_token));
    one(ledger.of(&Route::Token))?;
    check(&sandbox);
    Ok(())
}

/// LINE may return to the bare endpoint URL; the bind token is not forgotten.
#[rstest]
#[tokio::test]
async fn the_bind_token_survives_a_bare_return(#[values(Engine::Chromium, Engine::WebKit)] engine: Engine) -> Result {
    let sandbox = sandbox().await?;
    sandbox.configure(|config| config.sign_in = SignIn::AllowAtEndpoint);
    let token = sandbox.issue_bind_token(74);
    let browser = Browser::open(engine, Device::Iphone, &sandbox).await?;
    browser.goto(&sandbox.browser_url(&format!("&bindToken={token}"))).await?;
    browser.tap("login").await?;
    browser.wait_for_screen("bound", SOON).await?;
    assert_eq!(one(sandbox.ledger().bindings)?.bind_token, token);
    assert_eq!(browser.url().await?, sandbox.browser_url(&format!("&bindToken={token}")));
    check(&sandbox);
    Ok(())
}

/// On Android the SDK would load the page once more after a sign-in on LINE's page, and resolve `liff.init` on both
/// loads; after one in a LINE app older than 13.10.0 it would open a dialog from its CDN.
#[rstest]
#[case::from_the_line_app(
    "Object.defineProperty(document, 'referrer', { value: 'android-app://jp.naver.line.android/' });"
)]
#[case::in_a_new_tab(
    "Object.defineProperty(document, 'referrer', { value: '' });
    Object.defineProperty(history, 'length', { value: 1 });"
)]
#[tokio::test]
async fn one_load_is_enough_after_a_sign_in_on_android(
    #[values(Engine::Chromium, Engine::WebKit)] engine: Engine,
    #[case] first_script: &str,
) -> Result {
    let sandbox = sandbox().await?;
    sandbox.configure(|config| {
        config.sign_in = SignIn::AllowByPage;
        config.first_script = first_script.to_owned();
    });
    let browser = Browser::open(engine, Device::Phone, &sandbox).await?;
    let url = sandbox.browser_url(&format!("&{}", own(&sandbox)));
    browser.goto(&url).await?;
    browser.tap("login").await?;
    browser.wait_for_screen("bound", SOON).await?;
    assert_eq!(browser.url().await?, url);
    let ledger = sandbox.ledger();
    assert_eq!(ledger.page_loads(), 2, "before the sign-in and after it");
    one(ledger.bind_posts())?;
    one(&ledger.bindings)?;
    check(&sandbox);
    Ok(())
}

/// "Cancel" on LINE's page binds nothing, and the person can change their mind.
#[rstest]
#[tokio::test]
async fn a_refused_sign_in_can_be_taken_back(#[values(Engine::Chromium, Engine::WebKit)] engine: Engine) -> Result {
    let sandbox = sandbox().await?;
    sandbox.configure(|config| config.sign_in = SignIn::Refuse);
    let url = sandbox.browser_url(&format!("&{}", own(&sandbox)));
    let browser = Browser::open(engine, Device::Iphone, &sandbox).await?;
    browser.goto(&url).await?;
    browser.tap("login").await?;
    browser.wait_for_screen("failed/sign-in-refused", SOON).await?;
    assert_eq!(browser.inspect().await?.actions, ["login", "open-line", "close"]);
    assert_eq!(browser.url().await?, url);
    assert!(sandbox.ledger().bind_posts().is_empty());

    sandbox.configure(|config| config.sign_in = SignIn::Allow);
    browser.tap("login").await?;
    browser.wait_for_screen("bound", SOON).await?;
    one(sandbox.ledger().bindings)?;
    check(&sandbox);
    Ok(())
}

/// The customer returns to their link while LINE's sign-in still lasts, but the ID token's hour is over: it is renewed
/// once, automatically. At another link, that session may be somebody else's.
#[rstest]
#[tokio::test]
async fn a_stored_token_that_ran_out_is_renewed(#[values(Engine::Chromium, Engine::WebKit)] engine: Engine) -> Result {
    let sandbox = sandbox().await?;
    let browser = Browser::open(engine, Device::Iphone, &sandbox).await?;
    let url = sandbox.browser_url(&format!("&{}", own(&sandbox)));
    browser.goto(&url).await?;
    browser.tap("login").await?;
    browser.wait_for_screen("bound", SOON).await?;

    let two_hours = 7200;
    sandbox.shift_clock(two_hours);
    sandbox.configure(|config| config.first_script = before::ahead(two_hours));
    browser.goto(&url).await?;
    browser.wait_until("the renewal", SOON, async || Ok(sandbox.ledger().bind_posts().len() == 2)).await?;
    browser.wait_for_screen("bound", SOON).await?;
    sandbox.shift_clock(2 * two_hours);
    sandbox.configure(|config| config.first_script = before::ahead(2 * two_hours));
    browser.goto(&sandbox.browser_url(&format!("&{}", own(&sandbox)))).await?;
    browser.wait_for_screen("open-in-line", SOON).await?;
    let ledger = sandbox.ledger();
    assert_eq!(ledger.of(&Route::Authorize).count(), 2);
    assert_eq!(ledger.bind_posts().len(), 2, "the old token was posted");
    check(&sandbox);
    Ok(())
}

/// In a MINI App outside LINE (developers.line.biz/en/docs/line-mini-app/develop/external-browser), LINE's SDK would
/// open its window in a frame: nothing opens over the success.
#[tokio::test]
async fn nothing_opens_over_the_success_of_a_mini_app() -> Result {
    let sandbox = sandbox().await?;
    sandbox.configure(|config| {
        config.apps[0] = LiffApp::mini_app(LIFF_ID, Module::Binding);
        config.friend = false;
    });
    let browser = Browser::open(Engine::ONE, Device::Phone, &sandbox).await?;
    browser.goto(&sandbox.browser_url(&format!("&{}", own(&sandbox)))).await?;
    browser.tap("login").await?;
    browser.wait_for_screen("bound", SOON).await?;
    browser.wait_until("the way on", SOON, async || Ok(browser.look().await?.actions == ["return", "close"])).await?;
    tokio::time::sleep(Duration::from_millis(500)).await;
    assert_eq!(browser.inspect().await?.actions, ["return", "close"]);
    let ledger = sandbox.ledger();
    let asks = ["/liff/v2/sub", "/friendship"];
    assert!(!ledger.requests.iter().any(|request| asks.iter().any(|start| request.target.starts_with(start))));
    assert_eq!(browser.script("return document.querySelectorAll('iframe').length").await?, json!(0));
    check(&sandbox);
    Ok(())
}
