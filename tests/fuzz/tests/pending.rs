//! The record in `sessionStorage`, which any script of the same origin can write.

use fuzz::{config, json, mutation::mutated, query, text};
use liff_bind::core::{Account, BindToken, IdempotencyKey, Json, LiffId, LineAccount, Past, Pending, Purpose};
use proptest::{collection, option, prelude::*, sample::select};
use serde_json::{Value, json};

fn pending() -> impl Strategy<Value = Pending> {
    (alone(), collection::vec(alone(), 0..=3)).prop_map(|(pending, others)| Pending { others, ..pending })
}

fn alone() -> impl Strategy<Value = Pending> {
    let line = || (option::of(text::hostile()), option::of(text::hostile()));
    let line = || line().prop_map(|(name, id)| LineAccount::new(name.as_deref(), id.as_deref()));
    let account = prop_oneof![
        Just(Account::Unclear),
        option::of(line()).prop_map(|renews| Account::SigningIn { renews }),
        line().prop_map(Account::Own)
    ];
    let others = (option::of(line()), option::of(line()));
    let texts = (text::liff_id(), option::of(text::hostile()), query::query(), account, others);
    (texts, any::<[u8; 16]>(), select(Past::ALL), any::<[bool; 4]>()).prop_filter_map(
        "a LIFF ID",
        |(
            (liff_id, bind_token, query, account, (declined, sender)),
            key,
            past,
            [signed_in_again, returned, shared, unlinks],
        )| {
            let bind_token = bind_token.and_then(|token| BindToken::read(&token));
            let (liff_id, key) = (LiffId::read(&liff_id)?, IdempotencyKey::from_random(key));
            let purpose = if unlinks { Purpose::Unlink } else { Purpose::Bind };
            Some(Pending {
                purpose,
                liff_id,
                bind_token,
                key,
                signed_in_again,
                past,
                returned,
                account,
                declined,
                sender,
                shared,
                query,
                others: Vec::new(),
            })
        },
    )
}

/// Whether a key can be sent as a header: `fetch` throws for a value with other characters.
fn is_uuid(key: &str) -> bool {
    key.len() == 36 && key.chars().all(|c| c.is_ascii_hexdigit() || c == '-')
}

fn none_or_sound(kept: &Value) -> Result<(), TestCaseError> {
    if let Some(pending) = Pending::read(&Json::from(kept.clone())) {
        let text = |name| kept.get(name).and_then(Value::as_str);
        prop_assert!(is_uuid(pending.key.as_str()), "{:?}", pending.key);
        prop_assert_eq!(text("key"), Some(pending.key.as_str()));
        prop_assert_eq!(text("query"), Some(pending.query.as_str()));
        prop_assert!(text("liffId").and_then(LiffId::read).is_some_and(|id| id == pending.liff_id), "{pending:?}");
        prop_assert!(text("bindToken").and_then(BindToken::read) == pending.bind_token, "{pending:?}");
        prop_assert_eq!(Pending::read(&Json::parse(&pending.to_json())), Some(pending));
    }
    Ok(())
}

/// A stored text, as the page reads it.
fn parsed(kept: &str) -> Value {
    serde_json::from_str(kept).unwrap_or_default()
}

proptest! {
    #![proptest_config(config(60_000))]

    #[test]
    fn a_record_is_read_as_it_was_written(pending in pending()) {
        prop_assert_eq!(Pending::read(&Json::parse(&pending.to_json())), Some(pending));
    }

    #[test]
    fn a_key_is_a_uuid_of_version_4(random: [u8; 16]) {
        let key = IdempotencyKey::from_random(random);
        prop_assert!(is_uuid(key.as_str()));
        let shape: String = key.as_str().chars().map(|c| if c.is_ascii_hexdigit() { 'x' } else { c }).collect();
        prop_assert_eq!(shape, "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx");
        let digit = |place| key.as_str().chars().nth(place).and_then(|c| c.to_digit(16));
        prop_assert_eq!((digit(14), digit(19).map(|digit| digit >> 2)), (Some(4), Some(2)));
        // All bits but the version's and the variant's are random.
        let bits = u128::from_str_radix(&key.as_str().replace('-', ""), 16).ok();
        let fixed = 0xf << 76 | 0x3 << 62;
        prop_assert_eq!(bits.map(|bits| bits & !fixed), Some(u128::from_be_bytes(random) & !fixed));
    }

    #[test]
    fn a_damaged_text_is_none_or_sound(kept in mutated(pending().prop_map(|pending| pending.to_json()))) {
        none_or_sound(&parsed(&kept))?;
    }

    #[test]
    fn a_record_with_something_wrong_is_none_or_sound(kept in json::damaged(pending().prop_map(|pending| parsed(&pending.to_json())))) {
        none_or_sound(&kept)?;
    }

    #[test]
    fn any_text_is_none_or_sound(kept in text::hostile()) {
        none_or_sound(&parsed(&kept))?;
        none_or_sound(&json!(kept))?;
    }
}
