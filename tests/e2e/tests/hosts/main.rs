//! The configurations of `hosting/` in their servers: the answers that a browser gets, and the bind.
//!
//! `scripts/servers.sh` unpacks the servers. The tests replace the examples in a configuration with a host name, a
//! certificate, ports, folders and the bind API of a sandbox; the rest is as shipped.

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
