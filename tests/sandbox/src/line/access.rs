//! `access.line.me`: the consent page of LINE Login, as `liff.login()` opens it (LIFF SDK 2.31.0 `login`).

use std::{collections::HashMap, sync::Arc};

use axum::{
    Router,
    extract::{Query, State},
    http::{StatusCode, header::LOCATION},
    response::{Html, IntoResponse, Response},
    routing::get,
};
use serde_json::json;
use url::Url;

use super::records::Code;
use crate::{
    config::{LiffApp, SignIn},
    world::World,
};

/// The one route.
pub fn router(world: Arc<World>) -> Router {
    Router::new().route("/liff/v1/authorize", get(authorize)).with_state(world)
}

async fn authorize(State(world): State<Arc<World>>, Query(query): Query<HashMap<String, String>>) -> Response {
    let field = |name: &str| query.get(name).map(String::as_str).unwrap_or_default();
    let config = world.config();
    let Some(app) = config.apps.iter().find(|app| app.id == field("app_id")) else {
        return bad_request("Invalid app_id.");
    };
    if field("response_type") != "code"
        || field("code_challenge_method") != "S256"
        || field("code_challenge").len() != 43
    {
        return bad_request("response_type, code_challenge_method or code_challenge is wrong.");
    }
    let asked = query.get("redirect_uri").filter(|_| config.sign_in != SignIn::AllowAtEndpoint);
    let redirect_uri = asked.unwrap_or(&app.endpoint_url);
    let Some(mut back) = under_endpoint(app, redirect_uri) else {
        return bad_request("Invalid redirect_uri value. Check if it is registered in a LINE developers site.");
    };
    let result = match config.sign_in {
        SignIn::Refuse => vec![
            ("error", "access_denied".to_owned()),
            ("error_description", "The resource owner denied the request.".to_owned()),
            ("liffOAuth2Error", "true".to_owned()),
        ],
        SignIn::Forget => Vec::new(),
        SignIn::Allow | SignIn::AllowByPage | SignIn::AllowAtEndpoint | SignIn::Ask => {
            let code = Code {
                user: config.user.clone(),
                app: app.clone(),
                redirect_uri: redirect_uri.clone(),
                challenge: field("code_challenge").to_owned(),
            };
            vec![("code", world.line.issue_code(code, world.clock.unix()))]
        }
    };
    back.query_pairs_mut()
        .extend_pairs(result)
        .append_pair("state", field("state"))
        .append_pair("liffClientId", app.channel_id())
        .append_pair("liffRedirectUri", redirect_uri);
    let page = |body: String| Html(format!("<!doctype html><title>LINE</title>{body}")).into_response();
    match config.sign_in {
        SignIn::AllowByPage => page(format!("<script>location.replace({})</script>", json!(back.as_str()))),
        SignIn::Ask => {
            let allow = back.as_str().replace('&', "&amp;");
            page(format!("<a data-action=\"allow\" href=\"{allow}\">Allow</a>"))
        }
        _ => (StatusCode::FOUND, [(LOCATION, back.as_str())]).into_response(),
    }
}

/// The redirect URI, if LINE would accept it: it must start with the endpoint URL's origin and path.
fn under_endpoint(app: &LiffApp, redirect_uri: &str) -> Option<Url> {
    let endpoint = Url::parse(&app.endpoint_url).ok()?;
    let uri = Url::parse(redirect_uri).ok()?;
    (uri.origin() == endpoint.origin() && uri.path().starts_with(endpoint.path())).then_some(uri)
}

/// LINE's own error page.
fn bad_request(reason: &str) -> Response {
    (StatusCode::BAD_REQUEST, Html(format!("<!doctype html><title>LINE</title><h1>400 Bad Request</h1><p>{reason}")))
        .into_response()
}
