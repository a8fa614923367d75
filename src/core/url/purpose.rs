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

/// Whether the value of `unlink` is `1`, or what people write in its place. Nothing ends without a press, so it is read
/// generously.
pub(super) fn is_yes(value: &str) -> bool {
    let word: String = unescaped(value)
        .chars()
        .filter_map(narrow)
        .skip_while(|c| !c.is_ascii_alphanumeric())
        .take_while(char::is_ascii_alphanumeric)
        .collect();
    ["1", "true", "yes"].iter().any(|yes| word.eq_ignore_ascii_case(yes))
}
