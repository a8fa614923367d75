//! How the SDK is called, argument by argument.

use crate::{recorder, told};
use line_liff::{
    Api, Browser, FriendshipRequest, FriendshipTemplate, InitConfig, Message, OfficialAccount, Recipients, Scope,
};
use serde_json::{Value, json};
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
async fn every_function_has_lines_name_and_arguments() {
    let recorder = recorder();
    let liff = recorder.liff();
    let account = OfficialAccount { id: "@819".into(), fallback: true };
    let text = [Message::text("Hello")];

    drop(liff.init("1-a").await);
    drop(liff.init(InitConfig { with_login_on_external_browser: true, mock: true, .."1-a".into() }).await);
    drop(liff.os());
    drop(liff.app_language());
    #[expect(deprecated, reason = "LINE's reference has it")]
    drop(liff.language());
    drop(liff.version());
    drop(liff.line_version());
    drop(liff.context());
    drop(liff.is_in_client());
    drop(liff.is_logged_in());
    drop(liff.is_api_available(&Api::ScanCodeV2));
    drop(liff.login(None));
    drop(liff.login(Some("https://shop.example/")));
    drop(liff.logout());
    drop(liff.access_token());
    drop(liff.id_token());
    drop(liff.decoded_id_token());
    drop(liff.granted_scopes().await);
    drop(liff.query_permission(&Scope::ChatMessageWrite).await);
    drop(liff.request_all_permissions(None).await);
    drop(liff.request_all_permissions(Some(&account)).await);
    drop(liff.profile().await);
    drop(liff.friendship().await);
    drop(liff.friendship_with("@819").await);
    drop(liff.request_friendship(&FriendshipRequest::default()).await);
    let request =
        FriendshipRequest { official_account: Some(account), template: Some(FriendshipTemplate::EventReward) };
    drop(liff.request_friendship(&request).await);
    drop(liff.open_window("https://line.me", Browser::External));
    drop(liff.close_window());
    drop(liff.send_messages(&text).await);
    drop(liff.share_target_picker(&text, Recipients::Many).await);
    drop(liff.scan_code_v2().await);
    #[expect(deprecated, reason = "LINE's reference has it")]
    drop(liff.scan_code().await);
    drop(liff.permanent_link("https://shop.example/a").await);
    drop(liff.permanent_link_of_this_page());
    drop(liff.set_extra_query_param("a=1"));
    drop(liff.use_module(&"module".into()));
    drop(liff.use_module_with(&"module".into(), &7.into()));
    drop(liff.set_language("ja").await);
    drop(liff.create_shortcut_on_home_screen("https://shop.example/b").await);

    let messages = json!([{ "type": "text", "text": "Hello" }]);
    let account = json!({ "id": "@819", "fallback": true });
    let expected = json!([
        ["init", { "liffId": "1-a" }],
        ["init", { "liffId": "1-a", "withLoginOnExternalBrowser": true, "mock": true }],
        ["getOS"],
        ["getAppLanguage"],
        ["getLanguage"],
        ["getVersion"],
        ["getLineVersion"],
        ["getContext"],
        ["isInClient"],
        ["isLoggedIn"],
        ["isApiAvailable", "scanCodeV2"],
        ["login", {}],
        ["login", { "redirectUri": "https://shop.example/" }],
        ["logout"],
        ["getAccessToken"],
        ["getIDToken"],
        ["getDecodedIDToken"],
        ["permission.getGrantedAll"],
        ["permission.query", "chat_message.write"],
        ["permission.requestAll", {}],
        ["permission.requestAll", { "officialAccount": account }],
        ["getProfile"],
        ["getFriendship"],
        ["getFriendship", { "officialAccountId": "@819" }],
        ["requestFriendship", {}],
        ["requestFriendship", { "officialAccount": account, "template": { "id": "eventReward" } }],
        ["openWindow", { "url": "https://line.me", "external": true }],
        ["closeWindow"],
        ["sendMessages", messages],
        ["shareTargetPicker", messages, { "isMultiple": true }],
        ["scanCodeV2"],
        ["scanCode"],
        ["permanentLink.createUrlBy", "https://shop.example/a"],
        ["permanentLink.createUrl"],
        ["permanentLink.setExtraQueryParam", "a=1"],
        ["use", "module"],
        ["use", "module", 7],
        ["i18n.setLang", "ja"],
        ["createShortcutOnHomeScreen", { "url": "https://shop.example/b" }],
    ]);
    let called: Value =
        serde_json::from_str(&String::from(js_sys::JSON::stringify(&recorder.calls()).unwrap())).unwrap();
    assert_eq!(called, expected);
    // An SDK that returns nothing breaks LINE's documentation.
    assert_eq!(told(liff.os()), (None, String::new()));
    assert_eq!(told(liff.profile().await), (None, String::new()));
}
