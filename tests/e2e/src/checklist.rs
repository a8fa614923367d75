//! The merchant's doctor as it is shown: a row for each check.

use std::time::Duration;

use serde_json::Value;

use crate::{Browser, Failure, Result};

/// A row of the checklist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckRow {
    /// `data-check`.
    pub check: String,
    /// `data-verdict`.
    pub verdict: String,
    /// `data-step`: the step of the manual.
    pub step: String,
    /// The exact value seen.
    pub seen: String,
    /// The exact value to enter.
    pub enter: String,
    /// All text of the row.
    pub text: String,
}

const ROWS: &str = "
    const text = (element) => element?.textContent.trim() ?? '';
    return [...document.querySelectorAll('.row[data-verdict]')].map((row) => {
        const values = [...row.querySelectorAll('.value')];
        const { check, verdict, step } = row.dataset;
        const seen = values.find((value) => !value.querySelector('button'))?.querySelector('code');
        const enter = values.find((value) => value.querySelector('button'))?.querySelector('code');
        return [check, verdict, step, text(seen), text(enter), row.innerText];
    });
";

impl Browser<'_> {
    /// The rows of the checklist; waits until it is there.
    pub async fn checklist(&self, timeout: Duration) -> Result<Vec<CheckRow>> {
        self.wait_for_screen("check", timeout).await?;
        let rows: Vec<[String; 6]> = serde_json::from_value(self.script(ROWS).await?)?;
        let row = |[check, verdict, step, seen, enter, text]: [String; 6]| CheckRow {
            check,
            verdict,
            step,
            seen,
            enter,
            text,
        };
        Ok(rows.into_iter().map(row).collect())
    }

    /// The violations that axe-core finds, each with its elements.
    pub async fn axe(&self) -> Result<Vec<String>> {
        if self.script("return Boolean(window.axe)").await? == Value::Bool(false) {
            let axe = concat!(env!("CARGO_MANIFEST_DIR"), "/../../node_modules/axe-core/axe.min.js");
            self.script(&std::fs::read_to_string(axe)?).await?;
        }
        let found = self.script(AXE).await?;
        let Value::Array(found) = found else { return Err(Failure::new(format!("axe gave {found}"))) };
        Ok(found.iter().map(|text| text.as_str().unwrap_or_default().to_owned()).collect())
    }
}

const AXE: &str = "
    return axe.run({ resultTypes: ['violations'] }).then(({ violations }) =>
        violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html).join(' ')));
";

/// The rows with this verdict, by `data-check`.
#[must_use]
pub fn with_verdict<'r>(rows: &'r [CheckRow], verdict: &str) -> Vec<&'r str> {
    rows.iter().filter(|row| row.verdict == verdict).map(|row| row.check.as_str()).collect()
}
