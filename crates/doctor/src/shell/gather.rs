//! Everything that the doctor can see.

use crate::{
    core::{
        Client, Device, Fragment, IdToken, IdempotencyKey, InitFailure, Launch, LiffId, Opening,
        check::{Barrier, CheckReply, Context, Facts, Friendship, Headers, Init, OsVersion, TokenFacts, check_body},
    },
    shell::{clock, http, json, line, page, storage, token},
};
use futures_util::future::{Either, join4, select};
use gloo_net::http::Request;
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::location;
use std::pin::pin;
use web_sys::{RequestCache, RequestMode};

/// How long each thing may take, in milliseconds.
const INIT_DEADLINE: u32 = 12_000;
const DEADLINE: u32 = 8_000;
/// The pauses between tries of `liff.init` where the network fails: iOS often fails the first after a cold start.
const PAUSES: [u32; 2] = [400, 800];
/// Under which `sessionStorage` keeps the LIFF ID that LINE opened: the URL after LINE's own reload does not tell it.
const OPENED: &str = "liff-check:opened";

/// Gathers them. It binds nothing, and gives the SDK the same address as the bind page does.
pub(super) async fn facts(opening: &Opening, launch: &Launch, device: Device) -> Facts {
    let in_client = line::sdk().is_in_client().unwrap_or(false);
    let handed_over = page::fragment_field("context_token").and_then(|jwt| Context::read(&token::claims(&jwt)?));
    let fresh = token::fresh();
    let is_fresh = fresh.is_some();
    let liff_id = handed_over
        .as_ref()
        .and_then(|context| context.liff_id.clone())
        .or_else(|| kept().filter(|_| in_client))
        .or_else(|| launch.liff_id(&opening.default_liff_id));
    let init = match &liff_id {
        Some(liff_id) => {
            keep(liff_id);
            page::show_url(&launch.for_init(), Fragment::Keep);
            init(liff_id).await
        }
        None => Init::NotTried,
    };
    // A sign-in that failed would fail again. "Check again" needs LINE's tokens else.
    if init == Init::Done || launch.is_sign_in_return() {
        page::show_url(&launch.clean_url(None), Fragment::Drop);
    } else {
        page::show_url(&launch.opened_url(), Fragment::Keep);
    }
    let signed_in = line::sdk().is_logged_in().unwrap_or(false);
    let id_token = fresh.or_else(token::stored).filter(|_| signed_in);
    let context = context().or(handed_over);
    let client = Client {
        os: device.os,
        line_version: device.line_version.clone(),
        sdk_version: line::sdk().version().ok(),
        language: opening.language.clone(),
        view_type: context.as_ref().and_then(|context| context.view_type.clone()),
        in_client,
        page: env!("CARGO_PKG_VERSION"),
    };
    let (origin, path) = (location().origin().unwrap_or_default(), location().pathname().unwrap_or_default());
    let api = Api { origin: &origin, key: &opening.spare_key, client: &client };
    let (granted, friendship, (api, barrier), headers) = join4(
        granted(signed_in),
        friendship(signed_in),
        api.check(liff_id.as_ref(), id_token.as_ref()),
        headers(&path),
    )
    .await;
    Facts {
        origin,
        path,
        asked: launch.raw_liff_id(),
        liff_id,
        device,
        os_version: OsVersion::read(&opening.user_agent),
        init,
        in_client,
        signed_in,
        context,
        granted,
        token: id_token.and_then(|token| TokenFacts::read(&token::claims(token.reveal())?, is_fresh)),
        friendship,
        api,
        barrier,
        headers,
        now: clock::now(),
    }
}

fn kept() -> Option<LiffId> {
    LiffId::read(&storage::session()?.get_item(OPENED).ok()??)
}

fn keep(liff_id: &LiffId) {
    if let Some(session) = storage::session() {
        drop(session.set_item(OPENED, liff_id.as_str()));
    }
}

async fn init(liff_id: &LiffId) -> Init {
    let mut pauses = PAUSES.into_iter();
    loop {
        let error = match within(INIT_DEADLINE, line::sdk().init(liff_id.as_str())).await {
            None => return Init::Silent,
            Some(Ok(())) => return Init::Done,
            Some(Err(error)) => line::report(&error),
        };
        match pauses.next() {
            Some(millis) if error.classify() == InitFailure::Network => TimeoutFuture::new(millis).await,
            _ => return Init::Failed(error),
        }
    }
}

/// The SDK's knowledge of the LIFF app.
fn context() -> Option<Context> {
    let context = line::sdk().context().ok()??;
    Context::read(&json::read(context.as_ref()))
}

async fn granted(signed_in: bool) -> Option<Vec<String>> {
    if !signed_in {
        return None;
    }
    let scopes = within(DEADLINE, line::sdk().granted_scopes()).await?.ok()?;
    Some(scopes.iter().map(ToString::to_string).collect())
}

async fn friendship(signed_in: bool) -> Friendship {
    if !signed_in {
        return Friendship::Unknown;
    }
    match within(DEADLINE, line::sdk().friendship()).await {
        Some(Ok(friendship)) => friendship.is_friend().map_or(Friendship::Unknown, Friendship::Read),
        // LINE's words: "There is no login bot linked to this channel."
        Some(Err(error)) if error.message().contains("login bot") => Friendship::NoBot,
        _ => Friendship::Unknown,
    }
}

/// The bind API, and how a customer's page asks it.
struct Api<'a> {
    /// The page's origin.
    origin: &'a str,
    key: &'a IdempotencyKey,
    client: &'a Client,
}

impl Api<'_> {
    /// Asks with a customer's headers. Where no answer can be read, asks with less, to see what keeps it back.
    async fn check(
        &self,
        liff_id: Option<&LiffId>,
        id_token: Option<&IdToken>,
    ) -> (Option<CheckReply>, Option<Barrier>) {
        let Some(liff_id) = liff_id else { return (None, None) };
        let body = check_body(liff_id, id_token, self.client);
        // A connection that fails once is tried again.
        for _ in 0..2 {
            match within(DEADLINE, self.post(&body, Some(self.key))).await {
                Some(Ok(reply)) => {
                    let barrier = self.barrier_before_some(reply.as_ref()).await;
                    return (reply, barrier);
                }
                Some(Err(_)) => {}
                None => return (None, None),
            }
        }
        if !self.is_elsewhere() {
            return (None, None);
        }
        match within(DEADLINE, self.post(&body, None)).await {
            Some(Ok(reply)) => (reply, Some(Barrier::Key)),
            Some(Err(_)) if answers(RequestMode::Cors).await => (None, Some(Barrier::Preflight)),
            Some(Err(_)) if answers(RequestMode::NoCors).await => (None, Some(Barrier::Origin)),
            _ => (None, None),
        }
    }

    /// What of a bind API's answers a page can't read, though it has read this one.
    async fn barrier_before_some(&self, reply: Option<&CheckReply>) -> Option<Barrier> {
        let reply = reply.filter(|_| self.is_elsewhere())?;
        if reply.date.is_none() {
            return Some(Barrier::Hidden);
        }
        // Many servers leave the CORS headers out of errors: one has to be seen. No merchant has this LIFF ID.
        let nobody = LiffId::read("0-0").filter(|_| reply.code.is_none())?;
        let body = check_body(&nobody, None, self.client);
        let refused = within(DEADLINE, self.post(&body, Some(self.key))).await;
        matches!(refused, Some(Err(_))).then_some(Barrier::Errors)
    }

    async fn post(&self, body: &str, key: Option<&IdempotencyKey>) -> Result<Option<CheckReply>, gloo_net::Error> {
        let mut request = http::to_bind_api(&self.client.language);
        if let Some(key) = key {
            request = request.header("Idempotency-Key", key.as_str());
        }
        let response = request.body(body)?.send().await?;
        let date = response.headers().get("Date").and_then(|text| http::date(&text));
        Ok(CheckReply::read(response.status(), date, &json::parse(&response.text().await?)))
    }

    /// Whether it is on an origin of its own, where CORS has a say.
    fn is_elsewhere(&self) -> bool {
        let url = page::meta("bind-api");
        url.contains("://") && !url.starts_with(&[self.origin, "/"].concat())
    }
}

/// Whether the bind API answers a GET, which needs no preflight: so that it can be read, or in a way that hides the answer.
async fn answers(mode: RequestMode) -> bool {
    let request = Request::get(&page::meta("bind-api")).mode(mode).cache(RequestCache::NoStore);
    matches!(within(DEADLINE, request.send()).await, Some(Ok(_)))
}

/// The headers of the page's own path, asked for as a browser asks for a page: some hosts refuse HEAD.
async fn headers(path: &str) -> Option<Headers> {
    let request = Request::get(path).header("Accept", "text/html").cache(RequestCache::NoStore);
    let response = within(DEADLINE, request.send()).await?.ok()?;
    let read = |name| response.headers().get(name).unwrap_or_default();
    Some(Headers {
        redirected: response.redirected(),
        status: response.status(),
        policy: read("Content-Security-Policy"),
        sniffing: read("X-Content-Type-Options"),
        caching: read("Cache-Control"),
    })
}

/// The result of `work`, unless it takes more than so many milliseconds.
async fn within<T>(millis: u32, work: impl Future<Output = T>) -> Option<T> {
    match select(pin!(work), TimeoutFuture::new(millis)).await {
        Either::Left((result, _)) => Some(result),
        Either::Right(_) => None,
    }
}
