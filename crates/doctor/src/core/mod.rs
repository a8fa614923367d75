//! The pure core: judges a LIFF app by the steps of the manual.
//!
//! [`Facts`] go in, a [`Report`] comes out ([`examine`]); [`Entry`] reads the LIFF ID that is typed into the guide.

mod answer;
mod endpoint;
mod entry;
mod examine;
mod facts;
mod item;
mod report;
mod topic;

pub use answer::{Barrier, CheckReply, check_body};
pub use endpoint::{PAGE_PATH, endpoint_url};
pub use entry::{Entry, Hint, MANUALS_EXAMPLE};
pub use examine::examine;
pub use facts::{Context, Facts, Friendship, Headers, Init, OsVersion, TokenFacts};
pub use item::{Item, Section, Step};
pub use report::{Note, Report, Row, Verdict};
pub use topic::Topic;
