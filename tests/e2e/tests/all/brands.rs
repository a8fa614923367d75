//! The consent card with what shops bring to it: any logo, any name, or none.
//!
//! Public reports behind the inputs: a black logo that vanishes in a dark theme (home-assistant/brands#1618), a white
//! one that vanishes on white (nextcloud/server#10684), wide and round ones in a square (getodk/central#1761,
//! nextcloud/server#344).

use std::time::Duration;

use e2e::{Browser, Engine, Result, Size, check, in_line, sandbox};
use image::Rgb;
use rstest::rstest;
use sandbox::{Fault, Os, PAGE_HOST, Route, Sandbox};
use serde_json::{Value, json};

use crate::SOON;

/// The contrast that a sign needs with its surroundings (WCAG 2.2, 1.4.11).
const SIGN: f64 = 3.0;

/// Black, white, the card's own colours, greys, and colours of brands.
const FILLS: [&str; 14] = [
    "#111", "#fff", "#1a1d22", "#f2f4f7", "#767676", "#949494", "#bbb", "#06c755", "#e60012", "#ff6600", "#ffe600",
    "#0a7cff", "#f8d7e3", "#003366",
];

/// A logo of this size: a bar or a spot on a transparent ground, with a margin as most logos have.
fn logo(width: u32, height: u32, fill: &str) -> String {
    let (x, y) = (f64::from(width) / 8.0, f64::from(height) / 8.0);
    format!(
        "<svg xmlns='http://www.w3.org/2000/svg' width='{width}' height='{height}'>\
         <rect x='{x}' y='{y}' width='{}' height='{}' fill='{fill}'/></svg>",
        x * 6.0,
        y * 6.0
    )
}

/// Opens this shop's consent card.
async fn card(sandbox: &Sandbox, engine: Engine, size: Size, shop: Value) -> Result<Browser<'_>> {
    sandbox.configure(|config| config.consent = Some("2026-01".into()));
    sandbox.fail_always(Route::Bind, Fault::Merge(json!({ "shop": shop })));
    let line = in_line(Os::Ios, sandbox);
    let browser = Browser::open(engine, &line, sandbox).await?;
    browser.resize(size).await?;
    browser.goto(&sandbox.line_url(&line)?).await?;
    browser.wait_for_screen("confirm", SOON).await?;
    Ok(browser)
}

/// Opens the consent card with this logo.
async fn card_with_logo<'s>(sandbox: &'s Sandbox, engine: Engine, svg: &str) -> Result<Browser<'s>> {
    sandbox.fail_always(Route::Page("logo.svg".into()), Fault::body(200, "image/svg+xml", svg));
    let shop = json!({ "logoUrl": format!("https://{PAGE_HOST}/logo.svg") });
    let browser = card(sandbox, engine, Size::COMPACT, shop).await?;
    browser.wait_until_true("document.querySelector('.logo').naturalWidth", SOON).await?;
    // The next frame paints it.
    browser
        .script("return new Promise((seen) => requestAnimationFrame(() => requestAnimationFrame(() => seen())))")
        .await?;
    Ok(browser)
}

/// Until the logo is there, and if it never comes, the card has the shop's initial: no gap where trust should be.
#[rstest]
#[tokio::test]
async fn a_logo_that_is_not_there_leaves_no_gap(
    #[values(Engine::Chromium, Engine::WebKit)] engine: Engine,
    #[values(Fault::Hang, Fault::Status(404), Fault::body(200, "image/png", "none"))] fault: Fault,
) -> Result {
    let sandbox = sandbox().await?;
    sandbox.fail_always(Route::Page("logo.svg".into()), fault);
    let shop = json!({ "logoUrl": format!("https://{PAGE_HOST}/logo.svg"), "merchantName": "Days" });
    let browser = card(&sandbox, engine, Size::FULL, shop).await?;
    let shown = "const [logo, mark] = ['.logo', '.mark'].map((name) => document.querySelector(name));
        return [logo.clientHeight, mark.clientHeight > 40, getComputedStyle(mark, '::before').content]";
    // A while later it is still so.
    for _ in 0..2 {
        assert_eq!(browser.script(shown).await?, json!([0, true, "\"D\""]));
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
    Ok(())
}

/// The strongest contrast in the middle row and the middle column of the logo.
async fn contrast(browser: &Browser<'_>) -> Result<f64> {
    let place = browser
        .script("const { x, y, width, height } = document.querySelector('.logo').getBoundingClientRect(); return [x, y, width, height]")
        .await?;
    let [x, y, width, height] = [0, 1, 2, 3].map(|index| place[index].as_f64().unwrap_or_default());
    let image = image::load_from_memory(&browser.png().await?)?.to_rgb8();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a screen is small")]
    let at = |x: f64, y: f64| (x as u32, y as u32);
    let ((left, top), (right, bottom)) = (at(x.ceil(), y.ceil()), at(x + width, y + height));
    let (centre_x, centre_y) = at(x + width / 2.0, y + height / 2.0);
    let row = (left..right).map(|x| (x, centre_y));
    let column = (top..bottom).map(|y| (centre_x, y));
    let luminances: Vec<f64> = row.chain(column).map(|(x, y)| luminance(*image.get_pixel(x, y))).collect();
    let brightest = luminances.iter().copied().fold(0.0, f64::max);
    let darkest = luminances.iter().copied().fold(1.0, f64::min);
    Ok((brightest + 0.05) / (darkest + 0.05))
}

/// Relative luminance (WCAG 2.2).
fn luminance(Rgb(channels): Rgb<u8>) -> f64 {
    let linear = channels.map(|channel| {
        let value = f64::from(channel) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    });
    linear.iter().zip([0.2126, 0.7152, 0.0722]).map(|(channel, weight)| channel * weight).sum()
}

async fn dress(browser: &Browser<'_>, theme: &str) -> Result {
    let features = json!([{ "name": "prefers-color-scheme", "value": theme }]);
    browser.command("Emulation.setEmulatedMedia", json!({ "features": features })).await
}

/// No logo is lost in either theme.
#[rstest]
#[case::square(96, 96)]
#[case::wide(640, 64)]
#[case::tall(64, 640)]
#[case::tiny(16, 16)]
#[tokio::test]
async fn any_logo_can_be_seen(#[case] width: u32, #[case] height: u32) -> Result {
    let sandbox = sandbox().await?;
    let browser = card_with_logo(&sandbox, Engine::Chromium, &logo(width, height, FILLS[0])).await?;
    for fill in FILLS {
        let svg = format!("data:image/svg+xml,{}", logo(width, height, fill).replace('#', "%23"));
        let shown =
            format!("const logo = document.querySelector('.logo'); logo.src = {}; return logo.decode()", json!(svg));
        browser.script(&shown).await?;
        for theme in ["light", "dark"] {
            dress(&browser, theme).await?;
            for size in [Size::COMPACT, Size::FULL] {
                browser.resize(size).await?;
                let seen = contrast(&browser).await?;
                assert!(seen >= SIGN, "{fill}, {theme}, {size:?}: {seen}");
                assert_eq!(browser.look().await?.wrong, [""; 0], "{theme}, {size:?}");
            }
        }
    }
    check(&sandbox);
    Ok(())
}

/// `WebKit`, in its own theme.
#[rstest]
#[tokio::test]
async fn any_logo_can_be_seen_on_an_iphone(#[values("#111", "#fff", "#949494", "#ffe600")] fill: &str) -> Result {
    let sandbox = sandbox().await?;
    let browser = card_with_logo(&sandbox, Engine::WebKit, &logo(96, 96, fill)).await?;
    let seen = contrast(&browser).await?;
    assert!(seen >= SIGN, "{fill}: {seen}");
    check(&sandbox);
    Ok(())
}

/// A logo that is a word in one line stays readable, and nothing moves for it.
#[rstest]
#[case::wide(640, 64, 3.0)]
#[case::square(96, 96, 1.0)]
#[case::tall(64, 640, 1.0)]
#[tokio::test]
async fn a_wide_logo_has_more_room(
    #[values(Engine::Chromium, Engine::WebKit)] engine: Engine,
    #[case] width: u32,
    #[case] height: u32,
    #[case] least: f64,
) -> Result {
    let sandbox = sandbox().await?;
    let browser = card_with_logo(&sandbox, engine, &logo(width, height, "#06c755")).await?;
    let place = "const { width, height, bottom } = document.querySelector('.logo').getBoundingClientRect();
        return [width, height, document.querySelector('h1').getBoundingClientRect().top - bottom]";
    let seen = browser.script(place).await?;
    let [width, height, gap] = [0, 1, 2].map(|index| seen[index].as_f64().unwrap_or_default());
    assert!(width >= least * height && height >= 30.0 && gap < 16.0, "{seen}");
    check(&sandbox);
    Ok(())
}

/// Without a logo, with a broken one, or if its host is gone, the card shows the shop's initial.
#[rstest]
#[case::none(json!({ "logoUrl": null }), "\"好\"")]
#[case::missing(json!({ "logoUrl": format!("https://{PAGE_HOST}/gone.png") }), "\"好\"")]
#[case::no_name(json!({ "logoUrl": null, "merchantName": null, "siteHost": "www.gooddays.example" }), "\"g\"")]
#[case::account_alone(json!({ "logoUrl": null, "merchantName": null, "siteHost": null, "oaName": "「Days」" }), "\"D\"")]
#[tokio::test]
async fn a_shop_without_a_logo_has_its_initial(#[case] shop: Value, #[case] sign: &str) -> Result {
    let sandbox = sandbox().await?;
    let browser = card(&sandbox, Engine::ONE, Size::COMPACT, shop).await?;
    let shown = "[...document.querySelectorAll('.logo')].every((logo) => !logo.checkVisibility()) &&
        document.querySelector('.mark').checkVisibility()";
    browser.wait_until_true(shown, SOON).await?;
    let content =
        browser.script("return getComputedStyle(document.querySelector('.mark'), '::before').content").await?;
    assert_eq!(content, json!(sign));
    check(&sandbox);
    Ok(())
}

/// Names mix scripts: `text-autospace` puts a gap between them.
#[rstest]
#[tokio::test]
async fn chinese_and_latin_are_set_apart(#[values(Engine::Chromium, Engine::WebKit)] engine: Engine) -> Result {
    let sandbox = sandbox().await?;
    let shop = json!({ "merchantName": "GoodDays好日子" });
    let browser = card(&sandbox, engine, Size::FULL, shop).await?;
    let widths = "
        const name = document.querySelector('.ask [translate=no]').firstChild;
        const before = name.parentElement.previousSibling;
        // From the character before the name to its end.
        const range = document.createRange();
        range.setStart(before, before.data.length - 1);
        range.setEnd(name, name.data.length);
        return ['normal', 'no-autospace', ''].map((value) => {
            document.documentElement.style.setProperty('text-autospace', value);
            return [...range.getClientRects()].reduce((sum, { width }) => sum + width, 0);
        });
    ";
    let seen = browser.script(widths).await?;
    let [apart, close, own] = [0, 1, 2].map(|index| seen[index].as_f64().unwrap_or_default());
    // The name has a gap of an eighth of an em, in Chromium also before it: WebKit has none at an element's edge.
    assert!(
        apart > close + if engine == Engine::Chromium { 3.0 } else { 1.0 },
        "this engine does not know the property: {seen}"
    );
    assert!((own - apart).abs() < 0.1, "{seen}");
    check(&sandbox);
    Ok(())
}
