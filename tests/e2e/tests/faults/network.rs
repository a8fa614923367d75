//! Faults of the network and of the bind API.

use std::time::Duration;

use e2e::{Engine, before};
use sandbox::{Fault, Route};
use serde_json::{Value, json};

use crate::row::{Place, Row, Step};

const BIND: &str = "`POST /v1/liff-bindings`";
const FRIENDSHIP: &str = "`api.line.me/friendship/v1/status`";

/// The example answers of `docs/bind-api`: the screen each leads to, how often it is asked for, and the action there.
const BY_CODE: [(&str, &str, usize, Way); 22] = [
    ("invalid-request-body", "failed/server", 1, Way::Retry),
    ("bind-token-missing", "failed/link-incomplete", 1, Way::Close),
    // It signs in again by itself, once.
    ("id-token-expired", "failed/sign-in-expired", 2, Way::OpenLine),
    ("id-token-invalid", "failed/identity", 1, Way::Close),
    ("id-token-audience-mismatch", "failed/setup-mismatch", 1, Way::Copy),
    ("liff-id-unknown", "failed/setup-unknown", 1, Way::Copy),
    ("liff-id-wrong-module", "failed/setup-game-module", 1, Way::Copy),
    ("bind-token-invalid", "failed/link-incomplete", 1, Way::Close),
    ("visitor-not-found", "failed/link-incomplete", 1, Way::Close),
    ("bind-token-expired", "failed/link-expired", 1, Way::Close),
    ("bind-token-used", "failed/link-used", 1, Way::Close),
    ("visitor-bound-to-other-line", "failed/site-has-other-line", 1, Way::Close),
    ("member-id-conflict", "failed/line-has-other-member", 1, Way::Close),
    ("consent-required", "confirm", 1, Way::Confirm),
    ("binding-disabled", "failed/paused", 1, Way::Close),
    ("channel-not-connected", "failed/setup-channel", 1, Way::Copy),
    ("provider-mismatch", "failed/setup-channel", 1, Way::Copy),
    ("origin-not-allowed", "failed/setup-host", 1, Way::Copy),
    ("rate-limited", "failed/busy", 4, Way::Retry),
    ("idempotency-in-progress", "failed/unsure", 4, Way::Retry),
    ("line-unavailable", "failed/line-down", 4, Way::Retry),
    ("internal-error", "failed/server", 2, Way::Retry),
];

/// An answer whose `errorCode` is not known: its status decides.
const BY_STATUS: [(u16, &str, usize, Way); 13] = [
    (400, "failed/server", 1, Way::Retry),
    (401, "failed/identity", 1, Way::Close),
    (403, "failed/server", 1, Way::Retry),
    (404, "failed/server", 1, Way::Retry),
    (408, "failed/busy", 4, Way::Retry),
    (409, "failed/server", 1, Way::Retry),
    (418, "failed/server", 1, Way::Retry),
    (422, "failed/server", 1, Way::Retry),
    (429, "failed/busy", 4, Way::Retry),
    (500, "failed/server", 2, Way::Retry),
    (502, "failed/server", 4, Way::Retry),
    (503, "failed/server", 4, Way::Retry),
    (504, "failed/server", 4, Way::Retry),
];

/// The person's action at a screen.
#[derive(Clone, Copy)]
enum Way {
    Retry,
    Confirm,
    OpenLine,
    Close,
    Copy,
}

impl Way {
    fn of(self, row: Row) -> Row {
        match self {
            Self::Retry => row.then("retry", "bound"),
            Self::Confirm => row.then("confirm", "bound"),
            Self::OpenLine => row.then("open-line", "bound"),
            Self::Close => row.closes(),
            Self::Copy => row.copies(),
        }
    }
}

pub fn rows() -> Vec<Row> {
    [lost(), slow(), after_the_bind(), busy(), offline(), codes(), statuses(), unreadable(), redirects(), friendship()]
        .into_iter()
        .flatten()
        .collect()
}

fn row(fault: impl Into<String>) -> Row {
    Row::new(Place::Network, BIND, fault)
}

/// No answer comes until the fault passes: it may have bound.
fn unsure(fault: &str) -> Row {
    row(fault).rests("failed/unsure").then("retry", "bound")
}

fn lost() -> Vec<Row> {
    let bind = || Route::Bind;
    vec![
        row("The connection fails once").fails_times(1, bind(), Fault::Refuse).posts(2),
        row("The connection fails twice").fails_times(2, bind(), Fault::Refuse).posts(3),
        unsure("The connection always fails").fails(bind(), Fault::Refuse).posts(4),
        row("Bound, and the answer is lost once").fails_times(1, bind(), Fault::no_answer()).posts(2),
        row("Bound, and the answer is lost twice").fails_times(2, bind(), Fault::no_answer()).posts(3),
        unsure("Bound, and every answer is lost").fails(bind(), Fault::no_answer()).posts(4),
        row("Bound, and half of the answer is lost once")
            .only(Engine::Chromium, "WebKit takes half for the whole, which is a row of its own")
            .fails_times(1, bind(), Fault::CutOff)
            .posts(2),
        unsure("Bound, and half of every answer is lost").fails(bind(), Fault::CutOff),
        row("The connection fails, then binding is switched off, then on again: it may have bound before")
            .set_up(|sandbox, _| sandbox.fail(Route::Bind, [Fault::Refuse, Fault::example("binding-disabled")]))
            .rests("failed/unsure")
            .posts(2)
            .then("retry", "bound"),
        row("LINE cannot verify, then an answer is lost, then all is well").set_up(|sandbox, _| {
            sandbox.fail(Route::Bind, [Fault::example("line-unavailable"), Fault::no_answer()]);
        }),
    ]
}

fn slow() -> Vec<Row> {
    let bind = || Route::Bind;
    vec![
        row("It answers after 5 seconds").fails(bind(), Fault::Delay(Duration::from_secs(5))).patient().posts(1),
        row("No answer within 10 seconds, once").fails_times(1, bind(), Fault::Hang).patient(),
        row("No answer within 10 seconds, twice").fails_times(2, bind(), Fault::Hang).passing("failed/unsure"),
        unsure("Never an answer").fails(bind(), Fault::Hang).patient(),
        row("Bound, and the answer comes too late, once").fails_times(
            1,
            bind(),
            Fault::after_duty(Fault::Delay(Duration::from_secs(13))),
        ),
        row("Bound, and the answer stops half-way, once").fails_times(1, bind(), Fault::Stall),
    ]
}

/// The bind is made, and something between the API and the phone fails.
fn after_the_bind() -> Vec<Row> {
    let bind = || Route::Bind;
    // The page cannot know, and says so.
    let open = |fault: &str| row(fault).rests("failed/server").then("retry", "bound");
    let after = |status| Fault::after_duty(Fault::body(status, "text/html", "<h1>Gateway Time-out</h1>"));
    vec![
        row("Bound, and a gateway answers 504 once").fails_times(1, bind(), after(504)).posts(2),
        open("Bound, and a gateway always answers 504").fails(bind(), after(504)),
        open("Bound, and a gateway always answers 502").fails(bind(), after(502)),
    ]
}

fn busy() -> Vec<Row> {
    let after = |after: &str| Fault::retry_after(429, after);
    let once = |fault: String, answer| row(fault).fails_times(1, Route::Bind, answer).posts(2);
    let too_long = |fault: &str, answer| {
        row(fault).fails_times(1, Route::Bind, answer).rests("failed/busy").posts(1).then("retry", "bound")
    };
    vec![
        once("429, `Retry-After: 2`".into(), after("2")).patient(),
        once("429, `Retry-After` as a date in 2 seconds".into(), Fault::RetryAt(429, 2)),
        once("429, `Retry-After` as a date in the past".into(), Fault::RetryAt(429, -3600)).by_core(),
        once("429, `Retry-After: -5`".into(), after("-5")).by_core(),
        once("429, `Retry-After: soon`".into(), after("soon")).by_core(),
        too_long("429, `Retry-After: 31`", after("31")).by_core(),
        too_long("429, `Retry-After: 99999999999999999999`", after("99999999999999999999")).by_core(),
        too_long("429, `Retry-After` as a date in an hour", Fault::RetryAt(429, 3600)).by_core(),
    ]
}

fn offline() -> Vec<Row> {
    let connect = || Step::Run("window.connected = true; dispatchEvent(new Event('online'))");
    let lost = format!("{}{}", before::offline(), before::LOSES_CONNECTION);
    let row = |fault: &str| Row::new(Place::Network, "the phone's connection", fault);
    vec![
        row("None before sending, and it comes back")
            .before(before::offline())
            .steps([Step::Sees("failed/offline"), connect()])
            .posts(1),
        row("None before sending, and nobody tells that it is back")
            .before(before::offline())
            .steps([Step::Sees("failed/offline"), Step::Run("window.connected = true")])
            .rests("failed/offline")
            .posts(0)
            .then("retry", "bound"),
        row("Lost while the request is under way, and it comes back")
            .before(lost.clone())
            .fails_times(1, Route::Bind, Fault::Refuse)
            .steps([Step::Sees("failed/unsure"), connect()]),
        row("Lost after it was bound, and it comes back")
            .before(lost)
            .fails_times(1, Route::Bind, Fault::no_answer())
            .steps([Step::Sees("failed/unsure"), connect()]),
    ]
}

fn codes() -> Vec<Row> {
    let by_code = BY_CODE.map(|(name, screen, posts, way)| {
        let code = name.to_uppercase().replace('-', "_");
        let row = row(format!("`{code}`")).by_core();
        way.of(row.fails(Route::Bind, Fault::example(name)).rests(screen).posts(posts))
    });
    let reused = || Fault::example("idempotency-key-reused");
    let mut rows = Vec::from(by_code);
    rows.push(row("`IDEMPOTENCY_KEY_REUSED`, once").by_core().fails_times(1, Route::Bind, reused()).posts(2));
    rows.push(
        row("`IDEMPOTENCY_KEY_REUSED`, under the new key as well")
            .by_core()
            .fails(Route::Bind, reused())
            .rests("failed/server")
            .posts(2)
            .then("retry", "bound"),
    );
    rows
}

fn statuses() -> Vec<Row> {
    let by_status = BY_STATUS.map(|(status, screen, posts, way)| {
        let body = json!({ "status": status, "errorCode": "SOMETHING_NEW", "message": "Something new" });
        let row = row(format!("{status} with an unknown `errorCode`")).by_core();
        way.of(row.fails(Route::Bind, Fault::json(status, &body)).rests(screen).posts(posts))
    });
    by_status.into()
}

/// A proxy's page, nothing at all, or something else entirely: after a 2xx the customer may be bound.
fn unreadable() -> Vec<Row> {
    let ok = |fault: &str, body: Value| unsure(fault).by_core().fails(Route::Bind, Fault::json(200, &body)).posts(1);
    let typed = |fault: &str, content_type: &str, body: &str| {
        unsure(fault).fails(Route::Bind, Fault::body(200, content_type, body)).posts(1)
    };
    let filled = |length: usize| Fault::Merge(json!({ "content": { "filler": "a".repeat(length) } }));
    let expired = |text: &[u8]| {
        let body = [b"{\"status\":410,\"errorCode\":\"BIND_TOKEN_EXPIRED\",\"message\":\"", text, b"\"}"].concat();
        Fault::body(410, "application/problem+json", body)
    };
    let with_bom = [b"\xef\xbb\xbf".as_slice(), br#"{"status":410,"errorCode":"BIND_TOKEN_EXPIRED"}"#].concat();
    let server = |fault: &str, answer, posts| {
        row(fault).fails(Route::Bind, answer).rests("failed/server").posts(posts).then("retry", "bound")
    };
    vec![
        server("A proxy's error page (502, HTML)", Fault::Html, 4),
        server("An empty 404", Fault::Status(404), 1),
        server("An empty 403", Fault::Status(403), 1),
        typed("An empty 200", "application/json", ""),
        unsure("A 204").fails(Route::Bind, Fault::Status(204)).posts(1),
        typed("HTML with status 200", "text/html", "<h1>Welcome to the hotel's network</h1>"),
        typed("Half a JSON, as if it were whole", "application/json", "{\"content\":{\"bindingId\":\"b_1\""),
        ok("A success without a `bindingId`", json!({ "content": { "status": "bound" } })),
        ok("A success with an empty `bindingId`", json!({ "content": { "bindingId": "", "status": "bound" } })),
        ok("A success with a number for a `bindingId`", json!({ "content": { "bindingId": 5, "status": "bound" } })),
        ok("A success with an unknown `status`", json!({ "content": { "bindingId": "b_1", "status": "pending" } })),
        ok("A list", json!([1, 2])),
        ok("`null`", json!(null)),
        ok("A text", json!("bound")),
        ok("An error with status 200", json!({ "errorCode": "INTERNAL_ERROR" })),
        unsure("Bound, in an answer of 100 kB").fails(Route::Bind, filled(100_000)).posts(1),
        unsure("Bound, in an answer of 5 MB").fails(Route::Bind, filled(5_000_000)).posts(1),
        row("An error behind a byte order mark")
            .fails(Route::Bind, Fault::body(410, "application/problem+json", with_bom))
            .rests("failed/link-expired")
            .closes(),
        row("An error in Latin-1")
            .fails(Route::Bind, expired(b"Lien p\xe9rim\xe9"))
            .rests("failed/link-expired")
            .closes(),
        row("An error nested 10,000 levels deep")
            .fails(
                Route::Bind,
                Fault::body(400, "application/json", ["[", "]"].map(|mark| mark.repeat(10_000)).concat()),
            )
            .rests("failed/server")
            .posts(1)
            .then("retry", "bound"),
    ]
}

/// Redirects could carry the token to another host, so none is followed.
fn redirects() -> Vec<Row> {
    let statuses = [301, 302, 303, 307, 308];
    let places = [("the page itself", "/liff-bind.html"), ("another host", "https://evil.example/v1/liff-bindings")];
    let all = places.into_iter().flat_map(|place| statuses.map(|status| (status, place)));
    all.map(|(status, (name, to))| {
        unsure(&format!("A redirect ({status}) to {name}")).fails(Route::Bind, Fault::redirect(status, to)).posts(1)
    })
    .collect()
}

/// The page asks about friendship after the bind, and the answer affects nothing else.
fn friendship() -> Vec<Row> {
    let friends = |fault: &str, answer| {
        Row::new(Place::Network, FRIENDSHIP, fault).fails(Route::Friendship, answer).offers(&["return", "close"])
    };
    vec![
        friends("Bound, and LINE does not tell of friendship: status 500", Fault::Status(500)),
        friends("Bound, and LINE never tells of friendship", Fault::Hang),
        friends("Bound, and LINE tells of friendship in HTML", Fault::Html),
    ]
}
