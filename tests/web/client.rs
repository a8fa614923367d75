//! The HTTP client: the requests that it sends, and its reading of answers.

use crate::{Meta, answer, fake_fetch, no_answer};
use js_sys::Array;
use liff_bind::{
    core::{
        BindRequest, BindToken, Client, Consent, Failure, IdToken, IdempotencyKey, LiffId, Os, Purpose, Reply,
        ReplyKind,
    },
    shell::http,
};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;

const KEY: &str = "3f2b8c1e-7a54-4d0e-9a7b-5c6d7e8f9a0b";
const BIND_API: &str = "https://api.shop.example/v1/liff-bindings";

fn request() -> BindRequest {
    BindRequest {
        purpose: Purpose::Bind,
        id_token: IdToken::new("a.b.c".into(), None).unwrap(),
        liff_id: LiffId::read("1656451635-z3yqZNO3").unwrap(),
        bind_token: BindToken::read("T1"),
        consent: Some(Consent { version: "2026-01".into() }),
        client: Client {
            os: Os::Ios,
            line_version: Some("26.4.0".into()),
            sdk_version: Some("2.31.0".into()),
            language: "en".into(),
            view_type: Some("compact".into()),
            in_client: true,
            page: "0.1.0",
        },
        key: IdempotencyKey::read(KEY).unwrap(),
    }
}

/// Sends a request that gets this answer; returns the requests, too.
async fn post_to(answer: &JsValue, deadline: u32) -> (Option<Reply>, Array) {
    let _bind_api = Meta::set("bind-api", BIND_API);
    let asked = fake_fetch(&Array::of1(answer));
    (http::post(&request(), deadline).await, asked)
}

/// The client's reply for an answer.
async fn reply(status: u16, headers: &[(&str, JsValue)], body: &str) -> Reply {
    post_to(&answer(status, headers, body), 1000).await.0.unwrap()
}

#[wasm_bindgen_test]
async fn sends_what_the_contract_says() {
    let (_, asked) = post_to(&answer(201, &[], "{}"), 1000).await;
    assert_eq!(asked.length(), 1);
    let sent: web_sys::Request = asked.get(0).unchecked_into();
    assert_eq!((sent.method(), sent.url()), ("POST".into(), BIND_API.into()));
    let header = |name| sent.headers().get(name).unwrap();
    assert_eq!(header("Content-Type").as_deref(), Some("application/json"));
    assert_eq!(header("Accept").as_deref(), Some("application/json, application/problem+json"));
    assert_eq!(header("Accept-Language").as_deref(), Some("en"));
    assert_eq!(header("Idempotency-Key").as_deref(), Some(KEY));
    // Credentials go to no other host, and on the own host the request uses the existing connection.
    assert_eq!(sent.credentials(), web_sys::RequestCredentials::SameOrigin);
    assert_eq!(sent.redirect(), web_sys::RequestRedirect::Manual);
    assert_eq!(sent.cache(), web_sys::RequestCache::NoStore);
    let body = sent.text().unwrap().await.unwrap().as_string().unwrap();
    let client = r#""client":{"os":"ios","lineVersion":"26.4.0","sdkVersion":"2.31.0","language":"en","viewType":"compact","inClient":true,"page":"0.1.0"}"#;
    let start = r#"{"idToken":"a.b.c","liffId":"1656451635-z3yqZNO3","bindToken":"T1","consent":{"version":"2026-01","accepted":true},"#;
    assert_eq!(body, [start, client, "}"].concat());
}

#[wasm_bindgen_test]
async fn reads_an_answer_and_the_servers_clock() {
    let headers = [("Date", "Thu, 01 Jan 1970 00:00:00 GMT".into()), ("Retry-After", "7".into())];
    let reply = reply(429, &headers, r#"{"errorCode":"RATE_LIMITED"}"#).await;
    assert!(reply.clock_error > 1.7e12, "{}", reply.clock_error);
    assert!(matches!(reply.kind, ReplyKind::Again { asked: Some(7000.0), failure: Failure::Busy, .. }), "{reply:?}");
}

#[wasm_bindgen_test]
async fn retry_after_may_be_a_date() {
    let headers =
        [("Date", "Thu, 01 Jan 1970 00:00:00 GMT".into()), ("Retry-After", "Thu, 01 Jan 1970 00:00:09 GMT".into())];
    let reply = reply(503, &headers, "").await;
    assert!(matches!(reply.kind, ReplyKind::Again { asked: Some(9000.0), .. }), "{reply:?}");
}

#[wasm_bindgen_test]
async fn any_body_will_do() {
    let too_deep = "[".repeat(5_000) + &"]".repeat(5_000);
    for body in ["", "<html></html>", "null", "[]", "\"text\"", "{\"content\":7}", &"x".repeat(70_000), &too_deep] {
        let reply = reply(200, &[], body).await;
        assert!(matches!(reply.kind, ReplyKind::Stopped { failure: Failure::Unsure, .. }), "{body:.20} {reply:?}");
    }
}

#[wasm_bindgen_test]
async fn no_network_and_no_answer_in_time_are_no_answer() {
    assert_eq!(post_to(&JsValue::UNDEFINED, 1000).await.0, None);
    let (reply, asked) = post_to(&no_answer(), 50).await;
    assert_eq!(reply, None);
    // The request is aborted, and does not go on unseen.
    assert!(asked.get(0).unchecked_into::<web_sys::Request>().signal().aborted());
}

#[wasm_bindgen_test]
async fn a_deadline_that_has_not_come_gives_nothing_up() {
    let (reply, asked) = post_to(&answer(201, &[], "{}"), 100).await;
    assert!(reply.is_some());
    gloo_timers::future::TimeoutFuture::new(150).await;
    assert!(!asked.get(0).unchecked_into::<web_sys::Request>().signal().aborted());
}
