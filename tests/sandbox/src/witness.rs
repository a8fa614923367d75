//! Scripts that a test puts before the page's own, and paths for the browser's reports.

use std::sync::Arc;

use axum::{
    Router,
    extract::State,
    http::{
        StatusCode,
        header::{CACHE_CONTROL, CONTENT_TYPE},
    },
    response::{Html, IntoResponse},
    routing::{get, post},
};

use crate::world::World;

/// An empty page of the page's host, on which a test can clear the page's storage.
pub const BLANK: &str = "/__blank";
/// The path of the witness's script and the test's.
pub const FIRST_SCRIPT: &str = "/__first.js";
/// The path to which the witness posts violations of the page's `Content-Security-Policy`, from `<meta>` or a header.
pub const FORBIDDEN: &str = "/__forbidden";
/// The path to which a test's script may post the page's console messages.
pub const CONSOLE: &str = "/__console";

pub fn router(world: Arc<World>) -> Router {
    let heard = || post(StatusCode::NO_CONTENT);
    Router::new()
        .route(BLANK, get(Html("<!doctype html><title>Blank</title>")))
        .route(FIRST_SCRIPT, get(script))
        .route(FORBIDDEN, heard())
        .route(CONSOLE, heard())
        .with_state(world)
}

/// Listens from before the page's first script, because a policy in a `<meta>` has no `report-uri`.
const WITNESS: &str = include_str!("witness.js");

async fn script(State(world): State<Arc<World>>) -> impl IntoResponse {
    let headers = [(CONTENT_TYPE, "text/javascript; charset=utf-8"), (CACHE_CONTROL, "no-store")];
    let witness = WITNESS.replace("FORBIDDEN", &serde_json::json!(FORBIDDEN).to_string());
    (headers, format!("{witness}{}", world.config().first_script))
}
