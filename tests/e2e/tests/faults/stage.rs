//! One sandbox and one browser, in which rows are simulated one after the other.

use std::time::Duration;

use e2e::{Browser, Engine, Visitor, before, breaches};
use sandbox::{BLANK, Ledger, LineApp, LineUser, PAGE_HOST, Route, Sandbox};

use crate::{
    press::press,
    row::{Row, SOON, Step, Visit},
    verdict::{Finding, Presses, Wrong, judge},
    watch::{Glance, wait_for},
};

/// How long a row may take in all, in case the page loads itself again and again.
const LONGEST_ROW: Duration = Duration::from_secs(75);

/// A row that ended as it should.
pub struct Played {
    /// Whether the page bound without a touch; otherwise it rested at a true screen whose action works.
    pub by_itself: bool,
    /// The heading of the screen at which it rested.
    pub heading: String,
}

/// A place to simulate rows.
pub struct Stage<'s> {
    engine: Engine,
    sandbox: &'s Sandbox,
    /// The browser of the previous rows, and its user agent.
    browser: Option<(String, Browser<'s>)>,
}

/// A row under way.
pub struct Scene<'s> {
    pub engine: Engine,
    pub sandbox: &'s Sandbox,
    pub browser: Browser<'s>,
    pub visit: Visit,
    /// The ledger before the row.
    before: Ledger,
    pub presses: Presses,
    /// Whether the person continued in a browser of another kind.
    changed_browsers: bool,
}

impl<'s> Stage<'s> {
    pub fn new(engine: Engine, sandbox: &'s Sandbox) -> Self {
        Self { engine, sandbox, browser: None }
    }

    /// Simulates a row. A browser in which a row failed is not used again.
    pub async fn play(&mut self, row: &Row) -> Result<Played, Finding> {
        let sandbox = self.sandbox;
        sandbox.reset();
        let patience = if row.patient { "" } else { before::IMPATIENT };
        let speaks = before::speaks(&["en"]);
        sandbox.configure(|config| config.first_script = scoped(&[patience, &speaks, &row.before]));
        for (route, next, then) in &row.faults {
            sandbox.fail_then(route.clone(), next.clone(), then.clone());
        }
        let mut visit = Visit::new(row.device, sandbox);
        for set_up in &row.set_up {
            set_up(sandbox, &mut visit);
        }
        let visitor = visit.visitor();
        let user_agent = visitor.user_agent.clone();
        let browser = match self.browser.take() {
            Some((same, browser)) if same == user_agent && !row.fresh => browser,
            _ => Browser::open(self.engine, visitor, sandbox).await?,
        };
        browser.forget().await?;
        let before = sandbox.ledger();
        let sign_ins = before.of(&Route::Authorize).count();
        let mut scene = Scene {
            engine: self.engine,
            sandbox,
            browser,
            visit,
            before,
            presses: Presses::default(),
            changed_browsers: false,
        };
        let played = tokio::select! {
            played = scene.play(row) => played?,
            () = tokio::time::sleep(LONGEST_ROW) => return Err(Finding::new(Wrong::Stuck, "it has no end")),
            () = login_loop(sandbox, sign_ins) => return Err(Finding::new(Wrong::Stuck, "a login loop")),
        };
        let reusable = !row.fresh && !scene.changed_browsers;
        self.browser = reusable.then_some((user_agent, scene.browser));
        Ok(played)
    }
}

/// Ends when the page has gone to LINE's sign-in again and again; it had been there `before` times already.
async fn login_loop(sandbox: &Sandbox, before: usize) {
    while sandbox.ledger().of(&Route::Authorize).count() < before + 8 {
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
}

/// Scripts that do not see each other's names.
fn scoped(scripts: &[&str]) -> String {
    scripts.iter().flat_map(|script| ["{", script, "}\n"]).collect()
}

impl Scene<'_> {
    async fn play(&mut self, row: &Row) -> Result<Played, Finding> {
        self.browser.goto(&self.visit.url(self.sandbox)?).await?;
        match self.on_the_way(row).await {
            Ok(seen) => self.judge(seen, row)?,
            Err(finding) => {
                // The screen that it shows instead may be false.
                self.judge(Glance::now(&self.browser).await, row)?;
                return Err(finding);
            }
        }
        self.browser.owes_no_visit().await?;
        let shown = if row.unlooked { self.browser.look().await? } else { self.browser.inspect().await? };
        if row.actions.is_some_and(|actions| shown.actions != actions) {
            return Err(Finding::otherwise(format!("it offers {:?}", shown.actions)));
        }
        if let Some(script) = row.holds {
            self.holds(script).await?;
        }
        let posts = self.ledger().bind_posts().len();
        if row.posts.is_some_and(|wanted| posts != wanted) {
            return Err(Finding::otherwise(format!("{posts} posts\n{}", self.ledger().tail(12))));
        }
        // What it denied at first may have been done meanwhile.
        self.judge(Glance::now(&self.browser).await, row)?;
        if let Some((action, leads_to)) = row.then {
            if row.passes {
                self.sandbox.heal();
                row.lift.iter().for_each(|lift| lift(self.sandbox));
            }
            press(self, &shown, action, leads_to).await?;
            let now = Glance::now(&self.browser).await;
            if !now.screen.is_empty() {
                self.judge(now, row)?;
                // Or it would be told in the next row: the static page takes half a second.
                self.browser.owes_no_visit().await?;
            }
        }
        let allowed = |breach: &String| row.picture_from.is_some_and(|host| breach.contains(host));
        if let Some(breach) = breaches(&self.ledger()).into_iter().find(|breach| !allowed(breach)) {
            return Err(Finding::otherwise(breach));
        }
        Ok(Played {
            by_itself: row.is_hands_off(),
            heading: shown.heading.split_whitespace().collect::<Vec<_>>().join(" "),
        })
    }

    /// Takes the steps, waits until the page rests, and returns the look at it.
    async fn on_the_way(&mut self, row: &Row) -> Result<Glance, Finding> {
        for step in &row.steps {
            self.step(step, row).await?;
        }
        let mut seen = Glance::default();
        for screen in &row.screens {
            seen = wait_for(&self.browser, screen).await?;
        }
        Ok(seen)
    }

    /// The ledger of this row.
    pub fn ledger(&self) -> Ledger {
        self.sandbox.ledger().since(&self.before)
    }

    /// The URL that LINE opens.
    fn line_url(&self, line: &LineApp) -> e2e::Result<String> {
        Ok(self.sandbox.line_url(line)?)
    }

    fn judge(&self, mut seen: Glance, row: &Row) -> Result<(), Finding> {
        seen.ledger = seen.ledger.since(&self.before);
        judge(&seen, row, &self.visit, &self.ledger(), self.presses)
    }

    async fn step(&mut self, step: &Step, row: &Row) -> Result<(), Finding> {
        let browser = &self.browser;
        match step {
            Step::Sees(wanted) => {
                let seen = wait_for(browser, wanted).await?;
                self.judge(seen, row)?;
            }
            Step::Until(what, is) => browser.wait_until(what, SOON, async || Ok(is(&self.ledger()))).await?,
            Step::Holds(script) => browser.wait_until_true(script, SOON).await?,
            Step::Tap(action) => {
                self.presses.add(action);
                browser.tap(action).await?;
            }
            Step::Taps(action, times) => {
                self.presses.add(action);
                browser.action(action).await?;
                let taps = format!(
                    "const control = document.querySelector('[data-action={action}]');
                    for (let taps = 0; taps < {times}; taps++) control.click();"
                );
                browser.script(&taps).await?;
            }
            Step::Reload => browser.reload().await?,
            Step::Back => browser.back().await?,
            Step::OpenAgain => {
                // Not directly: another fragment alone would load nothing.
                browser.goto(&format!("https://{PAGE_HOST}{BLANK}")).await?;
                browser.goto(&self.visit.url(self.sandbox)?).await?;
            }
            Step::NextPerson => {
                self.visit.user = LineUser::new("Tom");
                self.sandbox.configure(|config| config.user = self.visit.user.clone());
                self.visit.bind_token = self.sandbox.issue_bind_token(74);
                self.visit.query = format!("bindToken={}", self.visit.bind_token);
                browser.goto(&self.visit.url(self.sandbox)?).await?;
            }
            Step::Restart => {
                self.browser = Browser::open(self.engine, self.visit.visitor(), self.sandbox).await?;
                self.browser.goto(&self.visit.url(self.sandbox)?).await?;
            }
            Step::Elsewhere { same_person, sees } => self.elsewhere(*same_person, sees).await?,
            Step::Change(change) => change(self.sandbox),
            Step::Run(script) => drop(browser.script(script).await?),
            Step::Fits(size) => {
                browser.resize(*size).await?;
                // A person may have to scroll down there, but never sideways.
                let mut wrong = browser.look().await?.wrong;
                wrong.retain(|wrong| !wrong.contains("out of view"));
                if !wrong.is_empty() {
                    return Err(Finding::otherwise(format!("at {size:?}: {}", wrong.join("; "))));
                }
            }
            Step::Command(name, parameters) => {
                browser.command(name, serde_json::from_str(parameters).unwrap_or_default()).await?;
            }
        }
        Ok(())
    }

    /// Opens the same link in a second browser, whose screen must be true as well.
    async fn elsewhere(&self, same_person: bool, sees: &str) -> Result<(), Finding> {
        let user = if same_person { self.visit.user.clone() } else { LineUser::new("Ken") };
        let line = LineApp { user: Some(user.clone()), ..self.visit.line.clone() };
        let url = self.line_url(&line.clone().with_extra(format!("?{}", self.visit.query)))?;
        let second = Browser::open(self.engine, &line, self.sandbox).await?;
        second.goto(&url).await?;
        wait_for(&second, sees).await?;
        let is_bound = self.ledger().bindings.iter().any(|binding| binding.sub == user.id);
        if is_bound != sees.ends_with("bound") {
            return Err(Finding::otherwise(format!("elsewhere it shows {sees}, bound: {is_bound}")));
        }
        Ok(())
    }

    async fn holds(&self, script: &str) -> Result<(), Finding> {
        let held = self.browser.script(&format!("return Boolean({script})")).await?;
        if held == serde_json::Value::Bool(true) {
            return Ok(());
        }
        Err(Finding::otherwise(format!("it does not hold: {script}\n{}", self.browser.situation().await)))
    }

    /// Opens a LIFF URL as LINE does: in the same LIFF browser, or, from any other browser, in LINE's.
    pub async fn open_line(&mut self, liff_url: &str) -> Result<(), Finding> {
        let Some(line) = self.visit.in_line(liff_url) else {
            return Err(Finding::otherwise(format!("not the shop's LIFF URL: {liff_url}")));
        };
        let url = self.line_url(&line)?;
        if self.visit.device.liff_browser().is_none() {
            self.browser = Browser::open(self.engine, Visitor::from(&line), self.sandbox).await?;
            self.changed_browsers = true;
        }
        Ok(self.browser.goto(&url).await?)
    }
}
