//! Findings in words, for the screen and for the report that is copied.

use super::{Word, Words};
use crate::core::{Hint, Item, Note, Report, Row, Section, Step, Verdict};
use liff_bind::{core::LiffId, i18n::fill};

/// The heading.
#[must_use]
pub fn title(report: &Report, words: &Words) -> String {
    match report.count(Verdict::Wrong) {
        0 => words.get(Word::RightTitle).to_owned(),
        wrong => with_value(words.get(Word::WrongTitle), &wrong.to_string()),
    }
}

/// The sentence below it.
#[must_use]
pub fn body(report: &Report, words: &Words) -> String {
    let by_eye = report.rows.iter().filter(|row| row.by_eye()).count();
    with_value(words.get(Word::Body), &by_eye.to_string())
}

/// The name of an item or topic.
#[must_use]
pub fn name(name: &str, words: &Words) -> String {
    words.about("", name, "-name").to_owned()
}

/// Where an item or topic is set, or how it is checked.
#[must_use]
pub fn how(name: &str, words: &Words) -> String {
    with_value(words.about("", name, "-how"), "{bindToken}")
}

/// The heading of a part of the page.
#[must_use]
pub fn section(section: Section, words: &Words) -> String {
    words.about("section-", section.name(), "").to_owned()
}

/// The hint about what was typed.
#[must_use]
pub fn hint(hint: Hint, words: &Words) -> String {
    words.about("hint-", hint.name(), "").to_owned()
}

/// "Step 1.4", or the part of the manual that has no number.
#[must_use]
pub fn step(step: Step, words: &Words) -> String {
    match step.number() {
        number if number.is_empty() => section(step.section(), words),
        number => with_value(words.get(Word::Step), &number),
    }
}

/// The verdict, such as "Right" or "Check by eye".
#[must_use]
pub fn verdict(row: &Row, words: &Words) -> String {
    let by_eye = || words.get(Word::VerdictByEye);
    if row.by_eye() { by_eye() } else { words.about("verdict-", row.verdict.name(), "") }.to_owned()
}

/// The note about a finding.
#[must_use]
pub fn note(note: Note, words: &Words) -> String {
    with_value(words.about("note-", note.name(), ""), "{liffId}")
}

/// Whether the row tells where a thing is set or how it is checked.
#[must_use]
pub fn tells_how(row: &Row) -> bool {
    match row.verdict {
        Verdict::Right => false,
        Verdict::Wrong => true,
        // A thing that shows elsewhere must be looked at there.
        Verdict::Unseen => row.note.is_none_or(|note| note == Note::NotTold) || row.item == Item::PushBilling,
    }
}

/// The report for support. A stranger may read it: it has neither a token nor a user ID.
#[must_use]
pub fn report(report: &Report, words: &Words) -> String {
    let liff_id = report.liff_id.as_ref().map(LiffId::as_str).unwrap_or_default();
    let mut lines = vec![format!("{} {liff_id}", words.get(Word::ReportTitle)), title(report, words)];
    lines.extend(report.groups().flatten().map(|row| line(&row, words)));
    lines.join("\n")
}

fn line(row: &Row, words: &Words) -> String {
    let mut line = format!(
        "[{}] {}: {} ({})",
        verdict(row, words),
        step(row.item.step(), words),
        name(row.item.name(), words),
        row.item.name(),
    );
    let labelled = |label: Word, text: &str| format!("{}: {text}", words.get(label));
    let seen = (!row.seen.is_empty()).then(|| labelled(Word::LabelSeen, &row.seen));
    let enter = row.enter.as_deref().map(|enter| labelled(Word::LabelEnter, enter));
    let note = row.note.map(|own| note(own, words));
    for part in [seen, enter, note].into_iter().flatten() {
        line.push_str(" | ");
        line.push_str(&part);
    }
    line
}

/// A text with a value in place of its one `{n}`, `{id}` or `{token}`.
fn with_value(text: &str, value: &str) -> String {
    fill(text, |_| value)
}
