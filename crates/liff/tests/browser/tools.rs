//! Windows, the QR reader, links, the shortcut, the language, and modules.

use crate::{LIFF_ID, answer, destinations, module, open, open_bare, requests, signed_in, signed_out, told};
use js_sys::{Function, Object, Reflect};
use line_liff::{Browser, ErrorCode, Liff, Os};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
async fn windows_open() {
    let liff = signed_in().await;
    liff.open_window("https://line.me/", Browser::InApp).unwrap();
    liff.open_window("https://line.me/", Browser::External).unwrap();
    let opened = destinations().split_off(destinations().len() - 2);
    let parameter = "is_liff_external_open_window";
    assert_eq!(opened, [format!("https://line.me/?{parameter}=false"), format!("https://line.me/?{parameter}=true")]);
    assert_eq!(told(liff.open_window("", Browser::InApp)).0, Some(ErrorCode::InvalidArgument));
}

#[wasm_bindgen_test]
async fn the_window_closes_before_init() {
    let liff: Liff = open("android", 0.0).await.into();
    liff.close_window().unwrap();
    assert_eq!(destinations(), ["liff://close"]);
}

#[wasm_bindgen_test]
async fn a_qr_code_is_read_or_not() {
    let liff = signed_in().await;
    let read = r#"{ "status": "submit", "result": { "message": "https://shop.example/" } }"#;
    answer("liff.line.me/liff/v2/sub/waitResult", 200, read);
    assert_eq!(liff.scan_code_v2().await.unwrap().as_deref(), Some("https://shop.example/"));
    answer("liff.line.me/liff/v2/sub/waitResult", 200, r#"{ "status": "cancel", "result": {} }"#);
    assert_eq!(liff.scan_code_v2().await.unwrap(), None);
    assert_eq!(told(signed_out().await.scan_code_v2().await).0, Some(ErrorCode::Unauthorized));
}

#[wasm_bindgen_test]
async fn the_old_qr_reader_is_not_everywhere() {
    let liff = signed_in().await;
    #[expect(deprecated, reason = "LINE's reference has it")]
    let error = liff.scan_code().await.unwrap_err();
    assert_eq!((error.name().as_str(), error.code()), ("TypeError", None));
}

#[wasm_bindgen_test]
async fn links_lead_to_pages_of_the_app() {
    let liff = signed_in().await;
    let endpoint = liff.context().unwrap().unwrap().endpoint_url().unwrap();
    let link = liff.permanent_link(&format!("{endpoint}shop?item=9#top")).await.unwrap();
    assert_eq!(link, format!("https://liff.line.me/{LIFF_ID}/shop?item=9#top"));
    assert_eq!(told(liff.permanent_link("https://elsewhere.example/").await).0, Some(ErrorCode::InvalidArgument));

    let here = format!("https://liff.line.me/{LIFF_ID}");
    assert!(liff.permanent_link_of_this_page().unwrap().starts_with(&here));
    liff.set_extra_query_param("from=chat").unwrap();
    assert!(liff.permanent_link_of_this_page().unwrap().ends_with("?from=chat"));
}

#[wasm_bindgen_test]
async fn a_shortcut_is_offered() {
    let liff = signed_in().await;
    liff.create_shortcut_on_home_screen(&format!("https://miniapp.line.me/{LIFF_ID}")).await.unwrap();
    assert_eq!(requests("liff-shortcut.line.me").len(), 1);
    assert!(destinations().pop().unwrap().starts_with("https://liff-shortcut.line.me/page"));
    let refused = liff.create_shortcut_on_home_screen("https://elsewhere.example/").await;
    assert_eq!(told(refused).0, Some(ErrorCode::InvalidArgument));
}

#[wasm_bindgen_test]
async fn the_sdks_language_is_set_before_init() {
    let liff: Liff = open("iphone", 0.0).await.into();
    // This works before a sign-in too: the files are for everybody.
    liff.set_language("ja").await.unwrap();
    assert_eq!(requests("liffsdk.line-scdn.net/xlt/ja.json").len(), 1);
}

#[wasm_bindgen_test]
async fn modules_are_added() {
    let liff: Liff = open_bare().await.into();
    assert_eq!(told(liff.os()).0, None);
    assert!(liff.version().is_ok());
    liff.use_module(&module("getOS")).unwrap();
    assert_eq!(liff.os().unwrap(), Os::Web);
}

#[wasm_bindgen_test]
async fn plugins_are_added_with_their_option() {
    let liff: Liff = open_bare().await.into();
    let plugin = Object::new();
    Reflect::set(&plugin, &"name".into(), &"greet".into()).unwrap();
    Reflect::set(&plugin, &"install".into(), &Function::new_with_args("context, option", "return { option }")).unwrap();
    liff.use_module_with(&plugin, &"Hello".into()).unwrap();
    let greet = Reflect::get(liff.as_ref(), &"$greet".into()).unwrap();
    assert_eq!(Reflect::get(&greet, &"option".into()).unwrap(), "Hello");

    let broken = Object::new();
    Reflect::set(&broken, &"name".into(), &"broken".into()).unwrap();
    Reflect::set(&broken, &"install".into(), &Function::new_no_args("throw new Error('no')")).unwrap();
    assert_eq!(told(liff.use_module(&broken)), (None, "no".into()));
    // The SDK only warns.
    liff.use_module(&JsValue::NULL).unwrap();
}
