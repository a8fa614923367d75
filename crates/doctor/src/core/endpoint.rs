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

/// A URL's origin, such as `https://host`, without the port that https has anyway.
pub(super) fn origin_of(url: &str) -> &str {
    let (origin, _) = split(url);
    origin.strip_suffix(":443").unwrap_or(origin)
}

/// A URL's origin as written, and the rest.
fn split(url: &str) -> (&str, &str) {
    let Some((scheme, rest)) = url.split_once("://") else { return ("", url) };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    url.split_at_checked(scheme.len() + 3 + host.len()).unwrap_or_default()
}

/// The fault of an endpoint URL for `liff_id`, which belongs at `origin`. Without an ID in it, the page takes `default`.
pub(super) fn fault(url: &str, origin: &str, liff_id: &LiffId, default: Option<&LiffId>) -> Option<Note> {
    if !origin_of(url).eq_ignore_ascii_case(origin) {
        return Some(Note::EndpointHost);
    }
    let (_, rest) = split(url);
    let rest = rest.split('#').next().unwrap_or_default();
    let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
    // Hosts answer the path with a slash, too (`docs/deployment.md`).
    if path.strip_suffix('/').unwrap_or(path) != PAGE_PATH {
        return Some(Note::EndpointPath);
    }
    match Query::new(query).first("liffId").as_deref() {
        None | Some("") if default == Some(liff_id) => None,
        None | Some("") => Some(Note::EndpointNoId),
        Some(exact) if exact == liff_id.as_str() => None,
        Some(other) => Some(match LiffId::read(other) {
            Some(read) if read == *liff_id => Note::EndpointMarks,
            Some(_) => Note::EndpointOtherId,
            None => Note::EndpointPlaceholder,
        }),
    }
}
