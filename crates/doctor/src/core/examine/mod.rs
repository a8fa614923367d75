//! The verdicts: one for each thing, in a file for the place where it is set.

mod console;
mod here;
mod omnichat;

use super::{
    answer::{CheckReply, Reached},
    facts::{Context, Facts},
    item::Item,
    report::{Note, Report, Row, Verdict},
};
use liff_bind::core::ErrorCode;

/// The finding about one thing.
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

    /// Something that never shows on a page.
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
    Report {
        liff_id: facts.liff_id.clone(),
        rows: rows.collect(),
        can_see_more: !facts.in_client || !facts.signed_in,
        is_mini_app: is_mini_app(facts),
    }
}

/// `None` for a thing that isn't a setting.
fn find(item: Item, facts: &Facts) -> Option<Found> {
    Some(match item {
        Item::Provider => omnichat::provider(facts),
        Item::Published => console::of_channel(facts, Note::MiniPublished),
        Item::AppName => console::of_channel(facts, Note::MiniName),
        Item::Aggressive => Found::by_eye(),
        Item::Size => console::size(facts),
        Item::ScopeProfile | Item::ScopeOpenid | Item::ScopeChatMessageWrite => console::scope(item, facts),
        Item::IdToken => console::id_token(facts),
        Item::BotLink => console::bot_link(facts),
        Item::Friendship => console::friendship(facts),
        Item::ScanQr => console::scan_qr(facts),
        Item::LiffId => console::liff_id(facts),
        Item::EndpointUrl => console::endpoint(facts),
        Item::LiffIdKnown => omnichat::liff_id_known(facts),
        Item::Channel => omnichat::channel(facts),
        Item::GameModule => omnichat::game_module(facts),
        Item::LiffFlow => return None,
        Item::PushBilling => omnichat::push_billing(facts),
        Item::Line => here::line(facts),
        Item::ContextType => here::context_type(facts),
        Item::Versions => here::versions(facts),
        Item::Clock => here::clock(facts),
        Item::Host => omnichat::host(facts),
        Item::Headers => here::headers(facts),
        Item::BindApi => omnichat::bind_api(facts),
    })
}

fn context(facts: &Facts) -> Option<&Context> {
    facts.context.as_ref()
}

/// Whether LINE says that it is a MINI App.
fn is_mini_app(facts: &Facts) -> bool {
    context(facts).is_some_and(|context| context.is_mini_app || context.asks_late)
}

/// The last thing that the bind API found right.
fn reached(facts: &Facts) -> Reached {
    facts.api.as_ref().map_or(Reached::Nothing, CheckReply::reached)
}

/// Whether the bind API stopped at this problem.
fn says(facts: &Facts, code: ErrorCode) -> bool {
    facts.api.as_ref().and_then(CheckReply::problem) == Some(code)
}

/// The reason why something of the signed-in account doesn't show.
fn not_shown(facts: &Facts) -> Note {
    if facts.signed_in { Note::NotTold } else { Note::SeenSignedIn }
}

/// The origin where the page belongs: the one that the bind API names, else the one where it was opened.
fn origin(facts: &Facts) -> &str {
    let told = facts.api.as_ref().and_then(|api| api.endpoint_url.as_deref());
    told.map(super::endpoint::origin_of).filter(|origin| !origin.is_empty()).unwrap_or(&facts.origin)
}
