//! Every word a person reads. The texts are in a file for each language; here it is chosen which of them a screen says.

#[cfg(feature = "check")]
pub mod check;
mod language;

pub use language::Language;

use crate::core::{Action, ConsentRequest, Failure, HttpsUrl, Kind, Screen, Target, Text, Wait, cut, decimal};
use language::Word;

/// A screen in words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Speech {
    /// The shop's logo, where the customer is asked to trust the shop.
    pub logo: Option<&'static str>,
    /// The heading.
    pub title: String,
    /// What happened, and whether one is bound.
    pub body: String,
    /// What is to be known besides; often empty.
    pub note: String,
    /// The name of the QR code and its SVG path, in a square of 100.
    pub qr: Option<(&'static str, &'static str)>,
    /// The label of the support code and the code.
    pub code: Option<(&'static str, String)>,
    /// Whom to ask, where the customer is asked; often empty.
    pub ask: String,
    /// The label of the link to the privacy policy and its URL.
    pub privacy: Option<(&'static str, &'static str)>,
    /// What can be done, the primary action first.
    pub buttons: Vec<Label>,
}

/// A button in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Label {
    /// What the button does.
    pub action: Action,
    /// How.
    pub target: Target,
    /// What stands on it.
    pub text: &'static str,
}

/// Puts a screen into words.
#[must_use]
pub fn speak(screen: &Screen, language: Language) -> Speech {
    let [title, body] = heading_and_sentence(screen, language);
    let filling = Filling::new(screen, language);
    let asks = matches!(screen.kind, Kind::Confirm(_)).then_some(());
    let note = match screen.kind {
        Kind::Working(Wait::Slow) => language.word(Word::WorkingSlow),
        Kind::Working(Wait::Busy(_)) => language.word(Word::WorkingBusy),
        _ if screen.close_by_hand => language.word(Word::CloseByHand),
        _ => "",
    };
    Speech {
        logo: asks.and(screen.shop.logo).map(HttpsUrl::as_str),
        title: filling.fill(title),
        body: filling.fill(body),
        note: filling.fill(note),
        qr: match screen.kind {
            Kind::OpenInLine { qr: Some(path), .. } => Some((language.word(Word::OpenInLineQr), path)),
            _ => None,
        },
        code: match screen.kind {
            Kind::Failed { code: Some(code), .. } => Some((language.word(Word::SupportCode), code.text())),
            _ => None,
        },
        ask: asks.map(|()| filling.fill(language.word(Word::ConfirmAsk))).unwrap_or_default(),
        privacy: asks.and(screen.shop.privacy).map(|url| (language.word(Word::ConfirmPrivacy), url.as_str())),
        buttons: screen
            .buttons
            .iter()
            .map(|button| Label {
                action: button.action,
                target: button.target,
                text: language.word(label(button.action, screen.kind)),
            })
            .collect(),
    }
}

fn heading_and_sentence(screen: &Screen, language: Language) -> [Text; 2] {
    let bound = |own| if screen.has(Action::AddFriend) { Word::BoundNotFriend } else { own };
    let open = |astray, own| if astray { Word::OpenInLineAstray } else { own };
    let words = match screen.kind {
        Kind::Failed { failure, .. } => return language.failure(failure),
        Kind::Working(_) => [Word::WorkingTitle, Word::WorkingBody],
        Kind::Confirm(_) => [Word::ConfirmTitle, Word::ConfirmBody],
        Kind::Bound { already: false, .. } => [Word::BoundTitle, bound(Word::BoundBody)],
        Kind::Bound { already: true, .. } => [Word::AlreadyBoundTitle, bound(Word::AlreadyBoundBody)],
        Kind::OpenInLine { qr: None, astray } => [Word::OpenInLinePhoneTitle, open(astray, Word::OpenInLinePhoneBody)],
        Kind::OpenInLine { qr: Some(_), astray } => {
            [Word::OpenInLineDesktopTitle, open(astray, Word::OpenInLineDesktopBody)]
        }
        Kind::Cancelled => [Word::CancelledTitle, Word::CancelledBody],
    };
    words.map(|word| language.word(word))
}

const fn label(action: Action, kind: Kind) -> Word {
    match (action, kind) {
        (Action::Retry, Kind::Cancelled) => Word::ButtonStartAgain,
        (Action::Retry, Kind::Failed { failure: Failure::Unsure, .. }) => Word::ButtonCheck,
        (Action::Retry, _) => Word::ButtonRetry,
        (Action::Close, _) => Word::ButtonClose,
        (Action::OpenLine, _) => Word::ButtonOpenLine,
        (Action::Login, Kind::Failed { .. }) => Word::ButtonLoginAgain,
        (Action::Login, _) => Word::ButtonLogin,
        (Action::Confirm, _) => Word::ButtonConfirm,
        (Action::Cancel, _) => Word::ButtonCancel,
        (Action::AddFriend, _) => Word::ButtonAddFriend,
        (Action::Return, _) => Word::ButtonBack,
        (Action::CopyCode, Kind::Failed { copied: true, .. }) => Word::ButtonCopied,
        (Action::CopyCode, _) => Word::ButtonCopy,
    }
}

/// What the placeholders of one screen stand for.
struct Filling {
    site: Text,
    merchant: Text,
    account: Text,
    from: String,
    n: String,
}

impl Filling {
    fn new(screen: &Screen, language: Language) -> Self {
        let shop = &screen.shop;
        let merchant = shop.merchant;
        Self {
            site: shop.site.or(merchant).unwrap_or_else(|| language.word(Word::Site)),
            merchant: merchant.or(shop.site).unwrap_or_else(|| language.word(Word::Merchant)),
            account: shop.account.or(merchant).unwrap_or_else(|| language.word(Word::Account)),
            from: match screen.kind {
                Kind::Confirm(request) => from(request, language),
                _ => String::new(),
            },
            n: match screen.kind {
                Kind::Working(Wait::Busy(seconds)) => decimal(seconds),
                _ => String::new(),
            },
        }
    }

    fn fill(&self, template: &str) -> String {
        fill(template, |name| match name {
            "site" => self.site,
            "merchant" => self.merchant,
            "account" => self.account,
            "from" => &self.from,
            "n" => &self.n,
            _ => "",
        })
    }
}

/// Where and when the bind was asked for, as far as it is known.
fn from(ConsentRequest { device, age, .. }: ConsentRequest, language: Language) -> String {
    let age = age.map(|seconds| language.ago(seconds));
    match (device, age.as_deref()) {
        (Some(device), Some(age)) => {
            fill(language.word(Word::ConfirmDeviceAndAge), |name| if name == "device" { device } else { age })
        }
        (Some(known), None) | (None, Some(known)) => fill(language.word(Word::ConfirmDeviceOrAge), |_| known),
        (None, None) => String::new(),
    }
}

/// Replaces each `{name}` once; what stands for it, somebody else's text, is not searched for placeholders again.
fn fill<'a>(template: &str, meaning: impl Fn(&str) -> &'a str) -> String {
    let mut filled = String::with_capacity(template.len() + 32);
    let mut rest = template;
    while let Some((before, after)) = cut(rest, b'{') {
        let (name, behind) = cut(after, b'}').unwrap_or((after, ""));
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

    #[test]
    fn a_shops_name_is_never_read_as_a_template() {
        let filling = Filling { site: "{merchant}", merchant: "M", account: "", from: String::new(), n: String::new() };
        assert_eq!(filling.fill("a {site} b {merchant} {unknown}c"), "a {merchant} b M c");
    }

    #[test]
    fn says_where_and_when_as_far_as_it_is_known() {
        let language = language::tests::language("en", |seconds| format!("{seconds} sec ago"));
        let ask = |device, age| from(ConsentRequest { version: "1", device, age }, language);
        assert_eq!(ask(Some("Windows, Chrome"), Some(74)), " (Windows, Chrome, 74 sec ago)");
        assert_eq!(ask(Some("{age}"), Some(5)), " ({age}, 5 sec ago)");
        assert_eq!(ask(None, Some(5)), " (5 sec ago)");
        assert_eq!(ask(None, None), "");
    }
}
