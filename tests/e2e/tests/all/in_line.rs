//! A customer taps the shop's link or scans its code, and LINE opens the page.

use std::time::Duration;

use e2e::{Browser, Engine, LIFF_ID, Result, check, file, in_line, one, opened, sandbox};
use rstest::rstest;
use sandbox::{Fault, LiffApp, LineApp, LineUser, Module, Os, Route, Sandbox, ViewType};
use serde_json::json;

use crate::SOON;

/// The main journey, and everything that is sent on it.
#[rstest]
#[case(Engine::Chromium, Os::Android)]
#[case(Engine::WebKit, Os::Ios)]
#[tokio::test]
async fn binds(#[case] engine: Engine, #[case] os: Os) -> Result {
    let sandbox = sandbox().await?;
    let line = in_line(os, &sandbox);
    let browser = opened(engine, &line, &sandbox, "bound").await?;
    browser.inspect().await?;

    let ledger = sandbox.ledger();
    let post = one(ledger.bind_posts())?;
    let bind_token = bind_token(&line);
    let language = browser.lang().await?;
    assert_eq!(post.method, "POST");
    assert_eq!(post.header("content-type"), Some("application/json"));
    assert_eq!(post.header("accept"), Some("application/json, application/problem+json"));
    assert_eq!(post.header("accept-language"), Some(language.as_str()));
    // LINE's SDK keeps the end of its session in a cookie; the page keeps nothing there.
    let cookies = post.header("cookie").unwrap_or_default();
    assert!(
        cookies.split("; ").all(|cookie| cookie.is_empty() || cookie.starts_with("LIFF_STORE:expires:")),
        "{cookies}"
    );
    assert!(post.header("idempotency-key").is_some_and(is_uuid_v4), "{:?}", post.headers);
    let os = match os {
        Os::Ios => "ios",
        Os::Android => "android",
    };
    let body = json!({
        "idToken": one(&ledger.id_tokens)?, "liffId": LIFF_ID, "bindToken": bind_token, "consent": null,
        "client": {
            "os": os, "lineVersion": "26.4.0", "sdkVersion": "2.31.0", "language": language, "viewType": "compact",
            "inClient": true, "page": env!("CARGO_PKG_VERSION"),
        },
    });
    assert_eq!(post.json(), body);
    let binding = one(&ledger.bindings)?;
    assert_eq!(
        (binding.sub.as_str(), binding.bind_token.as_str(), binding.keys),
        (sandbox.user().id.as_str(), bind_token, 1)
    );
    check(&sandbox);
    Ok(())
}

fn is_uuid_v4(key: &str) -> bool {
    let shape: Vec<_> = key.split('-').map(str::len).collect();
    shape == [8, 4, 4, 4, 12]
        && key.bytes().all(|byte| byte == b'-' || byte.is_ascii_hexdigit())
        && matches!((key.as_bytes().get(14), key.as_bytes().get(19)), (Some(b'4'), Some(b'8' | b'9' | b'a' | b'b')))
}

fn bind_token(line: &LineApp) -> &str {
    line.extra.trim_start_matches("?bindToken=")
}

/// In a MINI App people have agreed to `openid` only, and LINE's SDK would ask for more in a window over the success.
/// The page asks about friendship only if nothing opens by itself, and a failed message answers that without asking.
#[tokio::test]
async fn nothing_opens_over_the_success() -> Result {
    type SetUp = fn(&Sandbox);
    let sandbox = sandbox().await?;
    let line = LineApp { view_type: ViewType::Full, ..LineApp::new(Os::Android) };
    let browser = Browser::open(Engine::ONE, &line, &sandbox).await?;
    let cases: [(&str, SetUp, usize, &[&str]); 7] = [
        ("somebody new", |_| (), 0, &["return", "close"]),
        (
            "the message failed",
            |sandbox| sandbox.configure(|config| config.message = "failed".into()),
            0,
            &["add-friend", "return", "close"],
        ),
        (
            "somebody who has agreed to profile",
            |sandbox| sandbox.configure(|config| config.apps[0].not_granted.clear()),
            1,
            &["add-friend", "return", "close"],
        ),
        // The SDK decodes it: `unescape(scope)` (LIFF SDK 2.31.0, `permission.query`).
        (
            "LINE writes the scopes with %20",
            |sandbox| sandbox.fail_always(Route::Verify, Fault::Merge(json!({ "scope": "openid%20profile" }))),
            // LINE's own answer counts, not its verification.
            1,
            &["return", "close"],
        ),
        // developers.line.biz/en/docs/line-mini-app/develop/channel-consent-simplification: not for unverified ones
        (
            "a MINI App that asks early, refused",
            |sandbox| sandbox.configure(|config| config.apps[0].asks_late = false),
            0,
            &["return", "close"],
        ),
        (
            "a LIFF app whose profile was refused",
            |sandbox| {
                sandbox.configure(|config| {
                    (config.apps[0].asks_late, config.apps[0].is_mini_app) = (false, false);
                });
            },
            0,
            &["return", "close"],
        ),
        (
            "a MINI App without the scope profile",
            |sandbox| sandbox.configure(|config| config.apps[0].scopes = vec!["openid".into()]),
            0,
            &["return", "close"],
        ),
    ];
    for (what, set_up, asked, actions) in cases {
        sandbox.reset();
        sandbox.configure(|config| {
            config.apps[0] = LiffApp::mini_app(LIFF_ID, Module::Binding);
            (config.friend, config.user) = (false, LineUser::new("Hana"));
        });
        set_up(&sandbox);
        let before = sandbox.ledger();
        let line = line.clone().with_extra(format!("?bindToken={}", sandbox.issue_bind_token(74)));
        browser.start_over(&sandbox.line_url(&line)?).await?;
        browser.wait_for_screen("bound", SOON).await?;
        let offered = async || Ok(browser.look().await?.actions == actions);
        browser.wait_until(what, SOON, offered).await?;
        // Coming back from LINE changes nothing if nothing can be asked.
        browser.script("document.dispatchEvent(new Event('visibilitychange'))").await?;
        tokio::time::sleep(Duration::from_millis(500)).await;
        assert!(offered().await?, "{what}: {:?}", browser.look().await?.actions);
        let ledger = sandbox.ledger().since(&before);
        assert_eq!(ledger.of(&Route::Friendship).count().min(1), asked, "{what}: {}", ledger.tail(20));
        let opened = ledger.requests.iter().filter(|request| request.target.starts_with("/liff/v2/"));
        assert_eq!(opened.count(), 0, "{what}: {}", ledger.tail(20));
        assert_eq!(browser.script("return document.querySelectorAll('iframe').length").await?, json!(0), "{what}");
    }
    check(&sandbox);
    Ok(())
}

/// A failed message is known without asking. After a return from the official account's page, LINE is asked.
#[rstest]
#[tokio::test]
async fn a_friend_whose_message_failed_is_one_when_they_come_back(
    #[values(Engine::Chromium, Engine::WebKit)] engine: Engine,
) -> Result {
    let sandbox = sandbox().await?;
    sandbox.configure(|config| (config.friend, config.message) = (true, "failed".into()));
    let line = in_line(Os::Android, &sandbox);
    let browser = opened(engine, &line, &sandbox, "bound").await?;
    assert_eq!(browser.inspect().await?.actions, ["add-friend", "return", "close"]);
    assert_eq!(sandbox.ledger().of(&Route::Friendship).count(), 0);
    browser.script("document.dispatchEvent(new Event('visibilitychange'))").await?;
    browser.wait_until("a friend", SOON, async || Ok(browser.look().await?.actions == ["return", "close"])).await?;
    check(&sandbox);
    Ok(())
}

/// LINE's SDK signs in by itself, back to the bare endpoint URL. By then the bind token is kept, even if the app came
/// late.
#[rstest]
#[tokio::test]
async fn the_bind_token_survives_a_sign_in_of_the_sdks_own(
    #[values(Engine::Chromium, Engine::WebKit)] engine: Engine,
) -> Result {
    let sandbox = sandbox().await?;
    // A 200, so the SDK gets it, although the page asked early.
    sandbox.fail(Route::Verify, [Fault::Empty]);
    sandbox.fail(file("liff-bind-", ".wasm")?, [Fault::Delay(Duration::from_secs(2))]);
    let line = in_line(Os::Ios, &sandbox);
    let _browser = opened(engine, &line, &sandbox, "bound").await?;
    let ledger = sandbox.ledger();
    one(ledger.of(&Route::Authorize))?;
    assert_eq!(one(ledger.bind_posts())?.json()["bindToken"], bind_token(&line));
    check(&sandbox);
    Ok(())
}

/// With shortcuts off, the SDK loads the page again for a LIFF URL's parameters while the app's files are still on
/// their way: no failure is shown.
#[rstest]
#[tokio::test]
async fn a_second_load_is_no_failure(#[values(Engine::Chromium, Engine::WebKit)] engine: Engine) -> Result {
    let sandbox = sandbox().await?;
    sandbox.configure(|config| {
        config.shortcuts = false;
        config.first_script = "new MutationObserver(() => {
            if (document.documentElement.dataset.failure) sessionStorage.setItem('failed', '1');
        }).observe(document.documentElement, { attributes: true });"
            .into();
    });
    sandbox.fail(file("liff-bind-", ".wasm")?, [Fault::Delay(Duration::from_secs(2))]);
    let line = in_line(Os::Ios, &sandbox);
    let browser = opened(engine, &line, &sandbox, "bound").await?;
    assert_eq!(browser.script("return sessionStorage.getItem('failed')").await?, json!(null));
    check(&sandbox);
    Ok(())
}

/// LINE opens the page in a webview that still has another person's token. With shortcuts off, the SDK loads the page
/// twice, the second time without the fragment that brought the current person's token.
#[rstest]
#[tokio::test]
async fn a_token_that_somebody_left_behind_is_not_sent(
    #[values(Engine::Chromium, Engine::WebKit)] engine: Engine,
    #[values(true, false)] shortcuts: bool,
) -> Result {
    let sandbox = sandbox().await?;
    sandbox.configure(|config| config.shortcuts = shortcuts);
    let line = in_line(Os::Ios, &sandbox);
    let browser = opened(engine, &line, &sandbox, "bound").await?;

    let next = LineUser::new("Hana");
    let line = LineApp { user: Some(next.clone()), ..in_line(Os::Ios, &sandbox) };
    browser.goto(&sandbox.line_url(&line)?).await?;
    browser
        .wait_until("the second bind", SOON, async || {
            Ok(sandbox.ledger().bindings.len() == 2 && browser.screen().await? == "bound")
        })
        .await?;
    assert_eq!(sandbox.ledger().bindings.last().map(|binding| binding.sub.clone()), Some(next.id));
    check(&sandbox);
    Ok(())
}
