//! The merchant's doctor, tested with the mistakes that merchants make.

use std::path::Path;

use e2e::{
    Browser, CheckRow, Engine, Failure, LIFF_ID, Result, Size, Visitor,
    before::{self, Clipboard},
    check, opened, sandbox, with_verdict,
};
use rstest::rstest;
use sandbox::{
    Cors, Device, Fault, Guard, IdTokenPlan, LiffApp, LineApp, Module, Os, PAGE_HOST, Route, Sandbox, SignIn, ViewType,
};
use serde_json::json;

use crate::SOON;

/// Rows that only a person can check, not the page.
const BY_EYE: [&str; 4] = ["provider", "published", "app-name", "aggressive"];

/// LINE opens the doctor.
fn in_line(os: Os) -> LineApp {
    LineApp::new(os).with_extra("?check=1")
}

/// The correct endpoint URL.
fn right_endpoint() -> String {
    format!("https://{PAGE_HOST}/liff-bind.html?liffId={LIFF_ID}")
}

/// Checks the rules of every journey, and that nobody was bound.
fn nothing_bound(sandbox: &Sandbox) {
    let ledger = sandbox.ledger();
    assert!(ledger.bindings.is_empty());
    assert!(
        ledger.bind_posts().iter().all(|post| post.json()["check"] == true && post.json().get("bindToken").is_none())
    );
    check(sandbox);
}

/// Set up as in the manual: nothing is wrong, and the doctor sees everything that a page can see.
#[rstest]
#[case(Os::Ios, ViewType::Compact)]
#[case(Os::Android, ViewType::Full)]
#[tokio::test]
async fn the_right_set_up_raises_no_alarm(#[case] os: Os, #[case] view_type: ViewType) -> Result {
    let sandbox = sandbox().await?;
    let line = LineApp { view_type, ..in_line(os) };
    let browser = Browser::open(Engine::ONE, &line, &sandbox).await?;
    browser.resize(if view_type == ViewType::Compact { Size::COMPACT } else { Size::FULL }).await?;
    browser.goto(&sandbox.line_url(&line)?).await?;
    let rows = browser.checklist(SOON).await?;
    assert_eq!(with_verdict(&rows, "wrong"), [""; 0], "{}", browser.situation().await);
    assert_eq!(with_verdict(&rows, "unseen"), BY_EYE);
    let size = one(&rows, "size")?;
    // Mistake 12: other features need Full.
    assert!(size.seen == view_type.name() && size.text.contains("Full"), "{size:?}");
    assert!(one(&rows, "push-billing")?.text.contains("Push API"));
    assert_eq!(one(&rows, "endpoint-url")?.seen, right_endpoint());
    assert_eq!(browser.url().await?, format!("{}&check=1", right_endpoint()));
    nothing_bound(&sandbox);
    Ok(())
}

fn one<'r>(rows: &'r [CheckRow], check: &str) -> Result<&'r CheckRow> {
    rows.iter().find(|row| row.check == check).ok_or_else(|| Failure::new(format!("no row {check}")))
}

/// One mistake in LINE's console, at Omnichat or on the phone.
struct Mistake {
    /// Its number in the list of merchants' mistakes, and its description.
    what: &'static str,
    set_up: fn(&Sandbox),
    line: fn(LineApp) -> LineApp,
    /// `data-check`, `data-step` and the value to enter of each row that is wrong.
    wrong: Vec<(&'static str, &'static str, String)>,
}

fn mistakes() -> Vec<Mistake> {
    let mistake = |what, set_up: fn(&Sandbox), check, step, enter: &str| Mistake {
        what,
        set_up,
        line: |line| line,
        wrong: vec![(check, step, enter.to_owned())],
    };
    let endpoint = |what, set_up| mistake(what, set_up, "endpoint-url", "3", &right_endpoint());
    let mut all = vec![
        endpoint("2: step 3 forgotten", |sandbox| set_endpoint(sandbox, "")),
        endpoint("4: another brand's LIFF ID", |sandbox| set_liff_id(sandbox, "2000000001-Unsaved1")),
        mistake("6: no openid", |sandbox| untick(sandbox, "openid"), "scope-openid", "1.4", "openid"),
        mistake(
            "a scope that was not agreed to",
            |sandbox| change(sandbox, |app| app.not_granted = vec!["chat_message.write".into()]),
            "scope-chat-message-write",
            "1.4",
            "",
        ),
        mistake(
            "8: no linked official account",
            |sandbox| sandbox.configure(|config| config.linked_bot = false),
            "bot-link",
            "1.5",
            "",
        ),
        mistake("Scan QR off", |sandbox| change(sandbox, |app| app.scan_qr = false), "scan-qr", "1.6", "On"),
        mistake(
            "10: not saved at Omnichat",
            |sandbox| change(sandbox, |app| app.module = Module::NotSaved),
            "liff-id-known",
            "4",
            LIFF_ID,
        ),
        mistake("the phone's clock", |sandbox| sandbox.shift_clock(1200), "clock", "", ""),
    ];
    // Without openid there is no ID token either.
    all.iter_mut().filter(|mistake| mistake.what.starts_with("6:")).for_each(|mistake| {
        mistake.wrong.push(("id-token", "1.4", "openid".into()));
    });
    all.push(Mistake {
        what: "11: an old host",
        set_up: |sandbox| sandbox.configure(|config| config.registered_host = "pages.example".into()),
        line: |line| line,
        wrong: vec![("endpoint-url", "3", format!("https://pages.example/liff-bind.html?liffId={LIFF_ID}"))],
    });
    all.push(Mistake {
        what: "size Tall",
        set_up: |_| (),
        line: |line| LineApp { view_type: ViewType::Tall, ..line },
        wrong: vec![("size", "1.2", "Compact".into())],
    });
    all.push(Mistake {
        what: "an ID token of another channel",
        set_up: |_| (),
        line: |line| LineApp { id_token: IdTokenPlan::WrongAudience, ..line },
        wrong: vec![("id-token", "1.4", String::new())],
    });
    all.push(Mistake {
        what: "OpenChat",
        set_up: |_| (),
        line: |line| LineApp { chat: "square_chat".into(), ..line },
        wrong: vec![("context-type", "", String::new())],
    });
    all
}

fn change(sandbox: &Sandbox, change: impl FnOnce(&mut LiffApp)) {
    sandbox.configure(|config| change(&mut config.apps[0]));
}

fn untick(sandbox: &Sandbox, scope: &str) {
    change(sandbox, |app| app.scopes.retain(|own| own != scope));
}

fn set_endpoint(sandbox: &Sandbox, behind_host: &str) {
    change(sandbox, |app| app.endpoint_url = format!("https://{PAGE_HOST}{behind_host}"));
}

fn set_liff_id(sandbox: &Sandbox, liff_id: &str) {
    set_endpoint(sandbox, &format!("/liff-bind.html?liffId={liff_id}"));
}

/// A mistake for each thing that the doctor gathers, made alone: its step and the value to enter are named, and nothing
/// else is. `crates/doctor/tests/verdicts.rs` has the others.
#[tokio::test]
async fn each_mistake_is_named() -> Result {
    let sandbox = sandbox().await?;
    let browser = Browser::open(Engine::ONE, &in_line(Os::Ios), &sandbox).await?;
    let mut failures = Vec::new();
    for Mistake { what, set_up, line, wrong } in mistakes() {
        sandbox.reset();
        set_up(&sandbox);
        let url = sandbox.line_url(&line(in_line(Os::Ios)))?;
        let named = async || -> Result {
            browser.start_over(&url).await?;
            let rows = browser.checklist(SOON).await?;
            let found: Vec<_> = rows.iter().filter(|row| row.verdict == "wrong").collect();
            let named: Vec<_> = found.iter().map(|row| (&*row.check, &*row.step, row.enter.clone())).collect();
            let mut wanted = wrong.clone();
            wanted.sort();
            let mut sorted = named.clone();
            sorted.sort();
            if sorted != wanted {
                return Err(Failure::new(format!("{named:?} instead of {wrong:?}\n{}", browser.situation().await)));
            }
            Ok(())
        };
        failures.extend(named().await.err().map(|failure| failure.of(what)));
    }
    nothing_bound(&sandbox);
    Failure::all(&failures)
}

/// A MINI App is set up as it must be: mistakes of a LIFF app are called normal here, and nothing is asked.
#[tokio::test]
async fn a_mini_app_is_no_mistake() -> Result {
    type SetUp = fn(&mut LiffApp);
    let sandbox = sandbox().await?;
    let line = LineApp { view_type: ViewType::Full, ..in_line(Os::Android).with_extra("?check=1&lang=en") };
    let browser = Browser::open(Engine::ONE, &line, &sandbox).await?;
    let normal = ["published", "app-name", "size", "scope-profile", "scope-chat-message-write", "friendship"];
    let cases: [(&str, SetUp, &[&str]); 4] = [
        ("verified, somebody new", |_| (), &normal),
        ("somebody has agreed to profile", |app| app.not_granted = vec!["chat_message.write".into()], &normal[..3]),
        ("not verified: asks early", |app| (app.asks_late, app.not_granted) = (false, Vec::new()), &normal[..3]),
        ("not told to be on the MINI App's host", |app| app.is_mini_app = false, &normal),
    ];
    for (what, set_up, expected) in cases {
        sandbox.reset();
        sandbox.configure(|config| {
            config.apps[0] = LiffApp::mini_app(LIFF_ID, Module::Binding);
            set_up(&mut config.apps[0]);
        });
        browser.start_over(&sandbox.line_url(&line)?).await?;
        let rows = browser.checklist(SOON).await?;
        assert_eq!(with_verdict(&rows, "wrong"), [""; 0], "{what}: {}", browser.situation().await);
        assert_eq!(with_verdict(&rows, "unseen"), BY_EYE, "{what}");
        for check in expected {
            assert!(one(&rows, check)?.text.to_lowercase().contains("normal for a mini app"), "{what}, {check}");
        }
        assert!(one(&rows, "host")?.text.contains("header"), "{what}");
        assert!(browser.html().await?.contains("Web app settings"), "{what}");
    }
    let sub_windows =
        sandbox.ledger().requests.into_iter().filter(|request| request.target.starts_with("/liff/v2/sub"));
    assert_eq!(sub_windows.count(), 0);
    nothing_bound(&sandbox);
    Ok(())
}

/// The bind API is on an origin of its own: a mistake that ends in `unsure` for every customer, or for those who are
/// refused, is found and named with its remedy.
#[rstest]
#[tokio::test]
async fn an_api_that_customers_cannot_reach_is_named(
    #[values(Engine::Chromium, Engine::WebKit)] engine: Engine,
) -> Result {
    let sandbox = sandbox().await?;
    let browser = Browser::open(engine, &in_line(Os::Ios), &sandbox).await?;
    let key = "Access-Control-Allow-Headers: content-type, idempotency-key";
    let origin = &*format!("Access-Control-Allow-Origin: https://{PAGE_HOST}");
    let cors = |change: fn(&mut Cors)| {
        let mut cors = Cors::default();
        change(&mut cors);
        cors
    };
    let mut failures = Vec::new();
    for (what, cors, enter) in [
        ("right", cors(|_| ()), ""),
        ("a star for everybody", cors(|cors| (cors.origin, cors.allow_headers) = ("*".into(), "*".into())), ""),
        (
            "other headers too",
            cors(|cors| cors.allow_headers = "Authorization,Idempotency-Key,Content-Type".into()),
            "",
        ),
        ("no idempotency-key", cors(|cors| cors.allow_headers = "content-type".into()), key),
        // github.com/tuupola/slim-jwt-auth/issues/108
        ("a preflight has to sign in", cors(|cors| cors.preflight = 401), key),
        // github.com/corydolphin/flask-cors/issues/257
        ("a preflight is redirected", cors(|cors| cors.preflight = 308), key),
        // github.com/zejn/prometapi/issues/4
        ("two servers name the origin", cors(|cors| cors.origin = "*, *".into()), origin),
        ("another origin", cors(|cors| cors.origin = "https://www.shop-bind.example".into()), origin),
        // github.com/kubernetes/ingress-nginx/issues/1679, github.com/Kong/kong/issues/1424
        ("nothing on errors", cors(|cors| cors.on_errors = false), origin),
        // github.com/letsencrypt/boulder/pull/8758
        (
            "nothing exposed",
            cors(|cors| cors.expose_headers.clear()),
            "Access-Control-Expose-Headers: retry-after, date",
        ),
    ] {
        sandbox.reset();
        sandbox.configure(|config| config.api_cors = Some(cors));
        let named = async || -> Result {
            browser.start_over(&sandbox.line_url(&in_line(Os::Ios))?).await?;
            let rows = browser.checklist(SOON).await?;
            let wanted = if enter.is_empty() { vec![] } else { vec!["bind-api"] };
            let (wrong, row) = (with_verdict(&rows, "wrong"), one(&rows, "bind-api")?);
            if wrong == wanted && row.enter == enter {
                return Ok(());
            }
            Err(Failure::new(format!("{wrong:?}, {row:?}\n{}", browser.situation().await)))
        };
        failures.extend(named().await.err().map(|failure| failure.of(what)));
    }
    nothing_bound(&sandbox);
    Failure::all(&failures)
}

/// Customers see the same: one whose preflight is refused can't know, and one whose headers are right is bound.
#[rstest]
#[case::refused("content-type", "failed/unsure")]
#[case::right("content-type, idempotency-key", "bound")]
#[tokio::test]
async fn a_refused_preflight_ends_in_unsure(
    #[values(Engine::Chromium, Engine::WebKit)] engine: Engine,
    #[case] allow_headers: &str,
    #[case] screen: &str,
) -> Result {
    let sandbox = sandbox().await?;
    sandbox.configure(|config| {
        config.api_cors = Some(Cors { allow_headers: allow_headers.into(), ..Cors::default() });
        config.first_script = before::IMPATIENT.into();
    });
    let line = LineApp::new(Os::Android).with_extra(format!("?bindToken={}", sandbox.issue_bind_token(74)));
    let _browser = opened(engine, &line, &sandbox, screen).await?;
    check(&sandbox);
    Ok(())
}

/// A host that serves people the page is not blamed for refusing what people never ask: HEAD
/// (github.com/letsencrypt/boulder/issues/858, github.com/dutchcoders/transfer.sh/issues/329), or the page by a script
/// (github.com/cloudflare/cloudflare-docs/pull/11753).
#[rstest]
#[case::no_head(Guard::Head, "right")]
#[case::no_scripts(Guard::Scripts, "unseen")]
#[tokio::test]
async fn a_host_that_turns_scripts_away_is_not_blamed(
    #[values(Engine::Chromium, Engine::WebKit)] engine: Engine,
    #[case] guard: Guard,
    #[case] verdict: &str,
) -> Result {
    let sandbox = sandbox().await?;
    sandbox.configure(|config| config.guard = Some(guard));
    let line = in_line(Os::Ios).with_extra("?check=1&lang=en");
    let browser = Browser::open(engine, &line, &sandbox).await?;
    browser.goto(&sandbox.line_url(&line)?).await?;
    let rows = browser.checklist(SOON).await?;
    assert_eq!(with_verdict(&rows, "wrong"), [""; 0], "{}", browser.situation().await);
    for check in ["host", "headers"] {
        let row = one(&rows, check)?;
        assert_eq!(row.verdict, verdict, "{row:?}");
        assert_eq!(row.text.contains("Can’t be seen from here"), verdict == "unseen", "{row:?}");
    }
    nothing_bound(&sandbox);
    Ok(())
}

/// A host with "clean URLs" has led this visit away before the doctor runs: LINE's sign-in would end in an error.
#[tokio::test]
async fn a_host_that_redirects_is_named() -> Result {
    let sandbox = sandbox().await?;
    sandbox.configure(|config| config.clean_urls = true);
    let browser = Browser::open(Engine::ONE, Device::Desktop, &sandbox).await?;
    browser.goto(&sandbox.browser_url("&check=1")).await?;
    assert_eq!(with_verdict(&browser.checklist(SOON).await?, "wrong"), ["host"], "{}", browser.situation().await);
    nothing_bound(&sandbox);
    Ok(())
}

/// The doctor gives the SDK the same address as the bind page does: foreign parameters mislead nobody.
#[tokio::test]
async fn other_peoples_parameters_mislead_nobody() -> Result {
    let sandbox = sandbox().await?;
    // github.com/mixpanel/mixpanel-js/issues/159, github.com/gorhill/uBlock/issues/1341, github.com/auth0/auth0-react/issues/75
    let foreign = "check=1&utm_term=foo%bar&p=%CE%E5%B5%DB%C7%AE&code=WELCOME10&state=xyz&error=access_denied\
        &error_description=no&liff.subwindow.identifier=abc&liff.subwindow.cryptokey=k";
    let phone = Browser::open(Engine::ONE, Device::Phone, &sandbox).await?;
    let url = sandbox.browser_url(&format!("&{foreign}"));
    phone.goto(&url).await?;
    let rows = phone.checklist(SOON).await?;
    assert_eq!(with_verdict(&rows, "wrong"), [""; 0], "{}", phone.situation().await);
    assert_eq!(one(&rows, "line")?.verdict, "right");
    assert_eq!(phone.script("return document.querySelectorAll('iframe').length").await?, json!(0));
    assert_eq!(phone.url().await?, url);

    let line = LineApp::new(Os::Ios).with_extra(format!("?{foreign}"));
    let liff = Browser::open(Engine::ONE, &line, &sandbox).await?;
    for shortcuts in [true, false] {
        sandbox.configure(|config| config.shortcuts = shortcuts);
        liff.start_over(&sandbox.line_url(&line)?).await?;
        let rows = liff.checklist(SOON).await?;
        assert_eq!(with_verdict(&rows, "wrong"), [""; 0], "shortcuts {shortcuts}: {}", liff.situation().await);
        assert_eq!(with_verdict(&rows, "unseen"), BY_EYE, "shortcuts {shortcuts}");
    }
    nothing_bound(&sandbox);
    Ok(())
}

/// LINE knows no such LIFF ID, or there is none at all.
#[tokio::test]
async fn a_liff_id_that_is_none_is_named() -> Result {
    let sandbox = sandbox().await?;
    let browser = Browser::open(Engine::ONE, Device::Phone, &sandbox).await?;
    for (query, wrong) in [
        ("liffId=1234567890-NotKnown&check=1", &["liff-id", "liff-id-known"][..]),
        ("liffId={liffId}&check=1", &["liff-id", "endpoint-url"]),
        ("check=1", &["liff-id", "endpoint-url"]),
    ] {
        browser.start_over(&format!("https://{PAGE_HOST}/liff-bind.html?{query}")).await?;
        assert_eq!(with_verdict(&browser.checklist(SOON).await?, "wrong"), wrong, "{query}");
    }
    nothing_bound(&sandbox);
    Ok(())
}

/// The doctor ends in a list that says so, whatever LINE does.
#[rstest]
#[case::silent(|sandbox: &Sandbox| sandbox.configure(|config| config.bridge = false))]
#[case::unreachable(|sandbox: &Sandbox| sandbox.fail_always(Route::Verify, Fault::Refuse))]
#[case::down(|sandbox: &Sandbox| sandbox.fail_always(Route::Verify, Fault::Status(500)))]
#[tokio::test]
async fn lines_trouble_is_told(#[case] set_up: fn(&Sandbox)) -> Result {
    let sandbox = sandbox().await?;
    set_up(&sandbox);
    let line = in_line(Os::Ios);
    let browser = Browser::open(Engine::ONE, &line, &sandbox).await?;
    browser.goto(&sandbox.line_url(&line)?).await?;
    let rows = browser.checklist(SOON).await?;
    assert_eq!(with_verdict(&rows, "wrong"), ["line"], "{}", browser.situation().await);
    // The doctor still judges everything that LINE passed with the URL.
    assert_eq!(one(&rows, "endpoint-url")?.verdict, "right");
    nothing_bound(&sandbox);
    Ok(())
}

/// Makes the ID token that the SDK has stored older by two hours.
const AN_HOUR_LATER: &str = "
    const older = (claims) => ({ ...claims, iat: claims.iat - 7200, exp: claims.exp - 7200 });
    const encode = (text) => btoa(text).replace(/=/g, '').replace(/[+]/g, '-').replace(/[/]/g, '_');
    const decode = (text) => atob(text.replace(/-/g, '+').replace(/_/g, '/'));
    for (const store of [localStorage, sessionStorage]) {
        for (const key of Object.keys(store)) {
            if (key.endsWith(':decodedIDToken')) store[key] = JSON.stringify(older(JSON.parse(store[key])));
            if (!key.endsWith(':IDToken')) continue;
            const [head, claims, signature] = JSON.parse(store[key]).split('.');
            store[key] = JSON.stringify([head, encode(JSON.stringify(older(JSON.parse(decode(claims))))), signature].join('.'));
        }
    }";

/// In a browser, the doctor judges what it can see, and offers the rest in LINE or after a sign-in.
#[rstest]
#[case::phone(Device::Phone)]
#[case::tablet(Device::Tablet)]
#[case::desktop(Device::Desktop)]
#[tokio::test]
async fn a_browser_shows_a_part_and_leads_on(
    #[values(Engine::Chromium, Engine::WebKit)] engine: Engine,
    #[case] device: Device,
) -> Result {
    let sandbox = sandbox().await?;
    sandbox.configure(|config| config.first_script = device.script());
    let browser = Browser::open(engine, Visitor::from(device).drawn(), &sandbox).await?;
    browser.goto(&sandbox.browser_url("&check=1")).await?;
    let rows = browser.checklist(SOON).await?;
    assert_eq!(with_verdict(&rows, "wrong"), [""; 0]);
    for seen in ["endpoint-url", "bot-link", "scan-qr", "liff-id", "liff-id-known", "game-module", "bind-api"] {
        assert_eq!(one(&rows, seen)?.verdict, "right", "{seen}");
    }
    for unseen in ["size", "id-token", "scope-openid", "friendship", "versions"] {
        assert_eq!(one(&rows, unseen)?.verdict, "unseen", "{unseen}");
    }
    let in_line = format!("https://liff.line.me/{LIFF_ID}?check=1");
    // A tablet may have LINE, and gets both.
    if device != Device::Phone {
        browser.scroll_to(".qr", "center").await?;
        assert_eq!(browser.qr_text().await?, in_line);
    }
    if device != Device::Desktop {
        assert_eq!(browser.href("open-line").await?, in_line);
    }

    browser.tap("login").await?;
    browser
        .wait_until("more to see", SOON, async || {
            Ok(one(&browser.checklist(SOON).await?, "id-token")?.verdict == "right")
        })
        .await?;
    let rows = browser.checklist(SOON).await?;
    assert_eq!(with_verdict(&rows, "wrong"), [""; 0]);
    assert_eq!(one(&rows, "scope-chat-message-write")?.verdict, "right");
    assert_eq!(browser.url().await?, sandbox.browser_url("&check=1"));

    // An hour later the ID token has expired, and the SDK keeps it.
    browser.script(AN_HOUR_LATER).await?;
    browser.tap("retry").await?;
    browser
        .wait_until("the end of the sign-in", SOON, async || {
            Ok(one(&browser.checklist(SOON).await?, "id-token")?.verdict == "unseen")
        })
        .await?;
    assert_eq!(with_verdict(&browser.checklist(SOON).await?, "wrong"), [""; 0]);
    browser.tap("login").await?;
    browser
        .wait_until("a new sign-in", SOON, async || {
            Ok(one(&browser.checklist(SOON).await?, "id-token")?.verdict == "right")
        })
        .await?;
    nothing_bound(&sandbox);
    Ok(())
}

/// The doctor reports a refusal on LINE's page, and the person can change their mind.
#[rstest]
#[tokio::test]
async fn a_refused_sign_in_is_told(#[values(Engine::Chromium, Engine::WebKit)] engine: Engine) -> Result {
    let sandbox = sandbox().await?;
    sandbox.configure(|config| config.sign_in = SignIn::Refuse);
    let browser = Browser::open(engine, Device::Iphone, &sandbox).await?;
    browser.goto(&sandbox.browser_url("&check=1")).await?;
    browser.checklist(SOON).await?;
    browser.tap("login").await?;
    browser
        .wait_until(
            "the refusal",
            SOON,
            async || Ok(with_verdict(&browser.checklist(SOON).await?, "wrong") == ["line"]),
        )
        .await?;

    sandbox.configure(|config| config.sign_in = SignIn::Allow);
    browser.tap("retry").await?;
    browser.tap("login").await?;
    browser
        .wait_until("more to see", SOON, async || {
            Ok(one(&browser.checklist(SOON).await?, "id-token")?.verdict == "right")
        })
        .await?;
    nothing_bound(&sandbox);
    Ok(())
}

/// The report for support: in the admin's language, with the verdicts, without a token or a user ID.
#[rstest]
#[tokio::test]
async fn the_report_is_copied_and_has_no_secret(#[values(Engine::Chromium, Engine::WebKit)] engine: Engine) -> Result {
    let sandbox = sandbox().await?;
    // WebKit's driver doesn't let a test read the clipboard.
    sandbox.configure(|config| config.first_script = Clipboard::Allowed.script());
    untick(&sandbox, "profile");
    for (language, title, wrong) in
        [("zh-Hant", "LIFF 設定檢查報告", "[需修正] 步驟 1.4"), ("en", "LIFF set-up check", "[Wrong] Step 1.4")]
    {
        let line =
            LineApp { language: language.into(), ..in_line(Os::Ios).with_extra(format!("?check=1&lang={language}")) };
        let browser = Browser::open(engine, &line, &sandbox).await?;
        browser.goto(&sandbox.line_url(&line)?).await?;
        browser.checklist(SOON).await?;
        browser.tap("copy-report").await?;
        browser.wait_until_true("window.copied", SOON).await?;
        let report = browser.script("return window.copied").await?.as_str().unwrap_or_default().to_owned();
        for part in [title, LIFF_ID, wrong, "scope-profile", &right_endpoint()] {
            assert!(report.contains(part), "{part} is not in\n{report}");
        }
        let ledger = sandbox.ledger();
        let page = browser.html().await?;
        for secret in ledger.id_tokens.iter().chain([&sandbox.user().id]) {
            assert!(!report.contains(secret.as_str()) && !page.contains(secret.as_str()));
        }
        assert!(!report.contains("eyJ"), "{report}");
    }
    nothing_bound(&sandbox);
    Ok(())
}

/// A button copies the value to enter, even if the browser copies nothing but a selection.
#[rstest]
#[tokio::test]
async fn a_value_is_copied(#[values(Engine::Chromium, Engine::WebKit)] engine: Engine) -> Result {
    let sandbox = sandbox().await?;
    sandbox.configure(|config| config.first_script = Clipboard::Refused.script());
    set_liff_id(&sandbox, "2000000001-Unsaved1");
    let line = in_line(Os::Android).with_extra("?check=1&lang=zh-Hant");
    let browser = Browser::open(engine, &line, &sandbox).await?;
    browser.goto(&sandbox.line_url(&line)?).await?;
    browser.checklist(SOON).await?;
    browser.script("document.querySelector('[data-check=endpoint-url] [data-action=copy]').click()").await?;
    browser.wait_until_true("window.copied", SOON).await?;
    assert_eq!(browser.script("return window.copied").await?, json!(right_endpoint()));
    let said = "document.querySelector('[data-check=endpoint-url] [data-action=copy]').textContent === '已複製'";
    browser.wait_until_true(said, SOON).await?;
    check(&sandbox);
    Ok(())
}

/// No customer fetches a file of the doctor.
#[tokio::test]
async fn customers_never_meet_the_doctor() -> Result {
    let sandbox = sandbox().await?;
    for extra in ["", "&check=", "&check=0", "&check=yes"] {
        let line = LineApp::new(Os::Ios).with_extra(format!("?bindToken={}{extra}", sandbox.issue_bind_token(74)));
        let browser = Browser::open(Engine::ONE, &line, &sandbox).await?;
        browser.goto(&sandbox.line_url(&line)?).await?;
        browser.wait_until("bound", SOON, async || Ok(browser.screen().await?.contains("bound"))).await?;
    }
    let ledger = sandbox.ledger();
    let theirs =
        |target: &str| ["/check", "/doctor", "/liff-doctor", "/setup"].iter().any(|start| target.starts_with(start));
    assert!(!ledger.requests.iter().any(|request| theirs(&request.target)), "{}", ledger.tail(30));
    check(&sandbox);
    Ok(())
}

/// If a file of the doctor never comes, the static page appears, not an endless spinner.
#[rstest]
#[case::switch("check.js")]
#[case::module("liff-doctor")]
#[case::words("doctor-words")]
#[tokio::test]
async fn a_missing_file_is_told(
    #[values(Engine::Chromium, Engine::WebKit)] engine: Engine,
    #[case] file: &str,
) -> Result {
    let sandbox = sandbox().await?;
    sandbox.fail_always(Route::Page(file.into()), Fault::Status(404));
    let line = in_line(Os::Ios);
    let browser = Browser::open(engine, &line, &sandbox).await?;
    browser.goto(&sandbox.line_url(&line)?).await?;
    browser.wait_for_screen("failed/page-load", SOON).await
}

/// Legible and in reach: on the narrowest phone, with text at twice its size, in both themes and every language.
#[tokio::test]
async fn everybody_can_read_the_checklist() -> Result {
    let sandbox = sandbox().await?;
    set_liff_id(&sandbox, "2000000001-Unsaved1");
    untick(&sandbox, "profile");
    for language in ["zh-Hant", "en", "ja", "th", "id"] {
        sandbox.configure(|config| config.first_script = before::speaks(&[language]));
        let line = LineApp { language: language.into(), ..in_line(Os::Android) };
        let browser = Browser::open(Engine::Chromium, &line, &sandbox).await?;
        browser.goto(&sandbox.line_url(&line)?).await?;
        browser.checklist(SOON).await?;
        assert_eq!(browser.lang().await?, language);
        reads_well(&browser, &format!("check-{language}")).await?;
    }
    check(&sandbox);
    Ok(())
}

/// Finds faults of a page of lists, in any size and theme, and leaves pictures in `target/tmp/pictures`.
pub async fn reads_well(browser: &Browser<'_>, name: &str) -> Result {
    let pictures = Path::new(env!("CARGO_TARGET_TMPDIR")).join("pictures");
    std::fs::create_dir_all(&pictures)?;
    let mut wrong = Vec::new();
    for theme in ["light", "dark"] {
        let features = json!([{ "name": "prefers-color-scheme", "value": theme }]);
        browser.command("Emulation.setEmulatedMedia", json!({ "features": features })).await?;
        for (size, text) in [(Size::new(320, 568), "100%"), (Size::new(360, 640), "200%"), (Size::DESKTOP, "100%")] {
            browser.resize(size).await?;
            browser.script(&format!("document.documentElement.style.fontSize = '{text}'")).await?;
            let found = browser.script(CUT).await?;
            if found != json!([]) {
                wrong.push(format!("{theme}, {size:?}, {text}: {found}"));
            }
            browser.screenshot(&pictures.join(format!("{name}-{theme}-{}-{text}.png", size.width))).await?;
            wrong.extend(browser.axe().await?.into_iter().map(|found| format!("{theme}, {size:?}, {text}: {found}")));
        }
        browser.script("document.documentElement.style.fontSize = ''").await?;
    }
    if wrong.is_empty() { Ok(()) } else { Err(Failure::new(format!("{name}: {}", wrong.join("\n")))) }
}

/// Finds elements that are cut off, stick out sideways, or are too small to be hit.
const CUT: &str = "
    const visible = [...document.querySelectorAll('#app *')].filter((one) => one.checkVisibility() && !one.matches('.clipboard'));
    const name = (one) => one.tagName + ' ' + one.textContent.slice(0, 40);
    const sideways = visible.filter((one) => one.getBoundingClientRect().right > innerWidth + 1).map(name);
    const targets = visible.filter((one) => one.matches('button, a, input')).filter((one) => {
        const { width, height } = one.getBoundingClientRect();
        return width < 44 || height < 44;
    }).map((one) => 'small: ' + name(one));
    return [...sideways, ...targets, ...(document.documentElement.scrollWidth > innerWidth ? ['it scrolls sideways'] : [])];
";
