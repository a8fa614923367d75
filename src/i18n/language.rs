//! One language: its texts, and how it says when something was.

use crate::core::{Failure, Text, parts};

/// Names the texts that are not a failure's, in the order of the files beside this one. There `WorkingTitle` is called
/// `working-title`; behind these come the title and the body of each failure, `failure-offline-title` and so on.
macro_rules! words {
    ($($word:ident),* $(,)?) => {
        #[derive(Clone, Copy, Debug)]
        pub(super) enum Word { $($word),* }

        const WORDS: &[Word] = &[$(Word::$word),*];
    };
}

words! {
    Site,
    Merchant,
    Account,
    WorkingTitle,
    WorkingBody,
    WorkingSlow,
    WorkingBusy,
    ConfirmTitle,
    ConfirmBody,
    ConfirmDeviceAndAge,
    ConfirmDeviceOrAge,
    ConfirmAsk,
    ConfirmPrivacy,
    BoundTitle,
    BoundBody,
    AlreadyBoundTitle,
    AlreadyBoundBody,
    BoundNotFriend,
    OpenInLinePhoneTitle,
    OpenInLinePhoneBody,
    OpenInLineDesktopTitle,
    OpenInLineDesktopBody,
    OpenInLineAstray,
    OpenInLineQr,
    CancelledTitle,
    CancelledBody,
    SupportCode,
    CloseByHand,
    ButtonRetry,
    ButtonCheck,
    ButtonStartAgain,
    ButtonClose,
    ButtonOpenLine,
    ButtonLogin,
    ButtonLoginAgain,
    ButtonConfirm,
    ButtonCancel,
    ButtonAddFriend,
    ButtonBack,
    ButtonCopy,
    ButtonCopied,
}

/// A language as it came with the page: `boot.js` chooses and fetches it, so that nobody downloads the others.
#[derive(Clone, Copy)]
pub struct Language {
    texts: Text,
    ago: fn(u32) -> String,
}

impl Language {
    /// `texts` are the values of a file beside this one, a line each; `ago` says how long ago so many seconds are.
    #[must_use]
    pub const fn new(texts: Text, ago: fn(u32) -> String) -> Self {
        Self { texts, ago }
    }

    pub(super) fn word(self, word: Word) -> Text {
        self.line(word as usize)
    }

    /// The title and the body of a failure.
    pub(super) fn failure(self, failure: Failure) -> [Text; 2] {
        let title = WORDS.len() + 2 * failure as usize;
        [self.line(title), self.line(title + 1)]
    }

    pub(super) fn ago(self, seconds: u32) -> String {
        (self.ago)(seconds)
    }

    /// A line that is not there is an empty text. The files of one build have a hash of all of them in their names.
    fn line(self, number: usize) -> Text {
        parts(self.texts, b'\n').nth(number).unwrap_or_default()
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that meets the unexpected is to fail")]
pub(super) mod tests {
    use super::*;
    use serde_json::{Map, Value};
    use std::{collections::BTreeSet, fs};

    /// Each language's tag and its texts by name, as in the files.
    fn languages() -> Vec<(String, Map<String, Value>)> {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/i18n");
        let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        files
            .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
            .map(|path| {
                let tag = path.file_stem().unwrap().to_str().unwrap().to_owned();
                (tag, serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap())
            })
            .collect()
    }

    pub fn language(tag: &str, ago: fn(u32) -> String) -> Language {
        let (_, texts) = languages().into_iter().find(|(own, _)| own == tag).unwrap();
        let lines: Vec<_> = texts.values().map(|text| text.as_str().unwrap()).collect();
        Language::new(lines.join("\n").leak(), ago)
    }

    /// `WorkingTitle` as the files write it.
    fn kebab(name: &str) -> String {
        let mut kebab = String::new();
        for character in name.chars() {
            if character.is_uppercase() && !kebab.is_empty() {
                kebab.push('-');
            }
            kebab.extend(character.to_lowercase());
        }
        kebab
    }

    fn placeholders(text: &Value) -> BTreeSet<&str> {
        text.as_str().unwrap().split('{').skip(1).filter_map(|rest| rest.split('}').next()).collect()
    }

    #[test]
    fn every_language_has_every_text_in_order() {
        let words = WORDS.iter().map(|word| kebab(&format!("{word:?}")));
        let failures = Failure::ALL.map(|failure| kebab(&format!("{failure:?}")));
        let failures = failures.iter().flat_map(|name| ["title", "body"].map(|part| format!("failure-{name}-{part}")));
        let names: Vec<_> = words.chain(failures).collect();
        for (tag, texts) in languages() {
            assert_eq!(texts.keys().collect::<Vec<_>>(), names.iter().collect::<Vec<_>>(), "{tag}");
        }
        for (number, failure) in Failure::ALL.into_iter().enumerate() {
            assert_eq!(failure as usize, number, "{failure:?}");
        }
    }

    #[test]
    fn every_text_has_the_same_placeholders_and_stays_on_its_line() {
        let languages = languages();
        let (_, reference) = &languages[0];
        for (tag, texts) in &languages {
            for (name, text) in texts {
                assert_eq!(placeholders(text), placeholders(&reference[name]), "{tag}, {name}");
                let text = text.as_str().unwrap();
                assert!(!text.trim().is_empty() && !text.contains('\n'), "{tag}, {name}");
            }
        }
    }

    /// What [`Filling`](super::super::Filling) and `from` put in.
    #[test]
    fn only_known_placeholders_are_used() {
        for (tag, texts) in languages() {
            for (name, text) in &texts {
                let known: &[&str] = match name.as_str() {
                    "confirm-device-and-age" => &["device", "age"],
                    "confirm-device-or-age" => &["one"],
                    "confirm-body" => &["site", "merchant", "from"],
                    "working-busy" => &["n"],
                    // No template.
                    button if button.starts_with("button-") => &[],
                    _ => &["site", "merchant", "account"],
                };
                assert!(placeholders(text).iter().all(|used| known.contains(used)), "{tag}, {name}");
            }
        }
    }

    /// The static page, and the script that chooses, know the same languages.
    #[test]
    fn the_page_has_a_file_for_each_language_it_chooses_and_its_static_texts() {
        let read = |file: &str| fs::read_to_string([env!("CARGO_MANIFEST_DIR"), file].join("/")).unwrap();
        let boot = read("src/boot.js");
        let list = boot.split("LANGUAGES = [").nth(1).unwrap().split(']').next().unwrap();
        let chosen: BTreeSet<String> = list.split(',').map(|tag| tag.trim().trim_matches('"').to_owned()).collect();
        assert_eq!(chosen, languages().into_iter().map(|(tag, _)| tag).collect());
        let page = read("index.html");
        for tag in chosen {
            let spans = page.matches(&format!("<span lang=\"{tag}\"")).count();
            assert_eq!(spans, 7, "{tag}: three texts of the skeleton, four of the failure");
        }
    }

    #[test]
    fn no_two_failures_share_their_words_and_titles_differ_between_languages() {
        let languages = languages();
        for (tag, texts) in &languages {
            let bodies: BTreeSet<_> = Failure::ALL
                .map(|failure| texts[&format!("failure-{}-body", kebab(&format!("{failure:?}")))].to_string())
                .into();
            assert_eq!(bodies.len(), Failure::ALL.len(), "{tag}");
        }
        for name in languages[0].1.keys().filter(|name| name.ends_with("-title")) {
            let titles: BTreeSet<_> = languages.iter().map(|(_, texts)| texts[name].to_string()).collect();
            assert_eq!(titles.len(), languages.len(), "{name}");
        }
    }
}
