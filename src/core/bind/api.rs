//! The bind API's wire format (`docs/bind-api/openapi.yaml`): writes requests, reads replies.

use super::{
    error_code::ErrorCode,
    pending::IdempotencyKey,
    retry::{RetryAfter, RetryReason},
    shop::{HttpsUrl, Shop, label},
    token::{AccessToken, IdToken},
};
use crate::core::{
    device::{Device, Os},
    failure::{Failure, SupportId},
    json::Json,
    liff::LiffFacts,
    named,
    url::{BindToken, LiffId, Purpose},
};
use serde::Serialize;

/// One `POST` to the bind API: to bind, or to unlink.
#[derive(Clone, Debug, PartialEq)]
pub struct BindRequest {
    pub purpose: Purpose,
    /// The customer's identity.
    pub id_token: IdToken,
    /// The LIFF app, which also tells the merchant.
    pub liff_id: LiffId,
    /// The visitor of the website; `None` to unlink.
    pub bind_token: Option<BindToken>,
    /// The consent given, once the API has asked for it.
    pub consent: Option<Consent>,
    /// For statistics, never for decisions.
    pub client: Client,
    /// Header `Idempotency-Key`: requests with the same key, customer, LIFF app and visitor are one bind; an unlinking
    /// has no visitor.
    pub key: IdempotencyKey,
}

/// The consent the customer gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Consent {
    /// The version of the text agreed to, as the API named it.
    pub version: String,
}

/// The phone and the page, for statistics: the body's `client`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Client {
    /// The operating system.
    pub os: Os,
    /// LINE's version, `None` outside LINE.
    pub line_version: Option<String>,
    /// The LIFF SDK's version.
    pub sdk_version: Option<String>,
    /// The language shown, a BCP 47 tag; also header `Accept-Language`.
    pub language: String,
    /// LIFF's `viewType`: `compact`, `tall` or `full`; `None` outside LINE.
    pub view_type: Option<String>,
    /// Whether the page runs in the LIFF browser.
    pub in_client: bool,
    /// The page's own version.
    pub page: &'static str,
}

impl Client {
    /// Describes the phone, with the language shown and the facts from LINE's SDK.
    #[must_use]
    pub fn new(device: &Device, language: &str, facts: &LiffFacts) -> Self {
        Self {
            os: device.os,
            line_version: device.line_version.clone(),
            sdk_version: facts.sdk_version.clone(),
            language: language.to_owned(),
            view_type: facts.view_type.clone(),
            in_client: facts.in_client,
            page: env!("CARGO_PKG_VERSION"),
        }
    }
}

impl BindRequest {
    /// The JSON body. The access token is asked for only by a request to unlink.
    #[must_use]
    pub fn body(&self, access_token: impl FnOnce() -> Option<AccessToken>) -> String {
        #[derive(Serialize)]
        #[serde(rename_all = "camelCase")]
        struct BodyToBind<'a> {
            id_token: &'a str,
            liff_id: &'a LiffId,
            bind_token: Option<&'a BindToken>,
            consent: Option<ConsentBody<'a>>,
            client: &'a Client,
        }
        #[derive(Serialize)]
        #[serde(rename_all = "camelCase")]
        struct BodyToUnlink<'a> {
            id_token: &'a str,
            access_token: Option<&'a str>,
            liff_id: &'a LiffId,
            unlink: bool,
            consent: Option<ConsentBody<'a>>,
            client: &'a Client,
        }
        #[derive(Serialize)]
        struct ConsentBody<'a> {
            version: &'a str,
            accepted: bool,
        }
        let Self { liff_id, client, .. } = self;
        let id_token = self.id_token.reveal();
        let consent = self.consent.as_ref().map(|consent| ConsentBody { version: &consent.version, accepted: true });
        let body = match self.purpose {
            Purpose::Bind => {
                let bind_token = self.bind_token.as_ref();
                serde_json::to_string(&BodyToBind { id_token, liff_id, bind_token, consent, client })
            }
            Purpose::Unlink => {
                let access_token = access_token();
                let access_token = access_token.as_ref().map(AccessToken::reveal);
                serde_json::to_string(&BodyToUnlink { id_token, access_token, liff_id, unlink: true, consent, client })
            }
        };
        // Strings and booleans always serialize; the API would refuse an empty body as malformed.
        body.unwrap_or_default()
    }
}

/// The difference beyond which a phone's clock counts as wrong, in milliseconds (`docs/bind-api/openapi.yaml`, header
/// `Date`).
pub const CLOCK_TOLERANCE: f64 = 300_000.0;

/// The head of an HTTP answer.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct HttpHead {
    /// The status; 0 for a redirect, which is not followed.
    pub status: u16,
    /// Header `Retry-After`.
    pub retry_after: Option<RetryAfter>,
    /// Header `Date` in milliseconds since 1970: the server's clock.
    pub date: Option<f64>,
    /// The phone's clock when the answer came, in milliseconds since 1970.
    pub now: f64,
}

impl HttpHead {
    /// How far the phone's clock is from the server's, in milliseconds; 0 if the server doesn't tell.
    #[must_use]
    pub fn clock_error(&self) -> f64 {
        self.date.map_or(0.0, |date| (date - self.now).abs())
    }
}

/// A bind that the server has made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Binding {
    /// Whether it existed before this request.
    pub already: bool,
    /// The shop's message about it.
    pub message: Message,
    /// The page of the website to go back to.
    pub return_url: Option<HttpsUrl>,
}

/// The state of the shop's message after a bind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Message {
    /// It is on its way, or none is to be sent.
    Fine,
    /// LINE refused it: not a friend, blocked, or the month's messages are used up.
    Failed,
    /// It will answer a message from the customer: a reply costs the shop nothing.
    AwaitingReply,
}

/// An unlinking that the server has confirmed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unlinking {
    /// The link has ended.
    Done {
        /// Whether LINE has withdrawn the permission, too.
        deauthorized: bool,
    },
    /// There was no link.
    NothingLinked,
}

named! {
    /// Something that ends with the link. Its name is the bind API's.
    pub enum Ending {
        /// The shop's messages.
        Messages = "messages",
        /// News of orders and deliveries.
        Orders = "orders",
        /// The member card and points in LINE.
        Membership = "membership",
        Coupons = "coupons",
    }
}

/// The question to the customer before the bind, or before the link ends (428 `CONSENT_REQUIRED`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConsentRequest {
    /// The version of the text to agree to.
    pub version: String,
    /// The device where the bind was requested, such as "Windows, Chrome".
    pub device: Option<String>,
    /// How long ago, in seconds.
    pub age: Option<u32>,
    /// The things that end with the link, as far as the page knows them.
    pub ends: Vec<Ending>,
}

/// An answer's meaning, and the shop.
#[derive(Clone, Debug, PartialEq)]
pub struct Reply {
    /// The meaning.
    pub kind: ReplyKind,
    /// The shop, as the answer describes it.
    pub shop: Shop,
    /// The error code that it names.
    pub code: Option<ErrorCode>,
    /// How far the phone's clock is from the server's, in milliseconds.
    pub clock_error: f64,
}

/// The meaning of an answer.
#[derive(Clone, Debug, PartialEq)]
pub enum ReplyKind {
    /// Bound: a 2xx with a `bindingId`.
    Bound(Binding),
    /// Unlinked, or there was no link: a 2xx that says so.
    Unlinked(Unlinking),
    /// The customer has to be asked first.
    ConsentRequired(ConsentRequest),
    /// The ID token has expired or is not yet valid.
    TokenExpired,
    /// The idempotency key belongs to another bind: one more try under a new key.
    KeyReused(Option<SupportId>),
    /// Worth another try; `failure` is shown when the tries are used up.
    Again {
        reason: RetryReason,
        /// The server's `Retry-After`, in milliseconds.
        asked: Option<f64>,
        /// The failure to show in the end.
        failure: Failure,
        support_id: Option<SupportId>,
    },
    /// The bind stops here. `settled`: the server has given its final answer for this idempotency key.
    Stopped {
        failure: Failure,
        support_id: Option<SupportId>,
        /// Whether the next bind needs a new key.
        settled: bool,
    },
}

/// Reads an answer; never fails. A body that isn't a JSON object counts as none.
#[must_use]
pub fn read_reply(purpose: Purpose, head: &HttpHead, body: &Json) -> Reply {
    let content = body.get("content");
    let kind = match (head.status, purpose) {
        (200..300, Purpose::Bind) => read_bound(content),
        (200..300, Purpose::Unlink) => read_unlinked(content),
        (0, _) => unsure(),
        _ => read_problem(purpose, head, body),
    };
    let holder = if *content == Json::Null { body } else { content };
    Reply { kind, shop: Shop::read(holder.get("shop")), code: code_of(body), clock_error: head.clock_error() }
}

fn read_bound(content: &Json) -> ReplyKind {
    let bound = content.text("bindingId").is_some_and(|id| !id.trim().is_empty());
    let already = match content.text("status") {
        Some("bound") | None => Some(false),
        Some("alreadyBound") => Some(true),
        Some(_) => None,
    };
    match already {
        Some(already) if bound => {
            let return_url = content.text("returnUrl").and_then(HttpsUrl::read);
            let message = match content.text("message") {
                Some("failed") => Message::Failed,
                Some("awaitingReply") => Message::AwaitingReply,
                // `queued`, `replied`, `skipped`, or anything that the page can't act on.
                _ => Message::Fine,
            };
            ReplyKind::Bound(Binding { already, message, return_url })
        }
        _ => unsure(),
    }
}

fn read_unlinked(content: &Json) -> ReplyKind {
    match content.text("status") {
        Some("unlinked") => {
            ReplyKind::Unlinked(Unlinking::Done { deauthorized: content.get("deauthorized").as_bool() == Some(true) })
        }
        Some("notLinked") => ReplyKind::Unlinked(Unlinking::NothingLinked),
        _ => unsure(),
    }
}

/// A 2xx that can't be read as success, or a redirect: the server may have bound, or unlinked.
fn unsure() -> ReplyKind {
    ReplyKind::Stopped { failure: Failure::Unsure, support_id: None, settled: false }
}

fn read_problem(purpose: Purpose, head: &HttpHead, body: &Json) -> ReplyKind {
    let asked = head.retry_after.and_then(|after| after.millis(head.date.unwrap_or(head.now)));
    let support_id = || body.text("supportId").and_then(SupportId::read);
    let unsettled = |failure| ReplyKind::Stopped { failure, support_id: support_id(), settled: false };
    let stopped = |failure: Failure| match purpose {
        // A request to unlink names no visitor.
        Purpose::Unlink if failure.judges_the_visitor() => unsettled(Failure::Server),
        _ => ReplyKind::Stopped { failure, support_id: support_id(), settled: true },
    };
    let again = |reason, failure| ReplyKind::Again { reason, asked, failure, support_id: support_id() };
    match code_of(body) {
        Some(ErrorCode::InvalidRequestBody) => stopped(Failure::Server),
        Some(ErrorCode::BindTokenMissing | ErrorCode::BindTokenInvalid | ErrorCode::VisitorNotFound) => {
            stopped(Failure::LinkIncomplete)
        }
        Some(ErrorCode::IdTokenExpired) => ReplyKind::TokenExpired,
        Some(ErrorCode::IdTokenInvalid | ErrorCode::AccessTokenInvalid) => unsettled(Failure::Identity),
        Some(ErrorCode::IdTokenAudienceMismatch) => stopped(Failure::SetupMismatch),
        Some(ErrorCode::LiffIdUnknown) => stopped(Failure::SetupUnknown),
        Some(ErrorCode::LiffIdWrongModule) => stopped(Failure::SetupGameModule),
        Some(ErrorCode::BindTokenExpired) => stopped(Failure::LinkExpired),
        Some(ErrorCode::BindTokenUsed) => stopped(Failure::LinkUsed),
        Some(ErrorCode::VisitorBoundToOtherLine) => stopped(Failure::SiteHasOtherLine),
        Some(ErrorCode::MemberIdConflict) => stopped(Failure::LineHasOtherMember),
        Some(ErrorCode::ConsentRequired) => {
            read_consent(body).map_or_else(|| stopped(Failure::Server), ReplyKind::ConsentRequired)
        }
        Some(ErrorCode::BindingDisabled | ErrorCode::UnlinkDisabled) => stopped(Failure::Paused),
        Some(ErrorCode::ChannelNotConnected | ErrorCode::ProviderMismatch) => stopped(Failure::SetupChannel),
        Some(ErrorCode::OriginNotAllowed) => stopped(Failure::SetupHost),
        Some(ErrorCode::RateLimited) => again(RetryReason::Busy, Failure::Busy),
        Some(ErrorCode::IdempotencyInProgress) => again(RetryReason::Unavailable, Failure::Unsure),
        Some(ErrorCode::IdempotencyKeyReused) => ReplyKind::KeyReused(support_id()),
        Some(ErrorCode::LineUnavailable) => again(RetryReason::Unavailable, Failure::LineDown),
        Some(ErrorCode::InternalError) => again(RetryReason::Internal, Failure::Server),
        None => match head.status {
            401 => unsettled(Failure::Identity),
            408 | 429 => again(RetryReason::Busy, Failure::Busy),
            // A redirect that the browser didn't take for one.
            300..=399 => unsure(),
            // Behind a gateway that gave up, the API may have bound, whatever code the gateway gives: to Heroku, Fastly
            // and Envoy, 503 means that, too.
            502..=504 => again(RetryReason::Unavailable, Failure::Gateway),
            500.. => again(RetryReason::Internal, Failure::Gateway),
            // Perhaps a proxy's answer: the API itself hasn't answered for this key.
            _ => unsettled(Failure::Server),
        },
    }
}

fn code_of(body: &Json) -> Option<ErrorCode> {
    body.text("errorCode").and_then(ErrorCode::read)
}

fn read_consent(body: &Json) -> Option<ConsentRequest> {
    let version = body.get("consent").text("version").filter(|version| !version.is_empty())?.to_owned();
    let from = body.get("requestedFrom");
    let device = from.text("device").and_then(label);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "casts saturate, and an age need not be exact"
    )]
    let age = from.get("ageSeconds").as_number().map(|age| age as u32);
    let ends = body.get("ends");
    let ends = Ending::ALL.iter().copied().filter(|ending| ends.lists(ending.name())).collect();
    Some(ConsentRequest { version, device, age, ends })
}
