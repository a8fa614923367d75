//! LINE's own mock, liff-mock.

use crate::{LIFF_ID, mock, outside};
use js_sys::{Function, Reflect};
use line_liff::{ContextType, InitConfig, Liff, Message, PermissionState, Recipients, Scope, Shared};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;

/// The SDK, with the mock in place of LINE.
pub async fn mocked() -> Liff {
    let liff = outside().await;
    liff.use_module(&mock()).unwrap();
    liff
}

/// Changes an answer of the mock.
pub fn set(liff: &Liff, name: &str, value: &JsValue) {
    let mock = Reflect::get(liff.as_ref(), &"$mock".into()).unwrap();
    let set: Function = Reflect::get(&mock, &"set".into()).unwrap().unchecked_into();
    let change = Function::new_with_args("data", "return { ...data, [this.name]: this.value }");
    let what = js_sys::Object::new();
    Reflect::set(&what, &"name".into(), &name.into()).unwrap();
    Reflect::set(&what, &"value".into(), value).unwrap();
    set.call1(&mock, &change.bind0(&what)).unwrap();
}

#[wasm_bindgen_test]
async fn the_mock_answers() {
    let liff = mocked().await;
    liff.init(InitConfig { mock: true, ..LIFF_ID.into() }).await.unwrap();
    assert!(liff.profile().await.unwrap_err().message().contains("login"));
    liff.login(None).unwrap();

    assert_eq!(liff.profile().await.unwrap().display_name().as_deref(), Some("Brown"));
    assert_eq!(liff.friendship().await.unwrap().is_friend(), Some(false));
    assert_eq!(liff.context().unwrap().unwrap().kind(), Some(ContextType::Group));
    assert_eq!(liff.access_token().unwrap().as_deref(), Some("access_token"));
    assert_eq!(liff.granted_scopes().await.unwrap(), [Scope::OpenId, Scope::Profile]);
    assert_eq!(liff.query_permission(&Scope::Profile).await.unwrap(), PermissionState::Unavailable);
    liff.request_all_permissions(None).await.unwrap();
    assert_eq!(liff.scan_code_v2().await.unwrap().as_deref(), Some("https://line.me"));
    assert_eq!(liff.permanent_link("https://line.me").await.unwrap(), "https://line.me");
    let messages = [Message::text("Hello")];
    liff.send_messages(&messages).await.unwrap();
    assert_eq!(liff.share_target_picker(&messages, Recipients::Many).await.unwrap(), Shared::Cancelled);
    liff.create_shortcut_on_home_screen("https://line.me").await.unwrap();
    liff.set_language("ja").await.unwrap();
}

#[wasm_bindgen_test]
async fn the_mock_is_told_what_to_answer() {
    let liff = mocked().await;
    liff.init(InitConfig { mock: true, ..LIFF_ID.into() }).await.unwrap();
    set(&liff, "isLoggedIn", &JsValue::TRUE);
    assert!(liff.is_logged_in().unwrap());
}
