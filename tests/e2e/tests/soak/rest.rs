//! A page that has come to rest, as a person sees it.

use std::cell::RefCell;

use e2e::{Browser, Failure, Result};
use sandbox::Visit;
use serde_json::Value;

use crate::REST;

/// One look at a page: a page that is loaded again between two questions would mix two documents. A page whose SDK has
/// begun a sign-in of its own is on its way there, whatever it shows.
const LOOK: &str = "
    const leaves = globalThis.liffSdk?.login?.begun;
    const { screen = '', failure } = leaves ? { screen: 'working' } : document.documentElement.dataset;
    return {
        document: performance.timeOrigin,
        screen: failure ? `${screen}/${failure}` : screen,
        text: document.body?.innerText ?? '',
        visits: window.visits ?? [],
        first: [...document.querySelectorAll('[data-action]')].find((action) => action.offsetParent)?.dataset.action ?? '',
    };
";

/// Notes when the screen changes: it may be back before the next question.
const WATCH: &str = "
    window.stays = true;
    const changed = () => (window.stays = false);
    new MutationObserver(changed).observe(document.documentElement, { attributeFilter: ['data-screen'] });
";

/// A page at rest.
pub struct Rested {
    /// Which document it is.
    pub document: Value,
    /// The screen, and its failure behind a slash.
    pub screen: String,
    pub text: String,
    /// The visits that this document has told.
    pub visits: Vec<Visit>,
    /// The first action offered; empty where there is none.
    pub first: String,
}

impl Rested {
    /// Waits for a screen other than `working`.
    pub async fn at(browser: &Browser<'_>) -> Result<Self> {
        let rested = RefCell::new(None);
        browser
            .wait_until("a screen to rest at", REST, async || {
                let seen = Self::read(&browser.script(LOOK).await?);
                let is_there = !matches!(seen.screen.as_str(), "" | "working");
                rested.replace(is_there.then_some(seen));
                Ok(is_there)
            })
            .await?;
        rested.take().ok_or_else(|| Failure::new("no screen to rest at"))
    }

    fn read(seen: &Value) -> Self {
        let text = |name: &str| seen.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        let visits = seen.get("visits").and_then(Value::as_array).into_iter().flatten();
        Self {
            document: seen.get("document").cloned().unwrap_or_default(),
            screen: text("screen"),
            text: text("text"),
            visits: visits.filter_map(Value::as_str).map(Visit::read).collect(),
            first: text("first"),
        }
    }

    /// Whether the page leaves open whether the person is linked.
    pub fn is_unsure(&self) -> bool {
        self.screen == "failed/unsure" || self.text.contains("無法確定")
    }
}

/// Presses "try again", and waits until that has an effect.
pub async fn press_retry(browser: &Browser<'_>) -> Result {
    browser.script(WATCH).await?;
    browser.tap("retry").await?;
    browser.wait_until_true("!window.stays", REST).await
}
