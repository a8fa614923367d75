//! The doctor's checklist.

use super::{CopyButton, CopySource, Heading, Value, text, words};
use crate::{
    core::{self, Offer, Report, Verdict},
    i18n::{Word, copy},
    shell::{Outcome, look},
};
use js_sys::futures::spawn_local;
use leptos::prelude::*;
use liff_bind::{
    components::{Mark, QrCode},
    i18n::Labelled,
    shell::{line, page},
};

/// Runs the checks and shows the verdicts.
#[component]
pub fn Doctor() -> impl IntoView {
    let outcome = LocalResource::new(look);
    move || match outcome.get() {
        None => view! { <Working /> }.into_any(),
        Some(Outcome { report, offer }) => view! { <Checklist report offer /> }.into_any(),
    }
}

#[component]
fn Working() -> impl IntoView {
    view! {
        <main class="card">
            <Mark logo=None />
            <Heading screen="working" title=text(Word::WorkingTitle) />
            <p class="body" role="status">
                {text(Word::WorkingBody)}
            </p>
        </main>
    }
}

#[component]
fn Checklist(report: Report, offer: Option<Offer>) -> impl IntoView {
    let words = words();
    let worst = if report.count(Verdict::Wrong) > 0 { Verdict::Wrong } else { Verdict::Right };
    let fragment = report.liff_id.as_ref().map(|id| format!("#{}", id.as_str()));
    let guide = format!("liff-setup.html{}", fragment.unwrap_or_default());
    let groups = report.groups().map(|rows| view! { <Group rows /> });
    view! {
        <main class="card merchant">
            <div class="mark" data-verdict=worst.name() aria-hidden="true"></div>
            <Heading screen="check" title=copy::title(&report, &words) focused=true />
            <p class="body" role="status">
                {copy::body(&report, &words)}
            </p>
            {report.is_mini_app.then(|| view! { <p class="aside">{text(Word::MiniApp)}</p> })}
            {offer.map(|offer| view! { <More offer /> })}
            {groups.collect_view()}
            <p class="aside">{text(Word::Customer)}</p>
            <a class="aside" data-action="guide" href=guide>
                {text(Word::ButtonGuide)}
            </a>
            <CopySource />
            <div class="actions">
                <CopyButton
                    action="copy-report"
                    class="button primary"
                    label=Word::ButtonReport
                    text=copy::report(&report, &words)
                />
                <button type="button" class="button" data-action="retry" on:click=|_| page::reload()>
                    {text(Word::ButtonAgain)}
                </button>
            </div>
        </main>
    }
}

/// The ways to see more: in LINE, or signed in.
#[component]
fn More(offer: Offer) -> impl IntoView {
    let Offer { line_url, qr, sign_in } = offer;
    view! {
        <section class="more">
            <p>{text(Word::More)}</p>
            {qr.map(|value| view! { <QrCode qr=Labelled { label: text(Word::GuideQr), value } /> })}
            {line_url
                .map(|url| {
                    view! {
                        <a class="button primary" data-action="open-line" href=url>
                            {text(Word::ButtonOpenLine)}
                        </a>
                    }
                })}
            {sign_in
                .map(|return_url| {
                    view! {
                        <button type="button" class="button" data-action="login" on:click=move |_| go_to_sign_in(return_url.clone())>
                            {text(Word::ButtonLogin)}
                        </button>
                    }
                })}
        </section>
    }
}

fn go_to_sign_in(return_url: String) {
    // If it fails, the list stays, and the button can be pressed again.
    spawn_local(async move {
        if line::ready_later().await.is_ok() {
            line::sign_in(&return_url);
        }
    });
}

/// The rows of one verdict.
#[component]
fn Group(rows: Vec<core::Row>) -> impl IntoView {
    let verdict = rows.first().map(|row| copy::verdict(row, &words()));
    view! {
        <section>
            <h2>{verdict}</h2>
            <ul class="rows">{rows.into_iter().map(|row| view! { <Row row /> }).collect_view()}</ul>
        </section>
    }
}

#[component]
fn Row(row: core::Row) -> impl IntoView {
    let words = words();
    let (tells_how, said) = (copy::tells_how(&row), copy::verdict(&row, &words));
    let core::Row { item, verdict, seen, note, enter } = row;
    let (name, step) = (item.name(), item.step());
    let fixed = item.fixed_value().filter(|_| verdict == Verdict::Unseen && note.is_none());
    let enter = enter.or_else(|| fixed.map(str::to_owned));
    view! {
        <li class="row" data-check=name data-verdict=verdict.name() data-step=step.number()>
            <h3>{copy::name(name, &words)}</h3>
            <p class="step">
                {copy::step(step, &words)}" · "
                <span class="verdict">{said}</span>
            </p>
            {note.map(|note| view! { <p>{copy::note(note, &words)}</p> })}
            {(!seen.is_empty())
                .then(|| {
                    view! {
                        <p class="value">
                            <span class="label">{text(Word::LabelSeen)}</span>
                            <code>{seen}</code>
                        </p>
                    }
                })}
            {tells_how.then(|| view! { <p>{copy::how(name, &words)}</p> })}
            {enter
                .map(|value| {
                    view! {
                        <p class="value">
                            <span class="label">{text(Word::LabelEnter)}</span>
                            <Value value />
                        </p>
                    }
                })}
        </li>
    }
}
