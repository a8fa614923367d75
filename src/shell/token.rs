//! The ID tokens at hand, and when they expire.

use super::{json, line, page};
use crate::core::{IdToken, Json, LineAccount, Tokens};
use leptos::prelude::window;
use line_liff::Claims;

/// The ID token that LINE puts into the fragment of the URL it opens (LIFF SDK 2.31.0, `init`).
#[must_use]
pub fn fresh() -> Option<IdToken> {
    let raw = page::fragment_field("id_token")?;
    let expiry = claims(&raw).and_then(|claims| claims.get("exp").as_number());
    IdToken::new(raw, expiry)
}

/// The ID token that the SDK has stored. Its expiry is known if the SDK has verified it: one that it refused, perhaps
/// because of the phone's clock, is left to the server.
#[must_use]
pub fn stored() -> Option<IdToken> {
    let sdk = line::sdk();
    let raw = sdk.id_token().ok()??;
    let expiry = sdk.decoded_id_token().ok().flatten().as_ref().and_then(Claims::expiry);
    let claims = claims(&raw).unwrap_or_default();
    Some(IdToken::new(raw, expiry)?.of(LineAccount::new(claims.text("name"), claims.text("sub"))))
}

pub(super) fn at_hand(fresh: Option<IdToken>) -> Tokens {
    Tokens { fresh, stored: stored() }
}

/// The claims of a JWT in JWS compact form (RFC 7515 section 7.1), unverified: only a server can verify it.
#[must_use]
pub fn claims(raw: &str) -> Option<Json> {
    let payload = raw.split('.').nth(1)?.replace('-', "+").replace('_', "/");
    // One character a byte.
    let bytes: Vec<u8> = window().atob(&payload).ok()?.chars().filter_map(|c| u8::try_from(c).ok()).collect();
    Some(json::parse(&String::from_utf8_lossy(&bytes)))
}
