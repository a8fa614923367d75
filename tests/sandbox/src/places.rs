//! Hosts that a link may lead to: a page that says where it is, and a picture for every picture.

use axum::{
    Router,
    http::{Uri, header::CONTENT_TYPE},
    response::{Html, IntoResponse, Response},
};

/// A grey square, 96 x 96 CSS pixels.
const PICTURE: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" width="96" height="96"><rect width="96" height="96" fill="#9aa"/></svg>"##;

/// Any path of `host`.
pub fn router(host: &str) -> Router {
    let says = match host {
        "liff.line.me" => "The LINE app would open here.",
        "line.me" => "LINE would show the official account here.",
        _ => "The shop's website.",
    };
    Router::new().fallback(move |uri: Uri| async move { place(&uri, says) })
}

fn place(uri: &Uri, says: &str) -> Response {
    let picture = [".png", ".svg", ".jpg", ".webp"].iter().any(|ending| uri.path().ends_with(ending));
    if picture {
        ([(CONTENT_TYPE, "image/svg+xml")], PICTURE).into_response()
    } else {
        Html(format!("<!doctype html><meta charset=\"utf-8\"><title>{says}</title><h1>{says}</h1>")).into_response()
    }
}
