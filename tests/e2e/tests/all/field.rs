//! Links and phones as they are in the field: one test for each kind of public report.

use std::time::Duration;

use e2e::{
    Browser, Engine, LIFF_ID, Result, Visitor,
    before::{self, Clipboard},
    check, file, in_line, one, opened, sandbox,
};
use rstest::rstest;
use sandbox::{Device, Fault, LineApp, LineUser, Os, Route, SignIn};
use serde_json::json;

use crate::SOON;

/// A bind token as a website makes it: base64, with everything in it that gets mangled.
const TOKEN: &str = "CfDJ8E3Hp0+Ox3zRAn/Totc--_k2BDOWVlg==";

/// Mail tools, chats and shops change a link (`ids.rs` has the sources).
#[tokio::test]
async fn a_mangled_link_carries_its_reference() -> Result {
    let sandbox = sandbox().await?;
    let line = LineApp::new(Os::Ios);
    let browser = Browser::open(Engine::ONE, &line, &sandbox).await?;
    let escaped = TOKEN.replace('+', "%2B").replace('/', "%2F").replace('=', "%3D");
    let links = [
        format!("?bindToken={TOKEN}"),
        format!("?lang=en&amp;bindToken={TOKEN}"),
        format!("?lang=en&amp;amp;bindToken={TOKEN}"),
        format!("?lang=en&amp%3BbindToken={TOKEN}"),
        format!("?bindToken={}", escaped.replace('%', "%25")),
        format!("?bindToken={}", escaped.replace("%2B", "%20")),
        format!("?bindToken={escaped}%EF%BC%88%E4%B8%AD%E6%96%87%EF%BC%89"),
        format!("?bindToken={escaped}%E3%80%82"),
        format!("?bindToken=%20{escaped}%0A"),
        format!("?bindToken={escaped}%E2%80%8B"),
        format!("?bindToken={TOKEN}?utm_source=line"),
        format!("?bindToken%3D{escaped}%26lang%3Den"),
        format!("?bindToken={TOKEN}&bindToken=second&utm_campaign=%u7D81&x=%C8%AB&p=%CE%E5%B5%DB&q=%"),
    ];
    for link in &links {
        browser.start_over(&sandbox.line_url(&line.clone().with_extra(link))?).await?;
        browser.wait_for_screen("failed/link-incomplete", SOON).await?;
        let posted = sandbox.ledger().bind_posts().last().map(|post| post.json()["bindToken"].clone());
        assert_eq!(posted, Some(json!(TOKEN)), "{link}");
    }
    check(&sandbox);
    Ok(())
}

/// Foreign parameters in the link stop nobody, and stay in it.
#[rstest]
#[tokio::test]
async fn a_link_with_others_parameters_leads_on(#[values(Engine::Chromium, Engine::WebKit)] engine: Engine) -> Result {
    let sandbox = sandbox().await?;
    let browser = Browser::open(engine, Device::Phone, &sandbox).await?;
    for (extra, carried) in [
        ("&bindToken=100%", "bindToken=100%"),
        ("&bindToken=b&x=%zz", "bindToken=b&x=%zz"),
        ("&bindToken=b&utm_term=%8AO%91%95&utm_campaign=50%off", "bindToken=b&utm_term=%8AO%91%95&utm_campaign=50%off"),
        ("&bindToken=b&code=WELCOME10", "bindToken=b&code=WELCOME10"),
        ("&bindToken=b&openExternalBrowser=1&openInAppBrowser=0&ref=1", "bindToken=b&ref=1"),
        ("&bindToken=b&liff.subwindow.identifier=abc&liff.subwindow.cryptokey=k", "bindToken=b"),
    ] {
        browser.start_over(&sandbox.browser_url(extra)).await?;
        browser.wait_for_screen("open-in-line", SOON).await?;
        browser.inspect().await?;
        assert_eq!(browser.href("open-line").await?, format!("https://liff.line.me/{LIFF_ID}?{carried}"));
        assert_eq!(browser.url().await?, sandbox.browser_url(extra), "nothing is lost from the address");
    }
    check(&sandbox);
    Ok(())
}

/// Google's translator sets its own language on the page (owid-grapher#5636), before and after the words are fetched.
#[rstest]
#[tokio::test]
async fn a_translator_stops_nobody(#[values(Engine::Chromium, Engine::WebKit)] engine: Engine) -> Result {
    let sandbox = sandbox().await?;
    let translated = format!("{{{}}}{{{}}}", before::speaks(&["en"]), before::TRANSLATED);
    sandbox.configure(|config| config.first_script.clone_from(&translated));
    let line = LineApp { language: "en".into(), ..in_line(Os::Ios, &sandbox) };
    let browser = opened(engine, &line, &sandbox, "bound").await?;
    let ledger = sandbox.ledger();
    let post = one(ledger.bind_posts())?;
    assert_eq!(post.json()["client"]["language"], "en", "one of ours");
    assert_eq!(post.header("accept-language"), Some("en"));
    let untranslated = "return [...document.querySelectorAll('#app [translate=no]')].map((name) => name.textContent)";
    assert_eq!(browser.script(untranslated).await?, json!(["gooddays.example"]));

    // Also if the app cannot start.
    sandbox.configure(|config| config.first_script = [&translated, before::OLD_WEB_ASSEMBLY].concat());
    browser.start_over(&sandbox.line_url(&in_line(Os::Ios, &sandbox))?).await?;
    browser.wait_for_screen("failed/page-load", SOON).await?;
    assert!(browser.text().await?.contains("This page couldn\u{2019}t start"), "{}", browser.text().await?);
    check(&sandbox);
    Ok(())
}

/// People who cannot run the page are told what to update: it is not part of LINE.
#[rstest]
#[case(Device::LineAndroid, "Android System WebView / Chrome")]
#[case(Device::LineIos, "iOS")]
#[case(Device::Phone, "Android System WebView / Chrome")]
#[case(Device::Desktop, "Chrome / Safari")]
#[tokio::test]
async fn an_old_engine_is_named(#[case] device: Device, #[case] named: &str) -> Result {
    let sandbox = sandbox().await?;
    sandbox.configure(|config| config.first_script = before::OLD_WEB_ASSEMBLY.into());
    let browser = Browser::open(Engine::ONE, device, &sandbox).await?;
    browser.goto(&sandbox.browser_url("&bindToken=T&lang=en")).await?;
    browser.wait_for_screen("failed/page-load", SOON).await?;
    let text = browser.text().await?;
    assert!(text.contains(&format!("update {named} or")), "{text}");
    check(&sandbox);
    Ok(())
}

/// A tablet that calls itself a computer may have LINE on it.
#[rstest]
#[case::chrome_on_android(Device::Tablet, "")]
#[case::ipad(Device::Desktop, "Macintosh; Intel Mac OS X 10_15_7")]
#[tokio::test]
async fn a_tablet_gets_the_link_and_the_code(#[case] device: Device, #[case] system: &str) -> Result {
    let sandbox = sandbox().await?;
    let touch = "Object.defineProperty(navigator, 'maxTouchPoints', { get: () => 5 });";
    let script = if system.is_empty() { device.script() } else { touch.into() };
    sandbox.configure(|config| config.first_script = script);
    let visitor = Visitor::from(device);
    let user_agent = visitor.user_agent.replace("Windows NT 10.0; Win64; x64", system);
    let browser = Browser::open(Engine::ONE, Visitor { user_agent, ..visitor }, &sandbox).await?;
    browser.goto(&sandbox.browser_url("&bindToken=T")).await?;
    browser.wait_for_screen("open-in-line", SOON).await?;
    let link = format!("https://liff.line.me/{LIFF_ID}?bindToken=T");
    assert_eq!(browser.look().await?.actions, ["open-line", "login"]);
    assert_eq!(browser.href("open-line").await?, link);
    assert_eq!(browser.qr_text().await?, link);
    check(&sandbox);
    Ok(())
}

/// LINE may not open from another app's browser: the link can be copied, with and without a clipboard.
#[rstest]
#[tokio::test]
async fn the_link_is_copied_out_of_another_app(
    #[values(Engine::Chromium, Engine::WebKit)] engine: Engine,
    #[values(Clipboard::Allowed, Clipboard::Missing)] clipboard: Clipboard,
) -> Result {
    let sandbox = sandbox().await?;
    sandbox.configure(|config| config.first_script = [Device::Messenger.script(), clipboard.script()].concat());
    let browser = Browser::open(engine, Device::Messenger, &sandbox).await?;
    browser.goto(&sandbox.browser_url("&bindToken=T&utm_source=messenger&lang=en")).await?;
    browser.wait_for_screen("open-in-line", SOON).await?;
    let shown = browser.inspect().await?;
    assert_eq!(shown.actions, ["open-line", "copy-link", "login"]);
    let text = browser.text().await?;
    assert!(text.contains("LINE may not open from Messenger") && text.contains("Safari"), "{text}");
    browser.tap("copy-link").await?;
    let link = browser.href("open-line").await?;
    browser
        .wait_until("the copy", SOON, async || Ok(browser.script("return window.copied").await? == json!(link)))
        .await?;
    browser.wait_until("the word", SOON, async || Ok(browser.text().await?.contains("Copied"))).await?;
    check(&sandbox);
    Ok(())
}

/// In LINE the shop's website opens in the phone's own browser, where the person's cart is.
#[rstest]
#[tokio::test]
async fn the_shop_opens_outside_line(#[values(Os::Ios, Os::Android)] os: Os) -> Result {
    let sandbox = sandbox().await?;
    let asked = "window._liff.postMessage = (name, ...rest) => { (window.calls ??= []).push([name, ...rest]); };";
    let line = in_line(os, &sandbox);
    sandbox.configure(|config| config.first_script = before::KEEPS_OPENED.into());
    let browser = opened(Engine::ONE, &line, &sandbox, "bound").await?;
    browser.wait_until_true("typeof liffSdk.openWindow === 'function'", SOON).await?;
    assert_eq!(browser.href("return").await?, "https://gooddays.example/cart", "a real link");
    browser.script(asked).await?;
    browser.tap("return").await?;
    let opened = "return window.opened ?? JSON.stringify(window.calls ?? '')";
    browser
        .wait_until("LINE opening it", SOON, async || {
            let opened = browser.script(opened).await?.to_string();
            Ok(opened.contains("gooddays.example/cart")
                && (opened.contains("external_open_window=true") || opened.contains("external")))
        })
        .await?;
    assert_eq!(browser.screen().await?, "bound", "the page stays");
    check(&sandbox);
    Ok(())
}

/// The shop's URL arrives there as it is, however it is made.
#[tokio::test]
async fn the_shops_url_is_not_cut() -> Result {
    let sandbox = sandbox().await?;
    let line = in_line(Os::Ios, &sandbox);
    sandbox.configure(|config| config.first_script = before::KEEPS_OPENED.into());
    let browser = opened(Engine::ONE, &line, &sandbox, "bound").await?;
    browser.wait_until_true("typeof liffSdk.openWindow === 'function'", SOON).await?;
    for (url, opened) in [
        ("https://shop.example/cart", "https://shop.example/cart?EXTERNAL"),
        ("https://shop.example/#/cart?session=9", "https://shop.example/?EXTERNAL#/cart?session=9"),
        ("https://shop.example/go?next=/cart?id=7", "https://shop.example/go?EXTERNAL&next=/cart?id=7"),
        ("https://shop.example/a?x=1&y=%26#/r?y=2#z", "https://shop.example/a?EXTERNAL&x=1&y=%26#/r?y=2#z"),
    ] {
        let open = format!("liffSdk.openWindow({{ url: '{url}', external: true }}); return String(window.opened)");
        let wanted = opened.replace("EXTERNAL", "is_liff_external_open_window=true");
        assert_eq!(browser.script(&open).await?, json!(wanted));
    }
    Ok(())
}

/// Where LINE on Android refuses to open it, the shop opens here; an answer that is no refusal changes nothing.
#[rstest]
#[case::refused("error: { code: 'FORBIDDEN', message: 'not here' }", "https://gooddays.example/cart")]
#[case::opened("data: {}", "")]
#[case::answered_without_data("", "")]
#[tokio::test]
async fn a_refusal_by_line_is_no_dead_button(#[case] answer: &str, #[case] goes_to: &str) -> Result {
    let sandbox = sandbox().await?;
    let line = in_line(Os::Android, &sandbox);
    let browser = opened(Engine::ONE, &line, &sandbox, "bound").await?;
    browser.wait_until_true("typeof liffSdk.openWindow === 'function'", SOON).await?;
    browser
        .script(&format!(
            "window._liff.postMessage = (type, token, callbackId) => setTimeout(() => {{
                window.answered = dispatchEvent(new CustomEvent('liffEvent', {{ detail: {{ type, callbackId, {answer} }} }}));
            }});"
        ))
        .await?;
    let before = browser.url().await?;
    browser.tap("return").await?;
    if goes_to.is_empty() {
        browser.wait_until_true("window.answered", SOON).await?;
        assert_eq!(browser.url().await?, before);
    } else {
        browser.wait_until("the shop", SOON, async || Ok(browser.url().await? == goes_to)).await?;
    }
    check(&sandbox);
    Ok(())
}

/// If the SDK's part for that never comes, the link still works as a link.
#[rstest]
#[tokio::test]
async fn the_shop_opens_in_any_case(#[values(Engine::Chromium, Engine::WebKit)] engine: Engine) -> Result {
    let sandbox = sandbox().await?;
    sandbox.fail_always(file("liff-later-", ".js")?, Fault::Status(404));
    let line = in_line(Os::Ios, &sandbox);
    let browser = opened(engine, &line, &sandbox, "bound").await?;
    browser.tap("return").await?;
    browser.wait_until("the shop", SOON, async || Ok(browser.url().await? == "https://gooddays.example/cart")).await?;
    check(&sandbox);
    Ok(())
}

/// Mei is at LINE's sign-in when Dad signs in in another tab: the SDK keeps his session, and ignores hers.
#[tokio::test]
async fn a_sign_in_that_another_tab_has_overtaken_is_asked_about() -> Result {
    let sandbox = sandbox().await?;
    sandbox.configure(|config| config.sign_in = SignIn::Ask);
    let browser = Browser::open(Engine::ONE, Device::Phone, &sandbox).await?;
    let link = || sandbox.browser_url(&format!("&lang=en&bindToken={}", sandbox.issue_bind_token(74)));
    browser.goto(&link()).await?;
    browser.tap("login").await?;
    browser.wait_until("LINE's page", SOON, async || Ok(browser.url().await?.contains("access.line.me"))).await?;
    let (at_line, tab) = (browser.url().await?, browser.session()?.window().await?);

    let other = browser.session()?.new_tab().await?;
    browser.session()?.switch_to_window(other).await?;
    sandbox.configure(|config| (config.sign_in, config.user) = (SignIn::Allow, LineUser::new("Dad")));
    browser.goto(&link()).await?;
    browser.tap("login").await?;
    browser.wait_for_screen("bound", SOON).await?;

    browser.session()?.switch_to_window(tab).await?;
    sandbox.configure(|config| config.user = LineUser::new("Mei"));
    browser.goto(&at_line).await?;
    browser.wait_for_screen("account", SOON).await?;
    assert!(browser.text().await?.contains("Dad"), "{}", browser.text().await?);
    assert_eq!(sandbox.ledger().bind_posts().len(), 1, "nothing was posted unasked");
    check(&sandbox);
    Ok(())
}

/// Mei has signed in on the family's computer. Tom opens his own link there: he is asked, and signs in as himself.
/// (Similar reports: Expensify/App#16419 and #77641, keratin/authn-server#245.)
#[rstest]
#[case::phone(Engine::Chromium, Device::Iphone)]
#[case::computer(Engine::WebKit, Device::Desktop)]
#[tokio::test]
async fn a_familys_computer_asks_whose_line_it_is(#[case] engine: Engine, #[case] device: Device) -> Result {
    let sandbox = sandbox().await?;
    let browser = Browser::open(engine, device, &sandbox).await?;
    let link = || sandbox.browser_url(&format!("&lang=en&bindToken={}", sandbox.issue_bind_token(74)));
    browser.goto(&link()).await?;
    browser.tap("login").await?;
    browser.wait_for_screen("bound", SOON).await?;
    assert!(browser.text().await?.contains("Linked with Mei"), "{}", browser.text().await?);

    let toms = link();
    browser.goto(&toms).await?;
    browser.wait_for_screen("account", SOON).await?;
    let shown = browser.inspect().await?;
    assert_eq!(shown.actions, ["confirm", "other-account"]);
    assert!(shown.heading.contains("Mei"), "{shown:?}");
    assert_eq!(sandbox.ledger().bind_posts().len(), 1, "nothing was posted unasked");

    // LINE has a session of Mei's, and signs her in again without a question.
    browser.tap("other-account").await?;
    browser
        .wait_until("the same question", SOON, async || {
            Ok(sandbox.ledger().of(&Route::Authorize).count() == 2 && browser.screen().await? == "account")
        })
        .await?;
    let ways: &[&str] = if device == Device::Desktop { &[] } else { &["open-line"] };
    assert_eq!(browser.inspect().await?.actions, [&["confirm", "other-account"], ways].concat());
    assert_eq!(sandbox.ledger().bind_posts().len(), 1, "Mei's sign-in is not Tom's word");

    sandbox.configure(|config| config.user = LineUser::new("Tom"));
    browser.tap("other-account").await?;
    browser.wait_for_screen("bound", SOON).await?;
    assert!(browser.text().await?.contains("Linked with Tom"), "{}", browser.text().await?);
    let ledger = sandbox.ledger();
    assert_eq!(ledger.bindings.last().map(|binding| binding.sub.clone()), Some(sandbox.user().id));
    assert!(ledger.bindings.last().is_some_and(|binding| toms.contains(&binding.bind_token)));

    // A reload doesn't ask again; the next link does, and "it's mine" binds.
    browser.reload().await?;
    browser
        .wait_until("the same answer", SOON, async || {
            Ok(sandbox.ledger().bind_posts().len() == 3 && browser.screen().await? == "bound")
        })
        .await?;
    browser.goto(&link()).await?;
    browser.wait_for_screen("account", SOON).await?;
    browser.tap("confirm").await?;
    browser.wait_for_screen("already-bound", SOON).await?;
    check(&sandbox);
    Ok(())
}

/// A web view that says for good that it is hidden: the person who sees it is not left with a spinner.
#[rstest]
#[tokio::test]
async fn a_view_that_says_it_is_hidden_has_an_end(
    #[values(Engine::Chromium, Engine::WebKit)] engine: Engine,
) -> Result {
    let sandbox = sandbox().await?;
    sandbox
        .configure(|config| config.first_script = format!("{{{}}}{{{}}} leave();", before::HURRIED, before::CAN_HIDE));
    sandbox.fail_always(file("liff-bind-", ".wasm")?, Fault::Hang);
    let line = in_line(Os::Ios, &sandbox);
    let browser = opened(engine, &line, &sandbox, "failed/page-load").await?;

    sandbox.heal();
    sandbox.fail_always(Route::Verify, Fault::Hang);
    browser.start_over(&sandbox.line_url(&in_line(Os::Ios, &sandbox))?).await?;
    browser.wait_for_screen("failed/line-init", SOON).await?;
    check(&sandbox);
    Ok(())
}

/// A very slow connection: "Reload" keeps what has arrived, and what still arrives starts the page.
#[rstest]
#[tokio::test]
async fn a_press_while_the_files_arrive_throws_nothing_away(
    #[values(Engine::Chromium, Engine::WebKit)] engine: Engine,
) -> Result {
    let sandbox = sandbox().await?;
    sandbox.configure(|config| config.first_script = before::HURRIED.into());
    let module = file("liff-bind-", ".wasm")?;
    // The page loses patience after one second of these, and after another two it begins anew.
    sandbox.fail(module.clone(), [Fault::Delay(Duration::from_secs(2))]);
    let line = in_line(Os::Android, &sandbox);
    let browser = opened(engine, &line, &sandbox, "failed/page-load").await?;
    browser.tap("retry").await?;
    assert_eq!(browser.screen().await?, "working");
    assert_eq!(browser.script("return document.activeElement.tagName").await?, json!("H1"));
    browser.wait_for_screen("bound", SOON).await?;
    let ledger = sandbox.ledger();
    assert_eq!((ledger.page_loads(), ledger.of(&module).count()), (1, 1));

    // Where nothing arrives any more, it does begin anew.
    sandbox.fail(module, [Fault::Hang]);
    let line = in_line(Os::Android, &sandbox);
    let browser = opened(engine, &line, &sandbox, "failed/page-load").await?;
    let loads = sandbox.ledger().page_loads();
    browser.tap("retry").await?;
    browser.wait_for_screen("already-bound", SOON).await?;
    assert_eq!(sandbox.ledger().page_loads(), loads + 1);
    check(&sandbox);
    Ok(())
}

/// Notes that a request of the page's own has failed.
const NOTES_FAILURES: &str = "
    const reach = window.fetch;
    window.fetch = (...request) => reach(...request).catch((reason) => { window.failed = true; throw reason; });
";

/// Without a connection, "Reload" and "Try again" don't give the page away for the browser's own error page.
#[rstest]
#[tokio::test]
async fn a_press_without_a_connection_keeps_the_page(
    #[values(Engine::Chromium, Engine::WebKit)] engine: Engine,
    #[values("failed/page-load", "failed/line-init")] screen: &str,
) -> Result {
    let sandbox = sandbox().await?;
    sandbox.configure(|config| config.first_script = before::HURRIED.into());
    match screen {
        "failed/page-load" => sandbox.fail_always(file("liff-bind-", ".wasm")?, Fault::Refuse),
        _ => sandbox.fail_always(Route::Verify, Fault::Hang),
    }
    let browser = opened(engine, &in_line(Os::Android, &sandbox), &sandbox, screen).await?;
    let loads = sandbox.ledger().page_loads();
    browser.script("window.isTheSame = true").await?;
    sandbox.fail_always(Route::Page(String::new()), Fault::Refuse);
    browser.script(NOTES_FAILURES).await?;
    browser.tap("retry").await?;
    browser.wait_until_true("window.failed", SOON).await?;
    browser.wait_for_screen(screen, SOON).await?;
    assert_eq!(browser.script("return window.isTheSame").await?, json!(true));
    assert_eq!(sandbox.ledger().page_loads(), loads);

    sandbox.heal();
    browser.tap("retry").await?;
    browser.wait_for_screen("bound", SOON).await?;
    assert_eq!(browser.script("return window.isTheSame ?? null").await?, json!(null));
    check(&sandbox);
    Ok(())
}

/// Another app is in front of the page: this time doesn't count, and the person has the full time on return.
#[rstest]
#[tokio::test]
async fn time_in_the_background_is_no_waiting(#[values(Engine::Chromium, Engine::WebKit)] engine: Engine) -> Result {
    let sandbox = sandbox().await?;
    // The page is left when the SDK asks LINE.
    let leaves = "let asked = 0;
        const reach = window.fetch.bind(window);
        window.fetch = (url, ...rest) => {
            asked += String(url).includes('/verify');
            if (asked === 2) leave();
            return reach(url, ...rest);
        };";
    sandbox.configure(|config| {
        config.first_script = format!("{{{}}}{{{}}}{{{leaves}}}", before::HURRIED, before::CAN_HIDE);
    });
    sandbox.fail_always(Route::Verify, Fault::Hang);
    let line = in_line(Os::Ios, &sandbox);
    let browser = Browser::open(engine, &line, &sandbox).await?;
    browser.goto(&sandbox.line_url(&line)?).await?;
    browser.wait_until("the app", SOON, async || Ok(sandbox.ledger().of(&Route::Verify).count() > 1)).await?;
    // The last stage begins after 2 seconds of these.
    tokio::time::sleep(Duration::from_secs(5)).await;
    assert_eq!(browser.screen().await?, "working");
    browser.script("comeBack()").await?;
    browser.wait_for_screen("failed/line-init", SOON).await?;
    check(&sandbox);
    Ok(())
}
