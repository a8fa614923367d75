//! The user's profile, friendship and permissions.

use crate::{USER_ID, answer, requests, signed_in, signed_out, told, unplug};
use line_liff::{ErrorCode, FriendshipRequest, FriendshipTemplate, OfficialAccount, PermissionState, Scope};
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
async fn the_profile_is_told() {
    let liff = signed_in().await;
    let profile = liff.profile().await.unwrap();
    assert_eq!(profile.user_id().as_deref(), Some(USER_ID));
    assert_eq!(profile.display_name().as_deref(), Some("Brown"));
    assert_eq!(profile.picture_url().as_deref(), Some("https://profile.line-scdn.net/abc"));
    assert_eq!(profile.status_message(), None);
    unplug();
    assert_eq!(told(liff.profile().await), (None, "Failed to fetch".into()));
}

#[wasm_bindgen_test]
async fn friendship_is_yes_no_or_an_error() {
    let liff = signed_in().await;
    assert_eq!(liff.friendship().await.unwrap().is_friend(), Some(true));
    answer("api.line.me/friendship/v1/status", 200, r#"{ "friendFlag": false }"#);
    assert_eq!(liff.friendship().await.unwrap().is_friend(), Some(false));
    let no_bot = r#"{ "message": "There is no login bot linked to this channel." }"#;
    answer("api.line.me/friendship/v1/status", 400, no_bot);
    let (code, message) = told(liff.friendship().await);
    assert_eq!(code, Some(ErrorCode::BadRequest));
    assert_eq!(message, "There is no login bot linked to this channel.");
}

#[wasm_bindgen_test]
async fn friendship_with_another_account() {
    let liff = signed_in().await;
    liff.friendship_with("@819").await.unwrap();
    assert_eq!(requests("api.line.me/friendship")[0][1], "api.line.me/friendship/v1/status?officialAccountId=%40819");
    assert_eq!(told(liff.friendship_with("819").await).0, Some(ErrorCode::InvalidArgument));
}

#[wasm_bindgen_test]
async fn a_request_for_friendship_is_checked_and_made() {
    let liff = signed_in().await;
    liff.request_friendship(&FriendshipRequest::default()).await.unwrap();
    let official_account = Some(OfficialAccount { id: "@819".into(), fallback: false });
    let request = FriendshipRequest { official_account, template: Some(FriendshipTemplate::Coupon) };
    liff.request_friendship(&request).await.unwrap();
    let checked = requests("access.line.me/oauth2/v2.1/liff/friendship/validate");
    assert_eq!(checked[0][2], "accessToken=access");
    let asked = "officialAccountId=%40819&officialAccountFallback=false&templateId=coupon&accessToken=access";
    assert_eq!(checked[1][2], asked);
}

#[wasm_bindgen_test]
async fn a_request_for_friendship_may_be_cancelled() {
    let liff = signed_in().await;
    answer("liff.line.me/liff/v2/sub/waitResult", 200, r#"{ "status": "cancel", "result": {} }"#);
    let (code, _) = told(liff.request_friendship(&FriendshipRequest::default()).await);
    assert_eq!(code, Some(ErrorCode::Unauthorized));
}

#[wasm_bindgen_test]
async fn a_wrong_account_is_an_error_with_a_cause() {
    let liff = signed_in().await;
    let refusal =
        r#"{ "valid": false, "error": { "code": "BOT_NOT_RESOLVED", "message": "No bot could be resolved." } }"#;
    answer("access.line.me/oauth2/v2.1/liff/friendship/validate", 200, refusal);
    answer("liff.line.me/liff/v2/sub/waitResult", 500, "{}");
    let error = liff.request_friendship(&FriendshipRequest::default()).await.unwrap_err();
    assert_eq!((error.code(), error.message().as_str()), (Some(ErrorCode::Forbidden), "No bot could be resolved."));
    let cause = js_sys::Reflect::get(&error.cause().unwrap(), &"code".into()).unwrap();
    assert_eq!(cause, "BOT_NOT_RESOLVED");
}

#[wasm_bindgen_test]
async fn permissions_are_told() {
    let liff = signed_in().await;
    let scopes = liff.granted_scopes().await.unwrap();
    assert_eq!(scopes, [Scope::OpenId, Scope::Profile, Scope::ChatMessageWrite]);
    assert_eq!(liff.query_permission(&Scope::Profile).await.unwrap(), PermissionState::Granted);
    assert_eq!(liff.query_permission(&Scope::Email).await.unwrap(), PermissionState::Unavailable);
    answer("api.line.me/oauth2/v2.1/verify", 200, r#"{ "scope": "openid", "client_id": "1234567890" }"#);
    assert_eq!(liff.query_permission(&Scope::Profile).await.unwrap(), PermissionState::Prompt);
    let unknown = Scope::Other("telepathy".into());
    assert_eq!(told(liff.query_permission(&unknown).await).0, Some(ErrorCode::InvalidArgument));
    assert_eq!(told(signed_out().await.granted_scopes().await).0, Some(ErrorCode::Unauthorized));
}

#[wasm_bindgen_test]
async fn all_permissions_may_be_asked_for() {
    let liff = signed_in().await;
    let agreed = r#"{ "status": "submit", "result": { "newAccessToken": "new" } }"#;
    answer("liff.line.me/liff/v2/sub/waitResult", 200, agreed);
    liff.request_all_permissions(None).await.unwrap();
    assert_eq!(liff.access_token().unwrap().as_deref(), Some("new"));

    answer("liff.line.me/liff/v2/sub/waitResult", 200, r#"{ "status": "close", "result": {} }"#);
    let account = OfficialAccount { id: "@819".into(), fallback: true };
    let (code, _) = told(liff.request_all_permissions(Some(&account)).await);
    assert_eq!(code, Some(ErrorCode::Unauthorized));
    let asked = &requests("api.line.me/liff/v2/sub/msit")[1][2];
    assert!(asked.contains(r#""officialAccountId":"@819","officialAccountFallback":true"#), "{asked}");
}
