//! A thousand people bind one after the other, and for one in five something goes wrong on the way, by chance.
//!
//! Each presses the offered buttons until the page says "bound". The sandbox's ledger must agree with every screen on
//! the way: "bound" if there is one binding, and never "not bound" if there is one. And each page load reports its
//! visit as it ended: the injected fault, by its stage and its name. `LIFF_BIND_SEED` repeats a run, `LIFF_BIND_BINDS`
//! changes the number of binds.

mod rest;
mod visits;

use std::{env, time::Duration};

use e2e::{Browser, Engine, Failure, Result, before, breaches, in_line, sandbox};
use fastrand::Rng;
use sandbox::{Fault, LineApp, LineUser, Os, Route, Sandbox, Visit};
use serde_json::Value;

use crate::rest::{Rested, press_retry};

/// Browsers that run in parallel, and how many tenths of all binds each makes.
const ROWS: [(Engine, usize); 4] =
    [(Engine::Chromium, 3), (Engine::Chromium, 3), (Engine::Chromium, 2), (Engine::WebKit, 2)];
/// One in this many people meets a fault.
const FAULT_EVERY: usize = 5;
/// How often a person tries before giving up. No fault here lasts that long.
const MOST_PRESSES: usize = 8;
/// Longer than the page ever works without showing another screen.
const REST: Duration = Duration::from_secs(30);

/// The result of a row of binds.
#[derive(Clone, Debug, Default)]
struct Tally {
    binds: usize,
    faults: usize,
    recovered: usize,
    presses: usize,
    /// The reported visits, in order.
    visits: Vec<Visit>,
}

/// A number from the environment.
fn number(name: &str) -> Option<u64> {
    env::var(name).ok()?.parse().ok()
}

/// The seed of a run, printed so that the run can be repeated.
fn seed() -> u64 {
    let seed = number("LIFF_BIND_SEED").unwrap_or_else(|| fastrand::u64(..));
    eprintln!("LIFF_BIND_SEED={seed}");
    seed
}

#[tokio::test]
async fn a_thousand_binds_with_faults_end_bound_and_screens_and_ledger_agree() -> Result {
    let seed = seed();
    let binds = usize::try_from(number("LIFF_BIND_BINDS").unwrap_or(1000))?;
    let [a, b, c, d] = ROWS.map(|(engine, share)| (engine, binds * share / 10));
    let row = |(engine, binds), number| play(engine, binds, Rng::with_seed(seed.wrapping_add(number)));
    let (a, b, c, d) = tokio::join!(row(a, 0), row(b, 1), row(c, 2), row(d, 3));
    let all = [a?, b?, c?, d?].into_iter().fold(Tally::default(), |sum, row| Tally {
        binds: sum.binds + row.binds,
        faults: sum.faults + row.faults,
        recovered: sum.recovered + row.recovered,
        presses: sum.presses + row.presses,
        visits: [sum.visits, row.visits].concat(),
    });
    visits::agree_with_the_script(&all.visits)?;
    eprintln!(
        "{} binds, {} of them with a fault ({} recovered without a tap, the others took {} taps): \
        screens and ledger agree in every one",
        all.binds, all.faults, all.recovered, all.presses
    );
    assert!(binds < 200 || all.faults * (FAULT_EVERY + 2) > all.binds, "hardly a fault was met");
    Ok(())
}

/// Lets one person after the other bind in one browser.
async fn play(engine: Engine, binds: usize, mut rng: Rng) -> Result<Tally> {
    let sandbox = sandbox().await?;
    sandbox.configure(|config| config.first_script = before::IMPATIENT.into());
    let browser = Browser::open(engine, &LineApp::new(Os::Ios), &sandbox).await?;
    let mut tally = Tally::default();
    for number in 0..binds {
        let fault = (rng.usize(..FAULT_EVERY) == 0).then(|| trouble(&mut rng));
        let told = format!("{engine:?}, bind {number}, {fault:?}");
        let before = sandbox.ledger();
        let (presses, visits) = bind(&browser, &sandbox, fault.clone()).await.map_err(|failure| failure.of(&told))?;
        visits::name_the_fault(&visits, fault.as_ref()).map_err(|failure| failure.of(&told))?;
        tally.visits.extend(visits);
        // A fault that no request met doesn't count.
        let met = fault.is_some_and(|(route, _)| sandbox.ledger().since(&before).of(&route).next().is_some());
        tally.binds += 1;
        tally.presses += presses;
        tally.faults += usize::from(met);
        tally.recovered += usize::from(met && presses == 0);
    }
    // The beacons on the wire are those of the page loads that came to rest, and no others.
    let all_told = async || Ok(sandbox.ledger().visits().len() >= tally.visits.len());
    browser.wait_until("the beacons", REST, all_told).await?;
    if sandbox.ledger().visits() != tally.visits {
        return Err(Failure::new(format!("{engine:?}: the ledger's visits are not those of the pages")));
    }
    match breaches(&sandbox.ledger()) {
        none if none.is_empty() => Ok(tally),
        breaches => Err(Failure::new(breaches.join("\n"))),
    }
}

/// A random fault: the route, and its failures in a row.
fn trouble(rng: &mut Rng) -> (Route, Vec<Fault>) {
    // The browser caches the page's files at the first bind.
    let route = match rng.u8(..8) {
        0 => Route::Verify,
        1 => Route::Certs,
        2 => Route::Friendship,
        _ => Route::Bind,
    };
    let times = rng.usize(1..=5);
    let bind = route == Route::Bind;
    let fault = || match rng.u8(..if bind { 13 } else { 5 }) {
        0 => Fault::Refuse,
        1 => Fault::no_answer(),
        2 => Fault::Status(500),
        3 => Fault::Html,
        4 => Fault::CutOff,
        5 => Fault::Empty,
        6 => Fault::after_duty(Fault::Status(504)),
        7 => Fault::redirect(302, "/liff-bind.html"),
        8 => Fault::retry_after(429, 1),
        9 => Fault::example("line-unavailable"),
        10 => Fault::example("idempotency-in-progress"),
        11 => Fault::example("internal-error"),
        _ => Fault::example("binding-disabled"),
    };
    let faults = std::iter::repeat_with(fault).take(times).collect();
    (route, faults)
}

/// One person binds; returns the number of presses, and the visit that each page load has reported.
async fn bind(
    browser: &Browser<'_>,
    sandbox: &Sandbox,
    fault: Option<(Route, Vec<Fault>)>,
) -> Result<(usize, Vec<Visit>)> {
    for route in [Route::Verify, Route::Certs, Route::Friendship, Route::Bind] {
        sandbox.fail(route, []);
    }
    if let Some((route, faults)) = fault {
        sandbox.fail(route, faults);
    }
    let person = LineUser::new("Mei");
    let line = LineApp { user: Some(person.clone()), ..in_line(Os::Ios, sandbox) };
    sandbox.configure(|config| config.user = person.clone());
    browser.start_over(&sandbox.line_url(&line)?).await?;
    let (mut visits, mut document) = (Vec::new(), Value::Null);
    for presses in 0..MOST_PRESSES {
        let rested = Rested::at(browser).await?;
        agree(browser, sandbox, &person, &rested).await?;
        if document != rested.document {
            document = rested.document.clone();
            visits.push(visits::of_the_page(browser, &rested).await?);
        }
        browser.owes_no_visit().await?;
        if rested.screen.ends_with("bound") {
            return Ok((presses, visits));
        }
        // If the page offers only to close it, the person opens the link again.
        match rested.first.as_str() {
            "retry" => press_retry(browser).await?,
            _ => browser.goto(&sandbox.line_url(&line)?).await?,
        }
    }
    Err(Failure::new(format!("not bound after {MOST_PRESSES} presses\n{}", browser.situation().await)))
}

/// Checks that the ledger agrees with the screen.
async fn agree(browser: &Browser<'_>, sandbox: &Sandbox, person: &LineUser, rested: &Rested) -> Result {
    let bindings = sandbox.ledger().bindings.iter().filter(|binding| binding.sub == person.id).count();
    let agrees = match rested.screen.as_str() {
        "bound" | "already-bound" => bindings == 1,
        _ => bindings == 0 || (bindings == 1 && rested.is_unsure()),
    };
    if agrees {
        return Ok(());
    }
    let situation = browser.situation().await;
    Err(Failure::new(format!("{bindings} bindings, and the page said {}\n{situation}", rested.screen)))
}
