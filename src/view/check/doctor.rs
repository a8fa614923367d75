//! The doctor's checklist.

use super::{
    desk::{Desk, clipboard, focus_heading, mount, name_screen},
    text,
};
use crate::core::{
    Text,
    check::{Report, Row, Verdict},
};
use leptos::prelude::*;
use std::{sync::Arc, time::Duration};

/// What the doctor is told and tells.
pub struct Doctor {
    /// What came of it; nothing yet while it looks.
    pub outcome: RwSignal<Option<Outcome>>,
    /// Looks again.
    pub again: Arc<dyn Fn() + Send + Sync>,
    /// Leaves for LINE's sign-in.
    pub sign_in: Arc<dyn Fn() + Send + Sync>,
}

/// What came of it.
#[derive(Clone)]
pub struct Outcome {
    /// The verdicts.
    pub report: Report,
    /// How to see more.
    pub offer: Offer,
}

/// How to see more than can be seen here.
#[derive(Clone)]
pub struct Offer {
    /// The LIFF URL that opens the doctor in LINE.
    pub line_url: Option<String>,
    /// The same as a QR code: an SVG path in a square of 100.
    pub qr: Option<Text>,
    /// Whether signing in here is possible.
    pub sign_in: bool,
}

/// Shows the doctor.
pub fn show_doctor(desk: Desk, doctor: Doctor) {
    let Doctor { outcome, again, sign_in } = doctor;
    let words = desk.words;
    mount(move || {
        Effect::new(move || match outcome.get() {
            None => name_screen("working", words.get("doctor-working-title")),
            Some(Outcome { report, .. }) => {
                let title = text::title(&report, words);
                // After the list has been drawn.
                let arrive = move || {
                    name_screen("check", &title);
                    focus_heading();
                };
                set_timeout(arrive, Duration::ZERO);
            }
        });
        move || match outcome.get() {
            None => working(&desk).into_any(),
            Some(outcome) => checklist(&desk, outcome, &again, &sign_in).into_any(),
        }
    });
}

fn working(desk: &Desk) -> impl IntoView + use<> {
    let words = desk.words;
    view! {
        <main class="card">
            <div class="mark" aria-hidden="true"></div>
            <h1 tabindex="-1">{words.get("doctor-working-title")}</h1>
            <p class="body" role="status">
                {words.get("doctor-working-body")}
            </p>
        </main>
    }
}

type Press = Arc<dyn Fn() + Send + Sync>;

fn checklist(desk: &Desk, outcome: Outcome, again: &Press, sign_in: &Press) -> impl IntoView + use<> {
    let words = desk.words;
    let Outcome { report, offer } = outcome;
    let title = text::title(&report, words);
    let worst = if report.count(Verdict::Wrong) > 0 { Verdict::Wrong } else { Verdict::Right };
    let body = words.fill("doctor-body", &report.count(Verdict::Unseen).to_string());
    let as_text = text::report(&report, words);
    let again = Arc::clone(again);
    let guide = report.liff_id.map_or("liff-setup.html".to_owned(), |id| ["liff-setup.html#", id.as_str()].concat());
    let groups = text::VERDICTS.map(|verdict| group(desk, &report, verdict));
    view! {
        <main class="card check">
            <div class="mark" data-verdict=worst.name() aria-hidden="true"></div>
            <h1 tabindex="-1">{title}</h1>
            <p class="body" role="status">
                {body}
            </p>
            {more(desk, offer, report.can_see_more, sign_in)} {groups.collect_view()}
            <p class="aside">{words.get("doctor-customer")}</p>
            <a class="aside" data-action="guide" href=guide>
                {words.get("button-guide")}
            </a>
            {clipboard()}
            <div class="actions">
                {desk.copier("copy-report", "button primary", "button-report", move || as_text.clone())}
                <button type="button" class="button" data-action="retry" on:click=move |_| again()>
                    {words.get("button-again")}
                </button>
            </div>
        </main>
    }
}

/// In LINE, or signed in, more can be seen.
fn more(desk: &Desk, offer: Offer, can_see_more: bool, sign_in: &Press) -> impl IntoView + use<> {
    let words = desk.words;
    let sign_in = Arc::clone(sign_in);
    let Offer { line_url, qr, sign_in: can_sign_in } = offer;
    // A computer has no LINE that could open it.
    let line_url = line_url.filter(|_| qr.is_none());
    can_see_more.then(move || {
        view! {
            <section class="more">
                <p>{words.get("doctor-more")}</p>
                {qr
                    .map(|path| {
                        view! {
                            <svg class="qr" viewBox="0 0 100 100" role="img" aria-label=words.get("guide-qr")>
                                <path d=path />
                            </svg>
                        }
                    })}
                {line_url
                    .map(|url| {
                        view! {
                            <a class="button primary" data-action="open-line" href=url>
                                {words.get("button-open-line")}
                            </a>
                        }
                    })}
                {can_sign_in
                    .then(|| {
                        view! {
                            <button type="button" class="button" data-action="login" on:click=move |_| sign_in()>
                                {words.get("button-login")}
                            </button>
                        }
                    })}
            </section>
        }
    })
}

fn group(desk: &Desk, report: &Report, verdict: Verdict) -> impl IntoView + use<> {
    let rows: Vec<_> = report.rows.iter().filter(|row| row.verdict == verdict).cloned().collect();
    let words = desk.words;
    let heading = words.of("verdict-", verdict.name());
    (!rows.is_empty()).then(|| {
        view! {
            <section>
                <h2>{heading}</h2>
                <ul class="rows">{rows.into_iter().map(|row| item(desk, row)).collect_view()}</ul>
            </section>
        }
    })
}

fn item(desk: &Desk, row: Row) -> impl IntoView + use<> {
    let words = desk.words;
    let name = row.item.name();
    let how = text::tells_how(&row).then(|| words.of(name, "-how"));
    let note = row.note.map(|note| text::note(note, words));
    let step = row.item.step();
    let Row { verdict, seen, enter, .. } = row;
    let choose = enter.or_else(|| {
        let value = row.item.fixed_value().filter(|_| verdict == Verdict::Unseen && row.note.is_none());
        value.map(str::to_owned)
    });
    view! {
        <li class="row" data-check=name data-verdict=verdict.name() data-step=step.number()>
            <h3>{words.of(name, "-name")}</h3>
            <p class="step">
                {text::step(step, words)}" · "<span class="verdict">{words.of("verdict-", verdict.name())}</span>
            </p>
            {note.map(|note| view! { <p>{note}</p> })}
            {(!seen.is_empty())
                .then(|| {
                    view! {
                        <p class="value">
                            <span class="label">{words.get("label-seen")}</span>
                            <code>{seen}</code>
                        </p>
                    }
                })}
            {how.map(|how| view! { <p>{how}</p> })}
            {choose
                .map(|value| {
                    view! {
                        <p class="value">
                            <span class="label">{words.get("label-enter")}</span>
                            {desk.value(value)}
                        </p>
                    }
                })}
        </li>
    }
}
