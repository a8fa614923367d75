//! Checks of texts and links from foreign answers that the page shows or follows.

use liff_bind::core::{Colour, HttpsUrl, Shop};
use url::Url;

/// Control characters, and those that change the writing direction (Unicode's `Bidi_Control`).
fn is_unfit(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Whether a name may be shown: not blank, one line, not long, and read in the order in which it is written.
#[must_use]
pub fn is_label(label: &str) -> bool {
    let breaks = ['\u{2028}', '\u{2029}'];
    !label.trim().is_empty() && label.chars().count() <= 61 && !label.contains(is_unfit) && !label.contains(breaks)
}

/// Whether a browser goes where the text says: by `https`, to that host, without a user name. A host in Punycode may be
/// invalid, which only the Punycode tables can tell.
#[must_use]
pub fn is_plain_link(link: &HttpsUrl) -> bool {
    let written = link.as_str().split(['/', '?', '#']).nth(2).unwrap_or_default();
    let written = written.split(':').next().unwrap_or_default();
    match Url::parse(link.as_str()) {
        Ok(url) => {
            url.scheme() == "https"
                && url.username().is_empty()
                && url.password().is_none()
                && url.host_str().is_some_and(|host| written.eq_ignore_ascii_case(host))
        }
        Err(_) => written.split('.').any(|label| label.to_ascii_lowercase().starts_with("xn--")),
    }
}

/// Whether a colour may be put into a stylesheet.
fn is_colour(colour: Colour) -> bool {
    let text = colour.to_string();
    text.len() == 7 && text.starts_with('#') && text.bytes().skip(1).all(|digit| digit.is_ascii_hexdigit())
}

/// Whether everything known of a shop may be shown and followed.
#[must_use]
pub fn is_sound_shop(shop: &Shop) -> bool {
    let adds_friend = |url: &str| {
        let path = ["/R/ti/p/", shop.account_id.as_deref().unwrap_or_default()].concat();
        Url::parse(url).is_ok_and(|url| url.as_str() == ["https://line.me", &path].concat())
    };
    [&shop.merchant, &shop.site, &shop.account].into_iter().flatten().all(|name| is_label(name))
        && shop
            .colour
            .is_none_or(|colour| colour.paints().iter().all(|paint| [paint.fill, paint.ink].into_iter().all(is_colour)))
        && [&shop.logo, &shop.privacy].into_iter().flatten().all(is_plain_link)
        && shop.account_id.is_some() == shop.add_friend_url().is_some()
        && shop.add_friend_url().is_none_or(|url| adds_friend(&url))
}
