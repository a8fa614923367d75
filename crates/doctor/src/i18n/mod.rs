//! Every word of the doctor and the guide: a file for each language, loaded as the page loads its own. The bind page
//! doesn't fetch them.

pub mod copy;
mod words;

pub use words::{Word, Words};
