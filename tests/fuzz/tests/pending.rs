//! The record in `sessionStorage`, which any script of the same origin can write to.

use fuzz::{config, mutation::mutated, text};
use liff_bind::core::{BindToken, IdempotencyKey, LiffId, Pending};
use proptest::{option, prelude::*};

fn pending() -> impl Strategy<Value = Pending> {
    let key = any::<u128>().prop_map(|bits| {
        let hex = format!("{bits:032x}");
        let groups = [(0, 8), (8, 12), (12, 16), (16, 20), (20, 32)];
        groups.map(|(from, to)| hex.get(from..to).unwrap_or_default()).join("-")
    });
    (text::liff_id(), option::of(text::hostile()), key, any::<[bool; 3]>()).prop_filter_map(
        "a LIFF ID",
        |(liff_id, bind_token, key, [signed_in_again, lost, returned])| {
            let bind_token = bind_token.and_then(|token| BindToken::read(token.leak()));
            let key = IdempotencyKey::new(key.leak());
            Some(Pending { liff_id: LiffId::read(&liff_id)?, bind_token, key, signed_in_again, lost, returned })
        },
    )
}

/// Whether it can be sent as a header: for a value with other characters `fetch` throws.
fn is_uuid(key: &str) -> bool {
    key.len() == 36 && key.chars().all(|c| c.is_ascii_hexdigit() || c == '-')
}

fn none_or_sound(kept: &str) -> Result<(), TestCaseError> {
    if let Some(pending) = Pending::read(kept.to_owned().leak()) {
        prop_assert!(is_uuid(pending.key.as_str()), "{:?}", pending.key);
        prop_assert!(kept.contains(pending.key.as_str()));
        prop_assert!(pending.bind_token.is_none_or(|token| kept.contains(token.as_str())));
        prop_assert_eq!(Pending::read(pending.to_text()), Some(pending));
    }
    Ok(())
}

proptest! {
    #![proptest_config(config(60_000))]

    #[test]
    fn a_record_is_read_as_it_was_written(pending in pending()) {
        prop_assert_eq!(Pending::read(pending.to_text()), Some(pending));
    }

    #[test]
    fn a_damaged_record_is_none_or_sound(kept in mutated(pending().prop_map(|pending| pending.to_text().to_owned()))) {
        none_or_sound(&kept)?;
    }

    #[test]
    fn any_text_is_none_or_sound(kept in text::hostile()) {
        none_or_sound(&kept)?;
    }
}
