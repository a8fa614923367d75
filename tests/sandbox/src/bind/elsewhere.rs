//! The bind API on an origin of its own, where the browser asks before a page may send and read.

use std::sync::Arc;

use axum::{
    Router,
    extract::State,
    http::{
        HeaderMap, HeaderName, HeaderValue, StatusCode,
        header::{
            ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
            ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE,
        },
    },
    middleware::map_response_with_state,
    response::{IntoResponse, Response},
    routing::post,
};

use super::{BIND_PATH, answer};
use crate::world::World;

/// Its host.
pub const API_HOST: &str = "bind-api.example";

/// The one route, and its preflight.
pub fn router(world: Arc<World>) -> Router {
    Router::new()
        .route(BIND_PATH, post(answer).options(preflight))
        .layer(map_response_with_state(Arc::clone(&world), allow))
        .with_state(world)
}

async fn preflight(State(world): State<Arc<World>>) -> Response {
    let cors = world.config().api_cors.clone().unwrap_or_default();
    let mut response = StatusCode::from_u16(cors.preflight).unwrap_or(StatusCode::NO_CONTENT).into_response();
    set(response.headers_mut(), ACCESS_CONTROL_ALLOW_METHODS, "POST, OPTIONS");
    set(response.headers_mut(), ACCESS_CONTROL_ALLOW_HEADERS, &cors.allow_headers);
    // Otherwise a browser remembers the answer for five seconds, and the next test gets it.
    set(response.headers_mut(), ACCESS_CONTROL_MAX_AGE, "0");
    response
}

async fn allow(State(world): State<Arc<World>>, mut response: Response) -> Response {
    let cors = world.config().api_cors.clone().unwrap_or_default();
    if cors.on_errors || response.status().is_success() {
        set(response.headers_mut(), ACCESS_CONTROL_ALLOW_ORIGIN, &cors.origin);
        set(response.headers_mut(), ACCESS_CONTROL_EXPOSE_HEADERS, &cors.expose_headers);
    }
    response
}

fn set(headers: &mut HeaderMap, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(name, value);
    }
}
