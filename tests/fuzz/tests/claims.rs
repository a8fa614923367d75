//! The claims of an ID token, which comes from the URL, and so from anybody.

use base64::{
    Engine,
    alphabet::URL_SAFE,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};
use fuzz::{config, json, mutation::mutated, text};
use liff_bind::core::{IdToken, jws_payload};
use proptest::{collection::vec, prelude::*};
use serde_json::{Value, json};

/// Base64url without padding; leftover bits at the end mean nothing.
const BASE64URL: GeneralPurpose = GeneralPurpose::new(
    &URL_SAFE,
    GeneralPurposeConfig::new()
        .with_encode_padding(false)
        .with_decode_padding_mode(DecodePaddingMode::RequireNone)
        .with_decode_allow_trailing_bits(true),
);

fn token(payload: &[u8]) -> String {
    ["eyJhbGciOiJFUzI1NiJ9.", &BASE64URL.encode(payload), ".c2ln"].concat()
}

fn reads_as_others_do(token: &str) -> Result<(), TestCaseError> {
    let expected = token.split('.').nth(1).and_then(|payload| BASE64URL.decode(payload).ok());
    // One character per byte: `exp` and the names of claims are ASCII.
    let expected = expected.map(|bytes| bytes.into_iter().map(char::from).collect::<String>());
    prop_assert_eq!(jws_payload(token), expected);
    Ok(())
}

proptest! {
    #![proptest_config(config(80_000))]

    #[test]
    fn an_expiry_is_read_as_it_was_written(exp: i64, claims in json::tree()) {
        let claims = json!({ "iss": "https://access.line.me", "exp": exp, "name": claims });
        let read = jws_payload(&token(claims.to_string().as_bytes())).unwrap_or_default();
        let read: Value = serde_json::from_str(&read).map_err(|error| TestCaseError::fail(error.to_string()))?;
        prop_assert_eq!(read.get("exp"), Some(&Value::from(exp)));
    }

    #[test]
    fn any_bytes(payload in vec(any::<u8>(), 0..60)) {
        reads_as_others_do(&token(&payload))?;
    }

    #[test]
    fn any_token(token in prop_oneof![
        4 => mutated(json::tree().prop_map(|claims| token(claims.to_string().as_bytes()))),
        1 => text::hostile(),
    ]) {
        reads_as_others_do(&token)?;
        // It is a credential: not even a broken one gets into a log.
        let shown = format!("{:?}", IdToken::new(token, None));
        prop_assert!(matches!(&*shown, "None" | "Some(IdToken(…))"), "{shown}");
    }
}
