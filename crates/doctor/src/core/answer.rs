//! The check's wire format (`docs/bind-api/openapi.yaml`): a dry run of the bind, which binds nothing.

use liff_bind::core::{Client, ErrorCode, IdToken, Json, LiffId};
use serde::Serialize;

/// The JSON body of a check. It has no bind token: a server that doesn't know checks can't bind with it.
#[must_use]
pub fn check_body(liff_id: &LiffId, id_token: Option<&IdToken>, client: &Client) -> String {
    #[derive(Serialize)]
    #[serde(rename_all = "camelCase")]
    struct Body<'a> {
        check: bool,
        id_token: Option<&'a str>,
        liff_id: &'a LiffId,
        client: &'a Client,
    }
    let body = Body { check: true, id_token: id_token.map(IdToken::reveal), liff_id, client };
    // Strings and booleans always serialize.
    serde_json::to_string(&body).unwrap_or_default()
}

/// The bind API's answer to a check.
#[derive(Clone, Debug, PartialEq)]
pub struct CheckReply {
    /// HTTP status.
    pub status: u16,
    /// `errorCode` of a problem; without one, the answer says `checked`.
    pub code: Option<String>,
    /// `supportId` of a problem.
    pub support_id: Option<String>,
    /// `content.messageBilled`: whether LINE bills the message of success as a push message.
    pub billed: Option<bool>,
    /// `content.endpointUrl`: the one that LINE's console should have.
    pub endpoint_url: Option<String>,
    /// Header `Date` in milliseconds since 1970: the server's clock.
    pub date: Option<f64>,
}

impl CheckReply {
    /// Reads an answer. `None` if it doesn't follow the contract: a proxy's error page, a redirect.
    #[must_use]
    pub fn read(status: u16, date: Option<f64>, body: &Json) -> Option<Self> {
        let content = body.get("content");
        let is_checked = (200..300).contains(&status) && content.text("status") == Some("checked");
        let code = body.text("errorCode").filter(|code| !code.is_empty()).map(str::to_owned);
        (is_checked || code.is_some()).then(|| Self {
            status,
            code,
            support_id: body.text("supportId").map(str::to_owned),
            billed: content.get("messageBilled").as_bool(),
            endpoint_url: content.text("endpointUrl").map(str::to_owned),
            date,
        })
    }

    /// How far the server got: everything before the first problem holds (the contract's "Order of checks").
    pub(super) fn reached(&self) -> Reached {
        use ErrorCode::{
            BindingDisabled, ChannelNotConnected, IdTokenAudienceMismatch, IdTokenExpired, IdTokenInvalid,
            LiffIdUnknown, LiffIdWrongModule, ProviderMismatch,
        };
        match self.problem() {
            None if self.code.is_none() => Reached::End,
            Some(LiffIdUnknown) => Reached::Host,
            Some(LiffIdWrongModule) => Reached::LiffId,
            Some(IdTokenExpired | IdTokenInvalid | IdTokenAudienceMismatch) => Reached::Module,
            Some(BindingDisabled | ChannelNotConnected | ProviderMismatch) => Reached::Token,
            _ => Reached::Nothing,
        }
    }

    /// The problem, if it is one that the contract names.
    pub(super) fn problem(&self) -> Option<ErrorCode> {
        self.code.as_deref().and_then(ErrorCode::read)
    }
}

/// A fault in the CORS headers of a bind API on another origin: it keeps customers' pages from its answers
/// (`docs/bind-api/openapi.yaml`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Barrier {
    /// The preflight refuses the header `Idempotency-Key`.
    Key,
    /// The preflight fails, though other answers name the page's origin.
    Preflight,
    /// No answer names the page's origin.
    Origin,
    /// Errors don't name the page's origin, though success does.
    Errors,
    /// The answer does not let the page read its `Date`.
    Hidden,
}

impl Barrier {
    /// The header that the API should send to pages of `origin`.
    pub(super) fn mend(self, origin: &str) -> String {
        match self {
            Self::Key | Self::Preflight => "Access-Control-Allow-Headers: content-type, idempotency-key".into(),
            Self::Origin | Self::Errors => ["Access-Control-Allow-Origin: ", origin].concat(),
            Self::Hidden => "Access-Control-Expose-Headers: retry-after, date".into(),
        }
    }
}

/// The last thing that the server found right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Reached {
    /// Nothing is known.
    Nothing,
    /// The page's host is allowed.
    Host,
    /// The LIFF ID is saved.
    LiffId,
    /// It is for binding.
    Module,
    /// The ID token is good, where there was one.
    Token,
    /// Everything is right.
    End,
}
