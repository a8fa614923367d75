//! The verdicts.

use super::{
    answer::{CheckReply, Reached},
    endpoint::{endpoint_url, fault, origin_of},
    facts::{Context, Facts, Friendship, Init, Os},
    item::Item,
    report::{Note, Report, Row, Verdict},
};
use crate::core::{
    failure::Failure,
    launch::LiffId,
    liff_error::{InitFailure, LiffErrorReport},
};

/// The oldest LINE in which LIFF apps are sure to work (LIFF docs, "Recommended operating environment").
const OLDEST_LINE: [(Os, &str); 2] = [(Os::Ios, "10.17.0"), (Os::Android, "11.5.0")];
/// The oldest iOS and Chrome that run the page under its security policy (`docs/deployment.md`).
const OLDEST_IOS: &str = "16";
const OLDEST_CHROME: &str = "97";
/// How far a clock may be off, in minutes (`docs/bind-api/openapi.yaml`, header `Date`).
const CLOCK_TOLERANCE: f64 = 5.0;

/// What was found of one thing.
struct Found {
    verdict: Verdict,
    seen: String,
    note: Option<Note>,
    enter: Option<String>,
}

impl Found {
    fn right(seen: impl Into<String>) -> Self {
        Self { verdict: Verdict::Right, seen: seen.into(), note: None, enter: None }
    }

    fn wrong(seen: impl Into<String>, note: Note) -> Self {
        Self { verdict: Verdict::Wrong, seen: seen.into(), note: Some(note), enter: None }
    }

    fn unseen(note: Note) -> Self {
        Self { verdict: Verdict::Unseen, seen: String::new(), note: Some(note), enter: None }
    }

    /// What can never be seen.
    fn by_eye() -> Self {
        Self { verdict: Verdict::Unseen, seen: String::new(), note: None, enter: None }
    }

    fn seeing(self, seen: impl Into<String>) -> Self {
        Self { seen: seen.into(), ..self }
    }

    fn noting(self, note: Note) -> Self {
        Self { note: Some(note), ..self }
    }

    fn entering(self, value: impl Into<String>) -> Self {
        Self { enter: Some(value.into()), ..self }
    }
}

/// Judges what was seen.
#[must_use]
pub fn examine(facts: &Facts) -> Report {
    let rows = Item::ALL.iter().filter_map(|&item| {
        let Found { verdict, seen, note, enter } = find(item, facts)?;
        Some(Row { item, verdict, seen, note, enter })
    });
    Report { liff_id: facts.liff_id, rows: rows.collect(), can_see_more: !facts.in_client || !facts.signed_in }
}

/// `None` for what is no setting.
fn find(item: Item, facts: &Facts) -> Option<Found> {
    Some(match item {
        Item::Provider => provider(facts),
        Item::Published | Item::AppName | Item::Aggressive => Found::by_eye(),
        Item::Size => size(facts),
        Item::ScopeProfile | Item::ScopeOpenid | Item::ScopeChatMessageWrite => scope(item, facts),
        Item::IdToken => id_token(facts),
        Item::BotLink => bot_link(facts),
        Item::Friendship => friendship(facts),
        Item::ScanQr => scan_qr(facts),
        Item::LiffId => liff_id(facts),
        Item::EndpointUrl => endpoint(facts),
        Item::LiffIdKnown => liff_id_known(facts),
        Item::Channel => channel(facts),
        Item::GameModule => game_module(facts),
        Item::LiffFlow => return None,
        Item::PushBilling => push_billing(facts),
        Item::Line => line(facts),
        Item::ContextType => context_type(facts),
        Item::Versions => versions(facts),
        Item::Clock => clock(facts),
        Item::Host => host(facts),
        Item::Headers => headers(facts),
        Item::BindApi => bind_api(facts),
    })
}

fn context(facts: &Facts) -> Option<&Context> {
    facts.context.as_ref()
}

/// The last thing that the bind API found right.
fn reached(facts: &Facts) -> Reached {
    facts.api.as_ref().map_or(Reached::Nothing, CheckReply::reached)
}

/// Whether the bind API stopped at this problem.
fn says(facts: &Facts, code: &str) -> bool {
    facts.api.as_ref().is_some_and(|api| api.code == Some(code))
}

/// Why something of the signed-in account does not show.
fn not_shown(facts: &Facts) -> Note {
    if facts.signed_in { Note::NotTold } else { Note::SeenSignedIn }
}

fn provider(facts: &Facts) -> Found {
    if says(facts, "PROVIDER_MISMATCH") { Found::wrong("", Note::OtherProvider) } else { Found::by_eye() }
}

fn size(facts: &Facts) -> Found {
    match context(facts).and_then(|context| context.view_type.as_deref()) {
        Some(size @ "compact") => Found::right(size).noting(Note::Compact),
        Some(size @ "full") => Found::right(size).noting(Note::Full),
        Some(size) => Found::wrong(size, Note::Compact).entering("Compact"),
        None if facts.in_client => Found::unseen(Note::NotTold),
        None => Found::unseen(Note::SeenInLine),
    }
}

fn scope(item: Item, facts: &Facts) -> Found {
    let name = item.fixed_value().unwrap_or_default();
    let Some(ticked) = context(facts).and_then(|context| context.scopes.as_ref()) else {
        return Found::unseen(Note::NotTold);
    };
    let has = |scopes: &[String]| scopes.iter().any(|scope| scope == name);
    let seen = ticked.join(" ");
    if !has(ticked) {
        let note = if item == Item::ScopeChatMessageWrite { Note::NotTickedChat } else { Note::NotTicked };
        return Found::wrong(seen, note).entering(name);
    }
    match &facts.granted {
        Some(granted) if has(granted) => Found::right(seen),
        Some(granted) => Found::wrong(granted.join(" "), Note::NotGranted),
        None => Found::unseen(not_shown(facts)).seeing(seen),
    }
}

fn id_token(facts: &Facts) -> Found {
    if !facts.signed_in {
        return Found::unseen(Note::SeenSignedIn);
    }
    let Some(token) = &facts.token else {
        return Found::wrong("", Note::NoIdToken).entering("openid");
    };
    let seen = format!("aud {}", token.audience);
    let channel = facts.liff_id.map(channel_of);
    // The server's clock counts where it is known.
    let now = facts.api.as_ref().and_then(|api| api.date).unwrap_or(facts.now) / 1000.0;
    if channel.is_some_and(|channel| channel != token.audience) || says(facts, "ID_TOKEN_AUDIENCE_MISMATCH") {
        Found::wrong(seen, Note::OtherChannel)
    } else if says(facts, "ID_TOKEN_EXPIRED") || token.expiry < now {
        Found::wrong(seen, Note::TokenExpired)
    } else if says(facts, "ID_TOKEN_INVALID") {
        Found::wrong(seen, Note::TokenRefused)
    } else {
        Found::right(seen)
    }
}

/// The login channel: the part of a LIFF ID before the dash.
fn channel_of(liff_id: LiffId) -> &'static str {
    liff_id.as_str().split('-').next().unwrap_or_default()
}

fn bot_link(facts: &Facts) -> Found {
    let told = context(facts).and_then(|context| context.has_linked_bot);
    let seen = told.map(|linked| format!("hasLinkedBot: {linked}")).unwrap_or_default();
    match (facts.friendship, told) {
        (Friendship::Read(_), _) | (Friendship::Unknown, Some(true)) => Found::right(seen),
        (Friendship::NoBot, _) | (Friendship::Unknown, Some(false)) => Found::wrong(seen, Note::NoBot),
        (Friendship::Unknown, None) => Found::unseen(not_shown(facts)),
    }
}

fn friendship(facts: &Facts) -> Found {
    match facts.friendship {
        Friendship::Read(true) => Found::right("friendFlag: true"),
        Friendship::Read(false) => Found::right("friendFlag: false").noting(Note::NotFriend),
        Friendship::NoBot => Found::unseen(Note::AfterOthers),
        // LINE tells it to a LIFF app with the scope `profile` only.
        Friendship::Unknown if facts.signed_in && !has_profile(facts) => Found::unseen(Note::AfterOthers),
        Friendship::Unknown => Found::unseen(not_shown(facts)),
    }
}

fn has_profile(facts: &Facts) -> bool {
    context(facts)
        .and_then(|context| context.scopes.as_ref())
        .is_some_and(|scopes| scopes.iter().any(|own| own == "profile"))
}

fn scan_qr(facts: &Facts) -> Found {
    let full = context(facts).and_then(|context| context.view_type.as_deref()) == Some("full");
    match context(facts).and_then(|context| context.scan_qr) {
        Some(true) if full => Found::right("scanCodeV2: true"),
        Some(true) => Found::right("scanCodeV2: true").noting(Note::ScanInFull),
        Some(false) => Found::wrong("scanCodeV2: false", Note::ScanOff).entering("On"),
        None => Found::unseen(Note::NotTold),
    }
}

fn liff_id(facts: &Facts) -> Found {
    let Some(liff_id) = facts.liff_id else {
        return Found::wrong(facts.asked.unwrap_or_default(), Note::NoLiffId);
    };
    let seen = liff_id.as_str();
    match facts.init {
        Init::Failed(error) if error.classify() == InitFailure::Final(Failure::SetupLiffId) => {
            Found::wrong(seen, Note::LiffIdNotFound)
        }
        _ if context(facts).is_some() => Found::right(seen),
        _ => Found::unseen(Note::NotTold).seeing(seen),
    }
}

/// The origin at which the page belongs: the one the bind API names, else the one it was opened at.
fn origin(facts: &Facts) -> &str {
    let told = facts.api.as_ref().and_then(|api| api.endpoint_url.as_deref());
    told.map(origin_of).filter(|origin| !origin.is_empty()).unwrap_or(facts.origin)
}

fn endpoint(facts: &Facts) -> Found {
    let origin = origin(facts);
    let own = [facts.origin, facts.path].concat();
    let Some(liff_id) = facts.liff_id else {
        let seen = facts.asked.map_or(own.clone(), |asked| [&own, "?liffId=", asked].concat());
        return Found::wrong(seen, if facts.asked.is_some() { Note::EndpointPlaceholder } else { Note::EndpointNoId });
    };
    let right = endpoint_url(origin, liff_id);
    match context(facts).and_then(|context| context.endpoint_url.as_deref()) {
        Some(url) => match fault(url, origin, liff_id) {
            Some(note) => Found::wrong(url, note).entering(right),
            None => Found::right(url),
        },
        None if is_mismatch(facts) => {
            let seen = [&own, "?liffId=", facts.asked.unwrap_or_default()].concat();
            Found::wrong(seen, Note::EndpointOtherId)
        }
        None => Found::unseen(Note::NotTold),
    }
}

/// LINE opened another LIFF app than the endpoint URL names, and does not say which.
fn is_mismatch(facts: &Facts) -> bool {
    matches!(facts.init, Init::Failed(error) if error.classify() == InitFailure::Final(Failure::SetupMismatch))
}

fn liff_id_known(facts: &Facts) -> Found {
    let seen = facts.liff_id.map(LiffId::as_str).unwrap_or_default();
    if says(facts, "LIFF_ID_UNKNOWN") {
        Found::wrong(seen, Note::NotSaved).entering(seen)
    } else if reached(facts) >= Reached::LiffId {
        Found::right(seen)
    } else {
        Found::unseen(Note::NotTold)
    }
}

fn channel(facts: &Facts) -> Found {
    if says(facts, "CHANNEL_NOT_CONNECTED") {
        Found::wrong("", Note::NotConnected)
    } else if reached(facts) == Reached::End || says(facts, "PROVIDER_MISMATCH") {
        Found::right("")
    } else if reached(facts) == Reached::Nothing {
        Found::unseen(Note::NotTold)
    } else {
        Found::unseen(Note::AfterOthers)
    }
}

fn game_module(facts: &Facts) -> Found {
    if says(facts, "LIFF_ID_WRONG_MODULE") {
        Found::wrong(facts.liff_id.map(LiffId::as_str).unwrap_or_default(), Note::IsGame)
    } else if reached(facts) >= Reached::Module {
        Found::right("")
    } else {
        Found::unseen(if says(facts, "LIFF_ID_UNKNOWN") { Note::AfterOthers } else { Note::NotTold })
    }
}

fn push_billing(facts: &Facts) -> Found {
    match facts.api.as_ref().and_then(|api| api.billed) {
        Some(true) => Found::right("messageBilled: true").noting(Note::Billed),
        Some(false) => Found::right("messageBilled: false").noting(Note::NotBilled),
        None => Found::unseen(if reached(facts) > Reached::Nothing { Note::AfterOthers } else { Note::NotTold }),
    }
}

fn line(facts: &Facts) -> Found {
    match facts.init {
        Init::NotTried => Found::unseen(Note::AfterOthers),
        Init::Done => Found::right(""),
        Init::Silent => Found::wrong("", Note::LineSilent),
        Init::Failed(error) => match error.classify() {
            // What these mean is told where it is to be put right.
            InitFailure::IdTokenRefused | InitFailure::Final(Failure::SetupLiffId | Failure::SetupMismatch) => {
                Found::right(told(error))
            }
            InitFailure::Network => Found::wrong(told(error), Note::LineSilent),
            InitFailure::SessionVoid => Found::wrong(told(error), Note::TokenExpired),
            InitFailure::Final(_) if error.message.contains("access_denied") => {
                Found::wrong("access_denied", Note::SignInRefused)
            }
            InitFailure::Final(_) => Found::wrong(told(error), Note::LineError),
        },
    }
}

/// An error in LINE's words, cut to size.
fn told(error: LiffErrorReport) -> String {
    let text = [error.code.unwrap_or(error.name), ": ", error.message].concat();
    text.chars().take(120).collect()
}

fn context_type(facts: &Facts) -> Found {
    match context(facts).and_then(|context| context.kind.as_deref()) {
        Some(kind @ "square_chat") => Found::wrong(kind, Note::OpenChat),
        Some(kind @ "external") => Found::unseen(Note::SeenInLine).seeing(kind),
        Some(kind) => Found::right(kind),
        None => Found::unseen(Note::NotTold),
    }
}

fn versions(facts: &Facts) -> Found {
    let Some(line) = facts.device.line_version else { return Found::unseen(Note::SeenInLine) };
    let os = facts.device.os;
    let version = &facts.os_version;
    let oldest = OLDEST_LINE.iter().find(|(own, _)| *own == os).map(|(_, oldest)| *oldest);
    let old = oldest.is_some_and(|oldest| is_older(line, oldest))
        || (os == Os::Ios && is_older(&version.system, OLDEST_IOS))
        || (os == Os::Android && is_older(&version.chrome, OLDEST_CHROME));
    let chrome = if os == Os::Android { format!(", WebView {}", version.chrome) } else { String::new() };
    let seen = format!("LINE {line}, {} {}{chrome}", os.as_str(), version.system);
    if old { Found::wrong(seen, Note::TooOld) } else { Found::right(seen) }
}

/// Whether a version is older than another; one that is not told is not.
fn is_older(version: &str, than: &str) -> bool {
    let parts = |text: &str| -> Vec<u32> { text.split('.').filter_map(|part| part.parse().ok()).collect() };
    let version = parts(version);
    !version.is_empty() && version < parts(than)
}

fn clock(facts: &Facts) -> Found {
    let server = facts.api.as_ref().and_then(|api| api.date);
    let fresh = facts.token.as_ref().filter(|token| token.fresh && token.issued > 0.0);
    let Some(truth) = server.or(fresh.map(|token| token.issued * 1000.0)) else { return Found::unseen(Note::NotTold) };
    let minutes = ((facts.now - truth) / 60_000.0).round();
    let seen = format!("{minutes:+} min");
    if minutes.abs() > CLOCK_TOLERANCE { Found::wrong(seen, Note::ClockWrong) } else { Found::right(seen) }
}

fn host(facts: &Facts) -> Found {
    let seen = facts.origin;
    if says(facts, "ORIGIN_NOT_ALLOWED") {
        return Found::wrong(seen, Note::HostRefused);
    }
    match &facts.headers {
        Some(headers) if headers.redirected || headers.status != 200 => Found::wrong(seen, Note::HostRedirects),
        Some(_) if seen.starts_with("https://") || seen.starts_with("http://localhost") => Found::right(seen),
        Some(_) => Found::wrong(seen, Note::HostRedirects),
        None => Found::unseen(Note::NotTold).seeing(seen),
    }
}

fn headers(facts: &Facts) -> Found {
    match facts.headers.as_ref().map(super::facts::Headers::wrong) {
        Some(wrong) if wrong.is_empty() => Found::right(""),
        Some(wrong) => Found::wrong(wrong.join(", "), Note::HeadersMissing),
        None => Found::unseen(Note::NotTold),
    }
}

fn bind_api(facts: &Facts) -> Found {
    if facts.liff_id.is_none() {
        return Found::unseen(Note::AfterOthers);
    }
    let Some(api) = &facts.api else { return Found::wrong("", Note::ApiSilent) };
    let code = api.code.unwrap_or_default();
    let seen = [&api.status.to_string(), code, api.support_id.as_deref().unwrap_or_default()].join(" ");
    let seen = seen.trim();
    match code {
        "BINDING_DISABLED" => Found::wrong(seen, Note::Paused),
        "INVALID_REQUEST_BODY" | "BIND_TOKEN_MISSING" => Found::right(seen).noting(Note::ApiHasNoCheck),
        _ if api.status >= 500 || api.status == 429 => Found::wrong(seen, Note::ApiSilent),
        _ => Found::right(seen),
    }
}

#[cfg(test)]
#[path = "examine_tests.rs"]
mod tests;
