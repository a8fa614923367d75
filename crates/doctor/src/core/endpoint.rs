//! The endpoint URL: the one that should be there, and the fault of another one.

use super::report::Note;
use liff_bind::core::{LiffId, Query};

/// The page's path on its host.
pub const PAGE_PATH: &str = "/liff-bind.html";

/// The endpoint URL of a LIFF app at `origin`.
#[must_use]
pub fn endpoint_url(origin: &str, liff_id: &LiffId) -> String {
    [origin, PAGE_PATH, "?liffId=", liff_id.as_str()].concat()
}

/// A URL's origin, such as `https://host`.
pub(super) fn origin_of(url: &str) -> &str {
    let Some((scheme, rest)) = url.split_once("://") else { return "" };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    url.get(..scheme.len() + 3 + host.len()).unwrap_or_default()
}

/// The fault of an endpoint URL for `liff_id`, which belongs at `origin`.
pub(super) fn fault(url: &str, origin: &str, liff_id: &LiffId) -> Option<Note> {
    if !origin_of(url).eq_ignore_ascii_case(origin) {
        return Some(Note::EndpointHost);
    }
    let rest = url.get(origin.len()..).unwrap_or_default();
    let rest = rest.split('#').next().unwrap_or_default();
    let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
    if path != PAGE_PATH {
        return Some(Note::EndpointPath);
    }
    match Query::new(query).first("liffId").as_deref() {
        None | Some("") => Some(Note::EndpointNoId),
        Some(exact) if exact == liff_id.as_str() => None,
        Some(other) => Some(match LiffId::read(other) {
            Some(read) if read == *liff_id => Note::EndpointMarks,
            Some(_) => Note::EndpointOtherId,
            None => Note::EndpointPlaceholder,
        }),
    }
}
