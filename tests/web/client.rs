//! The HTTP client: what it sends, and what it makes of answers.

use crate::{break_fetch, object, play_fetch};
use liff_bind::{
    core::{
        BindRequest, BindToken, Client, Consent, Event, Failure, IdToken, IdempotencyKey, LiffId, Os, Reply, ReplyKind,
        Turn,
    },
    shell::http,
};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;

const KEY: &str = "3f2b8c1e-7a54-4d0e-9a7b-5c6d7e8f9a0b";

fn request() -> BindRequest {
    BindRequest {
        id_token: IdToken::new("a.b.c", None).unwrap(),
        liff_id: LiffId::read("1656451635-z3yqZNO3").unwrap(),
        bind_token: BindToken::read("T1"),
        consent: Some(Consent { version: "2026-01" }),
        client: Client {
            os: Os::Ios,
            line_version: Some("26.4.0"),
            sdk_version: Some("2.31.0"),
            language: "en",
            view_type: Some("compact"),
            in_client: true,
        },
        key: IdempotencyKey::new(KEY),
    }
}

async fn post(deadline: u32) -> Option<Reply> {
    match http::post(Turn::default(), request(), deadline).await {
        Some(Event::Answered(_, reply)) => reply,
        other => panic!("{other:?}"),
    }
}

#[wasm_bindgen_test]
async fn sends_what_the_contract_says() {
    let asked = play_fetch(201, &object(&[]), "{}", false);
    post(1000).await;
    let sent: web_sys::Request = asked.get(0).unchecked_into();
    assert_eq!(sent.method(), "POST");
    let header = |name| sent.headers().get(name).unwrap();
    assert_eq!(header("Content-Type").as_deref(), Some("application/json"));
    assert_eq!(header("Accept").as_deref(), Some("application/json, application/problem+json"));
    assert_eq!(header("Accept-Language").as_deref(), Some("en"));
    assert_eq!(header("Idempotency-Key").as_deref(), Some(KEY));
    // None for another host, and on the own host the connection that is there.
    assert_eq!(sent.credentials(), web_sys::RequestCredentials::SameOrigin);
    assert_eq!(sent.redirect(), web_sys::RequestRedirect::Manual);
    let body = sent.text().unwrap().await.unwrap().as_string().unwrap();
    let client = r#""client":{"os":"ios","lineVersion":"26.4.0","sdkVersion":"2.31.0","language":"en","viewType":"compact","inClient":true,"page":"0.1.0"}"#;
    let start = r#"{"idToken":"a.b.c","liffId":"1656451635-z3yqZNO3","bindToken":"T1","consent":{"version":"2026-01","accepted":true},"#;
    assert_eq!(body, [start, client, "}"].concat());
}

#[wasm_bindgen_test]
async fn reads_an_answer_and_the_servers_clock() {
    let headers = object(&[("Date", "Thu, 01 Jan 1970 00:00:00 GMT".into()), ("Retry-After", "7".into())]);
    play_fetch(429, &headers, r#"{"errorCode":"RATE_LIMITED"}"#, false);
    let reply = post(1000).await.unwrap();
    assert!(reply.clock_error > 1.7e12, "{}", reply.clock_error);
    assert!(matches!(reply.kind, ReplyKind::Again { wait: Some(7000.0), failure: Failure::Busy, .. }), "{reply:?}");
}

#[wasm_bindgen_test]
async fn retry_after_may_be_a_date() {
    let headers = object(&[
        ("Date", "Thu, 01 Jan 1970 00:00:00 GMT".into()),
        ("Retry-After", "Thu, 01 Jan 1970 00:00:09 GMT".into()),
    ]);
    play_fetch(503, &headers, "", false);
    let reply = post(1000).await.unwrap();
    assert!(matches!(reply.kind, ReplyKind::Again { wait: Some(9000.0), .. }), "{reply:?}");
}

#[wasm_bindgen_test]
async fn any_body_will_do() {
    for body in ["", "<html></html>", "null", "[]", "\"text\"", "{\"content\":7}", &"x".repeat(70_000)] {
        play_fetch(200, &object(&[]), body, false);
        let reply = post(1000).await.unwrap();
        assert!(matches!(reply.kind, ReplyKind::Stopped { failure: Failure::Unsure, .. }), "{body:.20} {reply:?}");
    }
}

#[wasm_bindgen_test]
async fn no_network_and_no_answer_in_time_are_no_answer() {
    break_fetch();
    assert_eq!(post(1000).await, None);
    play_fetch(201, &object(&[]), "{}", true);
    assert_eq!(post(50).await, None);
}
