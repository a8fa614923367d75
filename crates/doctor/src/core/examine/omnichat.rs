//! The settings at Omnichat, and the answers of its servers.

use super::Found;
use crate::core::{
    answer::{Barrier, Reached},
    facts::Facts,
    report::Note,
};
use liff_bind::core::{ErrorCode, LiffId};

pub(super) fn provider(facts: &Facts) -> Found {
    if facts.stopped_at(ErrorCode::ProviderMismatch) { Found::wrong("", Note::OtherProvider) } else { Found::by_eye() }
}

pub(super) fn liff_id_known(facts: &Facts) -> Found {
    let seen = facts.liff_id.as_ref().map(LiffId::as_str).unwrap_or_default();
    if facts.stopped_at(ErrorCode::LiffIdUnknown) {
        Found::wrong(seen, Note::NotSaved).entering(seen)
    } else if facts.reached() >= Reached::LiffId {
        Found::right(seen)
    } else {
        Found::unseen(Note::NotTold)
    }
}

pub(super) fn channel(facts: &Facts) -> Found {
    if facts.stopped_at(ErrorCode::ChannelNotConnected) {
        Found::wrong("", Note::NotConnected)
    } else if facts.reached() == Reached::End || facts.stopped_at(ErrorCode::ProviderMismatch) {
        Found::right("")
    } else if facts.reached() == Reached::Nothing {
        Found::unseen(Note::NotTold)
    } else {
        Found::unseen(Note::AfterOthers)
    }
}

pub(super) fn game_module(facts: &Facts) -> Found {
    if facts.stopped_at(ErrorCode::LiffIdWrongModule) {
        Found::wrong(facts.liff_id.as_ref().map(LiffId::as_str).unwrap_or_default(), Note::IsGame)
    } else if facts.reached() >= Reached::Module {
        Found::right("")
    } else {
        Found::unseen(if facts.stopped_at(ErrorCode::LiffIdUnknown) { Note::AfterOthers } else { Note::NotTold })
    }
}

pub(super) fn push_billing(facts: &Facts) -> Found {
    match facts.api.as_ref().and_then(|api| api.billed) {
        Some(true) => Found::right("messageBilled: true").noting(Note::Billed),
        Some(false) => Found::right("messageBilled: false").noting(Note::NotBilled),
        None if [Reached::Nothing, Reached::End].contains(&facts.reached()) => Found::unseen(Note::NotTold),
        None => Found::unseen(Note::AfterOthers),
    }
}

pub(super) fn host(facts: &Facts) -> Found {
    let seen = &*facts.origin;
    if facts.stopped_at(ErrorCode::OriginNotAllowed) {
        return Found::wrong(seen, Note::HostRefused);
    }
    let is_safe = seen.starts_with("https://") || is_loopback(seen);
    match &facts.headers {
        Some(headers) if headers.redirected || !is_safe => Found::wrong(seen, Note::HostRedirects),
        Some(headers) if headers.status == 200 && facts.is_mini_app() => Found::right(seen).noting(Note::MiniHost),
        Some(headers) if headers.status == 200 => Found::right(seen),
        // The reader did get the page, so this status is only for scripts.
        Some(headers) => Found::unseen(Note::NotTold).seeing(format!("{seen}, {}", headers.status)),
        None => Found::unseen(Note::NotTold).seeing(seen),
    }
}

/// Whether it is the origin of `trunk serve`.
fn is_loopback(origin: &str) -> bool {
    ["http://localhost:", "http://127.0.0.1:"].iter().any(|start| origin.starts_with(start))
}

pub(super) fn bind_api(facts: &Facts) -> Found {
    if facts.liff_id.is_none() {
        return Found::unseen(Note::AfterOthers);
    }
    if let Some(barrier) = facts.barrier {
        let note = match barrier {
            Barrier::Key => Note::PreflightKey,
            Barrier::Preflight => Note::PreflightFails,
            Barrier::Origin => Note::PreflightOrigin,
            Barrier::Errors => Note::ErrorsHidden,
            Barrier::Hidden => Note::HeadersHidden,
        };
        return Found::wrong("", note).entering(barrier.mend(&facts.origin));
    }
    let Some(api) = &facts.api else { return Found::wrong("", Note::ApiSilent) };
    let code = api.code.as_deref().unwrap_or_default();
    let seen = [&api.status.to_string(), code, api.support_id.as_deref().unwrap_or_default()].join(" ");
    let seen = seen.trim();
    match api.problem() {
        Some(ErrorCode::BindingDisabled) => Found::wrong(seen, Note::Paused),
        Some(ErrorCode::InvalidRequestBody | ErrorCode::BindTokenMissing) => {
            Found::right(seen).noting(Note::ApiHasNoCheck)
        }
        _ if api.status >= 500 || api.status == 429 => Found::wrong(seen, Note::ApiSilent),
        // An error that the contract doesn't name: a gateway's own, or one of a newer edition.
        None if api.code.is_some() && api.support_id.is_none() => Found::wrong(seen, Note::ApiSilent),
        None if api.code.is_some() => Found::unseen(Note::NotTold).seeing(seen),
        _ => Found::right(seen),
    }
}
