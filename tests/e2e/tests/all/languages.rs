//! The language of the page.

use e2e::{Browser, Engine, Result, before, check, in_line, sandbox};
use sandbox::{LineApp, Os};

use crate::SOON;

/// `?lang=`, then the LINE app's language, then the browser's, then Traditional Chinese.
#[tokio::test]
async fn speaks_the_persons_language() -> Result {
    let sandbox = sandbox().await?;
    let browser = Browser::open(Engine::ONE, &LineApp::new(Os::Ios), &sandbox).await?;
    for (wish, app, of_browser, language) in [
        ("&lang=en", "zh-Hant", "zh-TW", "en"),
        ("&lang=en-GB", "zh-Hant", "zh-TW", "en"),
        ("&lang=zh-TW", "en", "en", "zh-Hant"),
        ("&lang=xx", "en", "zh-TW", "en"),
        // As mail tools and chats mangle a link that still binds.
        ("&amp;lang=ja", "en", "en", "ja"),
        ("&lang=ja%20", "en", "en", "ja"),
        ("&lang=ja%E3%80%82", "en", "en", "ja"),
        ("&lang=%22ja%22", "en", "en", "ja"),
        ("&lang=ja?utm_source=x", "en", "en", "ja"),
        ("", "en", "zh-TW", "en"),
        ("", "zh-Hant", "en", "zh-Hant"),
        ("", "xx", "en", "en"),
        ("", "ja", "zh-TW", "ja"),
        ("", "th-TH", "en", "th"),
        ("&lang=id", "ja", "en", "id"),
        ("", "xx", "in-ID", "id"),
        ("", "xx", "xx", "zh-Hant"),
    ] {
        let line = in_line(Os::Ios, &sandbox);
        let line = LineApp { extra: line.extra + wish, language: app.into(), ..line };
        sandbox.configure(|config| config.first_script = before::speaks(&[of_browser]));
        browser.start_over(&sandbox.line_url(&line)?).await?;
        browser.wait_until("success", SOON, async || Ok(browser.screen().await?.ends_with("bound"))).await?;
        assert_eq!(browser.lang().await?, language, "{wish} {app} {of_browser}");
        let ledger = sandbox.ledger();
        let post = ledger.bind_posts().pop().ok_or_else(|| e2e::Failure::new("no post"))?;
        assert_eq!(post.header("accept-language"), Some(language));
        assert_eq!(post.json()["client"]["language"], language);
    }
    check(&sandbox);
    Ok(())
}
