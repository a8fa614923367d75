//! The fault table: faults of LINE, the network, the phone and people, one row each.
//!
//! A row is data (`row`). `stage` simulates it, `watch` waits as a person does, `press` uses the offered controls, and
//! `verdict` checks by the sandbox's ledger whether the person was told the truth. Each place has a file of rows. The
//! results become `docs/faults.md` (`table`).
//!
//! Rows run in both engines; in one of them, if nothing of transport, storage or navigation is at stake. What the page's
//! core decides by itself isn't here, but in `tests/flow`.
//!
//! `cargo test -p e2e --test faults -- WORDS` runs the rows with these words; `--test-threads=N` is the number of
//! browsers.

#![expect(clippy::print_stdout, reason = "a test program of its own reports by printing")]

mod hostile;
mod line;
mod network;
mod people;
mod phone;
mod press;
mod row;
mod stage;
mod table;
mod unlinking;
mod verdict;
mod watch;

use std::{
    collections::{BTreeSet, VecDeque},
    process::ExitCode,
    sync::{Mutex, MutexGuard, PoisonError},
    thread,
    time::Instant,
};

use e2e::{Engine, Failure};
use tokio::runtime::Runtime;

use crate::{
    row::Row,
    stage::{Played, Stage},
    verdict::{Finding, Wrong},
};

/// A row in an engine, and its result.
type Outcome<'r> = (&'r Row, Engine, Result<Played, Finding>);

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let browsers = arguments.iter().find_map(|argument| argument.strip_prefix("--test-threads=")?.parse().ok());
    let words = arguments.iter().find(|argument| !argument.starts_with("--"));
    match run(words.map(String::as_str), browsers.unwrap_or(4)) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(failure) => {
            println!("{failure}\n\ntest result: FAILED. 0 passed; 1 failed");
            ExitCode::FAILURE
        }
    }
}

/// Runs the rows whose name has `words`, and prints the results; returns whether all is well.
fn run(words: Option<&str>, browsers: usize) -> Result<bool, Failure> {
    let all = [line::rows(), network::rows(), phone::rows()?, people::rows(), unlinking::rows(), hostile::rows()];
    let mut rows: Vec<Row> = all
        .into_iter()
        .flatten()
        .enumerate()
        .map(|(number, row)| Row { number, ..row })
        .filter(|row| words.is_none_or(|words| row.to_string().contains(words)))
        .collect();
    // Sorted so that rows which can share a browser follow each other.
    rows.sort_by_key(|row| (row.fresh, row.device as u8));
    let outcomes = play(&rows, browsers)?;
    let passed = outcomes.iter().filter(|(.., played)| played.is_ok()).count();
    let mut failed = outcomes.len() - passed;
    println!("\n{}", summary(&outcomes));
    // Once more, where the log ends.
    for (row, engine, played) in &outcomes {
        if let Err(finding) = played {
            println!("\n{engine:?}: {row} ... FAILED\n{finding}");
        }
    }
    // Only all rows together make the table.
    if words.is_none()
        && let Err(failure) = table::keep(&outcomes)
    {
        println!("\n{failure}");
        failed += 1;
    }
    let word = if failed == 0 { "ok" } else { "FAILED" };
    println!("\ntest result: {word}. {passed} passed; {failed} failed");
    Ok(failed == 0)
}

/// Runs every row in each of its engines, in this many browsers at a time. Each browser has a sandbox of its own.
fn play(rows: &[Row], browsers: usize) -> Result<Vec<Outcome<'_>>, Failure> {
    let runtime = Runtime::new()?;
    let outcomes = Mutex::new(Vec::new());
    let queues = [Engine::Chromium, Engine::WebKit].map(|engine| {
        let rows: VecDeque<&Row> = rows.iter().filter(|row| row.is_for(engine)).collect();
        (engine, Mutex::new(rows))
    });
    thread::scope(|scope| {
        for (engine, queue) in queues.iter().cycle().take(browsers.max(queues.len())) {
            scope.spawn(|| runtime.block_on(work(*engine, queue, &outcomes)));
        }
    });
    Ok(outcomes.into_inner().unwrap_or_else(PoisonError::into_inner))
}

/// Runs rows until there are none left.
async fn work<'r>(engine: Engine, queue: &Mutex<VecDeque<&'r Row>>, outcomes: &Mutex<Vec<Outcome<'r>>>) {
    let next = || lock(queue).pop_front();
    let Ok(sandbox) = e2e::sandbox().await else {
        // Without a release build no row can run, and each says so.
        let cannot = |row| (row, engine, Err(Finding::otherwise("there is no release build")));
        return lock(outcomes).extend(std::iter::from_fn(next).map(cannot));
    };
    let mut stage = Stage::new(engine, &sandbox);
    while let Some(row) = next() {
        let begun = Instant::now();
        let played = stage.play(row).await;
        let word = played.as_ref().map_or_else(|finding| format!("FAILED\n{finding}\n"), |_| "ok".into());
        println!("{engine:?}, {:.1} s: {row} ... {word}", begun.elapsed().as_secs_f32());
        lock(outcomes).push((row, engine, played));
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The numbers that matter.
fn summary(outcomes: &[Outcome<'_>]) -> String {
    let count =
        |is: &dyn Fn(&Result<Played, Finding>) -> bool| outcomes.iter().filter(|(_, _, played)| is(played)).count();
    let ended = |by_itself| count(&|played| played.as_ref().is_ok_and(|played| played.by_itself == by_itself));
    let wrong = |wrong| count(&|played| played.as_ref().is_err_and(|finding| finding.wrong == wrong));
    let rows: BTreeSet<_> = outcomes.iter().map(|(row, ..)| row.number).collect();
    [
        format!("faults tried:                                 {} (in {} runs)", rows.len(), outcomes.len()),
        format!("recovered without a tap:                      {}", ended(true)),
        format!("ended in a true screen with a working action: {}", ended(false)),
        format!("false successes:                              {}", wrong(Wrong::FalseSuccess)),
        format!("lost binds:                                   {}", wrong(Wrong::LostBind)),
        format!("doubled binds:                                {}", wrong(Wrong::DoubledBind)),
        format!("stuck:                                        {}", wrong(Wrong::Stuck)),
        format!("otherwise not as their rows say:              {}", wrong(Wrong::Otherwise)),
    ]
    .join("\n")
}
