//! Unlinking, by the rules of `docs/bind-api`.

use sandbox::{Fault, LineApp, LineUser, Os, Route};
use serde_json::{Value, json};

use crate::common::{LIFF_ID, Result, World};

/// A body with the tokens that LINE passes to the page when it opens as `line` says.
fn body(world: &World, line: &LineApp, consent: &Value) -> Result<Value> {
    let url = world.sandbox.line_url(line)?;
    let token = |name: &str| url.split(['#', '&']).find_map(|part| part.strip_prefix(name)).map(str::to_owned);
    let client = world.body()?["client"].clone();
    Ok(json!({
        "idToken": token("id_token="), "accessToken": token("access_token="), "liffId": LIFF_ID, "unlink": true,
        "consent": consent, "client": client,
    }))
}

fn agreed() -> Value {
    json!({ "version": "2026-01", "accepted": true })
}

/// A shop with one linked customer.
async fn linked() -> Result<World> {
    let world = World::new().await?;
    world.sandbox.bind_before(&world.sandbox.user());
    Ok(world)
}

fn word(status: u16, word: &str) -> (u16, String) {
    (status, word.to_owned())
}

#[tokio::test]
async fn it_ends_once_and_after_a_press() -> Result {
    let world = linked().await?;
    let line = LineApp::new(Os::Ios);
    assert_eq!(world.bind(1, &body(&world, &line, &Value::Null)?).await?, word(428, "CONSENT_REQUIRED"));
    let request = body(&world, &line, &agreed())?;
    assert_eq!(world.bind(1, &request).await?, word(200, "unlinked"));
    // A repeat, with LINE's tokens of another opening: the first ones are worthless now.
    assert_eq!(world.bind(1, &body(&world, &line, &Value::Null)?).await?, word(200, "unlinked"));
    // On another phone, whose tokens LINE has also withdrawn.
    let mut other = body(&world, &line, &agreed())?;
    other["accessToken"] = request["accessToken"].clone();
    assert_eq!(world.bind(2, &other).await?, word(200, "notLinked"));
    let ledger = world.sandbox.ledger();
    assert_eq!((ledger.unlinkings.len(), ledger.deauthorizations.as_slice()), (1, [true].as_slice()));
    Ok(())
}

#[tokio::test]
async fn nobody_else_can_end_it() -> Result {
    let world = linked().await?;
    let own = LineApp::new(Os::Ios);
    let other = LineApp { user: Some(LineUser::new("Tom")), ..own.clone() };
    assert_eq!(world.bind(1, &body(&world, &other, &agreed())?).await?, word(200, "notLinked"));
    let mut mixed = body(&world, &own, &agreed())?;
    mixed["accessToken"] = body(&world, &other, &agreed())?["accessToken"].clone();
    assert_eq!(world.bind(2, &mixed).await?, word(401, "ACCESS_TOKEN_INVALID"));
    for worthless in [Value::Null, json!("worthless")] {
        mixed["accessToken"] = worthless;
        assert_eq!(world.bind(3, &mixed).await?, word(401, "ACCESS_TOKEN_INVALID"));
    }
    mixed["idToken"] = json!("a.b.c");
    assert_eq!(world.bind(4, &mixed).await?, word(401, "ID_TOKEN_INVALID"));
    assert!(world.sandbox.ledger().unlinkings.is_empty());
    Ok(())
}

#[tokio::test]
async fn a_bind_and_its_end_have_keys_of_their_own() -> Result {
    let world = World::new().await?;
    let bind = world.body()?;
    assert_eq!(world.bind(1, &bind).await?, word(201, "bound"));
    let unlink = body(&world, &LineApp::new(Os::Ios), &agreed())?;
    assert_eq!(world.bind(1, &unlink).await?, word(422, "IDEMPOTENCY_KEY_REUSED"));
    assert_eq!(world.bind(2, &unlink).await?, word(200, "unlinked"));
    // What is stored for the first key no longer holds; and then what is stored for the second.
    assert_eq!(world.bind(1, &bind).await?, word(201, "bound"));
    let asks = body(&world, &LineApp::new(Os::Ios), &Value::Null)?;
    assert_eq!(world.bind(2, &asks).await?, word(428, "CONSENT_REQUIRED"));
    Ok(())
}

#[tokio::test]
async fn a_line_that_is_down_changes_nothing_of_it() -> Result {
    let world = linked().await?;
    world.sandbox.fail(Route::Deauthorize, [Fault::Status(503)]);
    let request = body(&world, &LineApp::new(Os::Ios), &agreed())?;
    let answer: Value = world.post(1, &request).await?.json().await?;
    assert_eq!(answer["content"]["status"], "unlinked");
    assert_eq!(answer["content"]["deauthorized"], false);
    assert_eq!(world.sandbox.ledger().deauthorizations, [false]);
    Ok(())
}

#[tokio::test]
async fn it_can_be_switched_off() -> Result {
    let world = linked().await?;
    world.sandbox.configure(|config| config.unlinks = false);
    let request = body(&world, &LineApp::new(Os::Ios), &agreed())?;
    assert_eq!(world.bind(1, &request).await?, word(403, "UNLINK_DISABLED"));
    Ok(())
}
