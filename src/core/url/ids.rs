//! The LIFF app and the visitor, as the address names them.

use super::query::decode;
use crate::core::hidden::is_hidden;
use serde::Serialize;

/// A LIFF app's ID: the LINE Login channel's ID, `-`, and a short random part (LIFF docs, "Adding a LIFF app to your
/// channel").
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct LiffId(String);

/// The length of the random part as LINE makes it. Words may follow a part of this length; a shorter one was broken.
const USUAL_PART: usize = 8;
/// The longest part of a LIFF ID that is read, in bytes.
const LONGEST_PART: usize = 32;
/// The longest text in which one is looked for, in bytes.
const LONGEST_PASTED: usize = 2048;

impl LiffId {
    /// Reads an ID as merchants paste it, bare or in a URL (`https://liff.line.me/{liffId}`, for a MINI App also
    /// `https://miniapp.line.me/{liffId}`, the old `line://app/{liffId}`): blanks, brackets, quotes and Markdown around
    /// it are dropped, full-width forms and typographic dashes become ASCII, and it ends before the first character that
    /// no ID has. `None` if that isn't a LIFF ID, such as the manual's literal `{liffId}`.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        if text.len() > LONGEST_PASTED {
            return None;
        }
        let text = unescaped(&with_blanks(text));
        // Other URLs may follow in the same text.
        let url = text.split(['?', '&', '#']).next()?.to_ascii_lowercase();
        let behind = |place: &str| url.find(place).and_then(|start| text.get(start + place.len()..));
        let in_url = || ["line.me/r/app/", "line.me/", "line://app/"].into_iter().find_map(behind);
        Self::at_the_start(&text).or_else(|| Self::at_the_start(in_url()?))
    }

    fn at_the_start(text: &str) -> Option<Self> {
        let is_whole = |id: &str| id.split_once('-').is_some_and(|(_, app)| app.len() >= USUAL_PART);
        let mut id = String::new();
        for part in text.trim_start_matches(|c| !is_plain(c)).split_whitespace() {
            id.extend(part.chars().filter_map(narrow));
            if is_whole(&id) {
                break;
            }
        }
        let end = id.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(id.len());
        id.truncate(end);
        let (channel, app) = id.split_once('-')?;
        let sound = |part: &str, is: fn(&u8) -> bool| {
            (1..=LONGEST_PART).contains(&part.len()) && part.bytes().all(|byte| is(&byte))
        };
        (sound(channel, u8::is_ascii_digit) && sound(app, u8::is_ascii_alphanumeric)).then(|| Self(id.clone()))
    }

    /// The ID as LINE writes it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The LIFF URL, which opens the LIFF app in LINE.
    #[must_use]
    pub fn url(&self) -> String {
        ["https://liff.line.me/", &self.0].concat()
    }
}

/// Whether it is a letter or a digit of ASCII, in either width.
pub(super) fn is_plain(character: char) -> bool {
    narrow(character).is_some_and(|c| c.is_ascii_alphanumeric())
}

/// A text with blanks instead of line breaks and other control characters.
pub(super) fn with_blanks(text: &str) -> String {
    text.replace(char::is_control, " ")
}

/// One character of a pasted ID in its narrow form; `None` for a character that people paste around an ID.
pub(super) fn narrow(character: char) -> Option<char> {
    match character {
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{ff0d}' => Some('-'),
        '{' | '}' | '*' | '_' | '`' | '"' | '\'' | '<' | '>' | '\u{ff5b}' | '\u{ff5d}' | '\u{ff0a}' | '\u{ff3f}' => {
            None
        }
        '\u{ff10}'..='\u{ff5a}' => char::from_u32(u32::from(character) - 0xfee0),
        '\u{2018}'..='\u{201f}' => None,
        blank if blank.is_whitespace() => None,
        other => Some(other),
    }
}

/// The website's reference for the visitor who asked to be bound. The server alone judges it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct BindToken(String);

/// The shortest reference that a website makes, in characters (bind API, `bindToken`).
const SHORTEST_TOKEN: usize = 22;

impl BindToken {
    /// Reads a reference as it arrives, and undoes the damage by mail tools and chats where that is certain. `None` if
    /// it is blank.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim_ascii();
        (!text.trim().is_empty()).then(|| Self(mended(text).unwrap_or_else(|| text.to_owned())))
    }

    /// The reference as the website made it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The most times that a text is found to be escaped: each costs its length.
const MOST_ESCAPES: usize = 16;

/// A text that was escaped again and again, as it was at first, without hidden characters: they may have split an escape.
pub(super) fn unescaped(text: &str) -> String {
    let mut text = text.to_owned();
    for _ in 0..MOST_ESCAPES {
        let plain: String = String::from_utf8_lossy(&decode(&text)).chars().filter(|c| !is_hidden(*c)).collect();
        if plain == text {
            break;
        }
        text = plain;
    }
    text
}

/// Repairs a reference that was escaped again, broken by hidden characters or blanks (which were `+`), or joined with
/// the text or the query after it. `None` if too little is left.
fn mended(text: &str) -> Option<String> {
    let text = unescaped(text);
    let (mut token, mut blanks) = (String::new(), 0);
    let is_before = |c: char| !c.is_ascii() || "\"'<([{`*".contains(c);
    for character in text.trim_start_matches(is_before).chars() {
        match character {
            ' ' => blanks += 1,
            '?' | '&' | '#' | '"' | '\'' | '<' | '>' | '(' | ')' | '[' | ']' | '{' | '}' | '\\' | '`' | '^' => break,
            _ if character.is_ascii() => {
                // After the last character they are just blanks.
                token.extend(std::iter::repeat_n('+', std::mem::take(&mut blanks)));
                token.push(character);
            }
            _ => break,
        }
    }
    while token.ends_with(['.', ',', ':', ';', '!', '*']) {
        token.pop();
    }
    (token.len() >= SHORTEST_TOKEN).then_some(token)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "1656451635-z3yqZNO3";

    #[test]
    fn reads_ids_as_merchants_paste_them() {
        for pasted in [
            ID,
            " 1656451635-z3yqZNO3\n",
            "{1656451635-z3yqZNO3}",
            "_**1656451635-z3yqZNO3**_",
            "１６５６４５１６３５－ｚ３ｙｑＺＮＯ３",
            "1656451635–z3yqZNO3",
            "\u{200b}1656451635-z3yqZNO3\u{3000}",
            "https://liff.line.me/1656451635-z3yqZNO3",
            "https://miniapp.line.me/1656451635-z3yqZNO3",
            // developers.line.biz/en/docs/line-mini-app/service/add-friend-option, develop/permanent-links
            "https://miniapp.line.me/1656451635-z3yqZNO3?prompt_bot_id=@819abcde",
            "https://miniapp.line.me/1656451635-z3yqZNO3/shop?search=shoes#item10",
            "miniapp.line.me/1656451635-z3yqZNO3/",
            "<https://liff.line.me/{1656451635-z3yqZNO3}#top>",
            "1656451635-z3yqZNO3。",
            "1656451635-z3yqZNO3?utm=1",
            "1656451635-z3yqZNO3&bindToken=T",
            "1656451635%2Dz3yqZNO3",
            "line://app/1656451635-z3yqZNO3?a=1",
            "https://line.me/R/app/1656451635-z3yqZNO3",
            "HTTPS%253A%252F%252FLIFF.LINE.ME%252F1656451635-z3yqZNO3",
            "（1656451635-z3yqZNO3）",
            "「1656451635-z3yqZNO3」詳見",
            "1656451635-z3yqZNO3]/",
            "1656451635-z3yqZNO3 utm=1",
            "1656451635-z3yqZNO3\nhttps://shop.example",
            "1656451635 – z3yqZNO3",
            "1656451635-\r\n z3yq ZNO3",
            "1656451635-z3yqZNO3&next=https://liff.line.me/1111111111-otherABC",
            "%257B1656451635-z3yqZNO3%257D.",
        ] {
            assert_eq!(LiffId::read(pasted).as_ref().map(LiffId::as_str), Some(ID), "{pasted:?}");
        }
    }

    #[test]
    fn refuses_what_is_no_id() {
        for pasted in
            // With a custom path, a MINI App's URL has a word in place of the ID (`liff.getContext().miniAppId`).
            [
                "https://miniapp.line.me/cony_coffee",
                "https://line.me/",
                "",
                "「",
                "{liffId}",
                "1656451635",
                "-z3yqZNO3",
                "1656451635-",
                "1656451635-z3y-x",
                "a-b",
            ]
        {
            assert_eq!(LiffId::read(pasted), None, "{pasted:?}");
        }
    }

    #[test]
    fn only_a_token_of_blanks_is_none() {
        assert_eq!(BindToken::read(" \t\u{3000} "), None);
        assert_eq!(BindToken::read(" a b\n").as_ref().map(BindToken::as_str), Some("a b"));
    }

    /// Seen in public reports: openchamber#3039 and cmark-gfm#153 (text glued on), whatwg/url#151 (hidden characters),
    /// verify-email-bundle#217 (`+` sent as a blank), `GoodDAPP`#1093 (escaped twice), ga-dev-tools#510 (a second `?`).
    #[test]
    fn a_token_that_was_mangled_on_its_way_is_mended() {
        let token = "CfDJ8E3Hp0+Ox3zRAn/Totc--_k2BDOWVlg==";
        for arrived in [
            token.to_owned(),
            format!("{token}（中文說明）了解更多"),
            format!("{token}。"),
            format!("{token}，詳見"),
            format!("{token})."),
            format!("{token}."),
            format!("{token}?utm_source=line"),
            format!("{token} （點我）"),
            format!("{token}%20"),
            format!("{token},"),
            format!("{token}!"),
            format!("{token}\u{200b}"),
            format!("\u{feff}{token}"),
            format!("{token}\u{2028}\u{3164}"),
            token.replace("Hp0", "Hp0\u{200b}\r\n"),
            format!("\u{a0}{token}\u{3000}"),
            format!("\"{token}\""),
            format!("%3C{token}%3E"),
            format!("%E2%80%AF({token})"),
            token.replace('+', " "),
            token.replace('=', "%3D").replace('+', "%2B"),
            token.replace('=', "%253D").replace('+', "%25252B"),
            token.replace('=', "%\t3D").replace('+', "%25\u{200b}2B"),
        ] {
            assert_eq!(BindToken::read(&arrived).as_ref().map(BindToken::as_str), Some(token), "{arrived:?}");
        }
    }

    #[test]
    fn a_reference_of_another_kind_is_posted_as_it_is() {
        for other in [
            "5f4dcc3b5aa765d61d8327deb882cf99|1700000000",
            "a@b$c*d!e,f5f4dcc3b5aa765d6-x",
            "T。",
            "客人編號一二三四五六七八九十甲乙丙丁",
            "50%off",
            "a b",
            "T)",
        ] {
            assert_eq!(BindToken::read(other).as_ref().map(BindToken::as_str), Some(other));
        }
    }
}
