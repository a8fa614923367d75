//! Compares the crate's names with the SDK's own: a new version of the SDK may have more.

use crate::{open_bare, raw_names};
use line_liff::{ErrorCode, Scope};
use serde_json::{Map, Value};
use wasm_bindgen_test::wasm_bindgen_test;

/// Modules that the crate does not cover: LINE's reference for LIFF apps does not have them. (`scanCode` comes with the
/// LINE app of Android.)
const LEFT_OUT: [&str; 17] = [
    ".",
    "./activity",
    "./add-to-home-screen",
    "./analytics",
    "./calendar",
    "./core",
    "./get-advertising-id",
    "./get-aid",
    "./get-is-video-auto-play",
    "./get-origins",
    "./get-profile-plus",
    "./iap",
    "./init-plugins",
    "./internal-create-shortcut-on-home-screen",
    "./is-sub-window",
    "./scan-code",
    "./sub-window",
];

async fn names(kind: &str) -> Vec<String> {
    open_bare().await;
    let mut names: Map<String, Value> = serde_json::from_str(&raw_names()).unwrap();
    serde_json::from_value(names.remove(kind).unwrap()).unwrap()
}

#[wasm_bindgen_test]
async fn every_module_of_the_sdk_is_tested_or_left_out() {
    let package: Value =
        serde_json::from_str(include_str!("../../../../node_modules/@line/liff/package.json")).unwrap();
    let all = package["exports"].as_object().unwrap().keys().map(String::as_str);
    let modules: Vec<_> = names("modules").await.iter().map(|name| name.to_lowercase()).collect();
    let unknown: Vec<_> =
        all.filter(|path| !LEFT_OUT.contains(path) && !modules.contains(&path.replace(['.', '/', '-'], ""))).collect();
    assert!(unknown.is_empty(), "new in the SDK: {unknown:?}");
}

#[wasm_bindgen_test]
async fn error_codes_are_known() {
    for code in names("errorCodes").await {
        let known = ErrorCode::from(code.clone());
        assert!(!matches!(known, ErrorCode::Other(_)), "{code}");
        assert_eq!(known.as_str(), code);
    }
}

#[wasm_bindgen_test]
async fn scopes_are_known() {
    for scope in names("scopes").await {
        assert!(!matches!(Scope::from(scope.clone()), Scope::Other(_)), "{scope}");
    }
}
