//! What the page costs a phone that has little memory: left open, and through a hundred retries.
//!
//! It takes as long as it waits, so it is asked for by name: `cargo test -p e2e --test memory -- --ignored --nocapture`.
//! `LIFF_BIND_MINUTES` leaves the pages open for another time than an hour. Chromium alone tells what it holds.

#![expect(clippy::print_stdout, reason = "the numbers are what this is for")]

mod reading;

use std::{env, time::Duration};

use e2e::{Browser, Engine, Result, before, check, in_line, one, sandbox};
use sandbox::{Fault, Os, Route, Sandbox};

use crate::reading::{PROBE, Reading};

/// The most that the module may hold, in bytes, whatever has happened.
const MOST_WASM: u64 = 2 << 20;
/// The most that anything may add, module and JavaScript together, in bytes.
const MOST_GROWTH: u64 = 2 << 20;
/// How often somebody presses who does not give up.
const PRESSES: usize = 100;
/// Longer than any screen takes, on a machine that is busy.
const SOON: Duration = Duration::from_secs(30);

/// Two phones lie on a table, one page bound, one failed. Neither does anything meanwhile, and both tell the truth afterwards: by
/// then the link of the failed one has expired (10 minutes), after an hour its ID token too.
#[tokio::test]
#[ignore = "takes an hour"]
async fn pages_left_open() -> Result {
    let (happy, unhappy) = (probed().await?, probed().await?);
    unhappy.fail_always(Route::Bind, Fault::example("internal-error"));
    let bound = open(&happy, "bound").await?;
    let failed = open(&unhappy, "failed/server").await?;
    // The last alarm that the page sets for itself rings within 30 s.
    tokio::time::sleep(Duration::from_secs(40)).await;
    let before = [Reading::of(&bound).await?, Reading::of(&failed).await?];

    let minutes = env::var("LIFF_BIND_MINUTES").ok().and_then(|minutes| minutes.parse().ok()).unwrap_or(60);
    tokio::time::sleep(Duration::from_mins(minutes)).await;
    let after = [Reading::of(&bound).await?, Reading::of(&failed).await?];
    for ((name, before), after) in ["bound", "failed"].into_iter().zip(&before).zip(&after) {
        println!("{name}, after {minutes} minutes:\n  before {before}\n  after  {after}");
    }
    for ((name, before), after) in ["bound", "failed"].into_iter().zip(before).zip(after) {
        assert_eq!(after.wasm, before.wasm, "the module grew while {name}");
        assert_eq!(after.calls, before.calls, "timers ran while {name}");
        assert!(after.total() < before.total() + MOST_GROWTH, "{name} grew");
    }

    bound.wait_for_screen("bound", SOON).await?;
    unhappy.heal();
    failed.tap("retry").await?;
    let ends = ["bound", "failed/link-expired"];
    failed.wait_until("an end", SOON, async || Ok(ends.contains(&failed.look().await?.name.as_str()))).await?;
    one(happy.ledger().bindings)?;
    check(&happy);
    check(&unhappy);
    Ok(())
}

/// Whoever presses "try again" a hundred times gets the same page as at first.
#[tokio::test]
#[ignore = "takes minutes"]
async fn a_hundred_retries() -> Result {
    for (screen, route, fault) in [
        ("failed/server", Route::Bind, Fault::example("internal-error")),
        ("failed/unsure", Route::Bind, Fault::no_answer()),
        ("failed/busy", Route::Bind, Fault::retry_after(429, 60)),
        ("failed/line-down", Route::Verify, Fault::Status(500)),
    ] {
        retries(screen, route, fault).await.map_err(|failure| failure.of(screen))?;
    }
    Ok(())
}

async fn retries(screen: &str, route: Route, fault: Fault) -> Result {
    let sandbox = probed().await?;
    sandbox.configure(|config| config.first_script.push_str(before::IMPATIENT));
    sandbox.fail_always(route.clone(), fault);
    let browser = open(&sandbox, screen).await?;
    let before = Reading::of(&browser).await?;
    let asked = || sandbox.ledger().of(&route).count();
    for _ in 0..PRESSES {
        let earlier = asked();
        // Not by `tap`: the driver holds on to the elements it has found, and they to their cards.
        browser.script("document.querySelector('[data-action=retry]').click()").await?;
        browser.wait_until("the next try", SOON, async || Ok(asked() > earlier)).await?;
        browser.wait_for_screen(screen, SOON).await?;
    }
    let after = Reading::of(&browser).await?;
    let requests = asked();
    println!("{screen}, {PRESSES} retries, {requests} requests:\n  before {before}\n  after  {after}");
    assert!(after.wasm <= MOST_WASM, "the module holds too much");
    assert!(after.total() < before.total() + MOST_GROWTH, "it grew");

    sandbox.heal();
    browser.tap("retry").await?;
    browser.wait_until("bound", SOON, async || Ok(browser.screen().await?.ends_with("bound"))).await?;
    check(&sandbox);
    Ok(())
}

/// A sandbox whose page is watched.
async fn probed() -> Result<Sandbox> {
    let sandbox = sandbox().await?;
    sandbox.configure(|config| config.first_script = PROBE.into());
    Ok(sandbox)
}

/// Opens the shop's link in LINE.
async fn open<'s>(sandbox: &'s Sandbox, screen: &str) -> Result<Browser<'s>> {
    let line = in_line(Os::Android, sandbox);
    let browser = Browser::open(Engine::Chromium, &line, sandbox).await?;
    browser.goto(&sandbox.line_url(&line)?).await?;
    browser.wait_for_screen(screen, SOON).await?;
    Ok(browser)
}
