//! The LIFF binding against a simulated SDK: what it gives, throws, rejects with, or lacks.

use crate::{liff_error, object, remove_sdk, sdk};
use liff_bind::liff;
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
async fn init_passes_the_liff_id_and_resolves() {
    let calls = sdk("init", "resolves", JsValue::TRUE);
    liff::init("1234567890-AbcdEfgh").await.unwrap();
    let call = js_sys::JSON::stringify(&calls).unwrap();
    assert_eq!(String::from(call), r#"[["init",{"liffId":"1234567890-AbcdEfgh"}]]"#);
}

#[wasm_bindgen_test]
async fn init_rejects_with_code_and_message() {
    sdk("init", "rejects", liff_error(&"INIT_FAILED".into(), "Invalid LIFF ID"));
    let error = liff::init("1-a").await.unwrap_err();
    assert_eq!((error.code.as_deref(), error.message.as_str()), (Some("INIT_FAILED"), "Invalid LIFF ID"));
}

#[wasm_bindgen_test]
async fn codes_may_be_numbers_and_network_errors_have_none() {
    sdk("init", "rejects", liff_error(&404.into(), ""));
    assert_eq!(liff::init("1-a").await.unwrap_err().code.as_deref(), Some("404"));
    sdk("init", "rejects", js_sys::TypeError::new("Failed to fetch").into());
    let error = liff::init("1-a").await.unwrap_err();
    assert_eq!((error.name.as_str(), error.code), ("TypeError", None));
}

#[wasm_bindgen_test]
async fn anything_thrown_is_an_error() {
    for thrown in [JsValue::NULL, JsValue::UNDEFINED, "text".into(), 7.into(), object(&[("code", JsValue::NULL)])] {
        sdk("init", "rejects", thrown);
        assert_eq!(liff::init("1-a").await.unwrap_err().code, None);
    }
    sdk("init", "throws", liff_error(&"INVALID_CONFIG".into(), "liffId is necessary for liff.init()"));
    assert_eq!(liff::init("").await.unwrap_err().code.as_deref(), Some("INVALID_CONFIG"));
}

#[wasm_bindgen_test]
async fn an_answer_that_is_no_promise_is_an_answer() {
    sdk("init", "gives", JsValue::UNDEFINED);
    assert!(liff::init("1-a").await.is_ok());
    sdk("getFriendship", "gives", JsValue::UNDEFINED);
    assert!(liff::friendship().await.is_err());
}

#[wasm_bindgen_test]
async fn a_missing_sdk_is_an_error_and_no_trap() {
    remove_sdk();
    assert_eq!(liff::init("1-a").await.unwrap_err().name, "ReferenceError");
    assert!(liff::is_in_client().is_err());
    assert!(liff::is_logged_in().is_err());
    assert!(liff::id_token().is_err());
    assert!(liff::decoded_id_token().is_err());
    assert!(liff::context().is_err());
    assert!(liff::version().is_err());
    assert!(liff::logout().is_err());
    assert!(liff::login("https://shop.example/").is_err());
    assert!(liff::close_window().is_err());
    assert!(liff::friendship().await.is_err());
}

#[wasm_bindgen_test]
fn tokens_may_be_null() {
    sdk("getIDToken", "gives", JsValue::NULL);
    assert_eq!(liff::id_token().unwrap(), None);
    sdk("getIDToken", "gives", "a.b.c".into());
    assert_eq!(liff::id_token().unwrap().as_deref(), Some("a.b.c"));
    sdk("getDecodedIDToken", "gives", JsValue::NULL);
    assert!(liff::decoded_id_token().unwrap().is_none());
    sdk("getDecodedIDToken", "gives", object(&[("exp", 1700.into())]));
    assert_eq!(liff::decoded_id_token().unwrap().unwrap().expiry(), Some(1700.0));
}

#[wasm_bindgen_test]
fn the_context_may_be_null_and_lack_members() {
    sdk("getContext", "gives", JsValue::NULL);
    assert!(liff::context().unwrap().is_none());
    sdk("getContext", "gives", object(&[("type", "utou".into()), ("viewType", JsValue::UNDEFINED)]));
    let context = liff::context().unwrap().unwrap();
    assert_eq!((context.kind().as_deref(), context.view_type()), (Some("utou"), None));
}

#[wasm_bindgen_test]
fn login_comes_back_to_the_given_url() {
    let calls = sdk("login", "gives", JsValue::UNDEFINED);
    liff::login("https://shop.example/liff-bind.html?liffId=1-a").unwrap();
    let call = String::from(js_sys::JSON::stringify(&calls).unwrap());
    assert_eq!(call, r#"[["login",{"redirectUri":"https://shop.example/liff-bind.html?liffId=1-a"}]]"#);
}

#[wasm_bindgen_test]
async fn friendship_is_yes_no_or_an_error() {
    sdk("getFriendship", "resolves", object(&[("friendFlag", true.into())]));
    assert_eq!(liff::friendship().await.unwrap().is_friend(), Some(true));
    sdk("getFriendship", "resolves", object(&[]));
    assert_eq!(liff::friendship().await.unwrap().is_friend(), None);
    sdk("getFriendship", "rejects", liff_error(&"400".into(), "There is no login bot linked to this channel."));
    assert_eq!(liff::friendship().await.unwrap_err().code.as_deref(), Some("400"));
}
