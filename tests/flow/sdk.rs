//! How LINE's SDK reads the page's address (LIFF SDK 2.31.0), as far as an address can mislead it.

/// JavaScript's `decodeURIComponent`; `None` if it throws.
#[must_use]
pub fn decode_uri_component(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(if byte == b'%' { escaped(rest.next()?, rest.next()?)? } else { byte });
    }
    String::from_utf8(bytes).ok()
}

fn escaped(high: u8, low: u8) -> Option<u8> {
    let digit = |byte: u8| char::from(byte).to_digit(16);
    u8::try_from(digit(high)? * 16 + digit(low)?).ok()
}

fn query(url: &str) -> &str {
    let address = url.split('#').next().unwrap_or_default();
    address.split_once('?').map_or("", |(_, query)| query)
}

/// `qs.parse` of a URL's query: its names and values; `None` if it throws.
#[must_use]
pub fn parameters(url: &str) -> Option<Vec<(String, String)>> {
    let pairs = query(url).split('&').filter(|pair| !pair.is_empty());
    let pairs = pairs.map(|pair| {
        let parts: Option<Vec<_>> = pair.split('=').map(decode_uri_component).collect();
        let mut parts = parts?.into_iter();
        Some((parts.next()?, parts.next().unwrap_or_default()))
    });
    pairs.collect()
}

/// `new URLSearchParams` of a text without its `?`. Text that cannot be decoded stays, which is close enough for the
/// names in question.
pub fn search_params(text: &str) -> impl Iterator<Item = (String, String)> {
    let read = |text: &str| {
        let text = text.replace('+', " ");
        decode_uri_component(&text).unwrap_or(text)
    };
    text.split('&').map(move |pair| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        (read(name), read(value))
    })
}

/// Whether `isSubWindow` finds a mark of a sub-window in this address. It reads a whole `liff.state` as a query.
#[must_use]
pub fn opens_sub_window(url: &str) -> bool {
    let is_mark = |name: &str| name.starts_with("liff.subwindow");
    search_params(query(url)).any(|(name, value)| {
        let state = value.strip_prefix('?').unwrap_or(&value);
        is_mark(&name) || (name == "liff.state" && search_params(state).any(|(name, _)| is_mark(&name)))
    })
}

/// The reason why an address must not be given to `liff.init`; `None` if the SDK reads it well.
#[must_use]
pub fn objection(url: &str) -> Option<&'static str> {
    let Some(parameters) = parameters(url) else { return Some("the SDK throws a URIError") };
    let has = |name: &str| parameters.iter().any(|(own, _)| own == name);
    if opens_sub_window(url) {
        return Some("the SDK opens a sub-window");
    }
    if has("code") && !has("liffClientId") {
        return Some("the SDK takes somebody else's code for LINE's");
    }
    if has("liffClientId") && !has("liffIsEscapedFromApp") {
        return Some("the SDK loads the page once more on Android");
    }
    None
}
