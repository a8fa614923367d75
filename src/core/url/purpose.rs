//! The page's purpose, as its address names it.

use super::ids::{narrow, unescaped};
use crate::core::named;

named! {
    /// The reason why the person is here.
    #[derive(Default)]
    pub enum Purpose {
        /// To link their LINE with the shop.
        #[default]
        Bind = "bind",
        /// To end that link: the address says `unlink=1`.
        Unlink = "unlink",
    }
}

/// Whether the value of `unlink` is `1`, or what people write in its place, with text glued on or not. Nothing ends
/// without a press, so it is read generously.
pub(super) fn is_yes(value: &str) -> bool {
    let first = value.trim().split(|c: char| c.is_whitespace() || c.is_control()).next().unwrap_or_default();
    let word: String = unescaped(first).chars().filter_map(narrow).skip_while(|c| !c.is_ascii_alphanumeric()).collect();
    let word = word.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
    let is_one = word.strip_prefix('1').is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_digit()));
    is_one || word.eq_ignore_ascii_case("true") || word.eq_ignore_ascii_case("yes")
}
