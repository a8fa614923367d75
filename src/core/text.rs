//! Looking for a text in a text. `str`'s own search prepares for long ones, which costs 1 KB of the critical path.

/// Where `needle` begins in `text`.
fn find(text: &str, needle: &str) -> Option<usize> {
    text.as_bytes().windows(needle.len()).position(|window| window == needle.as_bytes())
}

/// Whether `needle` is in `text`.
pub(super) fn contains(text: &str, needle: &str) -> bool {
    find(text, needle).is_some()
}

/// What follows the first `needle` in `text`.
pub(super) fn after<'a>(text: &'a str, needle: &str) -> Option<&'a str> {
    text.get(find(text, needle)? + needle.len()..)
}
