//! `init`, the sign-in and the tokens.

use crate::{
    LIFF_ID, USER_ID, answer, destinations, in_line, open, outside, pause, signed_in, signed_out, told, unplug,
};
use line_liff::{ErrorCode, InitConfig, Liff};
use std::{future::poll_fn, pin::pin};
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
async fn in_line_init_signs_in() {
    let liff = in_line().await;
    assert_eq!(liff.id().unwrap(), None);
    liff.init(LIFF_ID).await.unwrap();
    liff.ready().await.unwrap();
    assert_eq!(liff.id().unwrap().as_deref(), Some(LIFF_ID));
    assert!(liff.is_logged_in().unwrap());
    assert_eq!(liff.access_token().unwrap().as_deref(), Some("access"));
    assert_eq!(liff.id_token().unwrap().unwrap().split('.').count(), 3);

    let claims = liff.decoded_id_token().unwrap().unwrap();
    assert_eq!(claims.issuer().as_deref(), Some("https://access.line.me"));
    assert_eq!(claims.subject().as_deref(), Some(USER_ID));
    assert_eq!(claims.audience().as_deref(), Some("1234567890"));
    assert_eq!(claims.expiry(), claims.issued_at().map(|issued| issued + 3600.0));
    assert_eq!((claims.auth_time(), claims.nonce(), claims.email()), (None, None, None));
    assert_eq!(claims.methods().unwrap(), ["linesso"]);
    assert_eq!(claims.name().as_deref(), Some("Taro Line"));
    assert_eq!(claims.picture().as_deref(), Some("https://sample_line.me/aBcdefg123456"));
}

#[wasm_bindgen_test]
async fn the_global_is_found_once_it_is_there() {
    let _npm = in_line().await;
    assert!(Liff::global().is_none());
    let liff = signed_in().await;
    // `init` of an SDK from npm sets the global; LINE's CDN sets it at once.
    assert_eq!(Liff::global().unwrap().access_token().unwrap(), liff.access_token().unwrap());
}

#[wasm_bindgen_test]
async fn logout_forgets() {
    let liff = signed_in().await;
    liff.logout().unwrap();
    assert!(!liff.is_logged_in().unwrap());
    assert_eq!(liff.access_token().unwrap(), None);
    assert_eq!(liff.id_token().unwrap(), None);
    assert!(liff.decoded_id_token().unwrap().is_none());
}

#[wasm_bindgen_test]
async fn nothing_is_known_before_init() {
    let liff = in_line().await;
    let expected = (Some(ErrorCode::InvalidConfig), "liffId is necessary for liff.init()".into());
    assert_eq!(told(liff.is_logged_in()), expected);
    assert_eq!(told(liff.access_token()), expected);
    assert_eq!(told(liff.id_token()), expected);
    assert_eq!(told(liff.decoded_id_token()), expected);
    assert_eq!(told(liff.context()), expected);
    assert_eq!(told(liff.init("").await), expected);
}

#[wasm_bindgen_test]
async fn a_liff_id_of_another_app_is_refused() {
    let liff = in_line().await;
    let refused = told(liff.init("1234567890-ZyxwVuts").await);
    assert_eq!(refused, (Some(ErrorCode::InitFailed), "Invalid LIFF ID".into()));
}

#[wasm_bindgen_test]
async fn an_old_id_token_is_refused_and_may_be_had() {
    let liff: Liff = open("iphone", 4000.0).await.into();
    let (code, message) = told(liff.init(LIFF_ID).await);
    assert_eq!(code, Some(ErrorCode::InvalidIdToken));
    assert!(message.contains("exp"), "{message}");
    assert!(liff.id_token().unwrap().is_some());
    assert!(liff.decoded_id_token().unwrap().is_none());
}

#[wasm_bindgen_test]
async fn init_says_what_line_and_the_network_say() {
    let liff = in_line().await;
    let void = r#"{ "error": "invalid_request", "error_description": "access token expired" }"#;
    answer("api.line.me/oauth2/v2.1/verify", 400, void);
    let (code, message) = told(liff.init(LIFF_ID).await);
    assert_eq!((code.unwrap().as_str(), message.as_str()), ("invalid_request", "access token expired"));

    let liff = in_line().await;
    unplug();
    let error = liff.init(LIFF_ID).await.unwrap_err();
    assert_eq!((error.name().as_str(), error.code()), ("TypeError", None));
    assert_eq!(error.to_string(), "TypeError -: Failed to fetch");
}

#[wasm_bindgen_test]
async fn outside_line_nobody_has_signed_in() {
    let liff = signed_out().await;
    assert!(!liff.is_logged_in().unwrap());
    assert_eq!(liff.access_token().unwrap(), None);
    assert!(destinations().is_empty());
    let (code, _) = told(liff.profile().await);
    assert_eq!(code, Some(ErrorCode::Unauthorized));
}

#[wasm_bindgen_test]
async fn login_leaves_for_lines_sign_in() {
    let liff = signed_out().await;
    liff.login(Some("https://shop.example/page?a=1")).unwrap();
    liff.login(None).unwrap();
    let left = destinations();
    assert_eq!(left.len(), 2);
    assert!(left.iter().all(|url| url.starts_with("https://access.line.me/liff/v1/authorize?")), "{left:?}");
    assert!(left[0].contains("redirect_uri=https%3A%2F%2Fshop.example%2Fpage%3Fa%3D1"), "{}", left[0]);
    assert!(!left[1].contains("redirect_uri"), "{}", left[1]);
}

#[wasm_bindgen_test]
async fn init_may_sign_in_outside_line() {
    let liff = outside().await;
    let config = InitConfig { with_login_on_external_browser: true, ..LIFF_ID.into() };
    // It never settles, because the SDK leaves the page.
    let (mut init, mut pause) = (pin!(liff.init(config)), pin!(pause()));
    poll_fn(|context| {
        assert!(init.as_mut().poll(context).is_pending());
        pause.as_mut().poll(context)
    })
    .await;
    assert!(destinations()[0].starts_with("https://access.line.me/liff/v1/authorize?"), "{:?}", destinations());
}
