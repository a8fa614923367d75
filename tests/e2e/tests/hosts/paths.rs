//! Paths that lead to the page, paths that lead to nothing, and requests that no browser makes.

use std::{fs, time::Duration};

use e2e::{Failure, Result, dist};
use reqwest::{Method, StatusCode};
use rstest::rstest;

use crate::{
    client::{Asker, header},
    files::wanted,
    server::Kind,
};

/// A query that must be in no log.
const SECRET: &str = "bindToken=s3cret-of-the-visit&code=s3cret-of-the-sign-in";

/// The LIFF endpoint is answered with 200, whatever LINE appends to it.
#[rstest]
#[tokio::test]
async fn the_page_is_there_without_a_redirect(#[values(Kind::Nginx, Kind::Caddy, Kind::Live)] kind: Kind) -> Result {
    let asker = Asker::of(kind).await?;
    let page = fs::read(dist()?.join("liff-bind.html"))?;
    let long = format!("/liff-bind.html?liffId=1656451635-z3yqZNO3&bindToken={}", "x".repeat(30_000));
    for target in [
        "/liff-bind.html",
        "/liff-bind.html?",
        "/liff-bind.html?liffId=1656451635-z3yqZNO3",
        "/liff-bind.html?liffId=1&liff.state=%2Fx%3Fa%3Db%23c&code=1&state=2",
        "/liff-bind.html?redirect=https%3A%2F%2Felsewhere.example%2F&url=//elsewhere.example",
        "/liff-bind.html?a=../../etc/passwd&%00&%ff",
        "/liff-bind.html/",
        "/liff-bind.html/x?liffId=1",
        "/liff-bind.html/x/",
        "/liff-bind.html/x/y.js",
        "/",
        "/?liffId=1656451635-z3yqZNO3",
        &long,
    ] {
        let short: String = target.chars().take(80).collect();
        let answer = asker.get(target).await?;
        assert_eq!(answer.status(), StatusCode::OK, "{short}");
        assert_eq!(header(&answer, "location"), "", "{short}");
        assert_eq!(header(&answer, "cache-control"), "no-cache", "{short}");
        assert!(header(&answer, "content-type").starts_with("text/html"), "{short}");
        for (name, value) in wanted()? {
            // The header would hold for all servers on a developer's machine.
            let value = if kind == Kind::Live && name == "Strict-Transport-Security" { "" } else { &value };
            assert_eq!(header(&answer, &name), value, "{name} of {short}");
        }
        assert!(answer.bytes().await? == page, "{short}");
    }
    Ok(())
}

/// A missing file is a 404 that nobody caches, never the page.
#[rstest]
#[tokio::test]
async fn what_is_not_there_is_not_found(#[values(Kind::Nginx, Kind::Caddy, Kind::Live)] kind: Kind) -> Result {
    let asker = Asker::of(kind).await?;
    for target in [
        "/x",
        "/liff-bind",
        "/liff-bind.htm",
        "/liff-bind.html2",
        "/index.html",
        "/liff-bind-0123456789abcdef.js",
        "/liff-bind-0123456789abcdef_bg.wasm",
        "/_headers",
        "/_redirects",
        "/nginx/liff-bind.conf",
        "/Caddyfile",
        "/.git/config",
        "/v1/",
        "/v1/liff-bindings/x",
    ] {
        let answer = asker.get(target).await?;
        assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{target}");
        assert!(["", "no-store"].contains(&header(&answer, "cache-control").as_str()), "{target}");
        assert_eq!(header(&answer, "x-content-type-options"), "nosniff", "{target}");
        assert!(!answer.text().await?.contains("LINE"), "{target}");
    }
    for target in ["/..%2fhosting/nginx/liff-bind.conf", "/%2e%2e/hosting/nginx/liff-bind.conf", "/x%00.html"] {
        let status = asker.get(target).await?.status();
        assert!(status.is_client_error() || status.is_server_error(), "{target} gives {status}");
    }
    Ok(())
}

/// `HEAD`, ranges and unknown encodings get sensible answers.
#[rstest]
#[tokio::test]
async fn odd_requests_are_answered_with_sense(#[values(Kind::Nginx, Kind::Caddy)] kind: Kind) -> Result {
    let asker = Asker::of(kind).await?;
    let page = fs::read(dist()?.join("liff-bind.html"))?;
    let head = asker.ask(Method::HEAD, "/liff-bind.html?x").send().await?;
    assert_eq!(head.status(), StatusCode::OK);
    assert_eq!(header(&head, "content-length"), page.len().to_string());
    assert_eq!(header(&head, "cache-control"), "no-cache");
    assert!(head.bytes().await?.is_empty());

    for accepted in
        ["*", "xbr", "brr, gz", "br;q=0", "gzip;q=0, br;q=0", ";;;,,,", "br-garbage", "é", &"x,".repeat(500)]
    {
        let answer = asker.get_encoded("/liff-bind.html", accepted).await?;
        assert_eq!(answer.status(), StatusCode::OK, "{accepted}");
        let encoding = header(&answer, "content-encoding");
        let endings = [("", ""), ("br", ".br"), ("gzip", ".gz")];
        let ending = endings.iter().find(|(name, _)| *name == encoding);
        let (_, ending) = ending.ok_or_else(|| Failure::new(format!("{accepted} gives {encoding}")))?;
        let sent = fs::read(dist()?.join(format!("liff-bind.html{ending}")))?;
        assert!(answer.bytes().await? == sent, "{accepted} gives {encoding:?}");
        let refused =
            accepted.contains("br;q=0") && encoding == "br" || accepted.contains("gzip;q=0") && encoding == "gzip";
        assert!(!refused, "{accepted} gives {encoding}");
    }

    for range in
        ["bytes=0-9", "bytes=5-", "bytes=-5", "bytes=0-0,5-6", "bytes=999999999-", "bytes=9-1", "pages=1", "\"", ""]
    {
        let answer = asker.ask(Method::GET, "/liff-bind.html").header("range", range).send().await?;
        let sane = [StatusCode::OK, StatusCode::PARTIAL_CONTENT, StatusCode::RANGE_NOT_SATISFIABLE];
        assert!(sane.contains(&answer.status()), "{range} gives {}", answer.status());
        if range == "bytes=0-9" {
            assert!(answer.bytes().await? == page[..10], "{range}");
        }
    }

    for method in [Method::POST, Method::PUT, Method::DELETE, Method::OPTIONS] {
        let answer = asker.ask(method.clone(), "/liff-bind.html").body("x").send().await?;
        assert!(
            !answer.status().is_server_error() && !answer.status().is_redirection(),
            "{method}: {}",
            answer.status()
        );
    }
    Ok(())
}

/// A query holds the bind token, and after a sign-in LINE's code: no log keeps one, whatever the answer was.
#[rstest]
#[tokio::test]
async fn no_log_has_a_query(#[values(Kind::Nginx, Kind::Caddy, Kind::Live)] kind: Kind) -> Result {
    let asker = Asker::of(kind).await?;
    for target in ["/", "/liff-bind.html", "/liff-bind.html/x", "/not-there.js", "/v1/liff-bindings"] {
        let request = asker.ask(Method::GET, &format!("{target}?{SECRET}"));
        request.header("referer", format!("https://shop.example/?{SECRET}")).send().await?;
    }
    drop(asker.get(&format!("/liff-bind.html?{SECRET}{}", "x".repeat(40_000))).await);
    // What the server itself can't do: a name that is too long for a file, a body that is too large.
    asker.get(&format!("/{}?{SECRET}", "x".repeat(300))).await?;
    drop(asker.ask(Method::POST, &format!("/liff-bind.html?{SECRET}")).body("x".repeat(2_000_000)).send().await);
    tokio::time::sleep(Duration::from_millis(500)).await;
    let logged = asker.server.logged()?;
    // Paths are logged, without the query; Caddy logs no requests.
    assert_eq!(logged.contains("/not-there.js"), kind != Kind::Caddy, "{logged}");
    assert!(!logged.contains("s3cret"), "{logged}");
    Ok(())
}
