//! A URL's query string, read as browsers read it (WHATWG URL, `application/x-www-form-urlencoded`).

/// One `name=value` of a query, with the text it was written in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parameter {
    /// The decoded name.
    pub name: String,
    /// The decoded value.
    pub value: String,
    /// The pair as it stands in the URL, still encoded.
    raw: String,
}

/// The parameters of a query, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query(Vec<Parameter>);

impl Query {
    /// Reads the part between `?` and `#`; never fails, as a browser never does.
    pub fn parse(text: &str) -> Self {
        let parameters = text
            .split('&')
            .filter(|raw| !raw.is_empty())
            .map(|raw| {
                let (name, value) = raw.split_once('=').unwrap_or((raw, ""));
                Parameter { name: decode(name), value: decode(value), raw: raw.to_owned() }
            })
            .collect();
        Self(parameters)
    }

    /// The first value of `name`: a later one may be an attacker's, glued on by the LIFF URL
    /// (LIFF's secondary redirect appends the LIFF URL's query behind the endpoint's).
    pub fn first(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|parameter| parameter.name == name).map(|parameter| parameter.value.as_str())
    }

    /// The query without the parameters that `unwanted` names.
    #[must_use]
    pub fn without(&self, unwanted: impl Fn(&str) -> bool) -> Self {
        Self(self.0.iter().filter(|parameter| !unwanted(&parameter.name)).cloned().collect())
    }

    /// The query with `name=value` behind it.
    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Self {
        let mut raw = String::new();
        encode_into(&mut raw, name);
        raw.push('=');
        encode_into(&mut raw, value);
        self.0.push(Parameter { name: name.to_owned(), value: value.to_owned(), raw });
        self
    }

    /// This query with those parameters of `other` behind it whose names it lacks.
    #[must_use]
    pub fn or(mut self, other: Self) -> Self {
        let new = other.0.into_iter().filter(|parameter| self.first(&parameter.name).is_none()).collect::<Vec<_>>();
        self.0.extend(new);
        self
    }

    /// `?…`, each pair as it was written; empty when there are none.
    pub fn to_text(&self) -> String {
        let mut text = String::new();
        for parameter in &self.0 {
            text.push(if text.is_empty() { '?' } else { '&' });
            text.push_str(&parameter.raw);
        }
        text
    }
}

/// Percent-decodes; a malformed `%` stays as it is, bytes that are no UTF-8 become U+FFFD.
pub fn decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        let decoded = match byte {
            b'+' => b' ',
            b'%' => {
                let mut ahead = rest.clone();
                match (ahead.next().and_then(hex), ahead.next().and_then(hex)) {
                    (Some(high), Some(low)) => {
                        rest = ahead;
                        high << 4 | low
                    }
                    _ => b'%',
                }
            }
            other => other,
        };
        bytes.push(decoded);
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn hex(byte: u8) -> Option<u8> {
    match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        b'A'..=b'F' => Some(byte - b'A' + 10),
        _ => None,
    }
}

/// Percent-encodes all but RFC 3986's unreserved characters.
fn encode_into(out: &mut String, text: &str) {
    let digit = |nibble: u8| char::from(if nibble < 10 { b'0' + nibble } else { b'A' - 10 + nibble });
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => out.push(char::from(byte)),
            _ => out.extend(['%', digit(byte >> 4), digit(byte & 15)]),
        }
    }
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
        assert_eq!(Query::parse("liffId=mine&liffId=theirs").first("liffId"), Some("mine"));
    }

    #[test]
    fn keeps_pairs_as_they_were_written() {
        let query = Query::parse("a=%e7%b6%81&&code=1&b").without(|name| name == "code").with("c", "x y&é");
        assert_eq!(query.to_text(), "?a=%e7%b6%81&b&c=x%20y%26%C3%A9");
    }

    #[test]
    fn own_parameters_win_over_added_ones() {
        let query = Query::parse("a=1").or(Query::parse("a=2&b=3"));
        assert_eq!(query.to_text(), "?a=1&b=3");
    }
}
