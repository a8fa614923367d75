//! The doctor's checklist.

use super::{
    clipboard::{CopyButton, CopySource, Value},
    gather,
    heading::Heading,
};
use crate::{
    components::QrCode,
    core::{
        Device, LineApp, QrImage,
        check::{self, Init, Report, Verdict, examine},
    },
    i18n::{
        Labelled,
        check::{self as copy, Words},
    },
    shell::{line, page, qr},
};
use leptos::prelude::*;

/// The verdicts, and how to see more.
#[derive(Clone)]
struct Outcome {
    report: Report,
    offer: Offer,
}

/// How to see more than can be seen here.
#[derive(Clone)]
struct Offer {
    /// The LIFF URL that opens the doctor in LINE.
    line_url: Option<String>,
    /// The same as a QR code.
    qr: Option<QrImage>,
    /// The URL to come back to from a sign-in here, where that is possible.
    sign_in: Option<String>,
}

async fn look() -> Outcome {
    let opening = page::opening();
    let device = Device::read(&opening.user_agent, opening.touch, &opening.platform);
    let line_app = device.line_app;
    let launch = opening.launch(&device);
    let facts = gather::facts(&opening, &launch, device).await;
    let liff_id = facts.liff_id.as_ref().filter(|_| !facts.in_client);
    let line_url = liff_id.map(|id| launch.liff_url(id, None));
    let qr = match liff_id {
        Some(id) if line_app != LineApp::Here => qr::draw_in_place(&launch.qr_url(id, None)).await,
        _ => None,
    };
    // Before `liff.init` has resolved, the SDK can't sign in.
    let can_sign_in = facts.init == Init::Done && !facts.signed_in;
    let sign_in = can_sign_in.then(|| launch.return_url(None, false));
    Outcome { report: examine(&facts), offer: Offer { line_url, qr, sign_in } }
}

/// Looks, and shows the verdicts.
#[component]
pub(super) fn Doctor() -> impl IntoView {
    let outcome = LocalResource::new(look);
    move || match outcome.get() {
        None => view! { <Working /> }.into_any(),
        Some(Outcome { report, offer }) => view! { <Checklist report offer /> }.into_any(),
    }
}

#[component]
fn Working() -> impl IntoView {
    let words = expect_context::<Words>();
    view! {
        <main class="card">
            <div class="mark" aria-hidden="true"></div>
            <Heading screen="working" title=words.get("doctor-working-title") />
            <p class="body" role="status">
                {words.get("doctor-working-body")}
            </p>
        </main>
    }
}

#[component]
fn Checklist(report: Report, offer: Offer) -> impl IntoView {
    let words = expect_context::<Words>();
    let worst = if report.count(Verdict::Wrong) > 0 { Verdict::Wrong } else { Verdict::Right };
    let by_eye = report.rows.iter().filter(|row| row.by_eye()).count();
    let body = words.fill("doctor-body", &by_eye.to_string());
    let fragment = report.liff_id.as_ref().map(|id| format!("#{}", id.as_str()));
    let guide = format!("liff-setup.html{}", fragment.unwrap_or_default());
    let groups = report.groups().map(|rows| view! { <Group rows /> });
    view! {
        <main class="card check">
            <div class="mark" data-verdict=worst.name() aria-hidden="true"></div>
            <Heading screen="check" title=copy::title(&report, &words) focused=true />
            <p class="body" role="status">
                {body}
            </p>
            {report.is_mini_app.then(|| view! { <p class="aside">{words.get("doctor-mini-app")}</p> })}
            {report.can_see_more.then(|| view! { <More offer /> })}
            {groups.collect_view()}
            <p class="aside">{words.get("doctor-customer")}</p>
            <a class="aside" data-action="guide" href=guide>
                {words.get("button-guide")}
            </a>
            <CopySource />
            <div class="actions">
                <CopyButton
                    action="copy-report"
                    class="button primary"
                    label=words.get("button-report")
                    text=copy::report(&report, &words)
                />
                <button type="button" class="button" data-action="retry" on:click=|_| page::reload()>
                    {words.get("button-again")}
                </button>
            </div>
        </main>
    }
}

/// In LINE, or signed in, more can be seen.
#[component]
fn More(offer: Offer) -> impl IntoView {
    let words = expect_context::<Words>();
    let Offer { line_url, qr, sign_in } = offer;
    // A computer has no LINE that could open it.
    let line_url = line_url.filter(|_| qr.is_none());
    view! {
        <section class="more">
            <p>{words.get("doctor-more")}</p>
            {qr.map(|value| view! { <QrCode qr=Labelled { label: words.get("guide-qr"), value } /> })}
            {line_url
                .map(|url| {
                    view! {
                        <a class="button primary" data-action="open-line" href=url>
                            {words.get("button-open-line")}
                        </a>
                    }
                })}
            {sign_in
                .map(|return_url| {
                    view! {
                        <button type="button" class="button" data-action="login" on:click=move |_| line::sign_in(&return_url)>
                            {words.get("button-login")}
                        </button>
                    }
                })}
        </section>
    }
}

/// The rows of one verdict.
#[component]
fn Group(rows: Vec<check::Row>) -> impl IntoView {
    let words = expect_context::<Words>();
    let verdict = rows.first().map(|row| copy::verdict(row, &words));
    view! {
        <section>
            <h2>{verdict}</h2>
            <ul class="rows">{rows.into_iter().map(|row| view! { <Row row /> }).collect_view()}</ul>
        </section>
    }
}

#[component]
fn Row(row: check::Row) -> impl IntoView {
    let words = expect_context::<Words>();
    let (how, said) = (copy::tells_how(&row), copy::verdict(&row, &words));
    let check::Row { item, verdict, seen, note, enter } = row;
    let (name, step) = (item.name(), item.step());
    let fixed = item.fixed_value().filter(|_| verdict == Verdict::Unseen && note.is_none());
    let enter = enter.or_else(|| fixed.map(str::to_owned));
    view! {
        <li class="row" data-check=name data-verdict=verdict.name() data-step=step.number()>
            <h3>{words.of(name, "-name")}</h3>
            <p class="step">
                {copy::step(step, &words)}" · "
                <span class="verdict">{said}</span>
            </p>
            {note.map(|note| view! { <p>{copy::note(note, &words)}</p> })}
            {(!seen.is_empty())
                .then(|| {
                    view! {
                        <p class="value">
                            <span class="label">{words.get("label-seen")}</span>
                            <code>{seen}</code>
                        </p>
                    }
                })}
            {how.then(|| view! { <p>{words.of(name, "-how")}</p> })}
            {enter
                .map(|value| {
                    view! {
                        <p class="value">
                            <span class="label">{words.get("label-enter")}</span>
                            <Value value />
                        </p>
                    }
                })}
        </li>
    }
}
