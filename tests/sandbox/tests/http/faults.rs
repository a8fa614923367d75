//! Faults, scenarios and the page's host through the proxy.

use std::{fs, time::Duration};

use crate::common::{Result, World};
use sandbox::{Device, Fault, Route, Scenario};
use serde_json::{Value, json};

#[tokio::test]
async fn faults_come_one_by_one_and_end() -> Result {
    let world = World::new().await?;
    let faults = [
        Fault::Status(503),
        Fault::retry_after(429, 7),
        Fault::Html,
        Fault::Empty,
        Fault::redirect(302, "/liff-bind.html"),
    ];
    world.sandbox.fail(Route::Bind, faults);
    let body = world.body()?;
    let mut statuses = Vec::new();
    for _ in 0..6 {
        statuses.push(world.post(1, &body).await?.status().as_u16());
    }
    assert_eq!(statuses, [503, 429, 502, 200, 302, 201]);
    Ok(())
}

#[tokio::test]
async fn no_answer_may_have_bound_and_a_refusal_has_not() -> Result {
    let world = World::new().await?;
    let body = world.body()?;
    world.sandbox.fail(Route::Bind, [Fault::Refuse, Fault::no_answer()]);
    assert!(world.post(1, &body).await.is_err());
    assert!(world.sandbox.ledger().bindings.is_empty());
    assert!(world.post(1, &body).await.is_err());
    assert_eq!(world.sandbox.ledger().bindings.len(), 1);
    assert_eq!(world.bind(1, &body).await?, (200, "bound".into()));
    let answers: Vec<_> = world.sandbox.ledger().bind_posts().iter().map(|post| post.status).collect();
    assert_eq!(answers, [None, None, Some(200)]);
    Ok(())
}

#[tokio::test]
async fn half_an_answer_is_an_error() -> Result {
    let world = World::new().await?;
    world.sandbox.fail(Route::Bind, [Fault::CutOff]);
    let response = world.post(1, &world.body()?).await?;
    assert_eq!(response.status(), 201);
    assert!(response.text().await.is_err());
    Ok(())
}

/// The work is done, and its answer is lost or spoilt.
#[tokio::test]
async fn a_fault_may_come_after_the_duty() -> Result {
    let world = World::new().await?;
    let body = world.body()?;
    let patch = json!({ "content": { "returnUrl": null, "shop": { "siteHost": "<b>" } } });
    world.sandbox.fail(Route::Bind, [Fault::after_duty(Fault::Html), Fault::Merge(patch)]);
    assert_eq!(world.post(1, &body).await?.status(), 502);
    assert_eq!(world.sandbox.ledger().bindings.len(), 1);
    let spoilt: Value = world.post(1, &body).await?.json().await?;
    assert_eq!(spoilt["content"]["shop"]["siteHost"], "<b>");
    assert_eq!(spoilt["content"]["returnUrl"], Value::Null);
    assert_eq!(spoilt["content"]["status"], "bound");
    Ok(())
}

#[tokio::test]
async fn a_stalled_body_has_a_head_and_no_end() -> Result {
    let world = World::new().await?;
    world.sandbox.fail(Route::Bind, [Fault::Stall]);
    let response = world.post(1, &world.body()?).await?;
    assert_eq!(response.status(), 201);
    assert!(tokio::time::timeout(Duration::from_millis(300), response.text()).await.is_err());
    Ok(())
}

#[tokio::test]
async fn retry_after_is_a_text_or_a_date() -> Result {
    let world = World::new().await?;
    world.sandbox.shift_clock(86400 * 365 - 90);
    world.sandbox.fail(Route::Bind, [Fault::retry_after(429, "soon"), Fault::RetryAt(503, 90)]);
    let body = world.body()?;
    let asked = world.post(1, &body).await?;
    assert_eq!(asked.headers()["retry-after"], "soon");
    let dated = world.post(1, &body).await?;
    assert_eq!(dated.status(), 503);
    assert!(dated.headers()["retry-after"].to_str()?.ends_with(" GMT"));
    assert_ne!(dated.headers()["retry-after"], dated.headers()["date"]);
    Ok(())
}

#[tokio::test]
async fn healed_is_healed() -> Result {
    let world = World::new().await?;
    world.sandbox.fail_always(Route::Bind, Fault::Status(503));
    let body = world.body()?;
    assert_eq!(world.post(1, &body).await?.status(), 503);
    let before = world.sandbox.ledger();
    world.sandbox.heal();
    assert_eq!(world.bind(1, &body).await?, (201, "bound".into()));
    let since = world.sandbox.ledger().since(&before);
    assert_eq!((since.requests.len(), since.bindings.len()), (1, 1));
    Ok(())
}

#[tokio::test]
async fn a_hang_lasts() -> Result {
    let world = World::new().await?;
    world.sandbox.fail_always(Route::Bind, Fault::Hang);
    let body = world.body()?;
    assert!(tokio::time::timeout(Duration::from_millis(300), world.post(1, &body)).await.is_err());
    assert!(world.sandbox.ledger().bindings.is_empty());
    Ok(())
}

#[tokio::test]
async fn files_fail_by_name() -> Result {
    let world = World::new().await?;
    world.sandbox.fail_always(Route::Page(".toml".into()), Fault::Status(404));
    let get = async |file: &str| -> Result<u16> {
        Ok(world.client.get(format!("https://shop-bind.example/{file}")).send().await?.status().as_u16())
    };
    assert_eq!(get("Cargo.toml").await?, 404);
    assert_eq!(get("src/lib.rs").await?, 200);
    Ok(())
}

#[tokio::test]
async fn files_have_the_headers_that_the_build_put_beside_them() -> Result {
    let world = World::new().await?;
    let dist = tempfile::tempdir()?;
    fs::write(dist.path().join("a.html"), "<p>a</p>")?;
    fs::write(dist.path().join("_headers"), "/*\n  Content-Security-Policy: default-src 'none'\n\n/a*\n  X-A: 1\n")?;
    world.sandbox.configure(|config| config.dist = dist.path().into());
    let get = async || world.client.get("https://shop-bind.example/a.html?b").send().await;
    let answer = get().await?;
    assert_eq!(answer.headers()["content-security-policy"], "default-src 'none'");
    assert_eq!(answer.headers()["x-a"], "1");
    assert!(answer.headers().contains_key("etag"));

    world.sandbox.configure(|config| config.bare_host = true);
    let answer = get().await?;
    let names: Vec<&str> = answer.headers().keys().map(reqwest::header::HeaderName::as_str).collect();
    let own = |name: &&&str| !["content-type", "content-length", "date", "vary"].contains(*name);
    assert_eq!(names.iter().find(own), None, "{names:?}");
    assert_eq!(answer.headers()["content-type"], "text/html; charset=utf-8");
    Ok(())
}

/// The witness comes before the page's own scripts, outside LINE too, and the merchant's switch is set in the page
/// itself.
#[tokio::test]
async fn the_page_is_served_with_a_witness_and_its_switch() -> Result {
    let world = World::new().await?;
    let dist = tempfile::tempdir()?;
    let page = "<!doctype html><head><script>1</script><meta name=\"shortcuts\" content=\"on\"></head>";
    fs::write(dist.path().join("liff-bind.html"), page)?;
    world.sandbox.configure(|config| config.dist = dist.path().into());
    let get = async |path: &str| -> Result<String> {
        Ok(world.client.get(format!("https://shop-bind.example{path}")).send().await?.text().await?)
    };
    let witnessed = page.replace("<head>", "<head><script src=\"/__first.js\"></script>");
    assert_eq!(get("/liff-bind.html").await?, witnessed);
    world.sandbox.configure(|config| (config.shortcuts, config.first_script) = (false, "window.test = 1;".into()));
    assert_eq!(get("/liff-bind.html").await?, witnessed.replace("\"on\"", "\"off\""));
    let script = get("/__first.js").await?;
    assert!(script.contains("securitypolicyviolation") && script.contains("\"/__forbidden\""), "{script}");
    assert!(script.ends_with("window.test = 1;"), "{script}");
    world.client.post("https://shop-bind.example/__forbidden").body("it").send().await?;
    assert_eq!(world.sandbox.ledger().forbidden(), ["it"]);
    Ok(())
}

/// The SDK's own request is the second one if the page has asked early.
#[tokio::test]
async fn a_fault_of_the_sdks_is_met_by_the_early_request_too() -> Result {
    let world = World::new().await?;
    let mut met = Vec::new();
    for shortcuts in [true, false] {
        world.sandbox.configure(|config| config.shortcuts = shortcuts);
        world.sandbox.fail_sdk(Route::Certs, 2, &Fault::Status(503));
        let mut faults = 0;
        while world.client.get("https://api.line.me/oauth2/v2.1/certs").send().await?.status() == 503 {
            faults += 1;
        }
        met.push(faults);
    }
    assert_eq!(met, [3, 2]);
    Ok(())
}

#[tokio::test]
async fn files_are_asked_again_only_for_change() -> Result {
    let world = World::new().await?;
    let url = "https://shop-bind.example/Cargo.toml";
    let first = world.client.get(url).send().await?;
    let again = world.client.get(url).header("if-none-match", first.headers()["etag"].clone()).send().await?;
    assert_eq!(again.status(), 304);
    Ok(())
}

#[tokio::test]
async fn answers_carry_the_sandboxs_time() -> Result {
    let world = World::new().await?;
    world.sandbox.shift_clock(-86400 * 365);
    let date = |response: &reqwest::Response| response.headers()["date"].to_str().unwrap_or_default().to_owned();
    let then = world.client.get("https://shop-bind.example/Cargo.toml").send().await?;
    world.sandbox.shift_clock(86400 * 365);
    let now = world.client.get("https://shop-bind.example/Cargo.toml").send().await?;
    assert_ne!(date(&then).get(12..16), date(&now).get(12..16));
    Ok(())
}

#[tokio::test]
async fn other_hosts_are_refused_and_noted() -> Result {
    let world = World::new().await?;
    assert!(world.client.get("https://elsewhere.example/").send().await.is_err());
    assert_eq!(world.client.get("http://api.line.me/").send().await?.status(), 403);
    let ledger = world.sandbox.ledger();
    let hosts: Vec<&str> = ledger.foreign().iter().map(|request| request.host.as_str()).collect();
    assert_eq!(hosts, ["elsewhere.example", "api.line.me"]);
    Ok(())
}

#[tokio::test]
async fn scenarios_play() -> Result {
    for scenario in Scenario::all()? {
        let world = World::new().await?;
        let url = world.sandbox.play(&scenario)?;
        let in_line = matches!(scenario.device, Device::LineIos | Device::LineAndroid);
        assert_eq!(url.contains("#context_token="), in_line, "{}", scenario.name);
    }
    Ok(())
}
