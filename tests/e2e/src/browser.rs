//! A browser: a person's actions, and a test's questions about the page.

use std::{
    path::Path,
    time::{Duration, Instant},
};

use sandbox::{BLANK, Ledger, PAGE_HOST, Sandbox, VISITS_PATH};
use serde_json::{Value, json};
use thirtyfour::{By, WebDriver, WebElement};
use tokio::time;

use crate::{Engine, Failure, QrCode, Result, Size, Visitor, driver::Driver, qr::qr_text};

/// How long the browser itself may take for anything, on a machine that is busy.
pub(crate) const PATIENCE: Duration = Duration::from_secs(30);
/// How long one question may take before it is asked again.
const ANSWER: Duration = Duration::from_secs(10);
/// How often a page is asked.
const POLL: Duration = Duration::from_millis(100);

/// A browser with one page. It is closed, and its profile removed, when it is dropped.
pub struct Browser<'s> {
    driver: Driver,
    engine: Engine,
    size: Size,
    sandbox: &'s Sandbox,
}

impl<'s> Browser<'s> {
    /// Opens a fresh browser of a [`sandbox::Device`], of a [`sandbox::LineApp`] or of any [`Visitor`].
    pub async fn open(engine: Engine, visitor: impl Into<Visitor>, sandbox: &'s Sandbox) -> Result<Self> {
        let visitor = visitor.into();
        let size = visitor.size;
        let browser = Self { driver: Driver::start(engine, &visitor, sandbox).await?, engine, size, sandbox };
        browser.resize(size).await?;
        Ok(browser)
    }

    /// The `WebDriver` session, for anything that has no method here.
    pub fn session(&self) -> Result<&WebDriver> {
        self.driver.session()
    }

    /// Opens a URL and waits until its document (or the browser's error page) has replaced the one before.
    pub async fn goto(&self, url: &str) -> Result {
        let before = self.script(DOCUMENT).await?;
        self.session()?.goto(url).await?;
        self.another_document(&before, url).await
    }

    /// Reloads the page and waits until the new document is there.
    pub async fn reload(&self) -> Result {
        let before = self.script(DOCUMENT).await?;
        self.session()?.refresh().await?;
        self.another_document(&before, "the reload").await
    }

    /// Opens a URL as a new visitor.
    pub async fn start_over(&self, url: &str) -> Result {
        self.forget().await?;
        self.goto(url).await
    }

    /// Leaves the page and clears the browser's storage.
    pub async fn forget(&self) -> Result {
        self.goto(&format!("https://{PAGE_HOST}{BLANK}")).await?;
        // `WebKit` may show a document without an origin first, which has no stores.
        let empty = format!("(localStorage.clear(), sessionStorage.clear(), location.pathname === {})", json!(BLANK));
        self.wait_until_true(&empty, PATIENCE).await?;
        Ok(self.session()?.delete_all_cookies().await?)
    }

    /// The browser's back button; waits until another document is there.
    pub async fn back(&self) -> Result {
        let before = self.script(DOCUMENT).await?;
        self.session()?.back().await?;
        self.another_document(&before, "the page before").await
    }

    async fn another_document(&self, before: &Value, what: &str) -> Result {
        self.wait_until(what, PATIENCE, async || Ok(self.script(DOCUMENT).await? != *before)).await
    }

    /// `data-screen`, empty while there is none.
    pub async fn screen(&self) -> Result<String> {
        self.attribute("data-screen").await
    }

    /// `data-failure`, empty when there is none.
    pub async fn failure(&self) -> Result<String> {
        self.attribute("data-failure").await
    }

    /// The language shown: `<html lang>`.
    pub async fn lang(&self) -> Result<String> {
        self.attribute("lang").await
    }

    /// An attribute of `<html>`.
    async fn attribute(&self, name: &str) -> Result<String> {
        let value = self.script(&format!("return document.documentElement.getAttribute({})", json!(name))).await?;
        Ok(value.as_str().unwrap_or_default().to_owned())
    }

    /// The text that is shown.
    pub async fn text(&self) -> Result<String> {
        let value = self.script("return document.body ? document.body.innerText : ''").await?;
        Ok(value.as_str().unwrap_or_default().to_owned())
    }

    /// The page's source as it is now.
    pub async fn html(&self) -> Result<String> {
        Ok(self.session()?.source().await?)
    }

    /// The page's URL as it is now.
    pub async fn url(&self) -> Result<String> {
        let value = self.script("return location.href").await?;
        Ok(value.as_str().unwrap_or_default().to_owned())
    }

    /// Waits for a screen: `bound`, or with its failure `failed/offline`.
    pub async fn wait_for_screen(&self, wanted: &str, timeout: Duration) -> Result {
        self.wait_until(wanted, timeout, async || {
            let screen = self.screen().await?;
            let shown = if wanted.contains('/') { format!("{screen}/{}", self.failure().await?) } else { screen };
            Ok(shown == wanted)
        })
        .await?;
        self.owes_no_visit().await
    }

    /// Waits until a JavaScript expression is true in the page.
    pub async fn wait_until_true(&self, expression: &str, timeout: Duration) -> Result {
        let is = format!("return Boolean({expression})");
        self.wait_until(expression, timeout, async || Ok(self.script(&is).await? == Value::Bool(true))).await
    }

    /// Scrolls an element to this place of the window (`center`, `start`), once it is there.
    pub async fn scroll_to(&self, selector: &str, block: &str) -> Result {
        let element = format!("document.querySelector({})", json!(selector));
        self.wait_until_true(&element, PATIENCE).await?;
        self.script(&format!("{element}.scrollIntoView({{ block: '{block}' }})")).await?;
        Ok(())
    }

    /// Asks until the answer is yes. An error or no answer counts as no: a page may be on its way to the next, and
    /// `WebKit`'s driver sometimes loses a script then.
    pub async fn wait_until(&self, what: &str, timeout: Duration, ask: impl AsyncFn() -> Result<bool>) -> Result {
        let deadline = Instant::now() + timeout;
        loop {
            let answer = time::timeout(ANSWER, ask()).await.unwrap_or_else(|_| Err(Failure::new("no answer")));
            if let Ok(true) = answer {
                return Ok(());
            }
            if Instant::now() > deadline {
                let situation = time::timeout(ANSWER, self.situation()).await.unwrap_or_else(|_| "(no answer)".into());
                return Err(Failure::new(format!(
                    "waited {timeout:?} for {what}; last answer: {answer:?}\n{situation}"
                )));
            }
            time::sleep(POLL).await;
        }
    }

    /// Describes what the page shows, and the last requests.
    pub async fn situation(&self) -> String {
        let or_error = |result: Result<String>| result.unwrap_or_else(|error| format!("({error:?})"));
        let ledger = self.ledger();
        format!(
            "The page shows {}/{} at {}:\n{}\nThe last requests:\n{}\nBreaches of the contract: {:?}",
            or_error(self.screen().await),
            or_error(self.failure().await),
            or_error(self.url().await).chars().take(200).collect::<String>(),
            or_error(self.text().await),
            ledger.tail(12),
            ledger.violations
        )
    }

    /// The control with this `data-action`; waits until it is there.
    pub async fn action(&self, name: &str) -> Result<WebElement> {
        let selector = By::Css(format!("[data-action='{name}']"));
        self.wait_until(name, PATIENCE, async || {
            Ok(self.session()?.find(selector.clone()).await?.is_displayed().await?)
        })
        .await?;
        Ok(self.session()?.find(selector).await?)
    }

    /// Taps the control with this `data-action`.
    pub async fn tap(&self, name: &str) -> Result {
        Ok(self.action(name).await?.click().await?)
    }

    /// Where the link with this `data-action` leads.
    pub async fn href(&self, name: &str) -> Result<String> {
        Ok(self.action(name).await?.attr("href").await?.unwrap_or_default())
    }

    /// Runs JavaScript: the body of a function, its arguments in `arguments`.
    pub async fn script(&self, body: &str) -> Result<Value> {
        Ok(self.session()?.execute(body, Vec::new()).await?.json().clone())
    }

    /// Gives Chromium a command of its own (Chrome `DevTools` Protocol).
    pub async fn command(&self, name: &str, parameters: Value) -> Result {
        Ok(self.session()?.cdp().send_raw(name, parameters).await.map(drop)?)
    }

    /// What the outside world has seen so far.
    #[must_use]
    pub fn ledger(&self) -> Ledger {
        self.sandbox.ledger()
    }

    /// Whether this browser is a computer's.
    pub(crate) fn is_desktop(&self) -> bool {
        self.size == Size::DESKTOP
    }

    /// Whether the page should report its visit.
    pub(crate) fn counts_visits(&self) -> bool {
        self.sandbox.events() == VISITS_PATH
    }

    /// Makes the viewport this large, to the pixel. In Chromium, the page has then been drawn so.
    pub async fn resize(&self, Size { width, height }: Size) -> Result {
        let session = self.session()?;
        let size = match self.engine {
            Engine::Chromium => {
                let metrics = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
                self.command("Emulation.setDeviceMetricsOverride", metrics).await?;
                SIZE_AS_DRAWN
            }
            Engine::WebKit => SIZE,
        };
        self.wait_until("the window's size", PATIENCE, async || {
            if self.script(size).await? == json!([width, height]) {
                return Ok(true);
            }
            if self.engine == Engine::WebKit {
                session.set_window_rect(0, 0, width, height).await?;
            }
            Ok(false)
        })
        .await
    }

    /// The viewport as a PNG.
    pub async fn png(&self) -> Result<Vec<u8>> {
        Ok(self.session()?.screenshot_as_png().await?)
    }

    /// The text of the QR code in the viewport; waits until there is one.
    pub async fn qr_text(&self) -> Result<String> {
        self.wait_until("a QR code", PATIENCE, async || Ok(qr_text(&self.png().await?).is_ok())).await?;
        qr_text(&self.png().await?)
    }

    /// The QR code in the viewport as the screen shows it; waits until there is one.
    pub async fn qr_code(&self) -> Result<QrCode> {
        let part = "const { left, top, width, height } = document.querySelector('img.qr').getBoundingClientRect();
            return [left, top, width, height, devicePixelRatio]";
        let read = async || -> Result<QrCode> {
            let seen = self.script(part).await?;
            let [left, top, width, height, ratio] =
                [0, 1, 2, 3, 4].map(|index| seen.get(index).and_then(Value::as_f64).unwrap_or_default());
            QrCode::read(&self.png().await?, [left, top, width, height], ratio)
        };
        self.wait_until("a QR code", PATIENCE, async || read().await.map(|_| true)).await?;
        read().await
    }

    /// Writes the viewport to a PNG file.
    pub async fn screenshot(&self, path: &Path) -> Result {
        Ok(std::fs::write(path, self.png().await?)?)
    }
}

/// The viewport's size.
const SIZE: &str = "return [innerWidth, innerHeight]";
/// The same after two frames: the page hears of a new size just before the first. `WebKit` draws none while it waits for
/// another page.
const SIZE_AS_DRAWN: &str = "const frame = () => new Promise(requestAnimationFrame);
    return frame().then(frame).then(() => [innerWidth, innerHeight])";

/// Differs from document to document.
const DOCUMENT: &str = "return performance.timeOrigin";
