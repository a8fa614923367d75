//! Merchants' entries: in the guide, and in LINE's console, as LINE reports them.

use fuzz::{config, json, mutation::mutated, text};
use liff_bind::core::{Device, Launch, LiffId};
use liff_doctor::core::{
    CheckReply, Context, Entry, Facts, Friendship, Init, Item, MANUALS_EXAMPLE, OsVersion, PAGE_PATH, Verdict,
    endpoint_url, examine,
};
use proptest::{prelude::*, sample::select};
use serde_json::{Value, json as value};

const ORIGIN: &str = "https://pages.example";

/// A LIFF app for which LINE reports this context, and the bind API this answer.
fn facts(liff_id: Option<LiffId>, context: &Value, answer: &Value) -> Facts {
    Facts {
        origin: ORIGIN.into(),
        path: PAGE_PATH.into(),
        asked: None,
        liff_id,
        default_liff_id: None,
        device: Device::read("(iPhone; CPU iPhone OS 18_7 like Mac OS X) Line/26.4.0 LIFF", true, ""),
        os_version: OsVersion::default(),
        init: Init::Done,
        in_client: true,
        signed_in: true,
        context: Context::read(&context.clone().into()),
        granted: None,
        token: None,
        friendship: Friendship::Unknown,
        api: CheckReply::read(200, None, &answer.clone().into()),
        barrier: None,
        headers: None,
        now: 0.0,
    }
}

fn verdict(facts: &Facts) -> Option<(Verdict, Option<String>)> {
    let row = examine(facts).rows.into_iter().find(|row| row.item == Item::EndpointUrl)?;
    Some((row.verdict, row.enter))
}

/// A LIFF ID, bare or in one of the URLs that merchants paste.
fn typed() -> impl Strategy<Value = String> {
    let around = select(
        [
            "",
            "https://liff.line.me/",
            "https://miniapp.line.me/",
            "miniapp.line.me/",
            "line://app/",
            "https://h.example/liff-bind.html?liffId=",
            "{",
            "**",
        ]
        .as_slice(),
    );
    mutated((around, text::liff_id()).prop_map(|(around, id)| [around, &id].concat()))
}

proptest! {
    #![proptest_config(config(100_000))]

    /// For any entry: an ID that the guide accepts is a LIFF ID, not the example, and its endpoint URL passes the
    /// doctor.
    #[test]
    fn what_the_guide_makes_passes_the_doctor(typed in typed(), game in text::liff_id()) {
        let entry = Entry::read(&typed, &game);
        if let Some(id) = entry.liff_id.clone() {
            prop_assert!(!entry.hint.is_wrong(), "{entry:?}");
            prop_assert_ne!(id.as_str(), MANUALS_EXAMPLE);
            prop_assert_ne!(id.as_str(), game);
            prop_assert_eq!(LiffId::read(id.as_str()), Some(id.clone()));
            let context = value!({ "endpointUrl": endpoint_url(ORIGIN, &id) });
            prop_assert_eq!(verdict(&facts(Some(id), &context, &Value::Null)), Some((Verdict::Right, None)));
        }
    }

    /// An endpoint URL in the console is right only if the page gets just this ID; otherwise the right one is named.
    #[test]
    fn an_endpoint_is_right_or_the_right_one_is_told(
        id in text::liff_id(),
        url in mutated(text::liff_id().prop_map(|id| format!("{ORIGIN}{PAGE_PATH}?liffId={id}"))),
        own in any::<bool>(),
        host in mutated(Just("https://h.example/x".to_owned())),
    ) {
        let Some(id) = LiffId::read(&id) else { return Ok(()) };
        let url = if own { endpoint_url(ORIGIN, &id) } else { url };
        let told = value!({ "content": { "status": "checked", "endpointUrl": host } });
        for answer in [Value::Null, told] {
            match verdict(&facts(Some(id.clone()), &value!({ "endpointUrl": url }), &answer)) {
                Some((Verdict::Right, enter)) => {
                    prop_assert!(enter.is_none() && url.contains(PAGE_PATH), "{url}");
                    let page = Launch::parse(&url);
                    prop_assert_eq!(page.liff_id(""), Some(id.clone()), "{}", url);
                }
                Some((Verdict::Wrong, Some(enter))) => prop_assert!(enter.ends_with(id.as_str()), "{enter}"),
                other => prop_assert!(false, "{other:?} for {url}"),
            }
        }
    }

    /// The doctor reads and judges anything in place of a context or an answer.
    #[test]
    fn nothing_breaks_the_doctor(context in json::tree(), answer in json::answer(), status in any::<u16>()) {
        let mut facts = facts(None, &context, &answer);
        facts.api = CheckReply::read(status, None, &answer.into());
        prop_assert_eq!(examine(&facts).rows.len(), Item::ALL.len() - 1);
    }
}
