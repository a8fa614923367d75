//! Journeys through the release build in real browsers, in files by what the person does.

#![expect(clippy::indexing_slicing, reason = "a member that JSON lacks is null, and a test may panic")]

use std::time::Duration;

mod access;
mod bad_input;
mod brands;
mod consent;
mod doctor;
mod errors;
mod field;
mod guide;
mod in_line;
mod languages;
mod outside_line;
mod policy;
mod privacy;
mod qr_codes;
mod retries;
mod scenarios;
mod shortcuts;
mod smoke;
mod static_page;
mod unlink;
mod visits;

/// A browser whose scripts may not use the clipboard: `window.copied` is what the old way would copy.
const WITHOUT_CLIPBOARD: &str = "Object.defineProperty(navigator, 'clipboard', { value: undefined });
    document.execCommand = () => { window.copied = String(getSelection()); return true; };";

/// Longer than any screen takes, on a machine that is busy.
const SOON: Duration = Duration::from_secs(30);
