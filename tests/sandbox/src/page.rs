//! The page's own host: static files with the headers of production, as `docs/deploy.md` asks for them.

use std::{path::PathBuf, sync::Arc};

use axum::{
    Router,
    body::Body,
    extract::State,
    http::{
        HeaderMap, HeaderName, HeaderValue, StatusCode, Uri,
        header::{
            CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, IF_NONE_MATCH, REFERRER_POLICY, USER_AGENT,
            VARY, X_CONTENT_TYPE_OPTIONS,
        },
    },
    response::{IntoResponse, Response},
    routing::get,
};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use ring::digest::{SHA256, digest};
use serde_json::json;
use tower_http::compression::CompressionLayer;

use crate::{bind, world::World};

/// The host of the page and of its bind API.
pub const PAGE_HOST: &str = "shop-bind.example";

/// Where the LINE app's own script is served, to the LIFF browser only.
const LINE_APP: &str = "/__line-app.js";

/// Where that script tells which native URL the page asked for, in the query.
pub const LINE_APP_CALL: &str = "/__line-app/call";

const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' https: data:; \
    connect-src 'self' https://api.line.me; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// The files, the bind API and, for the LIFF browser, the LINE app.
pub fn router(world: Arc<World>) -> Router {
    Router::new()
        .route(LINE_APP, get(line_app))
        .route(LINE_APP_CALL, get(StatusCode::NO_CONTENT))
        .fallback(get(file))
        .layer(CompressionLayer::new())
        .with_state(Arc::clone(&world))
        .merge(bind::router(world))
}

async fn file(State(world): State<Arc<World>>, uri: Uri, headers: HeaderMap) -> Response {
    let Some(path) = local_path(&world.config().dist, uri.path()) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let Ok(mut content) = tokio::fs::read(&path).await else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let html = content_type(name).starts_with("text/html");
    if html && is_liff_browser(&headers) {
        content = with_line_app(&content);
    }
    let tag = format!("W/\"{}\"", BASE64_URL_SAFE_NO_PAD.encode(digest(&SHA256, &content)));
    let unchanged = headers.get(IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == tag.as_bytes());
    let mut response =
        if unchanged { StatusCode::NOT_MODIFIED.into_response() } else { Body::from(content).into_response() };
    let cache = if is_hashed(name) { "public, max-age=31536000, immutable" } else { "no-cache" };
    let constant: [(HeaderName, &'static str); 6] = [
        (CONTENT_TYPE, content_type(name)),
        (CACHE_CONTROL, cache),
        (CONTENT_SECURITY_POLICY, POLICY),
        (REFERRER_POLICY, "strict-origin-when-cross-origin"),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (VARY, "user-agent"),
    ];
    response.headers_mut().extend(constant.map(|(name, value)| (name, HeaderValue::from_static(value))));
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        response.headers_mut().insert(ETAG, tag);
    }
    response
}

/// The file in the folder, unless the path tries to leave it.
fn local_path(dist: &std::path::Path, path: &str) -> Option<PathBuf> {
    let relative = path.strip_prefix('/')?;
    let plain = relative.split('/').all(|part| !part.is_empty() && part != "..");
    plain.then(|| dist.join(relative))
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "json" => "application/json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

/// Whether a file's name changes with its content: it has a dash and at least eight hexadecimal digits.
fn is_hashed(name: &str) -> bool {
    name.split(['-', '.', '_']).skip(1).any(|part| part.len() >= 8 && part.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

/// `... Line/26.4.0 LIFF`: the LIFF browser; LINE's in-app browser lacks the last word (LIFF SDK 2.31.0 `isInClient`).
fn is_liff_browser(headers: &HeaderMap) -> bool {
    headers
        .get(USER_AGENT)
        .and_then(|agent| agent.to_str().ok())
        .is_some_and(|agent| agent.contains(" Line/") && agent.ends_with(" LIFF"))
}

/// Puts the LINE app's script before anything else of the page.
fn with_line_app(html: &[u8]) -> Vec<u8> {
    let html = String::from_utf8_lossy(html);
    let script = format!("<script src=\"{LINE_APP}\"></script>");
    let head = html.find("<head").and_then(|start| Some(start + html.get(start..)?.find('>')? + 1));
    match head.and_then(|end| html.split_at_checked(end)) {
        Some((before, after)) => format!("{before}{script}{after}"),
        None => format!("{script}{html}"),
    }
    .into_bytes()
}

/// What the LINE app brings to a page natively: the bridge, on iOS the answer to a question for its language, and an ear for
/// `liff://` URLs. Only Chromium has the Navigation API to play the last; `MiniBrowser` shows an error page instead.
async fn line_app(State(world): State<Arc<World>>) -> Response {
    let config = world.config();
    let bridge = if config.bridge { "window._liff = { features: [], postMessage() {} };" } else { "" };
    let language = json!(config.app_language);
    let script = format!(
        "{bridge}
        const ask = window.prompt.bind(window);
        window.prompt = (text, ...rest) => text === \"LIFF:GET_APP_LANGUAGE\" ? {language} : ask(text, ...rest);
        window.navigation?.addEventListener(\"navigate\", (event) => {{
            if (!event.destination.url.startsWith(\"liff:\")) return;
            event.preventDefault();
            fetch(\"{LINE_APP_CALL}?\" + event.destination.url);
        }});"
    );
    ([(CONTENT_TYPE, "text/javascript; charset=utf-8"), (CACHE_CONTROL, "no-store")], format!("{{{script}}}"))
        .into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_hashed_names_are_immutable() {
        assert!(is_hashed("liff-bind-0123456789abcdef.js"));
        assert!(is_hashed("liff-bind-0123456789abcdef_bg.wasm"));
        assert!(!is_hashed("liff-bind.html"));
        assert!(!is_hashed("boot.js"));
    }

    #[test]
    fn the_line_app_comes_first() {
        let html = with_line_app(b"<!doctype html><head lang=x><meta></head>");
        assert_eq!(html, b"<!doctype html><head lang=x><script src=\"/__line-app.js\"></script><meta></head>");
    }

    #[test]
    fn no_path_leaves_the_folder() {
        let dist = std::path::Path::new("/dist");
        assert_eq!(local_path(dist, "/a/b.js"), Some("/dist/a/b.js".into()));
        assert_eq!(local_path(dist, "/../secret"), None);
        assert_eq!(local_path(dist, "/"), None);
    }
}
