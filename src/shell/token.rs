//! The ID tokens at hand, and when they expire.

use super::{json::JsJson, page};
use crate::{
    core::{IdToken, Json},
    liff,
};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch)]
    fn atob(base64: &str) -> Result<String, JsValue>;
}

/// The ID token that LINE puts into the fragment of the URL it opens (LIFF SDK 2.31.0, `init`).
pub(super) fn fresh() -> Option<IdToken> {
    let (_, fragment) = page::href().split_once('#')?;
    let raw = fragment.split('&').find_map(|field| field.strip_prefix("id_token="))?;
    IdToken::new(raw, expiry(raw))
}

/// The ID token that the SDK has in store.
pub(super) fn stored() -> Option<IdToken> {
    let claims = liff::decoded_id_token().ok().flatten();
    IdToken::new(liff::id_token().ok()??.leak(), claims.and_then(|claims| claims.expiry()))
}

/// The `exp` claim of a JWS in compact form (RFC 7519 section 4.1.4), unverified.
fn expiry(raw: &str) -> Option<f64> {
    let payload = raw.split('.').nth(1)?.replace('-', "+").replace('_', "/");
    JsJson::parse(&atob(&payload).ok()?)?.member("exp")?.number()
}
