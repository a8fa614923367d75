//! One load for the shop's link, at the same address that the SDK would have made.

use e2e::{Browser, Engine, Failure, Result, before, check, file, in_line, sandbox};
use rstest::rstest;
use sandbox::{BLANK, Fault, LineApp, Os, Route, Sandbox};
use serde_json::Value;

use super::before_post;
use crate::SOON;

/// The part after the LIFF ID in a shop's LIFF URL, with `TOKEN` for the bind token. LINE encodes it into `liff.state`
/// unchanged.
const EXTRAS: [&str; 20] = [
    "?bindToken=TOKEN",
    "?bindToken=TOKEN&lang=en",
    "?utm_source=poster&utm_medium=qr&bindToken=TOKEN&lang=zh-Hant",
    "?utm_campaign=%E9%9B%99%E5%8D%81%E4%B8%80&bindToken=TOKEN",
    "?utm_campaign=雙十一&bindToken=TOKEN",
    "?bindToken=TOKEN&a=1+1",
    "?bindToken=TOKEN&a=1%2B1",
    "?bindToken=TOKEN&a='quoted'",
    "?bindToken=TOKEN&a=\"quoted\"&b=<c>",
    "?bindToken=TOKEN&a=%22%27%3Cb%3E",
    "?bindToken=TOKEN&a=b%20c",
    // The SDK treats every `?` as a `&`.
    "?bindToken=TOKEN&a=b?c",
    "?bindToken=TOKEN&a=b%3Fc",
    "?liffId=2000000001-Unsaved1&bindToken=TOKEN",
    "?bindToken=TOKEN&bindToken=another",
    "?bindToken=TOKEN&&a=&=b&c",
    "?a={b}|[c]^`~;:@/!$*(),.-_&bindToken=TOKEN",
    "?bindToken=TOKEN&a=%e9%9b%99&b=%25",
    // Blanks and line breaks are left to the SDK, which treats them in its own way.
    "?bindToken=TOKEN&a=b c",
    "?bindToken=TOKEN&a=b%0D%0Ac%0Ad",
];
/// How many of them, at the end, are left to the SDK.
const LEFT: usize = 2;

/// The state of the page when it is bound.
struct Seen {
    url: String,
    loads: usize,
    /// How many entries the browser's history has gained.
    entries: i64,
}

#[rstest]
#[tokio::test]
async fn the_address_is_the_sdks_own_to_the_byte(#[values(Engine::Chromium, Engine::WebKit)] engine: Engine) -> Result {
    let sandbox = sandbox().await?;
    let browser = Browser::open(engine, &LineApp::new(Os::Ios), &sandbox).await?;
    let mut failures = Vec::new();
    for (number, extra) in EXTRAS.into_iter().enumerate() {
        let loads = if number < EXTRAS.len() - LEFT { 1 } else { 2 };
        let line = LineApp::new(Os::Ios).with_extra(extra.replace("TOKEN", &sandbox.issue_bind_token(74)));
        let compared = async || -> Result {
            let theirs = open(&browser, &sandbox, &line, false).await?;
            let ours = open(&browser, &sandbox, &line, true).await?;
            if (theirs.loads, ours.loads) != (2, loads) {
                return Err(Failure::new(format!("{} loads, and by the shortcut {}", theirs.loads, ours.loads)));
            }
            if (&theirs.url, theirs.entries) != (&ours.url, ours.entries) {
                let [theirs, ours] = [theirs, ours].map(|Seen { url, entries, .. }| format!("{url} (+{entries})"));
                return Err(Failure::new(format!("{ours}\n  and the SDK's is\n  {theirs}")));
            }
            Ok(())
        };
        failures.extend(compared().await.err().map(|failure| failure.of(extra)));
    }
    check(&sandbox);
    Failure::all(&failures)
}

async fn open(browser: &Browser<'_>, sandbox: &Sandbox, line: &LineApp, shortcuts: bool) -> Result<Seen> {
    sandbox.configure(|config| config.shortcuts = shortcuts);
    browser.forget().await?;
    let entries =
        async || Ok::<_, Failure>(browser.script("return history.length").await?.as_i64().unwrap_or_default());
    let (before, ledger) = (entries().await?, sandbox.ledger());
    browser.goto(&sandbox.line_url(line)?).await?;
    browser.wait_until("bound", SOON, async || Ok(browser.screen().await?.ends_with("bound"))).await?;
    Ok(Seen {
        url: browser.url().await?,
        loads: sandbox.ledger().since(&ledger).page_loads(),
        entries: entries().await? - before,
    })
}

/// First the document, then all at once: the SDK, LINE's two answers, glue, module and words; then the post. With
/// LINE's preflight these are four requests in a row. If one of them never comes, the others are still requested.
#[rstest]
#[tokio::test]
async fn nothing_waits_for_another(#[values(Engine::Chromium, Engine::WebKit)] engine: Engine) -> Result {
    let all = [
        Route::Verify,
        Route::Certs,
        file("liff-sdk-", ".js")?,
        file("liff-bind-", ".js")?,
        file("liff-bind-", ".wasm")?,
        file("words-zh-Hant-", ".json")?,
    ];
    for hanging in &all {
        let sandbox = sandbox().await?;
        sandbox.configure(|config| config.first_script = before::speaks(&["zh-TW"]));
        sandbox.fail_always(hanging.clone(), Fault::Hang);
        let line = in_line(Os::Ios, &sandbox);
        let browser = Browser::open(engine, &line, &sandbox).await?;
        browser.goto(&sandbox.line_url(&line)?).await?;
        let asked = async || {
            let ledger = sandbox.ledger();
            Ok(all.iter().all(|route| ledger.of(route).next().is_some()))
        };
        browser.wait_until("everything to be asked for", SOON, asked).await?;
        // And that happened before the SDK gave up waiting for an early answer, or the person asked again.
        let ledger = sandbox.ledger();
        let place = |route: &Route, nth| {
            let mut places =
                ledger.requests.iter().enumerate().filter(|(_, request)| request.route.as_ref() == Some(route));
            places.nth(nth).map(|(place, _)| place)
        };
        let again = place(hanging, 1).unwrap_or(usize::MAX);
        let late: Vec<_> = all.iter().filter(|route| place(route, 0).is_none_or(|place| place > again)).collect();
        assert!(late.is_empty(), "{late:?} waited for {hanging:?}");
        check(&sandbox);
    }
    Ok(())
}

/// The page keeps its place in the history: "back" leads to the page before it.
#[rstest]
#[tokio::test]
async fn the_way_back_is_as_it_was(
    #[values(Engine::Chromium, Engine::WebKit)] engine: Engine,
    #[values(true, false)] shortcuts: bool,
) -> Result {
    let sandbox = sandbox().await?;
    sandbox.configure(|config| config.shortcuts = shortcuts);
    let line = in_line(Os::Android, &sandbox);
    let browser = Browser::open(engine, &line, &sandbox).await?;
    browser.forget().await?;
    browser.goto(&sandbox.line_url(&line)?).await?;
    browser.wait_for_screen("bound", SOON).await?;
    assert_eq!(browser.script("return history.state").await?, Value::Null);
    assert_eq!(before_post(&sandbox.ledger())?.page_loads(), if shortcuts { 1 } else { 2 });
    browser.back().await?;
    browser.wait_until("the page before", SOON, async || Ok(browser.url().await?.ends_with(BLANK))).await?;
    check(&sandbox);
    Ok(())
}
