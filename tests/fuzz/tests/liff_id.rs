//! LIFF IDs as merchants paste them.

use fuzz::{config, mutation::mutated, text};
use liff_bind::core::LiffId;
use proptest::{collection::vec, prelude::*, sample::select};

/// An ID with characters that people paste around it, and into it.
fn pasted() -> impl Strategy<Value = String> {
    let around = || {
        vec(select(["{", "}", "*", "_", "`", "\"", "<b>", " ", "\n", "\u{3000}", "\u{200b}", "「"].as_slice()), 0..3)
    };
    let wide = |id: String| id.chars().map(|c| char::from_u32(u32::from(c) + 0xfee0).unwrap_or(c)).collect::<String>();
    let id = (text::liff_id(), any::<bool>()).prop_map(move |(id, is_wide)| if is_wide { wide(id) } else { id });
    mutated(
        (around(), id, around()).prop_map(|(before, id, behind)| [&before.concat(), &*id, &behind.concat()].concat()),
    )
}

/// An ID in one of LINE's URLs, with text that admins copy after it.
fn in_url() -> impl Strategy<Value = (String, String)> {
    let hosts = &["https://liff.line.me/", "https://miniapp.line.me/", "miniapp.line.me/", " <https://liff.line.me/"];
    let behind =
        &["", "/", "?prompt_bot_id=@819abcde", "/?intent=status", "/callstatus.html", "#top", "?a=line.me/1-b"];
    (select(hosts.as_slice()), text::liff_id(), select(behind.as_slice()))
        .prop_map(|(host, id, behind)| ([host, &id, behind].concat(), id))
}

fn is_liff_id(id: &str) -> bool {
    id.split_once('-').is_some_and(|(channel, app)| {
        let sound = |part: &str, is: fn(char) -> bool| (1..=32).contains(&part.len()) && part.chars().all(is);
        sound(channel, |c| c.is_ascii_digit()) && sound(app, |c| c.is_ascii_alphanumeric())
    })
}

proptest! {
    #![proptest_config(config(100_000))]

    #[test]
    fn an_id_is_read_from_lines_urls((url, id) in in_url()) {
        prop_assert_eq!(LiffId::read(&url), LiffId::read(&id), "{}", url);
    }

    #[test]
    fn what_is_read_is_an_id(pasted in pasted()) {
        let read = LiffId::read(&pasted);
        if let Some(id) = &read {
            prop_assert!(is_liff_id(id.as_str()), "{id:?}");
            prop_assert!(LiffId::read(id.as_str()).as_ref() == Some(id), "{id:?}");
        }
        // An ID in plain characters is read as it stands.
        if is_liff_id(&pasted) {
            prop_assert_eq!(read.as_ref().map(LiffId::as_str), Some(&*pasted));
        }
    }
}
