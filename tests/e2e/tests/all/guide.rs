//! The merchant's guide, as an admin at a desk uses it.

use e2e::{Browser, Engine, Failure, Result, Visitor, check, one, sandbox, with_verdict};
use rstest::rstest;
use sandbox::{Device, Fault, LiffApp, LineApp, Module, Os, PAGE_HOST, Route};
use serde_json::json;

use crate::{SOON, doctor::reads_well};

/// The LIFF ID that LINE's console gives this admin.
const OWN: &str = "2007654321-Ab3dEf9H";

fn guide() -> String {
    format!("https://{PAGE_HOST}/liff-setup.html")
}

/// The value to copy in a row; empty if there is none yet.
async fn value(browser: &Browser<'_>, row: &str) -> Result<String> {
    let find = format!("return document.querySelector('[data-check={row}] .value code')?.textContent ?? ''");
    Ok(browser.script(&find).await?.as_str().unwrap_or_default().to_owned())
}

/// Types into a field, replacing its text.
async fn type_in(browser: &Browser<'_>, field: &str, text: &str) -> Result {
    let set = "const field = document.getElementById(FIELD);
        field.value = TEXT;
        field.dispatchEvent(new Event('input', { bubbles: true }));";
    let set = set.replace("FIELD", &json!(field).to_string()).replace("TEXT", &json!(text).to_string());
    browser.script(&set).await.map(drop)
}

async fn hint(browser: &Browser<'_>) -> Result<String> {
    let hint = browser.script("return document.getElementById('liff-id-hint').dataset.hint").await?;
    Ok(hint.as_str().unwrap_or_default().to_owned())
}

/// A new admin puts everything from the guide into LINE's console and Omnichat's; then the doctor finds nothing wrong,
/// and a customer is bound.
#[rstest]
#[tokio::test]
async fn from_the_guide_to_a_bound_customer(#[values(Engine::Chromium, Engine::WebKit)] engine: Engine) -> Result {
    let sandbox = sandbox().await?;
    sandbox.configure(|config| config.apps.clear());
    let desk = Browser::open(engine, Visitor::from(Device::Desktop).drawn(), &sandbox).await?;
    desk.goto(&guide()).await?;
    desk.wait_for_screen("guide", SOON).await?;
    assert_eq!(value(&desk, "endpoint-url").await?, "");

    // Step 1, in LINE's console.
    let mut app = LiffApp::new(OWN, Module::NotSaved);
    app.endpoint_url = value(&desk, "guide-first-endpoint").await?;
    app.scopes.clear();
    for scope in ["scope-profile", "scope-openid", "scope-chat-message-write"] {
        app.scopes.push(value(&desk, scope).await?);
    }
    app.scan_qr = value(&desk, "scan-qr").await? == "On";
    let size = value(&desk, "size").await?;
    assert_eq!((&*app.endpoint_url, &*size), (&*format!("https://{PAGE_HOST}"), "Compact"));
    assert_eq!(value(&desk, "aggressive").await?, "On (aggressive)");
    // Step 2: LINE has given the LIFF ID.
    type_in(&desk, "liff-id", OWN).await?;
    desk.wait_until("the hint", SOON, async || Ok(hint(&desk).await? == "good")).await?;
    // Step 3.
    app.endpoint_url = value(&desk, "endpoint-url").await?;
    // Step 4, in Omnichat's console.
    app.module = Module::Binding;
    app.id = value(&desk, "liff-id-known").await?;
    sandbox.configure(|config| config.apps = vec![app]);

    // The QR code opens the doctor in LINE.
    desk.scroll_to(".qr", "center").await?;
    let doctor = desk.qr_text().await?;
    assert_eq!(doctor, value(&desk, "guide-check").await?);
    let line = LineApp::new(Os::Ios).with_extra(behind_liff_id(&doctor)?);
    let phone = Browser::open(engine, &line, &sandbox).await?;
    phone.goto(&sandbox.line_url(&line)?).await?;
    let rows = phone.checklist(SOON).await?;
    assert_eq!(with_verdict(&rows, "wrong"), [""; 0], "{}", phone.situation().await);

    // And the website's button binds.
    let button = value(&desk, "guide-button").await?.replace("{bindToken}", &sandbox.issue_bind_token(30));
    let line = LineApp::new(Os::Android).with_extra(behind_liff_id(&button)?);
    let phone = Browser::open(engine, &line, &sandbox).await?;
    phone.goto(&sandbox.line_url(&line)?).await?;
    phone.wait_for_screen("bound", SOON).await?;
    assert_eq!(one(sandbox.ledger().bindings)?.liff_id, OWN);

    // The code below it, for print or a menu, leads the customer to unlinking.
    desk.script("[...document.querySelectorAll('.qr')].at(-1).scrollIntoView({ block: 'center' })").await?;
    desk.wait_until("the other code", SOON, async || Ok(desk.qr_text().await? != doctor)).await?;
    let unlink = desk.qr_text().await?;
    assert_eq!(unlink, value(&desk, "guide-unlink").await?);
    assert!(value(&desk, "guide-terms").await?.contains("LINE"));
    phone.goto(&sandbox.line_url(&line.with_extra(behind_liff_id(&unlink)?))?).await?;
    phone.wait_for_screen("unlink", SOON).await?;
    check(&sandbox);
    Ok(())
}

/// The part of a LIFF URL after the LIFF ID.
fn behind_liff_id(url: &str) -> Result<String> {
    let rest = url.strip_prefix(&format!("https://liff.line.me/{OWN}"));
    rest.map(str::to_owned).ok_or_else(|| Failure::new(format!("{url} is no LIFF URL of {OWN}")))
}

/// The page judges the LIFF ID as it is typed; nothing of it leaves the page.
#[tokio::test]
async fn the_liff_id_is_judged_as_it_is_typed() -> Result {
    let sandbox = sandbox().await?;
    let browser = Browser::open(Engine::ONE, Device::Desktop, &sandbox).await?;
    browser.goto(&guide()).await?;
    browser.wait_for_screen("guide", SOON).await?;
    let asked = sandbox.ledger().requests.len();
    let endpoint = format!("https://{PAGE_HOST}/liff-bind.html?liffId={OWN}");
    for (typed, game, wanted, made) in [
        (OWN, "", "good", true),
        ("20076", "", "not-one", false),
        ("2007654321", "", "channel-id", false),
        ("{2007654321-Ab3dEf9H}", "", "tidied", true),
        ("https://liff.line.me/2007654321-Ab3dEf9H?x=1", "", "taken-from-url", true),
        ("miniapp.line.me/2007654321-Ab3dEf9H", "", "taken-from-url", true),
        ("1656451635-z3yqZNO3", "", "example", false),
        (OWN, OWN, "game", false),
        ("{liffId}", "", "not-one", false),
        ("", "", "empty", false),
    ] {
        type_in(&browser, "liff-id", typed).await?;
        type_in(&browser, "game-liff-id", game).await?;
        browser.wait_until(wanted, SOON, async || Ok(hint(&browser).await? == wanted)).await?;
        let expected = if made { &*endpoint } else { "" };
        browser.wait_until(typed, SOON, async || Ok(value(&browser, "endpoint-url").await? == expected)).await?;
    }
    let ledger = sandbox.ledger();
    let of_page = ledger.requests.iter().skip(asked).filter(|request| request.host == PAGE_HOST);
    let later: Vec<_> = of_page.map(|request| request.target.clone()).collect();
    assert!(later.iter().all(|target| target.starts_with("/qr-")), "{later:?}");
    assert!(!ledger.requests.iter().any(|request| request.target.contains("2007654321")));
    check(&sandbox);
    Ok(())
}

/// A MINI App has three LIFF IDs, each with its own endpoint URL; size and header differ from a LIFF app's.
#[tokio::test]
async fn a_mini_app_has_three_endpoints() -> Result {
    let sandbox = sandbox().await?;
    let browser = Browser::open(Engine::ONE, Device::Desktop, &sandbox).await?;
    browser.goto(&format!("{}?lang=en", guide())).await?;
    browser.wait_for_screen("guide", SOON).await?;
    assert_eq!(value(&browser, "size").await?, "Compact");
    assert_eq!(browser.script("return document.querySelector('[data-section=mini]')").await?, json!(null));
    browser.script("document.getElementById('mini-app').click()").await?;
    browser.wait_until_true("document.querySelector('[data-section=mini]')", SOON).await?;
    assert_eq!(value(&browser, "size").await?, "Full");
    for row in ["guide-mini-ids", "guide-mini-console", "guide-mini-consent", "guide-mini-header"] {
        browser.wait_until_true(&format!("document.querySelector('[data-check={row}] p').textContent"), SOON).await?;
    }
    let endpoint = |id: &str| format!("https://{PAGE_HOST}/liff-bind.html?liffId={id}");
    for (field, row, typed, id) in [
        ("liff-id", "endpoint-url", "https://miniapp.line.me/2010864854-N34SgCqq", "2010864854-N34SgCqq"),
        ("review-liff-id", "guide-mini-review", "https://liff.line.me/2010864853-7SqCQVxy?a=1", "2010864853-7SqCQVxy"),
        ("developing-liff-id", "guide-mini-developing", "2010864852-MuzunIKU", "2010864852-MuzunIKU"),
    ] {
        assert_eq!(value(&browser, row).await?, "", "{row}");
        type_in(&browser, field, typed).await?;
        browser.wait_until(row, SOON, async || Ok(value(&browser, row).await? == endpoint(id))).await?;
    }
    // Customers get the published one.
    assert!(value(&browser, "guide-button").await?.starts_with("https://liff.line.me/2010864854-N34SgCqq?"));
    assert_eq!(value(&browser, "liff-id-known").await?, "2010864854-N34SgCqq");
    type_in(&browser, "liff-id", "https://miniapp.line.me/cony_coffee").await?;
    browser.wait_until("the hint", SOON, async || Ok(hint(&browser).await? == "custom-path")).await?;
    check(&sandbox);
    Ok(())
}

/// The guide's module is missing: the page says so, and its button helps.
#[rstest]
#[tokio::test]
async fn a_guide_that_cannot_start_says_so(#[values(Engine::Chromium, Engine::WebKit)] engine: Engine) -> Result {
    let sandbox = sandbox().await?;
    let module = || Route::Page("liff-doctor".into());
    sandbox.fail_always(module(), Fault::Status(404));
    let desk = Browser::open(engine, Device::Desktop, &sandbox).await?;
    desk.goto(&guide()).await?;
    desk.wait_for_screen("failed/page-load", SOON).await?;
    let shown = desk.look().await?;
    assert!(!shown.heading.is_empty(), "{shown:?}");
    assert_eq!(shown.actions, ["retry"]);

    sandbox.fail(module(), []);
    desk.tap("retry").await?;
    desk.wait_for_screen("guide", SOON).await
}

/// The doctor leads to the guide with its LIFF ID, which no server sees on the way.
#[rstest]
#[tokio::test]
async fn the_doctor_leads_to_the_guide(#[values(Engine::Chromium, Engine::WebKit)] engine: Engine) -> Result {
    let sandbox = sandbox().await?;
    sandbox.configure(|config| config.apps = vec![LiffApp::new(OWN, Module::Binding)]);
    let line = LineApp::new(Os::Ios).with_extra("?check=1");
    let browser = Browser::open(engine, &line, &sandbox).await?;
    browser.goto(&sandbox.line_url(&line)?).await?;
    browser.checklist(SOON).await?;
    browser.scroll_to("[data-action=guide]", "center").await?;
    browser.tap("guide").await?;
    browser.wait_for_screen("guide", SOON).await?;
    assert_eq!(value(&browser, "liff-id-known").await?, OWN);
    check(&sandbox);
    Ok(())
}

/// Legible and in reach, in every language.
#[tokio::test]
async fn everybody_can_read_the_guide() -> Result {
    let sandbox = sandbox().await?;
    let browser = Browser::open(Engine::Chromium, Device::Desktop, &sandbox).await?;
    for language in ["zh-Hant", "en", "ja", "th", "id"] {
        open_with_id(&browser, language).await?;
        assert_eq!(browser.lang().await?, language);
        // With everything that it can show.
        browser.script("document.getElementById('mini-app').click()").await?;
        browser.wait_until_true("document.querySelector('[data-section=mini]')", SOON).await?;
        reads_well(&browser, &format!("guide-{language}")).await?;
    }
    check(&sandbox);
    Ok(())
}

async fn open_with_id(browser: &Browser<'_>, language: &str) -> Result {
    browser.goto(&format!("{}?lang={language}", guide())).await?;
    browser.wait_for_screen("guide", SOON).await?;
    type_in(browser, "liff-id", OWN).await?;
    browser.wait_until_true("document.querySelector('.qr')", SOON).await
}

/// The keyboard is enough, and the focus begins at the heading.
#[tokio::test]
async fn a_keyboard_will_do() -> Result {
    let sandbox = sandbox().await?;
    let browser = Browser::open(Engine::Chromium, Device::Desktop, &sandbox).await?;
    browser.goto(&guide()).await?;
    browser.wait_for_screen("guide", SOON).await?;
    assert_eq!(browser.script("return document.activeElement.tagName").await?, json!("H1"));
    for (place, active) in [("dataset.action", "console"), ("id", "mini-app"), ("dataset.action", "copy")] {
        browser.session()?.action_chain().send_keys("\u{e004}").perform().await?;
        assert_eq!(browser.script(&format!("return document.activeElement.{place}")).await?, json!(active));
    }
    Ok(())
}
