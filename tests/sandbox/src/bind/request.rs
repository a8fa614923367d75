//! The request of the bind API, read as strictly as its contract says: a deviation that a tolerant server would accept
//! is a fault of the page here.

use axum::http::{
    HeaderMap, HeaderName,
    header::{ACCEPT, ACCEPT_LANGUAGE, AUTHORIZATION, CONTENT_TYPE},
};
use serde::{Deserialize, Deserializer};
use serde_json::Value;
use uuid::Uuid;

/// The body. Every member must be there, `null` where the contract allows it; others are forbidden.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct BindRequest {
    /// The raw JWT.
    pub id_token: String,
    /// The LIFF app the page runs in.
    pub liff_id: String,
    /// The bind token: the website's reference for the visitor.
    #[serde(deserialize_with = "required")]
    pub bind_token: Option<String>,
    /// The customer's agreement.
    #[serde(deserialize_with = "required")]
    pub consent: Option<Consent>,
    /// For statistics, never for decisions.
    pub client: Client,
}

/// The body of a check: a bind without the visitor, which binds nothing.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CheckRequest {
    /// Always `true`: it makes the request a check.
    #[serde(rename = "check")]
    _check: bool,
    /// The raw JWT, if somebody is signed in.
    #[serde(deserialize_with = "required")]
    pub id_token: Option<String>,
    /// The LIFF app the page runs in.
    pub liff_id: String,
    /// For statistics, never for decisions.
    pub client: Client,
}

/// The body of a request to unlink.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct UnlinkRequest {
    /// Always `true`: it makes the request one to unlink.
    #[serde(rename = "unlink")]
    _unlink: bool,
    /// The raw JWT.
    pub id_token: String,
    /// LINE's access token, with which the permission is withdrawn.
    #[serde(deserialize_with = "required")]
    pub access_token: Option<String>,
    /// The LIFF app the page runs in.
    pub liff_id: String,
    /// The customer's agreement.
    #[serde(deserialize_with = "required")]
    pub consent: Option<Consent>,
    /// For statistics, never for decisions.
    pub client: Client,
}

/// The purpose of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Request {
    /// To bind, under an idempotency key.
    Bind(String, BindRequest),
    /// To end the link, under an idempotency key.
    Unlink(String, UnlinkRequest),
    /// To ask whether a bind would succeed.
    Check(CheckRequest),
}

/// The customer's agreement.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Consent {
    /// The version of the text shown.
    pub version: String,
    /// Whether the customer agreed.
    pub accepted: bool,
}

/// The browser, as far as the page reports it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Client {
    /// `ios`, `android` or `web`.
    #[serde(deserialize_with = "required")]
    pub os: Option<String>,
    /// LINE's version; `null` outside LINE.
    #[serde(deserialize_with = "required")]
    pub line_version: Option<String>,
    /// The LIFF SDK's version.
    #[serde(deserialize_with = "required")]
    pub sdk_version: Option<String>,
    /// The language shown (RFC 5646).
    pub language: String,
    /// `compact`, `tall` or `full`; `null` outside LINE.
    #[serde(deserialize_with = "required")]
    pub view_type: Option<String>,
    /// Whether it is the LIFF browser.
    pub in_client: bool,
    /// The page's own version.
    pub page: String,
}

/// A member that may be `null` but not missing (serde takes a missing `Option` for `None` unless it has its own function).
fn required<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
    Option::deserialize(deserializer)
}

/// The request, or everything that breaks the contract.
pub fn parse(headers: &HeaderMap, body: &[u8]) -> Result<Request, Vec<String>> {
    let mut violations = Vec::new();
    let header = |name: &HeaderName| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if header(&CONTENT_TYPE) != "application/json" {
        violations.push(format!("Content-Type is {:?}", header(&CONTENT_TYPE)));
    }
    if header(&ACCEPT) != "application/json, application/problem+json" {
        violations.push(format!("Accept is {:?}", header(&ACCEPT)));
    }
    if header(&ACCEPT_LANGUAGE).is_empty() {
        violations.push("Accept-Language is missing".into());
    }
    if headers.contains_key(AUTHORIZATION) {
        violations.push("Authorization is there".into());
    }
    let key = header(&HeaderName::from_static("idempotency-key"));
    let is = |name| serde_json::from_slice::<Value>(body).is_ok_and(|body| body.get(name) == Some(&Value::Bool(true)));
    let is_check = is("check");
    // A check has one as well, unless the doctor looks for the cause that keeps a bind's away.
    let may_lack = is_check && key.is_empty();
    if !is_uuid_v4(key) && !may_lack {
        violations.push(format!("Idempotency-Key is no UUID v4: {key:?}"));
    }
    let request = if is_check {
        serde_json::from_slice(body).map(Request::Check)
    } else if is("unlink") {
        serde_json::from_slice(body).map(|request| Request::Unlink(key.to_owned(), request))
    } else {
        serde_json::from_slice(body).map(|request| Request::Bind(key.to_owned(), request))
    };
    match request {
        Ok(request) if violations.is_empty() => return Ok(request),
        Ok(_) => {}
        // The message names the member, and never quotes a whole token.
        Err(error) => violations.push(format!("body: {error}")),
    }
    Err(violations)
}

fn is_uuid_v4(text: &str) -> bool {
    text.len() == 36 && Uuid::try_parse(text).is_ok_and(|uuid| uuid.get_version_num() == 4)
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;
    use serde_json::json;

    use super::*;

    fn headers() -> HeaderMap {
        [
            ("content-type", "application/json"),
            ("accept", "application/json, application/problem+json"),
            ("accept-language", "zh-Hant"),
            ("idempotency-key", "0b8f2f6e-7d1c-4f1e-9a55-2d3c4b5a6978"),
        ]
        .into_iter()
        .map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)))
        .collect()
    }

    fn violations(change: impl FnOnce(&mut Value)) -> Result<(), Vec<String>> {
        let mut body: Value =
            serde_json::from_str(include_str!("../../../../docs/bind-api/examples/request.json")).unwrap_or_default();
        change(&mut body);
        parse(&headers(), body.to_string().as_bytes()).map(drop)
    }

    #[test]
    fn the_examples_keep_the_contract() {
        assert_eq!(violations(|_| ()), Ok(()));
        let with_consent = include_str!("../../../../docs/bind-api/examples/request-with-consent.json");
        let parsed = parse(&headers(), with_consent.as_bytes());
        assert!(matches!(parsed, Ok(Request::Bind(_, BindRequest { consent: Some(_), .. }))), "{parsed:?}");
        for unlink in [
            include_str!("../../../../docs/bind-api/examples/request-unlink.json"),
            include_str!("../../../../docs/bind-api/examples/request-unlink-with-consent.json"),
        ] {
            let parsed = parse(&headers(), unlink.as_bytes());
            assert!(matches!(parsed, Ok(Request::Unlink(..))), "{parsed:?}");
        }
        let check = include_str!("../../../../docs/bind-api/examples/request-check.json");
        let mut headers = headers();
        for _ in 0..2 {
            let parsed = parse(&headers, check.as_bytes());
            assert!(matches!(parsed, Ok(Request::Check(_))), "{parsed:?}");
            headers.remove("idempotency-key");
        }
    }

    #[test]
    fn a_missing_null_is_seen() {
        let result = violations(|body| drop(body.as_object_mut().map(|body| body.remove("consent"))));
        assert!(result.is_err_and(|list| list.iter().any(|text| text.contains("missing field `consent`"))));
    }

    #[test]
    fn an_access_token_is_for_unlinking_only() {
        let result =
            violations(|body| drop(body.as_object_mut().map(|body| body.insert("accessToken".into(), json!("a")))));
        assert!(result.is_err_and(|list| list.iter().any(|text| text.contains("unknown field `accessToken`"))));
    }

    #[test]
    fn an_unknown_member_is_seen() {
        let result =
            violations(|body| drop(body.as_object_mut().map(|body| body.insert("userId".into(), json!("U1")))));
        assert!(result.is_err_and(|list| list.iter().any(|text| text.contains("unknown field `userId`"))));
    }

    #[test]
    fn a_key_must_be_random() {
        assert!(!is_uuid_v4("00000000-0000-1000-8000-000000000000"));
        assert!(!is_uuid_v4("0b8f2f6e7d1c4f1e9a552d3c4b5a6978"));
    }
}
