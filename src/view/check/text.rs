//! Rows in words, for the screen and for the report that is copied.

use crate::{
    core::{
        LiffId,
        check::{Item, Note, Report, Row, Step, Verdict},
    },
    i18n::check::Words,
};

/// In the order in which they are told: what there is to do comes first.
pub(super) const VERDICTS: [Verdict; 3] = [Verdict::Wrong, Verdict::Unseen, Verdict::Right];

/// "Step 1.4", or the part of the manual that has no number.
pub(super) fn step(step: Step, words: Words) -> String {
    match step.number() {
        number if number.is_empty() => words.of("section-", step.section().name()).to_owned(),
        number => words.fill("step", &number),
    }
}

/// What there is to know about a finding.
pub(super) fn note(note: Note, words: Words) -> String {
    words.fill(&["note-", note.name()].concat(), "{liffId}")
}

/// Whether the row tells where a thing is set or how it is checked.
pub(super) fn tells_how(row: &Row) -> bool {
    match row.verdict {
        Verdict::Right => false,
        Verdict::Wrong => true,
        // What shows elsewhere is to be looked at there.
        Verdict::Unseen => row.note.is_none_or(|note| note == Note::NotTold) || row.item == Item::PushBilling,
    }
}

/// The heading.
pub(super) fn title(report: &Report, words: Words) -> String {
    match report.count(Verdict::Wrong) {
        0 => words.get("doctor-right-title").to_owned(),
        wrong => words.fill("doctor-wrong-title", &wrong.to_string()),
    }
}

/// The report for support. It has nothing in it that a stranger may not know: neither a token nor a user ID.
pub(super) fn report(report: &Report, words: Words) -> String {
    let liff_id = report.liff_id.map(LiffId::as_str).unwrap_or_default();
    let mut lines = vec![[words.get("report-title"), " ", liff_id].concat(), title(report, words)];
    for verdict in VERDICTS {
        for row in report.rows.iter().filter(|row| row.verdict == verdict) {
            lines.push(line(row, words));
        }
    }
    lines.join("\n")
}

fn line(row: &Row, words: Words) -> String {
    let mut line = format!(
        "[{}] {}: {} ({})",
        words.of("verdict-", row.verdict.name()),
        step(row.item.step(), words),
        words.of(row.item.name(), "-name"),
        row.item.name(),
    );
    let mut add = |label: &str, text: &str| {
        if !text.is_empty() {
            line.push_str(" | ");
            line.push_str(label);
            line.push_str(text);
        }
    };
    add(&[words.get("label-seen"), ": "].concat(), &row.seen);
    add(&[words.get("label-enter"), ": "].concat(), row.enter.as_deref().unwrap_or_default());
    add("", &row.note.map(|own| note(own, words)).unwrap_or_default());
    line
}
