//! Every word a person reads, one file a language. A missing word does not compile.

mod en;
mod zh_hant;

use crate::core::{Action, ConsentRequest, Failure, Friend, HttpsUrl, Kind, Language, Screen, Target, Wait};

/// A heading and the sentence below it. Placeholders are written `{site}`, `{merchant}`, `{account}`, `{from}`, `{n}`.
#[derive(Clone, Copy)]
struct Text {
    title: &'static str,
    body: &'static str,
}

/// The words of one language.
struct Words {
    /// For an unknown website.
    site: &'static str,
    /// For an unknown merchant.
    merchant: &'static str,
    /// For an unknown LINE official account.
    account: &'static str,
    working: Text,
    /// Instead of `working`'s sentence when a step takes long.
    slow: &'static str,
    /// Instead of `working`'s sentence before a new try in `{n}` seconds.
    busy: &'static str,
    confirm: Text,
    /// What `{from}` becomes, of `{device}` and `{age}`; empty when neither is known.
    from: From,
    privacy: &'static str,
    bound: Text,
    already_bound: Text,
    /// Instead of either's sentence, when messages cannot reach the customer.
    not_friend: &'static str,
    open_in_line_phone: Text,
    open_in_line_desktop: Text,
    /// Instead of either's sentence, where a sign-in begun in another browser led here.
    astray: &'static str,
    /// The QR code's name for those who cannot see it.
    qr: &'static str,
    cancelled: Text,
    failure: fn(Failure) -> Text,
    /// Before the support code.
    code: &'static str,
    /// When "close" was pressed where no script may close the window.
    close_by_hand: &'static str,
    buttons: Buttons,
}

/// How a language says where and when the bind was asked for.
struct From {
    both: &'static str,
    one: &'static str,
    just_now: &'static str,
    minutes: &'static str,
}

struct Buttons {
    retry: &'static str,
    check: &'static str,
    start_again: &'static str,
    close: &'static str,
    open_line: &'static str,
    login: &'static str,
    login_again: &'static str,
    confirm: &'static str,
    cancel: &'static str,
    add_friend: &'static str,
    back: &'static str,
    copy: &'static str,
    copied: &'static str,
}

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

const fn words(language: Language) -> &'static Words {
    match language {
        Language::ZhHant => &zh_hant::WORDS,
        Language::En => &en::WORDS,
    }
}

/// Puts a screen into words.
#[must_use]
pub fn speak(screen: &Screen) -> Speech {
    let words = words(screen.language);
    let text = match screen.kind {
        Kind::Working(_) => words.working,
        Kind::Confirm(_) => words.confirm,
        Kind::Bound { already: false, .. } => words.bound,
        Kind::Bound { already: true, .. } => words.already_bound,
        Kind::OpenInLine { phone: true, .. } => words.open_in_line_phone,
        Kind::OpenInLine { phone: false, .. } => words.open_in_line_desktop,
        Kind::Cancelled => words.cancelled,
        Kind::Failed { failure, .. } => (words.failure)(failure),
    };
    let body = match screen.kind {
        Kind::Working(Wait::Slow) => words.slow,
        Kind::Working(Wait::Busy(_)) => words.busy,
        Kind::OpenInLine { astray: true, .. } => words.astray,
        Kind::Bound { friend: Friend::No, .. } if screen.has(Action::AddFriend) => words.not_friend,
        _ => text.body,
    };
    let note = if screen.close_by_hand { words.close_by_hand } else { "" };
    let speech = Filling::new(words, screen);
    let asks = matches!(screen.kind, Kind::Confirm(_)).then_some(());
    Speech {
        logo: asks.and(screen.shop.logo).map(HttpsUrl::as_str),
        title: speech.fill(text.title),
        body: speech.fill(body),
        note: speech.fill(note),
        qr: match screen.kind {
            Kind::OpenInLine { qr: Some(path), .. } => Some((words.qr, path)),
            _ => None,
        },
        code: match screen.kind {
            Kind::Failed { code: Some(code), .. } => Some((words.code, code.text())),
            _ => None,
        },
        privacy: asks.and(screen.shop.privacy).map(|url| (words.privacy, url.as_str())),
        buttons: screen
            .buttons
            .iter()
            .map(|button| Label {
                action: button.action,
                target: button.target,
                text: label(&words.buttons, button.action, screen.kind),
            })
            .collect(),
    }
}

const fn label(buttons: &Buttons, action: Action, kind: Kind) -> &'static str {
    match (action, kind) {
        (Action::Retry, Kind::Cancelled) => buttons.start_again,
        (Action::Retry, Kind::Failed { failure: Failure::Unsure, .. }) => buttons.check,
        (Action::Retry, _) => buttons.retry,
        (Action::Close, _) => buttons.close,
        (Action::OpenLine, _) => buttons.open_line,
        (Action::Login, Kind::Failed { .. }) => buttons.login_again,
        (Action::Login, _) => buttons.login,
        (Action::Confirm, _) => buttons.confirm,
        (Action::Cancel, _) => buttons.cancel,
        (Action::AddFriend, _) => buttons.add_friend,
        (Action::Return, _) => buttons.back,
        (Action::CopyCode, Kind::Failed { copied: true, .. }) => buttons.copied,
        (Action::CopyCode, _) => buttons.copy,
    }
}

/// What the placeholders of one screen stand for.
struct Filling {
    site: &'static str,
    merchant: &'static str,
    account: &'static str,
    from: String,
    n: String,
}

impl Filling {
    fn new(words: &'static Words, screen: &Screen) -> Self {
        let shop = &screen.shop;
        let merchant = shop.merchant;
        Self {
            site: shop.site.or(merchant).unwrap_or(words.site),
            merchant: merchant.or(shop.site).unwrap_or(words.merchant),
            account: shop.account.or(merchant).unwrap_or(words.account),
            from: match screen.kind {
                Kind::Confirm(request) => words.from.say(&request),
                _ => String::new(),
            },
            n: match screen.kind {
                Kind::Working(Wait::Busy(seconds)) => seconds.to_string(),
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

/// Replaces each `{name}` once; what stands for it, somebody else's text, is not searched for placeholders again.
fn fill<'a>(template: &str, meaning: impl Fn(&str) -> &'a str) -> String {
    let mut filled = String::with_capacity(template.len() + 32);
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

impl From {
    fn say(&self, request: &ConsentRequest) -> String {
        let age = request.age.map(|seconds| match seconds / 60 {
            0 => self.just_now.to_owned(),
            minutes => {
                let minutes = minutes.to_string();
                fill(self.minutes, |_| &minutes)
            }
        });
        match (request.device, age.as_deref()) {
            (Some(device), Some(age)) => fill(self.both, |name| if name == "device" { device } else { age }),
            (Some(known), None) | (None, Some(known)) => fill(self.one, |_| known),
            (None, None) => String::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn texts(words: &Words) -> Vec<String> {
        let Buttons { retry, check, start_again, close, open_line, login, login_again, .. } = words.buttons;
        let Buttons { confirm, cancel, add_friend, back, copy, copied, .. } = words.buttons;
        let From { both, one, just_now, minutes } = words.from;
        let fixed = [
            words.working,
            words.confirm,
            words.bound,
            words.already_bound,
            words.open_in_line_phone,
            words.open_in_line_desktop,
            words.cancelled,
        ];
        let failures = Failure::ALL.map(words.failure);
        let texts = fixed.into_iter().chain(failures).flat_map(|text| [text.title, text.body]);
        let others = [
            words.slow,
            words.busy,
            words.privacy,
            words.not_friend,
            words.astray,
            words.qr,
            words.code,
            words.close_by_hand,
        ];
        let buttons = [retry, check, start_again, close, open_line, login, login_again, confirm, cancel];
        let more = [add_friend, back, copy, copied, both, one, just_now, minutes, words.site, words.merchant];
        texts.chain(others).chain(buttons).chain(more).map(str::to_owned).collect()
    }

    fn placeholders(text: &str) -> BTreeSet<&str> {
        text.split('{').skip(1).filter_map(|rest| rest.split('}').next()).collect()
    }

    #[test]
    fn every_language_has_every_text_with_the_same_placeholders() {
        let reference = texts(words(Language::default()));
        for language in Language::ALL {
            for (text, reference) in texts(words(language)).iter().zip(&reference) {
                assert!(!text.trim().is_empty(), "{language:?} lacks {reference:?}");
                assert_eq!(placeholders(text), placeholders(reference), "{text:?}");
            }
        }
    }

    #[test]
    fn no_two_failures_share_their_words_and_titles_differ_between_languages() {
        for language in Language::ALL {
            let said: BTreeSet<_> =
                Failure::ALL.iter().map(|failure| (words(language).failure)(*failure).body).collect();
            assert_eq!(said.len(), Failure::ALL.len(), "{language:?}");
        }
        for failure in Failure::ALL {
            let titles: BTreeSet<_> =
                Language::ALL.iter().map(|language| (words(*language).failure)(failure).title).collect();
            assert_eq!(titles.len(), Language::ALL.len(), "{failure:?}");
        }
    }

    #[test]
    fn a_shops_name_is_never_read_as_a_template() {
        let filling = Filling { site: "{merchant}", merchant: "M", account: "", from: String::new(), n: String::new() };
        assert_eq!(filling.fill("a {site} b {merchant} {unknown}c"), "a {merchant} b M c");
    }

    #[test]
    fn says_where_and_when_as_far_as_it_is_known() {
        let ask = |device, age| en::WORDS.from.say(&ConsentRequest { version: "1", device, age });
        assert_eq!(ask(Some("Windows, Chrome"), Some(74)), " (Windows, Chrome, 1 min ago)");
        assert_eq!(ask(Some("{age}"), Some(5)), " ({age}, just now)");
        assert_eq!(ask(None, Some(5)), " (just now)");
        assert_eq!(ask(None, None), "");
    }
}
