//! The page's own host: static files with the headers of production, from the file that the build put beside them, or
//! with none.

use std::{
    borrow::Cow,
    path::{Path, PathBuf},
    sync::Arc,
};

use axum::{
    Router,
    body::Body,
    extract::State,
    http::{
        HeaderMap, HeaderValue, Method, StatusCode, Uri,
        header::{ACCEPT, ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY},
    },
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use ring::digest::{SHA256, digest};
use tower_http::compression::CompressionLayer;

use crate::{
    bind::{self, BIND_PATH},
    config::Guard,
    headers_file::headers_for,
    line::app,
    visits, witness,
    world::World,
};

/// The host of the page and of its bind API.
pub const PAGE_HOST: &str = "shop-bind.example";

const PAGE_PATH: &str = "/liff-bind.html";
/// The page's path on a host with clean URLs.
const CLEAN_PATH: &str = "/liff-bind";

/// The files, the bind API and, for the LIFF browser, the LINE app.
pub fn router(world: Arc<World>) -> Router {
    Router::new()
        .fallback(get(file))
        .layer(CompressionLayer::new())
        .with_state(Arc::clone(&world))
        .merge(app::router(Arc::clone(&world)))
        .merge(witness::router(Arc::clone(&world)))
        .merge(visits::router())
        .merge(bind::router(world))
}

async fn file(State(world): State<Arc<World>>, method: Method, uri: Uri, headers: HeaderMap) -> Response {
    let config = world.config();
    if let Some(status) = config.guard.and_then(|guard| refusal(guard, &method, &headers)) {
        return status.into_response();
    }
    if config.clean_urls && uri.path() == PAGE_PATH {
        let query = uri.query().map(|query| ["?", query].concat()).unwrap_or_default();
        return Redirect::permanent(&[CLEAN_PATH, &query].concat()).into_response();
    }
    let asked = if config.clean_urls && uri.path() == CLEAN_PATH { PAGE_PATH } else { uri.path() };
    let Some(path) = local_path(&config.dist, asked) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let is_page = content_type(name).starts_with("text/html");
    // Packing is most of the work in an unoptimised build. Only the page, which tests change, is packed as it is sent.
    let packed = if is_page { None } else { read_packed(&path, &headers).await };
    let encoding = packed.as_ref().map(|_| (CONTENT_ENCODING, HeaderValue::from_static("br")));
    let content = match packed {
        None => tokio::fs::read(&path).await.ok(),
        packed => packed,
    };
    let Some(mut content) = content else { return StatusCode::NOT_FOUND.into_response() };
    if is_page {
        if !config.shortcuts {
            content = with_meta(&content, "shortcuts", "on", "off");
        }
        content = with_meta(&content, "events", "", &config.events);
        if let Some(cors) = &config.api_cors {
            content = with_meta(&content, "bind-api", BIND_PATH, &cors.setting);
        }
        content = app::put_into(&content, &added_scripts(&headers));
    }
    let own: HeaderMap =
        encoding.into_iter().chain([(CONTENT_TYPE, HeaderValue::from_static(content_type(name)))]).collect();
    if config.bare_host {
        return (own, content).into_response();
    }
    let tag = format!("W/\"{}\"", BASE64_URL_SAFE_NO_PAD.encode(digest(&SHA256, &content)));
    let unchanged = headers.get(IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == tag.as_bytes());
    let mut response =
        if unchanged { StatusCode::NOT_MODIFIED.into_response() } else { Body::from(content).into_response() };
    let rules = tokio::fs::read_to_string(config.dist.join("_headers")).await.unwrap_or_default();
    let headers = response.headers_mut();
    headers.extend(headers_for(&rules, asked));
    headers.extend(own);
    headers.insert(VARY, HeaderValue::from_static("user-agent, accept-encoding"));
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        headers.insert(ETAG, tag);
    }
    response
}

/// The file that the build has packed beside this one, for a browser that accepts Brotli.
async fn read_packed(path: &Path, headers: &HeaderMap) -> Option<Vec<u8>> {
    let accepted = headers.get(ACCEPT_ENCODING)?.to_str().ok()?;
    let accepts = accepted.split(',').any(|coding| coding.trim() == "br");
    let mut packed = path.as_os_str().to_owned();
    packed.push(".br");
    if accepts { tokio::fs::read(packed).await.ok() } else { None }
}

/// The status for a request that a guard refuses. A browser that opens a page says so in `Sec-Fetch-Mode`.
fn refusal(guard: Guard, method: &Method, headers: &HeaderMap) -> Option<StatusCode> {
    let by_script = headers.get("sec-fetch-mode").is_some_and(|mode| mode != "navigate");
    let wants_page =
        headers.get(ACCEPT).is_some_and(|accept| accept.to_str().is_ok_and(|text| text.contains("text/html")));
    match guard {
        Guard::Head => (method == Method::HEAD).then_some(StatusCode::METHOD_NOT_ALLOWED),
        Guard::Scripts => (by_script && (wants_page || method == Method::HEAD)).then_some(StatusCode::FORBIDDEN),
    }
}

/// The page with one of its settings changed. A page without such a `<meta>` stays unchanged.
fn with_meta(html: &[u8], name: &str, from: &str, to: &str) -> Vec<u8> {
    let html = String::from_utf8_lossy(html);
    let [name, from, to] =
        [("name", name), ("content", from), ("content", to)].map(|(key, value)| format!("{key}=\"{value}\""));
    let tags = html.split_inclusive('>').map(|tag| {
        let is_setting = tag.contains("<meta") && tag.contains(&name);
        if is_setting { tag.replace(&from, &to).into() } else { Cow::from(tag) }
    });
    tags.collect::<String>().into_bytes()
}

/// The scripts before the page's own: the LINE app in its LIFF browser, then the witness and the test's script.
fn added_scripts(headers: &HeaderMap) -> Vec<&'static str> {
    let line = app::is_liff_browser(headers).then_some(app::SCRIPT);
    line.into_iter().chain([witness::FIRST_SCRIPT]).collect()
}

/// The file in the folder, unless the path tries to leave it. LINE appends a LIFF URL's path to the page's own.
fn local_path(dist: &Path, path: &str) -> Option<PathBuf> {
    let relative = path.strip_prefix('/')?;
    // An endpoint URL that is only the host gets the page as well.
    if relative.is_empty() || relative.starts_with("liff-bind.html/") {
        return Some(dist.join("liff-bind.html"));
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_switch_is_turned_and_nothing_else() {
        let html = "<meta name=\"a\" content=\"on\"><meta name=\"shortcuts\" content=\"on\" /><p>content=\"on\"";
        let off = "<meta name=\"a\" content=\"on\"><meta name=\"shortcuts\" content=\"off\" /><p>content=\"on\"";
        assert_eq!(with_meta(html.as_bytes(), "shortcuts", "on", "off"), off.as_bytes());
    }

    #[test]
    fn no_path_leaves_the_folder() {
        let dist = Path::new("/dist");
        assert_eq!(local_path(dist, "/a/b.js"), Some("/dist/a/b.js".into()));
        assert_eq!(local_path(dist, "/../secret"), None);
        assert_eq!(local_path(dist, "/"), Some("/dist/liff-bind.html".into()));
    }
}
