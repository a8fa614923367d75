//! The page's own security policy, with and without its host's headers: strict wherever the engine supports it.

use e2e::{Browser, Engine, Result, Visitor, before, check, file, in_line, one, opened, sandbox};
use rstest::rstest;
use sandbox::{Cors, Device, Fault, LineApp, Os, Route, Sandbox};
use serde_json::{Value, json};

use crate::SOON;

/// Ways to run foreign code, and their results. A frame's inline code would set `hacked`. They run in a task of their
/// own, because Chromium's driver lifts the ban on `eval` while it runs a script.
const ATTEMPTS: &str = "
    const attempt = (run) => {
        try {
            run();
            return 'ran';
        } catch (error) {
            return error.name;
        }
    };
    const frame = (fill) => {
        const frame = document.createElement('iframe');
        fill(frame);
        document.body.append(frame);
        return frame;
    };
    const code = '<script>(parent ?? window).hacked = 1</' + 'script><img src=x: onerror=\"parent.hacked = 1\">';
    const blank = () => frame((frame) => (frame.src = 'about:blank')).contentWindow;
    return new Promise((resolve) => setTimeout(() => {
        const seen = {
            page: attempt(() => new Function('')),
            eval: attempt(() => (0, eval)('1')),
            frame: attempt(() => new (blank().Function)('')),
            frameEval: attempt(() => blank().eval('1')),
        };
        blank().document.write(code);
        frame((frame) => (frame.srcdoc = code));
        frame((frame) => (frame.src = 'data:text/html,' + encodeURIComponent(code)));
        document.body.insertAdjacentHTML('beforeend', '<img src=x: onerror=\"hacked = 1\">');
        document.body.append(Object.assign(document.createElement('script'), { text: 'hacked = 1' }));
        const link = Object.assign(document.createElement('a'), { href: 'javascript:hacked=1' });
        document.body.append(link);
        link.click();
        setTimeout(() => resolve({ ...seen, hacked: Boolean(window.hacked) }), 500);
    }));
";

/// All of them are refused.
fn refused() -> Value {
    json!({ "page": "EvalError", "eval": "EvalError", "frame": "EvalError", "frameEval": "EvalError", "hacked": false })
}

/// Only the page's own code runs in it, in every engine of today and in every frame.
#[rstest]
#[case::iphone(LineApp::new(Os::Ios).user_agent(), "bound")]
#[case::desktop(Device::Desktop.user_agent(), "open-in-line")]
#[tokio::test]
async fn no_other_code_runs(
    #[values(Engine::Chromium, Engine::WebKit)] engine: Engine,
    #[values(true, false)] bare_host: bool,
    #[case] user_agent: String,
    #[case] screen: &str,
) -> Result {
    let sandbox = sandbox().await?;
    sandbox.configure(|config| config.bare_host = bare_host);
    let line = in_line(Os::Ios, &sandbox);
    let visitor = Visitor { user_agent, ..(&line).into() };
    let url = if screen == "bound" { sandbox.line_url(&line)? } else { sandbox.browser_url("&bindToken=b") };
    let browser = Browser::open(engine, visitor, &sandbox).await?;
    browser.goto(&url).await?;
    browser.wait_for_screen(screen, SOON).await?;
    check(&sandbox);
    assert_eq!(browser.script(ATTEMPTS).await?, refused());
    // The ledger must hear of it too, or it could not tell whether the page itself keeps to its policy.
    browser.wait_until("a report", SOON, async || Ok(!sandbox.ledger().forbidden().is_empty())).await
}

/// The policy and the request read the setting alike, however a deployment has written the bind API's URL.
#[rstest]
#[tokio::test]
async fn the_bind_api_is_allowed_as_it_is_written(
    #[values(Engine::Chromium, Engine::WebKit)] engine: Engine,
    #[values("\n      https://bind-api.example/v1/liff-bindings\n    ", "https://bind-api.example\\v1\\liff-bindings")]
    setting: &str,
) -> Result {
    let sandbox = sandbox().await?;
    let line = in_line(Os::Ios, &sandbox);
    sandbox.configure(|config| config.api_cors = Some(Cors { setting: setting.into(), ..Cors::default() }));
    let _browser = opened(engine, &line, &sandbox, "bound").await?;
    check(&sandbox);
    Ok(())
}

/// A sandbox for engines whose WebAssembly knows no `'wasm-unsafe-eval'`; the host sends no policy of its own.
async fn where_web_assembly_needs_eval() -> Result<Sandbox> {
    let sandbox = sandbox().await?;
    sandbox.configure(|config| {
        config.bare_host = true;
        config.first_script = before::WEB_ASSEMBLY_NEEDS_EVAL.into();
    });
    Ok(sandbox)
}

/// iOS 15 knows no `'wasm-unsafe-eval'`: WebAssembly is allowed there where `eval` is.
#[rstest]
#[tokio::test]
async fn ios_15_binds(#[values(Engine::Chromium, Engine::WebKit)] engine: Engine) -> Result {
    let sandbox = where_web_assembly_needs_eval().await?;
    let line = in_line(Os::Ios, &sandbox);
    let browser = Browser::open(engine, Visitor::from(&line).on_ios("15_8"), &sandbox).await?;
    browser.goto(&sandbox.line_url(&line)?).await?;
    browser.wait_for_screen("bound", SOON).await?;
    one(sandbox.ledger().bindings)?;
    check(&sandbox);
    // Everything else is as strict as anywhere.
    let hacked = "
        document.body.insertAdjacentHTML('beforeend', '<img src=x: onerror=\"hacked = 1\">');
        document.body.append(Object.assign(document.createElement('script'), { text: 'hacked = 1' }));
        return new Promise((resolve) => setTimeout(() => resolve(Boolean(window.hacked)), 300));
    ";
    assert_eq!(browser.script(hacked).await?, json!(false));
    Ok(())
}

/// A later iOS with the same WebAssembly gets no `eval`: the page says that it could not start.
#[rstest]
#[tokio::test]
async fn no_later_ios_is_given_eval(#[values(Engine::Chromium, Engine::WebKit)] engine: Engine) -> Result {
    let sandbox = where_web_assembly_needs_eval().await?;
    let line = in_line(Os::Ios, &sandbox);
    let browser = Browser::open(engine, Visitor::from(&line).on_ios("16_0"), &sandbox).await?;
    browser.goto(&sandbox.line_url(&line)?).await?;
    browser.wait_for_screen("failed/page-load", SOON).await?;
    assert_eq!(browser.script(ATTEMPTS).await?, refused());
    assert!(sandbox.ledger().bindings.is_empty());
    Ok(())
}

/// A link makes the SDK open a sub-window: it makes a frame, and evaluates a script in it that posts to another host.
/// The policy reaches into the frame, and nothing runs.
#[rstest]
#[tokio::test]
async fn a_sub_windows_frame_runs_nothing(
    #[values(Engine::Chromium, Engine::WebKit)] engine: Engine,
    #[values(true, false)] in_liff_state: bool,
) -> Result {
    let sandbox = sandbox().await?;
    sandbox.configure(|config| config.bare_host = true);
    let parameters = "liff.subwindow.identifier=abc&liff.subwindow.cryptokey=k";
    let parameters = if in_liff_state {
        "&liff.state=%3Fliff.subwindow.identifier%3Dabc%26liff.subwindow.cryptokey%3Dk".to_owned()
    } else {
        format!("&{parameters}")
    };
    let browser = Browser::open(engine, Device::Iphone, &sandbox).await?;
    browser.goto(&sandbox.browser_url(&format!("&bindToken=b{parameters}"))).await?;
    let begun =
        "document.querySelector('iframe') || !['', 'working'].includes(document.documentElement.dataset.screen ?? '')";
    browser.wait_until_true(begun, SOON).await?;
    // A script that ran there would have made a form.
    let empty = "
        return [...document.querySelectorAll('iframe')].every((frame) => frame.contentDocument?.forms.length === 0);
    ";
    assert_eq!(browser.script(empty).await?, json!(true));
    let foreign: Vec<String> = sandbox.ledger().foreign().iter().map(ToString::to_string).collect();
    assert_eq!(foreign, [""; 0]);
    Ok(())
}

/// A host's own header, or one that changes the page's bytes, has the stylesheet refused: the page is plain then, but it
/// denies nothing that it has done.
#[rstest]
#[tokio::test]
async fn without_its_style_it_says_one_thing(#[values(Engine::Chromium, Engine::WebKit)] engine: Engine) -> Result {
    let sandbox = sandbox().await?;
    let page = || Route::Page("liff-bind.html".into());
    let refuses = Fault::Header("content-security-policy", "style-src 'self'");
    sandbox.fail_always(page(), refuses.clone());
    let line = LineApp { language: "en".into(), ..in_line(Os::Android, &sandbox) };
    let browser = opened(engine, &line, &sandbox, "bound").await?;
    let text = browser.text().await?;
    assert!(text.contains("linked") && !text.to_lowercase().contains("not linked"), "{text}");

    sandbox.heal();
    sandbox.fail_always(page(), refuses);
    sandbox.fail_always(file("liff-bind-", ".wasm")?, Fault::Status(404));
    let line = LineApp { language: "en".into(), ..in_line(Os::Android, &sandbox) };
    let browser = opened(engine, &line, &sandbox, "failed/page-load").await?;
    let text = browser.text().await?;
    assert!(text.contains("Not linked") && !text.contains("seconds"), "{text}");
    Ok(())
}

/// The page starts even if the host's own headers say more than its policy needs, and it has by itself what the host
/// leaves out.
#[rstest]
#[tokio::test]
async fn binds_whatever_the_host_sends(#[values(Engine::Chromium, Engine::WebKit)] engine: Engine) -> Result {
    let sandbox = sandbox().await?;
    let line = in_line(Os::Android, &sandbox);
    let browser = Browser::open(engine, &line, &sandbox).await?;
    for policy in ["frame-ancestors 'none'", "upgrade-insecure-requests", "object-src 'none'; base-uri 'none'"] {
        let page = Route::Page("liff-bind.html".into());
        sandbox.fail_always(page, Fault::Header("content-security-policy", policy));
        browser.start_over(&sandbox.line_url(&line)?).await?;
        browser.wait_until(policy, SOON, async || Ok(browser.screen().await?.ends_with("bound"))).await?;
    }
    check(&sandbox);
    Ok(())
}
