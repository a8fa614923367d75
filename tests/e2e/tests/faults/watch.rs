//! Waits for a screen as a person does: it must say after a few seconds that it takes long, and then offer a button.

use std::time::{Duration, Instant};

use e2e::Browser;
use sandbox::Ledger;
use serde_json::Value;

use crate::verdict::{Finding, Wrong};

/// How long `working` may last (the page's own promise), and a little more for a busy machine.
const LONGEST_WORK: Duration = Duration::from_secs(31);
/// How long another screen than the one waited for may stay.
const LONGEST_OTHER: Duration = Duration::from_secs(25);
/// When `working` must say that it takes long, and when it must have a button; in seconds, with more for a busy
/// machine.
const TOLD_AFTER: f64 = 3.0 + 5.0;
const BUTTON_AFTER: f64 = 10.0 + 5.0;

/// The page as it is now. If no script runs, the static page appears by its stylesheet alone.
const GLANCE: &str = "
    const root = document.documentElement;
    const visible = (element) => Boolean(element?.checkVisibility?.({ visibilityProperty: true }));
    const app = document.querySelector('#app');
    if (!app) return null;
    const failure = root.dataset.failure ?? (visible(document.getElementById('page-load')) ? 'page-load' : null);
    return {
        screen: failure ? 'failed/' + failure : root.dataset.screen,
        text: document.body.innerText,
        sentence: [...app.querySelectorAll('[role=status]')].map((region) => region.innerText).join(' '),
        note: Boolean(app.querySelector('.note')?.innerText),
        retry: visible(document.querySelector('[data-action=retry]')),
        document: performance.timeOrigin, age: performance.now() / 1000,
    };
";

/// One look at the page. Screen and text belong together, and nothing in the ledger is younger than they are.
#[derive(Clone, Debug, Default)]
pub struct Glance {
    /// Empty if it is none of the page's.
    pub screen: String,
    pub text: String,
    pub ledger: Ledger,
    sentence: String,
    /// Whether there is a note below the sentence.
    note: bool,
    retry: bool,
    document: f64,
    age: f64,
}

impl Glance {
    /// Looks at the page; an empty glance if the browser is elsewhere.
    pub async fn now(browser: &Browser<'_>) -> Self {
        let ledger = browser.ledger();
        Self { ledger, ..Self::at(browser).await.unwrap_or_default() }
    }

    /// A look without the ledger; `None` while the browser is between pages, or elsewhere.
    async fn at(browser: &Browser<'_>) -> Option<Self> {
        let seen = browser.script(GLANCE).await.ok()?;
        let text = |name: &str| seen.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        let number = |name: &str| seen.get(name).and_then(Value::as_f64).unwrap_or_default();
        seen.is_object().then(|| Self {
            screen: text("screen"),
            text: text("text"),
            ledger: Ledger::default(),
            sentence: text("sentence"),
            note: seen.get("note") == Some(&Value::Bool(true)),
            retry: seen.get("retry") == Some(&Value::Bool(true)),
            document: number("document"),
            age: number("age"),
        })
    }
}

/// The screen that is shown now; empty if it is none of the page's.
pub async fn screen(browser: &Browser<'_>) -> String {
    Glance::at(browser).await.unwrap_or_default().screen
}

/// Waits until the page shows `wanted`; returns the look at it.
pub async fn wait_for(browser: &Browser<'_>, wanted: &str) -> Result<Glance, Finding> {
    let begun = Instant::now();
    let mut first = Glance::default();
    let mut shown = (String::new(), begun);
    loop {
        let now = Glance::at(browser).await;
        if let Some(now) = &now {
            if now.screen == wanted {
                let seen = Glance::now(browser).await;
                // It may have gone on meanwhile.
                return Ok(if seen.screen == wanted { seen } else { now.clone() });
            }
            #[expect(clippy::float_cmp, reason = "the same number or that of another document")]
            if now.document != first.document {
                first = now.clone();
            }
            // Since the page was opened, or since the press before this wait.
            let so_far = now.age.min(begun.elapsed().as_secs_f64());
            if let Some(text) = impatience(now, &first, so_far) {
                return Err(Finding::otherwise(format!("{text}\n{}", browser.situation().await)));
            }
        }
        // Between documents the page is still at work.
        let name = now.map(|now| now.screen).filter(|screen| !screen.is_empty()).unwrap_or_else(|| "working".into());
        if shown.0 != name {
            shown = (name, Instant::now());
        }
        let is_working = shown.0 == "working";
        if shown.1.elapsed() > if is_working { LONGEST_WORK } else { LONGEST_OTHER } {
            let wrong = if is_working { Wrong::Stuck } else { Wrong::Otherwise };
            let text = format!("{:?} instead of {wanted:?}\n{}", shown.0, browser.situation().await);
            return Err(Finding::new(wrong, text));
        }
        tokio::time::sleep(Duration::from_millis(40)).await;
    }
}

/// The complaint of a person who has waited this long, if the note or the button is missing.
fn impatience(now: &Glance, first: &Glance, waited: f64) -> Option<&'static str> {
    if now.screen != "working" {
        return None;
    }
    // The first sentence is the usual one only if it was seen at once: if pauses are short, the note is there at once.
    let told = now.note || now.sentence != first.sentence || first.age > 2.0;
    match waited {
        waited if waited > BUTTON_AFTER && !now.retry => Some("a long wait without a button"),
        waited if waited > TOLD_AFTER && !told => Some("nobody says that it takes long"),
        _ => None,
    }
}
