//! The page's shortcuts: it takes `liff.state` into its own address instead of being loaded twice, and asks LINE's two
//! questions with its first bytes. `<meta name="shortcuts" content="off">` leaves both to the SDK. Either way, the
//! result is the same.

mod address;
mod early;
mod ways;

use e2e::{Browser, Failure, Result};
use sandbox::{Ledger, Route, Sandbox};

use crate::SOON;

/// Waits until this many binds were posted, the page says "bound", and LINE has answered about friendship as often:
/// nothing more is asked after that.
async fn bound(browser: &Browser<'_>, sandbox: &Sandbox, times: usize) -> Result {
    browser
        .wait_until("bound", SOON, async || {
            let ledger = sandbox.ledger();
            let friendship = ledger.of(&Route::Friendship).filter(|request| request.status.is_some()).count();
            let posted = ledger.bind_posts().len() >= times && friendship >= times;
            Ok(posted && browser.screen().await?.ends_with("bound"))
        })
        .await
}

/// The ledger up to its first post to the bind API.
fn before_post(ledger: &Ledger) -> Result<Ledger> {
    let post = ledger.requests.iter().position(|request| request.route == Some(Route::Bind));
    let post = post.ok_or_else(|| Failure::new("no post"))?;
    Ok(Ledger { requests: ledger.requests.iter().take(post).cloned().collect(), ..Ledger::default() })
}
