//! A signed token in JWS compact form (RFC 7515 section 7.1), read but not verified: only a server can verify it.

/// The characters of base64url in the order of their values (RFC 4648 section 5).
const ALPHABET: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// The payload of a token, which is JSON in an ID token: one character a byte, so only ASCII reads right, such as
/// numbers and the names of claims. `None` if it is missing or isn't base64url.
#[must_use]
pub fn jws_payload(token: &str) -> Option<String> {
    let bytes = decode(token.split('.').nth(1)?)?;
    Some(bytes.into_iter().map(char::from).collect())
}

/// Decodes base64url without padding. Looking a character up in the alphabet costs less code than five ranges.
fn decode(text: &str) -> Option<Vec<u8>> {
    let (mut bytes, mut bits, mut held) = (Vec::new(), 0_usize, 0);
    for character in text.bytes() {
        bits = bits << 6 | ALPHABET.bytes().position(|own| own == character)?;
        held += 6;
        if held >= 8 {
            held -= 8;
            let [.., byte] = (bits >> held).to_be_bytes();
            bytes.push(byte);
        }
    }
    // A single character at the end is less than a byte.
    (held < 6).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_payload() {
        let token = "eyJhbGciOiJFUzI1NiJ9.eyJleHAiOjF9.c2ln";
        assert_eq!(jws_payload(token).as_deref(), Some(r#"{"exp":1}"#));
        assert_eq!(jws_payload(".57aBfn4_fn4-.").as_deref(), Some("\u{e7}\u{b6}\u{81}~~?~~>"));
        assert_eq!(jws_payload("a..b").as_deref(), Some(""));
    }

    #[test]
    fn refuses_what_is_no_base64url() {
        for token in ["", "opaque", "a.e30=.b", "a.+/+/.b", "a.e3 0.b", "a.e30eX.b", "a.綁.b"] {
            assert_eq!(jws_payload(token), None, "{token}");
        }
    }
}
