//! The words of the merchant's doctor and guide. The bind page does not fetch them.

mod copy;

pub use copy::{note, report, step, tells_how, title, verdict};

use crate::core::Json;
use std::sync::Arc;

/// The texts that belong to no item, note, hint, section or verdict.
#[cfg(test)]
const OWN: &[&str] = &[
    "doctor-working-title",
    "doctor-working-body",
    "doctor-right-title",
    "doctor-wrong-title",
    "doctor-body",
    "doctor-customer",
    "doctor-more",
    "doctor-mini-app",
    "verdict-by-eye",
    "label-seen",
    "label-enter",
    "step",
    "button-again",
    "button-copy",
    "button-copied",
    "button-report",
    "button-open-line",
    "button-login",
    "button-guide",
    "report-title",
    "guide-title",
    "guide-body",
    "guide-console",
    "guide-mini-app",
    "guide-section-mini",
    "guide-mini-ids-name",
    "guide-mini-ids-how",
    "guide-mini-console-name",
    "guide-mini-console-how",
    "guide-mini-consent-name",
    "guide-mini-consent-how",
    "guide-mini-header-name",
    "guide-mini-header-how",
    "guide-add",
    "guide-roles-name",
    "guide-roles-how",
    "guide-login-channel-name",
    "guide-login-channel-how",
    "guide-first-endpoint-name",
    "guide-first-endpoint-how",
    "guide-mini-review-name",
    "guide-mini-review-how",
    "guide-mini-developing-name",
    "guide-mini-developing-how",
    "guide-field-liff-id",
    "guide-field-published",
    "guide-field-review",
    "guide-field-developing",
    "guide-field-game",
    "guide-needs-id",
    "guide-section-done",
    "guide-check-name",
    "guide-check-how",
    "guide-qr",
    "guide-liff-url-name",
    "guide-liff-url-how",
    "guide-button-name",
    "guide-button-how",
    "guide-test-name",
    "guide-test-how",
];

/// The texts of a language, by their names.
#[derive(Clone, Debug)]
pub struct Words(Arc<Json>);

impl Words {
    /// Takes a language's file.
    #[must_use]
    pub fn new(file: Json) -> Self {
        Self(Arc::new(file))
    }

    /// The text of this name; a missing one is empty. The files of one build belong together.
    #[must_use]
    pub fn get(&self, name: &str) -> String {
        self.0.text(name).unwrap_or_default().to_owned()
    }

    /// The text whose name has two parts, such as `size` and `-how`.
    #[must_use]
    pub fn of(&self, name: &str, part: &str) -> String {
        self.get(&[name, part].concat())
    }

    /// The text with a value in the place of its `{n}`, `{id}` or `{token}`.
    #[must_use]
    pub fn fill(&self, name: &str, value: &str) -> String {
        let text = self.get(name);
        match text.split_once('{').and_then(|(before, rest)| Some((before, rest.split_once('}')?.1))) {
            Some((before, after)) => [before, value, after].concat(),
            None => text,
        }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that meets the unexpected is to fail")]
mod tests {
    use super::*;
    use crate::core::check::{Hint, Item, Note, Section, Verdict};
    use std::{
        collections::{BTreeMap, BTreeSet},
        fs,
    };

    /// Texts for the static page of the guide (`scripts/words.mjs`), which no app shows.
    const STATIC: &str = "static";

    fn languages() -> Vec<(String, BTreeMap<String, String>)> {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/i18n");
        let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
        // The languages of the bind page are those of the doctor.
        let tags = names.filter_map(|name| name.strip_suffix(".json").map(str::to_owned));
        let read = |tag: String| {
            let text = fs::read_to_string(format!("{folder}/check/{tag}.json")).unwrap();
            let mut file: BTreeMap<String, serde_json::Value> = serde_json::from_str(&text).unwrap();
            assert!(file.remove(STATIC).is_none_or(|texts| texts.is_object()), "{tag}");
            let texts = file.into_iter().map(|(name, text)| (name, text.as_str().unwrap().to_owned()));
            (tag, texts.collect())
        };
        tags.map(read).collect()
    }

    #[test]
    fn every_language_has_every_text_and_no_other() {
        let own = OWN.iter().map(|name| (*name).to_owned());
        let items = Item::ALL.iter().flat_map(|item| ["name", "how"].map(|part| format!("{}-{part}", item.name())));
        let notes = Note::ALL.iter().map(|note| format!("note-{}", note.name()));
        let hints = Hint::ALL.iter().map(|hint| format!("hint-{}", hint.name()));
        let sections = Section::ALL.iter().map(|section| format!("section-{}", section.name()));
        let verdicts = Verdict::ALL.iter().map(|verdict| format!("verdict-{}", verdict.name()));
        let names: BTreeSet<_> = own.chain(items).chain(notes).chain(hints).chain(sections).chain(verdicts).collect();
        for (tag, texts) in languages() {
            assert_eq!(texts.keys().cloned().collect::<BTreeSet<_>>(), names, "{tag}");
        }
    }

    #[test]
    fn every_text_has_the_same_placeholders() {
        let placeholders = |text: &str| -> Vec<String> {
            text.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0.to_owned())).collect()
        };
        let languages = languages();
        let (_, reference) = &languages[0];
        for (tag, texts) in &languages {
            for (name, text) in texts {
                let used = placeholders(text);
                assert_eq!(used, placeholders(&reference[name]), "{tag}, {name}");
                assert!(used.len() <= 1, "{tag}, {name}: one can be filled");
                assert!(!text.trim().is_empty() && !text.contains(['\n', '\t']), "{tag}, {name}");
            }
        }
    }

    #[test]
    fn titles_differ_between_languages() {
        let languages = languages();
        for name in ["doctor-working-title", "doctor-right-title", "doctor-wrong-title", "guide-title"] {
            let titles: BTreeSet<_> = languages.iter().map(|(_, texts)| &texts[name]).collect();
            assert_eq!(titles.len(), languages.len(), "{name}");
        }
    }

    #[test]
    fn a_text_is_found_by_its_whole_name() {
        let words =
            Words::new(Json::parse(r#"{ "size": "Size", "size-how": "Where {n}.", "static": { "siz": "x" } }"#));
        assert_eq!((words.get("size"), words.of("size", "-how")), ("Size".into(), "Where {n}.".into()));
        assert_eq!((words.get("siz"), words.get("static")), (String::new(), String::new()));
        assert_eq!(words.fill("size-how", "{x}"), "Where {x}.");
        assert_eq!(words.fill("size", "{x}"), "Size");
    }
}
