//! `api.line.me`, for the LIFF SDK 2.31.0 and for a bind API.

use std::{collections::HashMap, sync::Arc};

use axum::{
    Form, Json, Router,
    extract::{Path, Query, State},
    http::{
        HeaderMap, HeaderValue, StatusCode,
        header::{
            ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN, AUTHORIZATION,
        },
    },
    response::{IntoResponse, Response},
    routing::{get, options},
};
use serde_json::json;

use super::records::{AccessToken, claims, context_token};
use crate::{random, world::World};

type Fields = HashMap<String, String>;
type Shared = State<Arc<World>>;

/// The routes. The CORS headers of [`cors`] come on top.
pub fn router(world: Arc<World>) -> Router {
    let app = "/liff/v2/apps/{liff_id}";
    Router::new()
        .route("/oauth2/v2.1/verify", get(verify_access_token).post(verify_id_token))
        .route("/oauth2/v2.1/certs", get(certs))
        .route("/oauth2/v2.1/token", axum::routing::post(exchange_code))
        .route(&format!("{app}/contextToken"), get(app_context))
        .route(&format!("{app}/featureToken"), get(app_features))
        .route("/v2/profile", get(profile))
        .route("/friendship/v1/status", get(friendship))
        .route("/{*any}", options(StatusCode::NO_CONTENT))
        .method_not_allowed_fallback(|method: axum::http::Method| async move {
            if method == axum::http::Method::OPTIONS { StatusCode::NO_CONTENT } else { StatusCode::METHOD_NOT_ALLOWED }
        })
        .with_state(world)
}

/// Lets any page read the answer. The SDK sends no credentials, but its GETs are preflighted for their `Content-Type`.
pub fn cors(headers: &mut HeaderMap) {
    headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    headers.insert(ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static("GET, POST, OPTIONS"));
    headers.insert(ACCESS_CONTROL_ALLOW_HEADERS, HeaderValue::from_static("authorization, content-type, accept"));
}

/// An OAuth error (RFC 6749, 5.2) with status 400.
fn refuse(error: &str, description: &str) -> Response {
    (StatusCode::BAD_REQUEST, Json(json!({ "error": error, "error_description": description }))).into_response()
}

/// The access token of `Authorization: Bearer`, or LINE's 401.
fn bearer(world: &World, headers: &HeaderMap) -> Result<AccessToken, Box<Response>> {
    headers
        .get(AUTHORIZATION)
        .and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "))
        .and_then(|token| world.line.access_token(token, world.clock.unix()))
        .map(|(token, _)| token)
        .ok_or_else(|| {
            let body = json!({ "message": "The access token expired or is invalid" });
            Box::new((StatusCode::UNAUTHORIZED, Json(body)).into_response())
        })
}

async fn verify_access_token(State(world): Shared, Query(query): Query<Fields>) -> Response {
    let token = query.get("access_token").map(String::as_str).unwrap_or_default();
    match world.line.access_token(token, world.clock.unix()) {
        Some((token, left)) => Json(json!({
            "scope": token.app.granted(), "client_id": token.app.channel_id(), "expires_in": left,
        }))
        .into_response(),
        None => refuse("invalid_request", "access token expired"),
    }
}

async fn verify_id_token(State(world): Shared, Form(form): Form<Fields>) -> Response {
    let field = |name: &str| form.get(name).map(String::as_str).unwrap_or_default();
    match world.line.key.verify(field("id_token"), field("client_id"), world.clock.unix()) {
        Ok(claims) if form.get("user_id").is_some_and(|user| *user != claims.sub) => {
            refuse("invalid_request", "Invalid IdToken Subject Identifier.")
        }
        // LIFF uses no nonce, so no token has one.
        Ok(_) if form.contains_key("nonce") => refuse("invalid_request", "Invalid IdToken Nonce."),
        Ok(claims) => Json(claims).into_response(),
        Err(refusal) => refuse("invalid_request", refusal.description()),
    }
}

async fn certs(State(world): Shared) -> Response {
    Json(json!({ "keys": [world.line.key.jwk()] })).into_response()
}

async fn exchange_code(State(world): Shared, Form(form): Form<Fields>) -> Response {
    let field = |name: &str| form.get(name).map(String::as_str).unwrap_or_default();
    if field("grant_type") != "authorization_code" {
        return refuse("unsupported_grant_type", "unsupported grant_type");
    }
    let now = world.clock.unix();
    let Some(code) = world.line.take_code(field("code"), field("code_verifier"), now) else {
        return refuse("invalid_grant", "invalid authorization code");
    };
    let app = &code.app;
    if app.channel_id() != field("client_id") || app.id != field("appId") || code.redirect_uri != field("redirect_uri")
    {
        return refuse("invalid_grant", "client_id, appId or redirect_uri does not match");
    }
    let mut answer = json!({
        "access_token": world.issue_access_token(&code.user, app), "token_type": "Bearer",
        "refresh_token": random::token("r."), "expires_in": 43200, "scope": app.granted(),
    });
    if app.has_scope("openid") {
        let token = json!(claims(&code.user, app, now));
        match (world.issue_id_token(&world.line.key, &token), answer.as_object_mut()) {
            (Ok(token), Some(answer)) => answer.insert("id_token".into(), token.into()),
            _ => return StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        };
    }
    Json(answer).into_response()
}

async fn app_context(State(world): Shared, Path(liff_id): Path<String>) -> Response {
    let config = world.config();
    match config.apps.iter().find(|app| app.id == liff_id) {
        Some(app) => Json(json!({ "contextToken": context_token(app, config.linked_bot, None) })).into_response(),
        None => (StatusCode::NOT_FOUND, Json(json!({ "message": "no liff app" }))).into_response(),
    }
}

async fn app_features(State(world): Shared, headers: HeaderMap) -> Response {
    match bearer(&world, &headers) {
        Ok(_) => Json(json!({ "featureToken": random::token("f.") })).into_response(),
        Err(refusal) => *refusal,
    }
}

async fn profile(State(world): Shared, headers: HeaderMap) -> Response {
    match bearer(&world, &headers) {
        Ok(AccessToken { user, .. }) => Json(json!({ "userId": user.id, "displayName": user.name })).into_response(),
        Err(refusal) => *refusal,
    }
}

async fn friendship(State(world): Shared, headers: HeaderMap) -> Response {
    let config = world.config();
    match bearer(&world, &headers) {
        Err(refusal) => *refusal,
        Ok(token) if !token.app.grants("profile") => {
            let body = json!({ "message": "user doesn't grant required permissions yet" });
            (StatusCode::FORBIDDEN, Json(body)).into_response()
        }
        Ok(_) if !config.linked_bot => {
            let body = json!({ "message": "There is no login bot linked to this channel." });
            (StatusCode::BAD_REQUEST, Json(body)).into_response()
        }
        Ok(_) => Json(json!({ "friendFlag": config.friend })).into_response(),
    }
}
