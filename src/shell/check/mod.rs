//! The shell of the merchant's doctor and guide: gathers what can be seen, and shows what the core makes of it.

mod gather;
mod wait;

use super::{line, page, qr};
use crate::{
    core::{
        Device, Launch, Text,
        check::{Init, examine},
    },
    i18n::check::Words,
    view::check::{Desk, Doctor, Offer, Outcome, show_doctor, show_guide},
};
use js_sys::futures::spawn_local;
use leptos::{
    prelude::{RwSignal, Set},
    tachys::dom::window,
};
use std::sync::Arc;

/// Starts the doctor; on `liff-setup.html` (`<meta name="page" content="guide">`) the guide.
pub fn start() {
    let words = Words::new(page::words().leak());
    let desk = Desk { words, copy: Arc::new(copy) };
    if page::meta("page") == "guide" { guide(desk) } else { doctor(desk) }
}

fn guide(desk: Desk) {
    let origin = window().location().origin().unwrap_or_default().leak();
    show_guide(desk, origin, |text, drawn| {
        spawn_local(async move {
            let path = qr::path(qr::draw(&text).await);
            drawn.set((text, path));
        });
    });
}

fn doctor(desk: Desk) {
    let opening = page::opening();
    let launch = Launch::parse(opening.href);
    let outcome = RwSignal::new(None);
    let sign_in: Text = launch.return_url(None, false).leak();
    show_doctor(
        desk,
        Doctor { outcome, again: Arc::new(page::reload), sign_in: Arc::new(move || line::sign_in(sign_in)) },
    );
    spawn_local(async move {
        let facts = gather::facts(&opening, &launch).await;
        let is_phone = Device::read(opening.user_agent, opening.touch).is_phone();
        let line_url = facts.liff_id.filter(|_| !facts.in_client).map(|id| launch.liff_url(id, None));
        let qr = match &line_url {
            Some(url) if !is_phone => qr::path(qr::draw(url).await),
            _ => None,
        };
        let offer = Offer {
            line_url,
            qr,
            // Before `liff.init` has resolved, the SDK can't sign in.
            sign_in: facts.init == Init::Done && !facts.signed_in,
        };
        outcome.set(Some(Outcome { report: examine(&facts), offer }));
    });
}

/// Copies a text and says when it is done; where the browser does not let it, the text is left selected.
fn copy(text: String, done: RwSignal<bool>) {
    spawn_local(async move {
        if page::copy(&text).await.is_ok() {
            done.set(true);
        }
    });
}
