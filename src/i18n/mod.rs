//! Every word a person reads: a file for each language, and which of its texts a screen shows.

mod copy;
mod words;

pub use copy::{ButtonCopy, Labelled, NAME, ScreenCopy, ScreenName, fill, render};
pub use words::{Word, Words};

/// The language shown.
#[derive(Clone, Debug)]
pub struct Language {
    /// Its texts.
    pub words: Words,
    /// Says how long ago so many seconds are, such as "1 minute ago".
    pub ago: fn(u32) -> String,
}
