//! The launch URL. What the page reads from it is compared with what an independent parser (`url`) reads.

use fuzz::{config, query, text};
use liff_bind::core::{BindToken, Launch, LiffId, Text};
use proptest::{option, prelude::*};
use url::{Url, form_urlencoded};

/// One parameter, as written and as read.
#[derive(Clone, Debug)]
struct Parameter {
    written: String,
    name: String,
    value: String,
}

fn parameters(query: &str) -> Vec<Parameter> {
    let written = query.split('&').filter(|written| !written.is_empty());
    let read = written.map(|written| {
        let (name, value) = form_urlencoded::parse(written.as_bytes()).next().unwrap_or_default();
        Parameter { written: written.to_owned(), name: name.into_owned(), value: value.into_owned() }
    });
    read.collect()
}

fn first<'a>(parameters: &'a [Parameter], name: &str) -> Option<&'a str> {
    parameters.iter().find(|parameter| parameter.name == name).map(|parameter| parameter.value.as_str())
}

/// What a sign-in adds to a URL: LINE's own, and the page's note that it went there by itself.
fn is_sign_in(name: &str) -> bool {
    let names = ["code", "state", "liffClientId", "liffRedirectUri", "liffOAuth2Error", "liffIsEscapedFromApp"];
    names.contains(&name) || name.starts_with("error") || name == "signedInAgain"
}

/// What belongs to one opening by LINE.
fn is_lines_own(name: &str) -> bool {
    is_sign_in(name) || name.starts_with("liff.") || name == "lineAppVersion"
}

/// A URL, taken apart by other means than the page's.
struct Expected {
    base: String,
    own: Vec<Parameter>,
    held_back: Vec<Parameter>,
}

impl Expected {
    fn read(href: &str) -> Self {
        let address = href.split('#').next().unwrap_or_default();
        let mut parts = address.splitn(2, '?');
        let base = parts.next().unwrap_or_default().to_owned();
        let own = parameters(parts.next().unwrap_or_default());
        let state = first(&own, "liff.state").unwrap_or_default();
        let held_back = state.split_once('?').map_or("", |(_, query)| query);
        let held_back = parameters(&graphic(held_back.split('#').next().unwrap_or_default()));
        Self { base, own, held_back }
    }

    fn first(&self, name: &str) -> Option<&str> {
        first(&self.own, name).or_else(|| first(&self.held_back, name))
    }

    /// `base` with the page's own parameters and those held back behind them, but for the `unwanted`.
    fn whole(&self, base: &str, unwanted: impl Fn(&str) -> bool) -> String {
        url(base, self.own.iter().chain(&self.held_back), unwanted)
    }
}

fn url<'a>(base: &str, parameters: impl Iterator<Item = &'a Parameter>, unwanted: impl Fn(&str) -> bool) -> String {
    let kept = parameters.filter(|parameter| !unwanted(&parameter.name));
    let query = kept.map(|parameter| parameter.written.as_str()).collect::<Vec<_>>().join("&");
    if query.is_empty() { base.to_owned() } else { [base, "?", &query].concat() }
}

/// `expected` with the bind token behind it where it has none.
fn with_token(expected: String, token: Option<BindToken>) -> String {
    let query = expected.split_once('?').map_or("", |(_, query)| query);
    match token {
        Some(token) if first(&parameters(query), "bindToken").is_none() => {
            // But for RFC 3986's unreserved characters.
            let token = percent_encoded(token.as_str(), |byte| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte));
            let mark = if query.is_empty() { "?" } else { "&" };
            [&expected, mark, "bindToken=", &token].concat()
        }
        _ => expected,
    }
}

/// Percent-encoded but for what is `plain`.
fn percent_encoded(text: &str, plain: fn(u8) -> bool) -> String {
    text.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}

/// A query as it can stand in a URL.
fn graphic(query: &str) -> String {
    percent_encoded(query, |byte| byte.is_ascii_graphic())
}

fn leak(text: &str) -> Text {
    text.to_owned().leak()
}

fn reads_what_a_browser_reads(href: &str, default: &str, referrer: &str) -> Result<(), TestCaseError> {
    let launch = Launch::parse(leak(href));
    let expected = Expected::read(href);

    let own_id = first(&expected.own, "liffId").filter(|id| !id.trim().is_empty());
    prop_assert_eq!(launch.liff_id(default), LiffId::read(own_id.unwrap_or(default)));
    prop_assert_eq!(launch.bind_token(), expected.first("bindToken").and_then(|token| BindToken::read(leak(token))));

    let returned = first(&expected.own, "liffClientId").is_some();
    prop_assert_eq!(launch.is_sign_in_return(), returned);
    prop_assert_eq!(launch.signed_in_again(), first(&expected.own, "signedInAgain").is_some());
    let refused = first(&expected.own, "liffOAuth2Error").is_some();
    prop_assert_eq!(launch.sign_in_error(), first(&expected.own, "error").filter(|_| refused));
    let escaped = first(&expected.own, "liffIsEscapedFromApp").is_some();
    let from_line = Url::parse(referrer).is_ok_and(|url| url.host_str() == Some("access.line.me"));
    prop_assert_eq!(launch.is_about_to_reload(referrer), returned && !escaped && from_line);
    Ok(())
}

fn writes_urls_that_mean_the_same(href: &str, token: Option<BindToken>) -> Result<(), TestCaseError> {
    let launch = Launch::parse(leak(href));
    let expected = Expected::read(href);
    let id = LiffId::read("1656451635-z3yqZNO3").ok_or_else(|| TestCaseError::fail("a LIFF ID"))?;

    let clean = launch.clean_url(token);
    prop_assert_eq!(&clean, &with_token(url(&expected.base, expected.own.iter(), is_sign_in), token));
    prop_assert_eq!(&Launch::parse(leak(&clean)).clean_url(token), &clean);

    let back = launch.return_url(token, false);
    prop_assert_eq!(&back, &with_token(expected.whole(&expected.base, is_lines_own), token));
    prop_assert_eq!(&Launch::parse(leak(&back)).return_url(token, false), &back);
    let noted = launch.return_url(token, true);
    prop_assert_eq!(
        &noted,
        &[back.as_str(), if back == expected.base { "?" } else { "&" }, "signedInAgain=1"].concat()
    );
    prop_assert!(Launch::parse(leak(&noted)).signed_in_again());

    let liff = launch.liff_url(id, token);
    let base = "https://liff.line.me/1656451635-z3yqZNO3";
    let whole = expected.whole(base, |name| name == "liffId" || is_lines_own(name));
    prop_assert_eq!(&liff, &with_token(whole, token));
    let seen = Url::parse(&liff).map_err(|error| TestCaseError::fail(error.to_string()))?;
    prop_assert_eq!((seen.host_str(), seen.path()), (Some("liff.line.me"), "/1656451635-z3yqZNO3"));
    prop_assert!(seen.query_pairs().all(|(name, _)| name != "liffId" && !is_lines_own(&name)));

    for url in [clean, back, liff] {
        prop_assert!(url.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'#'), "{url}");
        if let Some(token) = token.filter(|_| expected.first("bindToken").is_none()) {
            prop_assert_eq!(Launch::parse(leak(&url)).bind_token(), Some(token));
        }
    }
    Ok(())
}

/// The address as a browser hands it out: normalised.
fn shown_address() -> impl Strategy<Value = String> {
    (query::query(), text::hostile()).prop_filter_map("a URL", |(query, fragment)| {
        let href = ["https://shop.example/liff-bind.html?", &query, "#", &fragment].concat();
        Url::parse(&href).map(String::from).ok()
    })
}

fn referrer() -> impl Strategy<Value = String> {
    prop_oneof![Just("https://access.line.me/".to_owned()), Just("https://access.line.me.evil.example/".to_owned())]
}

proptest! {
    #![proptest_config(config(100_000))]

    #[test]
    fn any_address(href in query::href(), default in text::liff_id(), referrer in referrer()) {
        reads_what_a_browser_reads(&href, &default, &referrer)?;
    }

    #[test]
    fn any_address_a_browser_shows(href in shown_address(), referrer in referrer()) {
        reads_what_a_browser_reads(&href, "", &referrer)?;
    }

    #[test]
    fn any_address_made_anew(href in shown_address(), token in option::of(text::hostile())) {
        writes_urls_that_mean_the_same(&href, token.and_then(|token| BindToken::read(token.leak())))?;
    }
}
