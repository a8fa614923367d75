//! The line that tells people that they can unlink.

use crate::i18n::Labelled;
use leptos::{either::Either, prelude::*};

/// Tells people that they can unlink: a link to the place, or only words.
#[component]
pub fn UnlinkHint(
    /// The words, and the link.
    hint: Labelled<Option<String>>,
) -> impl IntoView {
    let Labelled { label, value } = hint;
    match value {
        Some(url) => Either::Left(view! {
            <a class="foot" data-action="unlink-info" href=url>
                {label}
            </a>
        }),
        None => Either::Right(view! { <p class="foot">{label}</p> }),
    }
}
