//! The settings of a sandbox: the shop's LIFF apps, the person with the phone, and how LINE treats them.

use std::{net::SocketAddr, path::PathBuf, time::Duration};

use crate::{
    bind::{BIND_PATH, elsewhere::API_HOST},
    page::PAGE_HOST,
    random,
    visits::VISITS_PATH,
};

/// Everything a test can choose. Start from [`SandboxConfig::new`]; change it later with `Sandbox::configure`.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch that a test turns by itself")]
pub struct SandboxConfig {
    /// The folder that the page's host serves: the output of the release build.
    pub dist: PathBuf,
    /// Whether the page's host sends none of the headers that the build asks for, only `Content-Type`.
    pub bare_host: bool,
    /// The page's own switch, `<meta name="shortcuts">`, as a merchant may set it: on as built, or off.
    pub shortcuts: bool,
    /// Where the page sends its visits, `<meta name="events">`: by default a path that accepts them; empty if they are
    /// off.
    pub events: String,
    /// A web server that replaces the page's host: connections are passed on to it unchanged, and their requests are
    /// not in the ledger.
    pub web_server: Option<SocketAddr>,
    /// The LIFF apps that LINE knows. The first one is the shop's binding app.
    pub apps: Vec<LiffApp>,
    /// The person who is signed in to LINE.
    pub user: LineUser,
    /// Whether the user is a friend of the official account (and has not blocked it).
    pub friend: bool,
    /// Whether an official account is linked to the channel; if not, LINE refuses to report friendship.
    pub linked_bot: bool,
    /// The language of the LINE app, as LINE for iOS reports it to the page.
    pub app_language: String,
    /// Whether the LINE app offers its JavaScript bridge. Without it `liff.init` never settles (LIFF SDK 2.31.0 `init`).
    pub bridge: bool,
    /// JavaScript that runs before the page's own, to remove features of the browser or to overhear it. Often empty.
    pub first_script: String,
    /// The answer of LINE's consent page outside the LINE app.
    pub sign_in: SignIn,
    /// The version of the consent text that the shop requires before it binds; `None` if it requires none.
    pub consent: Option<String>,
    /// The fate of the shop's message after a binding, as the bind API reports it: `queued`, `replied`, `skipped`,
    /// `failed` or `awaitingReply`.
    pub message: String,
    /// Whether the shop lets people unlink.
    pub unlinks: bool,
    /// Whether LINE bills the shop's message after a binding, as the bind API reports it.
    pub messages_billed: bool,
    /// The host of the endpoint URL, as the bind API reports it.
    pub registered_host: String,
    /// The CORS headers of the bind API on an origin of its own; `None` if it is on the page's.
    pub api_cors: Option<Cors>,
    /// The requests that the page's host refuses, though it serves people the page.
    pub guard: Option<Guard>,
    /// Whether the host has "clean URLs": it redirects to the page's path without `.html`.
    pub clean_urls: bool,
    /// How long one binding takes the bind API. It goes on if the browser no longer waits.
    pub bind_takes: Duration,
}

impl SandboxConfig {
    /// The usual case: everything is set up right, and the user is a friend.
    pub fn new(dist: impl Into<PathBuf>) -> Self {
        Self {
            dist: dist.into(),
            bare_host: false,
            shortcuts: true,
            events: VISITS_PATH.into(),
            web_server: None,
            apps: vec![
                LiffApp::new("1656451635-z3yqZNO3", Module::Binding),
                LiffApp::new("1656451635-GameGame", Module::Game),
                LiffApp::new("2000000001-Unsaved1", Module::NotSaved),
            ],
            user: LineUser::new("Mei"),
            friend: true,
            linked_bot: true,
            app_language: "zh-Hant".into(),
            bridge: true,
            first_script: String::new(),
            sign_in: SignIn::Allow,
            consent: None,
            message: "queued".into(),
            unlinks: true,
            messages_billed: true,
            registered_host: PAGE_HOST.into(),
            api_cors: None,
            guard: None,
            clean_urls: false,
            bind_takes: Duration::ZERO,
        }
    }
}

/// A bind API on an origin of its own, and its answers to pages of other origins.
#[derive(Clone, Debug)]
pub struct Cors {
    /// Its URL as the deployment has written it into the page.
    pub setting: String,
    /// The status of its answer to a preflight.
    pub preflight: u16,
    /// `Access-Control-Allow-Origin`.
    pub origin: String,
    /// `Access-Control-Allow-Headers`.
    pub allow_headers: String,
    /// `Access-Control-Expose-Headers`.
    pub expose_headers: String,
    /// Whether errors have these headers too.
    pub on_errors: bool,
}

impl Default for Cors {
    /// As in the contract.
    fn default() -> Self {
        Self {
            setting: format!("https://{API_HOST}{BIND_PATH}"),
            preflight: 204,
            origin: format!("https://{PAGE_HOST}"),
            allow_headers: "content-type, idempotency-key".into(),
            expose_headers: "retry-after, date".into(),
            on_errors: true,
        }
    }
}

/// The requests that a host refuses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Guard {
    /// Requests with HEAD: 405.
    Head,
    /// Requests by a script, not by opening the page: 403.
    Scripts,
}

/// A LIFF app as LINE's console and the shop's own table have it.
#[derive(Clone, Debug)]
pub struct LiffApp {
    /// `<channel id>-<8 characters>`.
    pub id: String,
    /// The URL that LINE opens. It has the LIFF ID, as the merchant's set-up guide says.
    pub endpoint_url: String,
    /// The scopes ticked in the console.
    pub scopes: Vec<String>,
    /// Those of them that nobody has agreed to.
    pub not_granted: Vec<String>,
    /// Whether Scan QR is on.
    pub scan_qr: bool,
    /// Whether it is a MINI App's.
    pub is_mini_app: bool,
    /// Whether "Channel consent simplification" is on: people agree to `openid` only, and to the rest when it is needed.
    pub asks_late: bool,
    /// The shop's use of it.
    pub module: Module,
}

impl LiffApp {
    /// An app with the scopes of the set-up guide, at the page's host.
    #[must_use]
    pub fn new(id: &str, module: Module) -> Self {
        Self {
            id: id.into(),
            endpoint_url: format!("https://{PAGE_HOST}/liff-bind.html?liffId={id}"),
            scopes: ["openid", "profile", "chat_message.write"].map(String::from).into(),
            not_granted: Vec::new(),
            scan_qr: true,
            is_mini_app: false,
            asks_late: false,
            module,
        }
    }

    /// A MINI App, verified, opened by somebody new.
    #[must_use]
    pub fn mini_app(id: &str, module: Module) -> Self {
        let not_granted = ["profile", "chat_message.write"].map(String::from).into();
        Self { is_mini_app: true, asks_late: true, not_granted, ..Self::new(id, module) }
    }

    /// The LINE Login channel: the part of the ID before the dash.
    #[must_use]
    pub fn channel_id(&self) -> &str {
        self.id.split('-').next().unwrap_or_default()
    }

    /// The scopes that the user has agreed to, as LINE writes them.
    #[must_use]
    pub fn granted(&self) -> String {
        let granted = self.scopes.iter().filter(|scope| !self.not_granted.contains(scope));
        granted.cloned().collect::<Vec<_>>().join(" ")
    }

    /// Whether the user has agreed to a scope.
    #[must_use]
    pub fn grants(&self, scope: &str) -> bool {
        self.granted().split(' ').any(|own| own == scope)
    }

    /// Whether a scope is ticked in the console.
    #[must_use]
    pub fn has_scope(&self, scope: &str) -> bool {
        self.scopes.iter().any(|own| own == scope)
    }
}

/// The entry of a LIFF app in the shop's table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Module {
    /// For binding: the module that this project serves.
    Binding,
    /// For a game: binding with it is refused.
    Game,
    /// LINE knows it, the shop's table does not.
    NotSaved,
}

/// A person with a LINE account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineUser {
    /// The LINE user ID: `U` and 32 hexadecimal digits. The `sub` of the ID token.
    pub id: String,
    /// The display name.
    pub name: String,
}

impl LineUser {
    /// Somebody new.
    #[must_use]
    pub fn new(name: &str) -> Self {
        Self { id: format!("U{}", random::hex32()), name: name.into() }
    }
}

/// How `access.line.me` answers a sign-in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignIn {
    /// At once with a redirect (302), as to a person who has agreed before.
    Allow,
    /// With a page that leads back by script, so that `document.referrer` names LINE.
    AllowByPage,
    /// At once, but to the bare endpoint URL: LINE has dropped the redirect URI on the way.
    AllowAtEndpoint,
    /// The person taps "cancel": back with `error=access_denied`.
    Refuse,
    /// At once, but with neither a code nor an error: the person who signed in is not known afterwards.
    Forget,
    /// Only after the person has agreed on LINE's page, by the link on it.
    Ask,
}
