//! The page's opening as a whole: every text that the browser hands over, in one event.

use fuzz::{config, mutation::mutated, query, text};
use liff_bind::core::{Effect, Event, Failure, Kind, Launch, LiffId, Opening, Pending, State};
use proptest::{option, prelude::*};

/// In bytes, with the fragment: what LIFF's SDK reads in good time.
const LONGEST_URL: usize = 16 * 1024;

fn opening() -> impl Strategy<Value = Opening> {
    let kept = mutated(Just("1656451635-z3yqZNO3\n00000000-0000-4000-8000-000000000000\n010\nT1".to_owned()));
    let texts = (query::href(), text::hostile(), text::user_agent(), text::liff_id(), option::of(kept));
    let loading = prop_oneof![0..60_000_u32, any::<u32>()];
    let numbers = (0..1_000_usize, loading, any::<bool>());
    (texts, numbers).prop_map(|((href, referrer, user_agent, liff_id, kept), (fragment, loading, touch))| Opening {
        href_length: href.len() + fragment,
        href: href.leak(),
        loading,
        referrer: referrer.leak(),
        user_agent: user_agent.leak(),
        touch,
        default_liff_id: liff_id.leak(),
        kept: kept.map(|kept| &*kept.leak()),
        spare_key: "11111111-1111-4111-8111-111111111111",
        ..Opening::default()
    })
}

proptest! {
    #![proptest_config(config(60_000))]

    #[test]
    fn any_opening(opening in opening()) {
        let (state, effects) = State::default().update(Event::Opened(opening));
        let screen = state.screen();
        let launch = Launch::parse(opening.href);

        if opening.href_length > LONGEST_URL {
            prop_assert_eq!(screen.failure(), Some(Failure::LinkIncomplete));
            prop_assert!(effects.is_empty());
            return Ok(());
        }
        // The first thing to do is `liff.init` under the ID that the URL names, or to say that it names none; but no sign-in
        // in LINE that leads to the next.
        let id = launch.liff_id(opening.default_liff_id);
        let begun: Vec<LiffId> = effects.iter().filter_map(|effect| match effect {
            Effect::InitLiff(id) => Some(*id),
            _ => None,
        }).collect();
        let again = launch.is_sign_in_return() && opening.kept.and_then(Pending::read).is_some_and(|kept| kept.returned);
        prop_assert!(begun == Vec::from_iter(id) || (again && begun.is_empty()), "{begun:?}");
        prop_assert_eq!(screen.failure() == Some(Failure::SetupLiffId), id.is_none());
        prop_assert!(begun.is_empty() || matches!(screen.kind, Kind::Working(_)), "{screen:?}");
    }
}
