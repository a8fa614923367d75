//! Compares the reported visits with the facts, and with the figures of `scripts/visits.mjs`.

use std::{collections::BTreeMap, fmt::Write, fs, path::Path, process::Command};

use e2e::{Browser, Failure, Result};
use sandbox::{Fault, Route, Visit};
use serde_json::Value;

use crate::rest::Rested;

/// The one visit of this page load, which has just come to rest: its report matches the screen that the person sees.
pub async fn of_the_page(browser: &Browser<'_>, rested: &Rested) -> Result<Visit> {
    match rested.visits.as_slice() {
        [visit] if visit.screen() == rested.screen => Ok(visit.clone()),
        told => Err(Failure::new(format!("at {} it told {told:?}\n{}", rested.screen, browser.situation().await))),
    }
}

/// A reported failure is the injected one, as far as a page can tell: by its place, and by its name.
pub fn name_the_fault(visits: &[Visit], fault: Option<&(Route, Vec<Fault>)>) -> Result {
    let stage = match fault {
        Some((Route::Verify | Route::Certs, _)) => "init",
        Some((Route::Bind, _)) => "bind",
        // The page asks about friendship once the customer is bound.
        _ => "none",
    };
    let names: Vec<&str> = match fault {
        // A bind that may have happened is "unsure", whatever comes after it.
        Some((Route::Bind, faults)) => faults.iter().map(name).chain(["unsure"]).collect(),
        // LINE's SDK decides which of them it is.
        _ => vec!["line-init", "line-down", "setup-mismatch", "sign-in-expired", "sign-in-refused"],
    };
    for visit in visits.iter().filter(|visit| visit.get("outcome") == "failed") {
        if visit.get("stage") != stage || !names.contains(&visit.get("failure")) {
            return Err(Failure::new(format!("{visit:?} is none of {names:?} at {stage}")));
        }
    }
    Ok(())
}

/// The failure to which a lasting fault of the bind API leads.
fn name(fault: &Fault) -> &'static str {
    match fault {
        Fault::Status(_) | Fault::Html => "server",
        Fault::AfterDuty(fault) if matches!(**fault, Fault::Status(_)) => "server",
        Fault::RetryAfter(..) => "busy",
        Fault::Example(name) if name == "line-unavailable" => "line-down",
        Fault::Example(name) if name == "internal-error" => "server",
        Fault::Example(name) if name == "binding-disabled" => "paused",
        _ => "unsure",
    }
}

/// In a log of all visits, the script finds the reported number of each failure, at each stage. The log stays in
/// `target/soak`.
pub fn agree_with_the_script(visits: &[Visit]) -> Result {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/soak");
    fs::create_dir_all(&folder)?;
    let log = folder.join("visits.log");
    let mut text = String::new();
    let mut told = BTreeMap::new();
    for visit in visits {
        writeln!(text, "2026-11-28T09:00:00+08:00 {}", visit.query())?;
        if visit.get("outcome") == "failed" {
            *told.entry(format!("{} at {}", visit.get("failure"), visit.get("stage"))).or_insert(0) += 1;
        }
    }
    fs::write(&log, text)?;

    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/../../scripts/visits.mjs");
    let output = Command::new("node").arg(script).arg("--json").arg(&log).output()?;
    let counted: Value = serde_json::from_slice(&output.stdout)?;
    let mut found = BTreeMap::new();
    let list = |value: &Value, name: &str| value.get(name).and_then(Value::as_array).cloned().unwrap_or_default();
    let word = |value: &Value, name: &str| value.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    for failure in list(&counted, "failures") {
        for place in list(&failure, "places") {
            let visits = place.get("visits").and_then(Value::as_u64).unwrap_or_default();
            *found.entry(format!("{} at {}", word(&failure, "name"), word(&place, "stage"))).or_insert(0) += visits;
        }
    }
    let number = |name: &str| counted.get(name).and_then(Value::as_u64).unwrap_or_default();
    let bound = visits.iter().filter(|visit| visit.get("outcome").ends_with("bound")).count();
    let all = (number("visits"), number("bound"));
    if found != told || all != (u64::try_from(visits.len())?, u64::try_from(bound)?) {
        return Err(Failure::new(format!("told: {told:?}; counted: {found:?}, {all:?} of {} visits", visits.len())));
    }
    eprintln!("{} visits told, {bound} of them bound, and {told:?}: scripts/visits.mjs agrees", visits.len());
    Ok(())
}
