//! A URL's query string, read as browsers read it (WHATWG URL, `application/x-www-form-urlencoded`).

use super::text::{Text, before, cut, hex_digit, parts};

/// A query as it stands in the URL, without the `?`. Parameters that are kept stay as they were written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Query(Text);

impl Query {
    /// Takes the part between `?` and `#`.
    pub const fn new(text: Text) -> Self {
        Self(text)
    }

    /// Takes a query that stood in another parameter, and so may hold characters that cannot stand in a URL.
    pub fn nested(text: &str) -> Self {
        let mut query = String::with_capacity(text.len());
        for byte in text.bytes() {
            if byte.is_ascii_graphic() { query.push(char::from(byte)) } else { escape_into(&mut query, byte) }
        }
        Self(query.leak())
    }

    /// The pairs as written, each with its decoded name.
    fn pairs(self) -> impl Iterator<Item = (Text, String)> {
        let pairs = parts(self.0, b'&').filter(|pair| !pair.is_empty());
        pairs.map(|pair| (pair, decode(before(pair, b'='))))
    }

    /// The first value of `name`: a later one may be an attacker's, glued on by the LIFF URL
    /// (LIFF's secondary redirect appends the LIFF URL's query behind the endpoint's).
    pub fn first(self, name: &str) -> Option<Text> {
        let (pair, _) = self.pairs().find(|(_, own)| own == name)?;
        Some(decode(cut(pair, b'=').map_or("", |(_, value)| value)).leak())
    }

    /// The query without the parameters that `unwanted` names.
    pub fn without(self, unwanted: impl Fn(&str) -> bool) -> Self {
        let mut kept = String::with_capacity(self.0.len());
        for (pair, _) in self.pairs().filter(|(_, name)| !unwanted(name)) {
            if !kept.is_empty() {
                kept.push('&');
            }
            kept.push_str(pair);
        }
        Self(kept.leak())
    }

    /// This query and behind it `other`, whose parameters count where this one lacks them: the first of a name wins.
    pub fn or(self, other: Self) -> Self {
        self.followed_by(other.0)
    }

    /// The query with `name=value` behind it.
    pub fn with(self, name: &str, value: &str) -> Self {
        let mut pair = String::new();
        encode_into(&mut pair, name);
        pair.push('=');
        encode_into(&mut pair, value);
        self.followed_by(pair.leak())
    }

    /// The query behind `base`.
    pub fn of(self, base: &str) -> String {
        let mark = if self.0.is_empty() { "" } else { "?" };
        [base, mark, self.0].concat()
    }

    fn followed_by(self, more: Text) -> Self {
        let mark = if self.0.is_empty() || more.is_empty() { "" } else { "&" };
        Self([self.0, mark, more].concat().leak())
    }
}

/// Percent-decodes; a malformed `%` stays as it is, bytes that are no UTF-8 become U+FFFD.
fn decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => {
                let mut ahead = rest.clone();
                match (ahead.next().and_then(hex), ahead.next().and_then(hex)) {
                    (Some(high), Some(low)) => {
                        rest = ahead;
                        high << 4 | low
                    }
                    _ => byte,
                }
            }
            other => other,
        });
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

pub(super) fn hex(byte: u8) -> Option<u8> {
    match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        b'A'..=b'F' => Some(byte - b'A' + 10),
        _ => None,
    }
}

/// Percent-encodes all but RFC 3986's unreserved characters.
fn encode_into(out: &mut String, text: &str) {
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => out.push(char::from(byte)),
            _ => escape_into(out, byte),
        }
    }
}

fn escape_into(out: &mut String, byte: u8) {
    out.extend(['%', hex_digit(byte >> 4), hex_digit(byte & 15)]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decodes_as_browsers_do() {
        assert_eq!(decode("a+b%20c"), "a b c");
        assert_eq!(decode("%E7%B6%81"), "綁");
        assert_eq!(decode("100%"), "100%");
        assert_eq!(decode("%zz%4"), "%zz%4");
        assert_eq!(decode("%FF"), "\u{fffd}");
    }

    #[test]
    fn takes_the_first_of_two_values() {
        let query = Query::new("liffId=mine&liffId=theirs&flag&a=1=2");
        assert_eq!(query.first("liffId"), Some("mine"));
        assert_eq!(query.first("flag"), Some(""));
        assert_eq!(query.first("a"), Some("1=2"));
        assert_eq!(query.first("none"), None);
    }

    #[test]
    fn keeps_pairs_as_they_were_written() {
        let query = Query::new("a=%e7%b6%81&&code=1&b").without(|name| name == "code").with("c", "x y&é");
        assert_eq!(query.of("/p"), "/p?a=%e7%b6%81&b&c=x%20y%26%C3%A9");
        assert_eq!(Query::default().of("/p"), "/p");
    }

    #[test]
    fn own_parameters_win_over_added_ones() {
        let both = Query::new("a=1").or(Query::nested("a=2&b=綁 3"));
        assert_eq!(both.of(""), "?a=1&a=2&b=%E7%B6%81%203");
        assert_eq!(both.first("a"), Some("1"));
        assert_eq!(Query::default().or(Query::new("b=3")).of(""), "?b=3");
    }
}
