//! The words of the merchant's doctor and guide. The bind page does not fetch them.

use crate::core::Text;

/// The texts that belong to no item, note or hint.
#[cfg(test)]
const OWN: &[&str] = &[
    "doctor-working-title",
    "doctor-working-body",
    "doctor-right-title",
    "doctor-wrong-title",
    "doctor-body",
    "doctor-customer",
    "doctor-more",
    "verdict-right",
    "verdict-wrong",
    "verdict-unseen",
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
    "guide-add",
    "guide-first-endpoint-name",
    "guide-first-endpoint-how",
    "guide-field-liff-id",
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

/// A language as it came with the page: a line for each text, its name, a tab and its words (`scripts/finish-check.mjs`).
#[derive(Clone, Copy, Debug)]
pub struct Words(Text);

impl Words {
    /// Takes the lines.
    #[must_use]
    pub const fn new(lines: Text) -> Self {
        Self(lines)
    }

    /// The text of this name; one that is not there is empty. The files of one build belong together.
    #[must_use]
    pub fn get(self, name: &str) -> Text {
        self.0.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix('\t')).unwrap_or_default()
    }

    /// The text of a name in two parts, such as `size` and `-how`.
    #[must_use]
    pub fn of(self, name: &str, part: &str) -> Text {
        self.get(&[name, part].concat())
    }

    /// The text with a value in the place of its `{n}`, `{id}` or `{token}`.
    #[must_use]
    pub fn fill(self, name: &str, value: &str) -> String {
        let text = self.get(name);
        let Some((before, (_, after))) = text.split_once('{').and_then(|(b, rest)| Some((b, rest.split_once('}')?)))
        else {
            return text.to_owned();
        };
        [before, value, after].concat()
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that meets the unexpected is to fail")]
mod tests {
    use super::*;
    use crate::core::check::{Hint, Item, Note, Section};
    use serde_json::{Map, Value};
    use std::{collections::BTreeSet, fs};

    fn languages() -> Vec<(String, Map<String, Value>)> {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/i18n");
        let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
        // The languages of the bind page are those of the doctor.
        let tags = names.filter_map(|name| name.strip_suffix(".json").map(str::to_owned));
        let read = |tag: String| {
            let text = fs::read_to_string(format!("{folder}/check/{tag}.json")).unwrap();
            (tag, serde_json::from_str(&text).unwrap())
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
        let names: BTreeSet<_> = own.chain(items).chain(notes).chain(hints).chain(sections).collect();
        for (tag, texts) in languages() {
            assert_eq!(texts.keys().cloned().collect::<BTreeSet<_>>(), names, "{tag}");
        }
    }

    #[test]
    fn every_text_has_the_same_placeholders_and_stays_on_its_line() {
        let placeholder = |text: &Value| -> Vec<String> {
            text.as_str()
                .unwrap()
                .split('{')
                .skip(1)
                .filter_map(|rest| Some(rest.split_once('}')?.0.to_owned()))
                .collect()
        };
        let languages = languages();
        let (_, reference) = &languages[0];
        for (tag, texts) in &languages {
            for (name, text) in texts {
                let used = placeholder(text);
                assert_eq!(used, placeholder(&reference[name]), "{tag}, {name}");
                assert!(used.len() <= 1, "{tag}, {name}: one can be filled");
                let text = text.as_str().unwrap();
                assert!(!text.trim().is_empty() && !text.contains(['\n', '\t']), "{tag}, {name}");
            }
        }
    }

    #[test]
    fn titles_differ_between_languages() {
        let languages = languages();
        for name in ["doctor-working-title", "doctor-right-title", "doctor-wrong-title", "guide-title"] {
            let titles: BTreeSet<_> = languages.iter().map(|(_, texts)| texts[name].to_string()).collect();
            assert_eq!(titles.len(), languages.len(), "{name}");
        }
    }

    #[test]
    fn the_guides_static_page_has_each_language() {
        let page = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/setup.html")).unwrap();
        for (tag, texts) in languages() {
            let spans = page.matches(&format!("<span lang=\"{tag}\"")).count();
            assert_eq!(spans, 4, "{tag}: its title, and the three texts of the failure");
            assert!(page.contains(texts["guide-title"].as_str().unwrap()), "{tag}");
        }
    }

    #[test]
    fn a_text_is_found_by_its_whole_name() {
        let words = Words::new("size-how\tWhere {n}.\nsize\tSize");
        assert_eq!((words.get("size"), words.of("size", "-how"), words.get("siz")), ("Size", "Where {n}.", ""));
        assert_eq!(words.fill("size-how", "{x}"), "Where {x}.");
    }
}
