//! Named cases, shared with the dev server's mock (`tests/dev`): `tests/scenarios.json`.

use std::{collections::BTreeMap, fs, io, path::Path};

use serde::Deserialize;

use crate::{
    config::{LiffApp, SandboxConfig},
    fault::{Fault, Route},
    page::PAGE_HOST,
    phone::{Device, IdTokenPlan, LINE_VERSION, LineApp, ViewType, percent_encoded},
    sandbox::Sandbox,
};

/// One case. An unknown member is an error: half a scenario would test something else.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scenario {
    /// Its name, as in `?scenario=`.
    pub name: String,
    /// The case in a few words.
    pub title: String,
    /// The place where the page is opened.
    pub device: Device,
    /// Another version of LINE than today's. The browser must report it: see [`Scenario::user_agent`].
    pub line_version: Option<String>,
    /// Whether the customer is a friend of the official account.
    #[serde(default = "yes")]
    pub friend: bool,
    /// The language of the LINE app.
    pub language: Option<String>,
    /// Whether an earlier visit has signed in to LINE in this browser. `dev_only`.
    #[serde(default)]
    pub signed_in: bool,
    /// How LINE behaves.
    #[serde(default)]
    pub liff: Liff,
    /// How far the clocks of LINE and of the shop's server are ahead of the phone's, in seconds.
    #[serde(default)]
    pub clock: i64,
    /// Parameters of the page's URL: they replace its own or are added to them; `null` removes one.
    #[serde(default)]
    pub query: BTreeMap<String, Option<String>>,
    /// The bind API's answers, post by post. `bound`, `already-bound` and `consent-required` are its true behaviour in
    /// that state; `no-answer`, `refuse`, `hang`, `html`, `empty`, `redirect`, `cut-off` are faults; the rest are
    /// example files. The last one stays, unless it is true behaviour.
    #[serde(default)]
    pub bind: Vec<String>,
    /// The fate of the shop's message: `queued` by default.
    pub message: Option<String>,
    /// The page's last screen.
    pub expect: Expectation,
    /// A press from there, and its result.
    pub then: Option<Press>,
    /// Whether only the mock can simulate it: no browser here can be put into that state.
    #[serde(default)]
    pub dev_only: bool,
}

/// The screen of the page: the `data-` attributes of `<html>`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expectation {
    /// `data-screen`.
    pub screen: String,
    /// `data-failure`.
    pub failure: Option<String>,
}

/// A press of a button, and the screen after it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Press {
    /// The button's `data-action`.
    pub press: String,
    /// `data-screen`.
    pub screen: String,
}

/// How LINE and its SDK behave.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Liff {
    /// As they should.
    #[default]
    Usual,
    /// `liff.init` never settles.
    Hang,
    /// LINE can't be reached.
    NetworkError,
    /// LINE can't be reached the first time.
    NetworkErrorOnce,
    /// LINE answers `liff.init` with 500.
    ServerError,
    /// LINE refuses the access token until the customer has signed in again.
    SessionVoid,
    /// The ID token that LINE passes on expired an hour ago.
    ExpiredToken,
    /// The LIFF app lacks the `openid` scope.
    NoOpenid,
    /// A MINI App, opened by somebody who has agreed to `openid` only.
    MiniApp,
    /// The URL has a lone `%`, at which the SDK fails.
    MalformedUrl,
    /// The SDK's script is missing.
    SdkMissing,
    /// The phone has no connection, and reports that. `dev_only`.
    Offline,
    /// The LIFF app was opened in `OpenChat`. `dev_only`.
    OpenChat,
}

impl Scenario {
    /// The scenarios of `tests/scenarios.json` that a sandbox can simulate: all but those for the mock only.
    ///
    /// # Errors
    /// When the file can't be read, or has an unknown member.
    pub fn all() -> io::Result<Vec<Self>> {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../scenarios.json");
        let all: Vec<Self> = serde_json::from_str(&fs::read_to_string(file)?)?;
        Ok(all.into_iter().filter(|scenario| !scenario.dev_only).collect())
    }

    /// The user agent that the browser must send.
    #[must_use]
    pub fn user_agent(&self) -> String {
        let today = self.device.user_agent();
        match &self.line_version {
            Some(version) => today.replace(&format!("Line/{LINE_VERSION}"), &format!("Line/{version}")),
            None => today,
        }
    }

    pub(crate) fn set_up(&self, sandbox: &Sandbox) -> io::Result<String> {
        self.set_up_shop(sandbox);
        self.set_up_line(sandbox);

        let url = self.open(sandbox)?;
        Ok(if self.liff == Liff::MalformedUrl { url.replacen("?liffId=", "?broken=%&liffId=", 1) } else { url })
    }

    fn set_up_shop(&self, sandbox: &Sandbox) {
        let asks_consent = self.bind.iter().any(|name| name == "consent-required");
        sandbox.configure(|config| config.consent = asks_consent.then(|| "2026-01".into()));
        if self.bind.iter().any(|name| name == "already-bound") {
            sandbox.bind_before(&sandbox.user());
        }
        let faults: Vec<Fault> = self.bind.iter().map(|name| fault(name)).collect();
        let last = faults.last().cloned().unwrap_or(Fault::None);
        sandbox.fail_then(Route::Bind, faults, last);
    }

    fn set_up_line(&self, sandbox: &Sandbox) {
        sandbox.shift_clock(self.clock);
        sandbox.configure(|config| {
            config.friend = self.friend;
            config.message = self.message.clone().unwrap_or_else(|| "queued".into());
            config.bridge = self.liff != Liff::Hang;
            self.set_up_app(config);
        });
        let always = |fault: &Fault| {
            // The first request of `liff.init`: inside LINE, outside LINE.
            for route in [Route::Verify, Route::ContextToken] {
                sandbox.fail_always(route, fault.clone());
            }
        };
        match self.liff {
            Liff::Hang => always(&Fault::Hang),
            Liff::NetworkError => always(&Fault::Refuse),
            Liff::NetworkErrorOnce => sandbox.fail_sdk(Route::Verify, 1, &Fault::Refuse),
            Liff::ServerError => always(&Fault::Status(500)),
            Liff::SessionVoid => {
                let void = Fault::line_error(400, "invalid_request", "access token expired");
                sandbox.fail_sdk(Route::Verify, 1, &void);
            }
            Liff::SdkMissing => sandbox.fail_always(Route::Page("liff-sdk".into()), Fault::Status(404)),
            Liff::Usual
            | Liff::ExpiredToken
            | Liff::NoOpenid
            | Liff::MiniApp
            | Liff::MalformedUrl
            | Liff::Offline
            | Liff::OpenChat => {}
        }
    }

    /// Sets up the LIFF app as the merchant has set it in LINE's console.
    fn set_up_app(&self, config: &mut SandboxConfig) {
        let Some(app) = config.apps.first_mut() else { return };
        if self.liff == Liff::NoOpenid {
            app.scopes.retain(|scope| scope != "openid");
        }
        if self.liff == Liff::MiniApp {
            *app = LiffApp::mini_app(&app.id, app.module);
        }
        if let Some(liff_id) = self.query.get("liffId") {
            let query = liff_id.as_ref().map(|id| format!("liffId={}", percent_encoded(id)));
            app.endpoint_url = format!("https://{PAGE_HOST}/liff-bind.html?{}", query.unwrap_or_default());
        }
    }

    /// The URL to open.
    fn open(&self, sandbox: &Sandbox) -> io::Result<String> {
        let mut query = BTreeMap::from([("bindToken".to_owned(), Some(sandbox.issue_bind_token(74)))]);
        query.extend(self.query.clone());
        query.remove("liffId");
        let query: Vec<String> = query
            .iter()
            .filter_map(|(name, value)| Some(format!("{name}={}", percent_encoded(value.as_ref()?))))
            .collect();
        let query = query.join("&");

        let Some(os) = self.device.liff_browser() else {
            return Ok(sandbox.browser_url(&format!("&{query}")));
        };
        let mut line = LineApp::new(os);
        if !query.is_empty() {
            line.extra = format!("?{query}");
        }
        if let Some(version) = &self.line_version {
            line.version.clone_from(version);
        }
        if let Some(language) = &self.language {
            line.language.clone_from(language);
        }
        if self.liff == Liff::MiniApp {
            line.view_type = ViewType::Full;
        }
        if self.liff == Liff::ExpiredToken {
            line.id_token = IdTokenPlan::Expired;
        }
        sandbox.line_url(&line)
    }
}

fn yes() -> bool {
    true
}

/// The effect of a name in [`Scenario::bind`] on one post.
fn fault(name: &str) -> Fault {
    match name {
        "bound" | "already-bound" | "consent-required" => Fault::None,
        "no-answer" => Fault::no_answer(),
        "refuse" => Fault::Refuse,
        "hang" => Fault::Hang,
        "html" => Fault::Html,
        "empty" => Fault::Empty,
        "redirect" => Fault::redirect(302, "/liff-bind.html"),
        "cut-off" => Fault::CutOff,
        example => Fault::example(example),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bind::Examples;

    #[test]
    fn scenarios_differ_and_name_what_there_is() -> io::Result<()> {
        let scenarios = Scenario::all()?;
        let examples = Examples::load()?;
        let mut names: Vec<_> = scenarios.iter().map(|scenario| scenario.name.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), scenarios.len());
        for scenario in &scenarios {
            for name in &scenario.bind {
                if let Fault::Example(file) = fault(name) {
                    assert!(examples.names().any(|known| known == file), "{}: {file}", scenario.name);
                }
            }
        }
        Ok(())
    }
}
