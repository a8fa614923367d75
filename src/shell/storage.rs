//! `sessionStorage`: the bind under way, and the SDK's own entries. It may be missing or full; the page works without
//! it.

use super::json;
use crate::core::{Json, LiffId, Pending};
use leptos::prelude::window;
use web_sys::Storage;

/// The bind under way ([`Pending`]).
const PENDING: &str = "liff-bind:pending";
/// Set while this tab may have bound or unlinked: the static page (`src/boot/failure.js`) then doesn't say "not linked".
const UNSURE: &str = "liff-bind:unsure";

/// The tab's storage, if the browser has one.
#[must_use]
pub fn session() -> Option<Storage> {
    window().session_storage().ok().flatten()
}

/// The record that [`keep`] has stored in this tab.
pub(super) fn kept() -> Json {
    let text = session().and_then(|session| session.get_item(PENDING).ok().flatten());
    text.map(|text| json::parse(&text)).unwrap_or_default()
}

/// Stores the bind under way, or removes it. A full store doesn't stop the bind: its key then lives as long as the
/// page.
pub(super) fn keep(pending: Option<&Pending>) {
    let Some(session) = session() else { return };
    let set = |name, value: Option<&str>| match value {
        Some(value) => session.set_item(name, value),
        None => session.remove_item(name),
    };
    drop(set(PENDING, pending.map(Pending::to_json).as_deref()));
    drop(set(UNSURE, pending.filter(|pending| pending.leaves_doubt()).map(|_| "1")));
}

/// Whether this browser is signed in to a LIFF app, outside LINE, perhaps by another tab (LIFF SDK 2.31.0:
/// `LIFF_STORE:{liffId}:accessToken`).
pub(super) fn is_signed_in_to(liff_id: &LiffId) -> bool {
    let name = ["LIFF_STORE:", liff_id.as_str(), ":accessToken"].concat();
    let local = window().local_storage().ok().flatten();
    local.is_some_and(|local| local.get_item(&name).is_ok_and(|token| token.is_some()))
}

/// The names of all entries.
fn names(store: &Storage) -> Vec<String> {
    let count = store.length().unwrap_or_default();
    (0..count).filter_map(|index| store.key(index).ok().flatten()).collect()
}

/// Removes the ID tokens that the SDK has stored (LIFF SDK 2.31.0: `LIFF_STORE:{liffId}:IDToken` and
/// `:decodedIDToken`).
pub(super) fn forget_id_tokens() {
    let Some(session) = session() else { return };
    for name in names(&session).iter().filter(|name| name.ends_with(":IDToken") || name.ends_with(":decodedIDToken")) {
        drop(session.remove_item(name));
    }
}
