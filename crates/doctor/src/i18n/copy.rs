//! Findings in words, for the screen and for the report that is copied.

use super::Words;
use crate::core::{
    LiffId,
    check::{Item, Note, Report, Row, Step, Verdict},
};

/// The heading.
#[must_use]
pub fn title(report: &Report, words: &Words) -> String {
    match report.count(Verdict::Wrong) {
        0 => words.get("doctor-right-title"),
        wrong => words.fill("doctor-wrong-title", &wrong.to_string()),
    }
}

/// "Step 1.4", or the part of the manual that has no number.
#[must_use]
pub fn step(step: Step, words: &Words) -> String {
    match step.number() {
        number if number.is_empty() => words.of("section-", step.section().name()),
        number => words.fill("step", &number),
    }
}

/// The verdict: "Right", or who can see what can't be seen from here.
#[must_use]
pub fn verdict(row: &Row, words: &Words) -> String {
    words.of("verdict-", if row.by_eye() { "by-eye" } else { row.verdict.name() })
}

/// What there is to know about a finding.
#[must_use]
pub fn note(note: Note, words: &Words) -> String {
    words.fill(&["note-", note.name()].concat(), "{liffId}")
}

/// Whether the row tells where a thing is set or how it is checked.
#[must_use]
pub fn tells_how(row: &Row) -> bool {
    match row.verdict {
        Verdict::Right => false,
        Verdict::Wrong => true,
        // A thing that shows elsewhere is to be looked at there.
        Verdict::Unseen => row.note.is_none_or(|note| note == Note::NotTold) || row.item == Item::PushBilling,
    }
}

/// The report for support. It has nothing in it that a stranger may not know: neither a token nor a user ID.
#[must_use]
pub fn report(report: &Report, words: &Words) -> String {
    let liff_id = report.liff_id.as_ref().map(LiffId::as_str).unwrap_or_default();
    let mut lines = vec![format!("{} {liff_id}", words.get("report-title")), title(report, words)];
    lines.extend(report.groups().flatten().map(|row| line(&row, words)));
    lines.join("\n")
}

fn line(row: &Row, words: &Words) -> String {
    let mut line = format!(
        "[{}] {}: {} ({})",
        verdict(row, words),
        step(row.item.step(), words),
        words.of(row.item.name(), "-name"),
        row.item.name(),
    );
    let labelled = |label: &str, text: &str| format!("{}: {text}", words.get(label));
    let seen = (!row.seen.is_empty()).then(|| labelled("label-seen", &row.seen));
    let enter = row.enter.as_deref().map(|enter| labelled("label-enter", enter));
    let note = row.note.map(|own| note(own, words));
    for part in [seen, enter, note].into_iter().flatten() {
        line.push_str(" | ");
        line.push_str(&part);
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::Json;

    #[test]
    fn a_report_tells_first_what_there_is_to_do() {
        let row = |item, verdict, seen: &str, note, enter: Option<&str>| Row {
            item,
            verdict,
            seen: seen.into(),
            note,
            enter: enter.map(String::from),
        };
        let rows = vec![
            row(Item::Size, Verdict::Right, "compact", None, None),
            row(Item::ScanQr, Verdict::Wrong, "off", Some(Note::ScanOff), Some("On")),
            row(Item::Friendship, Verdict::Unseen, "", Some(Note::NotTold), None),
            row(Item::Published, Verdict::Unseen, "", None, None),
        ];
        let whole = Report { liff_id: LiffId::read("1-a"), rows, can_see_more: false, is_mini_app: false };
        let words = Words::new(Json::parse(
            r#"{ "report-title": "Check", "doctor-wrong-title": "Wrong: {n}", "step": "Step {n}", "section-before": "Before",
                "verdict-wrong": "No", "verdict-by-eye": "Look", "verdict-unseen": "?", "verdict-right": "Yes", "label-seen": "Seen",
                "label-enter": "Enter", "scan-qr-name": "Scan", "size-name": "Size", "published-name": "Published",
                "friendship-name": "Friend", "note-not-told": "Not told.",
                "note-scan-off": "It is off." }"#,
        ));
        let lines = [
            "Check 1-a",
            "Wrong: 1",
            "[No] Step 1.6: Scan (scan-qr) | Seen: off | Enter: On | It is off.",
            "[Look] Before: Published (published)",
            "[?] Step 1.5: Friend (friendship) | Not told.",
            "[Yes] Step 1.2: Size (size) | Seen: compact",
        ];
        assert_eq!(report(&whole, &words), lines.join("\n"));
    }
}
