//! Every word that a person reads: a file for each language, and the choice of texts for each screen.

mod copy;
mod words;

pub use copy::{ButtonCopy, Labelled, NAME, ScreenCopy, ScreenName, fill, render};
pub use words::{Word, Words};

/// The language shown.
#[derive(Clone, Debug)]
pub struct Language {
    /// Its texts.
    pub words: Words,
    /// Turns seconds into a relative time, such as "1 minute ago".
    pub ago: fn(u32) -> String,
}
