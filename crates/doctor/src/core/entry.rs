//! The LIFF ID as it is typed into the guide.

use liff_bind::core::{LiffId, named};

/// The LIFF ID of the manual's example, which many copy instead of their own.
pub const MANUALS_EXAMPLE: &str = "1656451635-z3yqZNO3";

/// The content of the field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The LIFF ID to go on with.
    pub liff_id: Option<LiffId>,
    /// The hint about it.
    pub hint: Hint,
}

named! {
    /// A hint about what was typed. Its name is `data-hint`; in the files of words it is `hint-` and the name.
    pub enum Hint {
        /// Nothing was typed yet.
        Empty = "empty",
        /// As LINE writes it.
        Good = "good",
        /// The ID was inside a URL.
        TakenFromUrl = "taken-from-url",
        /// Marks around it were left out.
        Tidied = "tidied",
        /// A MINI App's URL with its custom path, a word, in place of the ID.
        CustomPath = "custom-path",
        /// Not in the form that LINE uses today, but perhaps valid.
        Unusual = "unusual",
        /// The manual's example.
        Example = "example",
        /// The game module's.
        Game = "game",
        /// A channel's ID: digits alone.
        ChannelId = "channel-id",
        /// Not a LIFF ID.
        NotOne = "not-one",
    }
}

impl Hint {
    /// Whether it cannot be the LIFF ID for binding.
    #[must_use]
    pub const fn is_wrong(self) -> bool {
        matches!(self, Self::CustomPath | Self::Example | Self::Game | Self::ChannelId | Self::NotOne)
    }
}

impl Entry {
    /// Reads what was typed. `game` is the content of the field for the game module's LIFF ID, often empty.
    #[must_use]
    pub fn read(typed: &str, game: &str) -> Self {
        let typed = typed.trim();
        if typed.is_empty() {
            return Self::refused(Hint::Empty);
        }
        let is_url = typed.contains('/') || typed.contains("liffId=");
        let Some(liff_id) = read(typed) else {
            let digits = typed.len() >= 9 && typed.bytes().all(|byte| byte.is_ascii_digit());
            let has_custom_path = typed.contains("miniapp.line.me/");
            let hint = if has_custom_path { Hint::CustomPath } else { Hint::NotOne };
            return Self::refused(if digits { Hint::ChannelId } else { hint });
        };
        let id = liff_id.as_str();
        if id == MANUALS_EXAMPLE {
            return Self::refused(Hint::Example);
        }
        if read(game).as_ref() == Some(&liff_id) {
            return Self::refused(Hint::Game);
        }
        let hint = match id.split_once('-') {
            Some((channel, app)) if channel.len() != 10 || app.len() != 8 => Hint::Unusual,
            _ if is_url => Hint::TakenFromUrl,
            _ if id != typed => Hint::Tidied,
            _ => Hint::Good,
        };
        Self { liff_id: Some(liff_id), hint }
    }

    const fn refused(hint: Hint) -> Self {
        Self { liff_id: None, hint }
    }
}

/// The LIFF ID in what was typed: bare, in a URL, or in a sentence.
fn read(typed: &str) -> Option<LiffId> {
    LiffId::read(typed).or_else(|| in_url(typed))
}

/// The LIFF ID in a URL: digits, a dash, and letters and digits, between other characters.
fn in_url(url: &str) -> Option<LiffId> {
    // A percent-encoded brace ends in a letter or a digit, and would stick to the ID.
    let url = ["%7B", "%7b", "%7D", "%7d"].iter().fold(url.to_owned(), |url, brace| url.replace(brace, " "));
    let mut pieces = url.split(|c: char| !c.is_ascii_alphanumeric() && c != '-');
    pieces.find_map(|piece| LiffId::read(piece).filter(|id| id.as_str().len() > 10))
}

#[cfg(test)]
mod tests {
    use super::*;

    const OWN: &str = "2007654321-Ab3dEf9H";

    fn read(typed: &str) -> (Option<String>, Hint) {
        let Entry { liff_id, hint } = Entry::read(typed, "2007654321-GameGame");
        (liff_id.map(|id| id.as_str().to_owned()), hint)
    }

    #[test]
    fn an_id_is_found_in_anything_that_is_pasted() {
        for (typed, hint) in [
            (OWN, Hint::Good),
            ("{2007654321-Ab3dEf9H}", Hint::Tidied),
            ("**2007654321-Ab3dEf9H**", Hint::Tidied),
            ("２００７６５４３２１－Ab3dEf9H", Hint::Tidied),
            ("https://liff.line.me/2007654321-Ab3dEf9H", Hint::TakenFromUrl),
            ("https://liff.line.me/2007654321-Ab3dEf9H?bindToken=x", Hint::TakenFromUrl),
            ("line://app/2007654321-Ab3dEf9H", Hint::TakenFromUrl),
            ("https://line.me/R/app/2007654321-Ab3dEf9H", Hint::TakenFromUrl),
            ("https://miniapp.line.me/2007654321-Ab3dEf9H", Hint::TakenFromUrl),
            ("miniapp.line.me/2007654321-Ab3dEf9H", Hint::TakenFromUrl),
            // developers.line.biz/en/docs/line-mini-app/service/add-friend-option
            ("https://miniapp.line.me/2007654321-Ab3dEf9H?prompt_bot_id=@819abcde", Hint::TakenFromUrl),
            // developers.line.biz/en/docs/line-mini-app/develop/permanent-links
            ("https://miniapp.line.me/2007654321-Ab3dEf9H/shop?search=shoes#item10", Hint::TakenFromUrl),
            // github.com/ihsinoky/yomikikase-planner, liff/README.md: the ID twice
            ("https://miniapp.line.me/2007654321-Ab3dEf9H?liffId=2007654321-Ab3dEf9H", Hint::TakenFromUrl),
            ("https://miniapp.line.me/%7B2007654321-Ab3dEf9H%7D", Hint::TakenFromUrl),
            ("LIFF ID: 2007654321-Ab3dEf9H", Hint::Tidied),
            ("https://h.example/liff-bind.html?liffId=2007654321-Ab3dEf9H", Hint::TakenFromUrl),
            ("https://h.example/liff-bind.html?liffId=%7B2007654321-Ab3dEf9H%7D", Hint::TakenFromUrl),
        ] {
            assert_eq!(read(typed), (Some(OWN.to_owned()), hint), "{typed}");
        }
        assert_eq!(read("20-abc"), (Some("20-abc".to_owned()), Hint::Unusual));
    }

    #[test]
    fn a_wrong_entry_is_refused_with_the_reason() {
        for (typed, hint) in [
            ("", Hint::Empty),
            ("  ", Hint::Empty),
            (MANUALS_EXAMPLE, Hint::Example),
            ("https://liff.line.me/1656451635-z3yqZNO3", Hint::Example),
            ("2007654321-GameGame", Hint::Game),
            ("2007654321", Hint::ChannelId),
            ("{liffId}", Hint::NotOne),
            ("2007654321-", Hint::NotOne),
            // developers.line.biz/en/docs/line-mini-app/develop/custom-path
            ("https://miniapp.line.me/cony_coffee", Hint::CustomPath),
            ("https://miniapp.line.me/craft-run", Hint::CustomPath),
            ("miniapp.line.me/cony_coffee/?x=1", Hint::CustomPath),
            ("https://miniapp.line.me/1656451635-z3yqZNO3", Hint::Example),
            ("https://shop.example/", Hint::NotOne),
        ] {
            assert_eq!(read(typed), (None, hint), "{typed}");
        }
    }
}
