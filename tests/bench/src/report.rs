//! `docs/benchmark.md`: medians, interquartile ranges, and the goals.

use std::{collections::BTreeSet, fs, io, iter, path::Path};

use crate::{
    network::{Network, Way},
    visit::{Sample, Visit},
};

/// The pages in the order of the tables, with their names there.
const PAGES: [(&str, &str); 5] = [
    (OURS, "**liff-bind**"),
    (FLOOR, "floor"),
    (VANILLA, "vanilla, SDK bundled in"),
    (CDN, "vanilla, LINE's CDN SDK"),
    (REACT, "React, as templates ship it"),
];
const OURS: &str = "liff-bind";
const FLOOR: &str = "floor";
const VANILLA: &str = "vanilla";
const CDN: &str = "cdn";
const REACT: &str = "react";

/// The words around the tables.
const TEMPLATE: &str = include_str!("report.md");

/// The conditions of a table, with the names of its columns.
const COLUMNS: [(Network, Way, &str); 4] = [
    (Network::Slow4g, Way::Link, "slow 4G, link"),
    (Network::Fast4g, Way::Link, "fast 4G, link"),
    (Network::Slow4g, Way::Cdp, "slow 4G, CDP"),
    (Network::Fast4g, Way::Cdp, "fast 4G, CDP"),
];

/// Writes the report from the samples. `about` names the machine, the software and the date.
pub fn write(samples: &Path, about: &str, output: &Path) -> io::Result<()> {
    let lines = fs::read_to_string(samples)?;
    let samples: Vec<Sample> = lines.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
    let all = Samples(samples);
    let text = TEMPLATE
        .replace("{about}", about.trim())
        .replace("{rounds}", &all.rounds())
        .replace("{cold}", &all.times(Visit::Cold))
        .replace("{warm}", &all.times(Visit::Warm))
        .replace("{liff-state}", &all.times(Visit::LiffState))
        .replace("{sign-in}", &all.times(Visit::SignIn))
        .replace("{figures}", &all.figures())
        .replace("{goals}", &all.goals());
    fs::write(output, text)
}

struct Samples(Vec<Sample>);

/// A place in a table.
#[derive(Clone, Copy)]
struct Cell<'n> {
    page: &'n str,
    visit: Visit,
    network: Network,
    way: Way,
}

impl Samples {
    /// One figure of every run of a cell, sorted.
    fn figure(&self, cell: Cell<'_>, figure: impl Fn(&Sample) -> Option<f64>) -> Vec<f64> {
        let of = |sample: &&Sample| {
            sample.page == cell.page
                && (sample.visit, sample.network, sample.way) == (cell.visit, cell.network, cell.way)
        };
        let mut values: Vec<f64> = self.0.iter().filter(of).filter_map(figure).collect();
        values.sort_by(f64::total_cmp);
        values
    }

    fn median(&self, cell: Cell<'_>, figure: impl Fn(&Sample) -> Option<f64>) -> Option<f64> {
        quantile(&self.figure(cell, figure), 0.5)
    }

    /// The smallest and the largest number of runs in a cell.
    fn rounds(&self) -> String {
        let key = |sample: &Sample| (sample.page.clone(), sample.visit, sample.network, sample.way);
        let cells: BTreeSet<_> = self.0.iter().map(key).collect();
        let counts = cells.iter().map(|cell| self.0.iter().filter(|sample| key(sample) == *cell).count());
        let counts: BTreeSet<usize> = counts.collect();
        match (counts.first(), counts.last()) {
            (Some(least), Some(most)) if least != most => format!("{least} to {most}"),
            (Some(count), _) => count.to_string(),
            _ => "no".into(),
        }
    }

    /// Time to "bound" of every page, over every network that was simulated for this visit.
    fn times(&self, visit: Visit) -> String {
        let played = |network, way| {
            self.0.iter().any(|sample| (sample.visit, sample.network, sample.way) == (visit, network, way))
        };
        let columns: Vec<_> = COLUMNS.into_iter().filter(|&(network, way, _)| played(network, way)).collect();
        let time = |cell: Cell<'_>| {
            let times = self.figure(cell, bound);
            let [low, median, high] = [0.25, 0.5, 0.75].map(|at| whole(quantile(&times, at)));
            format!("{median} ({low}–{high}) {}", ratio(self.ratio(cell, FLOOR, bound)))
        };
        let rows = PAGES.map(|(page, name)| {
            let cells = columns.iter().map(|&(network, way, _)| time(Cell { page, visit, network, way }));
            iter::once(name.to_owned()).chain(cells).collect()
        });
        let head: Vec<&str> = iter::once("page").chain(columns.iter().map(|&(.., name)| name)).collect();
        table(&head, &rows)
    }

    /// A page's median divided by another page's.
    fn ratio(&self, cell: Cell<'_>, other: &str, figure: impl Fn(&Sample) -> Option<f64> + Copy) -> Option<f64> {
        Some(self.median(cell, figure)? / self.median(Cell { page: other, ..cell }, figure)?)
    }

    /// Everything but times to "bound".
    fn figures(&self) -> String {
        let rows = PAGES.map(|(page, name)| {
            let cold = Cell { page, visit: Visit::Cold, network: Network::Slow4g, way: Way::Link };
            let tasks = Cell { visit: Visit::Tasks, network: Network::None, way: Way::Cdp, ..cold };
            // A page that has the SDK in its own script can't be told apart from it.
            let apart = [OURS, FLOOR, CDN].contains(&page);
            let if_apart = |figure: fn(&Sample) -> Option<f64>| whole(self.median(tasks, figure).filter(|_| apart));
            vec![
                name.to_owned(),
                whole(self.median(cold, paint)),
                places(self.median(cold, |sample| Some(count(sample.bytes?)? / 1000.0)), 1),
                whole(self.median(cold, |sample| count(sample.requests))),
                whole(self.median(cold, |sample| count(sample.row?))),
                whole(self.median(tasks, |sample| Some(sample.tasks?.longest))),
                if_apart(outside_sdk),
                if_apart(without_commit),
                places(self.worst_shift(cold), 3),
                places(self.memory(cold).filter(|memory| *memory > 0.0), 1),
            ]
        });
        let head = [
            "page",
            "first paint, ms",
            "KB on the wire",
            "requests",
            "in a row",
            "longest task, ms",
            "outside the SDK's script, ms",
            "without the commit too, ms",
            "layout shift",
            "wasm memory, MiB",
        ];
        table(&head, &rows)
    }

    /// The goals, the stretch goals, and the measured values.
    fn goals(&self) -> String {
        let (slow, fast) = ((Network::Slow4g, "slow 4G"), (Network::Fast4g, "fast 4G"));
        let (cold, link, warm) =
            ((Visit::Cold, "cold"), (Visit::LiffState, "by the shop's link"), (Visit::Warm, "warm"));
        let over = |what: &str, other, figure: fn(&Sample) -> Option<f64>, visited, on, goal: &str, stretch: &str| {
            let ((visit, visited), (network, name)): ((Visit, &str), (Network, &str)) = (visited, on);
            let measured = self.ratio(Cell { page: OURS, visit, network, way: Way::Link }, other, figure);
            [format!("{what}, {visited}, {name}"), format!("≤ {goal}"), stretch.into(), ratio(measured)].to_vec()
        };
        let floor =
            |visited, on, goal, stretch| over("time over the floor's", FLOOR, bound, visited, on, goal, stretch);
        let mut rows = vec![
            floor(cold, slow, "0.85x", "0.78x"),
            floor(link, slow, "0.72x", "0.65x"),
            floor(link, fast, "0.87x", "0.78x"),
            floor(cold, fast, "1.05x", "0.95x"),
            floor(warm, slow, "0.95x", ""),
            floor(warm, fast, "0.95x", ""),
        ];
        for on in [slow, fast] {
            rows.push(over("time over React's", REACT, bound, cold, on, "0.65x", ""));
            rows.push(over("time over the CDN SDK's", CDN, bound, cold, on, "0.75x", ""));
            rows.push(over("first contentful paint over vanilla's", VANILLA, paint, cold, on, "1.00x", ""));
        }
        let cold = Cell { page: OURS, visit: Visit::Cold, network: Network::Slow4g, way: Way::Link };
        let tasks = Cell { visit: Visit::Tasks, network: Network::None, way: Way::Cdp, ..cold };
        let row = |what: &str, goal: &str, measured| vec![what.to_owned(), goal.to_owned(), String::new(), measured];
        rows.push(row("longest task outside the SDK's script, ms", "< 50", whole(self.median(tasks, outside_sdk))));
        rows.push(row("layout shift", "0", places(self.worst_shift(cold), 3)));
        rows.push(row("wasm memory, MiB", "≤ 2", places(self.memory(cold), 1)));
        table(&["figure", "goal", "stretch", "measured"], &rows)
    }

    fn worst_shift(&self, cell: Cell<'_>) -> Option<f64> {
        self.figure(cell, |sample| Some(sample.shift)).last().copied()
    }

    /// In MiB.
    fn memory(&self, cell: Cell<'_>) -> Option<f64> {
        Some(self.median(cell, |sample| count(sample.memory))? / f64::from(1 << 20))
    }
}

/// A Markdown table.
fn table(head: &[&str], rows: &[Vec<String>]) -> String {
    let line = |cells: &str| format!("| {cells} |\n");
    let ruler = format!("|{}\n", "---|".repeat(head.len()));
    let rows = rows.iter().map(|row| line(&row.join(" | ")));
    iter::once(line(&head.join(" | "))).chain([ruler]).chain(rows).collect()
}

fn whole(value: Option<f64>) -> String {
    places(value, 0)
}

fn places(value: Option<f64>, places: usize) -> String {
    value.map_or_else(|| "–".into(), |value| format!("{value:.places$}"))
}

fn ratio(value: Option<f64>) -> String {
    format!("**{}x**", places(value, 2))
}

fn outside_sdk(sample: &Sample) -> Option<f64> {
    Some(sample.tasks?.longest_outside_sdk)
}

fn without_commit(sample: &Sample) -> Option<f64> {
    Some(sample.tasks?.longest_without_commit)
}

#[expect(clippy::unnecessary_wraps, reason = "one of several figures, of which others may be missing")]
fn bound(sample: &Sample) -> Option<f64> {
    Some(sample.bound)
}

#[expect(clippy::unnecessary_wraps, reason = "one of several figures, of which others may be missing")]
fn paint(sample: &Sample) -> Option<f64> {
    Some(sample.paint)
}

/// A whole number as a figure: none here needs more than 32 bits.
fn count(number: impl TryInto<u32>) -> Option<f64> {
    number.try_into().ok().map(f64::from)
}

/// A quantile of sorted values, interpolated between neighbours.
fn quantile(sorted: &[f64], at: f64) -> Option<f64> {
    let last = u32::try_from(sorted.len()).ok()?.checked_sub(1)?;
    let place = at * f64::from(last);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is an index of the list")]
    let below = place.floor() as usize;
    let (low, high) = (sorted.get(below)?, sorted.get(below + 1).or(sorted.last())?);
    Some(low + (high - low) * place.fract())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_fall_between_values() {
        assert_eq!(quantile(&[], 0.5), None);
        assert_eq!(quantile(&[1.0], 0.75), Some(1.0));
        assert_eq!(quantile(&[1.0, 2.0, 3.0, 4.0], 0.5), Some(2.5));
        assert_eq!(quantile(&[0.0, 4.0, 8.0, 12.0, 16.0], 0.25), Some(4.0));
    }
}
