//! Rules that the gallery's pictures cannot show: nothing jumps, the keyboard is enough, forced colours keep shapes.

use std::time::Duration;

use e2e::{Browser, Engine, Failure, Result, Size, before, check, file, in_line, opened, sandbox};
use rstest::rstest;
use sandbox::{Device, Fault, LineApp, Os, Route, Sandbox};
use serde_json::{Value, json};
use thirtyfour::Key;

use crate::SOON;

/// Movements that no press of a button caused (Layout Instability API).
const JUMPS: &str = "
    return new Promise((resolve) => {
        const jumps = [];
        const place = ({ x, y, width, height }) => [x, y, width, height].map(Math.round).join(' ');
        const moved = ({ node, previousRect, currentRect }) =>
            `${node?.outerHTML ?? node?.data} from ${place(previousRect)} to ${place(currentRect)}`;
        const told = ({ startTime, value, sources }) => `${value} at ${startTime} ms: ${sources.map(moved).join(', ')}`;
        new PerformanceObserver((list) => jumps.push(...list.getEntries().filter((jump) => !jump.hadRecentInput).map(told)))
            .observe({ type: 'layout-shift', buffered: true });
        setTimeout(() => resolve(jumps), 300);
    });
";

/// Everything stays in its place from the skeleton to the last screen, in half a screen and in a whole one.
#[rstest]
#[case::bound(Os::Ios, |_: &Sandbox| (), "bound")]
#[case::asked(Os::Android, |sandbox: &Sandbox| sandbox.configure(|config| config.consent = Some("2026-01".into())), "confirm")]
#[case::refused(Os::Ios, |sandbox: &Sandbox| sandbox.fail(Route::Bind, [Fault::example("bind-token-expired")]), "failed/link-expired")]
#[case::loading(Os::Ios, |sandbox: &Sandbox| sandbox.fail(Route::Page(".wasm".into()), [Fault::Delay(Duration::from_secs(4))]), "bound")]
#[case::slow(Os::Ios, |sandbox: &Sandbox| sandbox.fail(Route::Bind, [Fault::Delay(Duration::from_secs(4))]), "bound")]
#[tokio::test]
async fn nothing_jumps(
    #[values((Size::COMPACT, "zh-Hant"), (Size::FULL, "en"))] (size, language): (Size, &str),
    #[case] os: Os,
    #[case] set_up: fn(&Sandbox),
    #[case] screen: &str,
) -> Result {
    let sandbox = sandbox().await?;
    sandbox.configure(|config| config.first_script = before::speaks(&[language]));
    set_up(&sandbox);
    let line = LineApp { language: language.into(), ..in_line(os, &sandbox) };
    let browser = Browser::open(Engine::Chromium, &line, &sandbox).await?;
    browser.resize(size).await?;
    browser.goto(&sandbox.line_url(&line)?).await?;
    browser.wait_for_screen(screen, SOON).await?;
    assert_eq!(browser.script(JUMPS).await?, json!([]));
    check(&sandbox);
    Ok(())
}

/// On a computer the QR code comes late; its place is kept.
#[tokio::test]
async fn a_qr_code_pushes_nothing_away() -> Result {
    let sandbox = sandbox().await?;
    sandbox.fail(file("qr-", ".js")?, [Fault::Delay(Duration::from_secs(1))]);
    let browser = Browser::open(Engine::Chromium, Device::Desktop, &sandbox).await?;
    browser.goto(&sandbox.browser_url("")).await?;
    browser.qr_text().await?;
    assert_eq!(browser.script(JUMPS).await?, json!([]));
    check(&sandbox);
    Ok(())
}

/// The focus goes to the heading, then to each action in the order shown, then to the link below; Enter presses.
#[rstest]
#[tokio::test]
async fn a_keyboard_will_do(#[values(Engine::Chromium, Engine::WebKit)] engine: Engine) -> Result {
    let sandbox = sandbox().await?;
    sandbox.configure(|config| config.consent = Some("2026-01".into()));
    let line = in_line(Os::Ios, &sandbox);
    let browser = opened(engine, &line, &sandbox, "confirm").await?;
    let focused = async || {
        browser.script("const { dataset, tagName } = document.activeElement; return dataset.action ?? tagName").await
    };
    let press = async |key: Key| -> Result { Ok(browser.session()?.action_chain().send_keys(key).perform().await?) };
    let mut order = vec![focused().await?];
    for _ in 0..2 {
        press(Key::Tab).await?;
        order.push(focused().await?);
    }
    assert_eq!(order, ["H1", "confirm", "cancel"].map(Value::from));
    press(Key::Tab).await?;
    assert_eq!(browser.script("return document.activeElement.className").await?, json!("foot privacy"));
    press(Key::Tab).await?;
    assert_eq!(focused().await?, "unlink-info");
    browser.script("document.querySelector('[data-action=confirm]').focus()").await?;
    press(Key::Enter).await?;
    browser.wait_for_screen("bound", SOON).await?;
    assert_eq!(focused().await?, "H1");
    check(&sandbox);
    Ok(())
}

/// If the system chooses all colours, a button still has an edge and the mark a shape.
#[tokio::test]
async fn forced_colours_leave_shapes() -> Result {
    let sandbox = sandbox().await?;
    let line = in_line(Os::Ios, &sandbox);
    let browser = Browser::open(Engine::Chromium, &line, &sandbox).await?;
    let forced = json!({ "features": [{ "name": "forced-colors", "value": "active" }] });
    browser.command("Emulation.setEmulatedMedia", forced).await?;
    browser.goto(&sandbox.line_url(&line)?).await?;
    browser.wait_for_screen("bound", SOON).await?;
    let edges = "return ['.mark', '.button[data-action]'].map((selector) =>
        getComputedStyle(document.querySelector(selector)).borderTopWidth + getComputedStyle(document.querySelector(selector)).borderTopStyle)";
    let seen = browser.script(edges).await?;
    if seen != json!(["1pxsolid", "1pxsolid"]) {
        return Err(Failure::new(format!("{seen}")));
    }
    check(&sandbox);
    Ok(())
}
