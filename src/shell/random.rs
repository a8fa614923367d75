//! Random values.

use crate::core::IdempotencyKey;
use leptos::prelude::window;

/// A fresh idempotency key. `crypto.randomUUID` would make one, but Safari has it only since 15.4.
pub(super) fn key() -> IdempotencyKey {
    let mut bytes = [0; 16];
    if let Ok(crypto) = window().crypto() {
        // Fails only for more than 64 KB (Web Cryptography API, `getRandomValues`).
        drop(crypto.get_random_values_with_u8_array(&mut bytes));
    }
    IdempotencyKey::from_random(bytes)
}
