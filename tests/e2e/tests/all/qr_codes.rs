//! The code for another phone's camera: any link, any screen, any restyling.
//!
//! Public reports behind the inputs: a dark theme's extension repaints a code until LINE can't read it
//! (darkreader/darkreader#11603, #2236), 2 KB in 256 pixels (skip2/go-qrcode#39), 797 characters in 300 pixels
//! (firezone/firezone#1217), screens with 1.25 or 1.3 pixels per CSS pixel (zpao/qrcode.react#373), a host's own policy
//! against `data:` (firefly-iii/firefly-iii#1649).

use std::time::Duration;

use e2e::{Browser, Engine, LIFF_ID, Result, Size, Visitor, check, file, sandbox};
use rstest::rstest;
use sandbox::{Device, Fault, Sandbox};
use serde_json::json;

use crate::SOON;

/// The pixels that a module needs.
const FINEST: u32 = 3;
/// The quiet zone that a code needs, in modules.
const QUIET: u32 = 4;

/// Parameters that ad networks and a mailing tool write into a link.
fn ads() -> String {
    let click = |name: &str, length: usize| format!("&{name}={}", "Aa0_".repeat(length / 4));
    let all = [click("gclid", 92), click("fbclid", 160), click("ttclid", 240), click("_kx", 64)].concat();
    format!("&utm_source=instagram&utm_medium=paid{all}")
}

#[derive(Clone, Copy, Debug)]
enum Link {
    /// A token of a UUID's length.
    Short,
    /// The shop's own parameters beside it.
    Tagged,
    /// 630 bytes of ad parameters beside it.
    Ads,
    /// A token of 512 characters.
    Token512,
    /// A signed token, in plain base64.
    Token900,
    /// A token of 2048 characters.
    Token2048,
    /// The longest that a code holds.
    Longest,
}

impl Link {
    /// The part after the LIFF ID in the page's address, and in the code.
    fn queries(self) -> (String, String) {
        let token = |length: usize| format!("bindToken={}", "Ab-_9".repeat(length.div_ceil(5)).split_at(length).0);
        let same = |query: String| (query.clone(), query);
        match self {
            Self::Short => same(token(36)),
            Self::Tagged => same(format!("{}&utm_source=poster&lang=zh-Hant", token(43))),
            Self::Ads => (format!("{}{}&lang=en", token(43), ads()), format!("{}&lang=en", token(43))),
            Self::Token512 => same(format!("{}&lang=ja", token(512))),
            Self::Token900 => same(format!("bindToken={}==", "eyJhbGciOi+/".repeat(75))),
            Self::Token2048 => (format!("ref=1&{}&lang=th", token(2048)), format!("{}&lang=th", token(2048))),
            Self::Longest => same(token(2953 - format!("https://liff.line.me/{LIFF_ID}?bindToken=").len())),
        }
    }
}

fn liff_url(query: &str) -> String {
    format!("https://liff.line.me/{LIFF_ID}?{query}")
}

async fn open<'s>(sandbox: &'s Sandbox, engine: Engine, query: &str) -> Result<Browser<'s>> {
    let browser = Browser::open(engine, Visitor::from(Device::Desktop).drawn(), sandbox).await?;
    browser.goto(&sandbox.browser_url(&format!("&{query}"))).await?;
    browser.wait_for_screen("open-in-line", SOON).await?;
    Ok(browser)
}

/// On a screen with one pixel per CSS pixel.
#[rstest]
#[tokio::test]
async fn every_link_has_a_code_that_a_camera_can_read(
    #[values(Engine::Chromium, Engine::WebKit)] engine: Engine,
    #[values(Link::Short, Link::Tagged, Link::Ads, Link::Token512, Link::Token900, Link::Token2048, Link::Longest)]
    link: Link,
) -> Result {
    let sandbox = sandbox().await?;
    let (query, carried) = link.queries();
    let browser = open(&sandbox, engine, &query).await?;
    let code = browser.qr_code().await?;
    assert_eq!(code.text, liff_url(&carried));
    assert!(code.module.is_some_and(|module| module >= FINEST && code.quiet >= QUIET * module), "{code:?}");
    assert_eq!(browser.look().await?.actions, ["login"]);
    check(&sandbox);
    Ok(())
}

/// A laptop shows a large code as a whole, and a window too small for it shows it smaller.
#[rstest]
#[case(Link::Token512, Size::new(1280, 620))]
#[case(Link::Token2048, Size::new(1280, 720))]
#[case(Link::Tagged, Size::new(320, 340))]
#[tokio::test]
async fn a_code_is_seen_as_a_whole(#[case] link: Link, #[case] size: Size) -> Result {
    let sandbox = sandbox().await?;
    let (query, carried) = link.queries();
    let browser = Browser::open(Engine::Chromium, Visitor::from(Device::Desktop).sized(size), &sandbox).await?;
    browser.goto(&sandbox.browser_url(&format!("&{query}"))).await?;
    browser.wait_for_screen("open-in-line", SOON).await?;
    browser.scroll_to(".qr", "start").await?;
    assert_eq!(browser.qr_text().await?, liff_url(&carried));
    assert!(browser.look().await?.wrong.iter().all(|text| text.contains("focus")), "{:?}", browser.look().await?.wrong);
    check(&sandbox);
    Ok(())
}

/// Windows at 125% or 150%, a browser at 130%, a fine screen.
#[rstest]
#[tokio::test]
async fn a_module_is_whole_pixels_on_any_screen(
    #[values(0.9, 1.25, 1.3, 1.5, 2.0, 3.0)] ratio: f64,
    #[values(Link::Tagged, Link::Token512)] link: Link,
) -> Result {
    let sandbox = sandbox().await?;
    let (query, carried) = link.queries();
    let browser = Browser::open(Engine::Chromium, Device::Desktop, &sandbox).await?;
    let metrics = json!({ "width": 1200, "height": 800, "deviceScaleFactor": ratio, "mobile": false });
    browser.command("Emulation.setDeviceMetricsOverride", metrics).await?;
    browser.goto(&sandbox.browser_url(&format!("&{query}"))).await?;
    let code = browser.qr_code().await?;
    assert_eq!(code.text, liff_url(&carried));
    // If the place has only the fewest pixels, size counts more than evenness.
    let even = matches!(link, Link::Tagged) && ratio >= 1.0 || ratio.fract() == 0.0;
    assert!(code.module.is_some() || !even, "{code:?}");
    check(&sandbox);
    Ok(())
}

/// Styles by which extensions, themes and browsers make a page dark. (They bypass the page's policy.)
const RESTYLINGS: [&str; 6] = [
    // Dark Reader's dynamic theme.
    "* { background: #181a1b !important; color: #eee !important; border-color: #333 !important }",
    "svg, svg path, svg rect { fill: #181a1b !important; stroke: #181a1b !important; background: #181a1b !important }",
    // Its filter, and Chrome's old flag.
    "html { filter: invert(100%) hue-rotate(180deg) !important; background: #000 }
     img, video, iframe { filter: invert(100%) hue-rotate(180deg) !important }",
    "img { background-color: #111 !important; border-radius: 0 !important; opacity: .8 !important }",
    "html { color-scheme: only dark !important } img { image-rendering: auto !important; mix-blend-mode: normal !important }",
    "* { shape-rendering: auto !important; fill: #eee !important; forced-color-adjust: auto !important }",
];

#[rstest]
#[tokio::test]
async fn restyling_does_not_touch_a_code(
    #[values(Engine::Chromium, Engine::WebKit)] engine: Engine,
    #[values(Link::Tagged, Link::Token512)] link: Link,
) -> Result {
    let sandbox = sandbox().await?;
    let (query, carried) = link.queries();
    let browser = open(&sandbox, engine, &query).await?;
    browser.qr_code().await?;
    for style in RESTYLINGS {
        let restyle = format!(
            "const sheet = new CSSStyleSheet(); sheet.replaceSync({}); document.adoptedStyleSheets = [sheet]",
            json!(style)
        );
        browser.script(&restyle).await?;
        assert_eq!(browser.qr_code().await?.text, liff_url(&carried), "{style}");
    }
    check(&sandbox);
    Ok(())
}

/// The dark modes of system and browser: the dark theme, forced colours, Chrome's automatic dark theme.
#[tokio::test]
async fn dark_themes_do_not_touch_a_code() -> Result {
    let sandbox = sandbox().await?;
    let (query, carried) = Link::Tagged.queries();
    let browser = open(&sandbox, Engine::Chromium, &query).await?;
    let dark = json!({ "name": "prefers-color-scheme", "value": "dark" });
    let forced = json!({ "name": "forced-colors", "value": "active" });
    for features in [json!([dark]), json!([forced]), json!([dark, forced])] {
        browser.command("Emulation.setEmulatedMedia", json!({ "features": features })).await?;
        assert_eq!(browser.qr_code().await?.text, liff_url(&carried), "{features}");
    }
    browser.command("Emulation.setEmulatedMedia", json!({ "features": [] })).await?;
    browser.command("Emulation.setAutoDarkModeOverride", json!({ "enabled": true })).await?;
    assert_eq!(browser.qr_code().await?.text, liff_url(&carried));
    check(&sandbox);
    Ok(())
}

/// If no code can be drawn, there is no empty place, and there are two ways on.
#[rstest]
#[case::too_long(|_: &Sandbox| Ok(()), format!("bindToken={}", "t".repeat(3000)), true)]
#[case::broken(|sandbox: &Sandbox| { sandbox.fail_always(file("qr-", ".js")?, Fault::CutOff); Ok(()) }, "bindToken=T".into(), true)]
// The host's own policy allows no `data:`.
#[case::not_allowed(|sandbox: &Sandbox| { sandbox.configure(|config| config.first_script = NO_DATA.into()); Ok(()) }, "bindToken=T".into(), false)]
#[tokio::test]
async fn without_a_code_there_is_the_link(
    #[values(Engine::Chromium, Engine::WebKit)] engine: Engine,
    #[case] set_up: fn(&Sandbox) -> Result,
    #[case] query: String,
    #[case] obeys: bool,
) -> Result {
    let sandbox = sandbox().await?;
    set_up(&sandbox)?;
    let browser = open(&sandbox, engine, &query).await?;
    assert_eq!(browser.href("open-line").await?, liff_url(&query));
    assert_eq!(browser.look().await?.actions, ["open-line", "login"]);
    assert_eq!(browser.script("return document.querySelectorAll('.qr').length").await?, json!(0));
    if obeys {
        check(&sandbox);
    }
    Ok(())
}

const NO_DATA: &str = "
    const policy = Object.assign(document.createElement('meta'), { httpEquiv: 'Content-Security-Policy', content: \"img-src 'self' https:\" });
    const put = () => document.head ? document.head.prepend(policy) : setTimeout(put);
    put();
";

/// The code comes late, in its place.
#[tokio::test]
async fn a_large_code_pushes_nothing_away() -> Result {
    let sandbox = sandbox().await?;
    sandbox.fail(file("qr-", ".js")?, [Fault::Delay(Duration::from_secs(1))]);
    let browser = open(&sandbox, Engine::Chromium, &Link::Token512.queries().0).await?;
    let top = "return document.querySelector('[data-action=login]').getBoundingClientRect().top";
    let before = browser.script(top).await?;
    browser.qr_code().await?;
    assert_eq!(browser.script(top).await?, before);
    check(&sandbox);
    Ok(())
}
