//! Failure answers of the bind API: the code for support, and what must not follow. The answers themselves, one by one,
//! are rows of the fault table (`tests/faults/network.rs`).

use e2e::{Browser, Engine, Result, check, in_line, sandbox};
use sandbox::{Examples, Fault, Os, Route};

use crate::SOON;

/// Support gets the server's code, if there is one.
#[tokio::test]
async fn the_servers_code_is_told() -> Result {
    let sandbox = sandbox().await?;
    let browser = Browser::open(Engine::ONE, &in_line(Os::Ios, &sandbox), &sandbox).await?;
    for (name, code) in [("internal-error", true), ("liff-id-unknown", true), ("bind-token-expired", false)] {
        sandbox.fail_always(Route::Bind, Fault::example(name));
        browser.start_over(&sandbox.line_url(&in_line(Os::Ios, &sandbox))?).await?;
        browser.wait_until(name, SOON, async || Ok(browser.screen().await? == "failed")).await?;
        let answer = Examples::load()?.answer(name).body;
        let told = answer["supportId"].as_str().filter(|_| code).map(str::to_owned);
        assert_eq!(browser.look().await?.code, told, "{name}");
    }
    check(&sandbox);
    Ok(())
}

/// A redirect is not followed, and the page doesn't ask about friendship before success.
#[tokio::test]
async fn nothing_follows_a_failure() -> Result {
    let sandbox = sandbox().await?;
    let line = in_line(Os::Ios, &sandbox);
    let browser = Browser::open(Engine::ONE, &line, &sandbox).await?;
    for status in [301, 302, 303, 307, 308] {
        sandbox.fail_always(Route::Bind, Fault::redirect(status, "/elsewhere"));
        browser.start_over(&sandbox.line_url(&line)?).await?;
        browser.wait_for_screen("failed/unsure", SOON).await?;
    }
    let ledger = sandbox.ledger();
    assert!(!ledger.requests.iter().any(|request| request.target == "/elsewhere"), "a redirect was followed");
    assert_eq!(ledger.of(&Route::Friendship).count(), 0, "friendship is asked for before success");
    check(&sandbox);
    Ok(())
}
