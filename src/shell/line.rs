//! LINE: acts on the LIFF SDK.

use crate::{
    core::{Event, Friend, IdToken, IdempotencyKey, LiffErrorReport, LiffFacts, LiffId, Text, Tokens, Turn},
    liff,
    shell::{page, token},
};

/// `liff.init`, and what the SDK knows afterwards.
pub(super) async fn init(turn: Turn, liff_id: LiffId) -> Option<Event> {
    let outcome = liff::init(liff_id.as_str()).await.map_err(report);
    Some(Event::LiffSettled(turn, outcome, facts()))
}

/// The LIFF binding's texts are the caller's; the core's live as long as the page.
fn keep(text: String) -> Text {
    text.leak()
}

fn report(error: liff::Error) -> LiffErrorReport {
    LiffErrorReport { name: keep(error.name), code: error.code.map(keep), message: keep(error.message) }
}

fn facts() -> LiffFacts {
    let context = liff::context().ok().flatten();
    LiffFacts {
        href: page::url(),
        in_client: liff::is_in_client().unwrap_or(false),
        logged_in: liff::is_logged_in().unwrap_or(false),
        sdk_version: liff::version().ok().flatten().map(keep),
        view_type: context.as_ref().and_then(liff::Context::view_type).map(keep),
        context_type: context.as_ref().and_then(liff::Context::kind).map(keep),
        online: page::online(),
    }
}

/// The tokens, the clock and the connection as they are now.
pub(super) fn prepare(turn: Turn, fresh: Option<IdToken>) -> Event {
    Event::Prepared {
        turn,
        tokens: Tokens { fresh, stored: token::stored() },
        now: page::now(),
        online: page::online(),
        spare_key: IdempotencyKey::new(page::uuid()),
    }
}

/// Whether messages can reach the customer; LINE's refusal to say is an answer too.
pub(super) async fn friendship(turn: Turn) -> Option<Event> {
    let friend = match liff::friendship().await.ok().and_then(|friendship| friendship.is_friend()) {
        Some(true) => Friend::Yes,
        Some(false) => Friend::No,
        None => Friend::Unknown,
    };
    Some(Event::FriendshipRead(turn, friend))
}

/// Leaves for LINE's sign-in. If the SDK refuses, the core's deadline says so to the person.
pub(super) fn sign_in(return_url: &str) {
    drop(liff::logout());
    drop(liff::login(return_url));
}

/// Closes the LIFF browser.
pub(super) fn close() {
    drop(liff::close_window());
}
