//! The ID tokens at hand, and when they expire.

use super::{json::JsJson, page};
use crate::{
    core::{IdToken, Json, jws_payload, parts},
    liff,
};

/// The ID token that LINE puts into the fragment of the URL it opens (LIFF SDK 2.31.0, `init`).
pub(super) fn fresh() -> Option<IdToken> {
    let raw = parts(page::fragment(), b'&').find_map(|field| field.strip_prefix("id_token="))?;
    IdToken::new(raw, expiry(raw))
}

/// The ID token that the SDK has in store.
pub(super) fn stored() -> Option<IdToken> {
    let claims = liff::decoded_id_token().ok().flatten();
    IdToken::new(liff::id_token().ok()??.leak(), claims.and_then(|claims| claims.expiry()))
}

/// The `exp` claim of a JWT (RFC 7519 section 4.1.4), unverified.
fn expiry(raw: &str) -> Option<f64> {
    JsJson::parse(&jws_payload(raw)?.into())?.member("exp")?.number()
}
