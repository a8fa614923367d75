//! The report that merchants copy for support.
#![cfg(not(target_arch = "wasm32"))]

use liff_bind::core::{Json, LiffId};
use liff_doctor::{
    core::{Item, Note, Report, Row, Verdict},
    i18n::{Words, copy::report},
};

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
    let whole = Report { liff_id: LiffId::read("1-a"), rows, is_mini_app: false };
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
