//! Unguessable strings.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use ring::rand::{SecureRandom, SystemRandom};

/// `prefix` followed by 128 random bits, URL-safe.
pub fn token(prefix: &str) -> String {
    format!("{prefix}{}", BASE64_URL_SAFE_NO_PAD.encode(bytes()))
}

/// 32 hexadecimal digits, as in a LINE user ID.
pub fn hex32() -> String {
    format!("{:032x}", u128::from_be_bytes(bytes()))
}

fn bytes() -> [u8; 16] {
    let mut bytes = [0; 16];
    // The system's generator does not fail on the systems that run the tests; zeros would show at once as a reused
    // token.
    let _always_ok = SystemRandom::new().fill(&mut bytes);
    bytes
}
