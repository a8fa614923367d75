//! Screens and languages to show.

use leptos::prelude::*;
use liff_bind::{
    app::App,
    core::{
        Action, App, Button, ConsentRequest, Ending, Failure, HttpsUrl, Inside, Kind, Purpose, QrImage, Screen, Shop,
        Target, Unlinking, Wait,
    },
    dispatcher::Dispatcher,
    i18n::{Language, Words},
    shell::json,
};

/// The language files.
pub const LANGUAGES: [(&str, &str); 5] = [
    ("zh-Hant", include_str!("../../src/i18n/zh-Hant.json")),
    ("en", include_str!("../../src/i18n/en.json")),
    ("ja", include_str!("../../src/i18n/ja.json")),
    ("th", include_str!("../../src/i18n/th.json")),
    ("id", include_str!("../../src/i18n/id.json")),
];

/// The language of a file.
pub fn language(texts: &str) -> Language {
    Language { words: Words::new(json::parse(texts)), ago: |seconds| format!("{} 分鐘前", seconds / 60) }
}

/// A shop whose name contains markup.
pub fn shop() -> Shop {
    Shop {
        merchant: Some("好日子 <b>選物</b>".into()),
        logo: HttpsUrl::read("https://gooddays.example/logo.png"),
        site: Some("gooddays.example".into()),
        account: Some("好日子".into()),
        account_id: Some("@gooddays".into()),
        privacy: HttpsUrl::read("https://gooddays.example/privacy"),
        colour: None,
        can_unlink: Some(true),
        chat_text: None,
    }
}

/// A screen of that shop's.
pub fn screen(kind: Kind, buttons: Vec<Button>) -> Screen {
    let unlinks = matches!(kind, Kind::Unlink(_) | Kind::Unlinked(_));
    let purpose = if unlinks { Purpose::Unlink } else { Purpose::Bind };
    Screen { purpose, kind, shop: shop(), buttons, unlink_url: None, close_by_hand: false }
}

/// A button to press.
pub fn button(action: Action) -> Button {
    Button { action, target: Target::Press }
}

/// A link to follow.
pub fn link(action: Action, url: &str) -> Button {
    Button { action, target: Target::Link(url.into()) }
}

/// The question to the customer.
pub fn asking(device: Option<&str>, age: u32) -> Kind {
    Kind::Confirm(ConsentRequest {
        version: "1".into(),
        device: device.map(Into::into),
        age: Some(age),
        ends: Vec::new(),
    })
}

/// The question before a link ends.
pub fn asking_to_unlink(ends: &[Ending]) -> Kind {
    Kind::Unlink(ConsentRequest { version: "1".into(), device: None, age: None, ends: ends.to_vec() })
}

/// A stop with a support code.
pub fn failed(copied: bool) -> Kind {
    let code = Some("7K3F-92QD".into());
    Kind::Failed { failure: Failure::Server, code, copied }
}

/// The browser of another app.
pub fn inside(app: App) -> Inside {
    Inside { app, browser: "Safari" }
}

/// Every kind of screen.
pub fn kinds() -> Vec<Kind> {
    let mut kinds = vec![
        Kind::Working(Wait::Usual),
        Kind::Working(Wait::Slow),
        Kind::Working(Wait::Busy(5)),
        asking(Some("Windows, Chrome"), 74),
        asking_to_unlink(Ending::ALL),
        asking_to_unlink(&[]),
        Kind::Unlinked(Unlinking::Done { deauthorized: true }),
        Kind::Unlinked(Unlinking::Done { deauthorized: false }),
        Kind::Unlinked(Unlinking::NothingLinked),
        Kind::Account { name: Some("Mei".into()) },
        Kind::Account { name: None },
        Kind::Bound { already: false, account: Some("Mei".into()) },
        Kind::Bound { already: true, account: None },
        Kind::OpenInLine { astray: false, inside: None, link: None, copied: false, qr: None },
        Kind::OpenInLine { astray: false, inside: Some(inside(App::Unknown)), link: None, copied: false, qr: None },
        Kind::OpenInLine {
            astray: false,
            inside: Some(inside(App::Known("Messenger"))),
            link: Some("https://liff.line.me/1656451635-z3yqZNO3?bindToken=T".into()),
            copied: false,
            qr: Some(QrImage { side: 240, src: None }),
        },
        Kind::OpenInLine {
            astray: true,
            inside: None,
            link: None,
            copied: false,
            qr: Some(QrImage { side: 240, src: None }),
        },
        Kind::Cancelled,
    ];
    kinds.extend(Failure::ALL.iter().map(|&failure| Kind::Failed {
        failure,
        code: failure.has_support_code().then(|| failure.name().to_ascii_uppercase()),
        copied: false,
    }));
    kinds
}

thread_local! {
    /// The dispatcher of an app that is never drawn; its owner keeps it.
    static UNDRAWN: (Owner, Dispatcher) = {
        let owner = Owner::new_root(None);
        let dispatcher = owner.with(|| {
            drop(App());
            expect_context::<Dispatcher>()
        });
        (owner, dispatcher)
    };
}

/// Provides a dispatcher for the buttons of a view that is about to be mounted.
pub fn provide_dispatcher() {
    provide_context(UNDRAWN.with(|(_, dispatcher)| *dispatcher));
}
