//! The page: its address, its settings, and the files that `src/boot.js` has fetched for it.

use super::{json, random, storage};
use crate::core::{Fragment, Handover, Json, Opening, split_fragment};
use js_sys::{Array, Intl::RelativeTimeFormat, Object, Promise, Reflect};
use leptos::prelude::{document, location, window};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    type Boot;
    #[wasm_bindgen(thread_local_v2, js_name = liffBind)]
    static BOOT: Boot;
    #[wasm_bindgen(method, getter)]
    fn language(this: &Boot) -> String;
    #[wasm_bindgen(method, getter)]
    fn words(this: &Boot) -> JsValue;
    #[wasm_bindgen(method, getter)]
    fn since(this: &Boot) -> f64;
    #[wasm_bindgen(method, catch)]
    fn load(this: &Boot, name: &str) -> Result<Promise, JsValue>;
}

#[wasm_bindgen]
extern "C" {
    /// `src/boot/visit.js`. Missing if visits aren't counted.
    #[wasm_bindgen(catch, js_namespace = liffVisit, js_name = count)]
    fn send(visit: &str) -> Result<(), JsValue>;
}

/// The language shown: a BCP 47 tag, chosen by `src/boot.js`. (`<html lang>` may have been rewritten by a translator.)
#[must_use]
pub fn language() -> String {
    BOOT.with(Boot::language)
}

/// The words of that language, as `src/boot.js` has fetched them.
#[must_use]
pub fn words() -> Json {
    json::read(&BOOT.with(Boot::words))
}

/// Imports the module that `<meta name="…">` names.
pub(super) async fn load(name: &str) -> Result<JsValue, JsValue> {
    BOOT.with(|boot| boot.load(name))?.await
}

/// A number of seconds as a relative time, in the language shown.
#[must_use]
pub fn ago(seconds: u32) -> String {
    let (unit, length) = match seconds {
        0..60 => ("second", 1),
        60..3600 => ("minute", 60),
        _ => ("hour", 3600),
    };
    let format = RelativeTimeFormat::new(&Array::of1(&language().into()), &Object::new());
    format.format(-f64::from(seconds / length), unit).into()
}

fn fragment() -> String {
    location().hash().unwrap_or_default()
}

/// A field of the fragment, where LINE hands over its tokens (LIFF SDK 2.31.0, `init`).
#[must_use]
pub fn fragment_field(name: &str) -> Option<String> {
    field(&fragment(), name).map(str::to_owned)
}

fn field<'f>(fragment: &'f str, name: &str) -> Option<&'f str> {
    fragment.trim_start_matches('#').split('&').find_map(|field| field.strip_prefix(name)?.strip_prefix('='))
}

/// The `content` of `<meta name="…">`, which configures a deployment; empty if it is missing.
#[must_use]
pub fn meta(name: &str) -> String {
    let meta = document().query_selector(&["meta[name=\"", name, "\"]"].concat()).ok().flatten();
    meta.and_then(|meta| meta.get_attribute("content")).unwrap_or_default().trim().to_owned()
}

/// Whether the phone believes it has a connection.
pub(super) fn is_online() -> bool {
    window().navigator().on_line()
}

/// The page as the app finds it.
#[must_use]
pub fn opening() -> Opening {
    let navigator = window().navigator();
    let href = location().href().unwrap_or_default();
    let (url, fragment) = split_fragment(&href);
    let has = |token| field(&fragment, token).is_some_and(|token| !token.is_empty());
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the cast saturates")]
    let loading = window().performance().map_or(0, |performance| (performance.now() - BOOT.with(Boot::since)) as u32);
    Opening {
        href: url,
        href_length: href.len(),
        handover: Handover { access_token: has("access_token"), id_token: has("id_token") },
        shortcuts: meta("shortcuts") == "on",
        loading,
        user_agent: navigator.user_agent().unwrap_or_default(),
        touch: navigator.max_touch_points() > 1,
        platform: platform(&navigator).unwrap_or_default(),
        language: language(),
        default_liff_id: meta("liff-id"),
        kept: storage::kept(),
        spare_key: random::key(),
    }
}

/// `navigator.userAgentData.platform` (User-Agent Client Hints), which Chromium has.
fn platform(navigator: &JsValue) -> Option<String> {
    let hints = Reflect::get(navigator, &"userAgentData".into()).ok()?;
    Reflect::get(&hints, &"platform".into()).ok()?.as_string()
}

/// Puts a URL into the address bar without loading it.
pub fn show_url(url: &str, fragment: Fragment) {
    let behind = match fragment {
        Fragment::Keep => self::fragment(),
        Fragment::Drop => String::new(),
    };
    if let Ok(history) = window().history() {
        // Fails only for another origin's URL.
        drop(history.replace_state_with_url(&JsValue::NULL, "", Some(&[url, &behind].concat())));
    }
}

/// Sends the one beacon of this page load.
pub(super) fn count(visit: &str) {
    drop(send(visit));
}

pub fn reload() {
    drop(location().reload());
}
