//! The check on the wire (`docs/bind-api/openapi.yaml`): a dry run of the bind, which binds nothing.

use crate::core::{api::Client, launch::LiffId, text::Text, token::IdToken};
use serde_json::{Value, json};

/// The JSON body of a check. It has no bind token: a server that does not know checks cannot bind by it.
#[must_use]
pub fn check_body(liff_id: LiffId, id_token: Option<IdToken>, client: &Client) -> String {
    let Client { os, line_version, sdk_version, language, view_type, in_client } = *client;
    json!({
        "check": true,
        "idToken": id_token.map(IdToken::reveal),
        "liffId": liff_id.as_str(),
        "client": {
            "os": os.as_str(), "lineVersion": line_version, "sdkVersion": sdk_version, "language": language,
            "viewType": view_type, "inClient": in_client, "page": env!("CARGO_PKG_VERSION"),
        },
    })
    .to_string()
}

/// What the bind API answered to a check.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CheckReply {
    /// HTTP status.
    pub status: u16,
    /// `errorCode` of a problem.
    pub code: Option<Text>,
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
    /// Reads an answer. `None` where it is not in the words of the contract: a proxy's error page, a redirect.
    #[must_use]
    pub fn read(status: u16, date: Option<f64>, body: &Value) -> Option<Self> {
        let text = |value: Option<&Value>| value.and_then(Value::as_str).map(str::to_owned);
        let content = body.get("content").filter(|_| (200..300).contains(&status));
        let code = text(body.get("errorCode"));
        if content.is_none() && code.is_none() {
            return None;
        }
        Some(Self {
            status,
            code: code.map(|code| &*code.leak()),
            support_id: text(body.get("supportId")),
            billed: content.and_then(|content| content.get("messageBilled")).and_then(Value::as_bool),
            endpoint_url: text(content.and_then(|content| content.get("endpointUrl"))),
            date,
        })
    }

    /// How far the server got: everything before the first problem holds (the contract's "Order of checks").
    pub(super) fn reached(&self) -> Reached {
        match self.code.unwrap_or_default() {
            "" => Reached::End,
            "LIFF_ID_UNKNOWN" => Reached::Host,
            "LIFF_ID_WRONG_MODULE" => Reached::LiffId,
            "ID_TOKEN_EXPIRED" | "ID_TOKEN_INVALID" | "ID_TOKEN_AUDIENCE_MISMATCH" => Reached::Module,
            "BINDING_DISABLED" | "CHANNEL_NOT_CONNECTED" | "PROVIDER_MISMATCH" => Reached::Token,
            _ => Reached::Nothing,
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
    /// All.
    End,
}
