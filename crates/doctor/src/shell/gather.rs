//! Everything that the doctor can see.

use super::{DEADLINE, bind_api::BindApi, within};
use crate::core::{Context, Facts, Friendship, Headers, Init, OsVersion, PAGE_PATH, Scopes, TokenFacts};
use futures_util::future::join4;
use gloo_net::http::Request;
use leptos::prelude::location;
use liff_bind::{
    core::{Client, Device, Fragment, Launch, LiffId, Opening},
    shell::{clock, json, line, page, storage, token},
};
use line_liff::Liff;
use web_sys::RequestCache;

/// How long `liff.init` may take, in milliseconds.
const INIT_DEADLINE: u32 = 12_000;
/// The key in `sessionStorage` of the LIFF ID that LINE opened: after LINE's own reload the URL doesn't tell it.
const OPENED: &str = "liff-doctor:opened";

/// Gathers the facts. It binds nothing, and gives the SDK the same address as the bind page does.
pub async fn facts(opening: &Opening, launch: &Launch, device: Device) -> Facts {
    let sdk = line::sdk();
    let in_client = sdk.is_in_client().unwrap_or(false);
    let handed_over = page::fragment_field("context_token").and_then(|jwt| Context::read(&token::claims(&jwt)?));
    let fresh = token::fresh();
    let is_fresh = fresh.is_some();
    let liff_id = handed_over
        .as_ref()
        .and_then(|context| context.liff_id.clone())
        .or_else(|| kept().filter(|_| in_client))
        .or_else(|| launch.liff_id(&opening.default_liff_id));
    let init = match &liff_id {
        Some(liff_id) => {
            keep(liff_id);
            page::show_url(&launch.for_init(), Fragment::Keep);
            init(&sdk, liff_id).await
        }
        None => Init::NotTried,
    };
    // A failed sign-in would fail again. Otherwise "check again" needs LINE's tokens.
    if init == Init::Done || launch.is_sign_in_return() {
        page::show_url(&launch.cleaned(None).shown_url(), Fragment::Drop);
    } else {
        page::show_url(&launch.shown_url(), Fragment::Keep);
    }
    let known = line::facts();
    let id_token = fresh.or_else(token::stored).filter(|_| known.logged_in);
    let token = id_token.as_ref().and_then(|token| TokenFacts::read(&token::claims(token.reveal())?, is_fresh));
    let is_stale = token.as_ref().is_some_and(|token| token.is_stale(in_client, launch, clock::now()));
    let signed_in = known.logged_in && !is_stale;
    let (id_token, token) = (id_token.filter(|_| signed_in), token.filter(|_| signed_in));
    let client = Client::new(&device, &opening.language, &known);
    let (origin, path) = (location().origin().unwrap_or_default(), location().pathname().unwrap_or_default());
    let api = BindApi { origin: &origin, key: &opening.spare_key, client: &client };
    let (granted, friendship, (api, barrier), headers) = join4(
        granted(&sdk, signed_in),
        friendship(&sdk, signed_in),
        api.check(liff_id.as_ref(), id_token.as_ref()),
        headers(),
    )
    .await;
    Facts {
        origin,
        path,
        asked: launch.raw_liff_id(),
        liff_id,
        default_liff_id: LiffId::read(&opening.default_liff_id),
        device,
        os_version: OsVersion::read(&opening.user_agent),
        init,
        in_client,
        signed_in,
        context: context(&sdk).or(handed_over),
        granted,
        token,
        friendship,
        api,
        barrier,
        headers,
        now: clock::now(),
    }
}

fn kept() -> Option<LiffId> {
    LiffId::read(&storage::session()?.get_item(OPENED).ok()??)
}

fn keep(liff_id: &LiffId) {
    if let Some(session) = storage::session() {
        drop(session.set_item(OPENED, liff_id.as_str()));
    }
}

async fn init(sdk: &Liff, liff_id: &LiffId) -> Init {
    let mut calls = 0;
    loop {
        let error = match within(INIT_DEADLINE, sdk.init(liff_id.as_str())).await {
            None => return Init::Silent,
            Some(Ok(())) => return Init::Done,
            Some(Err(error)) => line::report(&error),
        };
        calls += 1;
        match error.classify(false).pause(calls) {
            Some(pause) => clock::sleep(pause).await,
            None => return Init::Failed(error),
        }
    }
}

/// The LIFF app's context, as the SDK knows it.
fn context(sdk: &Liff) -> Option<Context> {
    let context = sdk.context().ok()??;
    Context::read(&json::read(context.as_ref()))
}

async fn granted(sdk: &Liff, signed_in: bool) -> Option<Scopes> {
    if !signed_in {
        return None;
    }
    let scopes = within(DEADLINE, sdk.granted_scopes()).await?.ok()?;
    Some(Scopes(scopes.iter().map(ToString::to_string).collect()))
}

async fn friendship(sdk: &Liff, signed_in: bool) -> Friendship {
    if !signed_in {
        return Friendship::Unknown;
    }
    match within(DEADLINE, sdk.friendship()).await {
        Some(Ok(friendship)) => friendship.is_friend().map_or(Friendship::Unknown, Friendship::Read),
        // LINE's words: "There is no login bot linked to this channel."
        Some(Err(error)) if error.message().contains("login bot") => Friendship::NoBot,
        _ => Friendship::Unknown,
    }
}

/// The headers of the page, requested as a browser requests a page: some hosts refuse HEAD. By its own path, not by
/// `location`, which a host that redirects has changed already.
async fn headers() -> Option<Headers> {
    let request = Request::get(PAGE_PATH).header("Accept", "text/html").cache(RequestCache::NoStore);
    let response = within(DEADLINE, request.send()).await?.ok()?;
    let read = |name| response.headers().get(name).unwrap_or_default();
    Some(Headers {
        redirected: response.redirected(),
        status: response.status(),
        policy: read("Content-Security-Policy"),
        sniffing: read("X-Content-Type-Options"),
        caching: read("Cache-Control"),
    })
}
