//! A test's handle to the sandbox.

use std::{io, net::SocketAddr, sync::Arc};

use axum::{Router, body::Body, extract::Request, http::Response};
use hyper::body::Incoming;
use serde_json::{Value, json};
use tokio::{net::TcpListener, task::JoinHandle};
use tokio_rustls::TlsAcceptor;

use crate::{
    bind::{self, Attempt},
    certificates::{Certificates, Pem},
    config::{LiffApp, LineUser, SandboxConfig},
    fault::{Fault, Route},
    ledger::Ledger,
    line::{self, SigningKey, app, claims, context_token},
    page::PAGE_HOST,
    phone::{IdTokenPlan, LineApp, percent_encoded},
    proxy, random,
    scenario::Scenario,
    world::World,
};

/// A running sandbox. It stops when it is dropped.
pub struct Sandbox {
    address: SocketAddr,
    world: Arc<World>,
    certificates: Arc<Certificates>,
    server: JoinHandle<std::convert::Infallible>,
}

/// The bind API, or LINE's, on a port of its own. It stops when it is dropped.
pub struct Api {
    /// The address that it listens at.
    pub address: SocketAddr,
    server: JoinHandle<std::convert::Infallible>,
}

impl Drop for Api {
    fn drop(&mut self) {
        self.server.abort();
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        self.server.abort();
    }
}

impl Sandbox {
    /// Starts on a free port of this machine. Call it in a tokio runtime, which then does the work.
    ///
    /// # Errors
    /// When there is no port, no randomness, or the example files can't be read.
    pub async fn start(config: SandboxConfig) -> io::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let address = listener.local_addr()?;
        let world = Arc::new(World::new(config)?);
        let certificates = Arc::new(Certificates::new()?);
        let server = tokio::spawn(proxy::serve(listener, Arc::clone(&world), Arc::clone(&certificates)));
        Ok(Self { address, world, certificates, server })
    }

    /// The proxy's address, for a browser's settings.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The fingerprint of the key of every certificate, for Chromium's `--ignore-certificate-errors-spki-list`.
    #[must_use]
    pub fn key_fingerprint(&self) -> String {
        self.certificates.key_fingerprint()
    }

    /// The certificate of a host, for a server outside the sandbox.
    ///
    /// # Errors
    /// When the host's name is invalid.
    pub fn certificate(&self, host: &str) -> io::Result<Pem> {
        self.certificates.pem(host)
    }

    /// Starts the bind API on a port of its own, over TLS as `name`, as it stands behind a web server.
    ///
    /// # Errors
    /// When there is no port.
    pub async fn bind_api(&self, name: &str) -> io::Result<Api> {
        self.alone(name, (PAGE_HOST, bind::router(Arc::clone(&self.world)))).await
    }

    /// Starts LINE's API on a port of its own, over TLS as `name`, for a server that asks LINE.
    ///
    /// # Errors
    /// When there is no port.
    pub async fn line_api(&self, name: &str) -> io::Result<Api> {
        self.alone(name, ("api.line.me", line::api(Arc::clone(&self.world)))).await
    }

    async fn alone(&self, name: &str, host: (&'static str, Router)) -> io::Result<Api> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let address = listener.local_addr()?;
        let (world, certificates) = (Arc::clone(&self.world), Arc::clone(&self.certificates));
        Ok(Api { address, server: tokio::spawn(proxy::serve_alone(listener, host, name.into(), world, certificates)) })
    }

    /// The script that the LINE app runs before the page's scripts in its LIFF browser. The page's host inserts it by
    /// itself, unless another server has taken its place.
    #[must_use]
    pub fn line_app_script(&self) -> String {
        app::script(&self.world.config())
    }

    /// Answers a request to `host` as the proxy would, for a server that reaches the browser in a way of its own.
    ///
    /// # Errors
    /// When the host is not simulated here, or a fault breaks the connection.
    pub async fn answer(&self, host: &str, request: Request<Incoming>) -> io::Result<Response<Body>> {
        proxy::answer_as(host, request, &self.world).await
    }

    /// Accepts TLS connections as `host`, for such a server.
    ///
    /// # Errors
    /// When no certificate can be made for that name.
    pub fn tls(&self, host: &str) -> io::Result<TlsAcceptor> {
        self.certificates.acceptor(host)
    }

    /// All requests and bindings so far.
    #[must_use]
    pub fn ledger(&self) -> Ledger {
        self.world.book.snapshot()
    }

    /// Changes how LINE and the shop behave from now on.
    pub fn configure(&self, change: impl FnOnce(&mut SandboxConfig)) {
        self.world.configure(change);
    }

    /// Restores everything to the start, for somebody new: settings, faults and the clock. The ledger keeps what
    /// happened, and bindings stay.
    pub fn reset(&self) {
        self.world.configure(|config| *config = SandboxConfig::new(config.dist.clone()));
        self.world.faults.clear();
        self.world.clock.reset();
    }

    /// Moves the clock of LINE and of the shop's server by `seconds`; the browser keeps its own.
    pub fn shift_clock(&self, seconds: i64) {
        self.world.clock.shift(seconds);
    }

    /// Makes the next requests of a route fail, one fault each; after them the route works normally.
    pub fn fail(&self, route: Route, faults: impl IntoIterator<Item = Fault>) {
        self.fail_then(route, faults, Fault::None);
    }

    /// Makes the next requests of a route fail, one fault each, and all later ones with `then`.
    pub fn fail_then(&self, route: Route, next: impl IntoIterator<Item = Fault>, then: Fault) {
        self.world.faults.set(route, next, then);
    }

    /// Makes this many of the SDK's own requests to LINE fail. With its shortcuts the page asks LINE before the SDK
    /// does, and if that early request fails, the SDK asks by itself: then one more fails.
    pub fn fail_sdk(&self, route: Route, times: usize, fault: &Fault) {
        let early = usize::from(self.world.config().shortcuts);
        self.fail(route, vec![fault.clone(); early + times]);
    }

    /// Makes a route fail until this is changed.
    pub fn fail_always(&self, route: Route, fault: Fault) {
        self.world.faults.set(route, [], fault);
    }

    /// Makes every route work normally again.
    pub fn heal(&self) {
        self.world.faults.clear();
    }

    /// A bind token as the shop's website gives it out, `age` seconds old.
    #[must_use]
    pub fn issue_bind_token(&self, age: i64) -> String {
        self.world.shop.issue(self.world.clock.unix() - age)
    }

    /// Binds `user` by another link, some time before the test. The ledger does not list it.
    pub fn bind_before(&self, user: &LineUser) {
        let attempt = Attempt {
            key: String::new(),
            sub: user.id.clone(),
            liff_id: self.app(None).id,
            bind_token: Some(self.issue_bind_token(0)),
        };
        self.world.shop.bound(&attempt, &random::token("b_"), &self.world.clock.rfc3339());
    }

    /// Makes every access token worthless, as LINE does when a LIFF app is closed.
    pub fn revoke_access_tokens(&self) {
        self.world.line.revoke_access_tokens();
    }

    /// Simulates the LINE app when it opens a LIFF app: gives out its tokens, remembers the app's language, and returns
    /// the URL that its browser would open (the "primary redirect").
    ///
    /// # Errors
    /// When the system gives no random numbers.
    pub fn line_url(&self, line: &LineApp) -> io::Result<String> {
        let world = &self.world;
        world.configure(|config| config.app_language.clone_from(&line.language));
        let app = self.app(line.liff_id.as_deref());
        let user = line.user.clone().unwrap_or_else(|| world.config().user.clone());
        let now = world.clock.unix();

        let mark = if app.endpoint_url.contains('?') { '&' } else { '?' };
        let state = if line.extra.is_empty() {
            String::new()
        } else {
            format!("{mark}liff.state={}", percent_encoded(&line.extra))
        };
        let mut fragment = vec![
            (
                "context_token",
                context_token(&app, world.config().linked_bot, Some((&user, &line.chat, line.view_type.name()))),
            ),
            ("access_token", world.issue_access_token(&user, &app)),
            ("feature_token", random::token("f.")),
            ("client_id", app.channel_id().to_owned()),
            ("mst_challenge", random::token("")),
        ];
        if let Some(token) = self.id_token(&line.id_token, &user, &app, now)? {
            fragment.push(("id_token", token));
        }
        let fragment: Vec<String> = fragment.iter().map(|(name, value)| format!("{name}={value}")).collect();
        Ok(format!("{}{state}#{}", app.endpoint_url, fragment.join("&")))
    }

    /// The page's own URL, as somebody outside LINE opens it: `extra` comes after the LIFF ID, e.g. `&bindToken=abc`.
    #[must_use]
    pub fn browser_url(&self, extra: &str) -> String {
        format!("{}{extra}", self.app(None).endpoint_url)
    }

    /// Sets up a scenario and returns the URL to open.
    ///
    /// # Errors
    /// When the system gives no random numbers.
    pub fn play(&self, scenario: &Scenario) -> io::Result<String> {
        scenario.set_up(self)
    }

    /// Where the page sends its visits, from [`SandboxConfig::events`].
    #[must_use]
    pub fn events(&self) -> String {
        self.world.config().events.clone()
    }

    /// The configured user.
    #[must_use]
    pub fn user(&self) -> LineUser {
        self.world.config().user.clone()
    }

    /// A LIFF app by its ID; without one, the first.
    fn app(&self, id: Option<&str>) -> LiffApp {
        let config = self.world.config();
        let own = config.apps.iter().find(|app| id.is_none_or(|id| app.id == id));
        own.cloned().unwrap_or_else(|| LiffApp::new(id.unwrap_or_default(), crate::Module::NotSaved))
    }

    fn id_token(&self, plan: &IdTokenPlan, user: &LineUser, app: &LiffApp, now: i64) -> io::Result<Option<String>> {
        let own = &self.world.line.key;
        let fresh = json!(claims(user, app, now));
        let (key, claims) = match plan {
            IdTokenPlan::Absent => return Ok(None),
            IdTokenPlan::Fresh if !app.has_scope("openid") => return Ok(None),
            IdTokenPlan::Fresh => (own, fresh),
            IdTokenPlan::Expired => (own, json!(claims(user, app, now - 7200))),
            IdTokenPlan::WrongAudience => (own, with(fresh, &json!({ "aud": "2099999999" }))),
            IdTokenPlan::ForeignSignature => (&SigningKey::generate()?, fresh),
            IdTokenPlan::Claims(own_claims) => (own, with(fresh, own_claims)),
        };
        self.world.issue_id_token(key, &claims).map(Some)
    }
}

/// `claims`, with the members of `other` in place of its own.
fn with(mut claims: Value, other: &Value) -> Value {
    if let (Some(claims), Some(other)) = (claims.as_object_mut(), other.as_object()) {
        claims.extend(other.clone());
    }
    claims
}
