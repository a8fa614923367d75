//! The bind API on the wire (`docs/bind-api/openapi.yaml`): the request written, the reply read.

use super::{
    device::Os,
    failure::{Failure, SupportCode},
    json::Json,
    launch::{BindToken, LiffId},
    pending::IdempotencyKey,
    retry::{RetryAfter, Trouble},
    shop::{HttpsUrl, Shop, label},
    text::{Text, is_blank},
    token::IdToken,
};
use serde::Serialize;

/// One `POST` to the bind API.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BindRequest {
    /// Who the customer is.
    pub id_token: IdToken,
    /// Which LIFF app, and so which merchant.
    pub liff_id: LiffId,
    /// Which visitor of the website.
    pub bind_token: Option<BindToken>,
    /// What the customer agreed to, once the API has asked for it.
    pub consent: Option<Consent>,
    /// For statistics, never for decisions.
    pub client: Client,
    /// Header `Idempotency-Key`: the same three (customer, LIFF app, visitor) under the same key are one bind.
    pub key: IdempotencyKey,
}

/// The consent the customer gave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Consent {
    /// The version of the text agreed to, as the API named it.
    pub version: Text,
}

/// The phone and the page, for statistics.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Client {
    /// The operating system.
    pub os: Os,
    /// LINE's version, `None` outside LINE.
    pub line_version: Option<Text>,
    /// The LIFF SDK's version.
    pub sdk_version: Option<Text>,
    /// The language shown, a BCP 47 tag; also header `Accept-Language`.
    pub language: Text,
    /// LIFF's `viewType`: `compact`, `tall` or `full`; `None` outside LINE.
    pub view_type: Option<Text>,
    /// Whether the page runs in the LIFF browser.
    pub in_client: bool,
}

impl BindRequest {
    /// The body: JSON in UTF-8.
    #[must_use]
    pub fn body(&self) -> Vec<u8> {
        #[derive(Serialize)]
        #[serde(rename_all = "camelCase")]
        struct Body {
            id_token: Text,
            liff_id: Text,
            bind_token: Option<Text>,
            consent: Option<ConsentBody>,
            client: ClientBody,
        }
        #[derive(Serialize)]
        struct ConsentBody {
            version: Text,
            accepted: bool,
        }
        #[derive(Serialize)]
        #[serde(rename_all = "camelCase")]
        struct ClientBody {
            os: Text,
            line_version: Option<Text>,
            sdk_version: Option<Text>,
            language: Text,
            view_type: Option<Text>,
            in_client: bool,
            page: Text,
        }
        let Client { os, line_version, sdk_version, language, view_type, in_client } = self.client;
        let body = Body {
            id_token: self.id_token.reveal(),
            liff_id: self.liff_id.as_str(),
            bind_token: self.bind_token.map(BindToken::as_str),
            consent: self.consent.map(|consent| ConsentBody { version: consent.version, accepted: true }),
            client: ClientBody {
                os: os.as_str(),
                line_version,
                sdk_version,
                language,
                view_type,
                in_client,
                page: env!("CARGO_PKG_VERSION"),
            },
        };
        // Room for all of it, as a rule: the page's memory is not given back, so each time it grows costs twice as much again.
        let mut json = Vec::with_capacity(body.id_token.len() + body.bind_token.map_or(0, str::len) + 512);
        // Strings and booleans always serialize; a body cut short would be refused as malformed, never misread.
        drop(serde_json::to_writer(&mut json, &body));
        json
    }
}

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
    /// How far the phone's clock is from the server's, in milliseconds; 0 when the server does not tell.
    #[must_use]
    pub fn clock_error(&self) -> f64 {
        self.date.map_or(0.0, |date| (date - self.now).abs())
    }
}

/// A bind that the server has made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Binding {
    /// Whether it stood before this request.
    pub already: bool,
    /// Where to go back to on the website.
    pub return_url: Option<HttpsUrl>,
}

/// What the customer is asked before the bind (428 `CONSENT_REQUIRED`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ConsentRequest {
    /// The version of the text to agree to.
    pub version: Text,
    /// Where the bind was asked for, such as "Windows, Chrome".
    pub device: Option<Text>,
    /// How long ago, in seconds.
    pub age: Option<u32>,
}

/// What an answer means, and who the shop is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reply {
    /// The meaning.
    pub kind: ReplyKind,
    /// What the answer says of the shop.
    pub shop: Shop,
    /// How far the phone's clock is from the server's, in milliseconds.
    pub clock_error: f64,
}

/// What an answer means.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ReplyKind {
    /// Bound: a 2xx with a `bindingId`.
    Bound(Binding),
    /// The customer is to be asked first.
    ConsentRequired(ConsentRequest),
    /// The ID token has expired or is not yet valid.
    TokenExpired,
    /// The idempotency key belongs to another bind: one more try under a new key.
    KeyReused(SupportCode),
    /// Worth another try after `wait` milliseconds (or the usual wait); `failure` is shown when the tries are used up.
    Again {
        /// What went wrong.
        trouble: Trouble,
        /// The server's `Retry-After`, in milliseconds.
        wait: Option<f64>,
        /// What to show in the end.
        failure: Failure,
        /// What to tell support.
        code: SupportCode,
    },
    /// The bind stops here. `settled`: the server has given its last word on this idempotency key.
    Stopped {
        /// What to show.
        failure: Failure,
        /// What to tell support.
        code: SupportCode,
        /// Whether the next bind needs a new key.
        settled: bool,
    },
}

/// Longest body worth parsing, in UTF-16 code units; the API's own have under 2,000.
pub const LONGEST_BODY: u32 = 64 * 1024;

/// Reads an answer; never fails. `body` is `None` where it is no JSON.
#[must_use]
pub fn read_reply(head: &HttpHead, body: Option<&impl Json>) -> Reply {
    let content = body.and_then(|body| body.member("content"));
    let shop = content.as_ref().or(body).and_then(|holder| holder.member("shop"));
    let kind = match head.status {
        200..300 => content.as_ref().map_or_else(unsure, read_success),
        0 => unsure(),
        _ => read_problem(head, body),
    };
    Reply { kind, shop: shop.as_ref().map(Shop::read).unwrap_or_default(), clock_error: head.clock_error() }
}

fn read_success(content: &impl Json) -> ReplyKind {
    let bound = content.text_of("bindingId").is_some_and(|id| !is_blank(id));
    let already = match content.text_of("status") {
        Some("bound") | None => Some(false),
        Some("alreadyBound") => Some(true),
        Some(_) => None,
    };
    match already {
        Some(already) if bound => {
            let return_url = content.text_of("returnUrl").and_then(HttpsUrl::read);
            ReplyKind::Bound(Binding { already, return_url })
        }
        _ => unsure(),
    }
}

/// A 2xx that cannot be read as success, or a redirect: it may have bound.
fn unsure() -> ReplyKind {
    let failure = Failure::Unsure;
    ReplyKind::Stopped { failure, code: SupportCode::new(None, failure), settled: false }
}

fn read_problem(head: &HttpHead, body: Option<&impl Json>) -> ReplyKind {
    let text = |name| body.and_then(|body| body.text_of(name));
    let wait = head.retry_after.map(|after| after.millis(head.date.unwrap_or(head.now)));
    let code = |failure| SupportCode::new(text("supportId"), failure);
    let stopped = |failure| ReplyKind::Stopped { failure, code: code(failure), settled: true };
    let again = |trouble, failure| ReplyKind::Again { trouble, wait, failure, code: code(failure) };
    let code_told = text("errorCode");
    match code_told.unwrap_or_default() {
        "INVALID_REQUEST_BODY" => stopped(Failure::Server),
        "BIND_TOKEN_MISSING" | "BIND_TOKEN_INVALID" | "VISITOR_NOT_FOUND" => stopped(Failure::LinkIncomplete),
        "ID_TOKEN_EXPIRED" => ReplyKind::TokenExpired,
        "ID_TOKEN_INVALID" => unsettled(Failure::Identity, code(Failure::Identity)),
        "ID_TOKEN_AUDIENCE_MISMATCH" => stopped(Failure::SetupMismatch),
        "LIFF_ID_UNKNOWN" => stopped(Failure::SetupUnknown),
        "LIFF_ID_WRONG_MODULE" => stopped(Failure::SetupGameModule),
        "BIND_TOKEN_EXPIRED" => stopped(Failure::LinkExpired),
        "BIND_TOKEN_USED" => stopped(Failure::LinkUsed),
        "VISITOR_BOUND_TO_OTHER_LINE" => stopped(Failure::SiteHasOtherLine),
        "MEMBER_ID_CONFLICT" => stopped(Failure::LineHasOtherMember),
        "CONSENT_REQUIRED" => {
            body.and_then(read_consent).map_or_else(|| stopped(Failure::Server), ReplyKind::ConsentRequired)
        }
        "BINDING_DISABLED" => stopped(Failure::Paused),
        "CHANNEL_NOT_CONNECTED" | "PROVIDER_MISMATCH" => stopped(Failure::SetupChannel),
        "ORIGIN_NOT_ALLOWED" => stopped(Failure::SetupHost),
        "RATE_LIMITED" => again(Trouble::Busy, Failure::Busy),
        "IDEMPOTENCY_IN_PROGRESS" => again(Trouble::InProgress, Failure::Unsure),
        "IDEMPOTENCY_KEY_REUSED" => ReplyKind::KeyReused(code(Failure::Server)),
        "LINE_UNAVAILABLE" => again(Trouble::Unavailable, Failure::LineDown),
        "INTERNAL_ERROR" => again(Trouble::Internal, Failure::Server),
        _ => match head.status {
            401 => unsettled(Failure::Identity, code(Failure::Identity)),
            408 | 429 => again(Trouble::Busy, Failure::Busy),
            // Behind a gateway that gave up, the API may have bound. A 503 means that nothing got that far.
            502 | 504 if code_told.is_none() => again(Trouble::Unavailable, Failure::Gateway),
            502..=504 => again(Trouble::Unavailable, Failure::Server),
            500.. if code_told.is_none() => again(Trouble::Internal, Failure::Gateway),
            500.. => again(Trouble::Internal, Failure::Server),
            // A proxy's word, perhaps: the API itself has not spoken about this key.
            _ => unsettled(Failure::Server, code(Failure::Server)),
        },
    }
}

fn unsettled(failure: Failure, code: SupportCode) -> ReplyKind {
    ReplyKind::Stopped { failure, code, settled: false }
}

fn read_consent(body: &impl Json) -> Option<ConsentRequest> {
    let version = body.member("consent")?.text_of("version").filter(|version| !version.is_empty())?;
    let from = body.member("requestedFrom");
    let from = from.as_ref();
    let device = from.and_then(|from| from.text_of("device")).and_then(label);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "casts saturate, and an age is no exact thing"
    )]
    let age = from.and_then(|from| from.member("ageSeconds")?.number()).map(|age| age as u32);
    Some(ConsentRequest { version, device, age })
}
