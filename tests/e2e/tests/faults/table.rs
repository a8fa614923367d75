//! `docs/faults.md`: the results of the rows.

use std::{fs, path::PathBuf};

use e2e::{Engine, Failure, Result};

use crate::{
    Outcome,
    row::{Place, Row},
};

const HEAD: &str = "# Faults

What was done to the page, and what the person saw. Written by the run itself (`tests/e2e/tests/faults`), not by hand: the run
fails when it sees anything else. In every row the sandbox's ledger, not the page, says what was bound: no screen said \"bound\"
without a binding, none said \"not bound\" where there was one, and nothing was bound twice. Where the page rested at a screen
that is no end, its primary action was used, and led where the row says. One engine is enough where nothing of transport, storage or
navigation is at stake.
";

/// Compares the results with the file in the repository, or writes it if `LIFF_BIND_WRITE` is set. Failed rows are not
/// written.
pub fn keep(outcomes: &[Outcome<'_>]) -> Result {
    let text = markdown(outcomes)?;
    let file: PathBuf = [env!("CARGO_MANIFEST_DIR"), "../../docs/faults.md"].iter().collect();
    if std::env::var_os("LIFF_BIND_WRITE").is_some() {
        return Ok(fs::write(file, text)?);
    }
    let kept = fs::read_to_string(file).unwrap_or_default();
    if kept == text {
        return Ok(());
    }
    let new = text.lines().find(|line| !kept.lines().any(|own| own == *line));
    let old = kept.lines().find(|line| !text.lines().any(|own| own == *line));
    Err(Failure::new(format!(
        "docs/faults.md is not what was seen. Look at what changed, and write it anew with LIFF_BIND_WRITE=1.\nseen: {}\nkept: {}",
        new.unwrap_or("-"),
        old.unwrap_or("-")
    )))
}

fn markdown(outcomes: &[Outcome<'_>]) -> Result<String> {
    let chapters = Place::ALL.iter().map(|place| chapter(*place, outcomes)).collect::<Result<Vec<_>>>()?;
    Ok([vec![HEAD.to_owned()], chapters].concat().join("\n"))
}

fn chapter(place: Place, outcomes: &[Outcome<'_>]) -> Result<String> {
    let mut lines = outcomes
        .iter()
        .filter(|(row, ..)| row.place == place)
        .map(|(row, ..)| Ok((row.number, line(row, outcomes)?)))
        .collect::<Result<Vec<_>>>()?;
    lines.sort_unstable();
    lines.dedup();
    let lines: String = lines.into_iter().filter_map(|(_, line)| line).collect();
    let columns =
        "| fault | injected at | what the person sees | how it ends | engines |\n| --- | --- | --- | --- | --- |";
    Ok(format!("## {}\n\n{columns}\n{lines}", place.title()))
}

/// The line of a row; none if it failed everywhere.
fn line(row: &Row, outcomes: &[Outcome<'_>]) -> Result<Option<String>> {
    let played = outcomes.iter().filter(|(other, ..)| other.number == row.number);
    let seen: Vec<(Engine, &str)> =
        played.filter_map(|(_, engine, played)| Some((*engine, played.as_ref().ok()?.heading.as_str()))).collect();
    let Some((_, heading)) = seen.first() else { return Ok(None) };
    if let Some((engine, other)) = seen.iter().find(|(_, other)| other != heading) {
        return Err(Failure::new(format!("{}: {engine:?} shows {other:?}, not {heading:?}", row.fault)));
    }
    let cells =
        [row.fault.clone(), row.at.clone(), format!("`{}`: {heading}", row.resting()), ends(row), engines(row, &seen)];
    Ok(Some(format!("| {} |\n", cells.map(|cell| cell.replace('|', "\\|")).join(" | "))))
}

fn ends(row: &Row) -> String {
    let on_the_way: Vec<_> = row.screens.iter().rev().skip(1).rev().map(|screen| format!("`{screen}`")).collect();
    match row.then {
        None if !on_the_way.is_empty() => format!("goes on by itself after {}", on_the_way.join(", ")),
        None if row.is_hands_off() => "goes on by itself".into(),
        None => "bound by that tap".into(),
        Some(("close", _)) => "`close` closes the window".into(),
        Some(("copy-code", _)) => "`copy-code` copies the code for the shop".into(),
        Some((action, screen)) if screen == row.resting() => format!("`{action}` tries again: the same, still true"),
        Some((action, screen)) => format!("`{action}` leads to `{screen}`"),
    }
}

fn engines(row: &Row, seen: &[(Engine, &str)]) -> String {
    let mut names: Vec<_> = seen.iter().map(|(engine, _)| format!("{engine:?}")).collect();
    names.sort_unstable();
    match (row.only, row.one_engine) {
        (Some((_, reason)), _) => format!("{} ({reason})", names.join(", ")),
        // Which one it was changes with each new row.
        (None, true) => "one is enough".into(),
        (None, false) => names.join(", "),
    }
}
