//! Text that a customer copies or reads out.

use crate::{i18n::Labelled, shell::clipboard};
use leptos::prelude::*;

/// The support code, or a link.
#[component]
pub fn SupportCode(code: Labelled) -> impl IntoView {
    view! {
        <p class="code">
            <span>{code.label}</span>
            " "
            <output id=clipboard::SOURCE translate="no">{code.value}</output>
        </p>
    }
}
