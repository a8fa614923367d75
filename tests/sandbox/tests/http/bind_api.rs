//! The bind API through the proxy: its rules, one by one (`docs/bind-api`).

use std::time::Duration;

use crate::common::{LIFF_ID, Result, World};
use reqwest::Method;
use sandbox::{Cors, IdTokenPlan, LineApp, LineUser, Os};
use serde_json::{Value, json};

fn answer(status: u16, word: &str) -> (u16, String) {
    (status, word.to_owned())
}

#[tokio::test]
async fn binds_once_and_says_so_again() -> Result {
    let world = World::new().await?;
    let body = world.body()?;
    assert_eq!(world.bind(1, &body).await?, answer(201, "bound"));
    assert_eq!(world.bind(1, &body).await?, answer(200, "bound"));
    assert_eq!(world.bind(2, &body).await?, answer(200, "bound"));
    let ledger = world.sandbox.ledger();
    assert_eq!(ledger.bindings.len(), 1);
    assert_eq!(ledger.bindings[0].keys, 2);
    assert_eq!(ledger.bind_posts().len(), 3);
    assert_eq!(ledger.bind_posts()[0].json(), body);
    assert!(ledger.violations.is_empty() && ledger.leaks().is_empty() && ledger.foreign().is_empty());
    Ok(())
}

#[tokio::test]
async fn knows_a_person_by_another_link() -> Result {
    let world = World::new().await?;
    world.bind(1, &world.body()?).await?;
    assert_eq!(world.bind(2, &world.body()?).await?, answer(200, "alreadyBound"));
    assert_eq!(world.sandbox.ledger().bindings.len(), 1);
    Ok(())
}

#[tokio::test]
async fn a_link_is_for_one_person() -> Result {
    let world = World::new().await?;
    let mut body = world.body()?;
    world.bind(1, &body).await?;
    let mut other = LineApp::new(Os::Android);
    other.user = Some(LineUser::new("Ken"));
    body["idToken"] = json!(world.id_token(&other)?);
    assert_eq!(world.bind(2, &body).await?, answer(409, "BIND_TOKEN_USED"));
    Ok(())
}

#[tokio::test]
async fn a_key_belongs_to_its_three() -> Result {
    let world = World::new().await?;
    let mut body = world.body()?;
    world.bind(1, &body).await?;
    // A renewed token of the same person makes no difference.
    body["idToken"] = json!(world.id_token(&LineApp::new(Os::Ios))?);
    assert_eq!(world.bind(1, &body).await?, answer(200, "bound"));
    body["bindToken"] = json!(world.sandbox.issue_bind_token(0));
    assert_eq!(world.bind(1, &body).await?, answer(422, "IDEMPOTENCY_KEY_REUSED"));
    Ok(())
}

#[tokio::test]
async fn work_goes_on_when_the_browser_leaves() -> Result {
    let world = World::new().await?;
    // Long enough for the second request to find the first still running, however busy the machine is.
    world.sandbox.configure(|config| config.bind_takes = Duration::from_secs(4));
    let body = world.body()?;
    let left = tokio::time::timeout(Duration::from_secs(1), world.post(1, &body)).await;
    assert!(left.is_err());
    let running = world.post(1, &body).await?;
    assert_eq!(running.headers()["retry-after"], "1");
    assert_eq!(running.json::<Value>().await?["errorCode"], "IDEMPOTENCY_IN_PROGRESS");
    let mut end = answer(409, "IDEMPOTENCY_IN_PROGRESS");
    while end == answer(409, "IDEMPOTENCY_IN_PROGRESS") {
        tokio::time::sleep(Duration::from_millis(100)).await;
        end = world.bind(1, &body).await?;
    }
    assert_eq!(end, answer(200, "bound"));
    Ok(())
}

#[tokio::test]
async fn asks_for_consent_and_keeps_the_key() -> Result {
    let world = World::new().await?;
    world.sandbox.configure(|config| config.consent = Some("2026-07".into()));
    let mut body = world.body()?;
    let asked: Value = world.post(1, &body).await?.json().await?;
    assert_eq!(asked["consent"]["version"], "2026-07");
    body["consent"] = json!({ "version": "2026-01", "accepted": true });
    assert_eq!(world.bind(1, &body).await?, answer(428, "CONSENT_REQUIRED"));
    body["consent"] = json!({ "version": "2026-07", "accepted": false });
    assert_eq!(world.bind(1, &body).await?, answer(428, "CONSENT_REQUIRED"));
    body["consent"] = json!({ "version": "2026-07", "accepted": true });
    assert_eq!(world.bind(1, &body).await?, answer(201, "bound"));
    Ok(())
}

#[tokio::test]
async fn refuses_bad_id_tokens() -> Result {
    let world = World::new().await?;
    for (plan, expected) in [
        (IdTokenPlan::Expired, answer(401, "ID_TOKEN_EXPIRED")),
        (IdTokenPlan::ForeignSignature, answer(401, "ID_TOKEN_INVALID")),
        (IdTokenPlan::WrongAudience, answer(403, "ID_TOKEN_AUDIENCE_MISMATCH")),
        (IdTokenPlan::Claims(json!({ "iss": "https://evil.example" })), answer(401, "ID_TOKEN_INVALID")),
        (IdTokenPlan::Claims(json!({ "new": [1] })), answer(201, "bound")),
    ] {
        let mut line = LineApp::new(Os::Ios);
        line.id_token = plan;
        assert_eq!(world.bind(1, &world.body_of(&line)?).await?, expected, "{:?}", line.id_token);
    }
    Ok(())
}

#[tokio::test]
async fn refuses_bad_links() -> Result {
    let world = World::new().await?;
    let old = world.sandbox.issue_bind_token(600);
    for (bind_token, expected) in [
        (Value::Null, answer(400, "BIND_TOKEN_MISSING")),
        (json!("unknown"), answer(404, "BIND_TOKEN_INVALID")),
        (json!(old), answer(410, "BIND_TOKEN_EXPIRED")),
    ] {
        let mut body = world.body()?;
        body["bindToken"] = bind_token;
        assert_eq!(world.bind(1, &body).await?, expected);
    }
    Ok(())
}

#[tokio::test]
async fn takes_the_channel_from_its_own_table() -> Result {
    let world = World::new().await?;
    for (liff_id, expected) in [
        ("1656451635-GameGame", answer(409, "LIFF_ID_WRONG_MODULE")),
        ("2000000001-Unsaved1", answer(404, "LIFF_ID_UNKNOWN")),
        ("1-a", answer(404, "LIFF_ID_UNKNOWN")),
        (LIFF_ID, answer(201, "bound")),
    ] {
        let mut body = world.body()?;
        body["liffId"] = json!(liff_id);
        assert_eq!(world.bind(1, &body).await?, expected);
    }
    Ok(())
}

#[tokio::test]
async fn notes_every_breach_of_the_contract() -> Result {
    let world = World::new().await?;
    let mut body = world.body()?;
    body["userId"] = json!("U1");
    assert_eq!(world.bind(1, &body).await?, answer(400, "INVALID_REQUEST_BODY"));
    let bare = world.client.post("https://shop-bind.example/v1/liff-bindings").body("{").send().await?;
    assert_eq!(bare.status(), 400);
    assert_eq!(bare.headers()["content-type"], "application/problem+json");
    assert_eq!(bare.headers()["cache-control"], "no-store");
    let violations = world.sandbox.ledger().violations;
    for word in ["userId", "Content-Type", "Accept is", "Accept-Language", "Idempotency-Key", "body"] {
        assert!(violations.iter().any(|text| text.contains(word)), "{word}: {violations:?}");
    }
    Ok(())
}

#[tokio::test]
async fn only_the_page_may_ask() -> Result {
    let world = World::new().await?;
    let request = world
        .client
        .post("https://shop-bind.example/v1/liff-bindings")
        .header("accept", "application/json, application/problem+json")
        .header("accept-language", "th")
        .header("idempotency-key", "0b8f2f6e-7d1c-4f1e-9a55-2d3c4b5a6970")
        .header("origin", "https://evil.example")
        .json(&world.body()?);
    let answer: Value = request.send().await?.json().await?;
    assert_eq!(answer["errorCode"], "ORIGIN_NOT_ALLOWED");
    Ok(())
}

/// A check tells whether a bind would succeed, and binds nothing.
#[tokio::test]
async fn a_check_binds_nothing() -> Result {
    let world = World::new().await?;
    world.sandbox.configure(|config| config.messages_billed = false);
    let bind = world.body()?;
    let body = |liff_id: &str, id_token: &Value| json!({ "check": true, "idToken": id_token, "liffId": liff_id, "client": bind["client"] });
    for (liff_id, id_token, expected) in [
        (LIFF_ID, &bind["idToken"], answer(200, "checked")),
        (LIFF_ID, &Value::Null, answer(200, "checked")),
        (LIFF_ID, &json!("no JWT"), answer(401, "ID_TOKEN_INVALID")),
        ("1656451635-GameGame", &Value::Null, answer(409, "LIFF_ID_WRONG_MODULE")),
        ("2000000001-Unsaved1", &Value::Null, answer(404, "LIFF_ID_UNKNOWN")),
    ] {
        let response = world.check(&body(liff_id, id_token)).await?;
        let status = response.status().as_u16();
        let answer: Value = response.json().await?;
        let meaning = answer.get("errorCode").or_else(|| answer.pointer("/content/status"));
        assert_eq!((status, meaning.and_then(Value::as_str).unwrap_or_default().to_owned()), expected, "{liff_id}");
        if status == 200 {
            assert_eq!(answer["content"]["messageBilled"], false);
            assert_eq!(answer["content"].get("bindingId"), None);
        }
    }
    // A key makes no difference, and a request with a visitor is no check.
    assert_eq!(world.bind(1, &body(LIFF_ID, &Value::Null)).await?, answer(200, "checked"));
    assert_eq!(world.bind(1, &world.body()?).await?.0, 201, "no check has used up the key");
    let with_visitor =
        json!({ "check": true, "idToken": null, "liffId": LIFF_ID, "bindToken": "b", "client": bind["client"] });
    assert_eq!(world.check(&with_visitor).await?.status(), 400);
    assert_eq!(world.sandbox.ledger().bindings.len(), 1);
    Ok(())
}

/// On an origin of its own, the API tells pages what they may send and read, as configured.
#[tokio::test]
async fn elsewhere_it_has_cors_headers() -> Result {
    let world = World::new().await?;
    let url = "https://bind-api.example/v1/liff-bindings";
    assert!(world.client.get(url).send().await.is_err(), "there is no such host unless it is configured");
    world.sandbox.configure(|config| config.api_cors = Some(Cors { on_errors: false, ..Cors::default() }));
    let preflight = world.client.request(Method::OPTIONS, url).send().await?;
    assert_eq!(preflight.status(), 204);
    assert_eq!(preflight.headers()["access-control-allow-headers"], "content-type, idempotency-key");
    assert_eq!(preflight.headers()["access-control-allow-origin"], "https://shop-bind.example");
    let refused = world.client.get(url).send().await?;
    assert_eq!((refused.status().as_u16(), refused.headers().get("access-control-allow-origin")), (405, None));
    world.sandbox.configure(|config| config.api_cors = Some(Cors { preflight: 401, ..Cors::default() }));
    assert_eq!(world.client.request(Method::OPTIONS, url).send().await?.status(), 401);
    let refused = world.client.get(url).send().await?;
    assert_eq!(refused.headers()["access-control-expose-headers"], "retry-after, date");
    assert!(world.sandbox.ledger().bind_posts().is_empty(), "neither is a post");
    Ok(())
}
