//! Texts, looking for a text in a text, and digits.

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

/// A digit from 0 to 15, in capitals. No formatting machinery.
pub(super) fn hex_digit(nibble: u8) -> char {
    char::from(if nibble < 10 { b'0' + nibble } else { b'A' - 10 + nibble })
}
