//! The doctor's observations. Nothing here identifies a person: neither a token nor a user ID.

use super::answer::{Barrier, CheckReply};
use liff_bind::core::{Device, Json, Launch, LiffErrorReport, LiffId, version_behind};

/// Everything that was seen.
#[derive(Clone, Debug)]
pub struct Facts {
    /// Scheme and host of the page.
    pub origin: String,
    pub path: String,
    /// `liffId` as it stands in the page's query.
    pub asked: Option<String>,
    /// The LIFF app that LINE says it opened; else the one in the query.
    pub liff_id: Option<LiffId>,
    /// The one for URLs without an ID (`<meta name="liff-id">`).
    pub default_liff_id: Option<LiffId>,
    /// The phone.
    pub device: Device,
    /// The version of its system, and of the browser in it.
    pub os_version: OsVersion,
    /// The outcome of `liff.init`.
    pub init: Init,
    /// Whether it runs in the LIFF browser.
    pub in_client: bool,
    /// Whether somebody is signed in.
    pub signed_in: bool,
    /// LINE's data about the LIFF app.
    pub context: Option<Context>,
    /// The scopes that this account has agreed to.
    pub granted: Option<Scopes>,
    /// The facts in the ID token.
    pub token: Option<TokenFacts>,
    /// Whether the official account is a friend.
    pub friendship: Friendship,
    /// The bind API's answer to the check; `None` if no answer could be read.
    pub api: Option<CheckReply>,
    /// The barrier between customers' pages and its answers, if the browser showed one.
    pub barrier: Option<Barrier>,
    /// The answer of the page's own host; `None` if there was none.
    pub headers: Option<Headers>,
    /// The phone's clock in milliseconds since 1970.
    pub now: f64,
}

/// The outcome of `liff.init`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Init {
    /// There was no LIFF ID to start with.
    NotTried,
    /// Resolved.
    Done,
    /// Rejected.
    Failed(LiffErrorReport),
    /// Neither in time.
    Silent,
}

/// `liff.getContext()`, or the context token that LINE puts into the URL it opens. Missing members, and those of
/// another type, stay unknown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Context {
    /// `type`.
    pub kind: Option<String>,
    /// `liffId`.
    pub liff_id: Option<LiffId>,
    /// `viewType`: the size set in the console; absent outside LINE.
    pub view_type: Option<String>,
    /// `endpointUrl`.
    pub endpoint_url: Option<String>,
    /// `scope`: the scopes ticked in the console.
    pub scopes: Option<Scopes>,
    /// `hasLinkedBot`: whether an official account is linked to the login channel. Undocumented; seen in 2026.
    pub has_linked_bot: Option<bool>,
    /// `availability.scanCodeV2.permission`: Scan QR.
    pub scan_qr: Option<bool>,
    /// Whether it is a MINI App: `miniDomainAllowed`.
    pub is_mini_app: bool,
    /// `availability.skipChannelVerificationScreen.permission`: a MINI App's users agree only to `openid`, and to the
    /// rest when a function needs it ("Channel consent simplification").
    pub asks_late: bool,
}

impl Context {
    /// Reads it; `None` if it isn't an object.
    #[must_use]
    pub fn read(json: &Json) -> Option<Self> {
        let text = |name| json.text(name).map(str::to_owned);
        let scopes = match json.get("scope") {
            Json::List(scopes) => Some(Scopes(scopes.iter().filter_map(|own| Some(own.as_text()?.into())).collect())),
            _ => None,
        };
        let permits = |function| json.get("availability").get(function).get("permission").as_bool();
        matches!(json, Json::Object(_)).then(|| Self {
            kind: text("type"),
            liff_id: json.text("liffId").and_then(LiffId::read),
            view_type: text("viewType"),
            endpoint_url: text("endpointUrl"),
            scopes,
            has_linked_bot: json.get("hasLinkedBot").as_bool(),
            scan_qr: permits("scanCodeV2"),
            is_mini_app: json.get("miniDomainAllowed").as_bool() == Some(true),
            asks_late: permits("skipChannelVerificationScreen") == Some(true),
        })
    }
}

/// Scopes, in LINE's order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scopes(pub Vec<String>);

impl Scopes {
    pub(super) fn has(&self, name: &str) -> bool {
        self.0.iter().any(|own| own == name)
    }
}

/// The facts in an ID token, without the person it is about.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TokenFacts {
    /// `aud`: the channel it is for.
    pub audience: String,
    /// `exp` in seconds since 1970.
    pub expiry: f64,
    /// `iat` in seconds since 1970.
    pub issued: f64,
    /// Whether LINE gave it with this opening.
    pub fresh: bool,
}

impl TokenFacts {
    /// Reads the claims of a token; `None` if they aren't an object.
    #[must_use]
    pub fn read(claims: &Json, fresh: bool) -> Option<Self> {
        let number = |name| claims.get(name).as_number().unwrap_or_default();
        let audience = claims.text("aud").unwrap_or_default().to_owned();
        matches!(claims, Json::Object(_)).then(|| Self {
            audience,
            expiry: number("exp"),
            issued: number("iat"),
            fresh,
        })
    }

    /// Whether it is no longer valid at `now`, in milliseconds since 1970.
    pub(super) fn has_expired(&self, now: f64) -> bool {
        self.expiry < now / 1000.0
    }

    /// Whether the sign-in must be renewed: outside LINE the SDK keeps an ID token for 12 hours that is valid for one.
    /// Right after a sign-in only the clock can be wrong.
    #[must_use]
    pub fn is_stale(&self, in_client: bool, launch: &Launch, now: f64) -> bool {
        !in_client && !launch.is_sign_in_return() && self.has_expired(now)
    }
}

/// The outcome of `liff.getFriendship`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Friendship {
    /// Not asked, or no answer.
    Unknown,
    /// The official account is a friend, or not.
    Read(bool),
    /// LINE: "There is no login bot linked to this channel."
    NoBot,
}

/// The headers that the page's host sends with the page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Headers {
    /// Whether the answer came from another URL than the requested one.
    pub redirected: bool,
    /// HTTP status.
    pub status: u16,
    /// `Content-Security-Policy`.
    pub policy: String,
    /// `X-Content-Type-Options`.
    pub sniffing: String,
    /// `Cache-Control`.
    pub caching: String,
}

impl Headers {
    /// The names of the headers that differ from `docs/deployment.md`.
    pub(super) fn wrong(&self) -> Vec<&'static str> {
        let has = |text: &str, part: &str| text.to_ascii_lowercase().contains(part);
        let cached = !has(&self.caching, "no-cache") && !has(&self.caching, "no-store");
        [
            ("Content-Security-Policy", !has(&self.policy, "frame-ancestors 'none'")),
            ("X-Content-Type-Options", !has(&self.sniffing, "nosniff")),
            ("Cache-Control", cached),
        ]
        .into_iter()
        .filter_map(|(name, wrong)| wrong.then_some(name))
        .collect()
    }
}

/// Versions from the user agent; empty if it doesn't tell them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OsVersion {
    /// iOS or Android: `18.7`, `16`.
    pub system: String,
    /// Chrome's in Android's `WebView`: `140`.
    pub chrome: String,
}

impl OsVersion {
    #[must_use]
    pub fn read(user_agent: &str) -> Self {
        let behind = |mark, separator| version_behind(mark, separator, user_agent);
        let system = [("iPhone OS ", '_'), ("CPU OS ", '_'), ("Android ", '.')]
            .into_iter()
            .find_map(|(mark, separator)| behind(mark, separator))
            .unwrap_or_default();
        let chrome = behind("Chrome/", '.').and_then(|version| version.split('.').next()).unwrap_or_default();
        Self { system: system.replace('_', ".").trim_end_matches('.').to_owned(), chrome: chrome.to_owned() }
    }
}
