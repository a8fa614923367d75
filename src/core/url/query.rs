//! A URL's query string, read as browsers read it (WHATWG URL), and kept as it was written.

use crate::core::hidden::is_hidden;
use std::borrow::Cow;

/// A query as it stands in the URL, without the `?`. Kept parameters stay as they were written, byte for byte.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query(String);

impl Query {
    /// Takes the part between `?` and `#`.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// Takes a query from inside another parameter, and escapes the characters that can't stand in a URL's query
    /// (WHATWG URL, "special-query percent-encode set").
    #[must_use]
    pub fn nested(bytes: &[u8]) -> Self {
        let mut query = String::with_capacity(bytes.len());
        for byte in bytes {
            match byte {
                b'"' | b'#' | b'\'' | b'<' | b'>' => escape_into(&mut query, *byte),
                byte if byte.is_ascii_graphic() => query.push(char::from(*byte)),
                byte => escape_into(&mut query, *byte),
            }
        }
        Self(query)
    }

    /// The query as it stands in the URL.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Each parameter as written, with its decoded name. Mail and CRM tools escape `&` too often, so a name loses every
    /// leading `amp;`. They also break lines within a link, so the page's own names lose unseen characters, and blanks
    /// and a second `?` around them.
    fn pairs(&self) -> impl Iterator<Item = (&str, String)> {
        let pairs = self.0.split('&').filter(|pair| !pair.is_empty());
        pairs.map(|pair| {
            let mut name = decode_form(split(pair).0);
            while let Some(mark) = ["amp;", "#038;", "#38;"].into_iter().find(|mark| name.starts_with(mark)) {
                name.drain(..mark.len());
            }
            let seen: String = name.chars().filter(|c| !is_hidden(*c)).collect();
            let own = seen.trim_matches(|c: char| c == '?' || c.is_whitespace());
            (pair, if is_own(own) { own.to_owned() } else { name })
        })
    }

    fn values(&self, name: &str) -> impl Iterator<Item = &str> {
        self.pairs().filter(move |(_, own)| own == name).map(|(pair, _)| split(pair).1)
    }

    fn first_raw(&self, name: &str) -> Option<&str> {
        self.values(name).next()
    }

    /// The first value of `name`: a later one may be an attacker's, added through the LIFF URL (LIFF's secondary
    /// redirect appends the LIFF URL's query to the endpoint's).
    #[must_use]
    pub fn first(&self, name: &str) -> Option<String> {
        self.first_raw(name).map(decode_form)
    }

    /// All values of `name`.
    pub fn all(&self, name: &str) -> impl Iterator<Item = String> {
        self.values(name).map(decode_form)
    }

    /// The same with every `+` kept: shops put plain base64 into their links, where `+` isn't a blank.
    pub fn all_with_plus(&self, name: &str) -> impl Iterator<Item = String> {
        self.values(name).map(|value| String::from_utf8_lossy(&decode(value)).into_owned())
    }

    /// The first value of `name` as bytes, decoded as JavaScript's `decodeURIComponent` does.
    #[must_use]
    pub fn first_bytes(&self, name: &str) -> Option<Vec<u8>> {
        self.first_raw(name).map(decode)
    }

    /// The parameters of pairs that were escaped as a whole, `=` included: `bindToken%3DT%26lang%3Den`.
    #[must_use]
    pub fn escaped_whole(&self) -> Self {
        let whole = self.pairs().filter(|(pair, name)| !pair.contains('=') && name.contains('='));
        Self::nested(whole.map(|(_, name)| name).collect::<Vec<_>>().join("&").as_bytes())
    }

    /// The parameters that hang on to `name`'s values because their `&` was escaped or is a second `?`.
    #[must_use]
    pub fn behind(&self, name: &str) -> Self {
        let values = self.values(name).map(|value| String::from_utf8_lossy(&decode(value)).replace('?', "&"));
        let behind: Vec<_> = values.filter_map(|value| Some(value.split_once('&')?.1.to_owned())).collect();
        Self::nested(behind.join("&").as_bytes())
    }

    /// Whether there is a parameter of this name.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.first_raw(name).is_some()
    }

    /// The query with only the parameters that `wanted` accepts, by the decoded name and the pair as written.
    #[must_use]
    pub fn only(&self, wanted: &dyn Fn(&str, &str) -> bool) -> Self {
        let kept: Vec<_> = self.pairs().filter(|(pair, name)| wanted(name, pair)).map(|(pair, _)| pair).collect();
        Self(kept.join("&"))
    }

    /// This query followed by `other`, whose parameters count only if this one lacks them: the first of a name wins.
    #[must_use]
    pub fn followed_by(&self, other: &Self) -> Self {
        let mark = if self.0.is_empty() || other.0.is_empty() { "" } else { "&" };
        Self([&self.0, mark, &other.0].concat())
    }

    /// The query followed by `name=value`.
    #[must_use]
    pub fn with(&self, name: &str, value: &str) -> Self {
        let mut pair = String::new();
        encode_into(&mut pair, name);
        pair.push('=');
        encode_into(&mut pair, value);
        self.followed_by(&Self(pair))
    }

    /// `base` followed by the query.
    #[must_use]
    pub fn of(&self, base: &str) -> String {
        let mark = if self.0.is_empty() { "" } else { "?" };
        [base, mark, &self.0].concat()
    }
}

/// Whether this page reads a parameter of this name.
#[must_use]
pub(super) fn is_own(name: &str) -> bool {
    matches!(name, "liffId" | "bindToken" | "lang" | "check" | "unlink")
}

/// A URL without its fragment, and the fragment. Some shops' systems write `&` as `&#038;` (`esc_url` of `WordPress`),
/// whose `#` begins none.
#[must_use]
pub fn split_fragment(url: &str) -> (String, String) {
    let url = String::from_utf8_lossy(&with_plain_marks(url.as_bytes())).into_owned();
    let (before, fragment) = url.split_once('#').unwrap_or((&url, ""));
    (before.to_owned(), fragment.to_owned())
}

/// A text with every `&` that was written as an HTML character reference.
pub(super) fn with_plain_marks(text: &[u8]) -> Vec<u8> {
    let (mut plain, mut rest) = (Vec::with_capacity(text.len()), text);
    while let [byte, behind @ ..] = rest {
        plain.push(*byte);
        let written = [&b"&#038;"[..], b"&#38;", b"&#x26;"];
        let written =
            written.into_iter().find(|own| rest.get(..own.len()).is_some_and(|head| head.eq_ignore_ascii_case(own)));
        rest = written.and_then(|own| rest.get(own.len()..)).unwrap_or(behind);
    }
    plain
}

/// Whether JavaScript's `decodeURIComponent` accepts this pair: the LIFF SDK calls it on every pair, and fails if it
/// throws (LIFF SDK 2.31.0, `qs.parse`).
pub(super) fn is_decodable(pair: &str) -> bool {
    let mut rest = pair;
    while let Some((_, behind)) = rest.split_once('%') {
        let digits = behind.get(..2).is_some_and(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()));
        if !digits {
            return false;
        }
        rest = behind;
    }
    String::from_utf8(decode(pair)).is_ok()
}

/// A pair's name and value, as written.
fn split(pair: &str) -> (&str, &str) {
    pair.split_once('=').unwrap_or((pair, ""))
}

/// Decodes like a form (`application/x-www-form-urlencoded`): `+` is a blank. Bytes that aren't UTF-8 become U+FFFD.
pub(in crate::core) fn decode_form(text: &str) -> String {
    let blanks: Cow<'_, str> = if text.contains('+') { text.replace('+', " ").into() } else { text.into() };
    String::from_utf8_lossy(&decode(&blanks)).into_owned()
}

/// Percent-decodes; a malformed `%` stays as it is.
pub(super) fn decode(text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        let mut ahead = rest.clone();
        match (byte, ahead.next().and_then(hex), ahead.next().and_then(hex)) {
            (b'%', Some(high), Some(low)) => {
                rest = ahead;
                bytes.push(high << 4 | low);
            }
            _ => bytes.push(byte),
        }
    }
    bytes
}

fn hex(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

/// Percent-encodes all but RFC 3986's unreserved characters.
#[must_use]
pub fn escape(text: &str) -> String {
    let mut out = String::new();
    encode_into(&mut out, text);
    out
}

fn encode_into(out: &mut String, text: &str) {
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => out.push(char::from(byte)),
            _ => escape_into(out, byte),
        }
    }
}

fn escape_into(out: &mut String, byte: u8) {
    let digit = |nibble: u8| char::from_digit(nibble.into(), 16).unwrap_or('0').to_ascii_uppercase();
    out.extend(['%', digit(byte >> 4), digit(byte & 15)]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decodes_as_browsers_do() {
        for (text, decoded) in [
            ("a+b%20c", "a b c"),
            ("%E7%B6%81", "綁"),
            ("100%", "100%"),
            ("%zz%4", "%zz%4"),
            ("%FF", "\u{fffd}"),
            ("%2B", "+"),
        ] {
            assert_eq!(decode_form(text), decoded, "{text}");
        }
    }

    #[test]
    fn knows_what_the_sdk_cannot_decode() {
        for pair in ["a=1", "%E7%B6%81=綁", "a=%2525", ""] {
            assert!(is_decodable(pair), "{pair}");
        }
        for pair in ["a=50%off", "a=%", "a=%4", "%8AO%91%95=x", "a=b=%zz", "a=%E7%B6", "a=%綁綁"] {
            assert!(!is_decodable(pair), "{pair}");
        }
    }

    #[test]
    fn takes_the_first_of_two_values() {
        let query = Query::new("liffId=mine&liffId=theirs&flag&a=1=2&amp;b=3&amp;amp%3Bc=4");
        let first = |name| query.first(name);
        assert_eq!(first("liffId").as_deref(), Some("mine"));
        assert_eq!(first("flag").as_deref(), Some(""));
        assert_eq!(first("a").as_deref(), Some("1=2"));
        assert_eq!(first("b").as_deref(), Some("3"));
        assert_eq!(first("c").as_deref(), Some("4"));
        assert_eq!(first("none"), None);
    }

    #[test]
    fn a_plus_may_be_a_character() {
        let query = Query::new("t=ab+cd/ef%2B%3D%3D");
        assert_eq!(query.all_with_plus("t").next().as_deref(), Some("ab+cd/ef+=="));
        assert_eq!(query.first("t").as_deref(), Some("ab cd/ef+=="));
    }

    #[test]
    fn keeps_pairs_as_they_were_written() {
        let query = Query::new("a=%e7%b6%81&&code=1&b").only(&|name, _| name != "code").with("c", "x y&é");
        assert_eq!(query.of("/p"), "/p?a=%e7%b6%81&b&c=x%20y%26%C3%A9");
        assert_eq!(Query::default().of("/p"), "/p");
    }

    #[test]
    fn own_parameters_win_over_added_ones() {
        let both = Query::new("a=1").followed_by(&Query::nested("a=2&b=綁 3'".as_bytes()));
        assert_eq!(both.of(""), "?a=1&a=2&b=%E7%B6%81%203%27");
        assert_eq!(both.first("a").as_deref(), Some("1"));
        assert_eq!(Query::default().followed_by(&Query::new("b=3")).of(""), "?b=3");
    }
}
