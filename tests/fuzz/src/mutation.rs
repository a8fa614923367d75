//! Damage to a well-formed text.

use crate::text;
use proptest::{collection::vec, prelude::*, sample::Index};

/// One damage. Places are byte indices, moved back to the start of a character.
#[derive(Clone, Debug)]
enum Mutation {
    Cut(Index),
    Insert(Index, String),
    Drop(Index, Index),
    Double(Index, Index),
    Repeat(usize),
}

impl Mutation {
    fn apply(&self, text: &str) -> String {
        let at = |place: &Index| text.split_at(text.floor_char_boundary(place.index(text.len() + 1)));
        let span = |one: &Index, other: &Index| {
            let (one, other) = (at(one).0.len(), at(other).0.len());
            let (before, rest) = text.split_at(one.min(other));
            let (middle, behind) = rest.split_at(one.abs_diff(other));
            (before, middle, behind)
        };
        match self {
            Self::Cut(place) => at(place).0.to_owned(),
            Self::Insert(place, more) => {
                let (before, behind) = at(place);
                [before, more, behind].concat()
            }
            Self::Drop(from, to) => {
                let (before, _, behind) = span(from, to);
                [before, behind].concat()
            }
            Self::Double(from, to) => {
                let (before, middle, behind) = span(from, to);
                [before, middle, middle, behind].concat()
            }
            Self::Repeat(times) => text.repeat(*times),
        }
    }
}

fn mutation() -> impl Strategy<Value = Mutation> {
    let place = any::<Index>;
    prop_oneof![
        4 => place().prop_map(Mutation::Cut),
        6 => (place(), text::piece()).prop_map(|(at, piece)| Mutation::Insert(at, piece)),
        4 => (place(), place()).prop_map(|(from, to)| Mutation::Drop(from, to)),
        4 => (place(), place()).prop_map(|(from, to)| Mutation::Double(from, to)),
        1 => (2..4_usize).prop_map(Mutation::Repeat),
    ]
}

/// A text of `base`, unchanged or damaged in up to three places.
pub fn mutated(base: impl Strategy<Value = String>) -> impl Strategy<Value = String> {
    (base, vec(mutation(), 0..4))
        .prop_map(|(text, mutations)| mutations.iter().fold(text, |text, mutation| mutation.apply(&text)))
}
