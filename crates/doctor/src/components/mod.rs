//! Draws the doctor's checklist and the guide.

mod checklist;
mod clipboard;
mod guide;
mod heading;

pub use checklist::Doctor;
pub use clipboard::Clipboard;
pub use guide::Guide;

use crate::i18n::{Word, Words};
use clipboard::{CopyButton, CopySource, Value};
use heading::Heading;
use leptos::prelude::expect_context;
use std::sync::Arc;

/// The words, from context.
fn words() -> Arc<Words> {
    expect_context()
}

fn text(word: Word) -> String {
    words().get(word).to_owned()
}
