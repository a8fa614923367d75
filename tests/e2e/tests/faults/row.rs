//! One fault of the table, as data.

use std::{fmt, time::Duration};

use e2e::{Engine, LIFF_ID, Result, Size, Visitor};
use sandbox::{Device, Fault, Ledger, LineApp, LineUser, Os, Route, Sandbox};

/// The place of a fault. The table has a chapter for each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    Line,
    Network,
    Phone,
    People,
    Unlinking,
    Hostile,
}

impl Place {
    pub const ALL: [Self; 6] = [Self::Line, Self::Network, Self::Phone, Self::People, Self::Unlinking, Self::Hostile];

    pub fn title(self) -> &'static str {
        match self {
            Self::Line => "LINE",
            Self::Network => "Network and bind API",
            Self::Phone => "The phone",
            Self::People => "People",
            Self::Unlinking => "Unlinking",
            Self::Hostile => "Hostile input",
        }
    }
}

/// One opening of the page, before it happens; a row changes parts of it.
pub struct Visit {
    pub device: Device,
    /// How LINE opens it, if the device is LINE's.
    pub line: LineApp,
    pub user: LineUser,
    /// Whether the person is here to unlink.
    pub unlinks: bool,
    /// A fresh bind token of the shop for this customer.
    pub bind_token: String,
    /// The page's own parameters.
    pub query: String,
    /// The end of the URL: further parameters outside LINE, or a fragment.
    pub tail: String,
}

impl Visit {
    pub fn new(device: Device, sandbox: &Sandbox) -> Self {
        let bind_token = sandbox.issue_bind_token(74);
        let line = LineApp { language: "en".into(), ..LineApp::new(device.liff_browser().unwrap_or(Os::Ios)) };
        let query = format!("bindToken={bind_token}");
        Self { device, line, user: sandbox.user(), unlinks: false, bind_token, query, tail: String::new() }
    }

    /// The URL to open; in LINE, with fresh tokens.
    pub fn url(&self, sandbox: &Sandbox) -> Result<String> {
        let url = if self.device.liff_browser().is_some() {
            let extra = if self.query.is_empty() { String::new() } else { format!("?{}", self.query) };
            sandbox.line_url(&self.line.clone().with_extra(extra))?
        } else {
            sandbox.browser_url(&format!("&{}", self.query))
        };
        Ok(format!("{url}{}", self.tail))
    }

    pub fn visitor(&self) -> Visitor {
        if self.device.liff_browser().is_some() { (&self.line).into() } else { self.device.into() }
    }

    /// LINE on this person's phone, when it opens one of the shop's LIFF URLs.
    pub fn in_line(&self, liff_url: &str) -> Option<LineApp> {
        let extra = liff_url.strip_prefix(&format!("https://liff.line.me/{LIFF_ID}"))?;
        let os = self.device.liff_browser().unwrap_or(Os::Ios);
        Some(LineApp { language: "en".into(), user: Some(self.user.clone()), ..LineApp::new(os).with_extra(extra) })
    }
}

/// Steps after the page is opened and before it is at rest.
pub enum Step {
    /// The page comes to this screen.
    Sees(&'static str),
    /// The ledger fulfils this condition.
    Until(&'static str, fn(&Ledger) -> bool),
    /// This JavaScript becomes true in the page.
    Holds(&'static str),
    Tap(&'static str),
    /// This many taps at once.
    Taps(&'static str, usize),
    Reload,
    Back,
    /// The same person opens the same link again, in the same browser.
    OpenAgain,
    /// Another person opens a link of their own in the same browser.
    NextPerson,
    /// The browser is closed, and the same person opens the same link in a new one.
    Restart,
    /// The same link, opened in a second browser by the same person or another, leads to this screen.
    Elsewhere {
        same_person: bool,
        sees: &'static str,
    },
    /// The outside world changes.
    Change(fn(&Sandbox)),
    /// JavaScript in the page.
    Run(&'static str),
    /// The window gets another size, and everything fits.
    Fits(Size),
    /// A command of Chromium's own, and its parameters as JSON.
    Command(&'static str, &'static str),
}

type SetUp = Box<dyn Fn(&Sandbox, &mut Visit) + Send + Sync>;

/// One row. The functions below build it, in words; [`stage`](crate::stage) simulates it.
#[expect(clippy::struct_excessive_bools, reason = "each answers a question of its own")]
pub struct Row {
    /// Its place in the table.
    pub number: usize,
    pub place: Place,
    /// The fault, in a plain sentence.
    pub fault: String,
    /// The place where it is injected.
    pub at: String,
    pub device: Device,
    /// The only engine that can simulate it, and why.
    pub only: Option<(Engine, &'static str)>,
    /// Whether one engine is enough: nothing of transport, storage or navigation is at stake.
    pub one_engine: bool,
    /// Whether it needs a browser that has never seen the page.
    pub fresh: bool,
    /// A script that runs before the page, after the usual ones.
    pub before: String,
    /// Whether pauses last as long as for people.
    pub patient: bool,
    pub faults: Vec<(Route, Vec<Fault>, Fault)>,
    pub set_up: Vec<SetUp>,
    pub steps: Vec<Step>,
    /// The screens in order; the page rests at the last one.
    pub screens: Vec<&'static str>,
    /// The `data-action`s there, if they matter.
    pub actions: Option<&'static [&'static str]>,
    /// JavaScript that is true there.
    pub holds: Option<&'static str>,
    /// The primary action, and the screen it leads to; `None` if the page has come to its end.
    pub then: Option<(&'static str, &'static str)>,
    /// Whether the fault passes before the primary action is used.
    pub passes: bool,
    /// Another change at that time.
    pub lift: Option<fn(&Sandbox)>,
    /// How many posts there are until the page rests, if that matters.
    pub posts: Option<usize>,
    /// How many keys may ask for the one binding: more than one if it was requested again after an answer, or
    /// elsewhere.
    pub keys: usize,
    /// How many sign-ins there may be without a press.
    pub sign_ins: usize,
    /// Another host that may be asked, for a picture.
    pub picture_from: Option<&'static str>,
    /// Whether the rules for a fresh screen do not apply: it has no stylesheet, or the browser has kept it.
    pub unlooked: bool,
}

impl Row {
    /// A fault that the page overcomes by itself in LINE, unless changed below.
    pub fn new(place: Place, at: impl Into<String>, fault: impl Into<String>) -> Self {
        Self {
            number: 0,
            place,
            fault: fault.into(),
            at: at.into(),
            device: Device::LineIos,
            only: None,
            one_engine: false,
            fresh: false,
            before: String::new(),
            patient: false,
            faults: Vec::new(),
            set_up: Vec::new(),
            steps: Vec::new(),
            screens: vec!["bound"],
            actions: None,
            holds: None,
            then: None,
            passes: true,
            lift: None,
            posts: None,
            keys: 1,
            sign_ins: 1,
            picture_from: None,
            unlooked: false,
        }
    }

    pub fn on(self, device: Device) -> Self {
        Self { device, ..self }
    }

    /// Only one engine's driver can simulate it, for this reason.
    pub fn only(self, engine: Engine, reason: &'static str) -> Self {
        Self { only: Some((engine, reason)), ..self }
    }

    /// One engine is enough: nothing of transport, storage or navigation is at stake.
    pub fn one_engine(self) -> Self {
        Self { one_engine: true, ..self }
    }

    pub fn fresh(self) -> Self {
        Self { fresh: true, ..self }
    }

    /// Runs before the page's own scripts.
    pub fn before(self, script: impl Into<String>) -> Self {
        Self { before: script.into(), ..self }
    }

    pub fn patient(self) -> Self {
        Self { patient: true, ..self }
    }

    /// A route that fails until the fault passes.
    pub fn fails(mut self, route: Route, fault: Fault) -> Self {
        self.faults.push((route, Vec::new(), fault));
        self
    }

    /// A route that fails this many times.
    pub fn fails_times(mut self, times: usize, route: Route, fault: Fault) -> Self {
        self.faults.push((route, vec![fault; times], Fault::None));
        self
    }

    /// A route of LINE's that fails the SDK this many times, and before that the page's early request, which stands in
    /// for the SDK's first one.
    pub fn fails_sdk(self, times: usize, route: Route, fault: Fault) -> Self {
        self.fails_times(1 + times, route, fault)
    }

    /// A route that fails in these ways, one request each.
    pub fn fails_so(mut self, route: Route, faults: impl Into<Vec<Fault>>) -> Self {
        self.faults.push((route, faults.into(), Fault::None));
        self
    }

    pub fn set_up(mut self, set_up: impl Fn(&Sandbox, &mut Visit) + Send + Sync + 'static) -> Self {
        self.set_up.push(Box::new(set_up));
        self
    }

    /// The person is linked, and opens the shop's link for unlinking.
    pub fn unlinks(self) -> Self {
        self.set_up(|sandbox, visit| {
            visit.unlinks = true;
            visit.query = "unlink=1".into();
            sandbox.bind_before(&visit.user);
        })
    }

    /// The shop asks for consent before it binds.
    pub fn asks_consent(self) -> Self {
        self.set_up(|sandbox, _| sandbox.configure(|config| config.consent = Some("2026-01".into())))
    }

    /// The bind API takes this many seconds.
    pub fn binds_in(self, seconds: u64) -> Self {
        self.set_up(move |sandbox, _| sandbox.configure(|config| config.bind_takes = Duration::from_secs(seconds)))
    }

    /// The page's own parameters, besides the bind token.
    pub fn with_query(self, query: &'static str) -> Self {
        self.set_up(move |_, visit| visit.query += query)
    }

    pub fn steps(self, steps: impl Into<Vec<Step>>) -> Self {
        Self { steps: steps.into(), ..self }
    }

    /// The screen at which the page rests.
    pub fn rests(self, screen: &'static str) -> Self {
        Self { screens: vec![screen], ..self }
    }

    /// A screen that is shown before it rests.
    pub fn passing(mut self, screen: &'static str) -> Self {
        self.screens.insert(self.screens.len().saturating_sub(1), screen);
        self
    }

    /// Exactly these actions are offered.
    pub fn offers(self, actions: &'static [&'static str]) -> Self {
        Self { actions: Some(actions), ..self }
    }

    pub fn holds(self, script: &'static str) -> Self {
        Self { holds: Some(script), ..self }
    }

    /// The primary action, and where it leads once the fault has passed.
    pub fn then(self, action: &'static str, screen: &'static str) -> Self {
        Self { then: Some((action, screen)), ..self }
    }

    /// Nothing is left to do but to close the page.
    pub fn closes(self) -> Self {
        self.then("close", "closed")
    }

    /// There is a code to pass on to the shop.
    pub fn copies(self) -> Self {
        self.then("copy-code", "copied")
    }

    /// The fault does not pass.
    pub fn lasts(self) -> Self {
        Self { passes: false, ..self }
    }

    pub fn lifted_by(self, lift: fn(&Sandbox)) -> Self {
        Self { lift: Some(lift), ..self }
    }

    pub fn posts(self, posts: usize) -> Self {
        Self { posts: Some(posts), ..self }
    }

    pub fn keys(self, keys: usize) -> Self {
        Self { keys, ..self }
    }

    /// LINE's SDK signs in by itself at each load here; its second return is the last.
    pub fn sdk_signs_in(self) -> Self {
        Self { sign_ins: 2, ..self }
    }

    pub fn picture_from(self, host: &'static str) -> Self {
        Self { picture_from: Some(host), ..self }
    }

    pub fn unlooked(self) -> Self {
        Self { unlooked: true, ..self }
    }

    /// Whether it runs in this engine. Rows for which one is enough take turns, so that both have as much to do.
    pub fn is_for(&self, engine: Engine) -> bool {
        let in_turn = if self.number.is_multiple_of(2) { Engine::Chromium } else { Engine::WebKit };
        match self.only {
            Some((only, _)) => only == engine,
            None => !self.one_engine || engine == in_turn,
        }
    }

    /// The screen at which the page rests.
    pub fn resting(&self) -> &'static str {
        self.screens.last().copied().unwrap_or_default()
    }

    /// Whether the screen was not touched until the bind.
    pub fn is_hands_off(&self) -> bool {
        let touches = |step: &Step| matches!(step, Step::Tap(_) | Step::Taps(..));
        self.then.is_none() && !self.steps.iter().any(touches)
    }
}

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}: {}", self.place.title(), self.at, self.fault)
    }
}

/// Whether the page has posted.
pub fn posted(ledger: &Ledger) -> bool {
    !ledger.bind_posts().is_empty()
}

/// Longer than anything takes, on a machine that is busy.
pub const SOON: Duration = Duration::from_secs(30);
