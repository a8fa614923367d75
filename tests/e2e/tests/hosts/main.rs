//! The configurations of `hosting/` in the servers they are for: what a browser gets of them, and that it binds.
//!
//! `scripts/servers.sh` unpacks the servers. In the place of the examples in a configuration stand a host name, a certificate,
//! ports, folders and the bind API of a sandbox; the rest is as it is shipped.

#![expect(clippy::indexing_slicing, reason = "a header that is missing fails the test")]

mod api;
mod browsers;
mod client;
mod files;
mod paths;
mod records;
mod server;
mod visits;

use std::time::Duration;

/// Longer than any screen takes, on a machine that is busy.
const SOON: Duration = Duration::from_secs(30);
