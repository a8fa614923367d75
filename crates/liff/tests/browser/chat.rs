//! Messages in the user's name.

use crate::{answer, destinations, requests, signed_in, signed_out, told};
use line_liff::{ErrorCode, Message, Recipients, Shared};
use serde_json::json;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
async fn messages_are_sent() {
    let liff = signed_in().await;
    liff.send_messages(&[Message::text("Grüße, 世界"), Message::sticker("446", "1988")]).await.unwrap();
    let [method, _, body] = &requests("api.line.me/message/v3/share")[0];
    assert_eq!(method, "POST");
    let messages = json!([
        { "type": "text", "text": "Grüße, 世界" },
        { "type": "sticker", "packageId": "446", "stickerId": "1988" },
    ]);
    assert_eq!(serde_json::from_str::<serde_json::Value>(body).unwrap(), json!({ "messages": messages }));
}

#[wasm_bindgen_test]
async fn none_and_too_many_messages_are_refused() {
    let liff = signed_in().await;
    let too_many: [_; 6] = std::array::from_fn(|_| Message::text("Hello"));
    for messages in [&[][..], &too_many] {
        assert_eq!(told(liff.send_messages(messages).await).0, Some(ErrorCode::InvalidArgument));
        let shared = liff.share_target_picker(messages, Recipients::Many).await;
        assert_eq!(told(shared).0, Some(ErrorCode::InvalidArgument));
    }
}

#[wasm_bindgen_test]
async fn a_missing_permission_is_an_error() {
    let liff = signed_in().await;
    let refusal = r#"{ "message": "user doesn't grant required permissions yet" }"#;
    answer("api.line.me/message/v3/share", 403, refusal);
    let refused = told(liff.send_messages(&[Message::text("Hello")]).await);
    assert_eq!(refused, (Some(ErrorCode::NotPermitted), "user doesn't grant required permissions yet".into()));
}

#[wasm_bindgen_test]
async fn the_target_picker_sends_or_is_closed() {
    let liff = signed_in().await;
    let messages = [Message::text("Hello")];
    assert_eq!(liff.share_target_picker(&messages, Recipients::One).await.unwrap(), Shared::Sent);
    let picker = destinations().pop().unwrap();
    assert!(picker.starts_with("line://picker?"), "{picker}");
    let asked = String::from(js_sys::decode_uri_component(&picker).unwrap());
    assert!(asked.contains(r#""messages":[{"type":"text","text":"Hello"}],"isMultiple":false"#), "{asked}");

    answer("access.line.me/oauth2/v2.1/liff/shareTargetPicker/result", 200, r#"{ "result": "CANCEL" }"#);
    assert_eq!(liff.share_target_picker(&messages, Recipients::Many).await.unwrap(), Shared::Cancelled);

    let failure = r#"{ "result": "FAILURE", "resultDescription": "no such group" }"#;
    answer("access.line.me/oauth2/v2.1/liff/shareTargetPicker/result", 200, failure);
    let failed = told(liff.share_target_picker(&messages, Recipients::Many).await);
    assert_eq!(failed, (Some(ErrorCode::ExceptionInSubwindow), "no such group".into()));
}

#[wasm_bindgen_test]
async fn the_target_picker_needs_a_sign_in() {
    let liff = signed_out().await;
    let shared = liff.share_target_picker(&[Message::text("Hello")], Recipients::Many).await;
    assert_eq!(told(shared).0, Some(ErrorCode::Unauthorized));
}
