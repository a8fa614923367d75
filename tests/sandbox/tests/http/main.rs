//! The sandbox as a browser uses it: over HTTP, through the proxy.

#![allow(clippy::indexing_slicing, reason = "a missing header or member is a failed test")]

mod bind_api;
mod common;
mod faults;
mod line;
mod unlink;
