//! Courses through the page, with and without the shortcuts: the same screen, address and bindings, and never more
//! questions to LINE.

use std::time::Duration;

use e2e::{Browser, Engine, LIFF_ID, Result, check, keys, one, sandbox};
use rstest::rstest;
use sandbox::{LineApp, Os, Sandbox};

use super::bound;
use crate::SOON;

/// The person's actions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    LoadsAgain,
    LoadsAgainAmidThePost,
    ComesBackFromTheShop,
    /// With the same link, which LINE opens with fresh tokens.
    OpensAgain,
    /// A LIFF URL with a path: `liff.state` is then more than a query.
    OpensWithPath,
    /// With one that looks like LINE's tokens: nobody reads it.
    OpensWithFragment,
}

/// The result.
#[derive(Debug, PartialEq, Eq)]
struct Outcome {
    screen: String,
    /// With `TOKEN` for the bind token.
    url: String,
    bindings: usize,
    sign_ins: usize,
}

/// A browser and its person's bind token.
struct Walk<'s> {
    sandbox: &'s Sandbox,
    browser: Browser<'s>,
    token: String,
}

impl Walk<'_> {
    /// LINE opens the shop's link.
    async fn open(&self, extra: &str) -> Result {
        let line = LineApp::new(Os::Android).with_extra(extra.replace("TOKEN", &self.token));
        self.browser.goto(&self.sandbox.line_url(&line)?).await
    }

    /// Waits until it is bound for this time.
    async fn bound(&self, times: usize) -> Result {
        bound(&self.browser, self.sandbox, times).await
    }

    async fn go(&self, way: Way) -> Result {
        let (browser, link) = (&self.browser, "?bindToken=TOKEN&a=1");
        match way {
            Way::LoadsAgain => {
                self.open(link).await?;
                self.bound(1).await?;
                browser.reload().await?;
                self.bound(2).await
            }
            Way::LoadsAgainAmidThePost => {
                self.sandbox.configure(|config| config.bind_takes = Duration::from_secs(2));
                self.open(link).await?;
                browser
                    .wait_until("the post", SOON, async || Ok(!self.sandbox.ledger().bind_posts().is_empty()))
                    .await?;
                browser.reload().await?;
                self.bound(1).await?;
                one(keys(&self.sandbox.ledger())).map(drop)
            }
            Way::ComesBackFromTheShop => {
                self.open(link).await?;
                self.bound(1).await?;
                // As if LINE couldn't open the shop outside.
                let leave = "location.assign(document.querySelector('[data-action=return]').href)";
                browser.script(&format!("window.stays = true; {leave}")).await?;
                let shop = "https://gooddays.example/cart";
                browser.wait_until("the shop", SOON, async || Ok(browser.url().await? == shop)).await?;
                browser.back().await?;
                // From the back-forward cache, or by another load.
                let stays = browser.script("return window.stays === true").await? == true;
                self.bound(if stays { 1 } else { 2 }).await
            }
            Way::OpensAgain => {
                self.open(link).await?;
                self.bound(1).await?;
                browser.goto(&format!("https://{}{}", sandbox::PAGE_HOST, sandbox::BLANK)).await?;
                self.open(link).await?;
                self.bound(2).await
            }
            Way::OpensWithPath => {
                self.open("/x?bindToken=TOKEN&a=1").await?;
                self.bound(1).await
            }
            Way::OpensWithFragment => {
                self.open("?bindToken=TOKEN&a=1#id_token=b").await?;
                self.bound(1).await
            }
        }
    }

    async fn outcome(&self) -> Result<Outcome> {
        let ledger = self.sandbox.ledger();
        Ok(Outcome {
            screen: self.browser.screen().await?,
            url: self.browser.url().await?.replace(&self.token, "TOKEN"),
            bindings: ledger.bindings.len(),
            sign_ins: ledger.of(&sandbox::Route::Authorize).count(),
        })
    }
}

/// Takes a course; returns its result, how often the page was loaded, and how often LINE was asked.
async fn go(engine: Engine, way: Way, shortcuts: bool) -> Result<(Outcome, usize, usize)> {
    let sandbox = sandbox().await?;
    sandbox.configure(|config| config.shortcuts = shortcuts);
    let browser = Browser::open(engine, &LineApp::new(Os::Android), &sandbox).await?;
    let walk = Walk { sandbox: &sandbox, browser, token: sandbox.issue_bind_token(74) };
    walk.go(way).await?;
    let ledger = sandbox.ledger();
    let gone = (walk.outcome().await?, ledger.page_loads(), ledger.asked_of_line().len());
    check(&sandbox);
    Ok(gone)
}

#[rstest]
#[case::reload(Way::LoadsAgain, "&bindToken=TOKEN&a=1")]
#[case::reload_amid_the_post(Way::LoadsAgainAmidThePost, "&bindToken=TOKEN&a=1")]
#[case::back(Way::ComesBackFromTheShop, "&bindToken=TOKEN&a=1")]
#[case::again(Way::OpensAgain, "&bindToken=TOKEN&a=1")]
#[case::path(Way::OpensWithPath, "/x&bindToken=TOKEN&a=1")]
#[case::fragment(Way::OpensWithFragment, "&bindToken=TOKEN&a=1")]
#[tokio::test]
async fn the_same_comes_of_it(
    #[values(Engine::Chromium, Engine::WebKit)] engine: Engine,
    #[case] way: Way,
    #[case] ends_at: &str,
) -> Result {
    let (theirs, their_loads, their_questions) = go(engine, way, false).await?;
    let (ours, our_loads, our_questions) = go(engine, way, true).await?;
    assert_eq!(ours, theirs);
    let (path, query) = if let Some(query) = ends_at.strip_prefix("/x") { ("/x", query) } else { ("", ends_at) };
    assert_eq!(ours.url, format!("https://{}/liff-bind.html{path}?liffId={LIFF_ID}{query}", sandbox::PAGE_HOST));
    // A path is left to the SDK.
    let shorter = way != Way::OpensWithPath;
    assert!(if shorter { our_loads < their_loads } else { our_loads == their_loads }, "{our_loads}, {their_loads}");
    assert!(our_questions <= their_questions, "{our_questions}, {their_questions}");
    Ok(())
}
