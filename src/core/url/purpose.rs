//! The page's purpose, as its address names it.

use super::ids::{is_plain, narrow, unescaped, with_blanks};
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
    let text = unescaped(&with_blanks(value));
    let word: String = text
        .chars()
        .skip_while(|c| !is_plain(*c))
        .map_while(|c| narrow(c).filter(char::is_ascii_alphanumeric))
        .collect();
    let is_one = word.strip_prefix('1').is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_digit()));
    is_one || word.eq_ignore_ascii_case("true") || word.eq_ignore_ascii_case("yes")
}
