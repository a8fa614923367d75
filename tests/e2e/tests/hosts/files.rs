//! Every file of the build: its headers, its encodings, and the 304.

use std::fs;

use e2e::{Failure, Result, dist};
use reqwest::{Method, StatusCode};
use rstest::rstest;

use crate::{
    client::{Asker, header},
    server::{Kind, Server, SetUp},
};

/// The headers that the build wants on every file (`dist/_headers`).
pub fn wanted() -> Result<Vec<(String, String)>> {
    let text = fs::read_to_string(dist()?.join("_headers"))?;
    let first = text.strip_prefix("/*\n").ok_or_else(|| Failure::new("_headers does not begin with all files"))?;
    let lines = first.lines().take_while(|line| !line.is_empty());
    Ok(lines.filter_map(|line| line.trim().split_once(": ")).map(|(name, value)| (name.into(), value.into())).collect())
}

/// The names of the files that a browser may request: those with a type known here.
fn names() -> Result<Vec<String>> {
    let names = fs::read_dir(dist()?)?.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    Ok(names.filter(|name| !content_types(name).is_empty()).collect())
}

fn content_types(name: &str) -> &'static [&'static str] {
    match name.rsplit('.').next() {
        Some("html") => &["text/html; charset=utf-8"],
        Some("js") => &["application/javascript; charset=utf-8", "text/javascript; charset=utf-8"],
        Some("css") => &["text/css", "text/css; charset=utf-8"],
        Some("json") => &["application/json"],
        Some("wasm") => &["application/wasm"],
        _ => &[],
    }
}

#[rstest]
#[tokio::test]
async fn every_file_has_its_headers(
    #[values(Kind::Nginx, Kind::NginxWithoutBrotli, Kind::Caddy)] kind: Kind,
) -> Result {
    let asker = Asker::of(kind).await?;
    let wanted = wanted()?;
    assert_eq!(wanted.len(), 6, "{wanted:?}");
    let names = names()?;
    assert!(names.len() > 8, "{names:?}");
    for name in names {
        let answer = asker.get(&format!("/{name}")).await?;
        assert_eq!(answer.status(), StatusCode::OK, "{name}");
        for (wanted, value) in &wanted {
            assert_eq!(header(&answer, wanted), *value, "{wanted} of {name}");
        }
        let keeps_its_name = ["liff-bind.html", "liff-setup.html", "check.js"].contains(&name.as_str());
        let cache = if keeps_its_name { "no-cache" } else { "public, max-age=31536000, immutable" };
        assert_eq!(header(&answer, "cache-control"), cache, "{name}");
        let content_type = header(&answer, "content-type").to_lowercase();
        assert!(content_types(&name).contains(&content_type.as_str()), "{name} is {content_type}");
        assert!(header(&answer, "vary").to_lowercase().contains("accept-encoding"), "{name}");
    }
    Ok(())
}

/// Files that the build compressed are sent unchanged, byte by byte.
#[rstest]
#[tokio::test]
async fn every_file_comes_as_it_was_compressed(
    #[values(Kind::Nginx, Kind::NginxWithoutBrotli, Kind::Caddy)] kind: Kind,
) -> Result {
    let asker = Asker::of(kind).await?;
    let brotli = if kind == Kind::NginxWithoutBrotli { "gzip" } else { "br" };
    for name in names()? {
        for (accepted, encoding) in [
            // The headers of Chrome and Safari.
            ("gzip, deflate, br, zstd", brotli),
            ("gzip, deflate, br", brotli),
            ("gzip", "gzip"),
            ("identity", ""),
            ("", ""),
        ] {
            let answer = asker.get_encoded(&format!("/{name}"), accepted).await?;
            assert_eq!(header(&answer, "content-encoding"), encoding, "{name} by {accepted:?}");
            let file = match encoding {
                "br" => format!("{name}.br"),
                "gzip" => format!("{name}.gz"),
                _ => name.clone(),
            };
            assert!(answer.bytes().await? == fs::read(dist()?.join(&file))?, "{file} by {accepted:?}");
        }
    }
    Ok(())
}

/// A page that has not changed is not sent again, in any encoding.
#[rstest]
#[tokio::test]
async fn what_has_not_changed_is_not_sent_again(
    #[values(Kind::Nginx, Kind::NginxWithoutBrotli, Kind::Caddy)] kind: Kind,
) -> Result {
    let asker = Asker::of(kind).await?;
    for accepted in ["br", "gzip", "identity"] {
        let target = "/liff-bind.html?liffId=1656451635-z3yqZNO3";
        let tag = header(&asker.get_encoded(target, accepted).await?, "etag");
        assert!(!tag.is_empty());
        let again = |tag: &str| {
            let request = asker.ask(Method::GET, "/liff-bind.html?bindToken=another");
            request.header("accept-encoding", accepted).header("if-none-match", tag).send()
        };
        let answer = again(&tag).await?;
        assert_eq!(answer.status(), StatusCode::NOT_MODIFIED, "{accepted}");
        assert_eq!(header(&answer, "cache-control"), "no-cache");
        // The headers of a 304 replace those that the browser has stored (RFC 9111, 3.2).
        for (name, value) in wanted()? {
            let kept = header(&answer, &name);
            assert!(kept.is_empty() || kept == value, "{name}: {kept}");
        }
        assert!(answer.bytes().await?.is_empty());
        assert_eq!(again("\"another\"").await?.status(), StatusCode::OK, "{accepted}");
    }
    Ok(())
}

/// A page that was configured by hand has lost its compressed files; the server compresses it on the way.
#[rstest]
#[tokio::test]
async fn a_page_changed_by_hand_is_served_as_it_is(#[values(Kind::Nginx, Kind::Caddy)] kind: Kind) -> Result {
    let root = tempfile::tempdir()?;
    let page = fs::read_to_string(dist()?.join("liff-bind.html"))?.replace("/v1/liff-bindings", "/v1/others");
    fs::write(root.path().join("liff-bind.html"), &page)?;
    let server = Server::set_up(SetUp { root: root.path().into(), ..SetUp::usual(kind)? }).await?;
    let asker = Asker::before(server)?;
    assert_eq!(asker.get_encoded("/liff-bind.html", "identity").await?.text().await?, page);
    let answer = asker.get_encoded("/liff-bind.html", "gzip, br").await?;
    assert_eq!(header(&answer, "content-encoding"), "gzip");
    assert!(answer.bytes().await?.len() < page.len() / 2);
    Ok(())
}
