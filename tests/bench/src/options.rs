//! The command line.

use std::path::PathBuf;

use serde::{Deserialize, de::value::StrDeserializer};

use crate::{
    network::{Network, Way},
    visit::Visit,
};

/// How it is called.
const USAGE: &str =
    "bench run [--rounds N] [--first-round N] [--pages A,B] [--visits cold,warm,liff-state,sign-in,tasks]
          [--conditions slow4g/link,fast4g/cdp,none/cdp] [--samples FILE]
bench report [--samples FILE] [--about TEXT] [--output FILE]";

/// What is to be done.
pub enum Job {
    /// Measure.
    Run(Options),
    /// Make the table.
    Report {
        /// What was measured.
        samples: PathBuf,
        /// On which machine, with what and when.
        about: String,
        /// The Markdown file.
        output: PathBuf,
    },
}

/// What is to be measured.
pub struct Options {
    /// How often.
    pub rounds: usize,
    /// The number of the first round, by which the order is turned.
    pub first_round: usize,
    /// Names of pages; all when empty.
    pub pages: Vec<String>,
    /// How they are opened.
    pub visits: Vec<Visit>,
    /// Over which networks.
    pub conditions: Vec<(Network, Way)>,
    /// Where what is seen is appended.
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
