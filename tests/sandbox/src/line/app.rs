//! The LINE app around a page: the native additions of its LIFF browser.
//!
//! No `WebDriver` program can run a script before the page's own in `WebKit`, so the page's host inserts one for both
//! engines.

use std::sync::Arc;

use axum::{
    Router,
    extract::State,
    http::{
        HeaderMap, StatusCode,
        header::{CACHE_CONTROL, CONTENT_TYPE, USER_AGENT},
    },
    response::IntoResponse,
    routing::get,
};
use serde_json::json;

use crate::{config::SandboxConfig, world::World};

/// The path of the script.
pub const SCRIPT: &str = "/__line-app.js";

/// The path to which the script reports a native URL that the page asked for, in the query.
pub const CALL: &str = "/__line-app/call";

/// The script, and the path that it reports to.
pub fn router(world: Arc<World>) -> Router {
    Router::new().route(SCRIPT, get(served)).route(CALL, get(StatusCode::NO_CONTENT)).with_state(world)
}

async fn served(State(world): State<Arc<World>>) -> impl IntoResponse {
    let headers = [(CONTENT_TYPE, "text/javascript; charset=utf-8"), (CACHE_CONTROL, "no-store")];
    (headers, script(&world.config()))
}

/// The script, for the LINE app's current settings.
pub fn script(config: &SandboxConfig) -> String {
    let settings = json!({ "bridge": config.bridge, "language": config.app_language, "call": CALL });
    include_str!("app.js").replace("SETTINGS", &settings.to_string())
}

/// `... Line/26.4.0 LIFF`: the LIFF browser; LINE's in-app browser lacks the last word (LIFF SDK 2.31.0 `isInClient`).
pub fn is_liff_browser(headers: &HeaderMap) -> bool {
    let agent = headers.get(USER_AGENT).and_then(|agent| agent.to_str().ok());
    agent.is_some_and(|agent| agent.contains(" Line/") && agent.ends_with(" LIFF"))
}

/// Puts scripts before anything else of a page.
pub fn put_into(html: &[u8], scripts: &[&str]) -> Vec<u8> {
    let html = String::from_utf8_lossy(html);
    let script = scripts.iter().flat_map(|script| ["<script src=\"", script, "\"></script>"]).collect::<String>();
    let head = html.find("<head").and_then(|start| Some(start + html.get(start..)?.find('>')? + 1));
    match head.and_then(|end| html.split_at_checked(end)) {
        Some((before, after)) => format!("{before}{script}{after}"),
        None => format!("{script}{html}"),
    }
    .into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_app_comes_first() {
        let html = put_into(b"<!doctype html><head lang=x><meta></head>", &[SCRIPT]);
        assert_eq!(html, b"<!doctype html><head lang=x><script src=\"/__line-app.js\"></script><meta></head>");
    }
}
