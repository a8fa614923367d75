//! Inputs that get deep into a parser: well formed, but with a fault; and checks of the outcome.
//!
//! One file of `tests/` for each thing that parses.

pub mod json;
pub mod mutation;
pub mod query;
#[path = "../../flow/sdk.rs"]
pub mod sdk;
pub mod shown;
pub mod text;

use proptest::{prelude::ProptestConfig, test_runner::FileFailurePersistence};

/// How often a property is tried; the environment's `PROPTEST_CASES` wins. A failing case is recorded beside the test,
/// and tried first from then on.
#[must_use]
pub fn config(cases: u32) -> ProptestConfig {
    let beside = FileFailurePersistence::WithSource("regressions");
    ProptestConfig { cases, failure_persistence: Some(Box::new(beside)), ..ProptestConfig::default() }
}
