//! Query strings and whole URLs, as LINE, a shop or an attacker writes them.

use crate::{mutation::mutated, text};
use proptest::{collection::vec, prelude::*, sample::select};
use url::form_urlencoded::byte_serialize;

/// Names that mean something to the page or to LINE, some in disguise, and names that mean nothing.
const NAMES: &[&str] = &[
    "liffId",
    "bindToken",
    "lang",
    "check",
    "code",
    "state",
    "liffClientId",
    "liffRedirectUri",
    "liffOAuth2Error",
    "liffIsEscapedFromApp",
    "error",
    "error_description",
    "error_uri",
    "errorX",
    "liff.state",
    "liff.referrer",
    "liff.hback",
    "liff.utm_source",
    "liff.subwindow.identifier",
    "liff.subwindow",
    "liff%2Esub%77indow.cryptokey",
    "lineAppVersion",
    "openExternalBrowser",
    "openInAppBrowser",
    "signedInAgain",
    "amp;bindToken",
    "amp;code",
    "amp;liffClientId",
    "amp;liff.state",
    "amp;amp;a",
    "liffid",
    "#038;bindToken",
    "#38;liffId",
    "%20bindToken",
    "%3FliffId",
    "%E2%80%8Bunlink",
    "unlink",
    "%6CiffId",
    "c%6Fde",
    "bind%54oken",
    "bindToken%00",
    "liff%2Estate",
    "+code",
    "ｃｏｄｅ",
    "utm_source",
    "ref",
    "a",
    "",
    "__proto__",
    "constructor",
    "hasOwnProperty",
];

const VALUES: &[&str] = &[
    "1656451635-z3yqZNO3",
    "%201656451635-z3yqZNO3",
    "%7BliffId%7D",
    "１６５６４５１６３５－ｚ３ｙｑＺＮＯ３",
    "1-evil",
    "T1",
    "t%2B1",
    "ab+cd/ef==",
    "50%off",
    "%8AO%91%95",
    "+",
    "en",
    "EN-us",
    "zh_TW",
    "th",
    "access_denied",
    "https%3A%2F%2Fevil.example",
    "%",
    "%4",
    "%zz",
    "%FF%FE",
    "%00",
    "a=b=c",
    "x%26code%3D1",
    "%3Fliff.subwindow.identifier%3Da",
    "/x%26liff.subwindow.identifier%3Da",
    "%23",
];

/// Text as `application/x-www-form-urlencoded`.
fn form_encoded(text: &str) -> String {
    byte_serialize(text.as_bytes()).collect()
}

fn pair() -> impl Strategy<Value = String> {
    let value = || {
        prop_oneof![
            5 => select(VALUES).prop_map(str::to_owned),
            2 => text::hostile().prop_map(|text| form_encoded(&text)),
            1 => text::hostile(),
        ]
    };
    prop_oneof![
        12 => (select(NAMES), value()).prop_map(|(name, value)| [name, "=", &value].concat()),
        1 => select(NAMES).prop_map(str::to_owned),
        1 => (text::hostile(), value()).prop_map(|(name, value)| [&form_encoded(&name), "=", &value].concat()),
        1 => text::hostile(),
    ]
}

fn flat() -> impl Strategy<Value = String> {
    vec(pair(), 0..6).prop_map(|pairs| pairs.join("&"))
}

/// A `liff.state`: a URL relative to the endpoint.
pub fn state() -> impl Strategy<Value = String> {
    let before = select(["?", "?", "/path?", "", "#x?", "/a&liff.subwindow.identifier=b?"].as_slice());
    let behind = select(["", "", "#id_token=x", "#&liff.subwindow.identifier=a"].as_slice());
    (before, flat(), behind).prop_map(|(before, query, behind)| [before, &query, behind].concat())
}

/// A query, often with another in its `liff.state`, and sometimes damaged.
pub fn query() -> impl Strategy<Value = String> {
    // Encoded as a whole, as LINE does, or only in part, as people do.
    let held_back = (state(), any::<bool>()).prop_map(|(state, whole)| {
        let encoded = if whole { form_encoded(&state) } else { state.replace('&', "%26").replace('#', "%23") };
        ["liff.state=", &encoded].concat()
    });
    let nested =
        (flat(), held_back, flat()).prop_map(|(before, held_back, behind)| [before, held_back, behind].join("&"));
    mutated(prop_oneof![flat(), nested])
}

/// `location.href`, or a text in its place.
pub fn href() -> impl Strategy<Value = String> {
    let base = prop_oneof![
        12 => Just("https://shop.example/liff-bind.html".to_owned()),
        1 => select(["http://localhost:8080/", "https://[::1]/p", "https://u@h/", "about:blank", ""].as_slice()).prop_map(str::to_owned),
        1 => text::hostile(),
    ];
    let fragment =
        prop_oneof![2 => Just(String::new()), 1 => Just("#id_token=a.b.c&code=x".to_owned()), 1 => text::hostile()];
    (base, query(), fragment).prop_map(|(base, query, fragment)| [&base, "?", &query, &fragment].concat())
}
