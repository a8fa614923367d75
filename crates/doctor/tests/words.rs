//! Checks the language files against the code that uses their texts.
#![cfg(not(target_arch = "wasm32"))]
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that meets the unexpected is to fail")]

use liff_doctor::{
    core::{Hint, Item, Note, Section, Topic, Verdict},
    i18n::Word,
};
use serde_json::Value;
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
};

/// The texts of the guide's static page (`scripts/words.mjs`), which no app shows.
const STATIC: &str = "static";

fn languages() -> Vec<(String, BTreeMap<String, String>)> {
    let (page, own) =
        [concat!(env!("CARGO_MANIFEST_DIR"), "/../../src/i18n"), concat!(env!("CARGO_MANIFEST_DIR"), "/src/i18n")]
            .into();
    let names = fs::read_dir(page).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    // The doctor has the languages of the bind page.
    let tags = names.filter_map(|name| name.strip_suffix(".json").map(str::to_owned));
    let read = |tag: String| {
        let text = fs::read_to_string(format!("{own}/{tag}.json")).unwrap();
        let mut file: BTreeMap<String, Value> = serde_json::from_str(&text).unwrap();
        assert!(file.remove(STATIC).is_none_or(|texts| texts.is_object()), "{tag}");
        let texts = file.into_iter().map(|(name, text)| (name, text.as_str().unwrap().to_owned()));
        (tag, texts.collect())
    };
    tags.map(read).collect()
}

#[test]
fn every_language_has_every_text_and_no_other() {
    let own = Word::ALL.iter().map(|word| word.name().to_owned());
    let told = Item::ALL.iter().map(|item| item.name()).chain(Topic::ALL.iter().map(|topic| topic.name()));
    let told = told.flat_map(|name| ["name", "how"].map(|part| format!("{name}-{part}")));
    let notes = Note::ALL.iter().map(|note| format!("note-{}", note.name()));
    let hints = Hint::ALL.iter().map(|hint| format!("hint-{}", hint.name()));
    let sections = Section::ALL.iter().map(|section| format!("section-{}", section.name()));
    let verdicts = Verdict::ALL.iter().map(|verdict| format!("verdict-{}", verdict.name()));
    let names: BTreeSet<_> = own.chain(told).chain(notes).chain(hints).chain(sections).chain(verdicts).collect();
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
    for word in [Word::WorkingTitle, Word::RightTitle, Word::WrongTitle, Word::GuideTitle] {
        let titles: BTreeSet<_> = languages.iter().map(|(_, texts)| &texts[word.name()]).collect();
        assert_eq!(titles.len(), languages.len(), "{}", word.name());
    }
}
