//! Texts: looking into them, cutting them up, and numbers. What `str` has for this serves any pattern in texts of any length;
//! these few bytes' worth serve here, for 2 KB less of the critical path (brotli).

/// A text that lives as long as the page.
///
/// The page lives for a few seconds and reads a dozen short texts, so they are leaked (`String::leak`) rather than freed:
/// the whole state becomes `Copy`, which saves the code for cloning and dropping it, 3 KB of the critical path (brotli).
/// A page left open leaks a few hundred bytes with each answer of the server.
pub type Text = &'static str;

/// Where `needle` begins in `text`.
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

/// What is before the first `mark` (an ASCII character) and what is behind it.
pub(crate) fn cut(text: &str, mark: u8) -> Option<(&str, &str)> {
    let at = text.bytes().position(|byte| byte == mark)?;
    Some((text.get(..at)?, text.get(at + 1..)?))
}

/// What is before the first `mark`; all where there is none.
pub(crate) fn before(text: &str, mark: u8) -> &str {
    cut(text, mark).map_or(text, |(before, _)| before)
}

/// The parts between marks, one more than there are marks.
pub(crate) fn parts(text: &str, mark: u8) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    core::iter::from_fn(move || {
        let text = rest?;
        let (part, behind) = cut(text, mark).map_or((text, None), |(part, behind)| (part, Some(behind)));
        rest = behind;
        Some(part)
    })
}

/// A whole number of digits and nothing else.
pub(crate) fn number(text: &str) -> Option<u32> {
    let digit = |byte: u8| byte.is_ascii_digit().then(|| u32::from(byte - b'0'));
    let sum = text.bytes().try_fold(0_u32, |sum, byte| sum.checked_mul(10)?.checked_add(digit(byte)?));
    sum.filter(|_| !text.is_empty())
}

/// A number in digits.
pub(crate) fn decimal(number: u32) -> String {
    let mut text = if number < 10 { String::new() } else { decimal(number / 10) };
    text.push(hex_digit((number % 10) as u8));
    text
}

/// Whether there is nothing to be seen in it.
pub(super) fn is_blank(text: &str) -> bool {
    text.chars().all(char::is_whitespace)
}

/// A digit from 0 to 15, in capitals.
pub(super) fn hex_digit(nibble: u8) -> char {
    char::from(if nibble < 10 { b'0' + nibble } else { b'A' - 10 + nibble })
}
