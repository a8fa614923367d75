//! LINE and the bind API on one machine.
//!
//! [`Sandbox`] is an HTTPS proxy. A browser that uses it finds the page's own host, LINE's hosts and the shop's, all
//! simulated here; nothing leaves the machine, and a request to any other host is refused and noted. So tests run the
//! real `@line/liff` SDK against answers that were seen from LINE.
//!
//! | to | file |
//! | --- | --- |
//! | start it, and control it from a test | [`Sandbox`], [`SandboxConfig`] |
//! | open the page as LINE, or as a browser, does | [`LineApp`], [`Device`] |
//! | make an answer fail | [`Route`], [`Fault`] |
//! | see the requests, and the bindings | [`Ledger`] |
//! | run a named case of `tests/scenarios.json` | [`Scenario`] |

mod bind;
mod certificates;
mod clock;
mod config;
mod fault;
mod headers_file;
mod ledger;
mod line;
mod page;
mod phone;
mod places;
mod proxy;
mod random;
mod sandbox;
mod scenario;
mod visits;
mod witness;
mod world;

pub use bind::{Answer, BindRequest, CheckRequest, Client, Consent, Examples, UnlinkRequest};
pub use certificates::Pem;
pub use config::{Cors, Guard, LiffApp, LineUser, Module, SandboxConfig, SignIn};
pub use fault::{Fault, Route};
pub use headers_file::headers_for;
pub use ledger::{Binding, Ledger, RequestRecord, Unlinking};
pub use line::{Claims, Refusal, SigningKey};
pub use page::PAGE_HOST;
pub use phone::{Device, IdTokenPlan, LineApp, Os, ViewType};
pub use sandbox::{Api, Sandbox};
pub use scenario::{Expectation, Scenario};
pub use visits::{VISITS_PATH, Visit};
pub use witness::BLANK;
