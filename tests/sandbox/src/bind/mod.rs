//! Implements the bind API of `docs/bind-api`: it verifies, it remembers, it binds once and unlinks once.

mod answer;
pub mod elsewhere;
mod records;
mod request;
mod unlink;

use std::sync::Arc;

use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::{HeaderMap, header::ORIGIN},
    response::Response,
    routing::post,
};
use serde_json::json;

pub use self::{
    answer::{Answer, Examples},
    records::{Attempt, Records},
    request::{BindRequest, CheckRequest, Client, Consent, UnlinkRequest},
};
use self::{
    records::{KeyState, TokenState},
    request::{Request, parse},
};
use crate::{
    config::{LiffApp, Module, SandboxConfig},
    ledger::Binding,
    line::Refusal,
    page::PAGE_HOST,
    random,
    world::World,
};

/// The path of the one call.
pub const BIND_PATH: &str = "/v1/liff-bindings";

/// The one route.
pub fn router(world: Arc<World>) -> Router {
    Router::new().route(BIND_PATH, post(answer)).with_state(world)
}

/// Answers a post. The work goes on if the browser leaves, as on a real server.
async fn answer(State(world): State<Arc<World>>, headers: HeaderMap, body: Bytes) -> Response {
    let work = tokio::spawn({
        let world = Arc::clone(&world);
        async move { bind(&world, &headers, &body).await }
    });
    work.await.unwrap_or_else(|_| world.examples.answer("internal-error")).into()
}

async fn bind(world: &World, headers: &HeaderMap, body: &[u8]) -> Answer {
    let example = |name| world.examples.answer(name);
    let request = match parse(headers, body) {
        Ok(request) => request,
        Err(violations) => {
            for text in violations {
                world.book.violation(text);
            }
            return example("invalid-request-body");
        }
    };
    let own_origin = format!("https://{PAGE_HOST}");
    if headers.get(ORIGIN).is_some_and(|origin| origin.as_bytes() != own_origin.as_bytes()) {
        return example("origin-not-allowed");
    }

    let (key, request) = match request {
        Request::Bind(key, request) => (key, request),
        Request::Unlink(key, request) => return unlink::answer(world, key, request).await,
        Request::Check(request) => return check(world, &request),
    };
    let config = world.config();
    let now = world.clock.unix();
    let sub = match identify(world, &request.liff_id, &request.id_token) {
        Ok(sub) => sub,
        Err(name) => return example(name),
    };
    let Some(bind_token) = request.bind_token.filter(|token| !token.is_empty()) else {
        return example("bind-token-missing");
    };

    let token_state = world.shop.token_state(&bind_token, &sub, now);
    let attempt = Attempt { key, sub, liff_id: request.liff_id, bind_token: Some(bind_token) };
    if let Some(answer) = known(world, &attempt) {
        return answer;
    }
    match token_state {
        TokenState::Unknown => return example("bind-token-invalid"),
        TokenState::Expired => return example("bind-token-expired"),
        TokenState::UsedByAnother => return example("bind-token-used"),
        TokenState::Good => {}
    }
    if let Some(version) = &config.consent
        && agreed(request.consent).as_ref() != Some(version)
        && world.shop.binding_of(&attempt).is_none()
    {
        return example("consent-required").with("/consent/version", json!(version));
    }

    carry_out(world, &attempt, finish).await
}

/// The answer that this key has already got.
fn known(world: &World, attempt: &Attempt) -> Option<Answer> {
    match world.shop.key_state(attempt) {
        KeyState::New => None,
        KeyState::Running => Some(world.examples.answer("idempotency-in-progress")),
        KeyState::Reused => Some(world.examples.answer("idempotency-key-reused")),
        KeyState::Answered(answer) => Some(answer.repeated()),
    }
}

/// The version of the text that the customer has agreed to.
fn agreed(consent: Option<Consent>) -> Option<String> {
    consent.filter(|consent| consent.accepted).map(|consent| consent.version)
}

/// Does the work once, and keeps its answer for repeats.
async fn carry_out(world: &World, attempt: &Attempt, work: impl FnOnce(&World, &Attempt) -> Answer) -> Answer {
    if !world.shop.start(attempt) {
        return world.examples.answer("idempotency-in-progress");
    }
    tokio::time::sleep(world.config().bind_takes).await;
    let answer = work(world, attempt);
    world.shop.finish(attempt, answer.clone());
    answer
}

/// The LIFF app for binding that has this ID; otherwise the name of the answer.
fn app_of<'c>(config: &'c SandboxConfig, liff_id: &str) -> Result<&'c LiffApp, &'static str> {
    match config.apps.iter().find(|app| app.id == liff_id) {
        Some(app) if app.module == Module::Binding => Ok(app),
        Some(app) if app.module == Module::Game => Err("liff-id-wrong-module"),
        _ => Err("liff-id-unknown"),
    }
}

/// The user of an ID token; otherwise the name of the answer.
fn identify(world: &World, liff_id: &str, id_token: &str) -> Result<String, &'static str> {
    let config = world.config();
    let app = app_of(&config, liff_id)?;
    match world.line.key.verify(id_token, app.channel_id(), world.clock.unix()) {
        Ok(claims) => Ok(claims.sub),
        Err(Refusal::Expired) => Err("id-token-expired"),
        Err(Refusal::Audience) => Err("id-token-audience-mismatch"),
        Err(Refusal::Malformed | Refusal::Signature | Refusal::Issuer) => Err("id-token-invalid"),
    }
}

/// Checks whether a bind would succeed, and binds nothing.
fn check(world: &World, request: &CheckRequest) -> Answer {
    let config = world.config();
    let found = match &request.id_token {
        Some(id_token) => identify(world, &request.liff_id, id_token).map(drop),
        None => app_of(&config, &request.liff_id).map(drop),
    };
    if let Err(name) = found {
        return world.examples.answer(name);
    }
    let endpoint_url = format!("https://{}/liff-bind.html?liffId={}", config.registered_host, request.liff_id);
    let answer = world.examples.answer("checked").with("/content/endpointUrl", json!(endpoint_url));
    answer.with("/content/messageBilled", json!(config.messages_billed))
}

/// Makes the binding, or finds the existing one.
fn finish(world: &World, attempt: &Attempt) -> Answer {
    let fill = |name, id: &str, at: &str| {
        let answer = world.examples.answer(name);
        let answer = answer.with("/content/message", json!(world.config().message));
        answer.with("/content/bindingId", json!(id)).with("/content/boundAt", json!(at))
    };
    if let Some(bound) = world.shop.binding_of(attempt) {
        let same_link = Some(&bound.bind_token) == attempt.bind_token.as_ref();
        if same_link {
            world.book.bound_again(&bound.id);
        }
        return fill(if same_link { "bound-again" } else { "already-bound" }, &bound.id, &bound.at);
    }
    let id = random::token("b_");
    let at = world.clock.rfc3339();
    world.shop.bound(attempt, &id, &at);
    world.book.bound(Binding {
        id: id.clone(),
        sub: attempt.sub.clone(),
        liff_id: attempt.liff_id.clone(),
        bind_token: attempt.bind_token.clone().unwrap_or_default(),
        keys: 1,
    });
    fill("bound", &id, &at)
}
