//! Faults: deviations from a route's normal work.

use std::{
    collections::VecDeque,
    fmt::Display,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use axum::http::Method;
use serde_json::Value;

use crate::{
    bind::{BIND_PATH, elsewhere::API_HOST},
    page::PAGE_HOST,
    visits::VISITS_PATH,
};

/// An endpoint of the outside world: the unit in which it can be made to fail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// `GET api.line.me/oauth2/v2.1/verify`: is the access token good?
    Verify,
    /// `GET api.line.me/oauth2/v2.1/certs`: the keys of ID tokens.
    Certs,
    /// `GET api.line.me/liff/v2/apps/{liffId}/contextToken`.
    ContextToken,
    /// `GET api.line.me/liff/v2/apps/{liffId}/featureToken`.
    FeatureToken,
    /// `POST api.line.me/oauth2/v2.1/token`: exchanges a code for tokens.
    Token,
    /// `access.line.me/liff/v1/authorize`: the consent page.
    Authorize,
    /// `GET api.line.me/v2/profile`.
    Profile,
    /// `GET api.line.me/friendship/v1/status`.
    Friendship,
    /// `POST api.line.me/user/v1/deauthorize`, which the bind API asks. Any fault means that LINE is down.
    Deauthorize,
    /// `POST /v1/liff-bindings` on the page's host.
    Bind,
    /// `POST /v1/liff-visits` there: a beacon.
    Visits,
    /// A file of the page, by the start or the end of its name: `Page("boot".into())`, `Page(".wasm".into())`.
    Page(String),
}

impl Route {
    /// The route of a request; none for preflights and for hosts that only show a placeholder.
    pub(crate) fn of(host: &str, method: &Method, path: &str) -> Option<Self> {
        if method == Method::OPTIONS {
            return None;
        }
        match (host, path) {
            (PAGE_HOST, BIND_PATH) => Some(Self::Bind),
            (PAGE_HOST, VISITS_PATH) => Some(Self::Visits),
            (API_HOST, BIND_PATH) if method == Method::POST => Some(Self::Bind),
            (PAGE_HOST, _) => Some(Self::Page(path.rsplit('/').next().unwrap_or_default().to_owned())),
            ("access.line.me", "/liff/v1/authorize") => Some(Self::Authorize),
            ("api.line.me", "/oauth2/v2.1/verify") => Some(Self::Verify),
            ("api.line.me", "/oauth2/v2.1/certs") => Some(Self::Certs),
            ("api.line.me", "/oauth2/v2.1/token") => Some(Self::Token),
            ("api.line.me", "/v2/profile") => Some(Self::Profile),
            ("api.line.me", "/friendship/v1/status") => Some(Self::Friendship),
            ("api.line.me", _) if path.ends_with("/contextToken") => Some(Self::ContextToken),
            ("api.line.me", _) if path.ends_with("/featureToken") => Some(Self::FeatureToken),
            _ => None,
        }
    }

    /// Whether a fault set for `self` applies to a request to `asked`.
    fn covers(&self, asked: &Self) -> bool {
        match (self, asked) {
            (Self::Page(name), Self::Page(file)) => file.starts_with(name) || file.ends_with(name),
            _ => self == asked,
        }
    }
}

/// The fate of one request.
#[derive(Clone, Debug, PartialEq)]
pub enum Fault {
    /// No fault: the route works normally.
    None,
    /// The route works normally, after this time.
    Delay(Duration),
    /// The route works normally, and then this fault happens to the answer.
    AfterDuty(Box<Fault>),
    /// The route works normally, with this JSON merged into the answer (RFC 7396).
    Merge(Value),
    /// The right answer, with the second half of its body missing.
    CutOff,
    /// The right answer, with a body that stops half-way and never ends.
    Stall,
    /// Closes the connection without doing anything.
    Refuse,
    /// Never answers, and does nothing.
    Hang,
    /// This status and nothing else.
    Status(u16),
    /// This status, and this `Retry-After`.
    RetryAfter(u16, String),
    /// This status, and a `Retry-After` that is a date this many seconds from now.
    RetryAt(u16, i64),
    /// A file of `docs/bind-api/examples`, by its name without `.json`, with its own status.
    Example(String),
    /// Any body.
    Body {
        /// HTTP status.
        status: u16,
        /// `Content-Type`.
        content_type: String,
        /// The bytes.
        body: Vec<u8>,
    },
    /// The error page of a proxy in between: 502, HTML.
    Html,
    /// A 200 with an empty body.
    Empty,
    /// The same answer with another value of a header.
    Header(&'static str, &'static str),
    /// A redirect with this status to this place.
    Redirect(u16, String),
}

impl Fault {
    /// An example answer of the bind API, by file name without `.json`.
    pub fn example(name: impl Display) -> Self {
        Self::Example(name.to_string())
    }

    /// The route works normally, then closes the connection without an answer.
    #[must_use]
    pub fn no_answer() -> Self {
        Self::after_duty(Self::Refuse)
    }

    /// The route works normally, and then `fault` happens to the answer.
    #[must_use]
    pub fn after_duty(fault: Self) -> Self {
        Self::AfterDuty(Box::new(fault))
    }

    /// Any answer: `Fault::body(200, "text/html", "<h1>Welcome</h1>")`.
    pub fn body(status: u16, content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        Self::Body { status, content_type: content_type.into(), body: body.into() }
    }

    /// A JSON answer.
    #[must_use]
    pub fn json(status: u16, body: &Value) -> Self {
        Self::body(status, "application/json", body.to_string())
    }

    /// A redirect: `Fault::redirect(302, "/elsewhere")`.
    pub fn redirect(status: u16, to: impl Into<String>) -> Self {
        Self::Redirect(status, to.into())
    }

    /// `Retry-After` as text: `Fault::retry_after(429, 7)`.
    pub fn retry_after(status: u16, after: impl Display) -> Self {
        Self::RetryAfter(status, after.to_string())
    }

    /// An error in LINE's form (RFC 6749, 5.2): `Fault::line_error(400, "invalid_request", "access token expired")`.
    #[must_use]
    pub fn line_error(status: u16, error: &str, description: &str) -> Self {
        Self::json(status, &serde_json::json!({ "error": error, "error_description": description }))
    }
}

/// The faults that have been set, by route.
#[derive(Default)]
pub struct Faults(Mutex<Vec<Plan>>);

struct Plan {
    route: Route,
    /// For the next requests, one each.
    next: VecDeque<Fault>,
    /// For every request after those.
    then: Fault,
}

impl Faults {
    /// Replaces the faults of `route`: `next` for one request each, then `then` for ever.
    pub fn set(&self, route: Route, next: impl IntoIterator<Item = Fault>, then: Fault) {
        let mut plans = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        plans.retain(|plan| plan.route != route);
        plans.push(Plan { route, next: next.into_iter().collect(), then });
    }

    /// Forgets all faults.
    pub fn clear(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    /// Takes the fault for one request.
    pub fn take(&self, asked: &Route) -> Fault {
        let mut plans = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        plans
            .iter_mut()
            .find(|plan| plan.route.covers(asked))
            .map_or(Fault::None, |plan| plan.next.pop_front().unwrap_or_else(|| plan.then.clone()))
    }
}
