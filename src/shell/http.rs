//! The bind API over HTTP.

use crate::{
    core::{BindRequest, Event, HttpHead, LONGEST_BODY, Reply, RetryAfter, Turn, read_reply},
    shell::{json::JsJson, page, timer},
};
use gloo_net::http::{Request, Response};
use js_sys::Date;
use web_sys::{AbortController, RequestCache, RequestCredentials, RequestRedirect};

/// Sends one bind request; without a whole answer after `deadline` milliseconds it counts as unanswered.
pub async fn post(turn: Turn, request: BindRequest, deadline: u32) -> Option<Event> {
    let controller = AbortController::new().ok();
    let giving_up = timer::after(deadline, {
        let controller = controller.clone();
        // Without a reason: gloo-net takes nothing but an `Error` for a rejection, and an `AbortError` is one.
        move || controller.iter().for_each(AbortController::abort)
    });
    let answer = send(&request, controller.as_ref()).await.ok();
    drop(giving_up);
    Some(Event::Answered(turn, answer))
}

async fn send(request: &BindRequest, controller: Option<&AbortController>) -> Result<Reply, gloo_net::Error> {
    let signal = controller.map(AbortController::signal);
    let response = Request::post(page::meta("bind-api"))
        .header("Content-Type", "application/json")
        .header("Accept", "application/json, application/problem+json")
        .header("Accept-Language", request.client.language)
        .header("Idempotency-Key", request.key.as_str())
        .credentials(RequestCredentials::Omit)
        .cache(RequestCache::NoStore)
        // A redirect could carry the token to another host.
        .redirect(RequestRedirect::Manual)
        .abort_signal(signal.as_ref())
        .body(request.body())?
        .send()
        .await?;
    read(&response).await
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
    text.trim()
        .parse::<u32>()
        .map(|seconds| RetryAfter::Seconds(seconds.into()))
        .ok()
        .or_else(|| date(text).map(RetryAfter::Date))
}

/// An HTTP date in milliseconds since 1970.
fn date(text: &str) -> Option<f64> {
    let millis = Date::parse(text);
    millis.is_finite().then_some(millis)
}
