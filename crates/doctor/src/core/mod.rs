//! The pure core: judges a LIFF app by the steps of the manual.
//!
//! [`Facts`] go in, a [`Report`] ([`examine`]) and perhaps an [`Offer`] ([`Facts::offer`]) come out. [`Entry`] reads the
//! LIFF ID that is typed into the guide.

mod answer;
mod endpoint;
mod entry;
mod examine;
mod facts;
mod item;
mod offer;
mod report;
mod topic;

pub use answer::{Barrier, CheckReply, check_body};
pub use endpoint::{PAGE_PATH, endpoint_url};
pub use entry::{Entry, Hint, MANUALS_EXAMPLE};
pub use examine::examine;
pub use facts::{Context, Facts, Friendship, Headers, Init, OsVersion, Scopes, TokenFacts};
pub use item::{Item, Section, Step};
pub use offer::Offer;
pub use report::{Note, Report, Row, Verdict};
pub use topic::Topic;
