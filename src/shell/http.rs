//! The bind API over HTTP.

use crate::{
    core::{BindRequest, Event, HttpHead, LONGEST_BODY, Reply, RetryAfter, Text, Turn, number, read_reply},
    shell::{
        json::{JsJson, parse_json},
        page,
    },
};
use gloo_net::http::{Request, Response};
use js_sys::{Date, JsString, Uint8Array};
use serde::Serialize;
use wasm_bindgen::prelude::*;
use web_sys::{AbortSignal, RequestInit};

#[wasm_bindgen]
extern "C" {
    /// `src/boot.js`: ends what it is given to after so many milliseconds. (`AbortSignal.timeout` is younger than many phones.)
    #[wasm_bindgen(js_namespace = liffBind, js_name = deadline)]
    fn end_after(millis: u32) -> AbortSignal;
}

/// Sends one bind request; without a whole answer after `deadline` milliseconds it counts as unanswered.
pub async fn post(turn: Turn, request: BindRequest, deadline: u32) -> Option<Event> {
    Some(Event::Answered(turn, send(&request, deadline).await))
}

async fn send(request: &BindRequest, deadline: u32) -> Option<Reply> {
    let raw = write(request, deadline).ok()?;
    read(Request::from(raw).send().await.ok()?).await
}

/// The request as the browser has it. gloo-net's own builder parses the URL, and a call for each member of `RequestInit` is
/// code for each: 2 KB of the critical path (brotli) in all. So the browser parses JSON here too.
///
/// Nothing is said of credentials: by default there are none for another host, and requests to the page's own host share
/// its connection, where `omit` would have the browser open another (300 ms on slow 4G).
fn write(request: &BindRequest, deadline: u32) -> Result<web_sys::Request, JsValue> {
    /// WHATWG Fetch, `RequestInit`.
    #[derive(Serialize)]
    struct Init {
        method: Text,
        headers: Headers,
        cache: Text,
        redirect: Text,
    }
    #[derive(Serialize)]
    #[serde(rename_all = "kebab-case")]
    struct Headers {
        content_type: Text,
        accept: Text,
        accept_language: Text,
        idempotency_key: Text,
    }
    let init = Init {
        method: "POST",
        headers: Headers {
            content_type: "application/json",
            accept: "application/json, application/problem+json",
            accept_language: request.client.language,
            idempotency_key: request.key.as_str(),
        },
        cache: "no-store",
        // A redirect could carry the token to another host.
        redirect: "manual",
    };
    // Texts always serialize.
    let init: RequestInit = parse_json(&serde_json::to_string(&init).unwrap_or_default().into())?.unchecked_into();
    // By itself: written in the JSON above it would be in memory thrice, and memory is not given back. In bytes: a text in a
    // buffer of the right size would have to be proved UTF-8, for 0.25 KB more of the critical path (brotli).
    init.set_body(&Uint8Array::from(request.body().as_slice()).into());
    init.set_signal(Some(&end_after(deadline)));
    web_sys::Request::new_with_str_and_init(page::meta("bind-api"), &init)
}

async fn read(response: Response) -> Option<Reply> {
    let headers = response.headers();
    let head = HttpHead {
        status: response.status(),
        retry_after: headers.get("Retry-After").and_then(|text| retry_after(&text)),
        date: headers.get("Date").and_then(|text| date(&text)),
        now: page::now(),
    };
    let body = web_sys::Response::from(response).text().ok()?.await.ok()?.unchecked_into::<JsString>();
    let body = (body.length() <= LONGEST_BODY).then(|| JsJson::parse(&body)).flatten();
    Some(read_reply(&head, body.as_ref()))
}

fn retry_after(text: &str) -> Option<RetryAfter> {
    let seconds = number(text.trim_ascii()).map(|seconds| RetryAfter::Seconds(seconds.into()));
    seconds.or_else(|| date(text).map(RetryAfter::Date))
}

/// An HTTP date in milliseconds since 1970.
fn date(text: &str) -> Option<f64> {
    let millis = Date::parse(text);
    millis.is_finite().then_some(millis)
}
