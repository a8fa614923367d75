//! The page's purpose, as its address names it.

use serde::Serialize;

/// The reason why the person is here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Purpose {
    /// To link their LINE with the shop.
    #[default]
    Bind,
    /// To end that link: the address says `unlink=1`.
    Unlink,
}
