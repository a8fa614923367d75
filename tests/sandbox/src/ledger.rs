//! The requests to the outside world, and their effects.

use std::{
    fmt::{self, Display, Formatter},
    sync::Mutex,
    time::{Duration, Instant},
};

use axum::http::{HeaderMap, Method, Uri};
use serde_json::Value;

use crate::{fault::Route, line::app, page::PAGE_HOST, witness, world::lock};

/// Hosts that Chromium 156 asks by itself, whatever its flags are: time, updates, signed-in accounts, hints, forms.
const CHROMIUM_OWN: [&str; 5] = [
    "clients2.google.com",
    "update.googleapis.com",
    "accounts.google.com",
    "optimizationguide-pa.googleapis.com",
    "content-autofill.googleapis.com",
];

/// A snapshot of everything so far, oldest first.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    /// Every request that reached the proxy.
    pub requests: Vec<RequestRecord>,
    /// Every binding that was made.
    pub bindings: Vec<Binding>,
    /// Every binding that was ended.
    pub unlinkings: Vec<Unlinking>,
    /// Every time the bind API asked LINE to withdraw a permission, and whether LINE did.
    pub deauthorizations: Vec<bool>,
    /// Breaches of the bind API's contract, in words. A correct page leaves this empty.
    pub violations: Vec<String>,
    /// Every ID token that LINE gave out.
    pub id_tokens: Vec<String>,
    /// Every access token that LINE gave out.
    pub access_tokens: Vec<String>,
}

/// One request.
#[derive(Clone, Debug)]
pub struct RequestRecord {
    /// Time since the sandbox started.
    pub at: Duration,
    /// The host asked for.
    pub host: String,
    /// The method; `CONNECT` for refused requests: to a host that is not simulated here, or by plain HTTP.
    pub method: String,
    /// Path and query.
    pub target: String,
    /// All headers; names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body; empty when there was none.
    pub body: String,
    /// The route, when it has one.
    pub route: Option<Route>,
    /// The status of the answer; `None` while there is no answer, and for ever if the connection was closed instead.
    pub status: Option<u16>,
}

/// A LINE account linked to a visitor of the shop's website.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Binding {
    /// `b_...`.
    pub id: String,
    /// The LINE user ID.
    pub sub: String,
    /// The LIFF app it was made with.
    pub liff_id: String,
    /// The bind token: the website's reference for the visitor.
    pub bind_token: String,
    /// How many different `Idempotency-Key`s asked for it: how often a server that trusts only the key would have made
    /// it.
    pub keys: usize,
}

/// The end of a binding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unlinking {
    /// The ID of the binding.
    pub id: String,
    /// The LINE user ID.
    pub sub: String,
    /// Whether LINE has withdrawn the permission.
    pub deauthorized: bool,
}

impl RequestRecord {
    /// The value of a header; `name` in lower case.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    /// The body as JSON; `Value::Null` if it is none.
    #[must_use]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_default()
    }
}

impl Display for RequestRecord {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let Self { at, host, method, target, status, .. } = self;
        let target: String = target.chars().take(120).collect();
        write!(f, "{:>8.3}s {method} {host}{target} -> ", at.as_secs_f64())?;
        match status {
            Some(status) => write!(f, "{status}"),
            None => f.write_str("no answer"),
        }
    }
}

impl Ledger {
    /// Everything since an earlier snapshot.
    #[must_use]
    pub fn since(self, earlier: &Self) -> Self {
        fn newer<T>(mut all: Vec<T>, earlier: &[T]) -> Vec<T> {
            all.split_off(earlier.len().min(all.len()))
        }
        Self {
            requests: newer(self.requests, &earlier.requests),
            bindings: newer(self.bindings, &earlier.bindings),
            unlinkings: newer(self.unlinkings, &earlier.unlinkings),
            deauthorizations: newer(self.deauthorizations, &earlier.deauthorizations),
            violations: newer(self.violations, &earlier.violations),
            id_tokens: newer(self.id_tokens, &earlier.id_tokens),
            access_tokens: newer(self.access_tokens, &earlier.access_tokens),
        }
    }

    /// The requests of one route.
    pub fn of(&self, route: &Route) -> impl Iterator<Item = &RequestRecord> {
        self.requests.iter().filter(move |request| request.route.as_ref() == Some(route))
    }

    /// The requests to LINE's servers, without their preflights.
    #[must_use]
    pub fn asked_of_line(&self) -> Vec<&RequestRecord> {
        self.requests.iter().filter(|request| request.host == "api.line.me" && request.method != "OPTIONS").collect()
    }

    /// How many documents of the page's host have run. A browser that goes back may run one without a request for it,
    /// but then requests the script before the page's own.
    #[must_use]
    pub fn page_loads(&self) -> usize {
        self.requests.iter().filter(|request| request.target == witness::FIRST_SCRIPT).count()
    }

    /// The posts to the bind API.
    #[must_use]
    pub fn bind_posts(&self) -> Vec<&RequestRecord> {
        self.of(&Route::Bind).collect()
    }

    /// The native URLs that the page asked the LINE app for, such as `liff://close`. Known in Chromium only.
    #[must_use]
    pub fn line_calls(&self) -> Vec<&str> {
        let call = |request: &'_ RequestRecord| request.host == PAGE_HOST && request.target.starts_with(app::CALL);
        self.requests
            .iter()
            .filter(|request| call(request))
            .filter_map(|request| Some(request.target.split_once('?')?.1))
            .collect()
    }

    /// Violations of the page's `Content-Security-Policy`, as the browser reported them to the page's witness. A
    /// correct page leaves this empty.
    #[must_use]
    pub fn forbidden(&self) -> Vec<&str> {
        self.told(witness::FORBIDDEN)
    }

    /// The page's messages to the console, as far as a script of the test posted them.
    #[must_use]
    pub fn console(&self) -> Vec<&str> {
        self.told(witness::CONSOLE)
    }

    /// The bodies posted to a path of the page's host.
    fn told(&self, path: &str) -> Vec<&str> {
        let told = |request: &&RequestRecord| request.host == PAGE_HOST && request.target == path;
        self.requests.iter().filter(told).map(|request| request.body.as_str()).collect()
    }

    /// Requests to hosts outside the journey, without Chromium's own.
    #[must_use]
    pub fn foreign(&self) -> Vec<&RequestRecord> {
        let own = |request: &&RequestRecord| CHROMIUM_OWN.contains(&request.host.as_str());
        self.requests.iter().filter(|request| request.method == "CONNECT" && !own(request)).collect()
    }

    /// Requests that carry an ID token in their URL or in a header, or an access token anywhere but to LINE and in a
    /// request to unlink. There must be none.
    #[must_use]
    pub fn leaks(&self) -> Vec<&RequestRecord> {
        let has = |tokens: &[String], text: &str| tokens.iter().any(|token| text.contains(token.as_str()));
        let told = |tokens: &[String], request: &RequestRecord| {
            has(tokens, &request.target) || request.headers.iter().any(|(_, value)| has(tokens, value))
        };
        let unlinks = |request: &RequestRecord| request.json().get("unlink") == Some(&Value::Bool(true));
        let leaks = |request: &&RequestRecord| {
            let to_line = request.host == "api.line.me";
            let access = &self.access_tokens;
            told(&self.id_tokens, request)
                || !to_line && (told(access, request) || has(access, &request.body) && !unlinks(request))
        };
        self.requests.iter().filter(leaks).collect()
    }

    /// The last `count` requests, one a line, for messages.
    #[must_use]
    pub fn tail(&self, count: usize) -> String {
        let from = self.requests.len().saturating_sub(count);
        let lines: Vec<String> = self.requests.iter().skip(from).map(|request| format!("  {request}")).collect();
        lines.join("\n")
    }
}

/// The ledger being written.
pub struct Book {
    started: Instant,
    pages: Mutex<Ledger>,
}

impl Default for Book {
    fn default() -> Self {
        Self { started: Instant::now(), pages: Mutex::default() }
    }
}

impl Book {
    pub fn snapshot(&self) -> Ledger {
        lock(&self.pages).clone()
    }

    /// Notes a request, and returns its number, by which its answer is noted.
    pub fn request(&self, host: &str, method: &Method, uri: &Uri, headers: &HeaderMap, body: &[u8]) -> usize {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        self.push(RequestRecord {
            at: self.started.elapsed(),
            host: host.to_owned(),
            method: method.to_string(),
            target: uri.path_and_query().map_or_else(String::new, ToString::to_string),
            headers: headers.iter().map(|(name, value)| (name.to_string(), text(value.as_bytes()))).collect(),
            body: text(body),
            route: Route::of(host, method, uri.path()),
            status: None,
        })
    }

    /// Notes an attempt to reach a host that is not simulated.
    pub fn foreign(&self, host: &str, status: u16) {
        self.push(RequestRecord {
            at: self.started.elapsed(),
            host: host.to_owned(),
            method: "CONNECT".into(),
            target: String::new(),
            headers: Vec::new(),
            body: String::new(),
            route: None,
            status: Some(status),
        });
    }

    pub fn answered(&self, number: usize, status: u16) {
        if let Some(request) = lock(&self.pages).requests.get_mut(number) {
            request.status = Some(status);
        }
    }

    pub fn violation(&self, text: String) {
        lock(&self.pages).violations.push(text);
    }

    pub fn id_token(&self, token: &str) {
        lock(&self.pages).id_tokens.push(token.to_owned());
    }

    pub fn access_token(&self, token: &str) {
        lock(&self.pages).access_tokens.push(token.to_owned());
    }

    pub fn deauthorization(&self, withdrawn: bool) {
        lock(&self.pages).deauthorizations.push(withdrawn);
    }

    /// Notes the end of a binding.
    pub fn unlinked(&self, unlinking: Unlinking) {
        lock(&self.pages).unlinkings.push(unlinking);
    }

    /// Notes a new binding.
    pub fn bound(&self, binding: Binding) {
        lock(&self.pages).bindings.push(binding);
    }

    /// Notes that a further key asked for a binding.
    pub fn bound_again(&self, id: &str) {
        if let Some(binding) = lock(&self.pages).bindings.iter_mut().find(|binding| binding.id == id) {
            binding.keys += 1;
        }
    }

    fn push(&self, request: RequestRecord) -> usize {
        let mut pages = lock(&self.pages);
        pages.requests.push(request);
        pages.requests.len() - 1
    }
}
