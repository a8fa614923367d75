//! Courses through the page, with and without the shortcuts: the same screen, address and bindings, and never more
//! questions to LINE.

use std::time::Duration;

use e2e::{Browser, Engine, LIFF_ID, Result, Visitor, check, keys, one, sandbox};
use rstest::rstest;
use sandbox::{Device, LineApp, LineUser, Os, Sandbox};

use super::bound;
use crate::SOON;

/// The person's actions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Opens,
    LoadsAgain,
    LoadsAgainAmidThePost,
    ComesBackFromTheShop,
    /// In the same webview, with another link.
    IsFollowedByAnother,
    /// With the same link, which LINE opens with fresh tokens.
    OpensAgain,
    SignsInOutside,
    /// A LIFF URL with a path: `liff.state` is then more than a query.
    OpensWithPath,
    OpensWithFragment,
}

/// The result.
#[derive(Debug, PartialEq, Eq)]
struct Outcome {
    screen: String,
    /// With the bind tokens replaced by their number.
    url: String,
    /// Who was bound, by which link.
    bindings: Vec<(String, String)>,
    sign_ins: usize,
}

/// A browser, with its people and their bind tokens.
struct Walk<'s> {
    sandbox: &'s Sandbox,
    browser: Browser<'s>,
    people: Vec<LineUser>,
    tokens: Vec<String>,
}

impl Walk<'_> {
    /// LINE opens the shop's link for this person.
    async fn open(&self, person: usize, extra: &str) -> Result {
        let token = self.tokens.get(person).map(String::as_str).unwrap_or_default();
        let line = LineApp { user: self.people.get(person).cloned(), ..LineApp::new(Os::Android) };
        let line = line.with_extra(extra.replace("TOKEN", token));
        self.browser.goto(&self.sandbox.line_url(&line)?).await
    }

    /// Waits until it is bound for this time.
    async fn bound(&self, times: usize) -> Result {
        bound(&self.browser, self.sandbox, times).await
    }

    async fn go(&self, way: Way) -> Result {
        let (browser, link) = (&self.browser, "?bindToken=TOKEN&a=1");
        match way {
            Way::Opens => {
                self.open(0, link).await?;
                self.bound(1).await
            }
            Way::LoadsAgain => {
                self.open(0, link).await?;
                self.bound(1).await?;
                browser.reload().await?;
                self.bound(2).await
            }
            Way::LoadsAgainAmidThePost => {
                self.sandbox.configure(|config| config.bind_takes = Duration::from_secs(2));
                self.open(0, link).await?;
                browser
                    .wait_until("the post", SOON, async || Ok(!self.sandbox.ledger().bind_posts().is_empty()))
                    .await?;
                browser.reload().await?;
                self.bound(1).await?;
                one(keys(&self.sandbox.ledger())).map(drop)
            }
            Way::ComesBackFromTheShop => {
                self.open(0, link).await?;
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
            Way::IsFollowedByAnother => {
                self.open(0, link).await?;
                self.bound(1).await?;
                self.open(1, link).await?;
                self.bound(2).await
            }
            Way::OpensAgain => {
                self.open(0, link).await?;
                self.bound(1).await?;
                browser.goto(&format!("https://{}{}", sandbox::PAGE_HOST, sandbox::BLANK)).await?;
                self.open(0, link).await?;
                self.bound(2).await
            }
            Way::SignsInOutside => {
                let token = self.tokens.first().map(String::as_str).unwrap_or_default();
                browser.goto(&self.sandbox.browser_url(&format!("&bindToken={token}&a=1"))).await?;
                browser.tap("login").await?;
                self.bound(1).await
            }
            Way::OpensWithPath => {
                self.open(0, "/x?bindToken=TOKEN&a=1").await?;
                self.bound(1).await
            }
            Way::OpensWithFragment => {
                self.open(0, "?bindToken=TOKEN&a=1#b").await?;
                self.bound(1).await
            }
        }
    }

    async fn outcome(&self) -> Result<Outcome> {
        let ledger = self.sandbox.ledger();
        let numbered = |text: String| {
            let tokens = self.tokens.iter().enumerate();
            tokens.fold(text, |text, (number, token)| text.replace(token, &format!("T{number}")))
        };
        let name = |id: &str| {
            let person = self.people.iter().find(|person| person.id == id);
            person.map_or("a stranger", |person| &person.name).to_owned()
        };
        let bindings = ledger.bindings.iter();
        Ok(Outcome {
            screen: self.browser.screen().await?,
            url: numbered(self.browser.url().await?),
            bindings: bindings.map(|binding| (name(&binding.sub), numbered(binding.bind_token.clone()))).collect(),
            sign_ins: ledger.of(&sandbox::Route::Authorize).count(),
        })
    }
}

/// Takes a course; returns its result, how often the page was loaded, and how often LINE was asked.
async fn go(engine: Engine, way: Way, shortcuts: bool) -> Result<(Outcome, usize, usize)> {
    let sandbox = sandbox().await?;
    let people = vec![sandbox.user(), LineUser::new("Hana")];
    let tokens = vec![sandbox.issue_bind_token(74), sandbox.issue_bind_token(30)];
    sandbox.configure(|config| config.shortcuts = shortcuts);
    let visitor: Visitor =
        if way == Way::SignsInOutside { Device::Iphone.into() } else { (&LineApp::new(Os::Android)).into() };
    let browser = Browser::open(engine, visitor, &sandbox).await?;
    let walk = Walk { sandbox: &sandbox, browser, people, tokens };
    walk.go(way).await?;
    let ledger = sandbox.ledger();
    let gone = (walk.outcome().await?, ledger.page_loads(), ledger.asked_of_line().len());
    check(&sandbox);
    Ok(gone)
}

#[rstest]
#[case::opens(Way::Opens, "&bindToken=T0&a=1")]
#[case::reload(Way::LoadsAgain, "&bindToken=T0&a=1")]
#[case::reload_amid_the_post(Way::LoadsAgainAmidThePost, "&bindToken=T0&a=1")]
#[case::back(Way::ComesBackFromTheShop, "&bindToken=T0&a=1")]
#[case::another_person(Way::IsFollowedByAnother, "&bindToken=T1&a=1")]
#[case::again(Way::OpensAgain, "&bindToken=T0&a=1")]
#[case::sign_in(Way::SignsInOutside, "&bindToken=T0&a=1")]
#[case::path(Way::OpensWithPath, "/x&bindToken=T0&a=1")]
#[case::fragment(Way::OpensWithFragment, "&bindToken=T0&a=1")]
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
    // Anything more than a query is left to the SDK, and so is everything outside LINE.
    let shorter = !matches!(way, Way::OpensWithPath | Way::OpensWithFragment | Way::SignsInOutside);
    assert!(if shorter { our_loads < their_loads } else { our_loads == their_loads }, "{our_loads}, {their_loads}");
    assert!(our_questions <= their_questions, "{our_questions}, {their_questions}");
    Ok(())
}
