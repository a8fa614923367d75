//! The page's opening as a whole: every text that the browser hands over, in one event.

use fuzz::{config, mutation::mutated, query, sdk, text};
use liff_bind::core::{
    Device, Effect, Event, Failure, Fragment, Handover, IdempotencyKey, Json, Kind, Launch, LiffId, Opening, Pending,
    State,
};
use proptest::{option, prelude::*};

/// In bytes, with the fragment: the longest URL that the LIFF SDK reads in good time.
const LONGEST_URL: usize = 16 * 1024;

const KEPT: &str = r#"{"purpose":"bind","liffId":"1656451635-z3yqZNO3","bindToken":"T1","key":"00000000-0000-4000-8000-000000000000","signedInAgain":false,"past":"lost","returned":false,"account":"unclear","query":"liffId=1656451635-z3yqZNO3&a=1","others":[]}"#;

fn opening() -> impl Strategy<Value = Opening> {
    let kept = mutated(any::<bool>().prop_map(|returned| {
        let returned = format!(r#""returned":{returned}"#);
        KEPT.replace(r#""returned":false"#, &returned)
    }));
    let texts = (query::href(), text::user_agent(), text::liff_id(), option::of(kept));
    let loading = prop_oneof![0..60_000_u32, any::<u32>()];
    let numbers = (0..1_000_usize, loading, any::<[bool; 4]>());
    (texts, numbers).prop_map(|((href, user_agent, default_liff_id, kept), (fragment, loading, flags))| {
        let [touch, shortcuts, access_token, id_token] = flags;
        Opening {
            href_length: href.len() + fragment,
            href: href.split('#').next().unwrap_or_default().to_owned(),
            handover: Handover { access_token, id_token },
            shortcuts,
            loading,
            user_agent,
            touch,
            default_liff_id,
            kept: kept.as_deref().map(Json::parse).unwrap_or_default(),
            spare_key: IdempotencyKey::from_random([0x11; 16]),
            ..Opening::default()
        }
    })
}

proptest! {
    #![proptest_config(config(60_000))]

    #[test]
    fn any_opening(opening in opening()) {
        let (state, effects) = State::default().update(Event::Opened(opening.clone()));
        let screen = state.screen();
        let launch = Launch::parse(&opening.href);

        if opening.href_length > LONGEST_URL {
            prop_assert_eq!(screen.failure(), Some(Failure::LinkIncomplete));
            // The visit has ended, and nothing else happens.
            prop_assert!(matches!(effects.as_slice(), [Effect::Count(_)]), "{effects:?}");
            return Ok(());
        }
        // In LINE the page takes a state in by itself, which may name the LIFF app.
        let in_line = opening.handover.access_token && Device::read(&opening.user_agent, opening.touch, &opening.platform).is_liff;
        let taken_in = launch.with_state_taken_in().filter(|_| in_line && opening.shortcuts);
        let launch = taken_in.unwrap_or(launch);

        // The page first calls `liff.init` with the ID that the URL names, or says that it names none; but in LINE no
        // sign-in leads to the next.
        let id = launch.liff_id(&opening.default_liff_id);
        let begun: Vec<&LiffId> = effects.iter().filter_map(|effect| match effect {
            Effect::InitLiff(id) => Some(id),
            _ => None,
        }).collect();
        let again = launch.is_sign_in_return() && Pending::read(&opening.kept).is_some_and(|kept| kept.returned);
        prop_assert!(begun == Vec::from_iter(&id) || (again && begun.is_empty()), "{begun:?}");
        prop_assert_eq!(screen.failure() == Some(Failure::SetupLiffId), id.is_none());
        prop_assert!(begun.is_empty() || matches!(screen.kind, Kind::Working(_)), "{screen:?}");

        // The SDK finds an address that it can read, and forgets an older ID token if LINE has sent one.
        let mut address = opening.href.as_str();
        let mut forgot = false;
        for effect in &effects {
            match effect {
                Effect::ShowUrl(url, Fragment::Keep) => address = url,
                Effect::ForgetStoredToken => forgot = true,
                Effect::InitLiff(_) => {
                    prop_assert_eq!(sdk::objection(address), None, "{}", address);
                    prop_assert_eq!(forgot, opening.handover.id_token);
                }
                _ => {}
            }
        }
    }
}
