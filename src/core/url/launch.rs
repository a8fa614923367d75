//! The address at which the page was opened, and every URL that is made from it.
//!
//! Everybody writes into this address: the shop, LINE, the SDK, ad networks, mail tools. The SDK decodes every
//! parameter and acts on names that others use too. So the SDK gets only what LINE and the bind need
//! ([`Launch::for_init`]), and the rest is put back once `liff.init` has settled.

use super::{
    ids::{BindToken, LiffId},
    purpose::{Purpose, is_yes},
    query::{Query, decode_form, is_decodable, is_own, split_fragment, with_plain_marks},
};

/// The page's address, parsed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Launch {
    /// Scheme, host and path: everything before `?` and `#`.
    base: String,
    /// The query as LINE or a browser opened it.
    opened: Query,
    /// The page's own parameters: the address shows them, and they go along to LINE and back.
    own: Query,
    /// Parameters of the LIFF URL that LINE still holds back in `liff.state`.
    held_back: Query,
}

impl Launch {
    /// Parses `location.href`; never fails. The methods below tell what is missing.
    #[must_use]
    pub fn parse(href: &str) -> Self {
        let (url, _) = split_fragment(href);
        let (base, query) = url.split_once('?').unwrap_or((&url, ""));
        let opened = Query::new(query);
        let state = state(&opened).unwrap_or_default();
        let inner = state.iter().position(|byte| *byte == b'?').and_then(|mark| state.get(mark + 1..));
        let held_back = Query::nested(inner.unwrap_or_default());
        let own = without_sign_in(&opened).only(&|name, _| !name.starts_with("liff.utm_"));
        // Twice, as what is mangled twice shows only then: every later load reads the same.
        let own = with_mangled(with_mangled(own, &held_back), &held_back);
        Self { base: base.to_owned(), opened, own, held_back }
    }

    /// Moves the LIFF URL's parameters from `liff.state` into the page's own query, as the SDK does by a second load:
    /// the endpoint URL's query, `&`, and the LIFF URL's (LIFF SDK 2.31.0, `init`, `decodeState`). That load costs 500
    /// ms on slow 4G.
    ///
    /// `None` where the SDK might arrive at another address: for a path in `liff.state`, for blanks, control characters
    /// and line breaks, and after a sign-in.
    #[must_use]
    pub fn with_state_taken_in(&self) -> Option<Self> {
        let state = state(&self.opened)?;
        let inner = state.strip_prefix(b"?")?;
        let plain = inner.iter().all(|byte| *byte > b' ') && !inner.windows(6).any(|six| six == b"%0D%0A");
        if !plain || self.opened.has("liff.hback") || self.is_sign_in_return() {
            return None;
        }
        let endpoint = self.opened.only(&|name, _| !is_lines_mark(name));
        let inner: Vec<u8> = match endpoint.as_str() {
            "" => inner.to_vec(),
            // The SDK replaces every `?`, not only the first one.
            _ => inner.iter().map(|byte| if *byte == b'?' { b'&' } else { *byte }).collect(),
        };
        let opened = endpoint.followed_by(&Query::nested(&inner));
        // Parsed as the page would parse it after that load.
        Some(Self::parse(&opened.of(&self.base)))
    }

    /// This address with the page's own parameters as they were before LINE led back here.
    #[must_use]
    pub fn with_own(self, own: &str) -> Self {
        let Self { own, held_back, .. } = Self::parse(&Query::new(own).of(&self.base));
        // LINE may have led away before it gave out what it held back.
        let held_back = if self.held_back == Query::default() { held_back } else { self.held_back };
        Self { own, held_back, ..self }
    }

    /// The page's own parameters, to be stored while the person is away at LINE.
    #[must_use]
    pub fn own(&self) -> &str {
        self.own.as_str()
    }

    /// Whether some of `own`, the page's own parameters, may be missing here: LINE or its SDK has led here from this
    /// page, or the page was reloaded in the middle of `liff.init`.
    #[must_use]
    pub fn is_rest_of(&self, own: &str) -> bool {
        let whole = Self::parse(&Query::new(own).of(&self.base));
        self.is_sign_in_return() || self.opened.has("liff.hback") || Self::parse(&whole.for_init()).own == self.own
    }

    /// The address that `liff.init` finds: only the parameters that LINE and the bind need and that the SDK can decode.
    ///
    /// Other people's parameters must not stop a bind (a malformed `%`), start a sign-in (somebody else's `code`), or
    /// open the SDK's sub-window (`liff.subwindow.*`), which evaluates text from the URL (LIFF 2.20.0 to 2.31.0 are
    /// deprecated for that).
    ///
    /// A sign-in has [`ESCAPED`]. Without it, the SDK on Android outside LINE would load the page once more to add it,
    /// and resolve `liff.init` meanwhile, so that a bind would be sent from both loads; or it would ask for a tap in a
    /// dialog from LINE's CDN, which opens another window (LIFF SDK 2.31.0, `init`). A bind needs neither.
    #[must_use]
    pub fn for_init(&self) -> String {
        // The parameters as the SDK sees them.
        let is_exact = |text: &str| !text.starts_with("amp;") && !text.starts_with('#');
        let seen = self.opened.only(&|_, pair| is_decodable(pair) && is_exact(&decode_form(pair)));
        let (sign_in, error) = (seen.has("liffClientId"), seen.has("liffOAuth2Error"));
        let needed = |name: &str| match name {
            // `src/boot/` needs the language and the doctor's switch if the SDK loads the page again.
            own if own == SIGNED_IN_AGAIN || is_own(own) => true,
            "code" | "liffClientId" | "liffRedirectUri" => sign_in,
            "error" | "error_description" | "liffOAuth2Error" => error,
            "state" => sign_in || error,
            "liff.state" | ESCAPED => false,
            _ => is_lines_mark(name) && !name.starts_with(SUB_WINDOW),
        };
        let kept = seen.only(&|name, _| needed(name));
        // The page's own, where the SDK's part has lost them, or has others in their place.
        let (liff_id, token) = (self.raw_liff_id(), token_in(&self.own));
        let (same_id, same_token) = (written_in("liffId", &kept) == liff_id, token_in(&kept) == token);
        let kept = kept.only(&|name, _| (same_id || name != "liffId") && (same_token || name != "bindToken"));
        let kept = with_wishes(kept, liff_id.as_deref(), token.as_ref(), unlinks(&self.own));
        let kept = if sign_in { kept.with(ESCAPED, "true") } else { kept };
        let state = state(&self.opened).map(|state| without_sub_window(&state));
        state.map_or_else(|| kept.clone(), |state| kept.with("liff.state", &state)).of(&self.base)
    }

    /// Whether the LIFF SDK loads the page a second time in the middle of `liff.init`, with the parameters in
    /// `liff.state`.
    #[must_use]
    pub fn loads_again(&self) -> bool {
        self.opened.has("liff.state")
    }

    /// The address to show: with LINE's sign-in while that isn't finished, else with the page's own parameters.
    #[must_use]
    pub fn shown_url(&self) -> String {
        if self.is_sign_in_return() { &self.opened } else { &self.own }.of(&self.base)
    }

    /// The `liffId` of the page's own query, else `default` (`<meta name="liff-id">`), else the LIFF URL's. An
    /// unreadable one is the merchant's mistake, and the default doesn't hide it.
    #[must_use]
    pub fn liff_id(&self, default: &str) -> Option<LiffId> {
        match self.raw_liff_id() {
            Some(value) => LiffId::read(&value),
            None => LiffId::read(default).or_else(|| LiffId::read(&self.held_back.first("liffId")?)),
        }
    }

    /// The first `liffId` of the page's own query that isn't blank, as somebody wrote it there.
    #[must_use]
    pub fn raw_liff_id(&self) -> Option<String> {
        written_in("liffId", &self.own)
    }

    #[must_use]
    pub fn purpose(&self) -> Purpose {
        let unlinks = [&self.opened, &self.own, &self.held_back].into_iter().any(unlinks);
        if unlinks { Purpose::Unlink } else { Purpose::Bind }
    }

    /// The first `bindToken` that isn't blank; `None` if nothing is to be bound.
    #[must_use]
    pub fn bind_token(&self) -> Option<BindToken> {
        if self.purpose() == Purpose::Unlink {
            return None;
        }
        [&self.opened, &self.own, &self.held_back].into_iter().find_map(token_in)
    }

    /// Whether LINE's sign-in in a browser has just led back here, with a code or with an error. A `code` alone may be
    /// the shop's coupon.
    #[must_use]
    pub fn is_sign_in_return(&self) -> bool {
        self.opened.has("liffClientId")
    }

    /// The OAuth error with which LINE's sign-in led back (RFC 6749 section 4.1.2.1).
    #[must_use]
    pub fn sign_in_error(&self) -> Option<String> {
        self.opened.first("error").filter(|_| self.opened.has("liffOAuth2Error"))
    }

    /// The address without LINE's sign-in; `bind_token` is put back if LINE dropped it on the way.
    #[must_use]
    pub fn cleaned(&self, bind_token: Option<&BindToken>) -> Self {
        let own = with_bind_token(&self.own, bind_token);
        Self { opened: own.clone(), own, ..self.clone() }
    }

    /// The URL to come back to from LINE's sign-in: with the parameters from `liff.state` instead of `liff.state`, and
    /// without anything that the SDK would take for LINE's answer. It notes `signed_in_again`, for a phone that can
    /// store nothing. Where other people's parameters are long, they stay here, in the tab's record.
    #[must_use]
    pub fn return_url(&self, bind_token: Option<&BindToken>, signed_in_again: bool) -> String {
        let query = self.everything().only(&|name, pair| !looks_like_lines(name) && is_decodable(pair));
        let others = query.only(&|name, _| !is_own(name));
        let query = if others.as_str().len() > ROOM_IN_RETURN { query.only(&|name, _| is_own(name)) } else { query };
        let query = with_bind_token(&query, bind_token);
        if signed_in_again { query.with(SIGNED_IN_AGAIN, "1") } else { query }.of(&self.base)
    }

    /// Whether the page had signed in by itself before it came back here.
    #[must_use]
    pub fn signed_in_again(&self) -> bool {
        self.opened.has(SIGNED_IN_AGAIN)
    }

    /// The LIFF URL that opens this very page in LINE (LIFF docs, "Opening a LIFF app"), with the page's own
    /// parameters.
    #[must_use]
    pub fn liff_url(&self, liff_id: &LiffId, bind_token: Option<&BindToken>) -> String {
        let left_out = |name: &str| name == "liffId" || is_lines_mark(name) || opens_elsewhere(name);
        self.liff_url_with(&|name| !left_out(name), liff_id, bind_token)
    }

    /// The same for a QR code: with all parameters if they fit, else only with those that this page reads. Ad networks
    /// add hundreds of bytes to a link, which make a code too fine for cameras.
    #[must_use]
    pub fn qr_url(&self, liff_id: &LiffId, bind_token: Option<&BindToken>) -> String {
        let whole = self.liff_url(liff_id, bind_token);
        if whole.len() <= ROOM_IN_QR {
            return whole;
        }
        self.liff_url_with(&fits_a_liff_url, liff_id, bind_token)
    }

    fn liff_url_with(&self, wanted: &dyn Fn(&str) -> bool, liff_id: &LiffId, bind_token: Option<&BindToken>) -> String {
        let query = self.everything().only(&|name, _| wanted(name));
        let query = if self.purpose() == Purpose::Unlink && !unlinks(&query) { query.with(UNLINK, "1") } else { query };
        with_bind_token(&query, bind_token).of(&liff_id.url())
    }

    /// This page's address for unlinking, in the same language.
    #[must_use]
    pub fn unlink_url(&self, liff_id: &LiffId) -> String {
        let language = self.own.only(&|name, _| name == "lang");
        Query::default().with("liffId", liff_id.as_str()).followed_by(&language).with(UNLINK, "1").of(&self.base)
    }

    fn everything(&self) -> Query {
        self.own.followed_by(&self.held_back)
    }
}

/// A query with a bind token: its own, or else this one.
fn with_bind_token(query: &Query, bind_token: Option<&BindToken>) -> Query {
    match bind_token {
        Some(token) if token_in(query).is_none() => {
            query.only(&|name, _| name != "bindToken").with("bindToken", token.as_str())
        }
        _ => query.clone(),
    }
}

/// A query with what it lacks of these: the LIFF app, the bind token, and that it asks to unlink.
fn with_wishes(query: Query, liff_id: Option<&str>, bind_token: Option<&BindToken>, asks_to_unlink: bool) -> Query {
    let query = match liff_id {
        Some(liff_id) if written_in("liffId", &query).is_none() => query.with("liffId", liff_id),
        _ => query,
    };
    let query = with_bind_token(&query, bind_token);
    if asks_to_unlink && !unlinks(&query) { query.with(UNLINK, "1") } else { query }
}

/// The first bind token of a query that isn't blank.
fn token_in(query: &Query) -> Option<BindToken> {
    query.all_with_plus("bindToken").find_map(|value| BindToken::read(&value))
}

/// The first value of `name` that isn't blank.
fn written_in(name: &str, query: &Query) -> Option<String> {
    query.all(name).find(|value| !value.trim().is_empty())
}

/// Whether a query asks to unlink.
fn unlinks(query: &Query) -> bool {
    query.all(UNLINK).any(|value| is_yes(&value))
}

/// The page's own parameters, followed by what stands in them, or in those held back, with mangled marks between, and
/// nowhere else. From here on it is a parameter like others, and survives every load.
fn with_mangled(own: Query, held_back: &Query) -> Query {
    let mangled = |query: &Query| {
        [query.behind("liffId"), query.behind("lang"), query.behind("bindToken"), query.escaped_whole()]
    };
    let (in_own, in_state) = (mangled(&own), mangled(held_back));
    let both = || in_own.iter().chain(&in_state);
    let liff_id = in_own.iter().find_map(|query| written_in("liffId", query));
    let token = both().find_map(token_in).filter(|_| token_in(held_back).is_none());
    let asks_to_unlink = both().any(unlinks) && !unlinks(held_back);
    with_wishes(own, liff_id.as_deref(), token.as_ref(), asks_to_unlink)
}

/// The `liff.state`, a URL relative to the endpoint, without its fragment: the SDK would take that for LINE's tokens.
fn state(opened: &Query) -> Option<Vec<u8>> {
    let state = with_plain_marks(&opened.first_bytes("liff.state")?);
    state.split(|byte| *byte == b'#').next().map(<[u8]>::to_vec)
}

/// The start of the names of the SDK's parameters for sub-windows.
const SUB_WINDOW: &str = "liff.subwindow";

/// A `liff.state` without them. The SDK searches all of it as a query for one, whatever its form.
fn without_sub_window(state: &[u8]) -> String {
    let clean = |text: &str| {
        let pieces = text.split('&').filter(|piece| !decode_form(piece).contains(SUB_WINDOW));
        pieces.collect::<Vec<_>>().join("&")
    };
    Query::nested(state).as_str().split('?').map(clean).collect::<Vec<_>>().join("?")
}

/// The bytes that a QR code of the usual size holds with error correction M (ISO/IEC 18004, version 13).
const ROOM_IN_QR: usize = 331;

/// The most of other people's parameters that go to LINE's sign-in and back, in bytes: LINE escapes them once or twice on
/// the way.
const ROOM_IN_RETURN: usize = 2048;

/// Whether a LIFF URL has room for the parameter: its path names the LIFF app.
fn fits_a_liff_url(name: &str) -> bool {
    name != "liffId" && is_own(name)
}

/// The parameter that asks to unlink.
const UNLINK: &str = "unlink";

/// The page's own note in the URL that LINE's sign-in leads back to: the page has gone there by itself, once.
const SIGNED_IN_AGAIN: &str = "signedInAgain";

/// The SDK's note that the page is no longer in a window of the LINE app's after a sign-in.
const ESCAPED: &str = "liffIsEscapedFromApp";

/// A query without LINE's sign-in. Names that others use too count as LINE's only if LINE says that the sign-in is its
/// own.
fn without_sign_in(query: &Query) -> Query {
    let (sign_in, error) = (query.has("liffClientId"), query.has("liffOAuth2Error"));
    query.only(&|name, _| match name {
        "code" => !sign_in,
        "state" | "error" | "error_description" | "error_uri" => !error && !sign_in,
        _ => !is_lines_sign_in(name),
    })
}

/// Names that only LINE's sign-in and its SDK write into the URL (LIFF SDK 2.31.0, `init`).
fn is_lines_sign_in(name: &str) -> bool {
    matches!(name, "liffClientId" | "liffRedirectUri" | "liffOAuth2Error" | ESCAPED | SIGNED_IN_AGAIN)
}

/// Parameters that belong to one opening by LINE and mean nothing in a new URL.
fn is_lines_mark(name: &str) -> bool {
    name.starts_with("liff.") || name == "lineAppVersion" || is_lines_sign_in(name)
}

/// The same, plus the names that the SDK takes for LINE's answer, whoever wrote them.
fn looks_like_lines(name: &str) -> bool {
    is_lines_mark(name) || matches!(name, "code" | "state" | "error" | "error_description" | "error_uri")
}

/// LINE's parameters that keep a link out of LINE's own browsers (LINE docs, "Opening a URL in an external browser").
fn opens_elsewhere(name: &str) -> bool {
    matches!(name, "openExternalBrowser" | "openInAppBrowser")
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "1656451635-z3yqZNO3";
    const PAGE: &str = "https://h/liff-bind.html";

    fn id() -> LiffId {
        LiffId::read(ID).unwrap_or_else(|| unreachable!())
    }

    fn token(text: &str) -> Option<BindToken> {
        BindToken::read(text)
    }

    fn parse(query: &str) -> Launch {
        Launch::parse(&[PAGE, "?", query].concat())
    }

    #[test]
    fn a_long_link_goes_through_the_sign_in_without_what_others_added() {
        let ads = ["&fbclid=", &"aB3_".repeat(1_800)].concat();
        let launch = parse(&["liffId=1-a&lang=en", &ads, "&bindToken=T"].concat());
        let back = launch.return_url(token("T").as_ref(), false);
        assert_eq!(back, [PAGE, "?liffId=1-a&lang=en&bindToken=T"].concat());
        // What was kept here is put back.
        let returned = parse("liffId=1-a&lang=en&bindToken=T&code=c&liffClientId=1");
        assert!(returned.is_rest_of(launch.own()));
        assert_eq!(returned.with_own(launch.own()).cleaned(None), launch);
        let held_back = parse("liffId=1-a&liff.state=%3Funlink%3D1");
        assert_eq!(parse("liffId=1-a&code=c&liffClientId=1").with_own(held_back.own()).purpose(), Purpose::Unlink);
    }

    #[test]
    fn first_liff_id_wins_and_a_blank_one_falls_back_to_the_default() {
        assert_eq!(parse("liffId=1656451635-z3yqZNO3&liffId=1-evil").liff_id(""), Some(id()));
        assert_eq!(parse("liffId=").liff_id(ID), Some(id()));
        assert_eq!(parse("liffId=&liffId=1656451635-z3yqZNO3").liff_id(""), Some(id()));
        for mangled in [
            "lang=en?liffId=1656451635-z3yqZNO3",
            "bindToken=T%26liffId=1656451635-z3yqZNO3",
            "?%20liffId=1656451635-z3yqZNO3",
        ] {
            assert_eq!(parse(mangled).liff_id("1-default"), Some(id()), "{mangled}");
        }
        assert_eq!(Launch::parse("https://h/").liff_id(ID), Some(id()));
        assert_eq!(parse("liffId={liffId}").liff_id(ID), None);
        // In the LIFF URL alone, if nothing else names one.
        let in_state = parse("liff.state=%3FliffId%3D1656451635-z3yqZNO3");
        assert_eq!([in_state.liff_id(""), in_state.liff_id("1-default")], [Some(id()), LiffId::read("1-default")]);
    }

    #[test]
    fn the_bind_token_is_found_before_and_after_the_secondary_redirect() {
        let before = parse("liffId=1-a&liff.state=%3FbindToken%3Dt%252B1%26lang%3Den#access_token=x");
        assert_eq!(before.bind_token(), token("t+1"));
        let after = parse("liffId=1-a&bindToken=t%2B1&bindToken=other&lang=en");
        assert_eq!(after.bind_token(), token("t+1"));
    }

    #[test]
    fn a_bind_token_is_read_as_it_was_made() {
        for query in [
            "lang=en&amp;bindToken=ab+cd/ef==",
            "bindToken=ab%2Bcd%2Fef%3D%3D",
            "liff.state=%3FbindToken%3Dab+cd%2Fef%3D%3D",
            "liff.state=%3Flang%3Den%26amp;bindToken%3Dab%2Bcd%2Fef%3D%3D",
            "lang=en&amp;amp;bindToken=ab+cd/ef==",
            "lang=en&amp%3BbindToken=ab+cd/ef==",
            "bindToken%3Dab%2Bcd%2Fef%3D%3D%26lang%3Den",
            "liff.state=%3FbindToken%253Dab%252Bcd%252Fef%253D%253D",
            "liffId=1-a?bindToken=ab+cd/ef==",
            "liffId=1-a%26bindToken=ab+cd/ef==",
            "liffId=1-a&lang=en?bindToken=ab%2Bcd%2Fef%3D%3D",
            "bindToken=&bindToken=ab+cd/ef==",
            "liffId=1-a&#038;bindToken=ab+cd/ef==",
            "liff.state=%3Flang%3Den%26%23038%3BbindToken%3Dab+cd/ef==",
            "lang=en&%20bindToken=ab+cd/ef==",
            "lang=en&%E2%80%8BbindToken=ab+cd/ef==",
            "?bindToken%20=ab+cd/ef==",
            "lang=en&%23038;bindToken=ab+cd/ef==",
            "bind%E2%80%8BToken=ab+cd/ef==",
            "bindToken=%20&liff.state=%3FbindToken%3Dab+cd%2Fef%3D%3D",
        ] {
            assert_eq!(parse(query).bind_token(), token("ab+cd/ef=="), "{query}");
        }
    }

    #[test]
    fn what_is_mangled_twice_is_read_at_once() {
        let launch = parse("liffId%3D1-a?bindToken%3DT");
        assert_eq!(launch.bind_token(), token("T"));
        assert_eq!(
            Launch::parse(&launch.for_init()).own,
            Launch::parse(&Launch::parse(&launch.for_init()).for_init()).own
        );
    }

    #[test]
    fn the_state_is_taken_in_as_the_sdk_does() {
        for (query, taken_in) in [
            ("liffId=1-a&liff.state=%3FbindToken%3DT%26lang%3Den", "?liffId=1-a&bindToken=T&lang=en"),
            ("liff.state=%3Fa%3Db%3Fc", "?a=b?c"),
            ("liffId=1-a&liff.state=%3Fa%3Db%3Fc", "?liffId=1-a&a=b&c"),
            ("liffId=1-a&liff.referrer=x&liff.state=%3Fname%3D%E7%B6%81'%22", "?liffId=1-a&name=%E7%B6%81%27%22"),
            ("liffId=1-a&liff.state=%3Fa%3D1+2%252B%25E7", "?liffId=1-a&a=1+2%2B%E7"),
            ("liffId=1-a&liff.state=%3F", "?liffId=1-a"),
            ("liffId=1-a&liff.state=%3Fa%3D1%26%26b%3D2", "?liffId=1-a&a=1&b=2"),
            ("liffId=1-a&liff.state=%3F%3Fa%3D1", "?liffId=1-a&a=1"),
            ("liffId=1-a&liff.state=%3Fa%3D1%26", "?liffId=1-a&a=1"),
            ("liffId=1-a&liff.state=%3Fliff.utm_source%3Dx%26a%3D1", "?liffId=1-a&a=1"),
            ("liffId=1-a&liff.state=%3FliffId%3D1-b", "?liffId=1-a&liffId=1-b"),
            ("liffId=1-a&liff.state=%3Fa%3D1%23id_token%3Dx", "?liffId=1-a&a=1"),
            ("liffId=1-a&liff.state=%3Fa%3D1%26%2338;b%3D2%23b", "?liffId=1-a&a=1&b=2"),
        ] {
            let url = parse(query).with_state_taken_in().map(|launch| launch.cleaned(None).shown_url());
            assert_eq!(url, Some([PAGE, taken_in].concat()), "{query}");
        }
    }

    #[test]
    fn a_state_with_a_path_goes_the_sdks_way() {
        for query in [
            "liffId=1-a",
            "liffId=1-a&liff.state=",
            "liffId=1-a&liff.state=/x%3Fa%3D1",
            "liffId=1-a&liff.state=a%3D1",
            "liffId=1-a&liff.state=%3Fa%3D1%20",
            "liffId=1-a&liff.state=%3Fa%3D%0A%091",
            "liffId=1-a&liff.state=%3Fa%3D%250D%250A1",
            "liffId=1-a&liff.hback=2&liff.state=%3Fa%3D1",
            "liffId=1-a&code=c&liffClientId=1&liff.state=%3Fa%3D1",
        ] {
            assert_eq!(parse(query).with_state_taken_in(), None, "{query}");
        }
    }

    #[test]
    fn the_sdk_is_given_what_line_and_the_bind_need() {
        for (query, given) in [
            ("liffId=1-a&bindToken=T&utm_term=%8AO%91%95&utm_campaign=50%off", "liffId=1-a&bindToken=T"),
            ("liffId=1-a&bindToken=T&code=WELCOME10&state=s&error=e", "liffId=1-a&bindToken=T"),
            ("liffId=1-a&liff.subwindow.identifier=a&liff.subwindow.cryptokey=k", "liffId=1-a"),
            ("liffId=1-a&liff%2Esubwindow.identifier=a", "liffId=1-a"),
            ("liffId=1-a&bindToken=%zz", "liffId=1-a&bindToken=%25zz"),
            ("liffId=1-a&bindToken=%zz&bindToken=other", "liffId=1-a&bindToken=%25zz"),
            ("lang=en&amp;liffId=1-a&bindToken=T&liffId=1-b", "lang=en&bindToken=T&liffId=1-a"),
            ("liffId=1-a%&bindToken=T&liffId=1-b", "bindToken=T&liffId=1-a%25"),
            ("liffId=1-a%26bindToken%3DT", "liffId=1-a%26bindToken%3DT&bindToken=T"),
            ("lang=en?liffId=1-a&bindToken=T", "lang=en?liffId=1-a&bindToken=T&liffId=1-a"),
            ("liffId%3D1-a%26unlink%3D1", "liffId=1-a&unlink=1"),
            ("liffId=1-a&check=1&code=WELCOME10&utm=%8A", "liffId=1-a&check=1"),
            (
                "liffId=1-a&code=c&state=s&liffClientId=1&liffRedirectUri=u&ref=x",
                "liffId=1-a&code=c&state=s&liffClientId=1&liffRedirectUri=u&liffIsEscapedFromApp=true",
            ),
            (
                "liffId=1-a&error=access_denied&error_description=no&state=s&liffOAuth2Error=x",
                "liffId=1-a&error=access_denied&error_description=no&state=s&liffOAuth2Error=x",
            ),
            ("liffId=1-a&lineAppVersion=26.4.0&liff.hback=2&ref=1", "liffId=1-a&lineAppVersion=26.4.0&liff.hback=2"),
            ("liffId=1-a&liff.state=/x%3Fb%3D50%25off%23id_token%3Dx", "liffId=1-a&liff.state=%2Fx%3Fb%3D50%25off"),
            (
                "liffId=1-a&liff.state=%3Fliff.subwindow.identifier%3Da%26bindToken%3DT",
                "liffId=1-a&liff.state=%3FbindToken%3DT",
            ),
            (
                "liffId=1-a&liff.state=/x%26liff%252Esubwindow.identifier%3Da%3Fb%3D1%23c",
                "liffId=1-a&liff.state=%2Fx%3Fb%3D1",
            ),
            ("liffId=1-a&code=c&amp;liffClientId=1", "liffId=1-a"),
        ] {
            assert_eq!(parse(query).for_init(), [PAGE, "?", given].concat(), "{query}");
        }
    }

    #[test]
    fn whoever_asks_to_unlink_is_understood() {
        for (value, purpose) in [
            ("1", Purpose::Unlink),
            ("%201?utm=x", Purpose::Unlink),
            ("true", Purpose::Unlink),
            ("YES", Purpose::Unlink),
            ("%E2%80%9C1%E2%80%9D", Purpose::Unlink),
            ("%E2%80%8B%EF%BC%91", Purpose::Unlink),
            ("%2531", Purpose::Unlink),
            ("1%20thanks", Purpose::Unlink),
            ("1%0Alang=en", Purpose::Unlink),
            ("1amp;lang=en", Purpose::Unlink),
            ("%E2%80%8B%20%221", Purpose::Unlink),
            ("true%2520thanks", Purpose::Unlink),
            ("=1", Purpose::Unlink),
            ("", Purpose::Bind),
            ("0", Purpose::Bind),
            ("10", Purpose::Bind),
            ("no", Purpose::Bind),
        ] {
            assert_eq!(parse(&["liffId=1-a&unlink=", value].concat()).purpose(), purpose, "{value}");
        }
        for query in ["liffId=1-a&+unlink=1", "lang=en%26unlink=1", "lang=en&#38;unlink=1", "liff.state=%3Funlink%3D1"]
        {
            assert_eq!(parse(query).purpose(), Purpose::Unlink, "{query}");
        }
    }

    #[test]
    fn the_clean_url_keeps_everything_but_the_sign_in() {
        let launch = parse(
            "liffId=1-a&code=c&state=s&liffClientId=1&liffRedirectUri=u&utm=x&error=e&error_description=d#id_token=t",
        );
        assert_eq!(launch.cleaned(None).shown_url(), "https://h/liff-bind.html?liffId=1-a&utm=x");
        let with_token = launch.cleaned(token("t 1").as_ref()).shown_url();
        assert_eq!(with_token, "https://h/liff-bind.html?liffId=1-a&utm=x&bindToken=t%201");
        let others = "liffId=1-a&code=WELCOME10&state=s&error=e&utm_term=%8A";
        assert_eq!(parse(others).cleaned(None).shown_url(), [PAGE, "?", others].concat());
    }

    #[test]
    fn the_liff_url_carries_the_pages_own_parameters() {
        for (query, carried) in [
            ("liffId=1-a&bindToken=t&lang=en&liff.state=%3Fref%3D9&liff.hback=2", "bindToken=t&lang=en&ref=9"),
            ("liffId=1-a&bindToken=t&code=WELCOME10", "bindToken=t&code=WELCOME10"),
            ("liffId=1-a&bindToken=t&code=c&liffClientId=1", "bindToken=t"),
            ("liffId=1-a&openExternalBrowser=1&openInAppBrowser=0&x=1", "x=1"),
        ] {
            let expected = ["https://liff.line.me/1656451635-z3yqZNO3?", carried].concat();
            assert_eq!(parse(query).liff_url(&id(), None), expected, "{query}");
        }
    }

    #[test]
    fn a_qr_code_has_all_that_there_is_room_for() {
        let short = parse("liffId=1-a&bindToken=t&lang=en&utm_source=poster");
        assert_eq!(short.qr_url(&id(), None), short.liff_url(&id(), None));
        let ads = ["&gclid=", &"x".repeat(300)].concat();
        let long = parse(&["liffId=1-a&lang=en", &ads, "&liff.state=%3FbindToken%3Dt"].concat());
        assert_eq!(long.qr_url(&id(), None), "https://liff.line.me/1656451635-z3yqZNO3?lang=en&bindToken=t");
        let held = parse(&["liffId=1-a", &ads].concat());
        assert_eq!(held.qr_url(&id(), token("t").as_ref()), "https://liff.line.me/1656451635-z3yqZNO3?bindToken=t");
    }

    #[test]
    fn the_way_back_from_a_sign_in_has_nothing_that_the_sdk_would_take_for_lines() {
        let launch = parse("liffId=1-a&code=WELCOME10&utm=50%off&ref=9&liff.state=%3Flang%3Den");
        assert_eq!(
            launch.return_url(token("T").as_ref(), true),
            [PAGE, "?liffId=1-a&ref=9&lang=en&bindToken=T&signedInAgain=1"].concat()
        );
        let back = parse("liffId=1-a&ref=9&code=c&liffClientId=1").with_own(launch.own());
        assert!(parse("liffId=1-a&ref=9&code=c&liffClientId=1").is_rest_of(launch.own()));
        assert!(back.cleaned(None).shown_url().contains("code=WELCOME10&utm=50%off&ref=9"));
    }

    #[test]
    fn the_sdk_has_no_reason_to_load_the_page_again_after_a_sign_in() {
        let given = |query: &str| parse(query).for_init();
        let note = "liffIsEscapedFromApp=true";
        let back = [PAGE, "?liffId=1-a&code=c&liffClientId=1&", note].concat();
        assert_eq!(given("liffId=1-a&code=c&liffClientId=1"), back);
        assert_eq!(given(&["liffId=1-a&code=c&liffClientId=1&", note].concat()), back);
        assert_eq!(given("liffId=1-a&liffIsEscapedFromApp=&code=c&liffClientId=1"), back);
        assert_eq!(given(&["liffId=1-a&code=c&", note].concat()), [PAGE, "?liffId=1-a"].concat());
    }
}
