//! What the URL of the page says: which LIFF app, which visitor of the website.

use super::{
    query::Query,
    text::{Text, before, cut, is_blank},
};

/// A LIFF app's ID: the LINE Login channel's ID, `-`, and a short random part (LIFF docs, "Adding a LIFF app to your channel").
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LiffId(Text);

impl LiffId {
    /// Reads an ID as merchants paste it: blanks, braces, quotes and Markdown around it are dropped, full-width forms
    /// and typographic dashes narrowed. `None` when what is left is no LIFF ID, such as the manual's literal `{liffId}`.
    pub fn read(text: &str) -> Option<Self> {
        let id: Text = text.chars().filter_map(narrow).collect::<String>().leak();
        let (channel, app) = cut(id, b'-')?;
        let sound = |part: &str, is: fn(&u8) -> bool| {
            !part.is_empty() && part.len() <= 32 && part.bytes().all(|byte| is(&byte))
        };
        (sound(channel, u8::is_ascii_digit) && sound(app, u8::is_ascii_alphanumeric)).then_some(Self(id))
    }

    /// The ID as LINE writes it.
    #[must_use]
    pub const fn as_str(self) -> Text {
        self.0
    }
}

/// One character of a pasted ID in its narrow form; `None` for what people paste around an ID.
fn narrow(character: char) -> Option<char> {
    match character {
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{ff0d}' => Some('-'),
        '{' | '}' | '*' | '_' | '`' | '"' | '\'' | '<' | '>' | '\u{ff5b}' | '\u{ff5d}' | '\u{ff0a}' | '\u{ff3f}' => {
            None
        }
        '\u{ff10}'..='\u{ff5a}' => char::from_u32(u32::from(character) - 0xfee0),
        '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{2018}'..='\u{201f}' => None,
        blank if blank.is_whitespace() || blank.is_control() => None,
        other => Some(other),
    }
}

/// The website's reference for the visitor who asked to be bound. The server alone judges it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BindToken(Text);

impl BindToken {
    /// `None` for a blank one.
    #[must_use]
    pub fn read(text: Text) -> Option<Self> {
        let text = text.trim_ascii();
        (!is_blank(text)).then_some(Self(text))
    }

    /// The reference as the website made it.
    #[must_use]
    pub const fn as_str(self) -> Text {
        self.0
    }
}

/// The page's address, read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Launch {
    /// Scheme, host and path: everything before `?` and `#`.
    base: Text,
    query: Query,
    /// Parameters of the LIFF URL that LINE still holds back in `liff.state` (before the secondary redirect).
    held_back: Query,
}

impl Launch {
    /// Reads `location.href`; never fails. What is missing shows in the answers below.
    #[must_use]
    pub fn parse(href: Text) -> Self {
        let without_fragment = before(href, b'#');
        let (base, query) = cut(without_fragment, b'?').unwrap_or((without_fragment, ""));
        let query = Query::new(query);
        let held_back = query.first("liff.state").and_then(|state| cut(state, b'?')).map_or("", |(_, query)| query);
        let held_back = Query::nested(before(held_back, b'#'));
        Self { base, query, held_back }
    }

    /// The `liffId` of the page's own query, else `default` (`<meta name="liff-id">`).
    /// One that is there but unreadable is the merchant's mistake and not papered over by the default.
    #[must_use]
    pub fn liff_id(&self, default: &str) -> Option<LiffId> {
        match self.query.first("liffId") {
            Some(value) if !is_blank(value) => LiffId::read(value),
            _ => LiffId::read(default),
        }
    }

    /// The first `liffId` of the page's own query, as it stands there.
    #[cfg(feature = "check")]
    #[must_use]
    pub fn raw_liff_id(&self) -> Option<Text> {
        self.query.first("liffId")
    }

    /// The first `bindToken`.
    #[must_use]
    pub fn bind_token(&self) -> Option<BindToken> {
        self.query.first("bindToken").or_else(|| self.held_back.first("bindToken")).and_then(BindToken::read)
    }

    /// Whether LINE's sign-in in a browser has just led back here, with a code or with an error.
    #[must_use]
    pub fn is_sign_in_return(&self) -> bool {
        self.query.first("liffClientId").is_some()
    }

    /// The OAuth error with which LINE's sign-in led back (RFC 6749 section 4.1.2.1).
    #[must_use]
    pub fn sign_in_error(&self) -> Option<Text> {
        self.query.first("liffOAuth2Error")?;
        self.query.first("error")
    }

    /// Whether the LIFF SDK is about to load the page once more. On Android outside LINE it does so after a sign-in, and
    /// resolves `liff.init` all the same (LIFF SDK 2.31.0, `init`): what is sent now would be sent twice.
    #[must_use]
    pub fn is_about_to_reload(&self, referrer: &str) -> bool {
        self.is_sign_in_return()
            && self.query.first("liffIsEscapedFromApp").is_none()
            && referrer.starts_with("https://access.line.me/")
    }

    /// The page's address with neither LINE's sign-in parameters nor the fragment, which holds tokens;
    /// `bind_token` is put back where LINE dropped it on the way.
    #[must_use]
    pub fn clean_url(&self, bind_token: Option<BindToken>) -> String {
        clean(self.query, bind_token).of(self.base)
    }

    /// The place to come back to from LINE's sign-in: without what LINE holds back, with the parameters it held back.
    /// `signed_in_again` is noted in it, for a phone that can store nothing.
    #[must_use]
    pub fn return_url(&self, bind_token: Option<BindToken>, signed_in_again: bool) -> String {
        let query = clean(self.query.or(self.held_back).without(is_lines_own), bind_token);
        if signed_in_again { query.with(SIGNED_IN_AGAIN, "1") } else { query }.of(self.base)
    }

    /// Whether the page had signed in by itself before it came back here.
    #[must_use]
    pub fn signed_in_again(&self) -> bool {
        self.query.first(SIGNED_IN_AGAIN).is_some()
    }

    /// The LIFF URL that opens this very page in LINE (LIFF docs, "Opening a LIFF app"), with the page's own parameters.
    #[must_use]
    pub fn liff_url(&self, liff_id: LiffId, bind_token: Option<BindToken>) -> String {
        let query = self.query.or(self.held_back);
        let query = query.without(|name| name == "liffId" || is_lines_own(name));
        clean(query, bind_token).of(&["https://liff.line.me/", liff_id.as_str()].concat())
    }
}

/// A query without LINE's sign-in, and with the bind token.
fn clean(query: Query, bind_token: Option<BindToken>) -> Query {
    let query = query.without(is_sign_in_parameter);
    match bind_token {
        Some(token) if query.first("bindToken").is_none() => query.with("bindToken", token.as_str()),
        _ => query,
    }
}

/// The page's own note in the URL that LINE's sign-in leads back to: it was gone to by itself, once.
const SIGNED_IN_AGAIN: &str = "signedInAgain";

/// What LINE's sign-in adds to the URL it returns to, and what the SDK leaves there (LIFF SDK 2.31.0, `init`).
fn is_sign_in_parameter(name: &str) -> bool {
    matches!(name, "code" | "state" | "liffClientId" | "liffRedirectUri" | "liffOAuth2Error" | "liffIsEscapedFromApp")
        || name == SIGNED_IN_AGAIN
        || name.starts_with("error")
}

/// Parameters that belong to one opening by LINE and mean nothing in a new URL.
fn is_lines_own(name: &str) -> bool {
    name.starts_with("liff.") || name == "lineAppVersion" || is_sign_in_parameter(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "1656451635-z3yqZNO3";

    fn id() -> LiffId {
        LiffId(ID)
    }

    #[test]
    fn reads_ids_as_merchants_paste_them() {
        for pasted in [
            ID,
            " 1656451635-z3yqZNO3\n",
            "{1656451635-z3yqZNO3}",
            "_**1656451635-z3yqZNO3**_",
            "１６５６４５１６３５－ｚ３ｙｑＺＮＯ３",
            "「",
            "1656451635–z3yqZNO3",
            "\u{200b}1656451635-z3yqZNO3\u{3000}",
        ] {
            let read = LiffId::read(pasted);
            assert_eq!(read, (pasted != "「").then(id), "{pasted:?}");
        }
    }

    #[test]
    fn refuses_what_is_no_id() {
        for pasted in
            ["", "{liffId}", "1656451635", "-z3yqZNO3", "1656451635-", "1656451635-z3y/..", "a-b", "1-<b>x</b>"]
        {
            assert_eq!(LiffId::read(pasted), None, "{pasted:?}");
        }
    }

    #[test]
    fn first_liff_id_wins_and_a_blank_one_falls_back_to_the_default() {
        let launch = Launch::parse("https://h/liff-bind.html?liffId=1656451635-z3yqZNO3&liffId=1-evil");
        assert_eq!(launch.liff_id(""), Some(id()));
        assert_eq!(Launch::parse("https://h/?liffId=").liff_id(ID), Some(id()));
        assert_eq!(Launch::parse("https://h/").liff_id(ID), Some(id()));
        assert_eq!(Launch::parse("https://h/?liffId={liffId}").liff_id(ID), None);
        assert_eq!(Launch::parse("https://h/?liff.state=%3FliffId%3D1-evil").liff_id(""), None);
    }

    #[test]
    fn the_bind_token_is_found_before_and_after_the_secondary_redirect() {
        let before =
            Launch::parse("https://h/?liffId=1-a&liff.state=%3FbindToken%3Dt%252B1%26lang%3Den#access_token=x");
        assert_eq!(before.bind_token(), BindToken::read("t+1"));
        let after = Launch::parse("https://h/?liffId=1-a&bindToken=t%2B1&bindToken=other&lang=en");
        assert_eq!(after.bind_token(), BindToken::read("t+1"));
    }

    #[test]
    fn the_clean_url_keeps_everything_but_the_sign_in() {
        let launch = Launch::parse(
            "https://h/liff-bind.html?liffId=1-a&code=c&state=s&liffClientId=1&liffRedirectUri=u&utm=x&error=e&error_description=d#id_token=t",
        );
        assert_eq!(launch.clean_url(None), "https://h/liff-bind.html?liffId=1-a&utm=x");
        assert_eq!(
            launch.clean_url(BindToken::read("t 1")),
            "https://h/liff-bind.html?liffId=1-a&utm=x&bindToken=t%201"
        );
    }

    #[test]
    fn the_liff_url_carries_the_pages_own_parameters() {
        let launch =
            Launch::parse("https://h/p?liffId=1-a&bindToken=t&lang=en&code=c&liff.state=%3Fref%3D9&liff.hback=2");
        assert_eq!(launch.liff_url(id(), None), "https://liff.line.me/1656451635-z3yqZNO3?bindToken=t&lang=en&ref=9");
    }

    #[test]
    fn only_a_sign_in_on_its_first_load_is_about_to_reload() {
        let referrer = "https://access.line.me/";
        assert!(Launch::parse("https://h/?code=c&liffClientId=1").is_about_to_reload(referrer));
        assert!(!Launch::parse("https://h/?code=c&liffClientId=1").is_about_to_reload(""));
        assert!(!Launch::parse("https://h/?liffClientId=1&liffIsEscapedFromApp=true").is_about_to_reload(referrer));
    }
}
