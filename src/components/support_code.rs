//! The code that a customer reads to support.

use crate::{i18n::Labelled, shell::clipboard};
use leptos::prelude::*;

/// The support code, to read out or to copy.
#[component]
pub fn SupportCode(
    /// Its label, and the code.
    code: Labelled,
) -> impl IntoView {
    view! {
        <p class="code">
            <span>{code.label}</span>
            " "
            <output id=clipboard::SOURCE>{code.value}</output>
        </p>
    }
}
