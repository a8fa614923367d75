//! Named cases, shared with the dev server's mock: `tests/scenarios.json`.

use std::{fs, io, path::Path};

use serde::Deserialize;

use crate::{
    fault::Fault,
    phone::{Device, LineApp},
    sandbox::Sandbox,
};

/// One case. A member that is not known here is an error: half a scenario would test something else.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scenario {
    /// Its name, as in `?scenario=`.
    pub name: String,
    /// Where the page is opened.
    pub device: Device,
    /// Whether the customer is a friend of the official account.
    #[serde(default = "yes")]
    pub friend: bool,
    /// The language of the LINE app.
    pub language: Option<String>,
    /// What the bind API answers, post by post. `bound`, `already-bound` and `consent-required` are its true behaviour in
    /// that state; `no-answer`, `refuse`, `hang`, `html`, `empty`, `redirect`, `cut-off` are faults; the rest are example
    /// files. The last one stays, unless it is true behaviour.
    #[serde(default)]
    pub bind: Vec<String>,
    /// What the page shows in the end.
    pub expect: Expectation,
}

/// What the page shows: the `data-` attributes of `<html>`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expectation {
    /// `data-screen`.
    pub screen: String,
    /// `data-failure`.
    pub failure: Option<String>,
}

impl Scenario {
    /// All scenarios of `tests/scenarios.json`.
    ///
    /// # Errors
    /// When the file can't be read, or has a member that is not known here.
    pub fn all() -> io::Result<Vec<Self>> {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../scenarios.json");
        Ok(serde_json::from_str(&fs::read_to_string(file)?)?)
    }

    pub(crate) fn set_up(&self, sandbox: &Sandbox) -> io::Result<String> {
        let asks_consent = self.bind.iter().any(|name| name == "consent-required");
        sandbox.configure(|config| {
            config.friend = self.friend;
            config.consent = asks_consent.then(|| "2026-01".into());
        });
        if self.bind.iter().any(|name| name == "already-bound") {
            sandbox.bind_before(&sandbox.user());
        }
        let faults: Vec<Fault> = self.bind.iter().map(|name| fault(name)).collect();
        let last = faults.last().cloned().unwrap_or(Fault::None);
        sandbox.plan_bind(faults, last);

        let query = format!("bindToken={}", sandbox.issue_bind_token(74));
        let Some(os) = self.device.liff_browser() else {
            return Ok(sandbox.browser_url(&format!("&{query}")));
        };
        let mut line = LineApp::new(os).with_extra(format!("?{query}"));
        if let Some(language) = &self.language {
            line.language.clone_from(language);
        }
        sandbox.line_url(&line)
    }
}

fn yes() -> bool {
    true
}

/// What a name of [`Scenario::bind`] does to one post.
fn fault(name: &str) -> Fault {
    match name {
        "bound" | "already-bound" | "consent-required" => Fault::None,
        "no-answer" => Fault::NoAnswer,
        "refuse" => Fault::Refuse,
        "hang" => Fault::Hang,
        "html" => Fault::Html,
        "empty" => Fault::Empty,
        "redirect" => Fault::Redirect,
        "cut-off" => Fault::CutOff,
        example => Fault::example(example),
    }
}
