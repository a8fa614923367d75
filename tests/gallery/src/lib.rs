//! The pictures in `docs/gallery`: one for each screen, with all its looks. A crate of its own, because it is
//! optimised: it reads and compares a thousand pictures.

#![allow(clippy::missing_errors_doc, reason = "everything here fails for one reason: a picture can't be read or kept")]

mod picture;
mod sheet;

pub use picture::Picture;
pub use sheet::Sheet;
