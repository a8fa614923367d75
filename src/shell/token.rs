//! The ID tokens at hand, and when they expire.

use super::{json::JsJson, page};
use crate::{
    core::{IdToken, Json, LiffId, jws_payload},
    liff,
};

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

/// The `exp` claim of a JWT (RFC 7519 section 4.1.4), unverified.
fn expiry(raw: &str) -> Option<f64> {
    JsJson::parse(&jws_payload(raw)?)?.member("exp")?.number()
}

/// Makes room for the ID token of this URL. The SDK takes it only where it has none in store, and on the second load that it
/// makes for a LIFF URL's parameters the fragment is gone (LIFF SDK 2.31.0, `init`): the bind would go out with the token of
/// whoever opened the page before in this webview.
pub(super) fn forget_stored(liff_id: LiffId) {
    for name in ["IDToken", "decodedIDToken"] {
        page::forget(&["LIFF_STORE:", liff_id.as_str(), ":", name].concat());
    }
}
