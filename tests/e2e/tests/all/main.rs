//! Journeys through the release build in real browsers, in files by what the person does.

#![expect(clippy::indexing_slicing, reason = "a member that JSON lacks is null, and a test may panic")]

use std::time::Duration;

mod access;
mod brands;
mod doctor;
mod field;
mod guide;
mod in_line;
mod languages;
mod outside_line;
mod policy;
mod privacy;
mod qr_codes;
mod scenarios;
mod shortcuts;
mod static_page;
mod unlink;
mod visits;

/// Longer than any screen takes, on a machine that is busy.
const SOON: Duration = Duration::from_secs(30);
