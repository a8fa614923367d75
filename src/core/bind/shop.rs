//! The shop, as the bind API describes it. All of it is other people's text: cut to size, never markup, and a link only
//! if its form is known to be harmless.

use super::colour::Colour;
use crate::core::{hidden::is_hidden, json::Json, url::escape};

/// An absolute `https:` URL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HttpsUrl(String);

/// The longest URL that is followed, in bytes.
const LONGEST_URL: usize = 2048;

impl HttpsUrl {
    /// Reads an `https://` URL with a host's name (not a number, which browsers read in many ways), perhaps a port, and
    /// no blank or control character; `None` for anything else.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let host = host_of(text)?;
        let (name, port) = host.split_once(':').unwrap_or((host, "443"));
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-');
        let top = name.rsplit('.').next()?;
        let sound = top.starts_with(|first: char| first.is_ascii_alphabetic())
            && name.bytes().all(plain)
            && port.bytes().all(|byte| byte.is_ascii_digit())
            && port.parse::<u32>().is_ok_and(|port| port < 1 << 16)
            && text.len() <= LONGEST_URL
            && !text.contains(|c: char| c.is_whitespace() || c.is_control() || c == '\\');
        sound.then(|| Self(text.to_owned()))
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The host's name, without its port.
    fn host(&self) -> &str {
        host_of(&self.0).and_then(|host| host.split(':').next()).unwrap_or_default()
    }
}

fn host_of(url: &str) -> Option<&str> {
    url.strip_prefix("https://")?.split(['/', '?', '#']).next()
}

/// The shop that asks the customer to bind. Every member may be missing: the page has words for an unknown shop.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shop {
    /// The merchant's name.
    pub merchant: Option<String>,
    pub logo: Option<HttpsUrl>,
    /// The website's host name.
    pub site: Option<String>,
    /// The LINE official account's name.
    pub account: Option<String>,
    /// The LINE official account's basic ID: `@` and `[a-z0-9._-]`.
    pub account_id: Option<String>,
    /// The shop's privacy policy.
    pub privacy: Option<HttpsUrl>,
    /// The merchant's colour.
    pub colour: Option<Colour>,
    /// Whether people can unlink on this page.
    pub can_unlink: Option<bool>,
    /// The text that a customer may send to the official account, to be answered free of charge.
    pub chat_text: Option<String>,
}

impl Shop {
    /// Reads the API's `shop`; a member that is missing or of another type stays unknown.
    #[must_use]
    pub fn read(json: &Json) -> Self {
        let name = |member| json.text(member).and_then(label);
        let url = |member| json.text(member).and_then(HttpsUrl::read);
        Self {
            merchant: name("merchantName"),
            logo: url("logoUrl"),
            site: name("siteHost"),
            account: name("oaName"),
            account_id: json.text("oaBasicId").filter(|id| is_basic_id(id)).map(str::to_owned),
            privacy: url("privacyUrl"),
            colour: json.text("colour").and_then(Colour::read),
            can_unlink: json.get("canUnlink").as_bool(),
            chat_text: json.text("chatText").filter(|text| is_chat_text(text)).map(str::to_owned),
        }
    }

    /// This shop, with its missing members taken from `known`.
    #[must_use]
    pub fn or(self, known: Self) -> Self {
        Self {
            merchant: self.merchant.or(known.merchant),
            logo: self.logo.or(known.logo),
            site: self.site.or(known.site),
            account: self.account.or(known.account),
            account_id: self.account_id.or(known.account_id),
            privacy: self.privacy.or(known.privacy),
            colour: self.colour.or(known.colour),
            can_unlink: self.can_unlink.or(known.can_unlink),
            chat_text: self.chat_text.or(known.chat_text),
        }
    }

    /// Whether `url` is on the shop's website: its host, or one below it. If no host is known, any URL may be.
    #[must_use]
    pub fn owns(&self, url: &HttpsUrl) -> bool {
        let site = self.site.as_ref().and_then(|site| HttpsUrl::read(&["https://", site].concat()));
        let Some(site) = site.map(|site| site.host().to_ascii_lowercase()) else { return true };
        let (site, host) = (site.strip_prefix("www.").unwrap_or(&site), url.host().to_ascii_lowercase());
        host.strip_suffix(site).is_some_and(|below| below.is_empty() || below.ends_with('.'))
    }

    /// LINE's page for adding the official account as a friend (LINE URL scheme, `R/ti/p`).
    #[must_use]
    pub fn add_friend_url(&self) -> Option<String> {
        self.account_id.as_ref().map(|id| ["https://line.me/R/ti/p/", id].concat())
    }

    /// The official account's chat in LINE, with the text typed in (LINE URL scheme, `R/oaMessage`).
    #[must_use]
    pub fn chat_url(&self) -> Option<String> {
        let (id, text) = (self.account_id.as_ref()?, self.chat_text.as_ref()?);
        Some(["https://line.me/R/oaMessage/", &escape(id), "/?", &escape(text)].concat())
    }
}

/// Whether a text can be typed in as it is: the shop waits for this very one. Emoji are joined by U+200D.
fn is_chat_text(text: &str) -> bool {
    let is_joiner = |c: char| c == '\u{200d}';
    text.chars().any(|c| !c.is_whitespace() && !is_joiner(c))
        && text.chars().count() <= LONGEST_LABEL
        && text.chars().all(|c| is_joiner(c) || !is_hidden(c))
}

/// The longest name shown, in characters: it fits two lines of half a screen.
const LONGEST_LABEL: usize = 60;

/// A name fit to be shown: one line, cut to size, without characters that reorder or hide text.
pub(in crate::core) fn label(text: &str) -> Option<String> {
    let (mut label, mut length, mut blank) = (String::new(), 0, false);
    for character in text.chars().filter(|c| !is_hidden(*c)) {
        if character.is_whitespace() {
            blank = length > 0;
            continue;
        }
        if length + usize::from(blank) >= LONGEST_LABEL {
            label.push('…');
            break;
        }
        for character in blank.then_some(' ').into_iter().chain([character]) {
            label.push(character);
            length += 1;
        }
        blank = false;
    }
    (length > 0).then_some(label)
}

fn is_basic_id(id: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'.' | b'_' | b'-');
    id.strip_prefix('@').is_some_and(|name| (1..=32).contains(&name.len()) && name.bytes().all(plain))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_https_urls_are_links() {
        assert!(HttpsUrl::read("https://shop.example/cart?x=1#y").is_some());
        for url in [
            "http://shop.example/",
            "javascript:alert(1)",
            "https://",
            "https:///x",
            "https://:443/",
            "https://shop.example:/",
            "https://shop.example:99999/",
            "https://127.1/",
            "https://user@evil.example/",
            "https://shop.example/a b",
            "https://shop.example\\@evil.example/",
            "HTTPS://shop.example/",
        ] {
            assert_eq!(HttpsUrl::read(url), None, "{url}");
        }
    }

    #[test]
    fn members_of_another_type_stay_unknown() {
        let json = Json::from(serde_json::json!({
            "merchantName": 5, "logoUrl": null, "siteHost": "s.example", "oaBasicId": "@A/../x", "colour": "red",
        }));
        assert_eq!(Shop::read(&json), Shop { site: Some("s.example".into()), ..Shop::default() });
        assert_eq!(Shop::read(&Json::Null), Shop::default());
    }

    #[test]
    fn a_shop_owns_its_host_and_what_is_below_it() {
        let owns = |site: &str, url| {
            HttpsUrl::read(url).is_some_and(|url| Shop { site: Some(site.into()), ..Shop::default() }.owns(&url))
        };
        for url in ["https://shop.example", "https://m.shop.example/cart", "https://WWW.shop.example?x#y"] {
            assert!(owns("www.Shop.example", url), "{url}");
        }
        for site in ["shop.example/", "shop.example:8443", "SHOP.example/cart"] {
            assert!(owns(site, "https://shop.example/cart") && !owns(site, "https://evil.example/"), "{site}");
        }
        for no_host in ["好日子.台灣", "https://shop.example/", "The good shop", "shop.example."] {
            assert!(owns(no_host, "https://xn--6qq79v.example/cart"), "{no_host}");
        }
        for url in ["https://evil.example/shop.example", "https://evilshop.example/", "https://shop.example.evil/"] {
            assert!(!owns("shop.example", url), "{url}");
        }
        assert!(HttpsUrl::read("https://any.example/").is_some_and(|url| Shop::default().owns(&url)));
    }

    #[test]
    fn names_are_cut_and_cleaned() {
        assert_eq!(label(" A\u{202e}B\u{61c}\n ").as_deref(), Some("AB"));
        for hidden in ['\u{200b}', '\u{2066}', '\u{2028}', '\u{3164}', '\u{180e}', '\u{e0041}', '\u{7}'] {
            assert_eq!(label(&String::from(hidden)), None);
        }
        // An emoji keeps its selector.
        assert_eq!(label("❤\u{fe0f}").as_deref(), Some("❤\u{fe0f}"));
        let long = label(&"綁".repeat(61)).unwrap_or_default();
        assert_eq!((long.chars().count(), long.ends_with('…')), (61, true));
    }
}
