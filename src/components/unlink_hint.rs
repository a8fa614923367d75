//! The line that says that a link can be ended.

use crate::{core::Action, i18n::Labelled};
use leptos::{either::Either, prelude::*};

/// That one can unlink: a link to where, or words alone.
#[component]
pub fn UnlinkHint(
    /// The words, and the link.
    hint: Labelled<Option<String>>,
) -> impl IntoView {
    let Labelled { label, value } = hint;
    match value {
        Some(url) => Either::Left(view! {
            <a class="foot" data-action=Action::UnlinkInfo.name() href=url>
                {label}
            </a>
        }),
        None => Either::Right(view! { <p class="foot">{label}</p> }),
    }
}
