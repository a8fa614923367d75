//! A page's visit beacons, and the rule: one beacon when the visit has ended, none where visits aren't counted.

use std::time::{Duration, Instant};

use sandbox::Visit;
use serde_json::Value;
use tokio::time;

use crate::{Browser, Failure, Result, browser::PATIENCE};

/// The beacons of this document, and its screen. Nothing if no script of the page could run, if there is no witness
/// (another server stands in for the page's host), or if the SDK has begun its own sign-in and the visit goes on.
const TOLD: &str = r#"
    const { screen = "", boot } = document.documentElement.dataset;
    const goesOn = globalThis.liffSdk?.login?.begun;
    // The guide has no such setting, and a merchant's visit to the doctor is none.
    const counts = Boolean(document.querySelector("meta[name=events]")?.content) && !/(\?|&|%3F|%26)check(=|%3D)1/i.test(location.search);
    return window.visits && boot !== undefined && !goesOn ? { screen, counts, visits: window.visits } : null;
"#;

impl Browser<'_> {
    /// The visits that this document has reported.
    pub async fn visits(&self) -> Result<Vec<Visit>> {
        let told = self.script("return window.visits ?? []").await?;
        let told = told.as_array().into_iter().flatten().filter_map(Value::as_str);
        Ok(told.map(Visit::read).collect())
    }

    /// An error if the page has reported too much of its visit, or has ended and reported nothing.
    pub async fn owes_no_visit(&self) -> Result {
        // The static page takes a moment, and a busy machine longer.
        let deadline = Instant::now() + PATIENCE;
        while self.told().await.is_err() && Instant::now() < deadline {
            time::sleep(Duration::from_millis(100)).await;
        }
        self.told().await
    }

    async fn told(&self) -> Result {
        // A page on its way to another document need not report.
        let Ok(told) = self.script(TOLD).await else { return Ok(()) };
        let Some(visits) = told.get("visits").and_then(Value::as_array) else { return Ok(()) };
        let screen = told.get("screen").and_then(Value::as_str).unwrap_or_default();
        let ended = matches!(
            screen,
            "bound" | "already-bound" | "unlinked" | "not-linked" | "open-in-line" | "cancelled" | "failed"
        );
        let counted = self.counts_visits() && told.get("counts") == Some(&Value::Bool(true));
        let sound = match visits.len() {
            0 => !(ended && counted),
            1 => counted,
            _ => false,
        };
        if sound {
            return Ok(());
        }
        Err(Failure::new(format!("at {screen} it has told {visits:?}\n{}", self.situation().await)))
    }
}
