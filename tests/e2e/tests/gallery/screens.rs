//! The screens, and the way to each.

use e2e::{LIFF_ID, Result, Visitor, before, in_line};
use sandbox::{Device, Fault, IdTokenPlan, LineApp, Os, PAGE_HOST, Route, Sandbox, Scenario};
use serde_json::{Value, json};

/// Sets up the outside world, and returns the URL to open in a language.
type Open = Box<dyn Fn(&Sandbox, &str) -> Result<String> + Send + Sync>;

/// One screen, and the way to it in a browser.
pub struct Screen {
    /// Also the name of its picture.
    pub name: &'static str,
    pub visitor: Visitor,
    /// `data-screen`, and after a slash its failure.
    pub sees: String,
    /// JavaScript that is true when the screen is there.
    pub holds: &'static str,
    /// The actions to press first.
    pub taps: &'static [&'static str],
    /// Whether the last press leads to no other screen: the focus stays at the button.
    pub stays: bool,
    /// Whether the presses lead to "bound", and the page is then opened again.
    pub again: bool,
    /// Whether it needs a browser that has never seen the page.
    pub fresh: bool,
    /// A script that runs before the page.
    pub before: String,
    pub open: Open,
}

/// The scenarios of `tests/scenarios.json` that have a screen of their own, under its name.
const SCENARIOS: [&str; 46] = [
    "bound",
    "bound-chat",
    "unlink",
    "unlinked-line-down",
    "not-linked",
    "unlink-disabled",
    "unlink-unsure",
    "unlink-server",
    "unlink-phone",
    "unlink-desktop",
    "bound-not-friend",
    "already-bound",
    "confirm",
    "open-in-line-phone",
    "open-in-line-desktop",
    "open-in-line-tablet",
    "open-in-line-messenger",
    "line-init",
    "line-down",
    "line-too-old",
    "sign-in-refused",
    "sign-in-expired",
    "clock",
    "link-incomplete",
    "link-expired",
    "link-used",
    "site-has-other-line",
    "line-has-other-member",
    "paused",
    "busy",
    "server",
    "server-html",
    "unsure",
    "identity",
    "page-load",
    "setup-liff-id",
    "setup-mismatch",
    "setup-unknown",
    "setup-game-module",
    "setup-scope",
    "setup-channel",
    "setup-host",
    "cancelled",
    "setup-liff-id-unknown",
    "setup-channel-provider",
    "setup-mismatch-audience",
];

pub fn all() -> Result<Vec<Screen>> {
    let scenarios = Scenario::all()?;
    let find = |name: &str| scenarios.iter().find(|scenario| scenario.name == name).cloned();
    let of_scenario = |name| find(name).map(|scenario| Screen::of(name, scenario));
    let mut screens: Vec<Screen> = SCENARIOS.into_iter().filter_map(of_scenario).collect();
    for screen in &mut screens {
        match screen.name {
            "cancelled" => screen.rests("cancelled", &["cancel"]),
            "setup-channel-provider" => {
                screen.name = "code-copied";
                screen.taps = &["copy-code"];
                screen.stays = true;
                screen.holds = "document.querySelector('.actions').innerText !== window.before";
            }
            "setup-mismatch-audience" => screen.name = "setup-mismatch-token",
            "setup-liff-id-unknown" => {
                screen.name = "close-by-hand";
                screen.taps = &["close"];
                screen.stays = true;
                screen.holds = "document.querySelector('.note').innerText";
            }
            _ => {}
        }
    }
    let iphone = || find("open-in-line-iphone").ok_or_else(|| e2e::Failure::new("no scenario `open-in-line-iphone`"));
    let unlink = || find("unlink").ok_or_else(|| e2e::Failure::new("no scenario `unlink`"));
    let bound = || find("bound").ok_or_else(|| e2e::Failure::new("no scenario `bound`"));
    screens.extend([
        Screen {
            sees: "working".into(),
            // The page says so after three seconds.
            holds: "performance.now() > 3500",
            ..Screen::with("working-slow", bound()?, |sandbox| sandbox.fail_always(Route::Verify, Fault::Hang))
        },
        Screen {
            sees: "working".into(),
            holds: "document.querySelector('#app .note').innerText.includes('25')",
            before: String::new(),
            ..Screen::with("working-busy", bound()?, |sandbox| {
                sandbox.fail_always(Route::Bind, Fault::retry_after(429, 25));
            })
        },
        Screen {
            sees: "failed/offline".into(),
            before: before::offline(),
            ..Screen::with("offline", bound()?, |_| ())
        },
        Screen {
            sees: "failed/wrong-place".into(),
            open: Box::new(|sandbox, language| {
                let line = LineApp { id_token: IdTokenPlan::Absent, ..in_line(Os::Ios, sandbox) };
                let extra = format!("{}&lang={language}", line.extra);
                Ok(sandbox.line_url(&LineApp { chat: "square_chat".into(), extra, ..line })?)
            }),
            ..Screen::with("wrong-place", bound()?, |_| ())
        },
        Screen {
            sees: "failed/unsure".into(),
            before: UNLINK_LOST.replace("LIFF_ID", LIFF_ID),
            ..Screen::with("unlink-lost", bound()?, |_| ())
        },
        Screen { sees: "unlinked".into(), taps: &["unlink"], ..Screen::with("unlinked", unlink()?, |_| ()) },
        Screen { sees: "account".into(), taps: &["login"], again: true, ..Screen::with("account", iphone()?, |_| ()) },
        Screen { sees: "bound".into(), taps: &["login"], ..Screen::with("bound-outside", iphone()?, |_| ()) },
        Screen {
            sees: "open-in-line".into(),
            visitor: Visitor::from(Device::Desktop).speaking("en-US"),
            // A bind token of 512 characters.
            open: Box::new(|sandbox, language| {
                Ok(sandbox.browser_url(&format!("&bindToken={}&lang={language}", "Ab-_".repeat(128))))
            }),
            ..Screen::with("open-in-line-large", bound()?, |_| ())
        },
        Screen {
            sees: "open-in-line".into(),
            visitor: Visitor::from(Device::Phone).speaking("en-US"),
            open: Box::new(|sandbox, language| {
                let forged = "&code=forged&state=forged&liffClientId=1656451635";
                Ok(sandbox.browser_url(&format!("{forged}&lang={language}")))
            }),
            ..Screen::with("open-in-line-astray", bound()?, |_| ())
        },
    ]);
    screens.extend(brands(&find("confirm").ok_or_else(|| e2e::Failure::new("no scenario `confirm`"))?));
    Ok(screens)
}

/// The record of a tab that has bound by this very link, and has sent an unlinking whose answer was lost.
const UNLINK_LOST: &str = r#"
const state = new URLSearchParams(location.search).get("liff.state") ?? location.search;
const bindToken = new URLSearchParams(state.slice(1)).get("bindToken");
const key = "00000000-0000-4000-8000-000000000000";
const begun = { liffId: "LIFF_ID", key, signedInAgain: false, returned: false, account: "unclear", query: "", others: [] };
const unlinking = { ...begun, purpose: "unlink", bindToken: null, past: "lost" };
const record = { ...begun, purpose: "bind", bindToken, past: "done", others: [unlinking] };
sessionStorage["liff-bind:pending"] = JSON.stringify(record);
"#;

/// The consent card of shops with no logo, with no name at all, or with a logo made for a dark header.
fn brands(confirm: &Scenario) -> [Screen; 3] {
    let shop = |name, set_up| Screen::with(name, confirm.clone(), set_up);
    [
        shop("confirm-no-logo", |sandbox| of_shop(sandbox, &json!({ "logoUrl": null, "merchantName": "Days" }))),
        shop("confirm-no-name", |sandbox| of_shop(sandbox, &Value::Null)),
        shop("confirm-white-logo", |sandbox| {
            let logo = "<svg xmlns='http://www.w3.org/2000/svg' width='150' height='30'><text x='75' y='22' font-family='sans-serif' \
                font-weight='700' font-size='22' text-anchor='middle' fill='#fff'>GOOD DAYS</text></svg>";
            sandbox.fail_always(Route::Page("logo.svg".into()), Fault::body(200, "image/svg+xml", logo));
            of_shop(sandbox, &json!({ "logoUrl": format!("https://{PAGE_HOST}/logo.svg") }));
        }),
    ]
}

/// The API's answers name this shop.
fn of_shop(sandbox: &Sandbox, shop: &Value) {
    sandbox.fail_always(Route::Bind, Fault::Merge(json!({ "shop": shop })));
}

impl Screen {
    fn of(name: &'static str, scenario: Scenario) -> Self {
        Self::with(name, scenario, |_| ())
    }

    /// A scenario with an addition.
    fn with(name: &'static str, scenario: Scenario, set_up: fn(&Sandbox)) -> Self {
        let expect = &scenario.expect;
        let sees = match &expect.failure {
            Some(failure) => format!("{}/{failure}", expect.screen),
            None => expect.screen.clone(),
        };
        // The browser's language chooses the font for text that has no language of its own.
        let visitor = Visitor { user_agent: scenario.user_agent(), ..scenario.device.into() }.speaking("en-US");
        let scenario_device = scenario.device;
        let open = move |sandbox: &Sandbox, language: &str| {
            let mut scenario = scenario.clone();
            scenario.query.insert("lang".into(), Some(language.into()));
            let url = sandbox.play(&scenario)?;
            set_up(sandbox);
            Ok(url)
        };
        let before = [before::IMPATIENT, &scenario_device.script()].concat();
        Self {
            name,
            visitor,
            sees,
            holds: "true",
            taps: &[],
            stays: false,
            again: false,
            fresh: name == "page-load",
            before,
            open: Box::new(open),
        }
    }

    fn rests(&mut self, sees: &str, taps: &'static [&'static str]) {
        self.sees = sees.into();
        self.taps = taps;
    }
}
