//! Texts, and looking for a text in a text.

/// A text that lives as long as the page.
///
/// The page lives for a few seconds and reads a dozen short texts, so they are leaked (`String::leak`) rather than freed:
/// the whole state becomes `Copy`, which saves the code for cloning and dropping it, 3 KB of the critical path (brotli).
/// A page left open leaks a few hundred bytes with each answer of the server.
pub type Text = &'static str;

/// Where `needle` begins in `text`. `str`'s own search prepares for long texts, with 1 KB of code.
fn find(text: &str, needle: &str) -> Option<usize> {
    text.as_bytes().windows(needle.len()).position(|window| window == needle.as_bytes())
}

/// Whether `needle` is in `text`.
pub(super) fn contains(text: &str, needle: &str) -> bool {
    find(text, needle).is_some()
}

/// What follows the first `needle` in `text`.
pub(super) fn after(text: Text, needle: &str) -> Option<Text> {
    text.get(find(text, needle)? + needle.len()..)
}
