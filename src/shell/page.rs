//! The page's own browser: its URL, storage, clock and clipboard, most of it by way of `src/boot.js`.

use crate::{
    core::{Opening, Text, before, cut, number},
    i18n::Language,
};
use js_sys::{Date, Promise};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = location, js_name = toString)]
    fn location() -> String;
    #[wasm_bindgen(js_namespace = location, js_name = reload)]
    pub(super) fn reload();
    #[wasm_bindgen(js_namespace = history, js_name = replaceState, catch)]
    fn replace_state(state: &JsValue, unused: &str, url: &str) -> Result<(), JsValue>;
    /// `src/boot.js`: the `content` of `<meta name="…">`, nothing where there is none.
    #[wasm_bindgen(js_namespace = liffBind, js_name = meta)]
    fn read_meta(name: &str) -> String;
    /// `src/boot.js`: most of an [`Opening`], a line each.
    #[wasm_bindgen(js_namespace = liffBind, js_name = opening)]
    fn told_opening() -> String;
    /// `src/boot.js`: keeps the bind under way, or nothing. A full store is no reason to stop: the key then lives as long as
    /// the page.
    #[wasm_bindgen(js_namespace = liffBind, js_name = keep)]
    pub(super) fn keep(text: Option<&str>);
    /// `src/boot.js`: the URL's fragment as the page was opened with it.
    #[wasm_bindgen(js_namespace = liffBind, js_name = fragment)]
    fn first_fragment() -> String;
    /// `src/boot.js`: a UUID, version 4.
    #[wasm_bindgen(js_namespace = liffBind, js_name = uuid)]
    fn random_uuid() -> String;
    /// `src/boot.js`: the texts of the language shown, a line each.
    #[wasm_bindgen(js_namespace = liffBind, js_name = words)]
    pub(super) fn words() -> String;
    /// `src/boot.js`: "1 minute ago", in that language.
    #[wasm_bindgen(js_namespace = liffBind, js_name = ago, catch)]
    fn say_ago(seconds: u32) -> Result<String, JsValue>;
    /// `src/boot.js`: whether the phone believes it has a connection.
    #[wasm_bindgen(js_namespace = liffBind, js_name = online)]
    pub(super) fn online() -> bool;
    /// `src/boot.js`: copies the text, which is that of `<output>`, by whichever way the browser allows.
    #[wasm_bindgen(js_namespace = liffBind, js_name = copy)]
    pub(super) fn copy(text: &str) -> Promise;
}

/// `location.href` without the fragment, which holds tokens.
pub(super) fn url() -> Text {
    before(href(), b'#')
}

/// The fragment that the page was opened with, where LINE puts its tokens.
pub(super) fn fragment() -> Text {
    first_fragment().leak()
}

/// `location.href`.
pub(super) fn href() -> Text {
    location().leak()
}

/// The `content` of `<meta name="…">`: how a deployment is configured.
pub(super) fn meta(name: &str) -> Text {
    read_meta(name).leak()
}

/// The language shown: `boot.js` has chosen it and fetched its words.
pub(super) fn language() -> Language {
    Language::new(words().leak(), |seconds| say_ago(seconds).unwrap_or_default())
}

/// The page as the app finds it.
pub(super) fn opening() -> Opening {
    let href = href();
    let mut rest: Text = told_opening().leak();
    let mut line = || {
        let (line, behind) = cut(rest, b'\n').unwrap_or((rest, ""));
        rest = behind;
        line
    };
    Opening {
        href: before(href, b'#'),
        href_length: href.len(),
        loading: number(line()).unwrap_or_default(),
        referrer: line(),
        user_agent: line(),
        touch: line() == "true",
        language: line(),
        default_liff_id: meta("liff-id"),
        spare_key: uuid(),
        kept: Some(rest),
    }
}

/// The phone's clock in milliseconds since 1970.
pub(super) fn now() -> f64 {
    Date::now()
}

/// A fresh UUID, version 4.
pub(super) fn uuid() -> Text {
    random_uuid().leak()
}

/// Puts a URL into the address bar without loading it.
pub(super) fn show_url(url: &str) {
    drop(replace_state(&JsValue::NULL, "", url));
}
