//! The context, as in LINE's reference.

use crate::{LIFF_ID, USER_ID, doing, js, signed_in, signed_out};
use line_liff::{ContextType, Feature, Scope, ViewType};
use serde_json::json;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
async fn in_line_everything_is_told() {
    let context = signed_in().await.context().unwrap().unwrap();
    assert_eq!(context.kind(), Some(ContextType::Utou));
    assert_eq!(context.user_id().as_deref(), Some(USER_ID));
    assert_eq!(context.liff_id().as_deref(), Some(LIFF_ID));
    assert_eq!(context.view_type(), Some(ViewType::Full));
    assert_eq!(context.endpoint_url(), web_sys::window().unwrap().location().origin().ok().map(|origin| origin + "/"));
    assert_eq!(context.access_token_hash().as_deref(), Some("EVWYWo1yYA"));
    assert_eq!(context.scopes().unwrap(), [Scope::ChatMessageWrite, Scope::OpenId, Scope::Profile]);
    assert_eq!(context.mini_app_id(), None);
    assert_eq!(context.is_mini_domain_allowed(), Some(false));
    assert_eq!(context.permanent_link_pattern().as_deref(), Some("concat"));
    assert_eq!((context.has_linked_bot(), context.device(), context.is_iap_sandbox()), (None, None, None));
}

#[wasm_bindgen_test]
async fn availability_has_every_feature_of_the_reference() {
    let context = signed_in().await.context().unwrap().unwrap();
    for (feature, permitted, version) in [
        (Feature::ShareTargetPicker, true, "10.3.0"),
        (Feature::MultipleLiffTransition, true, "10.18.0"),
        (Feature::SubwindowOpen, true, "11.7.0"),
        (Feature::ScanCode, true, "9.4.0"),
        (Feature::ScanCodeV2, true, "11.7.0"),
        (Feature::GetAdvertisingId, false, "7.14.0"),
        (Feature::AddToHomeScreen, false, "9.16.0"),
        (Feature::BluetoothLeFunction, false, "9.14.0"),
        (Feature::SkipChannelVerificationScreen, true, "11.14.0"),
        (Feature::AddToHomeV2, true, "13.20.0"),
        (Feature::AddToHomeHideDomain, false, "13.20.0"),
        (Feature::AddToHomeLineScheme, false, "13.20.0"),
    ] {
        let availability = context.availability(&feature).unwrap();
        assert_eq!(availability.is_permitted(), Some(permitted), "{feature}");
        assert_eq!(availability.min_version().as_deref(), Some(version), "{feature}");
    }
    let old = context.availability(&Feature::ScanCode).unwrap();
    assert_eq!(old.unsupported_from_version().as_deref(), Some("9.19.0"));
    let new = context.availability(&Feature::ScanCodeV2).unwrap();
    assert_eq!(new.min_os_version().as_deref(), Some("14.3.0"));
    assert_eq!((new.max_version(), new.max_os_version(), new.unsupported_from_os_version()), (None, None, None));
    assert!(context.availability(&Feature::Iap).is_none());
}

#[wasm_bindgen_test]
async fn the_header_has_its_colours() {
    let colours = signed_in().await.context().unwrap().unwrap().menu_colors().unwrap();
    assert_eq!(colours.schemes().unwrap(), ["light"]);
    for (colours, text, background) in
        [(colours.light().unwrap(), "#111111", "#FFFFFF"), (colours.dark().unwrap(), "#FFFFFF", "#111111")]
    {
        assert_eq!(colours.icon().as_deref(), Some(text));
        assert_eq!(colours.status_bar().as_deref(), Some("black"));
        assert_eq!(colours.title_text().as_deref(), Some(text));
        assert_eq!(colours.title_subtext().as_deref(), Some("#B7B7B7"));
        assert_eq!(colours.title_button().as_deref(), Some(text));
        assert_eq!(colours.title_background().as_deref(), Some(background));
        assert_eq!(colours.progress_bar().as_deref(), Some("#06C755"));
        assert_eq!(colours.progress_background().as_deref(), Some(background));
    }
}

#[wasm_bindgen_test]
async fn outside_line_there_is_no_size() {
    let context = signed_out().await.context().unwrap().unwrap();
    assert_eq!((context.kind(), context.view_type()), (Some(ContextType::External), None));
}

#[wasm_bindgen_test]
fn what_only_the_sdks_types_have() {
    let context = json!({
        "type": "square_chat",
        "viewType": "frame",
        "hasLinkedBot": true,
        "device": "secondary",
        "isIapSandbox": false,
        "miniAppId": "shop",
        "utouId": "e2bff570",
        "groupId": "C1",
        "roomId": "R1",
    });
    let liff = doing("getContext", "gives", &js(&context));
    let context = liff.context().unwrap().unwrap();
    assert_eq!(context.kind(), Some(ContextType::SquareChat));
    assert_eq!(context.view_type(), Some(ViewType::Other("frame".into())));
    assert_eq!(context.has_linked_bot(), Some(true));
    assert_eq!(context.device().as_deref(), Some("secondary"));
    assert_eq!(context.is_iap_sandbox(), Some(false));
    assert_eq!(context.mini_app_id().as_deref(), Some("shop"));
    #[expect(deprecated, reason = "LINE's reference has them")]
    let ids = [context.utou_id(), context.group_id(), context.room_id()];
    assert_eq!(ids, [Some("e2bff570".into()), Some("C1".into()), Some("R1".into())]);
}
