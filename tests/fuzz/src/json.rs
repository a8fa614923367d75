//! JSON as a bind API, a proxy or an attacker sends it.

use crate::text;
use proptest::{collection::vec, prelude::*, sample::Index, sample::select};
use serde_json::{Value, json};

/// Every member that the page reads, and some that it must not know.
const NAMES: &[&str] = &[
    "content",
    "bindingId",
    "status",
    "returnUrl",
    "shop",
    "merchantName",
    "logoUrl",
    "siteHost",
    "oaName",
    "oaBasicId",
    "privacyUrl",
    "colour",
    "errorCode",
    "supportId",
    "consent",
    "version",
    "requestedFrom",
    "device",
    "ageSeconds",
    "ends",
    "deauthorized",
    "canUnlink",
    "chatText",
    "__proto__",
    "constructor",
    "prototype",
    "toString",
    "length",
    "detail",
    "",
];

const ERROR_CODES: &[&str] = &[
    "INVALID_REQUEST_BODY",
    "BIND_TOKEN_MISSING",
    "BIND_TOKEN_INVALID",
    "VISITOR_NOT_FOUND",
    "ID_TOKEN_EXPIRED",
    "ID_TOKEN_INVALID",
    "ID_TOKEN_AUDIENCE_MISMATCH",
    "LIFF_ID_UNKNOWN",
    "LIFF_ID_WRONG_MODULE",
    "BIND_TOKEN_EXPIRED",
    "BIND_TOKEN_USED",
    "VISITOR_BOUND_TO_OTHER_LINE",
    "MEMBER_ID_CONFLICT",
    "CONSENT_REQUIRED",
    "BINDING_DISABLED",
    "UNLINK_DISABLED",
    "ACCESS_TOKEN_INVALID",
    "CHANNEL_NOT_CONNECTED",
    "PROVIDER_MISMATCH",
    "ORIGIN_NOT_ALLOWED",
    "RATE_LIMITED",
    "IDEMPOTENCY_IN_PROGRESS",
    "IDEMPOTENCY_KEY_REUSED",
    "LINE_UNAVAILABLE",
    "INTERNAL_ERROR",
    "toString",
    "constructor",
];

const WORDS: &[&str] = &[
    "#0a7cff",
    "#FFFFFF",
    "#0a7cf",
    "bound",
    "alreadyBound",
    "b_1",
    " ",
    "2026-01",
    "7K3F-92QD",
    "@shop",
    "@A/../x",
    "shop.example",
    "https://shop.example/cart",
    "https://shop.example:8443",
    "https://user@evil.example/",
    "https:evil.example",
    "https://evil.example\\@shop.example/",
    "javascript:alert(1)",
    "<img src=x onerror=alert(1)>",
];

/// A string, a number or nothing at all, as it may stand in a wrong place.
fn leaf() -> impl Strategy<Value = Value> {
    let number = select(vec![
        json!(0),
        json!(-1),
        json!(74),
        json!(0.5),
        json!(u64::MAX),
        json!(i64::MIN),
        json!(1e308),
        json!(-1e308),
    ]);
    prop_oneof![
        4 => select(WORDS).prop_map(Value::from),
        3 => select(ERROR_CODES).prop_map(Value::from),
        4 => text::hostile().prop_map(Value::from),
        2 => number,
        1 => any::<bool>().prop_map(Value::from),
        1 => Just(Value::Null),
        1 => Just(json!({})),
        1 => Just(json!([])),
    ]
}

fn name() -> impl Strategy<Value = String> {
    prop_oneof![9 => select(NAMES).prop_map(str::to_owned), 1 => text::hostile()]
}

/// A tree of any shape with the API's own names in it.
pub fn tree() -> impl Strategy<Value = Value> {
    leaf().prop_recursive(4, 24, 6, |inner| {
        prop_oneof![
            5 => vec((name(), inner.clone()), 0..6).prop_map(|members| Value::Object(members.into_iter().collect())),
            1 => vec(inner, 0..4).prop_map(Value::Array),
        ]
    })
}

/// An answer as in `docs/bind-api`: a success, an unlinking, a request for consent or a problem.
pub fn answer() -> impl Strategy<Value = Value> {
    let shop = json!({
        "merchantName": "好日子選物", "logoUrl": "https://gooddays.example/logo.png", "siteHost": "gooddays.example",
        "oaName": "好日子選物", "oaBasicId": "@gooddays", "privacyUrl": "https://gooddays.example/privacy", "colour": "#0a7cff",
        "canUnlink": true, "chatText": "完成綁定",
    });
    let success = json!({ "content": {
        "bindingId": "b_1", "status": "bound", "boundAt": "2026-01-02T03:04:06Z", "message": "queued", "shop": shop,
        "returnUrl": "https://gooddays.example/cart",
    }});
    let consent = json!({
        "status": 428, "errorCode": "CONSENT_REQUIRED", "consent": { "version": "2026-01" }, "shop": shop,
        "requestedFrom": { "device": "Windows, Chrome", "ageSeconds": 74 }, "ends": ["messages", "orders"],
    });
    let unlinked = json!({ "content": { "status": "unlinked", "deauthorized": true, "shop": shop } });
    let nothing_linked = json!({ "content": { "status": "notLinked", "deauthorized": false, "shop": shop } });
    let problem = select(ERROR_CODES).prop_map(move |code| {
        json!({ "type": "https://docs.example/x", "title": "x", "status": 400, "detail": "x", "errorCode": code, "supportId": "7K3F-92QD", "shop": shop })
    });
    prop_oneof![3 => Just(success), 1 => Just(unlinked), 1 => Just(nothing_linked), 2 => Just(consent), 3 => problem]
}

/// Damage to a node of a tree.
#[derive(Clone, Debug)]
enum Damage {
    Replace(Value),
    Wrap,
    Add(String, Value),
    Remove(Index),
}

impl Damage {
    fn apply(&self, node: &mut Value) {
        match (self, node) {
            (Self::Replace(value), node) => *node = value.clone(),
            (Self::Wrap, node) => *node = Value::Array(vec![node.take()]),
            (Self::Add(name, value), Value::Object(members)) => {
                members.insert(name.clone(), value.clone());
            }
            (Self::Remove(place), Value::Object(members)) if !members.is_empty() => {
                let name = members.keys().nth(place.index(members.len())).cloned();
                members.remove(&name.unwrap_or_default());
            }
            _ => (),
        }
    }
}

fn damage() -> impl Strategy<Value = Damage> {
    prop_oneof![
        8 => leaf().prop_map(Damage::Replace),
        1 => tree().prop_map(Damage::Replace),
        1 => Just(Damage::Wrap),
        2 => (name(), leaf()).prop_map(|(name, value)| Damage::Add(name, value)),
        3 => any::<Index>().prop_map(Damage::Remove),
    ]
}

/// The node of this number, counted from the root; `None` beyond the last.
fn node<'a>(tree: &'a mut Value, number: &mut usize) -> Option<&'a mut Value> {
    let Some(left) = number.checked_sub(1) else { return Some(tree) };
    *number = left;
    match tree {
        Value::Object(members) => members.values_mut().find_map(|below| node(below, number)),
        Value::Array(items) => items.iter_mut().find_map(|below| node(below, number)),
        _ => None,
    }
}

/// A value of `base`, unchanged or with up to four damaged nodes.
pub fn damaged(base: impl Strategy<Value = Value>) -> impl Strategy<Value = Value> {
    (base, vec((0..16_usize, damage()), 0..5)).prop_map(|(mut tree, damages)| {
        for (mut number, damage) in damages {
            if let Some(node) = node(&mut tree, &mut number) {
                damage.apply(node);
            }
        }
        tree
    })
}
