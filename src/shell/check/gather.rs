//! Everything that the doctor can see.

use super::wait::{both, pause, within};
use crate::{
    core::{
        Client, Device, IdToken, InitFailure, Launch, LiffErrorReport, LiffId, Opening, Text,
        check::{CheckReply, Context, Facts, Friendship, Headers, Init, OsVersion, TokenFacts, check_body},
        jws_payload,
    },
    liff,
    shell::{page, token},
};
use gloo_net::http::{Method, Request, RequestBuilder, Response};
use js_sys::{Date, JSON};
use leptos::tachys::dom::window;
use serde_json::Value;
use web_sys::{RequestCache, RequestRedirect, Storage};

/// How long each thing may take, in milliseconds.
const INIT_DEADLINE: u32 = 12_000;
const DEADLINE: u32 = 8_000;
/// The pauses between tries of `liff.init` where the network fails: iOS often fails the first after a cold start.
const PAUSES: [u32; 2] = [400, 800];
/// Under which `sessionStorage` keeps the LIFF ID that LINE opened: the URL after LINE's own reload does not tell it.
const OPENED: &str = "liff-check:opened";

/// Gathers them. It binds nothing, and touches the URL only after `liff.init` has settled.
pub(super) async fn facts(opening: &Opening, launch: &Launch) -> Facts {
    let device = Device::read(opening.user_agent, opening.touch);
    let in_client = liff::is_in_client().unwrap_or(false);
    let told = field("context_token").and_then(payload).map(|json| Context::read(&json));
    let opened = told.as_ref().and_then(|context| context.liff_id);
    let liff_id = opened.or_else(|| kept().filter(|_| in_client)).or_else(|| launch.liff_id(opening.default_liff_id));
    let fresh = token::fresh();
    let init = match liff_id {
        Some(liff_id) => {
            keep(liff_id);
            init(liff_id).await
        }
        None => Init::NotTried,
    };
    // A sign-in that came to nothing would come to nothing again.
    if init == Init::Done || launch.is_sign_in_return() {
        page::show_url(&launch.clean_url(None));
    }
    let signed_in = liff::is_logged_in().unwrap_or(false);
    let id_token = fresh.or_else(token::stored).filter(|_| signed_in);
    let context = context().or(told);
    let client = Client {
        os: device.os,
        line_version: device.line_version,
        sdk_version: liff::version().ok().flatten().map(|version| &*version.leak()),
        language: opening.language,
        view_type: context.as_ref().and_then(|context| context.view_type.clone()).map(|size| &*size.leak()),
        in_client,
    };
    let (origin, path) = place();
    let of_line = both(granted(signed_in), friendship(signed_in));
    let of_host = both(ask_api(liff_id, id_token, client), headers(path));
    let ((granted, friendship), (api, headers)) = both(of_line, of_host).await;
    Facts {
        origin,
        path,
        asked: launch.raw_liff_id(),
        liff_id,
        device,
        os_version: OsVersion::read(opening.user_agent),
        init,
        in_client,
        signed_in,
        context,
        granted,
        token: id_token.and_then(|token| claims(token, fresh.is_some())),
        friendship,
        api,
        headers,
        now: page::now(),
    }
}

/// Scheme and host, and the path.
fn place() -> (Text, Text) {
    let location = window().location();
    (location.origin().unwrap_or_default().leak(), location.pathname().unwrap_or_default().leak())
}

/// A field of the URL's fragment, where LINE puts what it hands over.
fn field(name: &str) -> Option<Text> {
    let (_, fragment) = page::href().split_once('#')?;
    fragment.split('&').find_map(|field| field.strip_prefix(name)?.strip_prefix('='))
}

/// What a JWT says, unverified.
fn payload(jwt: Text) -> Option<Value> {
    serde_json::from_str(&jws_payload(jwt)?).ok()
}

fn claims(token: IdToken, fresh: bool) -> Option<TokenFacts> {
    Some(TokenFacts::read(&payload(token.reveal())?, fresh))
}

fn session_storage() -> Option<Storage> {
    window().session_storage().ok().flatten()
}

fn kept() -> Option<LiffId> {
    LiffId::read(&session_storage()?.get_item(OPENED).ok()??)
}

fn keep(liff_id: LiffId) {
    if let Some(storage) = session_storage() {
        drop(storage.set_item(OPENED, liff_id.as_str()));
    }
}

async fn init(liff_id: LiffId) -> Init {
    let mut pauses = PAUSES.into_iter();
    loop {
        let outcome = match within(INIT_DEADLINE, liff::init(liff_id.as_str())).await {
            None => return Init::Silent,
            Some(Ok(())) => return Init::Done,
            Some(Err(error)) => LiffErrorReport {
                name: error.name.leak(),
                code: error.code.map(|code| &*code.leak()),
                message: error.message.leak(),
            },
        };
        match pauses.next() {
            Some(millis) if outcome.classify() == InitFailure::Network => pause(millis).await,
            _ => return Init::Failed(outcome),
        }
    }
}

/// What the SDK knows of the LIFF app.
fn context() -> Option<Context> {
    let context = liff::context().ok()??;
    let json = String::from(JSON::stringify(context.as_ref()).ok()?);
    Some(Context::read(&serde_json::from_str(&json).ok()?))
}

async fn granted(signed_in: bool) -> Option<Vec<String>> {
    if !signed_in {
        return None;
    }
    within(DEADLINE, liff::granted_scopes()).await?.ok()
}

async fn friendship(signed_in: bool) -> Friendship {
    if !signed_in {
        return Friendship::Unknown;
    }
    match within(DEADLINE, liff::friendship()).await {
        Some(Ok(friendship)) => friendship.is_friend().map_or(Friendship::Unknown, Friendship::Read),
        // LINE's words: "There is no login bot linked to this channel."
        Some(Err(error)) if error.message.contains("login bot") => Friendship::NoBot,
        _ => Friendship::Unknown,
    }
}

async fn ask_api(liff_id: Option<LiffId>, id_token: Option<IdToken>, client: Client) -> Option<CheckReply> {
    let body = check_body(liff_id?, id_token, &client);
    within(DEADLINE, post(body, client.language)).await?.ok()?
}

async fn post(body: String, language: Text) -> Result<Option<CheckReply>, gloo_net::Error> {
    let response = Request::post(page::meta("bind-api"))
        .header("Content-Type", "application/json")
        .header("Accept", "application/json, application/problem+json")
        .header("Accept-Language", language)
        .cache(RequestCache::NoStore)
        // A redirect could carry the token to another host.
        .redirect(RequestRedirect::Manual)
        .body(body)?
        .send()
        .await?;
    let date = response.headers().get("Date").map(|text| Date::parse(&text)).filter(|millis| millis.is_finite());
    let body = serde_json::from_str(&response.text().await?).unwrap_or_default();
    Ok(CheckReply::read(response.status(), date, &body))
}

/// The headers of the page's own path.
async fn headers(path: Text) -> Option<Headers> {
    let request = RequestBuilder::new(path).method(Method::HEAD).cache(RequestCache::NoStore).build().ok()?;
    let response: Response = within(DEADLINE, request.send()).await?.ok()?;
    let read = |name| response.headers().get(name).unwrap_or_default();
    Some(Headers {
        redirected: response.redirected(),
        status: response.status(),
        policy: read("Content-Security-Policy"),
        sniffing: read("X-Content-Type-Options"),
        caching: read("Cache-Control"),
    })
}
