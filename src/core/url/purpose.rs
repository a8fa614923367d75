//! The page's purpose, as its address names it.

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
