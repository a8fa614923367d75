//! Faults of the network and of the bind API.

use std::time::Duration;

use e2e::{Engine, before};
use sandbox::{Fault, Ledger, Route};
use serde_json::json;

use crate::row::{Place, Row, Step};

const BIND: &str = "`POST /v1/liff-bindings`";
const FRIENDSHIP: &str = "`api.line.me/friendship/v1/status`";

pub fn rows() -> Vec<Row> {
    [lost(), slow(), after_the_bind(), busy(), offline(), unreadable(), redirects(), friendship()]
        .into_iter()
        .flatten()
        .collect()
}

fn row(fault: &str) -> Row {
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
            .one_engine()
            .set_up(|sandbox, _| sandbox.fail(Route::Bind, [Fault::Refuse, Fault::example("binding-disabled")]))
            .rests("failed/unsure")
            .posts(2)
            .then("retry", "bound"),
        row("LINE cannot verify, then an answer is lost, then all is well").one_engine().set_up(|sandbox, _| {
            sandbox.fail(Route::Bind, [Fault::example("line-unavailable"), Fault::no_answer()]);
        }),
    ]
}

fn slow() -> Vec<Row> {
    let bind = || Route::Bind;
    vec![
        row("It answers after 5 seconds").fails(bind(), Fault::Delay(Duration::from_secs(5))).patient().posts(1),
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
    let open = |fault: &str| row(fault).one_engine().rests("failed/server").then("retry", "bound");
    let after = |status| Fault::after_duty(Fault::body(status, "text/html", "<h1>Gateway Time-out</h1>"));
    vec![
        row("Bound, and a gateway answers 504 once").one_engine().fails_times(1, bind(), after(504)).posts(2),
        open("Bound, and a gateway always answers 504").fails(bind(), after(504)),
        open("Bound, and a gateway always answers 502").fails(bind(), after(502)),
    ]
}

fn busy() -> Vec<Row> {
    let once = |fault: &str, answer| row(fault).one_engine().fails_times(1, Route::Bind, answer).posts(2);
    vec![
        once("429, `Retry-After: 2`", Fault::retry_after(429, "2"))
            .patient()
            .steps([Step::Sees("bound"), Step::Until("two seconds between the posts", has_waited)]),
        once("429, `Retry-After` as a date in 2 seconds", Fault::RetryAt(429, 2)),
    ]
}

fn has_waited(ledger: &Ledger) -> bool {
    let times: Vec<_> = ledger.bind_posts().iter().map(|post| post.at).collect();
    matches!(times[..], [first, second] if second.saturating_sub(first) >= Duration::from_secs(2))
}

fn offline() -> Vec<Row> {
    let connect = || Step::Run("window.connected = true; dispatchEvent(new Event('online'))");
    let lost = format!("{}{}", before::offline(), before::LOSES_CONNECTION);
    let row = |fault: &str| Row::new(Place::Network, "the phone's connection", fault).one_engine();
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

/// A proxy's page, nothing at all, or something else entirely: after a 2xx the customer may be bound.
fn unreadable() -> Vec<Row> {
    let typed = |fault: &str, content_type: &str, body: &str| {
        unsure(fault).one_engine().fails(Route::Bind, Fault::body(200, content_type, body)).posts(1)
    };
    let filled = |length: usize| Fault::Merge(json!({ "content": { "filler": "a".repeat(length) } }));
    let expired = |text: &[u8]| {
        let body = [b"{\"status\":410,\"errorCode\":\"BIND_TOKEN_EXPIRED\",\"message\":\"", text, b"\"}"].concat();
        Fault::body(410, "application/problem+json", body)
    };
    let with_bom = [b"\xef\xbb\xbf".as_slice(), br#"{"status":410,"errorCode":"BIND_TOKEN_EXPIRED"}"#].concat();
    let server = |fault: &str, answer, posts| {
        row(fault).one_engine().fails(Route::Bind, answer).rests("failed/server").posts(posts).then("retry", "bound")
    };
    vec![
        server("A proxy's error page (502, HTML)", Fault::Html, 4),
        server("An empty 404", Fault::Status(404), 1),
        server("An empty 403", Fault::Status(403), 1),
        typed("An empty 200", "application/json", ""),
        unsure("A 204").one_engine().fails(Route::Bind, Fault::Status(204)).posts(1),
        typed("HTML with status 200", "text/html", "<h1>Welcome to the hotel's network</h1>"),
        typed("Half a JSON, as if it were whole", "application/json", "{\"content\":{\"bindingId\":\"b_1\""),
        unsure("Bound, in an answer of 100 kB").one_engine().fails(Route::Bind, filled(100_000)).posts(1),
        unsure("Bound, in an answer of 5 MB").one_engine().fails(Route::Bind, filled(5_000_000)).posts(1),
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
        let row = unsure(&format!("A redirect ({status}) to {name}"));
        // One that makes a GET of the request, and one that keeps it.
        let row = if matches!(status, 302 | 307) { row } else { row.one_engine() };
        row.fails(Route::Bind, Fault::redirect(status, to)).posts(1)
    })
    .collect()
}

/// The page asks about friendship after the bind, and the answer affects nothing else.
fn friendship() -> Vec<Row> {
    let friends = |fault: &str, answer| {
        let row = Row::new(Place::Network, FRIENDSHIP, fault).one_engine();
        row.fails(Route::Friendship, answer).offers(&["return", "close"])
    };
    vec![
        friends("Bound, and LINE does not tell of friendship: status 500", Fault::Status(500)),
        friends("Bound, and LINE never tells of friendship", Fault::Hang),
        friends("Bound, and LINE tells of friendship in HTML", Fault::Html),
    ]
}
