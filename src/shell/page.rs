//! The page's own browser: its URL, storage, clock and clipboard.

use crate::{
    core::{Event, Opening, Text, Turn, before},
    i18n::Language,
};
use js_sys::{Date, Promise};
use wasm_bindgen::prelude::*;
use web_sys::{Document, Storage, Window};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = performance, js_name = now, catch)]
    fn since_navigation() -> Result<f64, JsValue>;
    /// `src/boot.js`: the URL's fragment as the page was opened with it.
    #[wasm_bindgen(js_namespace = liffBind, js_name = fragment, catch)]
    fn first_fragment() -> Result<String, JsValue>;
    /// `src/boot.js`: a UUID, version 4.
    #[wasm_bindgen(js_namespace = liffBind, js_name = uuid, catch)]
    fn random_uuid() -> Result<String, JsValue>;
    /// `src/boot.js`: the texts of the language shown, a line each.
    #[wasm_bindgen(js_namespace = liffBind, js_name = words, catch)]
    pub(super) fn words() -> Result<String, JsValue>;
    /// `src/boot.js`: "1 minute ago", in that language.
    #[wasm_bindgen(js_namespace = liffBind, js_name = ago, catch)]
    fn say_ago(seconds: u32) -> Result<String, JsValue>;
    /// `src/boot.js`: copies the text, which is that of `<output>`, by whichever way the browser allows.
    #[wasm_bindgen(js_namespace = liffBind, js_name = copy, catch)]
    pub(super) fn copy_text(text: &str) -> Result<Promise, JsValue>;
}

/// Under which `sessionStorage` keeps the bind under way.
const PENDING: &str = "liff-bind:pending";

pub(super) fn window() -> Option<Window> {
    web_sys::window()
}

pub(super) fn document() -> Option<Document> {
    window()?.document()
}

/// `location.href` without the fragment, which holds tokens.
pub(super) fn url() -> Text {
    before(href(), b'#')
}

/// The fragment that the page was opened with, where LINE puts its tokens.
pub(super) fn fragment() -> Text {
    first_fragment().unwrap_or_default().leak()
}

/// `location.href`.
pub(super) fn href() -> Text {
    window().and_then(|window| window.location().href().ok()).unwrap_or_default().leak()
}

/// The `content` of `<meta name="…">`: how a deployment is configured.
pub(super) fn meta(name: &str) -> Text {
    let find = || document()?.query_selector(&["meta[name=\"", name, "\"]"].concat()).ok()??.get_attribute("content");
    find().unwrap_or_default().leak()
}

/// The language shown: `boot.js` has chosen it and fetched its words.
pub(super) fn language() -> Language {
    Language::new(words().unwrap_or_default().leak(), |seconds| say_ago(seconds).unwrap_or_default())
}

/// The page as the app finds it.
pub(super) fn opening() -> Opening {
    let navigator = window().map(|window| window.navigator());
    let user_agent = navigator.as_ref().and_then(|navigator| navigator.user_agent().ok()).unwrap_or_default();
    let kept = session_storage().and_then(|storage| storage.get_item(PENDING).ok().flatten());
    Opening {
        href: url(),
        href_length: href().len(),
        loading: since_navigation().unwrap_or_default(),
        referrer: document().map(|document| document.referrer()).unwrap_or_default().leak(),
        user_agent: user_agent.leak(),
        touch: navigator.as_ref().is_some_and(|navigator| navigator.max_touch_points() > 1),
        language: document()
            .and_then(|document| document.document_element())
            .and_then(|root| root.get_attribute("lang"))
            .unwrap_or_default()
            .leak(),
        default_liff_id: meta("liff-id"),
        kept: kept.map(|kept| &*kept.leak()),
        spare_key: uuid(),
    }
}

pub(super) fn session_storage() -> Option<Storage> {
    window()?.session_storage().ok().flatten()
}

/// Keeps the bind under way, or nothing. A full store is no reason to stop: the key then lives as long as the page.
pub(super) fn keep(text: Option<&str>) {
    if let Some(storage) = session_storage() {
        drop(text.map_or_else(|| storage.remove_item(PENDING), |text| storage.set_item(PENDING, text)));
    }
}

/// The phone's clock in milliseconds since 1970.
pub(super) fn now() -> f64 {
    Date::now()
}

/// Whether the phone believes it has a connection.
pub(super) fn online() -> bool {
    window().is_none_or(|window| window.navigator().on_line())
}

/// A fresh UUID, version 4.
pub(super) fn uuid() -> Text {
    random_uuid().unwrap_or_default().leak()
}

/// Puts a URL into the address bar without loading it.
pub(super) fn show_url(url: &str) {
    if let Some(history) = window().and_then(|window| window.history().ok()) {
        drop(history.replace_state_with_url(&JsValue::NULL, "", Some(url)));
    }
}

/// Loads the page anew.
pub(super) fn reload() {
    if let Some(window) = window() {
        drop(window.location().reload());
    }
}

/// Copies to the clipboard; where the browser does not let it, the text is left selected on the screen.
pub(super) async fn copy(turn: Turn, text: Text) -> Option<Event> {
    copy_text(text).ok()?.await.ok()?;
    Some(Event::Copied(turn))
}
