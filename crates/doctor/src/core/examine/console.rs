//! The settings in LINE's console.

use super::Found;
use crate::core::{
    endpoint::{endpoint_url, fault},
    facts::{Facts, Friendship},
    item::Item,
    report::Note,
};
use liff_bind::core::{ErrorCode, Failure, LiffId};

/// A setting that never shows on a page, and belongs to the channel in a MINI App.
pub(super) fn of_channel(facts: &Facts, note: Note) -> Found {
    if facts.is_mini_app() { Found::by_eye().noting(note) } else { Found::by_eye() }
}

pub(super) fn size(facts: &Facts) -> Found {
    match facts.size() {
        Some(size @ "full") if facts.is_mini_app() => Found::right(size).noting(Note::MiniSize),
        Some(size @ "compact") => Found::right(size).noting(Note::Compact),
        Some(size @ "full") => Found::right(size).noting(Note::Full),
        Some(size) => Found::wrong(size, Note::Compact).entering("Compact"),
        None if facts.in_client => Found::unseen(Note::NotTold),
        None => Found::unseen(Note::SeenInLine),
    }
}

pub(super) fn scope(item: Item, facts: &Facts) -> Found {
    let name = item.fixed_value().unwrap_or_default();
    let Some(ticked) = facts.ticked() else { return Found::unseen(Note::NotTold) };
    let seen = ticked.0.join(" ");
    if !ticked.has(name) {
        let note = if item == Item::ScopeChatMessageWrite { Note::NotTickedChat } else { Note::NotTicked };
        return Found::wrong(seen, note).entering(name);
    }
    match &facts.granted {
        Some(granted) if granted.has(name) => Found::right(seen),
        Some(_) if item != Item::ScopeOpenid && facts.is_late(name) => Found::right(seen).noting(Note::MiniConsent),
        Some(granted) => Found::wrong(granted.0.join(" "), Note::NotGranted),
        None => Found::unseen(facts.not_shown()).seeing(seen),
    }
}

pub(super) fn id_token(facts: &Facts) -> Found {
    if !facts.signed_in {
        return Found::unseen(Note::SeenSignedIn);
    }
    let Some(token) = &facts.token else {
        return Found::wrong("", Note::NoIdToken).entering("openid");
    };
    let seen = format!("aud {}", token.audience);
    let channel = facts.liff_id.as_ref().map(channel_of);
    // The server's clock counts if it is known.
    let now = facts.api.as_ref().and_then(|api| api.date).unwrap_or(facts.now);
    if channel.is_some_and(|channel| channel != token.audience) || facts.stopped_at(ErrorCode::IdTokenAudienceMismatch)
    {
        Found::wrong(seen, Note::OtherChannel)
    } else if facts.stopped_at(ErrorCode::IdTokenExpired) || token.has_expired(now) {
        Found::wrong(seen, Note::TokenExpired)
    } else if facts.stopped_at(ErrorCode::IdTokenInvalid) {
        Found::wrong(seen, Note::TokenRefused)
    } else {
        Found::right(seen)
    }
}

/// The login channel: the part of a LIFF ID before the dash.
fn channel_of(liff_id: &LiffId) -> &str {
    liff_id.as_str().split('-').next().unwrap_or_default()
}

pub(super) fn bot_link(facts: &Facts) -> Found {
    let told = facts.context.as_ref().and_then(|context| context.has_linked_bot);
    let seen = told.map(|linked| format!("hasLinkedBot: {linked}")).unwrap_or_default();
    match (facts.friendship, told) {
        (Friendship::Read(_), _) | (Friendship::Unknown, Some(true)) => Found::right(seen),
        (Friendship::NoBot, _) | (Friendship::Unknown, Some(false)) => Found::wrong(seen, Note::NoBot),
        (Friendship::Unknown, None) => Found::unseen(facts.not_shown()),
    }
}

pub(super) fn friendship(facts: &Facts) -> Found {
    match facts.friendship {
        Friendship::Read(true) => Found::right("friendFlag: true"),
        Friendship::Read(false) => Found::right("friendFlag: false").noting(Note::NotFriend),
        Friendship::NoBot => Found::unseen(Note::AfterOthers),
        Friendship::Unknown if facts.signed_in && facts.is_late("profile") => {
            Found::right("").noting(Note::MiniFriendship)
        }
        // LINE tells it only to a LIFF app with the scope `profile`.
        Friendship::Unknown if facts.signed_in && facts.ticked().is_none_or(|ticked| !ticked.has("profile")) => {
            Found::unseen(Note::AfterOthers)
        }
        Friendship::Unknown => Found::unseen(facts.not_shown()),
    }
}

pub(super) fn scan_qr(facts: &Facts) -> Found {
    let full = facts.size() == Some("full");
    match facts.context.as_ref().and_then(|context| context.scan_qr) {
        Some(true) if full => Found::right("scanCodeV2: true"),
        Some(true) => Found::right("scanCodeV2: true").noting(Note::ScanInFull),
        Some(false) => Found::wrong("scanCodeV2: false", Note::ScanOff).entering("On"),
        None => Found::unseen(Note::NotTold),
    }
}

pub(super) fn liff_id(facts: &Facts) -> Found {
    let Some(liff_id) = &facts.liff_id else {
        return Found::wrong(facts.asked.as_deref().unwrap_or_default(), Note::NoLiffId);
    };
    let seen = liff_id.as_str();
    if facts.init_failed(Failure::SetupLiffId) {
        Found::wrong(seen, Note::LiffIdNotFound)
    } else if facts.context.is_some() {
        Found::right(seen)
    } else {
        Found::unseen(Note::NotTold).seeing(seen)
    }
}

pub(super) fn endpoint(facts: &Facts) -> Found {
    let origin = facts.right_origin();
    let own = [&*facts.origin, &facts.path].concat();
    let asked = facts.asked.as_deref();
    let Some(liff_id) = &facts.liff_id else {
        return match asked {
            Some(asked) => Found::wrong([&own, "?liffId=", asked].concat(), Note::EndpointPlaceholder),
            None => Found::wrong(own, Note::EndpointNoId),
        };
    };
    match facts.context.as_ref().and_then(|context| context.endpoint_url.as_deref()) {
        Some(url) => match fault(url, origin, liff_id, facts.default_liff_id.as_ref()) {
            Some(note) => Found::wrong(url, note).entering(endpoint_url(origin, liff_id)),
            None => Found::right(url),
        },
        // LINE opened another LIFF app than the endpoint URL names, and does not say which.
        None if facts.init_failed(Failure::SetupMismatch) => {
            Found::wrong([&own, "?liffId=", asked.unwrap_or_default()].concat(), Note::EndpointOtherId)
        }
        None => Found::unseen(Note::NotTold),
    }
}
