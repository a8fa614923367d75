//! The named cases of `tests/scenarios.json`, which `trunk serve` shows as well.

use e2e::{Browser, Engine, Failure, Result, Visitor, before, check, sandbox};
use rstest::rstest;
use sandbox::{Device, Scenario};

use crate::SOON;

#[rstest]
#[tokio::test]
async fn end_as_they_say(
    #[values(
        Device::LineIos,
        Device::LineAndroid,
        Device::LineInApp,
        Device::Phone,
        Device::Iphone,
        Device::Tablet,
        Device::Messenger,
        Device::Desktop
    )]
    device: Device,
) -> Result {
    let sandbox = sandbox().await?;
    let mut scenarios = Scenario::all()?;
    scenarios.retain(|scenario| scenario.device == device && !scenario.dev_only);
    // A browser keeps its user agent, and the files that it has cached.
    let browser_of =
        |scenario: &Scenario| (scenario.user_agent(), scenario.expect.failure.as_deref() == Some("page-load"));
    scenarios.sort_by_key(browser_of);
    let mut failures = Vec::new();
    for scenarios in scenarios.chunk_by(|a, b| browser_of(a) == browser_of(b)) {
        let user_agent = scenarios.iter().map(Scenario::user_agent).next().unwrap_or_default();
        let browser = Browser::open(Engine::ONE, Visitor { user_agent, ..device.into() }, &sandbox).await?;
        for scenario in scenarios {
            let played = play(scenario, &browser, &sandbox).await;
            failures.extend(played.err().map(|failure| failure.of(&scenario.name)));
        }
    }
    check(&sandbox);
    Failure::all(&failures)
}

async fn play(scenario: &Scenario, browser: &Browser<'_>, sandbox: &sandbox::Sandbox) -> Result {
    sandbox.reset();
    sandbox.configure(|config| config.first_script = [before::IMPATIENT, &scenario.device.script()].concat());
    browser.start_over(&sandbox.play(scenario)?).await?;
    let expect = &scenario.expect;
    let wanted = match &expect.failure {
        Some(failure) => format!("{}/{failure}", expect.screen),
        None => expect.screen.clone(),
    };
    browser.wait_for_screen(&wanted, SOON).await?;
    // The rules for a list differ from those for a card: `doctor.rs`.
    if wanted == "check" {
        return Ok(());
    }
    browser.inspect().await?;
    if let Some(then) = &scenario.then {
        browser.tap(&then.press).await?;
        browser.wait_for_screen(&then.screen, SOON).await?;
        browser.inspect().await?;
    }
    Ok(())
}
