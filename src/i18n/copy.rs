//! A screen in words.

use super::{Language, Word, Words};
use crate::core::{
    Action, App, Button, Colour, ConsentRequest, Failure, Inside, Kind, Purpose, QrImage, Screen, Shop, Target,
    Unlinking, Wait,
};

/// The copy of a screen: its words, its links and its name. Other people's names stand between [`NAME`]'s characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScreenCopy {
    /// The screen's public name.
    pub name: ScreenName,
    pub colour: Option<Colour>,
    /// The shop's logo, where the customer is asked to trust the shop.
    pub logo: Option<String>,
    /// The shop's initial, where there is no logo.
    pub initial: Option<String>,
    pub title: String,
    /// The outcome in one sentence, and whether the customer is bound.
    pub body: String,
    /// A further note; often empty.
    pub note: String,
    pub qr: Option<Labelled<QrImage>>,
    /// The support code, or a link to copy.
    pub code: Option<Labelled>,
    /// A note to a customer who is asked: whom to ask when in doubt, or what stays.
    pub ask: Option<String>,
    /// The link to the privacy policy.
    pub privacy: Option<Labelled>,
    /// The hint that people can unlink, and a link to the place.
    pub unlink: Option<Labelled<Option<String>>>,
    /// The buttons, the primary action first.
    pub buttons: Vec<ButtonCopy>,
}

/// A screen's names on `<html>`: `data-screen` and `data-failure`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ScreenName {
    /// `data-screen`.
    pub screen: &'static str,
    /// `data-failure`.
    pub failure: Option<&'static str>,
}

/// Something with a label: a code, a link's URL, an image.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Labelled<T = String> {
    /// The text that a person reads or hears.
    pub label: String,
    pub value: T,
}

/// A button in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ButtonCopy {
    pub action: Action,
    pub target: Target,
    pub label: String,
}

/// The characters around a name in a text: U+2068 and U+2069 (Unicode Bidirectional Algorithm, isolates). A name itself
/// has neither.
pub const NAME: [&str; 2] = ["\u{2068}", "\u{2069}"];

/// Puts a screen into words.
#[must_use]
pub fn render(screen: &Screen, language: &Language) -> ScreenCopy {
    let words = &language.words;
    let shop = &screen.shop;
    let [title, body] = sentence(screen, words);
    let filling = Filling::new(screen, language);
    let asks = match screen.kind {
        Kind::Confirm(_) => Some(Word::ConfirmAsk),
        Kind::Unlink(_) => Some(Word::UnlinkStays),
        _ => None,
    };
    let note = match screen.kind {
        Kind::Working(Wait::Slow) => words.get(Word::WorkingSlow),
        Kind::Working(Wait::Busy(_)) => words.get(Word::WorkingBusy),
        _ if screen.close_by_hand => words.get(Word::CloseByHand),
        Kind::Bound { account: Some(_), .. } => words.get(Word::BoundAccount),
        Kind::Unlinked(Unlinking::Done { deauthorized: false }) => words.get(Word::UnlinkedPermission),
        Kind::OpenInLine { inside: Some(_), link: Some(_), .. } => words.get(Word::OpenInLineInside),
        _ => "",
    };
    ScreenCopy {
        name: ScreenName { screen: screen.name(), failure: screen.failure().map(Failure::name) },
        colour: shop.colour,
        logo: shop.logo.as_ref().filter(|_| asks.is_some()).map(|url| url.as_str().to_owned()),
        initial: asks.and_then(|_| initial(shop)),
        title: filling.fill(title),
        body: filling.fill(body),
        note: filling.fill(note),
        qr: match &screen.kind {
            Kind::OpenInLine { qr: Some(qr), .. } => Some(labelled(words, Word::OpenInLineQr, qr.clone())),
            _ => None,
        },
        code: match &screen.kind {
            Kind::Failed { code: Some(code), .. } => Some(labelled(words, Word::SupportCode, code.clone())),
            Kind::OpenInLine { link: Some(url), .. } => Some(labelled(words, Word::Link, url.clone())),
            _ => None,
        },
        ask: asks.map(|ask| filling.fill(words.get(ask))),
        privacy: shop
            .privacy
            .as_ref()
            .filter(|_| matches!(screen.kind, Kind::Confirm(_)))
            .map(|url| labelled(words, Word::ConfirmPrivacy, url.as_str().to_owned())),
        unlink: how_to_unlink(screen).map(|word| labelled(words, word, screen.unlink_url.clone())),
        buttons: screen.buttons.iter().map(|button| button_copy(button, screen, words)).collect(),
    }
}

/// LINE's rule for linking accounts: people must be told that they can unlink (LINE docs, "User account linking").
/// LINE's settings end only the permission, not the shop's link.
const fn how_to_unlink(screen: &Screen) -> Option<Word> {
    match screen.kind {
        Kind::Confirm(_) | Kind::Bound { .. } if matches!(screen.shop.can_unlink, Some(true)) => Some(Word::UnlinkHint),
        Kind::Confirm(_) | Kind::Bound { .. } => Some(Word::UnlinkHintInLine),
        Kind::Unlinked(Unlinking::Done { deauthorized: false } | Unlinking::NothingLinked) => Some(Word::UnlinkInLine),
        Kind::Failed { failure: Failure::Paused, .. } if matches!(screen.purpose, Purpose::Unlink) => {
            Some(Word::UnlinkInLine)
        }
        _ => None,
    }
}

fn labelled<T>(words: &Words, word: Word, value: T) -> Labelled<T> {
    Labelled { label: words.get(word).to_owned(), value }
}

fn button_copy(button: &Button, screen: &Screen, words: &Words) -> ButtonCopy {
    let Button { action, target } = button.clone();
    // In LINE, the link into LINE is how a failure is tried again.
    let tries_again =
        action == Action::OpenLine && screen.failure().is_some() && screen.buttons.first() == Some(button);
    let meant = if tries_again { Action::Retry } else { action };
    ButtonCopy { action, target, label: words.get(label(meant, &screen.kind)).to_owned() }
}

fn sentence<'a>(screen: &Screen, words: &'a Words) -> [&'a str; 2] {
    let bound = |own| {
        if screen.has(Action::Chat) {
            Word::BoundChat
        } else if screen.has(Action::AddFriend) {
            Word::BoundNotFriend
        } else {
            own
        }
    };
    let open = |astray, to_bind, to_unlink| match screen.purpose {
        Purpose::Unlink => to_unlink,
        Purpose::Bind if astray => Word::OpenInLineAstray,
        Purpose::Bind => to_bind,
    };
    let own = match screen.kind {
        Kind::Failed { failure, .. } => return words.failure(failure, screen.purpose),
        Kind::Working(_) => [Word::WorkingTitle, Word::WorkingBody],
        Kind::Confirm(_) => [Word::ConfirmTitle, Word::ConfirmBody],
        Kind::Unlink(_) => [Word::UnlinkTitle, Word::UnlinkBody],
        Kind::Unlinked(Unlinking::Done { .. }) => [Word::UnlinkedTitle, Word::UnlinkedBody],
        Kind::Unlinked(Unlinking::NothingLinked) => [Word::NotLinkedTitle, Word::NotLinkedBody],
        Kind::Account { .. } => [Word::AccountTitle, Word::AccountBody],
        Kind::Bound { already: false, .. } => [Word::BoundTitle, bound(Word::BoundBody)],
        Kind::Bound { already: true, .. } => [Word::AlreadyBoundTitle, bound(Word::AlreadyBoundBody)],
        Kind::OpenInLine { qr: None, astray, .. } => {
            [Word::OpenInLinePhoneTitle, open(astray, Word::OpenInLinePhoneBody, Word::UnlinkOnPhone)]
        }
        Kind::OpenInLine { astray, .. } if screen.has(Action::OpenLine) => {
            [Word::OpenInLinePhoneTitle, open(astray, Word::OpenInLineTabletBody, Word::UnlinkOnTablet)]
        }
        Kind::OpenInLine { astray, .. } => {
            [Word::OpenInLineDesktopTitle, open(astray, Word::OpenInLineDesktopBody, Word::UnlinkOnDesktop)]
        }
        Kind::Cancelled => [Word::CancelledTitle, Word::CancelledBody],
    };
    own.map(|word| words.get(word))
}

const fn label(action: Action, kind: &Kind) -> Word {
    match (action, kind) {
        (Action::Retry, Kind::Cancelled) => Word::ButtonStartAgain,
        (Action::Retry, Kind::Failed { failure: Failure::Unsure, .. }) => Word::ButtonCheck,
        (Action::Retry, Kind::Failed { failure: Failure::UnlinkLost, .. }) => Word::ButtonLinkAgain,
        (Action::Retry, _) => Word::ButtonRetry,
        (Action::Close, _) => Word::ButtonClose,
        (Action::OpenLine, _) => Word::ButtonOpenLine,
        (Action::Login, Kind::Failed { .. }) => Word::ButtonLoginAgain,
        (Action::Login, _) => Word::ButtonLogin,
        (Action::Confirm, Kind::Account { .. }) => Word::ButtonConfirmAccount,
        (Action::Confirm, _) => Word::ButtonConfirm,
        (Action::OtherAccount, _) => Word::ButtonOtherAccount,
        (Action::Cancel, _) => Word::ButtonCancel,
        (Action::Unlink, _) => Word::ButtonUnlink,
        (Action::Chat, _) => Word::ButtonChat,
        (Action::AddFriend, _) => Word::ButtonAddFriend,
        (Action::Return, _) => Word::ButtonBack,
        (Action::CopyCode, Kind::Failed { copied: true, .. })
        | (Action::CopyLink, Kind::OpenInLine { copied: true, .. }) => Word::ButtonCopied,
        (Action::CopyCode, _) => Word::ButtonCopy,
        (Action::CopyLink, _) => Word::ButtonCopyLink,
    }
}

/// The values for the placeholders of one screen.
#[derive(Default)]
struct Filling {
    site: String,
    merchant: String,
    account: String,
    /// Where and when the bind was requested.
    from: String,
    /// Whose LINE account it is.
    who: String,
    /// The app that shows the page.
    app: String,
    browser: &'static str,
    n: String,
    /// What ends with the link.
    ends: String,
    /// That nothing has happened yet.
    state: String,
}

impl Filling {
    fn new(screen: &Screen, language: &Language) -> Self {
        let (shop, words) = (&screen.shop, &language.words);
        let (site, merchant, account) = (shop.site.as_deref(), shop.merchant.as_deref(), shop.account.as_deref());
        let or_word = |name: Option<&str>, word| name.map_or_else(|| words.get(word).to_owned(), name_in_text);
        let mut filling = Self {
            site: or_word(site.or(merchant).or(account), Word::Site),
            merchant: or_word(merchant.or(site).or(account), Word::Merchant),
            account: or_word(account.or(merchant), Word::Account),
            state: words.get(nothing_yet(screen.purpose)).to_owned(),
            ..Self::default()
        };
        match &screen.kind {
            Kind::Confirm(request) => filling.from = from(request, language),
            Kind::Unlink(request) => filling.ends = ends(request, words),
            Kind::Account { name } | Kind::Bound { account: name, .. } => {
                let name = name.as_deref().map(name_in_text);
                filling.who = match &name {
                    Some(name) => fill(words.get(Word::AccountNamed), |_| name),
                    None => words.get(Word::AccountUnnamed).to_owned(),
                };
            }
            Kind::OpenInLine { inside: Some(Inside { app, browser }), .. } => {
                filling.browser = browser;
                filling.app = match app {
                    App::Known(name) => name_in_text(name),
                    App::Unknown => words.get(Word::AppUnnamed).to_owned(),
                };
            }
            Kind::Working(Wait::Busy(seconds)) => filling.n = seconds.to_string(),
            _ => {}
        }
        filling
    }

    fn fill(&self, template: &str) -> String {
        fill(template, |name| match name {
            "site" => &self.site,
            "merchant" => &self.merchant,
            "account" => &self.account,
            "from" => &self.from,
            "who" => &self.who,
            "app" => &self.app,
            "browser" => self.browser,
            "n" => &self.n,
            "ends" => &self.ends,
            "state" => &self.state,
            _ => "",
        })
    }
}

/// The words that nothing has happened yet.
const fn nothing_yet(purpose: Purpose) -> Word {
    match purpose {
        Purpose::Bind => Word::NotLinkedYet,
        Purpose::Unlink => Word::NotUnlinkedYet,
    }
}

/// The sentence that says what ends with the link, if the API tells.
fn ends(request: &ConsentRequest, words: &Words) -> String {
    let names: Vec<_> = request.ends.iter().map(|ending| words.about("ending-", ending.name(), "")).collect();
    let list = names.join(words.get(Word::UnlinkEndsBetween));
    if list.is_empty() { list } else { fill(words.get(Word::UnlinkEnds), |_| &list) }
}

/// Marks somebody else's name within a text.
fn name_in_text(name: &str) -> String {
    let [before, behind] = NAME;
    [before, name, behind].concat()
}

/// The first character of the shop's name that isn't a bracket or another mark.
fn initial(shop: &Shop) -> Option<String> {
    let name = shop.merchant.as_ref().or(shop.site.as_ref()).or(shop.account.as_ref())?;
    let is_mark = |c: &char| {
        c.is_ascii_punctuation() || matches!(c, ' ' | '\u{2010}'..='\u{205e}' | '\u{3000}'..='\u{303f}' | '（')
    };
    name.strip_prefix("www.").unwrap_or(name).chars().find(|c| !is_mark(c)).map(String::from)
}

/// Where and when the bind was requested, as far as known.
fn from(request: &ConsentRequest, language: &Language) -> String {
    let words = &language.words;
    let age = request.age.map(language.ago);
    match (request.device.as_deref(), age.as_deref()) {
        (Some(device), Some(age)) => {
            fill(words.get(Word::ConfirmDeviceAndAge), |name| if name == "device" { device } else { age })
        }
        (Some(known), None) | (None, Some(known)) => fill(words.get(Word::ConfirmDeviceOrAge), |_| known),
        (None, None) => String::new(),
    }
}

/// Replaces each `{name}` once. The inserted text is somebody else's, and isn't searched for placeholders.
#[must_use]
pub fn fill<'a>(template: &str, meaning: impl Fn(&str) -> &'a str) -> String {
    let mut filled = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, behind) = after.split_once('}').unwrap_or((after, ""));
        filled.push_str(before);
        filled.push_str(meaning(name));
        rest = behind;
    }
    filled.push_str(rest);
    filled
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::words;

    #[test]
    fn a_shops_name_is_never_read_as_a_template() {
        let filling = Filling { site: "{merchant}".into(), merchant: "M".into(), ..Filling::default() };
        assert_eq!(filling.fill("a {site} b {merchant} {unknown}c"), "a {merchant} b M c");
    }

    #[test]
    fn a_shop_has_an_initial_as_soon_as_it_has_any_name() {
        let name = |text: &str| Some(text.to_owned());
        for (shop, expected) in [
            (Shop { merchant: name("「好日子」選物"), site: name("shop.example"), ..Shop::default() }, Some("好")),
            (Shop { site: name("www.gooddays.example"), ..Shop::default() }, Some("g")),
            (Shop { account: name("@ (7-shop)"), ..Shop::default() }, Some("7")),
            (Shop { merchant: name("“ร้านดี”"), ..Shop::default() }, Some("ร")),
            (Shop { merchant: name("…"), ..Shop::default() }, None),
            (Shop::default(), None),
        ] {
            assert_eq!(initial(&shop).as_deref(), expected, "{shop:?}");
        }
    }

    /// A screen without buttons, and English.
    fn screen(kind: Kind, shop: Shop) -> (Screen, Language) {
        let screen =
            Screen { purpose: Purpose::Bind, kind, shop, buttons: Vec::new(), unlink_url: None, close_by_hand: false };
        (screen, Language { words: words::tests::words("en"), ago: |_| String::new() })
    }

    #[test]
    fn who_can_only_withdraw_a_permission_is_not_told_to_unlink() {
        for (can_unlink, hint) in [
            (Some(true), "You can unlink"),
            (Some(false), "You can ask the shop to unlink"),
            (None, "You can ask the shop to unlink"),
        ] {
            let kind = Kind::Bound { already: false, account: None };
            let (mut screen, language) = screen(kind, Shop { can_unlink, ..Shop::default() });
            for url in [None, Some("https://line.me/R/nv/connectedApps".to_owned())] {
                screen.unlink_url = url;
                let told = render(&screen, &language).unlink;
                assert!(told.is_some_and(|told| told.label.starts_with(hint)), "{can_unlink:?}");
            }
        }
    }

    #[test]
    fn a_failure_in_line_is_tried_again_and_elsewhere_opened_in_line() {
        let open = Button { action: Action::OpenLine, target: Target::Link("https://liff.line.me/1-a".into()) };
        let login = Button { action: Action::Login, target: Target::Press };
        for (failure, buttons, labels) in [
            (Failure::SignInExpired, vec![open.clone()], vec!["Try again"]),
            (Failure::Unsure, vec![open.clone()], vec!["Check result"]),
            (Failure::SignInExpired, vec![login, open], vec!["Sign in again", "Open in LINE"]),
        ] {
            let (mut screen, language) = screen(Kind::Failed { failure, code: None, copied: false }, Shop::default());
            screen.buttons = buttons;
            let told: Vec<_> = render(&screen, &language).buttons.into_iter().map(|button| button.label).collect();
            assert_eq!(told, labels);
        }
    }

    #[test]
    fn a_shop_is_called_by_any_name_that_is_known() {
        let (screen, language) = screen(Kind::Cancelled, Shop { account: Some("@days".into()), ..Shop::default() });
        let filling = Filling::new(&screen, &language);
        let name = name_in_text("@days");
        assert_eq!([filling.site, filling.merchant, filling.account], [name.clone(), name.clone(), name]);
    }

    #[test]
    fn says_where_and_when_as_far_as_it_is_known() {
        let language = Language { words: words::tests::words("en"), ago: |seconds| format!("{seconds} sec ago") };
        let ask = |device: Option<&str>, age| {
            let device = device.map(str::to_owned);
            from(&ConsentRequest { version: "1".into(), device, age, ends: Vec::new() }, &language)
        };
        assert_eq!(ask(Some("Windows, Chrome"), Some(74)), " (Windows, Chrome, 74 sec ago)");
        assert_eq!(ask(Some("{age}"), Some(5)), " ({age}, 5 sec ago)");
        assert_eq!(ask(None, Some(5)), " (5 sec ago)");
        assert_eq!(ask(None, None), "");
    }
}
