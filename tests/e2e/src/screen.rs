//! The rules for every screen, for the sake of people, support and monitoring.

use serde_json::Value;

use crate::{Browser, Failure, Result, Size};

/// The smallest side of a target, in CSS pixels.
const SMALLEST_TARGET: f64 = 44.0;

/// A screen as it is shown.
#[derive(Clone, Debug)]
pub struct Shown {
    /// `data-screen`, and after a slash `data-failure` if there is one.
    pub name: String,
    /// The heading.
    pub heading: String,
    /// The announced sentence.
    pub sentence: String,
    /// The `data-action` of each visible control, in order, without those in small print.
    pub actions: Vec<String>,
    /// The support code, where there is one.
    pub code: Option<String>,
    /// The rules that it breaks, in words.
    pub wrong: Vec<String>,
}

/// Looks at the page as it is. `heading` etc. are those of visible elements only.
const LOOK: &str = r#"
    const root = document.documentElement;
    const visible = (element) => element.checkVisibility?.({ visibilityProperty: true })
        ?? (element.getClientRects().length > 0 && getComputedStyle(element).visibility === "visible");
    const all = (selector) => [...document.querySelectorAll(selector)].filter(visible);
    const text = (element) => element.innerText.trim();
    const headings = all("h1"), statuses = all("[role=status]"), controls = all("button, a[href]");
    return {
        screen: root.dataset.screen ?? "", failure: root.dataset.failure ?? "", title: document.title,
        headings: headings.map(text), focused: headings.includes(document.activeElement),
        statuses: statuses.map(text), code: all(".code output").map(text),
        controls: controls.map((control) => {
            const { left, top, right, bottom } = control.getBoundingClientRect();
            return {
                action: control.dataset.action ?? "", text: text(control), isBelow: control.matches(".foot"), privacy: control.matches(".privacy"),
                width: right - left, height: bottom - top, bottom,
                inView: top >= 0 && left >= 0 && bottom <= innerHeight && right <= innerWidth,
            };
        }),
        sideways: root.scrollWidth > innerWidth,
    };
"#;

impl Browser<'_> {
    /// The screen that is shown now, in the window as it is.
    pub async fn look(&self) -> Result<Shown> {
        Ok(Shown::read(&self.script(LOOK).await?))
    }

    /// The screen that is shown now, on a phone in half of a small one's screen; an error if it breaks a rule.
    pub async fn inspect(&self) -> Result<Shown> {
        if !self.is_desktop() {
            self.resize(Size::COMPACT).await?;
        }
        let shown = self.look().await?;
        if shown.wrong.is_empty() {
            return Ok(shown);
        }
        Err(Failure::new(format!("{}: {}\n{}", shown.name, shown.wrong.join("; "), self.situation().await)))
    }
}

impl Shown {
    fn read(seen: &Value) -> Self {
        let text = |name: &str| seen.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        let list = |name: &str| seen.get(name).and_then(Value::as_array).cloned().unwrap_or_default();
        let texts = |name: &str| -> Vec<String> {
            list(name).iter().filter_map(|text| Some(text.as_str()?.to_owned())).collect()
        };
        let is = |value: &Value, name: &str| value.get(name) == Some(&Value::Bool(true));
        let controls = list("controls");
        let (headings, statuses) = (texts("headings"), texts("statuses"));
        let name = match (text("screen"), text("failure")) {
            (screen, failure) if failure.is_empty() => screen,
            (screen, failure) => format!("{screen}/{failure}"),
        };

        let mut wrong = Vec::new();
        let mut owes = |holds: bool, what: &str| {
            if !holds {
                wrong.push(what.to_owned());
            }
        };
        owes(headings.len() == 1, "not one visible heading");
        // The region of a note follows, which may be empty.
        let announced = (1..=2).contains(&statuses.len()) && statuses.first().is_some_and(|text| !text.is_empty());
        owes(announced, "no announced sentence");
        owes(!text("title").is_empty(), "no title");
        owes(name == "working" || is(seen, "focused"), "the focus is not on the heading");
        owes(!is(seen, "sideways"), "it scrolls sideways");
        let primary = controls.first().filter(|_| name != "working");
        owes(name == "working" || primary.is_some(), "nothing to do");
        let in_view = primary.is_none_or(|primary| is(primary, "inView"));
        owes(in_view, &format!("the primary action is out of view: {primary:?}"));
        for control in &controls {
            let side = |name: &str| control.get(name).and_then(Value::as_f64).unwrap_or_default();
            let small = side("width") < SMALLEST_TARGET || side("height") < SMALLEST_TARGET;
            owes(!small, &format!("a target is too small: {control}"));
            owes(control.get("text").is_some_and(|text| text != ""), &format!("a control without words: {control}"));
            owes(
                is(control, "privacy") || control.get("action").is_some_and(|action| action != ""),
                &format!("no data-action: {control}"),
            );
        }
        Self {
            name,
            heading: headings.into_iter().next().unwrap_or_default(),
            sentence: statuses.into_iter().next().unwrap_or_default(),
            actions: controls
                .iter()
                .filter(|control| !is(control, "isBelow"))
                .filter_map(|control| control.get("action")?.as_str())
                .filter(|action| !action.is_empty())
                .map(str::to_owned)
                .collect(),
            code: texts("code").into_iter().next(),
            wrong,
        }
    }
}
