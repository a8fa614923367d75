//! The log of visits: the page's reports without addresses, in a log of its own that `scripts/visits.mjs` counts.

use std::{fs, process::Command, time::Duration};

use e2e::{Browser, Engine, Failure, Result, dist, in_line};
use reqwest::{Method, StatusCode};
use rstest::rstest;
use sandbox::{Device, Os, VISITS_PATH};
use serde_json::{Value, json};

use crate::{
    SOON,
    client::{Asker, header},
    server::{Kind, Server, SetUp},
};

const TOLD: &str = "outcome=failed&failure=line-init&stage=init&code=&os=android&client=liff&liffId=1656451635-z3yqZNO3\
    &line=26.4.0&ms=20817&page=0.1.0";

/// The figures of `scripts/visits.mjs` for a server's log.
fn counted(server: &Server) -> Result<Value> {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/../../scripts/visits.mjs");
    let output = Command::new("node").arg(script).arg("--json").arg(server.visits()).output()?;
    if output.status.success() {
        return Ok(serde_json::from_slice(&output.stdout)?);
    }
    Err(Failure::new(String::from_utf8_lossy(&output.stderr)))
}

/// The log, once it has this many lines.
async fn log_of(server: &Server, lines: usize) -> Result<String> {
    for _ in 0..100 {
        let log = fs::read_to_string(server.visits()).unwrap_or_default();
        if log.lines().count() >= lines {
            return Ok(log);
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    Err(Failure::new(format!("the log has not {lines} lines: {}", server.logged()?)))
}

#[rstest]
#[tokio::test]
async fn beacons_are_answered_and_logged_without_addresses(#[values(Kind::Nginx, Kind::Caddy)] kind: Kind) -> Result {
    let asker = Asker::of(kind).await?;
    let url = format!("{VISITS_PATH}?{TOLD}");
    for _ in 0..3 {
        let beacon = asker.ask(Method::POST, &url).header("referer", "https://s3cret.example/?bindToken=s3cret");
        let answer = beacon.header("user-agent", "s3cret").header("cookie", "id=s3cret").send().await?;
        assert_eq!(answer.status(), StatusCode::NO_CONTENT);
        assert_eq!(
            (header(&answer, "cache-control"), header(&answer, "set-cookie")),
            ("no-store".into(), String::new())
        );
        assert!(answer.bytes().await?.is_empty());
    }
    // These are no beacons: somebody curious opens the path, and a person opens the page.
    drop(asker.get(&url).await?);
    drop(asker.get("/liff-bind.html?bindToken=s3cret").await?);
    let log = log_of(&asker.server, 3).await?;
    assert_eq!(log.lines().count(), 3, "{log}");
    for secret in ["127.0.0.1", "s3cret", "Cookie", "User-Agent"] {
        assert!(!log.contains(secret), "{log}");
    }
    // No other log has it either.
    assert!(!asker.server.logged()?.contains("line-init"));
    let counted = counted(&asker.server)?;
    assert_eq!(counted["visits"], json!(3));
    assert_eq!(counted["failures"][0]["name"], json!("line-init"));
    assert_eq!(counted["failures"][0]["places"][0]["stage"], json!("init"));
    assert_eq!(counted["damaged"], json!({}));
    assert!(counted["by"]["hour"].as_object().is_some_and(|hours| !hours.contains_key("not told")), "{counted}");
    Ok(())
}

/// One address can't fill the log.
#[tokio::test]
async fn one_address_has_a_limit() -> Result {
    let asker = Asker::of(Kind::Nginx).await?;
    let mut refused = 0;
    for _ in 0..400 {
        let answer = asker.ask(Method::POST, &format!("{VISITS_PATH}?{TOLD}")).send().await?;
        refused += usize::from(answer.status() == StatusCode::TOO_MANY_REQUESTS);
    }
    assert!((1..100).contains(&refused), "{refused}");
    let log = log_of(&asker.server, 400 - refused).await?;
    assert_eq!(log.lines().count(), 400 - refused);
    assert!(!asker.server.logged()?.contains("127.0.0.1"));
    Ok(())
}

/// Visits are switched on as an operator does, by hand. A bind, and a page opened outside LINE, are counted.
#[rstest]
#[tokio::test]
async fn visits_of_a_page_are_counted(#[values(Kind::Nginx, Kind::Caddy)] kind: Kind) -> Result {
    let root = tempfile::tempdir()?;
    for name in fs::read_dir(dist()?)?.filter_map(|entry| entry.ok()?.file_name().into_string().ok()) {
        if !name.starts_with("liff-bind.html") {
            fs::copy(dist()?.join(&name), root.path().join(&name))?;
        }
    }
    let page = fs::read_to_string(dist()?.join("liff-bind.html"))?;
    let on =
        page.replace(r#"<meta name="events" content="">"#, &format!(r#"<meta name="events" content="{VISITS_PATH}">"#));
    let on = on
        .replace(r#"<meta name="events" content="" />"#, &format!(r#"<meta name="events" content="{VISITS_PATH}" />"#));
    assert_ne!(on, page);
    fs::write(root.path().join("liff-bind.html"), on)?;
    let server = Server::set_up(SetUp { root: root.path().into(), ..SetUp::usual(kind)? }).await?;
    let sandbox = &server.sandbox;

    let line = in_line(Os::Android, sandbox);
    let browser = Browser::open(Engine::Chromium, &line, sandbox).await?;
    let source = sandbox.line_app_script();
    browser.command("Page.addScriptToEvaluateOnNewDocument", json!({ "source": source })).await?;
    browser.goto(&sandbox.line_url(&line)?).await?;
    browser.wait_for_screen("bound", SOON).await?;
    let outside = Browser::open(Engine::WebKit, Device::Iphone, sandbox).await?;
    outside.goto(&sandbox.browser_url("&bindToken=b")).await?;
    outside.wait_for_screen("open-in-line", SOON).await?;

    log_of(&server, 2).await?;
    let counted = counted(&server)?;
    assert_eq!((&counted["visits"], &counted["bound"]), (&json!(2), &json!(1)));
    assert_eq!(counted["outcomes"]["open-in-line"]["visits"], json!(1));
    assert_eq!(counted["damaged"], json!({}));
    Ok(())
}
