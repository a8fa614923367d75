//! The ID tokens at hand, and when they expire.

use super::{json, line, page};
use crate::core::{IdToken, Json, LineAccount, Tokens};
use leptos::prelude::window;
use line_liff::Claims;

/// The ID token that LINE puts into the fragment of the URL it opens (LIFF SDK 2.31.0, `init`).
#[must_use]
pub fn fresh() -> Option<IdToken> {
    let raw = page::fragment_field("id_token")?;
    let expiry = expiry(&raw);
    IdToken::new(raw, expiry)
}

/// The ID token that the SDK has stored.
#[must_use]
pub fn stored() -> Option<IdToken> {
    let sdk = line::sdk();
    let claims = sdk.decoded_id_token().ok().flatten();
    let token = IdToken::new(sdk.id_token().ok()??, claims.as_ref().and_then(Claims::expiry))?;
    let (name, user_id) = claims.map(|claims| (claims.name(), claims.subject())).unwrap_or_default();
    Some(token.of(LineAccount::new(name.as_deref(), user_id.as_deref())))
}

pub(super) fn at_hand(fresh: Option<IdToken>) -> Tokens {
    Tokens { fresh, stored: stored() }
}

/// The claims of a JWT in JWS compact form (RFC 7515 section 7.1), unverified: only a server can verify it. The payload is
/// read as one character a byte, so only ASCII reads right, such as numbers and the names of claims.
#[must_use]
pub fn claims(raw: &str) -> Option<Json> {
    let payload = raw.split('.').nth(1)?.replace('-', "+").replace('_', "/");
    window().atob(&payload).ok().map(|payload| json::parse(&payload))
}

/// The `exp` claim (RFC 7519 section 4.1.4).
fn expiry(raw: &str) -> Option<f64> {
    claims(raw)?.get("exp").as_number()
}
