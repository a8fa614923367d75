//! The environment of the page.

use crate::{LIFF_ID, open, outside, signed_in, signed_out, told};
use line_liff::{Api, ErrorCode, Liff, Os};
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
async fn tells_devices_apart_before_init() {
    for (device, os, version) in
        [("iphone", Os::Ios, Some("26.4.0")), ("android", Os::Android, Some("26.4.0")), ("computer", Os::Web, None)]
    {
        let liff: Liff = open(device, 0.0).await.into();
        assert_eq!(liff.os().unwrap(), os);
        assert_eq!(liff.line_version().unwrap().as_deref(), version);
        assert_eq!(liff.is_in_client().unwrap(), version.is_some());
    }
}

#[wasm_bindgen_test]
async fn the_language_is_that_of_line() {
    let browser = web_sys::window().unwrap().navigator().language();
    let liff: Liff = open("iphone", 0.0).await.into();
    assert_eq!(liff.app_language().unwrap(), "th");
    #[expect(deprecated, reason = "LINE's reference has it")]
    let language = liff.language().unwrap();
    assert_eq!(Some(language), browser);
    assert_eq!(outside().await.app_language().ok(), browser);
}

#[wasm_bindgen_test]
async fn the_version_is_that_of_the_package() {
    let lock: serde_json::Value = serde_json::from_str(include_str!("../../../../package.json")).unwrap();
    assert_eq!(lock["dependencies"]["@line/liff"], outside().await.version().unwrap());
}

#[wasm_bindgen_test]
async fn says_what_is_available() {
    let liff = signed_in().await;
    let available = [
        Api::CreateShortcutOnHomeScreen,
        Api::MultipleLiffTransition,
        Api::RequestFriendship,
        Api::ScanCodeV2,
        Api::ShareTargetPicker,
        Api::SkipChannelVerificationScreen,
    ];
    for api in available {
        assert!(liff.is_api_available(&api).unwrap(), "{api}");
    }
    // This version of LINE is too new for one API, and the LIFF app may not use the other.
    for api in [Api::ScanCode, Api::Iap] {
        assert!(!liff.is_api_available(&api).unwrap(), "{api}");
    }
    let (code, _) = told(liff.is_api_available(&Api::Other("teleport".into())));
    assert_eq!(code, Some(ErrorCode::InvalidArgument));
    assert!(!signed_out().await.is_api_available(&Api::ShareTargetPicker).unwrap());
}

#[wasm_bindgen_test]
async fn a_second_init_is_a_second_answer() {
    let liff = signed_in().await;
    liff.init(LIFF_ID).await.unwrap();
    assert!(liff.is_in_client().unwrap());
}
