//! This phone, LINE, and the page's host.

use super::Found;
use crate::core::{
    facts::{Facts, Headers, Init},
    report::Note,
};
use liff_bind::core::{CLOCK_TOLERANCE, Failure, InitFailure, LiffErrorReport, Os};

/// The oldest LINE in which LIFF apps are sure to work (LIFF docs, "Recommended operating environment").
const OLDEST_LINE: [(Os, &str); 2] = [(Os::Ios, "10.17.0"), (Os::Android, "11.5.0")];
/// The oldest iOS and Chrome that run the page under its security policy (`SECURITY.md`).
const OLDEST_IOS: &str = "15";
const OLDEST_CHROME: &str = "97";

pub(super) fn line(facts: &Facts) -> Found {
    match &facts.init {
        Init::NotTried => Found::unseen(Note::AfterOthers),
        Init::Done => Found::right(""),
        Init::Silent => Found::wrong("", Note::LineSilent),
        Init::Failed(error) => match error.classify(false) {
            // Each of these is reported where it can be fixed.
            InitFailure::IdTokenRefused | InitFailure::Final(Failure::SetupLiffId | Failure::SetupMismatch) => {
                Found::right(told(error))
            }
            InitFailure::Network => Found::wrong(told(error), Note::LineSilent),
            InitFailure::SessionVoid => Found::wrong(told(error), Note::TokenExpired),
            InitFailure::Final(_) if error.message.contains("access_denied") => {
                Found::wrong("access_denied", Note::SignInRefused)
            }
            InitFailure::Final(_) => Found::wrong(told(error), Note::LineError),
        },
    }
}

/// An error in LINE's words, cut to size.
fn told(error: &LiffErrorReport) -> String {
    let text = format!("{}: {}", error.code.as_ref().unwrap_or(&error.name), error.message);
    text.chars().take(120).collect()
}

pub(super) fn context_type(facts: &Facts) -> Found {
    match facts.context.as_ref().and_then(|context| context.kind.as_deref()) {
        Some(kind @ "square_chat") => Found::wrong(kind, Note::OpenChat),
        Some(kind @ "external") => Found::unseen(Note::SeenInLine).seeing(kind),
        Some(kind) => Found::right(kind),
        None => Found::unseen(Note::NotTold),
    }
}

pub(super) fn versions(facts: &Facts) -> Found {
    let Some(line) = &facts.device.line_version else { return Found::unseen(Note::SeenInLine) };
    let os = facts.device.os;
    let version = &facts.os_version;
    let oldest = OLDEST_LINE.iter().find(|(own, _)| *own == os).map(|(_, oldest)| *oldest);
    let old = oldest.is_some_and(|oldest| is_older(line, oldest))
        || (os == Os::Ios && is_older(&version.system, OLDEST_IOS))
        || (os == Os::Android && is_older(&version.chrome, OLDEST_CHROME));
    let chrome = if os == Os::Android { format!(", WebView {}", version.chrome) } else { String::new() };
    let seen = format!("LINE {line}, {} {}{chrome}", os.name(), version.system);
    if old { Found::wrong(seen, Note::TooOld) } else { Found::right(seen) }
}

/// Whether a version is older than another; an unknown one isn't.
fn is_older(version: &str, than: &str) -> bool {
    let parts = |text: &str| -> Vec<u32> { text.split('.').filter_map(|part| part.parse().ok()).collect() };
    let version = parts(version);
    !version.is_empty() && version < parts(than)
}

pub(super) fn clock(facts: &Facts) -> Found {
    let server = facts.api.as_ref().and_then(|api| api.date);
    let fresh = facts.token.as_ref().filter(|token| token.fresh && token.issued > 0.0);
    let Some(truth) = server.or(fresh.map(|token| token.issued * 1000.0)) else { return Found::unseen(Note::NotTold) };
    let error = facts.now - truth;
    let seen = format!("{:+} min", (error / 60_000.0).round());
    if error.abs() > CLOCK_TOLERANCE { Found::wrong(seen, Note::ClockWrong) } else { Found::right(seen) }
}

pub(super) fn headers(facts: &Facts) -> Found {
    // Another status may come from a guard, with its own headers.
    match facts.headers.as_ref().filter(|headers| headers.status == 200).map(Headers::wrong) {
        Some(wrong) if wrong.is_empty() => Found::right(""),
        Some(wrong) => Found::wrong(wrong.join(", "), Note::HeadersMissing),
        None => Found::unseen(Note::NotTold),
    }
}
