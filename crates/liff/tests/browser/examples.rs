//! The examples.

use crate::{LIFF_ID, destinations, in_line, outside, signed_out, unplug};
use wasm_bindgen_test::wasm_bindgen_test;

#[expect(dead_code, reason = "`main` is for the example alone")]
#[path = "../../examples/greeting.rs"]
mod greeting;
#[expect(dead_code, reason = "`main` is for the example alone")]
#[path = "../../examples/share.rs"]
mod share;

#[wasm_bindgen_test]
async fn greets() {
    let text = greeting::greet(&in_line().await, LIFF_ID.into()).await.unwrap();
    assert_eq!(text, "Hello, Brown in LINE on ios!");
    let text = greeting::greet(&outside().await, LIFF_ID.into()).await.unwrap();
    assert_eq!(text, "Signing in ...");
    assert_eq!(destinations().len(), 1);
    let liff = signed_out().await;
    unplug();
    assert!(greeting::greet(&liff, LIFF_ID.into()).await.is_err());
}

#[wasm_bindgen_test]
async fn shares() {
    let text = share::share(&in_line().await, LIFF_ID.into()).await.unwrap();
    assert_eq!(text, "Sent.");
    let picker = destinations().pop().unwrap();
    assert!(picker.contains(LIFF_ID), "{picker}");
}
