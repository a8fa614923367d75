//! LINE's hosts through the proxy, with the requests of the LIFF SDK 2.31.0 and of a bind API.

use std::collections::HashMap;

use crate::common::{LIFF_ID, Result, World};
use sandbox::{LineApp, Os, SignIn};
use serde_json::{Value, json};

/// The example of RFC 7636, appendix B.
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
const PAGE: &str = "https://shop-bind.example/liff-bind.html?liffId=1656451635-z3yqZNO3";

/// Opens LINE's sign-in, and returns the status and the query of the redirect back.
async fn sign_in(world: &World, redirect_uri: &str) -> Result<(u16, HashMap<String, String>)> {
    let query = [
        ("app_id", LIFF_ID),
        ("state", "s"),
        ("response_type", "code"),
        ("code_challenge_method", "S256"),
        ("code_challenge", CHALLENGE),
        ("redirect_uri", redirect_uri),
    ];
    let response = world.client.get("https://access.line.me/liff/v1/authorize").query(&query).send().await?;
    let back = response.headers().get("location").and_then(|url| url.to_str().ok()).unwrap_or("https://none.example");
    let back = reqwest::Url::parse(back)?;
    Ok((response.status().as_u16(), back.query_pairs().into_owned().collect()))
}

async fn exchange(world: &World, code: &str, verifier: &str) -> Result<Value> {
    let form = [
        ("grant_type", "authorization_code"),
        ("client_id", "1656451635"),
        ("appId", LIFF_ID),
        ("code", code),
        ("code_verifier", verifier),
        ("redirect_uri", PAGE),
        ("id_token_key_type", "JWK"),
    ];
    Ok(world.client.post("https://api.line.me/oauth2/v2.1/token").form(&form).send().await?.json().await?)
}

#[tokio::test]
async fn signs_in_with_pkce() -> Result {
    let world = World::new().await?;
    let (status, back) = sign_in(&world, PAGE).await?;
    assert_eq!(status, 302);
    assert_eq!(back["liffClientId"], "1656451635");
    assert_eq!(back["liffRedirectUri"], PAGE);
    let tokens = exchange(&world, &back["code"], VERIFIER).await?;
    assert_eq!(tokens["expires_in"], 43200);
    let form = [("id_token", tokens["id_token"].as_str().unwrap_or_default()), ("client_id", "1656451635")];
    let verified = world.client.post("https://api.line.me/oauth2/v2.1/verify").form(&form).send().await?;
    assert_eq!(verified.json::<Value>().await?["sub"], json!(world.sandbox.user().id));
    assert_eq!(exchange(&world, &back["code"], VERIFIER).await?["error"], "invalid_grant");
    Ok(())
}

#[tokio::test]
async fn refuses_another_verifier() -> Result {
    let world = World::new().await?;
    let (_, back) = sign_in(&world, PAGE).await?;
    assert_eq!(exchange(&world, &back["code"], CHALLENGE).await?["error"], "invalid_grant");
    Ok(())
}

#[tokio::test]
async fn a_code_is_good_for_ten_minutes() -> Result {
    let world = World::new().await?;
    let (_, back) = sign_in(&world, PAGE).await?;
    world.sandbox.shift_clock(600);
    assert_eq!(exchange(&world, &back["code"], VERIFIER).await?["error"], "invalid_grant");
    Ok(())
}

#[tokio::test]
async fn sends_nobody_outside_the_endpoint() -> Result {
    let world = World::new().await?;
    assert_eq!(sign_in(&world, "https://shop-bind.example/other").await?.0, 400);
    assert_eq!(sign_in(&world, "https://evil.example/liff-bind.html").await?.0, 400);
    Ok(())
}

#[tokio::test]
async fn tells_a_refusal() -> Result {
    let world = World::new().await?;
    world.sandbox.configure(|config| config.sign_in = SignIn::Refuse);
    let (_, back) = sign_in(&world, PAGE).await?;
    assert_eq!(back["error"], "access_denied");
    assert_eq!(back["liffOAuth2Error"], "true");
    assert!(!back.contains_key("code"));
    Ok(())
}

#[tokio::test]
async fn may_forget_and_may_ask() -> Result {
    let world = World::new().await?;
    world.sandbox.configure(|config| config.sign_in = SignIn::Forget);
    let (status, back) = sign_in(&world, PAGE).await?;
    assert_eq!(status, 302);
    assert!(!back.contains_key("code") && !back.contains_key("error"));
    world.sandbox.configure(|config| config.sign_in = SignIn::Ask);
    assert_eq!(sign_in(&world, PAGE).await?.0, 200);
    Ok(())
}

#[tokio::test]
async fn words_its_refusals_of_id_tokens() -> Result {
    let world = World::new().await?;
    let token = world.id_token(&LineApp::new(Os::Ios))?;
    let verify = async |form: &[(&str, &str)]| -> Result<Value> {
        Ok(world.client.post("https://api.line.me/oauth2/v2.1/verify").form(form).send().await?.json().await?)
    };
    let ours = ("client_id", "1656451635");
    assert_eq!(verify(&[("id_token", "x"), ours]).await?["error_description"], "Invalid IdToken.");
    assert_eq!(
        verify(&[("id_token", &token), ("client_id", "2")]).await?["error_description"],
        "Invalid IdToken Audience."
    );
    let other = verify(&[("id_token", &token), ours, ("user_id", "U0")]).await?;
    assert_eq!(other["error_description"], "Invalid IdToken Subject Identifier.");
    world.sandbox.shift_clock(3600);
    assert_eq!(verify(&[("id_token", &token), ours]).await?["error_description"], "IdToken expired.");
    Ok(())
}

#[tokio::test]
async fn answers_preflights_to_any_page() -> Result {
    let world = World::new().await?;
    for path in ["/oauth2/v2.1/verify", "/oauth2/v2.1/certs", "/friendship/v1/status", "/v2/profile"] {
        let url = format!("https://api.line.me{path}");
        let response =
            world.client.request(reqwest::Method::OPTIONS, url).header("origin", "https://x.example").send().await?;
        assert_eq!(response.status(), 204);
        assert_eq!(response.headers()["access-control-allow-origin"], "*");
        assert_eq!(response.headers()["access-control-allow-headers"], "authorization, content-type, accept");
    }
    Ok(())
}

#[tokio::test]
async fn knows_no_revoked_access_token() -> Result {
    let world = World::new().await?;
    let url = world.sandbox.line_url(&LineApp::new(Os::Ios))?;
    let token = url.split(['#', '&']).find_map(|part| part.strip_prefix("access_token=")).unwrap_or_default();
    let verify = async || -> Result<Value> {
        let url = "https://api.line.me/oauth2/v2.1/verify";
        Ok(world.client.get(url).query(&[("access_token", token)]).send().await?.json().await?)
    };
    assert_eq!(verify().await?["client_id"], "1656451635");
    world.sandbox.revoke_access_tokens();
    assert_eq!(verify().await?["error"], "invalid_request");
    Ok(())
}
