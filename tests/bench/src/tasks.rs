//! The main thread's tasks, from the browser's trace.

use std::{io, time::Duration};

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::chromium::Chromium;

/// How long the browser may take to hand over a trace.
const PATIENCE: Duration = Duration::from_secs(30);
/// Categories for tasks, scripts, marks and threads.
const CATEGORIES: [&str; 5] =
    ["disabled-by-default-devtools.timeline", "devtools.timeline", "blink.user_timing", "v8", "__metadata"];
/// Events that parse or run something of a page.
const PAGES_OWN: [&str; 3] = ["ParseHTML", "EvaluateScript", "FunctionCall"];
/// Where LINE's SDK comes from, if it is a script of its own.
const SDK: [&str; 2] = ["/liff-sdk-", "static.line-scdn.net"];

/// The longest tasks between navigation and "bound", in milliseconds.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Tasks {
    /// With everything that ran in it.
    pub longest: f64,
    /// Without LINE's SDK, where that is a script of its own.
    pub longest_outside_sdk: f64,
    /// The same without the task in which the browser commits the navigation, if it parses and runs none of the page.
    pub longest_without_commit: f64,
}

pub async fn start(chromium: &mut Chromium) -> io::Result<()> {
    let config = json!({ "transferMode": "ReportEvents", "traceConfig": { "includedCategories": CATEGORIES } });
    chromium.command(None, "Tracing.start", config).await.map(drop)
}

pub async fn finish(chromium: &mut Chromium) -> io::Result<Tasks> {
    chromium.command(None, "Tracing.end", json!({})).await?;
    let mut trace = Vec::new();
    loop {
        let mut event = chromium.event(PATIENCE).await?;
        match event.method.as_str() {
            "Tracing.dataCollected" => {
                if let Value::Array(part) = event.parameters["value"].take() {
                    trace.extend(part);
                }
            }
            "Tracing.tracingComplete" => break,
            _ => {}
        }
    }
    longest(&trace).ok_or_else(|| io::Error::other("the trace has no navigation, or no page that was bound"))
}

/// A span of a trace, in microseconds.
#[derive(Clone, Copy)]
struct Span {
    start: f64,
    end: f64,
}

fn longest(trace: &[Value]) -> Option<Tasks> {
    let is = |event: &Value, name: &str| event["name"] == name;
    let bound = trace.iter().find(|event| is(event, "bench-bound"))?;
    let until = bound["ts"].as_f64()?;
    let on_thread = |event: &&Value| event["pid"] == bound["pid"] && event["tid"] == bound["tid"];
    let on_main: Vec<&Value> = trace.iter().filter(on_thread).collect();
    let last = |name: &str| {
        let marks = on_main.iter().filter(|event| is(event, name)).filter_map(|event| event["ts"].as_f64());
        marks.filter(|at| *at < until).max_by(f64::total_cmp)
    };
    let since = last("navigationStart")?;
    let committed = last("commitNavigationEnd").filter(|at| *at >= since)?;
    let span = |event: &Value| {
        let start = event["ts"].as_f64()?;
        Some(Span { start, end: start + event["dur"].as_f64()? })
    };
    let tasks = on_main.iter().filter(|event| is(event, "RunTask")).filter_map(|event| span(event));
    let is_commit = |task: Span| {
        let holds = |at: f64| (task.start..task.end).contains(&at);
        let is_pages = |event: &&Value| {
            PAGES_OWN.iter().any(|name| is(event, name))
                && event["ts"].as_f64().is_some_and(|at| at > committed && holds(at))
        };
        holds(committed) && !on_main.iter().any(is_pages)
    };
    let sdk: Vec<Span> =
        outermost(on_main.iter().filter(|event| is_sdk(event)).filter_map(|event| span(event)).collect());

    let (mut all, mut outside, mut without_commit) = (0.0_f64, 0.0_f64, 0.0_f64);
    for task in tasks.filter(|task| task.end >= since && task.start <= until) {
        let own: f64 = sdk
            .iter()
            .filter(|part| part.start >= task.start && part.end <= task.end)
            .map(|part| part.end - part.start)
            .sum();
        let length = task.end - task.start;
        all = all.max(length);
        outside = outside.max(length - own);
        if !is_commit(task) {
            without_commit = without_commit.max(length - own);
        }
    }
    let [longest, longest_outside_sdk, longest_without_commit] =
        [all, outside, without_commit].map(|micros| micros / 1000.0);
    Some(Tasks { longest, longest_outside_sdk, longest_without_commit })
}

/// Whether a span belongs to a script of LINE's SDK.
fn is_sdk(event: &Value) -> bool {
    let data = &event["args"]["data"];
    let url = data["url"].as_str().or(event["args"]["fileName"].as_str()).unwrap_or_default();
    event["ph"] == "X" && SDK.iter().any(|part| url.contains(part))
}

/// Drops the spans that lie in others.
fn outermost(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort_by(|one, other| one.start.total_cmp(&other.start).then(other.end.total_cmp(&one.end)));
    let mut outer: Vec<Span> = Vec::new();
    for span in spans {
        if outer.last().is_none_or(|last| span.start >= last.end) {
            outer.push(span);
        }
    }
    outer
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(name: &str, ts: u32, dur: u32, url: &str) -> Value {
        json!({ "name": name, "ph": "X", "pid": 1, "tid": 2, "ts": ts, "dur": dur, "args": { "data": { "url": url } } })
    }

    fn mark(name: &str, ts: u32) -> Value {
        json!({ "name": name, "pid": 1, "tid": 2, "ts": ts })
    }

    /// Measures a page that is bound after 0.3 s, the empty page before it, and `rest`. In milliseconds.
    fn measure(rest: &[Value]) -> Option<[String; 3]> {
        let frame = [
            mark("navigationStart", 0),
            mark("commitNavigationEnd", 1000),
            event("RunTask", 2000, 98_000, ""),
            mark("navigationStart", 200_000),
            event("RunTask", 300_000, 30_000, ""),
            mark("bench-bound", 500_000),
            event("RunTask", 600_000, 90_000, ""),
            json!({ "name": "RunTask", "ph": "X", "pid": 1, "tid": 3, "ts": 400_000, "dur": 99_000 }),
        ];
        longest(&[frame.as_slice(), rest].concat()).map(
            |Tasks { longest, longest_outside_sdk, longest_without_commit }| {
                [longest, longest_outside_sdk, longest_without_commit].map(|time| format!("{time:.1}"))
            },
        )
    }

    #[test]
    fn what_the_sdk_did_is_taken_off_once() {
        let tasks = measure(&[
            mark("commitNavigationEnd", 310_000),
            event("RunTask", 400_000, 50_000, ""),
            event("EvaluateScript", 401_000, 40_000, "https://h/liff-sdk-1.js"),
            event("v8.compile", 401_000, 10_000, "https://h/liff-sdk-1.js"),
            event("RunTask", 460_000, 20_000, ""),
            event("FunctionCall", 461_000, 5000, "https://h/boot-1.js"),
        ]);
        assert_eq!(tasks, Some(["50.0", "30.0", "20.0"].map(str::to_owned)));
    }

    #[test]
    fn a_commit_that_parses_the_page_is_the_pages() {
        let tasks = measure(&[mark("commitNavigationEnd", 310_000), event("ParseHTML", 320_000, 5000, "")]);
        assert_eq!(tasks, Some(["30.0"; 3].map(str::to_owned)));
    }

    #[test]
    fn the_commit_of_the_page_before_is_none() {
        assert_eq!(measure(&[]), None);
    }
}
