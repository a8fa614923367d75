//! Links that merchants mistype, and LIFF apps that they set up wrong.

use e2e::{Browser, Engine, LIFF_ID, Result, check, in_line, one, sandbox};
use rstest::rstest;
use sandbox::{Device, IdTokenPlan, LineApp, LineUser, Os, PAGE_HOST, Sandbox};

use crate::SOON;

/// The LIFF ID in full-width forms, as a Chinese keyboard types them; percent-encoded.
const FULL_WIDTH: &str = "%EF%BC%91%EF%BC%96%EF%BC%95%EF%BC%96%EF%BC%94%EF%BC%95%EF%BC%91%EF%BC%96%EF%BC%93%EF%BC%95%EF%BC%8D\
    %EF%BD%9A%EF%BC%93%EF%BD%99%EF%BD%91%EF%BC%BA%EF%BC%AE%EF%BC%AF%EF%BC%93";

#[tokio::test]
async fn a_liff_id_is_mended_or_refused() -> Result {
    let sandbox = sandbox().await?;
    let browser = Browser::open(Engine::ONE, Device::Phone, &sandbox).await?;
    let (mended, refused) = ("open-in-line", "failed/setup-liff-id");
    for (query, screen) in [
        (String::new(), refused),
        ("liffId=".into(), refused),
        ("liffId={liffId}".into(), refused),
        ("liffId=%7BLIFFID%7D".into(), refused),
        ("liffId=1656451635".into(), refused),
        ("liffId=1234567890-NotKnown".into(), refused),
        (format!("liffId={{{LIFF_ID}}}"), mended),
        (format!("liffId=%7B{LIFF_ID}%7D"), mended),
        (format!("liffId=**{LIFF_ID}**"), mended),
        (format!("liffId=%20{LIFF_ID}%0A"), mended),
        (format!("liffId={FULL_WIDTH}"), mended),
        (format!("liffId={LIFF_ID}&liffId=2000000001-Unsaved1"), mended),
    ] {
        browser.start_over(&format!("https://{PAGE_HOST}/liff-bind.html?{query}&bindToken=b")).await?;
        browser.wait_for_screen(screen, SOON).await?;
        let shown = browser.inspect().await?;
        if screen == mended {
            assert_eq!(
                browser.href("open-line").await?,
                format!("https://liff.line.me/{LIFF_ID}?bindToken=b"),
                "{query}"
            );
        } else {
            assert_eq!(shown.code.as_deref(), Some("SETUP-LIFF-ID"), "{query}");
        }
    }
    check(&sandbox);
    Ok(())
}

/// A link that is too long is refused before LINE is asked: the SDK would hang on it.
#[tokio::test]
async fn a_broken_link_is_told() -> Result {
    let sandbox = sandbox().await?;
    let browser = Browser::open(Engine::ONE, Device::Phone, &sandbox).await?;
    browser.start_over(&sandbox.browser_url(&format!("&x={}", "a".repeat(17_000)))).await?;
    browser.wait_for_screen("failed/link-incomplete", SOON).await?;
    browser.inspect().await?;
    assert!(!sandbox.ledger().requests.iter().any(|request| request.host == "api.line.me"));
    check(&sandbox);
    Ok(())
}

/// Foreign parameters in the link stop nobody, and stay in it.
#[rstest]
#[tokio::test]
async fn a_link_with_others_parameters_leads_on(#[values(Engine::Chromium, Engine::WebKit)] engine: Engine) -> Result {
    let sandbox = sandbox().await?;
    let browser = Browser::open(engine, Device::Phone, &sandbox).await?;
    for (extra, carried) in [
        ("&bindToken=100%", "bindToken=100%"),
        ("&bindToken=b&x=%zz", "bindToken=b&x=%zz"),
        ("&bindToken=b&utm_term=%8AO%91%95&utm_campaign=50%off", "bindToken=b&utm_term=%8AO%91%95&utm_campaign=50%off"),
        ("&bindToken=b&code=WELCOME10", "bindToken=b&code=WELCOME10"),
        ("&bindToken=b&openExternalBrowser=1&openInAppBrowser=0&ref=1", "bindToken=b&ref=1"),
        ("&bindToken=b&liff.subwindow.identifier=abc&liff.subwindow.cryptokey=k", "bindToken=b"),
    ] {
        browser.start_over(&sandbox.browser_url(extra)).await?;
        browser.wait_for_screen("open-in-line", SOON).await?;
        browser.inspect().await?;
        assert_eq!(browser.href("open-line").await?, format!("https://liff.line.me/{LIFF_ID}?{carried}"));
        assert_eq!(browser.url().await?, sandbox.browser_url(extra), "nothing is lost from the address");
    }
    check(&sandbox);
    Ok(())
}

/// Mail and CRM tools escape `&` once too often, and shops put plain base64 into their links.
#[tokio::test]
async fn a_mangled_bind_token_is_posted_as_it_was_made() -> Result {
    let sandbox = sandbox().await?;
    let extras = ["?lang=en&amp;bindToken=ab+cd/ef==", "?bindToken=ab%2Bcd/ef==", "?bindToken=ab+cd/ef=="];
    let line = LineApp::new(Os::Ios);
    let browser = Browser::open(Engine::ONE, &line, &sandbox).await?;
    for extra in extras {
        let line = line.clone().with_extra(extra);
        browser.start_over(&sandbox.line_url(&line)?).await?;
        browser.wait_for_screen("failed/link-incomplete", SOON).await?;
    }
    let ledger = sandbox.ledger();
    let tokens: Vec<_> = ledger.bind_posts().iter().map(|post| post.json()["bindToken"].clone()).collect();
    assert_eq!(tokens, ["ab+cd/ef=="; 3], "the server judges it");
    check(&sandbox);
    Ok(())
}

/// Everything is set up right but one thing: each mistake that the bind API or LINE itself finds.
#[tokio::test]
async fn a_wrong_set_up_is_named() -> Result {
    let sandbox = sandbox().await?;
    let link = |age| LineApp::new(Os::Ios).with_extra(format!("?bindToken={}", sandbox.issue_bind_token(age)));
    let of = |liff_id: &str| LineApp { liff_id: Some(liff_id.into()), ..link(0) };
    let with = |id_token| LineApp { id_token, ..link(0) };
    let used = link(0);
    let other = LineApp { user: Some(LineUser::new("Ken")), ..used.clone() };

    let browser = Browser::open(Engine::ONE, &used, &sandbox).await?;
    for (line, screen) in [
        (LineApp::new(Os::Ios), "failed/link-incomplete"),
        (LineApp::new(Os::Ios).with_extra("?bindToken="), "failed/link-incomplete"),
        (LineApp::new(Os::Ios).with_extra("?bindToken=made-up"), "failed/link-incomplete"),
        (link(601), "failed/link-expired"),
        (of("1656451635-GameGame"), "failed/setup-game-module"),
        (of("2000000001-Unsaved1"), "failed/setup-unknown"),
        (with(IdTokenPlan::Absent), "failed/setup-scope"),
        (with(IdTokenPlan::WrongAudience), "failed/setup-mismatch"),
        (with(IdTokenPlan::ForeignSignature), "failed/identity"),
        (used, "bound"),
        (other, "failed/link-used"),
    ] {
        browser.start_over(&sandbox.line_url(&line)?).await?;
        browser.wait_for_screen(screen, SOON).await?;
        browser.inspect().await?;
    }
    one(sandbox.ledger().bindings)?;
    check(&sandbox);
    Ok(())
}

/// The endpoint URL names another LIFF app than the one that is opened.
#[tokio::test]
async fn another_apps_id_in_the_endpoint_is_named() -> Result {
    let sandbox = sandbox().await?;
    set_endpoint(&sandbox, "2000000001-Unsaved1");
    let line = in_line(Os::Ios, &sandbox);
    let browser = Browser::open(Engine::ONE, &line, &sandbox).await?;
    browser.goto(&sandbox.line_url(&line)?).await?;
    browser.wait_for_screen("failed/setup-mismatch", SOON).await?;
    browser.inspect().await?;
    assert!(sandbox.ledger().bind_posts().is_empty());
    check(&sandbox);
    Ok(())
}

/// The page corrects some mistakes and binds: the manual's braces around the ID, and a second ID in the LIFF URL.
#[tokio::test]
async fn a_mended_link_binds() -> Result {
    let sandbox = sandbox().await?;
    set_endpoint(&sandbox, &format!("{{{LIFF_ID}}}"));
    let token = sandbox.issue_bind_token(74);
    let line = LineApp::new(Os::Android).with_extra(format!("?liffId=1-evil&bindToken={token}&bindToken=other"));
    let browser = Browser::open(Engine::ONE, &line, &sandbox).await?;
    browser.goto(&sandbox.line_url(&line)?).await?;
    browser.wait_for_screen("bound", SOON).await?;
    let binding = one(sandbox.ledger().bindings)?;
    assert_eq!((binding.liff_id.as_str(), binding.bind_token), (LIFF_ID, token));
    check(&sandbox);
    Ok(())
}

fn set_endpoint(sandbox: &Sandbox, liff_id: &str) {
    let url = format!("https://{PAGE_HOST}/liff-bind.html?liffId={liff_id}");
    sandbox.configure(|config| config.apps[0].endpoint_url = url);
}
