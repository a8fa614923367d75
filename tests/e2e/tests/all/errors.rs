//! Every answer of the bind API that is no success, and what the person is told.

use e2e::{Browser, Engine, Failure, Result, before, check, in_line, sandbox};
use rstest::rstest;
use sandbox::{Fault, LineApp, Os, Route, Sandbox};
use serde_json::json;

use crate::SOON;

/// The example answers of `docs/bind-api`, the screen each leads to, and how often it is asked for.
const BY_CODE: [(&str, &str, usize); 22] = [
    ("invalid-request-body", "failed/server", 1),
    ("bind-token-missing", "failed/link-incomplete", 1),
    // It signs in again by itself, once.
    ("id-token-expired", "failed/sign-in-expired", 2),
    ("id-token-invalid", "failed/identity", 1),
    ("id-token-audience-mismatch", "failed/setup-mismatch", 1),
    ("liff-id-unknown", "failed/setup-unknown", 1),
    ("liff-id-wrong-module", "failed/setup-game-module", 1),
    ("bind-token-invalid", "failed/link-incomplete", 1),
    ("visitor-not-found", "failed/link-incomplete", 1),
    ("bind-token-expired", "failed/link-expired", 1),
    ("bind-token-used", "failed/link-used", 1),
    ("visitor-bound-to-other-line", "failed/site-has-other-line", 1),
    ("member-id-conflict", "failed/line-has-other-member", 1),
    ("consent-required", "confirm", 1),
    ("binding-disabled", "failed/paused", 1),
    ("channel-not-connected", "failed/setup-channel", 1),
    ("provider-mismatch", "failed/setup-channel", 1),
    ("origin-not-allowed", "failed/setup-host", 1),
    ("rate-limited", "failed/busy", 4),
    ("idempotency-in-progress", "failed/unsure", 4),
    ("line-unavailable", "failed/line-down", 4),
    ("internal-error", "failed/server", 2),
];

/// What an answer says whose `errorCode` is not known: its status decides.
const BY_STATUS: [(u16, &str, usize); 13] = [
    (400, "failed/server", 1),
    (401, "failed/identity", 1),
    (403, "failed/server", 1),
    (404, "failed/server", 1),
    (408, "failed/busy", 4),
    (409, "failed/server", 1),
    (418, "failed/server", 1),
    (422, "failed/server", 1),
    (429, "failed/busy", 4),
    (500, "failed/server", 2),
    (502, "failed/server", 4),
    (503, "failed/server", 4),
    (504, "failed/server", 4),
];

#[rstest]
#[tokio::test]
async fn every_error_code_has_its_screen(#[values(Engine::Chromium, Engine::WebKit)] engine: Engine) -> Result {
    let sandbox = sandbox().await?;
    let cases = BY_CODE.map(|(name, screen, posts)| (name.to_owned(), Fault::example(name), screen, posts));
    let browser = play(engine, &sandbox, cases).await?;

    // Support is told the server's code where there is one to tell.
    for (name, code) in [("internal-error", true), ("liff-id-unknown", true), ("bind-token-expired", false)] {
        sandbox.fail_always(Route::Bind, Fault::example(name));
        browser.start_over(&sandbox.line_url(&in_line(Os::Ios, &sandbox))?).await?;
        browser.wait_until(name, SOON, async || Ok(browser.screen().await? == "failed")).await?;
        let answer = sandbox::Examples::load()?.answer(name).body;
        let told = answer["supportId"].as_str().filter(|_| code).map(str::to_owned);
        assert_eq!(browser.look().await?.code, told, "{name}");
    }
    Ok(())
}

#[rstest]
#[tokio::test]
async fn an_unknown_error_code_is_read_by_its_status(
    #[values(Engine::Chromium, Engine::WebKit)] engine: Engine,
) -> Result {
    let sandbox = sandbox().await?;
    let cases = BY_STATUS.map(|(status, screen, posts)| {
        let body = json!({ "status": status, "errorCode": "SOMETHING_NEW", "message": "Something new" });
        (format!("unknown code, {status}"), Fault::json(status, &body), screen, posts)
    });
    play(engine, &sandbox, cases).await?;
    Ok(())
}

/// A proxy's page, nothing at all, or something else entirely. After a 2xx or a redirect it may be bound.
#[rstest]
#[tokio::test]
async fn what_cannot_be_read_is_never_success(#[values(Engine::Chromium, Engine::WebKit)] engine: Engine) -> Result {
    let sandbox = sandbox().await?;
    let ok = |body| Fault::json(200, &body);
    let typed = |content_type: &str, body: &str| Fault::Body {
        status: 200,
        content_type: content_type.into(),
        body: body.into(),
    };
    let cases = [
        ("a proxy's page", Fault::Html, "failed/server", 4),
        ("an empty 404", Fault::Status(404), "failed/server", 1),
        ("an empty 403", Fault::Status(403), "failed/server", 1),
        ("an empty 200", Fault::Empty, "failed/unsure", 1),
        ("a 204", Fault::Status(204), "failed/unsure", 1),
        ("HTML for a 200", typed("text/html", "<h1>Welcome to the hotel's network</h1>"), "failed/unsure", 1),
        ("half a JSON", typed("application/json", "{\"content\":{\"bindingId\":\"b_1\""), "failed/unsure", 1),
        ("no binding ID", ok(json!({ "content": { "status": "bound" } })), "failed/unsure", 1),
        ("an empty binding ID", ok(json!({ "content": { "bindingId": "", "status": "bound" } })), "failed/unsure", 1),
        ("a number for an ID", ok(json!({ "content": { "bindingId": 5, "status": "bound" } })), "failed/unsure", 1),
        ("a list", ok(json!([1, 2])), "failed/unsure", 1),
        ("null", ok(json!(null)), "failed/unsure", 1),
        ("an error with status 200", ok(json!({ "errorCode": "INTERNAL_ERROR" })), "failed/unsure", 1),
        ("a redirect", Fault::redirect(302, "/liff-bind.html"), "failed/unsure", 1),
    ];
    play(engine, &sandbox, cases.map(|(name, fault, screen, posts)| (name.to_owned(), fault, screen, posts))).await?;
    let ledger = sandbox.ledger();
    let followed = ledger.requests.iter().filter(|request| request.target == "/liff-bind.html").count();
    assert_eq!(followed, 0, "the redirect was followed");
    Ok(())
}

/// A key that another bind has is changed, once.
#[rstest]
#[tokio::test]
async fn a_reused_key_is_changed_once(#[values(Engine::Chromium, Engine::WebKit)] engine: Engine) -> Result {
    let sandbox = sandbox().await?;
    let reused = || Fault::example("idempotency-key-reused");
    sandbox.fail(Route::Bind, [reused()]);
    let line = in_line(Os::Ios, &sandbox);
    let browser = Browser::open(engine, &line, &sandbox).await?;
    browser.goto(&sandbox.line_url(&line)?).await?;
    browser.wait_for_screen("bound", SOON).await?;
    assert_eq!(e2e::keys(&sandbox.ledger()).len(), 2);

    sandbox.fail(Route::Bind, [reused(), reused()]);
    browser.start_over(&sandbox.line_url(&in_line(Os::Ios, &sandbox))?).await?;
    browser.wait_for_screen("failed/server", SOON).await?;
    let ledger = sandbox.ledger();
    assert_eq!((ledger.bind_posts().len(), e2e::keys(&ledger).len()), (4, 4));
    check(&sandbox);
    Ok(())
}

/// Plays each case in one browser: a name, what the bind API answers, the screen in the end, and how many posts it takes.
/// Chromium's LINE speaks Chinese, `WebKit`'s English.
async fn play<'s, const N: usize>(
    engine: Engine,
    sandbox: &'s Sandbox,
    cases: [(String, Fault, &str, usize); N],
) -> Result<Browser<'s>> {
    sandbox.configure(|config| config.first_script = before::IMPATIENT.into());
    let language = if engine == Engine::Chromium { "zh-Hant" } else { "en" };
    let line = || LineApp { language: language.into(), ..in_line(Os::Ios, sandbox) };
    let browser = Browser::open(engine, &line(), sandbox).await?;
    let mut failures = Vec::new();
    for (name, fault, screen, posts) in cases {
        let before = sandbox.ledger().bind_posts().len();
        sandbox.fail_always(Route::Bind, fault);
        browser.start_over(&sandbox.line_url(&line())?).await?;
        let seen = async {
            browser.wait_for_screen(screen, SOON).await?;
            browser.inspect().await
        };
        failures.extend(seen.await.err().map(|failure| failure.of(&name)));
        assert_eq!(sandbox.ledger().bind_posts().len() - before, posts, "{name}: posts");
    }
    let ledger = sandbox.ledger();
    assert!(ledger.bindings.is_empty());
    assert_eq!(ledger.of(&Route::Friendship).count(), 0, "friendship is asked for before success");
    check(sandbox);
    Failure::all(&failures)?;
    Ok(browser)
}
