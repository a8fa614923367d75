//! The command line.

use std::path::PathBuf;

use serde::{Deserialize, de::value::StrDeserializer};

use crate::{
    network::{Network, Way},
    visit::Visit,
};

/// The usage text.
const USAGE: &str =
    "bench run [--rounds N] [--first-round N] [--pages A,B] [--visits cold,warm,liff-state,sign-in,tasks]
          [--conditions slow4g/link,fast4g/cdp,none/cdp] [--samples FILE]
bench report [--samples FILE] [--about TEXT] [--output FILE]";

/// The command.
pub enum Job {
    /// Measure.
    Run(Options),
    /// Make the table.
    Report {
        /// The samples to read.
        samples: PathBuf,
        /// The machine, the software and the date.
        about: String,
        /// The Markdown file.
        output: PathBuf,
    },
}

/// Options of the measurement.
pub struct Options {
    /// Number of rounds.
    pub rounds: usize,
    /// The number of the first round; the order of the pages depends on it.
    pub first_round: usize,
    /// Names of pages; all when empty.
    pub pages: Vec<String>,
    /// The ways to open the pages.
    pub visits: Vec<Visit>,
    /// The networks to use.
    pub conditions: Vec<(Network, Way)>,
    /// The file that samples are appended to.
    pub samples: PathBuf,
}

/// Reads the arguments; an error is the text to show.
pub fn read(arguments: impl Iterator<Item = String>) -> Result<Job, String> {
    let mut arguments = arguments;
    let job = arguments.next().ok_or(USAGE)?;
    let mut options = Options {
        rounds: 1,
        first_round: 0,
        pages: Vec::new(),
        visits: vec![Visit::Cold],
        conditions: vec![(Network::None, Way::Cdp)],
        samples: "target/bench/samples.jsonl".into(),
    };
    let mut about = String::new();
    let mut output = PathBuf::from("docs/benchmark.md");
    while let Some(name) = arguments.next() {
        let value = arguments.next().ok_or_else(|| format!("{name} lacks its value\n{USAGE}"))?;
        let wrong = || format!("{name} can't be {value:?}\n{USAGE}");
        match name.as_str() {
            "--rounds" => options.rounds = value.parse().map_err(|_| wrong())?,
            "--first-round" => options.first_round = value.parse().map_err(|_| wrong())?,
            "--pages" => options.pages = value.split(',').map(String::from).collect(),
            "--visits" => options.visits = value.split(',').map(named).collect::<Option<_>>().ok_or_else(wrong)?,
            "--conditions" => {
                let condition = |text: &str| {
                    let (network, way) = text.split_once('/')?;
                    Some((named(network)?, named(way)?))
                };
                options.conditions = value.split(',').map(condition).collect::<Option<_>>().ok_or_else(wrong)?;
            }
            "--samples" => options.samples = value.into(),
            "--about" => about = value,
            "--output" => output = value.into(),
            _ => return Err(format!("{name} is not known\n{USAGE}")),
        }
    }
    match job.as_str() {
        "run" => Ok(Job::Run(options)),
        "report" => Ok(Job::Report { samples: options.samples, about, output }),
        _ => Err(USAGE.into()),
    }
}

/// A variant by the name it has in the samples.
fn named<'d, T: Deserialize<'d>>(name: &'d str) -> Option<T> {
    T::deserialize(StrDeserializer::<serde::de::value::Error>::new(name)).ok()
}
