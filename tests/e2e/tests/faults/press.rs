//! Uses the primary action of a screen as a person does, and checks that it works.

use e2e::{Browser, Engine, Shown};
use sandbox::Device;
use serde_json::Value;

use crate::{
    row::SOON,
    stage::Scene,
    verdict::{Finding, Wrong},
    watch::{screen, wait_for},
};

/// The copy button says that it has copied, or the code is selected to be copied by hand.
const COPIED: &str = "
    const code = document.querySelector('.code output').innerText;
    const button = document.querySelector('[data-action=copy-code]').innerText;
    return /copied/i.test(button) || getSelection().toString().trim() === code;
";

/// Uses `action`, which must be the first one shown, and waits for the screen it leads to.
pub async fn press(scene: &mut Scene<'_>, shown: &Shown, action: &str, leads_to: &str) -> Result<(), Finding> {
    if shown.actions.first().is_none_or(|first| first != action) {
        return Err(Finding::otherwise(format!("the actions are {:?}, not {action:?} first", shown.actions)));
    }
    let used = match action {
        "open-line" => {
            let liff_url = scene.browser.href(action).await?;
            scene.open_line(&liff_url).await?;
            wait_for(&scene.browser, leads_to).await.map(drop)
        }
        "close" => closed(scene).await,
        "copy-code" => {
            scene.browser.tap(action).await?;
            let copied = async || Ok(scene.browser.script(COPIED).await? == Value::Bool(true));
            Ok(scene.browser.wait_until("the code being copied", SOON, copied).await?)
        }
        _ => {
            scene.presses.add(action);
            try_again(&scene.browser, action, &shown.name, leads_to).await
        }
    };
    used.map_err(|finding| Finding::new(Wrong::Stuck, format!("{action}: {}", finding.text)))
}

/// Taps, and waits for the screen it leads to. If that is the same screen again, the page must have tried: by another
/// document, or by another screen in between.
async fn try_again(browser: &Browser<'_>, action: &str, before: &str, wanted: &str) -> Result<(), Finding> {
    let document = async || browser.script("return performance.timeOrigin").await;
    let old = document().await?;
    browser.tap(action).await?;
    if before == wanted {
        let tried = async || Ok(document().await? != old || screen(browser).await != before);
        browser.wait_until("a try", SOON, tried).await?;
    }
    wait_for(browser, wanted).await.map(drop)
}

/// Taps "close". In LINE the window closes: Chromium notices that, and `MiniBrowser` leaves the page. Elsewhere no
/// script may close it, and the page says so.
async fn closed(scene: &Scene<'_>) -> Result<(), Finding> {
    let browser = &scene.browser;
    let before = browser.text().await?;
    browser.tap("close").await?;
    let is_closed = async || {
        Ok(match (scene.visit.device, scene.engine) {
            (Device::LineIos | Device::LineAndroid, Engine::Chromium) => {
                scene.ledger().line_calls().contains(&"liff://close")
            }
            (Device::LineIos | Device::LineAndroid, Engine::WebKit) => screen(browser).await.is_empty(),
            _ => browser.text().await? != before,
        })
    };
    Ok(browser.wait_until("the window closing", SOON, is_closed).await?)
}
