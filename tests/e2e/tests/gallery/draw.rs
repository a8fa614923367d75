//! Draws one screen in all its looks, and checks each by the rules for screens.

use std::time::Duration;

use e2e::{Browser, Engine, Failure, Result, Size};
use gallery::{Picture, Sheet};
use sandbox::Sandbox;
use serde_json::{Value, json};

use crate::screens::Screen;

/// The files of `src/i18n`.
const LANGUAGES: [&str; 5] = ["zh-Hant", "en", "ja", "th", "id"];
const THEMES: [&str; 2] = ["light", "dark"];
/// LIFF's Compact on a common phone and on the smallest, and LIFF's Full.
const PHONE: [Size; 3] = [Size::COMPACT, Size::new(320, 290), Size::FULL];
/// A computer's window, and the same at 400% zoom.
const COMPUTER: [Size; 2] = [Size::DESKTOP, Size::new(320, 256)];
/// A phone turned sideways: checked, but not in the pictures.
const OTHERS: [Size; 1] = [Size::new(844, 390)];
const SOON: Duration = Duration::from_secs(30);

/// Makes a still: animations stand at their beginning. A QR code differs each time, so a stand-in replaces it.
const HOLD_STILL: &str = "
    for (const animation of document.getAnimations()) { animation.pause(); animation.currentTime = 0; }
    scrollTo(0, 0);
    const code = document.querySelector('.qr');
    if (code) code.src = `data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 10 10'><path fill='white' d='M0 0h10v10H0z'/><path d='M1 1h8v8H1z'/></svg>`;
    return code?.decode();
";

/// A look at half a screen must show this without scrolling: the title and the sentence, above the buttons.
const CROWDED: &str = "
    const visible = (selector) => [...document.querySelectorAll(selector)].find((one) => one.checkVisibility());
    const bottom = visible('.body').getBoundingClientRect().bottom;
    return bottom - Math.min(innerHeight, visible('.actions').getBoundingClientRect().top);
";

/// The texts of which the buttons cover a part, wherever one scrolls.
const COVERED: &str = "
    const shown = (selector) => [...document.querySelectorAll(selector)].filter((one) => one.checkVisibility());
    const [actions] = shown('.actions');
    const covered = shown('h1, .body').filter((one) => {
        scrollTo(0, scrollY + one.getBoundingClientRect().top);
        const { top, bottom, height } = one.getBoundingClientRect();
        const edge = actions.getBoundingClientRect().top;
        const seen = Math.min(bottom, innerHeight, edge > top ? edge : innerHeight) - Math.max(top, 0);
        return seen < Math.min(height, innerHeight * 0.35) - 1;
    });
    scrollTo(0, 0);
    return covered.map((one) => one.innerText);
";

/// Text at twice its size: neither title nor sentence is longer than half a screen, and nothing is cut off but a link.
const TOO_LONG_AT_200: &str = "
    const all = 'h1, p, .button, html:not([data-screen=open-in-line]) output';
    const texts = [...document.querySelectorAll(all)].filter((one) => one.checkVisibility());
    const cut = texts.filter((one) => one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).display !== 'inline');
    const long = texts.filter((one) => one.clientHeight > 330);
    return [...cut, ...long].map((one) => one.innerText);
";

/// A browser that draws screens one after the other.
pub struct Easel<'s> {
    sandbox: &'s Sandbox,
    browser: Option<(String, Browser<'s>)>,
}

impl<'s> Easel<'s> {
    pub fn new(sandbox: &'s Sandbox) -> Self {
        Self { sandbox, browser: None }
    }

    pub async fn draw(&mut self, screen: &Screen) -> Result {
        let user_agent = screen.visitor.user_agent.clone();
        let open = async || Browser::open(Engine::Chromium, screen.visitor.clone().drawn(), self.sandbox).await;
        let mut browser = match self.browser.take() {
            Some((same, browser)) if same == user_agent => browser,
            _ => open().await?,
        };
        let mut sheet = Sheet::default();
        let mut wrong = Vec::new();
        for language in LANGUAGES {
            if screen.fresh {
                browser = open().await?;
            }
            self.reach(&browser, screen, language).await?;
            let sizes: &[Size] = if screen.visitor.size == Size::DESKTOP { &COMPUTER } else { &PHONE };
            for theme in THEMES {
                dress(&browser, theme).await?;
                for size in sizes {
                    browser.resize(*size).await?;
                    browser.script(HOLD_STILL).await?;
                    let found = faults(&browser, *size).await?;
                    wrong.extend(found.into_iter().map(|text| format!("{language}, {theme}, {size:?}: {text}")));
                    sheet.put(language, picture(&browser).await?);
                }
            }
            for size in OTHERS {
                browser.resize(size).await?;
                let found = browser.look().await?.wrong;
                wrong.extend(found.into_iter().map(|text| format!("{language}, {size:?}: {text}")));
            }
            let found = at_200_percent(&browser).await?;
            wrong.extend(found.into_iter().map(|text| format!("{language}, text at 200%: {text}")));
        }
        wrong.retain(|text| !(screen.stays && text.contains("the focus is not on the heading")));
        self.browser = Some((user_agent, browser));
        wrong.extend(sheet.keep(screen.name).err().map(|failure| failure.to_string()));
        if wrong.is_empty() { Ok(()) } else { Err(Failure::new(wrong.join("\n"))) }
    }

    async fn reach(&self, browser: &Browser<'_>, screen: &Screen, language: &str) -> Result {
        self.sandbox.reset();
        self.sandbox.configure(|config| config.first_script.clone_from(&screen.before));
        browser.forget().await?;
        browser.resize(screen.visitor.size).await?;
        browser.goto(&(screen.open)(self.sandbox, language)?).await?;
        for action in screen.taps {
            browser.action(action).await?;
            browser.script("window.before = document.querySelector('.actions').innerText").await?;
            browser.tap(action).await?;
        }
        if screen.again {
            browser.wait_for_screen("bound", SOON).await?;
            browser.goto(&(screen.open)(self.sandbox, language)?).await?;
        }
        browser.wait_for_screen(&screen.sees, SOON).await?;
        browser.wait_until_true(screen.holds, SOON).await?;
        // The shop's logo may still be loading.
        let settled = "[...document.images].every((image) => image.complete || !image.getAttribute('src'))";
        browser.wait_until_true(settled, SOON).await?;
        let lang = browser.lang().await?;
        if lang != language {
            return Err(Failure::new(format!("it speaks {lang} instead of {language}")));
        }
        Ok(())
    }
}

async fn picture(browser: &Browser<'_>) -> Result<Picture> {
    Picture::read(&browser.png().await?).map_err(|error| Failure::new(error.to_string()))
}

/// Sets the phone's theme, and reduced motion to keep things still.
async fn dress(browser: &Browser<'_>, theme: &str) -> Result {
    let features = json!([
        { "name": "prefers-color-scheme", "value": theme },
        { "name": "prefers-reduced-motion", "value": "reduce" },
    ]);
    browser.command("Emulation.setEmulatedMedia", json!({ "features": features })).await
}

/// The faults of a screen as it stands.
async fn faults(browser: &Browser<'_>, size: Size) -> Result<Vec<String>> {
    let mut found = browser.look().await?.wrong;
    if size.height < 420 && browser.script(CROWDED).await?.as_f64().unwrap_or_default() > 0.5 {
        found.push("the sentence is below the buttons' edge".into());
    }
    found.extend(browser.axe().await?);
    Ok(found)
}

async fn at_200_percent(browser: &Browser<'_>) -> Result<Vec<String>> {
    browser.script("document.documentElement.style.fontSize = '200%'").await?;
    browser.resize(Size::COMPACT).await?;
    let mut found = texts(&browser.script(TOO_LONG_AT_200).await?);
    found.extend(texts(&browser.script(COVERED).await?).iter().map(|text| format!("covered by the buttons: {text}")));
    browser.resize(Size::new(360, 640)).await?;
    found.extend(browser.look().await?.wrong);
    browser.script("document.documentElement.style.fontSize = ''").await?;
    Ok(found)
}

fn texts(list: &Value) -> Vec<String> {
    list.as_array().into_iter().flatten().filter_map(|text| Some(text.as_str()?.to_owned())).collect()
}
