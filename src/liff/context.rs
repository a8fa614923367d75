//! The SDK's answers on where it runs.

use js_sys::{JsString, Object};
use wasm_bindgen::{JsCast, prelude::*};

#[wasm_bindgen]
extern "C" {
    /// `liff.getContext()` (LIFF reference).
    #[wasm_bindgen(extends = Object, is_type_of = is_object)]
    #[derive(Clone, Debug)]
    pub type Context;
    #[wasm_bindgen(method, getter, structural, js_name = type)]
    fn raw_kind(this: &Context) -> JsValue;
    #[wasm_bindgen(method, getter, structural, js_name = viewType)]
    fn raw_view_type(this: &Context) -> JsValue;

    /// `liff.getFriendship()` (LIFF reference).
    #[wasm_bindgen(extends = Object, is_type_of = is_object)]
    #[derive(Clone, Debug)]
    pub type Friendship;
    #[wasm_bindgen(method, getter, structural, js_name = friendFlag)]
    fn raw_friend_flag(this: &Friendship) -> JsValue;
}

pub(super) fn is_object(value: &JsValue) -> bool {
    value.is_object()
}

fn text(value: JsValue) -> Option<String> {
    value.dyn_into::<JsString>().ok().map(String::from)
}

impl Context {
    /// `type`: where the LIFF app was opened: `utou`, `group`, `room`, `square_chat` (`OpenChat`), `external` or `none`.
    #[must_use]
    pub fn kind(&self) -> Option<String> {
        text(self.raw_kind())
    }

    /// `viewType`: `compact`, `tall` or `full`; `None` outside LINE.
    #[must_use]
    pub fn view_type(&self) -> Option<String> {
        text(self.raw_view_type())
    }
}

impl Friendship {
    /// `friendFlag`: whether the account is a friend and not blocked. `None` when LINE does not say.
    #[must_use]
    pub fn is_friend(&self) -> Option<bool> {
        self.raw_friend_flag().as_bool()
    }
}
