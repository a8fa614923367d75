//! The launch URL. The page's reading of it is compared with that of an independent parser (`url`).

use fuzz::{config, query, sdk, text};
use liff_bind::core::{BindToken, Launch, LiffId, Purpose, is_hidden};
use proptest::{option, prelude::*};
use url::{Url, form_urlencoded};

/// One parameter, as written and as read.
#[derive(Clone, Debug)]
struct Parameter {
    written: String,
    name: String,
    value: String,
}

impl Parameter {
    /// Whether the SDK can decode it.
    fn is_decodable(&self) -> bool {
        sdk::decode_uri_component(&self.written).is_some()
    }

    /// The value as bytes, in which `+` is a character.
    fn bytes(&self) -> Vec<u8> {
        let value = self.written.split_once('=').map_or("", |(_, value)| value);
        percent_decoded(value)
    }
}

/// The page's own parameters.
const OWN: [&str; 5] = ["liffId", "bindToken", "lang", "check", "unlink"];

/// The parameters of a query. Mail tools escape `&` too often, which leaves `amp;` before a name.
fn parameters(query: &str) -> Vec<Parameter> {
    let written = query.split('&').filter(|written| !written.is_empty());
    let read = written.map(|written| {
        let (name, value) = form_urlencoded::parse(written.as_bytes()).next().unwrap_or_default();
        let marks = ["amp;", "#038;", "#38;"];
        let mut name = &*name;
        while let Some(rest) = marks.iter().find_map(|mark| name.strip_prefix(mark)) {
            name = rest;
        }
        // In its own names, the page ignores what broken lines leave, and a second `?`.
        let seen = name.replace(is_hidden, "");
        let plain = seen.trim_matches(|c: char| c == '?' || c.is_whitespace());
        let name = if OWN.contains(&plain) { plain } else { name };
        Parameter { written: written.to_owned(), name: name.to_owned(), value: value.into_owned() }
    });
    read.collect()
}

fn find<'a>(parameters: &'a [Parameter], name: &str) -> Option<&'a Parameter> {
    parameters.iter().find(|parameter| parameter.name == name)
}

fn first<'a>(parameters: &'a [Parameter], name: &str) -> Option<&'a str> {
    find(parameters, name).map(|parameter| parameter.value.as_str())
}

/// Whether only LINE, its SDK and the page's own note of a sign-in write this name into an address.
fn is_lines_sign_in(name: &str) -> bool {
    let names = ["liffClientId", "liffRedirectUri", "liffOAuth2Error", "liffIsEscapedFromApp", "signedInAgain"];
    names.contains(&name)
}

/// Whether a name belongs to one opening by LINE.
fn is_lines_mark(name: &str) -> bool {
    is_lines_sign_in(name) || name.starts_with("liff.") || name == "lineAppVersion"
}

/// Names of LINE's answer that others use too.
const SHARED: [&str; 5] = ["code", "state", "error", "error_description", "error_uri"];

/// A URL, parsed by other means than the page's.
struct Expected {
    base: String,
    opened: Vec<Parameter>,
    own: Vec<Parameter>,
    held_back: Vec<Parameter>,
}

impl Expected {
    fn read(href: &str) -> Self {
        let href = with_plain_marks(href);
        let address = href.split('#').next().unwrap_or_default();
        let mut parts = address.splitn(2, '?');
        let base = parts.next().unwrap_or_default().to_owned();
        let opened = parameters(parts.next().unwrap_or_default());
        let state = find(&opened, "liff.state").map(Parameter::bytes).unwrap_or_default();
        let state = without_fragment(&state);
        let held_back = state.splitn(2, |byte| *byte == b'?').nth(1).unwrap_or_default();
        let held_back = parameters(&in_a_url(held_back));
        let (sign_in, error) = (first(&opened, "liffClientId").is_some(), first(&opened, "liffOAuth2Error").is_some());
        let is_lines = |name: &str| match name {
            "code" => sign_in,
            name if SHARED.contains(&name) => sign_in || error,
            name => is_lines_sign_in(name) || name.starts_with("liff.utm_"),
        };
        let mut own: Vec<_> = opened.iter().filter(|parameter| !is_lines(&parameter.name)).cloned().collect();
        // What is mangled, even twice, counts as if it were written at the end.
        for _ in 0..2 {
            let (in_own, in_state) = (mangled(&own), mangled(&held_back));
            let both = || in_own.iter().chain(&in_state);
            let liff_id = in_own.iter().find_map(|place| written(place)).filter(|_| written(&own).is_none());
            let token = both().find_map(|place| token_of(place)).filter(|_| token_of(&held_back).is_none());
            let unlinks = both().any(|place| unlinks(place)) && !unlinks(&own) && !unlinks(&held_back);
            own.extend(liff_id.iter().flat_map(|id| parameters(&["liffId=", &unreserved(id)].concat())));
            let query = with_token(url("", own.iter()), token.as_ref());
            own = parameters(query.strip_prefix('?').unwrap_or_default());
            own.extend(unlinks.then(|| parameters("unlink=1")).into_iter().flatten());
        }
        Self { base, opened, own, held_back }
    }

    fn unlinks(&self) -> bool {
        [&self.opened, &self.own, &self.held_back].into_iter().any(|place| unlinks(place))
    }

    fn bind_token(&self) -> Option<BindToken> {
        let places = [&self.opened, &self.own, &self.held_back].into_iter();
        places.filter(|_| !self.unlinks()).find_map(|place| token_of(place))
    }

    fn liff_id(&self, default: &str) -> Option<LiffId> {
        match written(&self.own) {
            Some(written) => LiffId::read(&written),
            None => LiffId::read(default).or_else(|| LiffId::read(first(&self.held_back, "liffId")?)),
        }
    }

    /// `base` with the `wanted` ones of the page's own parameters, and of those held back after them.
    fn whole(&self, base: &str, wanted: impl Fn(&Parameter) -> bool) -> String {
        url(base, self.own.iter().chain(&self.held_back).filter(|parameter| wanted(parameter)))
    }
}

/// The first `liffId` that isn't blank.
fn written(parameters: &[Parameter]) -> Option<String> {
    let mut values = parameters.iter().filter(|own| own.name == "liffId").map(|own| own.value.clone());
    values.find(|value| !value.trim().is_empty())
}

fn unlinks(parameters: &[Parameter]) -> bool {
    let mut written = parameters.iter().filter(|own| own.name == "unlink").map(|own| own.written.as_str());
    // Whatever the page takes for a "yes".
    written.any(|own| Launch::parse(&["https://h/?", own].concat()).purpose() == Purpose::Unlink)
}

/// Percent-encoded, all but RFC 3986's unreserved characters.
fn unreserved(text: &str) -> String {
    percent_encoded(text.as_bytes(), |byte| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte))
}

/// The first bind token that isn't blank.
fn token_of(parameters: &[Parameter]) -> Option<BindToken> {
    let mut values = parameters.iter().filter(|own| own.name == "bindToken").map(Parameter::bytes);
    values.find_map(|value| BindToken::read(&String::from_utf8_lossy(&value)))
}

/// A text with each `&` that was written as an HTML character reference.
fn with_plain_marks(text: &str) -> String {
    let mut pieces = text.split('&');
    let mut plain = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let written = ["#038;", "#38;", "#x26;", "#X26;"].iter().find_map(|own| piece.strip_prefix(own));
        plain.extend(["&", written.unwrap_or(piece)]);
    }
    plain
}

/// A state as it may reach the SDK.
fn without_fragment(state: &[u8]) -> Vec<u8> {
    // One character a byte, as it may not be UTF-8.
    let text: String = state.iter().copied().map(char::from).collect();
    let plain = with_plain_marks(&text);
    plain.chars().take_while(|c| *c != '#').filter_map(|c| u8::try_from(c).ok()).collect()
}

/// Queries inside others: behind a second `?` or an escaped `&` in a value of the page's own, or a pair that was escaped
/// as a whole.
fn mangled(parameters: &[Parameter]) -> Vec<Vec<Parameter>> {
    let behind = |name: &str| {
        let values = parameters.iter().filter(|own| own.name == name);
        let values = values.map(|own| String::from_utf8_lossy(&own.bytes()).into_owned());
        let behind = values.filter_map(|value| Some(value.split_at(value.find(['?', '&'])? + 1).1.replace('?', "&")));
        behind.collect::<Vec<_>>().join("&")
    };
    let names = parameters.iter().filter(|own| !own.written.contains('=')).map(|own| own.name.as_str());
    let whole: Vec<_> = names.filter(|name| name.contains('=')).collect();
    let inner = [behind("liffId"), behind("lang"), behind("bindToken"), whole.join("&")];
    inner.map(|query| self::parameters(&in_a_url(query.as_bytes()))).to_vec()
}

fn url<'a>(base: &str, parameters: impl Iterator<Item = &'a Parameter>) -> String {
    let query = parameters.map(|parameter| parameter.written.as_str()).collect::<Vec<_>>().join("&");
    if query.is_empty() { base.to_owned() } else { [base, "?", &query].concat() }
}

/// `expected`, followed by the bind token if it has none.
fn with_token(expected: String, token: Option<&BindToken>) -> String {
    let query = expected.split_once('?').map_or("", |(_, query)| query);
    match token {
        Some(token) if token_of(&parameters(query)).is_none() => {
            let base = expected.split('?').next().unwrap_or_default();
            let others = parameters(query);
            let expected = url(base, others.iter().filter(|own| own.name != "bindToken"));
            let query = expected.split_once('?').map_or("", |(_, query)| query);
            let mark = if query.is_empty() { "?" } else { "&" };
            [&expected, mark, "bindToken=", &unreserved(token.as_str())].concat()
        }
        _ => expected,
    }
}

/// Percent-encoded, except for `plain` bytes.
fn percent_encoded(bytes: &[u8], plain: fn(u8) -> bool) -> String {
    let encoded = |byte: &u8| if plain(*byte) { char::from(*byte).to_string() } else { format!("%{byte:02X}") };
    bytes.iter().map(encoded).collect()
}

/// Percent-decoded as a form, which differs only in `+`.
fn percent_decoded(text: &str) -> Vec<u8> {
    // A form is read as UTF-8, so each byte that is not UTF-8 goes alone.
    let mut bytes = Vec::new();
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('%') {
        bytes.extend(before.bytes());
        let byte = behind.get(..2).filter(|digits| digits.chars().all(|c| c.is_ascii_hexdigit()));
        let byte = byte.and_then(|digits| u8::from_str_radix(digits, 16).ok());
        bytes.push(byte.unwrap_or(b'%'));
        rest = if byte.is_some() { behind.get(2..).unwrap_or_default() } else { behind };
    }
    bytes.extend(rest.bytes());
    bytes
}

/// A query as it can stand in a URL (WHATWG URL, "special-query percent-encode set").
fn in_a_url(query: &[u8]) -> String {
    percent_encoded(query, |byte| byte.is_ascii_graphic() && !b"\"#'<>".contains(&byte))
}

fn reads_what_a_browser_reads(href: &str, default: &str) -> Result<(), TestCaseError> {
    let launch = Launch::parse(href);
    let expected = Expected::read(href);

    prop_assert_eq!(launch.liff_id(default), expected.liff_id(default));
    prop_assert_eq!(launch.bind_token(), expected.bind_token());

    let has = |name| first(&expected.opened, name).is_some();
    let returned = has("liffClientId");
    prop_assert_eq!(launch.is_sign_in_return(), returned);
    prop_assert_eq!(launch.signed_in_again(), has("signedInAgain"));
    let refused = first(&expected.opened, "error").filter(|_| has("liffOAuth2Error"));
    prop_assert_eq!(launch.sign_in_error(), refused.map(str::to_owned));
    Ok(())
}

fn writes_urls_that_mean_the_same(href: &str, token: Option<&BindToken>) -> Result<(), TestCaseError> {
    let launch = Launch::parse(href);
    let expected = Expected::read(href);
    let id = LiffId::read("1656451635-z3yqZNO3").ok_or_else(|| TestCaseError::fail("a LIFF ID"))?;

    let clean_url = |launch: &Launch| launch.cleaned(token).shown_url();
    let clean = clean_url(&launch);
    prop_assert_eq!(&clean, &with_token(url(&expected.base, expected.own.iter()), token));
    prop_assert_eq!(&clean_url(&Launch::parse(&clean)), &clean);
    prop_assert_eq!(&clean_url(&Launch::parse(&launch.for_init()).with_own(launch.own())), &clean);

    let back = launch.return_url(token, false);
    let may_come_back =
        |own: &Parameter| !is_lines_mark(&own.name) && !SHARED.contains(&own.name.as_str()) && own.is_decodable();
    let is_read_here = |own: &Parameter| ["liffId", "bindToken", "lang", "check", "unlink"].contains(&&*own.name);
    let others = expected.whole("", |own| may_come_back(own) && !is_read_here(own));
    // Behind the `?`.
    let are_short = others.len() <= 2048 + 1;
    let comes_back = |own: &Parameter| may_come_back(own) && (are_short || is_read_here(own));
    prop_assert_eq!(&back, &with_token(expected.whole(&expected.base, comes_back), token));
    // Without a bind token that can't be decoded, a mangled one may count; from then on nothing changes.
    let again = Launch::parse(&back).return_url(token, false);
    prop_assert_eq!(&Launch::parse(&again).return_url(token, false), &again);
    prop_assert_eq!(sdk::objection(&back), None, "{}", back);
    let noted = launch.return_url(token, true);
    prop_assert_eq!(
        &noted,
        &[back.as_str(), if back == expected.base { "?" } else { "&" }, "signedInAgain=1"].concat()
    );
    prop_assert!(Launch::parse(&noted).signed_in_again());

    let liff = launch.liff_url(&id, token);
    let base = "https://liff.line.me/1656451635-z3yqZNO3";
    let left_out = ["liffId", "openExternalBrowser", "openInAppBrowser"];
    let goes_along = |name: &str| !is_lines_mark(name) && !left_out.contains(&name);
    let mut whole = expected.whole(base, |own| goes_along(&own.name));
    if expected.unlinks() && !unlinks(&parameters(whole.split_once('?').map_or("", |(_, query)| query))) {
        whole.extend([if whole.contains('?') { "&" } else { "?" }, "unlink=1"]);
    }
    prop_assert_eq!(&liff, &with_token(whole, token));
    let seen = Url::parse(&liff).map_err(|error| TestCaseError::fail(error.to_string()))?;
    prop_assert_eq!((seen.host_str(), seen.path()), (Some("liff.line.me"), "/1656451635-z3yqZNO3"));
    prop_assert!(seen.query_pairs().all(|(name, _)| goes_along(&name)));

    for url in [clean, back, liff] {
        prop_assert!(url.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'#'), "{url}");
        if let Some(token) = token.filter(|_| expected.bind_token().is_none() && !expected.unlinks()) {
            prop_assert_eq!(Launch::parse(&url).bind_token(), Some(token.clone()), "{}", url);
        }
    }
    Ok(())
}

/// Nothing in it misleads the SDK, and nothing that LINE and the bind need is missing.
fn gives_the_sdk_what_it_can_read(href: &str) -> Result<(), TestCaseError> {
    let launch = Launch::parse(href);
    let given = launch.for_init();
    prop_assert_eq!(sdk::objection(&given), None, "{}", given);

    let Expected { opened, own, .. } = Expected::read(href);
    let given = Expected::read(&given).opened;
    prop_assert_eq!((written(&given), token_of(&given)), (written(&own), token_of(&own)));
    let needed = |parameter: &&Parameter| {
        let needed = matches!(&*parameter.name, "lang" | "check" | "liffClientId" | "liff.hback" | "lineAppVersion");
        // A name after `amp;` is no mark to the SDK.
        let is_exact = |name: &str| !name.starts_with("amp;") && !name.starts_with('#');
        let needed = needed && sdk::search_params(&parameter.written).all(|(name, _)| is_exact(&name));
        needed && parameter.is_decodable()
    };
    let as_written = |parameters: &[Parameter]| -> Vec<_> {
        parameters.iter().filter(needed).map(|parameter| parameter.written.clone()).collect()
    };
    prop_assert_eq!(as_written(&given), as_written(&opened));
    // After a sign-in the SDK's note is there, once.
    let notes = given.iter().filter(|parameter| parameter.written == "liffIsEscapedFromApp=true").count();
    prop_assert_eq!(notes, usize::from(find(&given, "liffClientId").is_some()));
    // Nothing else is added, except for the cleaned state.
    let mut rest = opened.iter();
    let is_added = |name: &str| ["liff.state", "liffIsEscapedFromApp", "liffId", "bindToken", "unlink"].contains(&name);
    let mut others = given.iter().filter(|parameter| !is_added(&parameter.name));
    prop_assert!(others.all(|parameter| rest.any(|own| own.written == parameter.written)));
    prop_assert_eq!(find(&given, "liff.state").is_some(), find(&opened, "liff.state").is_some());
    Ok(())
}

/// The address in the browser's normalised form.
fn shown_address() -> impl Strategy<Value = String> {
    (query::query(), text::hostile()).prop_filter_map("a URL", |(query, fragment)| {
        let href = ["https://shop.example/liff-bind.html?", &query, "#", &fragment].concat();
        Url::parse(&href).map(String::from).ok()
    })
}

/// The SDK's `decodeState`, word for word, and `location.replace` of its result: the address to which it leads a page
/// that has found this state, with this endpoint URL in LINE's console.
fn decode_state(endpoint: &str, state: &str) -> Option<Url> {
    let slashed =
        |text: &str| if text.is_empty() || text.starts_with('/') { text.to_owned() } else { ["/", text].concat() };
    let has_trailing_slash = |text: &str| text.find(['?', '#']).map_or(text, |end| text.split_at(end).0).ends_with('/');
    let question = |query: Option<&str>| {
        query.filter(|query| !query.is_empty()).map_or(String::new(), |query| ["?", query].concat())
    };

    let state = state.replace('\n', "%0D%0A");
    let keeps_slash = has_trailing_slash(endpoint) || has_trailing_slash(&state);
    let endpoint = Url::parse(endpoint).ok()?;
    let origin = endpoint.origin().ascii_serialization();
    let search = question(endpoint.query());
    let inner = Url::parse(&[&origin, &*slashed(&state)].concat()).ok()?;
    let inner_search = question(inner.query());
    let query = [&*search, &if search.is_empty() { inner_search } else { inner_search.replace('?', "&") }].concat();
    let path = slashed(&[endpoint.path(), &slashed(inner.path())].concat().replacen("//", "/", 1));
    let path = if keeps_slash { &path } else { path.strip_suffix('/').unwrap_or(&path) };
    let hash = inner.fragment().filter(|hash| !hash.is_empty()).map_or(String::new(), |hash| ["#", hash].concat());
    let replaced = [&origin, path, &query, &hash].concat().replace("%0D%0A", "\n");
    let mut replaced = Url::parse(&replaced).ok()?;
    // A `?` with nothing after it means nothing.
    if replaced.query() == Some("") {
        replaced.set_query(None);
    }
    Some(replaced)
}

/// An endpoint URL with this query, and the address at which LINE opens it with that state.
fn opened_with(endpoint: &str, state: &str, marks: &str) -> Option<(String, String)> {
    let endpoint = Url::parse(endpoint).ok()?;
    let mark = if endpoint.query().is_some() { "&" } else { "?" };
    let state = percent_encoded(state.as_bytes(), |byte| byte.is_ascii_alphanumeric() || b"-_.!~*'()".contains(&byte));
    let opened = [endpoint.as_str(), mark, "liff.state=", &state, marks].concat();
    Some((endpoint.to_string(), Url::parse(&opened).ok()?.to_string()))
}

proptest! {
    #![proptest_config(config(100_000))]

    #[test]
    fn any_address(href in query::href(), default in text::liff_id()) {
        reads_what_a_browser_reads(&href, &default)?;
    }

    #[test]
    fn any_address_a_browser_shows(href in shown_address()) {
        reads_what_a_browser_reads(&href, "")?;
    }

    #[test]
    fn any_address_made_anew(href in shown_address(), token in option::of(text::hostile())) {
        writes_urls_that_mean_the_same(&href, token.and_then(|token| BindToken::read(&token)).as_ref())?;
    }

    #[test]
    fn any_address_given_to_the_sdk(href in shown_address()) {
        gives_the_sdk_what_it_can_read(&href)?;
    }

    /// A state that the page takes in by itself leads to the same address as the SDK's.
    #[test]
    fn any_state_taken_in(
        path in proptest::sample::select(["/liff-bind.html", "/shop/", "/", ""].as_slice()),
        own in option::of("liffId=1-a(&[a-z]{1,3}=[a-zA-Z0-9%?/+]{1,6})?"),
        state in prop_oneof![4 => query::state(), 1 => text::hostile().prop_map(|text| ["?", &text].concat())],
        marks in proptest::sample::select(["", "&liff.referrer=https%3A%2F%2Fx.example", "&lineAppVersion=26.4.0"].as_slice()),
    ) {
        let endpoint = ["https://shop.example", path, &own.map_or(String::new(), |own| ["?", &own].concat())].concat();
        let Some((endpoint, opened)) = opened_with(&endpoint, &state, marks) else { return Ok(()) };
        let taken_in = Launch::parse(&opened).with_state_taken_in();
        let state = String::from_utf8_lossy(&without_fragment(state.as_bytes())).into_owned();
        let plain = !state.contains("%0D%0A") && state.bytes().all(|byte| byte > b' ');
        prop_assert_eq!(taken_in.is_some(), state.starts_with('?') && plain);
        if let Some(launch) = taken_in {
            let second_load = decode_state(&endpoint, &state).map(|url| Launch::parse(url.as_str()));
            prop_assert_eq!(Some(launch), second_load, "{} with {:?}", endpoint, state);
        }
    }

    /// The page takes no state in while LINE's SDK must finish a sign-in or a way back of its own.
    #[test]
    fn no_state_is_taken_in_over_a_sign_in(href in shown_address()) {
        let launch = Launch::parse(&href);
        if launch.is_sign_in_return() || first(&Expected::read(&href).opened, "liff.hback").is_some() {
            prop_assert_eq!(launch.with_state_taken_in(), None);
        }
    }
}
