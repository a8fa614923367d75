//! Every word of the doctor and guide: a file for each language, by the page's own mechanism. The bind page does not fetch them.

pub mod copy;
mod words;

pub use words::{Word, Words};
