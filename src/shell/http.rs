//! The bind API over HTTP.

use super::{clock, json, line, page};
use crate::core::{BindRequest, Client, HttpHead, IdempotencyKey, Purpose, Reply, RetryAfter, read_reply};
use gloo_net::http::{Request, RequestBuilder, Response};
use gloo_timers::callback::Timeout;
use js_sys::Date;
use leptos::prelude::location;
use web_sys::{AbortController, RequestCache, RequestRedirect};

/// Sends one request to bind or unlink. Without a complete answer within `deadline` milliseconds it counts as
/// unanswered.
pub async fn post(request: &BindRequest, deadline: u32) -> Option<Reply> {
    let controller = AbortController::new().ok()?;
    let signal = controller.signal();
    // Many phones have no `AbortSignal.timeout`.
    let _deadline = Timeout::new(deadline, move || controller.abort());
    let body = request.body(line::access_token);
    let sent = to_bind_api(&request.client, Some(&request.key)).abort_signal(Some(&signal)).body(body).ok()?;
    read(request.purpose, sent.send().await.ok()?).await
}

/// A POST to the bind API.
///
/// `credentials` stays at its default: `omit` makes the browser open a second connection to the page's own host (300 ms
/// on slow 4G). The proxies of `scripts/hosting` drop the cookies that go along.
#[must_use]
pub fn to_bind_api(client: &Client, key: Option<&IdempotencyKey>) -> RequestBuilder {
    let request = Request::post(&page::meta("bind-api"))
        .header("Content-Type", "application/json")
        .header("Accept", "application/json, application/problem+json")
        .header("Accept-Language", &client.language);
    let request = match key {
        Some(key) => request.header("Idempotency-Key", key.as_str()),
        None => request,
    };
    request
        .cache(RequestCache::NoStore)
        // A redirect could carry the token to another host.
        .redirect(RequestRedirect::Manual)
}

async fn read(purpose: Purpose, response: Response) -> Option<Reply> {
    let headers = response.headers();
    let retry_after = headers.get("Retry-After");
    let head = HttpHead {
        status: response.status(),
        retry_after: retry_after.and_then(|text| RetryAfter::read(&text, date)),
        date: headers.get("Date").and_then(|text| date(&text)),
        now: clock::now(),
    };
    Some(read_reply(purpose, &head, &json::parse(&response.text().await.ok()?)))
}

/// Reads an HTTP date (RFC 9110 section 5.6.7), in milliseconds since 1970.
#[must_use]
pub fn date(text: &str) -> Option<f64> {
    let parse = |text: &str| Some(Date::parse(text)).filter(|millis| millis.is_finite());
    // The oldest form ends with the year and has no time zone: browsers would assume their own.
    let utc = if text.ends_with(|c: char| c.is_ascii_digit()) { parse(&[text, " GMT"].concat()) } else { None };
    utc.or_else(|| parse(text))
}

/// Whether the page's own host answers, with any status.
pub(super) async fn is_reachable() -> bool {
    // Without its query, which names the visitor.
    let page = location().pathname().unwrap_or_default();
    let Ok(request) = Request::get(&page).cache(RequestCache::NoStore).build() else { return false };
    request.send().await.is_ok()
}
