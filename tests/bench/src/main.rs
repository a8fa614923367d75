//! Compares the page's speed with other pages, in Chromium on a slow network: `tests/bench/run.sh`.
//!
//! Each round visits every page once, in an order that moves on by one, so that other work of the machine affects all
//! pages alike. The samples are appended to `target/bench/samples.jsonl`; `report` turns them into `docs/benchmark.md`.

#![expect(
    clippy::indexing_slicing,
    reason = "only JSON is indexed, where what is missing is null: the protocol's messages are taken apart so"
)]

mod chromium;
mod link;
mod network;
mod options;
mod priority;
mod report;
mod server;
mod site;
mod tasks;
mod visit;

use std::{
    fs::{self, OpenOptions},
    io::{self, Write},
    path::Path,
    process::ExitCode,
    sync::Arc,
};

use sandbox::{Sandbox, SandboxConfig};

use crate::{
    network::{Network, Way},
    options::{Job, Options},
    server::{BIND_TAKES, Server},
    site::Site,
    visit::{Page, Profile, Sample, Visit},
};

/// The output of `build.mjs`: a folder for each page, and LINE's CDN.
const BUILT: &str = "target/bench";

#[tokio::main]
async fn main() -> ExitCode {
    let job = match options::read(std::env::args().skip(1)) {
        Ok(job) => job,
        Err(message) => {
            eprintln!("{message}");
            return ExitCode::from(2);
        }
    };
    let done = match job {
        Job::Run(options) => run(&options).await,
        Job::Report { samples, about, output } => report::write(&samples, &about, &output),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(options: &Options) -> io::Result<()> {
    let built = Path::new(BUILT);
    let pages = pages(&built.join("pages"), &options.pages)?;
    let sandbox = Sandbox::start(SandboxConfig { bind_takes: BIND_TAKES, ..SandboxConfig::new("dist") }).await?;
    let server = Server::start(sandbox, &built.join("cdn")).await?;
    let mut samples = OpenOptions::new().create(true).append(true).open(&options.samples)?;

    for round in options.first_round..options.first_round + options.rounds {
        for &(network, way) in &options.conditions {
            for place in 0..pages.len() {
                let Some(page) = pages.get((place + round) % pages.len()) else { continue };
                for sample in visits(&server, page, options, network, way).await? {
                    let sample = Sample { round, ..sample };
                    eprintln!(
                        "{round:>3} {network:?} {way:?} {:<10} {:?}: bound {:.0}, paint {:.0}, {:?} bytes, {} requests, {:?} in a row",
                        sample.page,
                        sample.visit,
                        sample.bound,
                        sample.paint,
                        sample.bytes,
                        sample.requests,
                        sample.row,
                    );
                    writeln!(samples, "{}", serde_json::to_string(&sample)?)?;
                }
            }
        }
    }
    Ok(())
}

/// The wanted pages; all of them if none is named.
fn pages(folder: &Path, wanted: &[String]) -> io::Result<Vec<Page>> {
    let mut pages = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if wanted.is_empty() || wanted.contains(&name) {
            pages.push(Page { name, site: Arc::new(Site::load(&entry.path())?) });
        }
    }
    pages.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(pages)
}

/// The wanted visits to one page, each in a fresh profile; only the warm one uses the cold one's profile.
async fn visits(
    server: &Server,
    page: &Page,
    options: &Options,
    network: Network,
    way: Way,
) -> io::Result<Vec<Sample>> {
    let mut samples = Vec::new();
    for &visit in &options.visits {
        if visit == Visit::Warm {
            continue;
        }
        let mut profile = Profile::new(server).await?;
        samples.push(profile.visit(page, visit, network, way).await?);
        if visit == Visit::Cold && options.visits.contains(&Visit::Warm) {
            samples.push(profile.visit(page, Visit::Warm, network, way).await?);
        }
        profile.close().await?;
    }
    Ok(samples)
}
