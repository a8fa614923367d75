//! Hostile input: in the link, in the bind API's answers, in storage. Nothing is executed, nothing unknown is followed.

use sandbox::{Device, Fault, IdTokenPlan, Route};
use serde_json::{Value, json};

use crate::row::{Place, Row, Step};

const LINK: &str = "the link";
const ANSWER: &str = "the bind API's answer";
/// [`HARMLESS`] would notice this.
const MARKUP: &str = "<b><img src=x onerror=hacked=1>";
/// Nothing of [`MARKUP`] has become an element or has run, and all links and pictures are https.
const HARMLESS: &str = "!window.hacked && !document.querySelector('#app b, #app script, #app [onerror]') \
    && [...document.querySelectorAll('#app a[href], #app img[src]')].every((one) => /^https:/.test(one.href || one.src))";

pub fn rows() -> Vec<Row> {
    [links(), forged(), fragments(), answers(), urls(), stored()].into_iter().flatten().collect()
}

fn row(at: &str, fault: &str) -> Row {
    Row::new(Place::Hostile, at, fault).one_engine().holds(HARMLESS)
}

/// In both engines: each has limits of its own, or the browser itself asks the host.
fn in_both(row: Row) -> Row {
    Row { one_engine: false, ..row }
}

fn incomplete(row: Row) -> Row {
    row.rests("failed/link-incomplete").posts(0).closes()
}

fn in_browser(row: Row) -> Row {
    row.on(Device::Phone).rests("open-in-line").posts(0).then("open-line", "bound")
}

fn links() -> Vec<Row> {
    vec![
        row(LINK, "`lang` is markup").with_query("&lang=%3Cscript%3Ewindow.hacked%3D1%3C%2Fscript%3E"),
        row(LINK, "A bind token that is markup")
            .set_up(|_, visit| visit.query = "bindToken=%3Cscript%3Ewindow.hacked%3D1%3C%2Fscript%3E".into())
            .rests("failed/link-incomplete")
            .closes(),
        in_both(incomplete(row(LINK, "A query of 17 kB").on(Device::Phone).set_up(|_, visit| {
            visit.query.extend(["&x=", &"a".repeat(17_000)]);
        }))),
        in_browser(row(LINK, "A lone `%`").with_query("&x=100%")),
        in_browser(row(LINK, "A `%` before no hexadecimal digits").with_query("&x=%zz")),
        in_browser(row(LINK, "Bytes that are no UTF-8").with_query("&utm_term=%8AO%91%95")),
        row(LINK, "A lone `%`, in LINE").with_query("&x=100%"),
        in_browser(
            row(LINK, "A sub-window of the SDK's")
                .with_query("&liff.subwindow.identifier=abc&liff.subwindow.cryptokey=k"),
        ),
        in_browser(
            row(LINK, "A sub-window of the SDK's, in `liff.state`")
                .with_query("&liff.state=%3Fliff.subwindow.identifier%3Dabc"),
        ),
    ]
}

/// Parameters that only LINE should set.
fn forged() -> Vec<Row> {
    let forged = |fault: &str, query: &'static str| row(LINK, fault).on(Device::Phone).with_query(query);
    vec![
        forged("A forged refusal (`error`, `liffOAuth2Error`)", "&error=access_denied&liffOAuth2Error=true")
            .rests("failed/sign-in-refused")
            .posts(0)
            .then("login", "bound"),
        forged(
            "A forged error of LINE's with markup",
            "&error=%3Cb%3Ex&error_description=%3Cb%3Ex&liffOAuth2Error=true",
        )
        .rests("failed/line-init")
        .posts(0)
        .then("login", "bound"),
        in_browser(forged("A forged `error` alone", "&error=access_denied")),
        in_browser(forged("A forged `code` and `state`", "&code=forged&state=forged")),
        // LINE's SDK opens the address in `liff.state`, below the page's own.
        forged("`liff.state` with another `liffId` and bind token", "&liff.state=%3FliffId%3D1-evil%26bindToken%3Dx")
            .rests("open-in-line")
            .posts(0)
            .then("open-line", "failed/link-incomplete"),
        in_browser(forged("`liff.state` nested in itself", "&liff.state=%3Fliff.state%3D%253Fliff.state%253Dx")),
        in_browser(forged("`liff.state` is another host", "&liff.state=https%3A%2F%2Fevil.example%2F")),
        in_browser(forged("`liff.state` is `//evil.example`", "&liff.state=%2F%2Fevil.example")),
        in_browser(forged("`liff.state` is a path", "&liff.state=%2Fadmin%2F..%2F..%2Fother")),
        in_browser(forged("`liff.state` has a malformed `%`", "&liff.state=%253F%25zz%25")),
    ]
}

/// The fragment never reaches a server, and LINE puts its tokens there.
fn fragments() -> Vec<Row> {
    let with =
        |fault: &str, tail: fn() -> String| row("the fragment", fault).set_up(move |_, visit| visit.tail = tail());
    vec![
        in_browser(with("An ID token outside LINE: it is whoever's made the link", || {
            "#id_token=eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJVMSIsImV4cCI6OTk5OTk5OTk5OX0.AAAA".into()
        })),
        in_browser(with("An access token and a context token outside LINE", || {
            "#access_token=forged&context_token=a.e30.b&feature_token=x&client_id=1656451635".into()
        })),
        in_both(incomplete(
            with("1 MB of it", || format!("#access_token={}", "a".repeat(1_000_000))).on(Device::Phone),
        )),
        row("the ID token", "10 kB of it, with claims named `__proto__` and `constructor`").set_up(|_, visit| {
            let claims = json!({ "__proto__": { "x": 1 }, "constructor": "x", "filler": "a".repeat(7_000) });
            visit.line.id_token = IdTokenPlan::Claims(claims);
        }),
    ]
}

fn answers() -> Vec<Row> {
    let shop = json!({
        "merchantName": MARKUP, "siteHost": MARKUP, "oaName": MARKUP, "oaBasicId": "@../../evil", "colour": MARKUP,
    });
    let merged = |fault: &str, patch: Value| row(ANSWER, fault).fails_times(1, Route::Bind, Fault::Merge(patch));
    let markup_code = json!({ "status": 500, "errorCode": "INTERNAL_ERROR", "supportId": MARKUP, "detail": MARKUP });
    vec![
        merged("HTML in every name, on success", json!({ "content": { "shop": shop.clone() } })),
        merged(
            "HTML in every name, at the consent card",
            json!({ "shop": shop, "requestedFrom": { "device": MARKUP, "ageSeconds": "<b>" } }),
        )
        .asks_consent()
        .rests("confirm")
        .then("confirm", "bound")
        .unlooked(),
        row(ANSWER, "A support code that is markup")
            .fails(Route::Bind, Fault::json(500, &markup_code))
            .rests("failed/server")
            .then("retry", "bound"),
        merged(
            "Names with characters that turn text around",
            json!({ "content": { "shop": { "siteHost": "shop\u{202e}elpmaxe.live" } } }),
        )
        .holds("!document.body.innerText.includes('\\u202e')"),
        merged("Names of 100 kB", json!({ "content": { "shop": { "siteHost": "a".repeat(50_000) } } }))
            .holds("document.body.innerText.length < 2000"),
        merged(
            "Members named `__proto__` and `constructor`",
            json!({ "content": { "__proto__": { "x": 1 }, "constructor": {}, "shop": { "__proto__": [] } } }),
        ),
    ]
}

/// Links at the consent card.
fn urls() -> Vec<Row> {
    let card = |fault: &str, logo: &str, privacy: &str| {
        let patch = json!({ "shop": { "logoUrl": logo, "privacyUrl": privacy } });
        row(ANSWER, &format!("`logoUrl` and `privacyUrl` are {fault}"))
            .set_up(|sandbox, _| sandbox.configure(|config| config.consent = Some("2026-01".into())))
            .fails_times(1, Route::Bind, Fault::Merge(patch))
            .rests("confirm")
            .then("confirm", "bound")
    };
    vec![
        card("`javascript:`", "javascript:window.hacked=1", "javascript:window.hacked=1"),
        card("`data:`", "data:image/svg+xml,<svg onload='window.hacked=1'/>", "data:text/html,x"),
        card("`http:`", "http://gooddays.example/logo.png", "http://gooddays.example/privacy"),
        card("without a scheme (`//`)", "//evil.example/logo.png", "//evil.example/privacy"),
        in_both(card(
            "of a host that does not answer: no logo",
            "https://evil.example/logo.png",
            "https://gooddays.example/privacy",
        ))
        .picture_from("evil.example"),
    ]
}

/// A key that nobody has used.
const SOME_KEY: &str = "00000000-0000-4000-8000-000000000000";

/// A kept bind as the page writes it; with `asked`, after a sign-in and a lost answer.
fn record(bind_token: &str, key: &str, asked: bool) -> String {
    let past = if asked { "lost" } else { "nothing" };
    let record = json!({
        "purpose": "bind", "liffId": e2e::LIFF_ID, "bindToken": bind_token, "key": key, "signedInAgain": asked, "past": past,
        "returned": false, "account": "unclear", "query": "", "others": [],
    });
    record.to_string()
}

fn stored() -> Vec<Row> {
    let keeps = |fault: &str, record: fn(&str) -> String| {
        row("`sessionStorage`", fault).set_up(move |sandbox, visit| {
            let record = json!(record(&visit.bind_token));
            let keep = format!("{{ sessionStorage['liff-bind:pending'] ??= {record}; }}");
            sandbox.configure(|config| config.first_script += &keep);
        })
    };
    vec![
        keeps("A record that is no record", |_| "{\"__proto__\":1}\n<b>".into()),
        keeps("A record with a key that is no UUID", |token| record(token, &"x".repeat(36), false)),
        keeps("A record of another bind", |_| record("another", SOME_KEY, true)),
        keeps("A record whose members are of other types", |_| {
            let record = json!({
                "purpose": 1, "liffId": [], "bindToken": {}, "key": 5, "signedInAgain": "<b>", "past": MARKUP,
                "returned": null, "account": [], "query": {}, "others": MARKUP,
            });
            record.to_string()
        }),
        keeps("A record of an earlier edition of the page", |token| {
            format!("{}\n{SOME_KEY}\n110\n{token}", e2e::LIFF_ID)
        }),
        in_both(keeps("A record of 1 MB", |_| "a".repeat(1_000_000))),
        in_both(row("the SDK's storage", "A session that is none"))
            .steps([
                Step::Sees("bound"),
                Step::Run("for (const name of Object.keys(sessionStorage)) sessionStorage[name] = '{\"x\":<b>';"),
                Step::OpenAgain,
            ])
            .keys(2),
    ]
}
