//! SDKs that give, throw or reject with other values than LINE documents, or are missing.

use crate::{doing, js};
use line_liff::{ErrorCode, Liff, Os};
use serde_json::json;
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

fn error(code: &JsValue, message: &str) -> JsValue {
    let error = js_sys::Error::new(message);
    js_sys::Reflect::set(&error, &"code".into(), code).unwrap();
    error.into()
}

#[wasm_bindgen_test]
async fn errors_are_thrown_or_rejected_with() {
    for how in ["throws", "rejects"] {
        let liff = doing("init", how, &error(&"INIT_FAILED".into(), "Invalid LIFF ID"));
        let error = liff.init("1-a").await.unwrap_err();
        assert_eq!((error.code(), error.message().as_str()), (Some(ErrorCode::InitFailed), "Invalid LIFF ID"));
        assert_eq!(error.to_string(), "Error INIT_FAILED: Invalid LIFF ID");
        assert_eq!(format!("{error:?}"), "Error(Error INIT_FAILED: Invalid LIFF ID)");
        assert!(error.cause().is_none());
    }
}

#[wasm_bindgen_test]
async fn codes_may_be_numbers() {
    for (code, known) in [(404, ErrorCode::NotFound), (418, ErrorCode::Other("418".into()))] {
        let liff = doing("init", "rejects", &error(&code.into(), ""));
        let error = liff.init("1-a").await.unwrap_err();
        assert_eq!((error.raw_code(), error.code()), (Some(code.to_string()), Some(known)));
    }
}

#[wasm_bindgen_test]
async fn anything_thrown_is_an_error() {
    for thrown in
        [JsValue::NULL, JsValue::UNDEFINED, 7.into(), js(&json!({ "code": null })), js(&json!({ "code": {} }))]
    {
        let error = doing("init", "rejects", &thrown).init("1-a").await.unwrap_err();
        assert_eq!((error.name().as_str(), error.code(), error.message().as_str()), ("", None, ""));
        assert_eq!(JsValue::from(error), thrown);
    }
    let error = doing("init", "rejects", &"text".into()).init("1-a").await.unwrap_err();
    assert_eq!(error.message(), "text");
}

#[wasm_bindgen_test]
async fn an_answer_that_is_no_promise_is_an_answer() {
    assert!(doing("init", "gives", &JsValue::UNDEFINED).init("1-a").await.is_ok());
    let profile = doing("getProfile", "gives", &js(&json!({ "displayName": "Brown" }))).profile().await.unwrap();
    assert_eq!(profile.display_name().as_deref(), Some("Brown"));
}

#[wasm_bindgen_test]
async fn an_answer_of_another_type_is_none_or_an_error() {
    for other in [JsValue::UNDEFINED, JsValue::NULL, 7.into(), js(&json!({}))] {
        assert!(doing("getOS", "gives", &other).os().is_err());
        assert!(doing("getVersion", "gives", &other).version().is_err());
        assert!(doing("permission.getGrantedAll", "resolves", &other).granted_scopes().await.is_err());
        assert!(doing("permanentLink.createUrlBy", "resolves", &other).permanent_link("").await.is_err());
        assert_eq!(doing("getIDToken", "gives", &other).id_token().unwrap(), None);
        assert_eq!(doing("getAccessToken", "gives", &other).access_token().unwrap(), None);
        assert_eq!(doing("getLineVersion", "gives", &other).line_version().unwrap(), None);
    }
    for other in [JsValue::UNDEFINED, JsValue::NULL, 7.into(), "text".into()] {
        assert!(doing("getProfile", "resolves", &other).profile().await.is_err());
        assert!(doing("getFriendship", "resolves", &other).friendship().await.is_err());
        assert!(doing("scanCodeV2", "resolves", &other).scan_code_v2().await.is_err());
        assert!(doing("getContext", "gives", &other).context().unwrap().is_none());
        assert!(doing("getDecodedIDToken", "gives", &other).decoded_id_token().unwrap().is_none());
    }
}

#[wasm_bindgen_test]
async fn members_of_another_type_are_missing() {
    let odd =
        js(&json!({ "friendFlag": "yes", "exp": "soon", "amr": "pwd", "scope": [7, "openid"], "availability": 7 }));
    let friendship = doing("getFriendship", "resolves", &odd).friendship().await.unwrap();
    assert_eq!(friendship.is_friend(), None);
    let claims = doing("getDecodedIDToken", "gives", &odd).decoded_id_token().unwrap().unwrap();
    assert_eq!((claims.expiry(), claims.methods()), (None, None));
    let context = doing("getContext", "gives", &odd).context().unwrap().unwrap();
    assert_eq!(context.scopes().unwrap().len(), 1);
    assert!(context.availability(&line_liff::Feature::ScanCode).is_none());
    assert!(context.menu_colors().is_none());
}

#[wasm_bindgen_test]
fn new_names_are_kept() {
    let os = doing("getOS", "gives", &"tizen".into()).os().unwrap();
    assert_eq!((os.as_str(), &os), ("tizen", &Os::Other("tizen".into())));
}

#[wasm_bindgen_test]
async fn a_missing_sdk_is_an_error_and_no_trap() {
    for nothing in [JsValue::UNDEFINED, JsValue::NULL, js(&json!({}))] {
        let liff = Liff::from(nothing);
        assert_eq!(liff.init("1-a").await.unwrap_err().name(), "TypeError");
        assert!(liff.is_in_client().is_err());
        assert!(liff.is_logged_in().is_err());
        assert!(liff.id_token().is_err());
        assert!(liff.context().is_err());
        assert!(liff.logout().is_err());
        assert!(liff.login(None).is_err());
        assert!(liff.close_window().is_err());
        assert!(liff.friendship().await.is_err());
        assert!(liff.granted_scopes().await.is_err());
        assert!(liff.permanent_link("").await.is_err());
        assert!(liff.set_language("ja").await.is_err());
    }
}
