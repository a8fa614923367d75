//! Hostile texts.

use crate::mutation::mutated;
use proptest::{collection::vec, prelude::*, sample::select};

/// Pieces on which parsers have stumbled.
const NASTY: &[&str] = &[
    // Ends, and halves of escapes.
    "",
    " ",
    "\t",
    "\r\n",
    "\n",
    "\0",
    "\u{7f}",
    "\u{85}",
    "%",
    "%4",
    "%zz",
    "%00",
    "%0A",
    "%25",
    "%2525",
    "%FF",
    "%C3",
    "%ED%A0%80",
    "%F0%9F%98%80",
    "%EF%BF%BD",
    "+",
    "&",
    "=",
    "?",
    "#",
    "/",
    "//",
    "\\",
    ":",
    ";",
    "@",
    ".",
    "..",
    "-",
    "--",
    "_",
    // Full-width forms, dashes and blanks of other scripts, invisible characters, and those that change the writing
    // direction.
    "１６",
    "－",
    "ｚ",
    "＝",
    "％",
    "–",
    "−",
    "\u{a0}",
    "\u{3000}",
    "\u{2028}",
    "\u{200b}",
    "\u{200d}",
    "\u{feff}",
    "\u{ad}",
    "\u{61c}",
    "\u{200f}",
    "\u{202e}",
    "\u{2066}",
    "\u{2069}",
    "\u{206a}",
    "\u{fffd}",
    "\u{ffff}",
    "\u{10ffff}",
    "\u{e0001}",
    "é",
    "e\u{301}",
    "綁",
    "😀",
    "👨\u{200d}👩\u{200d}👧",
    // Markup, schemes, prototypes and numbers.
    "<b>",
    "</script>",
    "{",
    "}",
    "[",
    "]",
    "\"",
    "'",
    "`",
    "*",
    "<",
    ">",
    "{{x}}",
    "${x}",
    "javascript:alert(1)",
    "data:,x",
    "http://",
    "https://",
    "https://evil.example/",
    "__proto__",
    "constructor",
    "toString",
    "null",
    "NaN",
    "Infinity",
    "-0",
    "1e999",
    "0x10",
    "18446744073709551616",
];

/// A piece of a text: a nasty one, a plain one, or any character.
pub fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => select(NASTY).prop_map(str::to_owned),
        3 => vec(select(b"azAZ059-".as_slice()).prop_map(char::from), 1..8).prop_map(String::from_iter),
        2 => any::<char>().prop_map(String::from),
    ]
}

/// Some pieces in a row, and sometimes a long run of one.
pub fn hostile() -> impl Strategy<Value = String> {
    prop_oneof![
        400 => vec(piece(), 0..5).prop_map(|pieces| pieces.concat()),
        1 => (piece(), 1..3_000_usize).prop_map(|(piece, times)| piece.repeat(times)),
    ]
}

/// A LIFF ID in LINE's form.
pub fn liff_id() -> impl Strategy<Value = String> {
    select(
        ["1656451635-z3yqZNO3", "1-a", "2000000000-AbcdEfgh", "00000000000000000000000000000001-zzzzzzzz"].as_slice(),
    )
    .prop_map(str::to_owned)
}

const USER_AGENTS: &[&str] = &[
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_4 like Mac OS X) AppleWebKit/605.1.15 Safari Line/26.4.0 LIFF",
    "Mozilla/5.0 (iPad; CPU OS 17_0 like Mac OS X) Safari Line/9.19.0",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/18.0 Safari/605.1.15",
    "Mozilla/5.0 (Linux; Android 14; Pixel 8) Chrome/130 Mobile Safari/537.36 Line/26.6.0/IAB",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/130 Safari/537.36",
    " Line/",
    " Line/.",
    " Line/99999999999999999999.1",
    "x Line/9",
    "Line/26.4.0",
    " Line/a Line/26.4.0",
];

/// A user agent, unchanged or damaged.
pub fn user_agent() -> impl Strategy<Value = String> {
    prop_oneof![4 => mutated(select(USER_AGENTS).prop_map(str::to_owned)), 1 => hostile()]
}
