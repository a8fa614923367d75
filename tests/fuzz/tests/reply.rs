//! The bind API's answers, from the wire to their meaning.

use fuzz::{
    config, json,
    mutation::mutated,
    shown::{is_label, is_plain_link, is_sound_shop},
    text,
};
use liff_bind::core::{
    Delay, Failure, HttpHead, Json, Purpose, Reply, ReplyKind, RetryAfter, RetryReason, SupportId, read_reply,
};
use proptest::{option, prelude::*, sample::select};
use serde_json::Value;

const PURPOSES: [Purpose; 2] = [Purpose::Bind, Purpose::Unlink];

/// Reads an answer, and checks the rules that hold whatever it says and whatever was asked.
fn is_true(head: &HttpHead, body: Option<&Value>) -> Result<(), TestCaseError> {
    PURPOSES.into_iter().try_for_each(|purpose| is_true_of(purpose, head, body))
}

fn is_true_of(purpose: Purpose, head: &HttpHead, body: Option<&Value>) -> Result<(), TestCaseError> {
    let reply: Reply = read_reply(purpose, head, &body.cloned().map(Json::from).unwrap_or_default());
    prop_assert!(is_sound_shop(&reply.shop), "{:?}", reply.shop);
    prop_assert!(reply.clock_error >= 0.0, "{}", reply.clock_error);

    let content = body.and_then(|body| body.get("content"));
    let text = |name| content.and_then(|content| content.get(name)).and_then(Value::as_str);
    let has_id = text("bindingId").is_some_and(|id| !id.trim().is_empty());
    let says_bound = matches!(text("status"), None | Some("bound" | "alreadyBound"));
    let success = (200..300).contains(&head.status);
    let (binds, unlinks) = (purpose == Purpose::Bind, purpose == Purpose::Unlink);
    let says_unlinked = matches!(text("status"), Some("unlinked" | "notLinked"));
    prop_assert_eq!(matches!(reply.kind, ReplyKind::Bound(_)), binds && success && has_id && says_bound);
    prop_assert_eq!(matches!(reply.kind, ReplyKind::Unlinked(_)), unlinks && success && says_unlinked);

    match reply.kind {
        ReplyKind::Bound(binding) => {
            prop_assert_eq!(binding.already, text("status") == Some("alreadyBound"));
            prop_assert!(binding.return_url.as_ref().is_none_or(is_plain_link), "{:?}", binding.return_url);
        }
        ReplyKind::Unlinked(_) => {}
        ReplyKind::ConsentRequired(request) => {
            prop_assert!(!success && !request.version.is_empty());
            prop_assert!(request.device.as_deref().is_none_or(is_label), "{:?}", request.device);
        }
        ReplyKind::TokenExpired | ReplyKind::KeyReused(_) => prop_assert!(!success),
        ReplyKind::Again { reason, asked, .. } => {
            prop_assert!(!success);
            prop_assert!(asked.is_none_or(|asked| asked >= 0.0), "{asked:?}");
            let delays = (1..=4).map_while(|tries| reason.delay(tries, asked));
            prop_assert!(delays.clone().count() <= 3);
            prop_assert!(delays.into_iter().all(|delay| delay.millis <= 30_000 && delay.spread <= 2_000));
        }
        // "Not bound" is final: it is never said after a 2xx or a redirect, which may have bound.
        ReplyKind::Stopped { failure, settled, .. } => {
            let redirect = (300..400).contains(&head.status) && reply.code.is_none();
            prop_assert_eq!(failure == Failure::Unsure, success || redirect || head.status == 0);
            prop_assert!(!settled || failure != Failure::Unsure);
            prop_assert!(binds || !failure.judges_the_visitor(), "{failure:?}");
        }
    }
    Ok(())
}

fn status() -> impl Strategy<Value = u16> {
    prop_oneof![
        4 => Just(201),
        4 => select([0, 200, 204, 301, 400, 401, 403, 404, 409, 410, 422, 428, 429, 500, 502, 503, 504, 599].as_slice()),
        1 => any::<u16>(),
    ]
}

/// Numbers as `Number` and `Date.parse` give them: of any size, and not always numbers.
fn number() -> impl Strategy<Value = f64> {
    prop_oneof![4 => -1e6..1e6, 2 => 1.6e12..1.9e12, 1 => any::<f64>()]
}

fn head() -> impl Strategy<Value = HttpHead> {
    let retry_after = prop_oneof![number().prop_map(RetryAfter::Seconds), number().prop_map(RetryAfter::Date)];
    let finite = || number().prop_map(|number| if number.is_finite() { number } else { 0.0 });
    (status(), option::of(retry_after), option::of(finite()), finite())
        .prop_map(|(status, retry_after, date, now)| HttpHead { status, retry_after, date, now })
}

proptest! {
    #![proptest_config(config(120_000))]

    #[test]
    fn an_answer_with_something_wrong(head in head(), body in json::damaged(json::answer())) {
        is_true(&head, Some(&body))?;
    }

    #[test]
    fn any_tree(head in head(), body in option::weighted(0.9, json::tree())) {
        is_true(&head, body.as_ref())?;
    }

    /// From the text: cut off, doubled, or no JSON at all.
    #[test]
    fn any_text(
        head in head(),
        body in prop_oneof![9 => mutated(json::answer().prop_map(|body| body.to_string())), 1 => text::hostile()],
    ) {
        let body: Option<Value> = serde_json::from_str(&body).ok();
        is_true(&head, body.as_ref())?;
    }

    /// Members that the contract does not name mean nothing.
    #[test]
    fn unknown_members_change_nothing(head in head(), body in json::damaged(json::answer()), name in text::hostile(), more in json::tree()) {
        let unknown = ["x-", &name].concat();
        let mut other = body.clone();
        for place in ["", "/content", "/shop", "/content/shop", "/consent", "/requestedFrom"] {
            if let Some(Value::Object(members)) = other.pointer_mut(place) {
                members.insert(unknown.clone(), more.clone());
            }
        }
        let (other, body) = (Json::from(other), Json::from(body));
        for purpose in PURPOSES {
            prop_assert_eq!(read_reply(purpose, &head, &other), read_reply(purpose, &head, &body));
        }
    }
}

proptest! {
    #![proptest_config(config(60_000))]

    #[test]
    fn a_wait_is_never_negative_and_never_no_number(seconds in number(), at in number(), now in number(), tries in 0..9_u8) {
        for after in [RetryAfter::Seconds(seconds), RetryAfter::Date(at)] {
            let wait = after.millis(now);
            prop_assert!(wait.is_none_or(|wait| wait > 0.0), "{wait:?}");
            for reason in [
                RetryReason::Busy,
                RetryReason::Unavailable,
                RetryReason::Internal,
            ] {
                let delay = reason.delay(tries, wait);
                let fits = |delay: Delay| wait.map_or(delay.millis >= 500, |wait| f64::from(delay.millis) <= wait);
                prop_assert!(delay.is_none_or(|delay| delay.millis <= 30_000 && fits(delay)), "{wait:?} {delay:?}");
            }
        }
    }

    /// The page never waits less than the server asks, and hardly more, in every form that servers send.
    #[test]
    fn seconds_are_rounded_up(whole in any::<u32>(), fraction in 0..1_000_u32, form in 0..6_usize, other in 0..50_u32) {
        let text = match form {
            0 => format!("{whole}"),
            1 => format!(" {whole}.{fraction:03}\t"),
            2 => format!("{whole}.{fraction:03}s"),
            3 => format!("{whole}, {other}"),
            4 => format!("{other} s,{whole}"),
            _ => format!("{whole}."),
        };
        let least = match form {
            1 | 2 => f64::from(whole) + f64::from(fraction.min(1)),
            3 | 4 => f64::from(whole.max(other)),
            _ => f64::from(whole),
        };
        let read = RetryAfter::read(&text, |_| None);
        prop_assert_eq!(read, Some(RetryAfter::Seconds(least.min(f64::from(u32::MAX)))), "{}", text);
    }

    /// Other text is never read as a date, though browsers read even `-1` as one.
    #[test]
    fn a_date_has_the_form_of_a_date(text in prop_oneof![text::hostile(), mutated(Just("-1".to_owned())), "[-+0-9.a-z ]{0,15}"]) {
        let read = RetryAfter::read(&text, |_| Some(0.0));
        let is_long = text.trim_ascii().len() > 15;
        prop_assert!(is_long || !matches!(read, Some(RetryAfter::Date(_))), "{read:?} for {text:?}");
    }

    #[test]
    fn only_a_plain_support_id_is_read(text in mutated(Just("7K3F-92QD".to_owned()))) {
        let is_plain = (1..=24).contains(&text.len()) && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
        prop_assert_eq!(SupportId::read(&text).is_some(), is_plain);
    }
}
