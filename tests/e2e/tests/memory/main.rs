//! The memory that the page takes from a small phone: left open, and after a hundred retries.
//!
//! These tests take long, so call them by name: `cargo test -p e2e --test memory -- --ignored --nocapture`.
//! `LIFF_BIND_MINUTES` leaves the pages open for another time than an hour. Only Chromium reports its memory.

#![expect(clippy::print_stdout, reason = "the numbers are what this is for")]

mod reading;

use std::{env, time::Duration};

use e2e::{Browser, Engine, Result, before, check, in_line, one, sandbox};
use sandbox::{Fault, Os, Route, Sandbox};

use crate::reading::{PROBE, Reading};

/// The most bytes that the module may hold, whatever has happened.
const MOST_WASM: u64 = 2 << 20;
/// The most bytes that anything may add, module and JavaScript together.
const MOST_GROWTH: u64 = 2 << 20;
/// How often a person presses who does not give up.
const PRESSES: usize = 100;
/// Longer than any screen takes, on a machine that is busy.
const SOON: Duration = Duration::from_secs(30);

/// Two phones lie on a table, one with a bound page, one with a failed page. Neither does anything meanwhile, and both
/// show the truth afterwards: by then the failed one's link has expired (10 minutes), after an hour its ID token too.
#[tokio::test]
#[ignore = "takes an hour"]
async fn pages_left_open() -> Result {
    let (happy, unhappy) = (probed().await?, probed().await?);
    unhappy.fail_always(Route::Bind, Fault::example("internal-error"));
    let bound = open(&happy, "bound").await?;
    let failed = open(&unhappy, "failed/server").await?;
    // The last timer that the page sets for itself fires within 30 s.
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

/// After a hundred presses of "try again" the page is the same as at first.
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
        // Not by `tap`: the driver keeps the elements it has found, and those keep their cards.
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

/// A sandbox whose page has the probe.
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
