//! The crate in a browser: with LINE's own SDK on simulated servers, with LINE's mock, and with SDKs that misbehave.
#![cfg(target_arch = "wasm32")]
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that meets the unexpected is to fail")]
#![expect(clippy::duplicate_mod, reason = "each example brings the page of all examples")]

mod account;
mod arguments;
mod chat;
mod context;
mod environment;
mod examples;
mod mock;
mod names;
mod odd;
mod sign_in;
mod tools;

use js_sys::Array;
use line_liff::{ErrorCode, Liff, Result};
use serde_json::Value;
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test_configure;

wasm_bindgen_test_configure!(run_in_browser);

const LIFF_ID: &str = "1234567890-AbcdEfgh";
const USER_ID: &str = "U1234567890abcdef1234567890abcdef";

#[wasm_bindgen(module = "/tests/browser/world.js")]
extern "C" {
    async fn open(device: &str, age: f64) -> JsValue;
    #[wasm_bindgen(js_name = openBare)]
    async fn open_bare() -> JsValue;
    fn module(name: &str) -> JsValue;
    #[wasm_bindgen(js_name = names)]
    fn raw_names() -> String;
    fn mock() -> JsValue;
    fn answer(name: &str, status: u16, json: &str);
    fn unplug();
    async fn pause();
    #[wasm_bindgen(js_name = requests)]
    fn raw_requests(name: &str) -> String;
    #[wasm_bindgen(js_name = destinations)]
    fn raw_destinations() -> String;
    type Recorder;
    fn recorder() -> Recorder;
    #[wasm_bindgen(method, getter)]
    fn liff(this: &Recorder) -> Liff;
    #[wasm_bindgen(method, getter)]
    fn calls(this: &Recorder) -> Array;
    fn doing(path: &str, how: &str, value: &JsValue) -> Liff;
}

/// The SDK in LINE, with everything allowed, before any call.
async fn in_line() -> Liff {
    open("iphone", 0.0).await.into()
}

/// The same, initialized.
async fn signed_in() -> Liff {
    let liff = in_line().await;
    liff.init(LIFF_ID).await.unwrap();
    liff
}

/// The SDK in another browser.
async fn outside() -> Liff {
    open("computer", 0.0).await.into()
}

/// The same, initialized: nobody has signed in.
async fn signed_out() -> Liff {
    let liff = outside().await;
    liff.init(LIFF_ID).await.unwrap();
    liff
}

/// The requests to a server, each with method, address and body.
fn requests(name: &str) -> Vec<[String; 3]> {
    serde_json::from_str(&raw_requests(name)).unwrap()
}

/// The URLs that the SDK went to or opened.
fn destinations() -> Vec<String> {
    serde_json::from_str(&raw_destinations()).unwrap()
}

/// The code and the message of an error.
fn told<T: std::fmt::Debug>(result: Result<T>) -> (Option<ErrorCode>, String) {
    let error = result.unwrap_err();
    (error.code(), error.message())
}

fn js(value: &Value) -> JsValue {
    js_sys::JSON::parse(&value.to_string()).unwrap()
}
