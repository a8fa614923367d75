//! The words of one language: a file beside this one, fetched with the page, so that nobody downloads the others.

use crate::core::{Failure, Json, Purpose, named};
use std::marker::PhantomData;

named! {
    /// A text, by its name in the files. Each failure has two more, such as `failure-offline-title` and
    /// `failure-offline-body`.
    pub enum Word {
        Site = "site",
        Merchant = "merchant",
        Account = "account",
        WorkingTitle = "working-title",
        WorkingBody = "working-body",
        WorkingSlow = "working-slow",
        WorkingBusy = "working-busy",
        ConfirmTitle = "confirm-title",
        ConfirmBody = "confirm-body",
        ConfirmDeviceAndAge = "confirm-device-and-age",
        ConfirmDeviceOrAge = "confirm-device-or-age",
        ConfirmAsk = "confirm-ask",
        ConfirmPrivacy = "confirm-privacy",
        NotLinkedYet = "not-linked-yet",
        NotUnlinkedYet = "not-unlinked-yet",
        UnlinkHint = "unlink-hint",
        UnlinkHintInLine = "unlink-hint-in-line",
        UnlinkInLine = "unlink-in-line",
        UnlinkTitle = "unlink-title",
        UnlinkBody = "unlink-body",
        UnlinkEnds = "unlink-ends",
        UnlinkEndsBetween = "unlink-ends-between",
        UnlinkStays = "unlink-stays",
        UnlinkedTitle = "unlinked-title",
        UnlinkedBody = "unlinked-body",
        UnlinkedPermission = "unlinked-permission",
        NotLinkedTitle = "not-linked-title",
        NotLinkedBody = "not-linked-body",
        UnlinkOnPhone = "unlink-on-phone",
        UnlinkOnTablet = "unlink-on-tablet",
        UnlinkOnDesktop = "unlink-on-desktop",
        AccountTitle = "account-title",
        AccountBody = "account-body",
        AccountNamed = "account-named",
        AccountUnnamed = "account-unnamed",
        BoundTitle = "bound-title",
        BoundBody = "bound-body",
        AlreadyBoundTitle = "already-bound-title",
        AlreadyBoundBody = "already-bound-body",
        BoundNotFriend = "bound-not-friend",
        BoundAccount = "bound-account",
        BoundChat = "bound-chat",
        OpenInLinePhoneTitle = "open-in-line-phone-title",
        OpenInLinePhoneBody = "open-in-line-phone-body",
        OpenInLineTabletBody = "open-in-line-tablet-body",
        OpenInLineDesktopTitle = "open-in-line-desktop-title",
        OpenInLineDesktopBody = "open-in-line-desktop-body",
        OpenInLineAstray = "open-in-line-astray",
        OpenInLineQr = "open-in-line-qr",
        OpenInLineInside = "open-in-line-inside",
        AppUnnamed = "app-unnamed",
        Link = "link",
        CancelledTitle = "cancelled-title",
        CancelledBody = "cancelled-body",
        SupportCode = "support-code",
        CloseByHand = "close-by-hand",
        ButtonRetry = "button-retry",
        ButtonCheck = "button-check",
        ButtonLinkAgain = "button-link-again",
        ButtonStartAgain = "button-start-again",
        ButtonClose = "button-close",
        ButtonOpenLine = "button-open-line",
        ButtonLogin = "button-login",
        ButtonLoginAgain = "button-login-again",
        ButtonConfirm = "button-confirm",
        ButtonConfirmAccount = "button-confirm-account",
        ButtonOtherAccount = "button-other-account",
        ButtonCancel = "button-cancel",
        ButtonUnlink = "button-unlink",
        ButtonChat = "button-chat",
        ButtonAddFriend = "button-add-friend",
        ButtonBack = "button-back",
        ButtonCopy = "button-copy",
        ButtonCopyLink = "button-copy-link",
        ButtonCopied = "button-copied",
    }
}

/// Every text of one language, by an enum of their names; the page's enum is [`Word`].
#[derive(Clone, Debug, PartialEq)]
pub struct Words<W = Word> {
    file: Json,
    names: PhantomData<W>,
}

impl<W: AsRef<str>> Words<W> {
    /// Takes a language's file.
    #[must_use]
    pub const fn new(file: Json) -> Self {
        Self { file, names: PhantomData }
    }

    /// A text; a test checks that every language has all of them.
    #[must_use]
    pub fn get(&self, word: W) -> &str {
        self.text(word.as_ref())
    }

    /// The text about a thing. Its name has the thing's name between two other parts, such as `failure-` and `-title`.
    #[must_use]
    pub fn about(&self, before: &str, thing: &str, behind: &str) -> &str {
        self.text(&[before, thing, behind].concat())
    }

    fn text(&self, name: &str) -> &str {
        self.file.text(name).unwrap_or_default()
    }
}

impl Words {
    /// The heading and the sentence of a failure, for the person's purpose.
    pub(super) fn failure(&self, failure: Failure, purpose: Purpose) -> [&str; 2] {
        let before = if purpose == Purpose::Unlink && speaks_of_binding(failure) { "unlink-" } else { "failure-" };
        ["-title", "-body"].map(|part| self.about(before, failure.key(), part))
    }
}

/// Whether a failure's words speak of binding, so that unlinking needs its own. All other words hold for both.
const fn speaks_of_binding(failure: Failure) -> bool {
    matches!(
        failure,
        Failure::Gateway
            | Failure::LineInit
            | Failure::LinkIncomplete
            | Failure::Paused
            | Failure::Unsure
            | Failure::WrongPlace
    )
}

#[cfg(test)]
#[expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that meets the unexpected is to fail")]
pub(super) mod tests {
    use super::*;
    use crate::core::Ending;
    use serde_json::{Map, Value};
    use std::{
        collections::{BTreeMap, BTreeSet},
        fs,
        path::Path,
    };

    /// Each language's tag and its texts, followed by those of the static page.
    fn languages() -> Vec<(String, BTreeMap<String, String>)> {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/i18n");
        let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        let files = files.filter(|path| path.extension().is_some_and(|extension| extension == "json"));
        files.map(|path| (path.file_stem().unwrap().to_str().unwrap().to_owned(), texts(&path))).collect()
    }

    fn texts(path: &Path) -> BTreeMap<String, String> {
        let mut file: Map<String, Value> = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
        let page = file.remove("static").unwrap();
        let page = page.as_object().unwrap().iter().map(|(name, text)| (format!("static-{name}"), text.clone()));
        let text = |(name, text): (String, Value)| (name, text.as_str().unwrap().to_owned());
        file.into_iter().chain(page).map(text).collect()
    }

    /// A language as the page gets it.
    pub fn words(tag: &str) -> Words {
        let path = format!("{}/src/i18n/{tag}.json", env!("CARGO_MANIFEST_DIR"));
        Words::new(Json::parse(&fs::read_to_string(path).unwrap()))
    }

    fn placeholders(text: &str) -> BTreeSet<&str> {
        text.split('{').skip(1).filter_map(|rest| rest.split('}').next()).collect()
    }

    #[test]
    fn every_language_has_every_text_and_no_other() {
        let own = Word::ALL.iter().map(|word| word.name().to_owned());
        let failures = Failure::ALL
            .iter()
            .flat_map(|failure| ["title", "body"].map(|part| format!("failure-{}-{part}", failure.key())));
        let other = Failure::ALL.iter().filter(|failure| speaks_of_binding(**failure));
        let other = other.flat_map(|failure| ["title", "body"].map(|part| format!("unlink-{}-{part}", failure.key())));
        let endings = Ending::ALL.iter().map(|ending| format!("ending-{}", ending.name()));
        // The texts of `index.html` itself (`scripts/words.mjs`).
        let page = ["page-load-title", "page-load-body", "page-load-reload"];
        let names: BTreeSet<_> =
            own.chain(failures).chain(other).chain(endings).chain(page.map(|name| format!("static-{name}"))).collect();
        for (tag, mut texts) in languages() {
            // `<title>` has one language.
            assert_eq!(texts.remove("static-page-title").is_some(), tag == "zh-Hant", "{tag}");
            assert_eq!(texts.into_keys().collect::<BTreeSet<_>>(), names, "{tag}");
        }
    }

    #[test]
    fn every_text_has_the_same_placeholders() {
        let languages = languages();
        let (_, reference) = languages.iter().find(|(tag, _)| tag == "zh-Hant").unwrap();
        for (tag, texts) in &languages {
            for (name, text) in texts {
                assert_eq!(Some(placeholders(text)), reference.get(name).map(|own| placeholders(own)), "{tag}, {name}");
                assert!(!text.trim().is_empty(), "{tag}, {name}");
            }
        }
    }

    /// [`render`](super::super::render) fills these in.
    #[test]
    fn only_known_placeholders_are_used() {
        for (tag, texts) in languages() {
            for (name, text) in &texts {
                let known: &[&str] = match name.as_str() {
                    "unlink-body" => &["merchant", "ends"],
                    "unlink-ends" => &["ends"],
                    "confirm-device-and-age" => &["device", "age"],
                    "confirm-device-or-age" => &["one"],
                    "confirm-body" => &["site", "merchant", "from"],
                    "working-busy" => &["n"],
                    "account-named" => &["name"],
                    "account-title" | "account-body" | "bound-account" => &["site", "who"],
                    "open-in-line-inside" => &["app", "browser"],
                    // boot.js knows better what to update.
                    "static-page-load-body" => &["update"],
                    // These aren't templates.
                    plain if plain.starts_with("button-") || plain.starts_with("static-") => &[],
                    _ => &["site", "merchant", "account", "state"],
                };
                assert!(placeholders(text).iter().all(|used| known.contains(used)), "{tag}, {name}");
            }
        }
    }

    #[test]
    fn no_two_failures_share_their_words_and_titles_differ_between_languages() {
        let languages = languages();
        for (tag, texts) in &languages {
            let bodies: Vec<_> =
                texts.iter().filter(|(name, _)| name.starts_with("failure-") && name.ends_with("-body")).collect();
            let different: BTreeSet<_> = bodies.iter().map(|(_, body)| body).collect();
            assert_eq!((bodies.len(), different.len()), (Failure::ALL.len(), Failure::ALL.len()), "{tag}");
        }
        for name in languages[0].1.keys().filter(|name| name.ends_with("-title") && *name != "static-page-title") {
            let titles: BTreeSet<_> = languages.iter().map(|(_, texts)| &texts[name]).collect();
            assert_eq!(titles.len(), languages.len(), "{name}");
        }
    }
}
