//! Asks the bind API, as a customer's page asks it, whether a bind would go through. Binds nothing.

use super::{DEADLINE, within};
use crate::core::{Barrier, CheckReply, check_body};
use gloo_net::http::Request;
use liff_bind::{
    core::{Client, IdToken, IdempotencyKey, LiffId, RetryReason},
    shell::{clock, http, json, page},
};
use web_sys::{RequestCache, RequestMode, Url};

/// The bind API, and how a customer's page asks it.
pub struct BindApi<'a> {
    pub origin: &'a str,
    pub key: &'a IdempotencyKey,
    pub client: &'a Client,
}

impl BindApi<'_> {
    /// Asks with a customer's headers. If no answer can be read, asks with fewer, to see what blocks it.
    pub async fn check(
        &self,
        liff_id: Option<&LiffId>,
        id_token: Option<&IdToken>,
    ) -> (Option<CheckReply>, Option<Barrier>) {
        let Some(liff_id) = liff_id else { return (None, None) };
        let body = check_body(liff_id, id_token, self.client);
        match self.post_patiently(&body).await {
            None => return (None, None),
            Some(Ok(reply)) => {
                let barrier = self.barrier_before_some(reply.as_ref()).await;
                return (reply, barrier);
            }
            Some(Err(_)) if !self.is_elsewhere() => return (None, None),
            Some(Err(_)) => {}
        }
        match within(DEADLINE, self.post(&body, None)).await {
            Some(Ok(reply)) => (reply, Some(Barrier::Key)),
            Some(Err(_)) if answers(RequestMode::Cors).await => (None, Some(Barrier::Preflight)),
            Some(Err(_)) if answers(RequestMode::NoCors).await => (None, Some(Barrier::Origin)),
            _ => (None, None),
        }
    }

    /// Posts as often as the bind page does if the connection fails; `None` if an answer takes too long.
    async fn post_patiently(&self, body: &str) -> Option<Result<Option<CheckReply>, gloo_net::Error>> {
        let mut tries = 0;
        loop {
            let outcome = within(DEADLINE, self.post(body, Some(self.key))).await?;
            tries += 1;
            match RetryReason::Unavailable.delay(tries, None) {
                Some(delay) if outcome.is_err() => clock::sleep(delay).await,
                _ => return Some(outcome),
            }
        }
    }

    /// The part of the bind API's answers that a page can't read, though it has read this one.
    async fn barrier_before_some(&self, reply: Option<&CheckReply>) -> Option<Barrier> {
        let reply = reply.filter(|_| self.is_elsewhere())?;
        if reply.date.is_none() {
            return Some(Barrier::Hidden);
        }
        // Many servers leave the CORS headers out of errors, so ask for one: no merchant has this LIFF ID.
        let nobody = LiffId::read("0-0").filter(|_| reply.code.is_none())?;
        let body = check_body(&nobody, None, self.client);
        let refused = within(DEADLINE, self.post(&body, Some(self.key))).await;
        matches!(refused, Some(Err(_))).then_some(Barrier::Errors)
    }

    async fn post(&self, body: &str, key: Option<&IdempotencyKey>) -> Result<Option<CheckReply>, gloo_net::Error> {
        let response = http::to_bind_api(self.client, key).body(body)?.send().await?;
        let date = response.headers().get("Date").and_then(|text| http::date(&text));
        Ok(CheckReply::read(response.status(), date, &json::parse(&response.text().await?)))
    }

    /// Whether it is on another origin, where CORS applies.
    fn is_elsewhere(&self) -> bool {
        Url::new_with_base(&page::meta("bind-api"), self.origin).is_ok_and(|url| url.origin() != self.origin)
    }
}

/// Whether the bind API answers a GET, which needs no preflight. `mode` decides whether the answer must be readable.
async fn answers(mode: RequestMode) -> bool {
    let request = Request::get(&page::meta("bind-api")).mode(mode).cache(RequestCache::NoStore);
    matches!(within(DEADLINE, request.send()).await, Some(Ok(_)))
}
