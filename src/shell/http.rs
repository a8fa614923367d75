//! The bind API over HTTP.

use crate::{
    core::{BindRequest, Event, HttpHead, LONGEST_BODY, Reply, RetryAfter, Turn, number, read_reply},
    shell::{json::JsJson, page, timer},
};
use gloo_net::http::{Request, Response};
use js_sys::Date;
use wasm_bindgen::JsValue;
use web_sys::{AbortController, Headers, RequestCache, RequestInit, RequestRedirect};

/// Sends one bind request; without a whole answer after `deadline` milliseconds it counts as unanswered.
pub async fn post(turn: Turn, request: BindRequest, deadline: u32) -> Option<Event> {
    let controller = AbortController::new().ok();
    let giving_up = timer::after(deadline, {
        let controller = controller.clone();
        // Without a reason: gloo-net takes nothing but an `Error` for a rejection, and an `AbortError` is one.
        move || controller.iter().for_each(AbortController::abort)
    });
    let answer = send(&request, controller.as_ref()).await;
    drop(giving_up);
    Some(Event::Answered(turn, answer))
}

async fn send(request: &BindRequest, controller: Option<&AbortController>) -> Option<Reply> {
    let raw = write(request, controller).ok()?;
    read(&Request::from(raw).send().await.ok()?).await.ok()
}

/// The request as the browser has it. gloo-net's own builder parses the URL, for 1 KB of the critical path (brotli).
///
/// Nothing is said of credentials: by default there are none for another host, and requests to the page's own host share
/// its connection, where `omit` would have the browser open another (300 ms on slow 4G).
fn write(request: &BindRequest, controller: Option<&AbortController>) -> Result<web_sys::Request, JsValue> {
    let headers = Headers::new()?;
    for (name, value) in [
        ("Content-Type", "application/json"),
        ("Accept", "application/json, application/problem+json"),
        ("Accept-Language", request.client.language),
        ("Idempotency-Key", request.key.as_str()),
    ] {
        headers.set(name, value)?;
    }
    let init = RequestInit::new();
    init.set_method("POST");
    init.set_headers(&headers);
    init.set_body(&request.body().into());
    init.set_cache(RequestCache::NoStore);
    // A redirect could carry the token to another host.
    init.set_redirect(RequestRedirect::Manual);
    init.set_signal(controller.map(AbortController::signal).as_ref());
    web_sys::Request::new_with_str_and_init(page::meta("bind-api"), &init)
}

async fn read(response: &Response) -> Result<Reply, gloo_net::Error> {
    let headers = response.headers();
    let head = HttpHead {
        status: response.status(),
        retry_after: headers.get("Retry-After").and_then(|text| retry_after(&text)),
        date: headers.get("Date").and_then(|text| date(&text)),
        now: page::now(),
    };
    let body = response.text().await?;
    let body = (body.len() <= LONGEST_BODY).then(|| JsJson::parse(&body)).flatten();
    Ok(read_reply(&head, body.as_ref()))
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
