//! The verdicts: one for each thing, in a file for the place where it is set.

mod console;
mod here;
mod omnichat;

use super::{
    answer::{CheckReply, Reached},
    endpoint::origin_of,
    facts::{Facts, Init, Scopes},
    item::Item,
    report::{Note, Report, Row, Verdict},
};
use liff_bind::core::{ErrorCode, Failure, InitFailure};

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
    Report { liff_id: facts.liff_id.clone(), rows: rows.collect(), is_mini_app: facts.is_mini_app() }
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

impl Facts {
    /// Whether LINE says that it is a MINI App.
    fn is_mini_app(&self) -> bool {
        self.context.as_ref().is_some_and(|context| context.is_mini_app || context.asks_late)
    }

    /// The size set in the console.
    fn size(&self) -> Option<&str> {
        self.context.as_ref()?.view_type.as_deref()
    }

    /// The scopes ticked in the console.
    fn ticked(&self) -> Option<&Scopes> {
        self.context.as_ref()?.scopes.as_ref()
    }

    /// Whether this account hasn't agreed to a scope, as is usual in a MINI App that asks late.
    fn is_late(&self, scope: &str) -> bool {
        let has_not = self.granted.as_ref().is_some_and(|granted| !granted.has(scope));
        has_not && self.context.as_ref().is_some_and(|context| context.asks_late)
    }

    /// Whether `liff.init` failed for this reason, for good.
    fn init_failed(&self, failure: Failure) -> bool {
        matches!(&self.init, Init::Failed(error) if error.classify(false) == InitFailure::Final(failure))
    }

    /// The last thing that the bind API found right.
    fn reached(&self) -> Reached {
        self.api.as_ref().map_or(Reached::Nothing, CheckReply::reached)
    }

    /// Whether the bind API stopped at this problem.
    fn stopped_at(&self, code: ErrorCode) -> bool {
        self.api.as_ref().and_then(CheckReply::problem) == Some(code)
    }

    /// The reason why something of the signed-in account doesn't show.
    fn not_shown(&self) -> Note {
        if self.signed_in { Note::NotTold } else { Note::SeenSignedIn }
    }

    /// The origin where the page belongs: the one that the bind API names, else the one where it was opened.
    fn right_origin(&self) -> &str {
        let told = self.api.as_ref().and_then(|api| api.endpoint_url.as_deref());
        told.map(origin_of).filter(|origin| !origin.is_empty()).unwrap_or(&self.origin)
    }
}
