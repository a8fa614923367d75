//! The path to which the page sends each visit, and the rules for its content (`docs/visits.md`).

use axum::{Router, http::StatusCode, routing::post};

use crate::{
    bind::Examples,
    fault::Route,
    ledger::{Ledger, RequestRecord},
    page::PAGE_HOST,
};

/// The path, as in the shipped configurations.
pub const VISITS_PATH: &str = "/v1/liff-visits";

/// The longest URL of a beacon, in bytes.
const LONGEST: usize = 400;

const OUTCOMES: [&str; 11] = [
    "bound",
    "already-bound",
    "confirm",
    "account",
    "open-in-line",
    "cancelled",
    "unlink",
    "unlinked",
    "not-linked",
    "failed",
    "left",
];
/// How far the visit came, and below it the browser that the page was open in.
const STAGES: [&str; 7] = ["page", "sdk", "app", "init", "token", "bind", "friend"];
const CLIENTS: [&str; 4] = ["liff", "line", "app", "browser"];
/// The codes of LINE's SDK and of its sign-in.
const LINE_CODES: [&str; 12] = [
    "INIT_FAILED",
    "INVALID_ARGUMENT",
    "INVALID_CONFIG",
    "INVALID_ID_TOKEN",
    "FORBIDDEN",
    "UNAUTHORIZED",
    "UNKNOWN",
    "invalid_grant",
    "invalid_request",
    "invalid_token",
    "not_found",
    "server_error",
];
/// The names of a browser's own errors.
const ERRORS: [&str; 6] = ["TypeError", "ReferenceError", "SyntaxError", "CompileError", "LinkError", "RuntimeError"];

/// Accepts every beacon, and keeps nothing.
pub fn router<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new().route(VISITS_PATH, post(StatusCode::NO_CONTENT))
}

/// A visit as the page reports it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visit {
    fields: Vec<(String, String)>,
}

impl Visit {
    /// Reads a beacon's URL, or its path and query.
    #[must_use]
    pub fn read(target: &str) -> Self {
        let query = target.split_once('?').map_or("", |(_, query)| query);
        let pairs = query.split('&').map(|pair| pair.split_once('=').unwrap_or((pair, "")));
        Self { fields: pairs.map(|(name, value)| (name.into(), value.into())).collect() }
    }

    /// A field's value; empty if it is missing.
    #[must_use]
    pub fn get(&self, name: &str) -> &str {
        self.fields.iter().find(|(own, _)| own == name).map_or("", |(_, value)| value)
    }

    /// The whole visit, as a URL's query.
    #[must_use]
    pub fn query(&self) -> String {
        self.fields.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("&")
    }

    /// The outcome in the form of a screen's name: `bound`, or with its failure `failed/offline`.
    #[must_use]
    pub fn screen(&self) -> String {
        match (self.get("outcome"), self.get("failure")) {
            (outcome, "") => outcome.into(),
            (outcome, failure) => format!("{outcome}/{failure}"),
        }
    }

    /// Lists how it departs from the contract.
    fn deviations(&self, codes: &[String]) -> Vec<String> {
        let word = |value: &str| value.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
        let dotted = |value: &str, longest| {
            value.len() <= longest && value.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
        };
        let liff_id = |value: &str| {
            value.split_once('-').is_some_and(|(channel, app)| {
                (1..=12).contains(&channel.len())
                    && channel.bytes().all(|byte| byte.is_ascii_digit())
                    && (1..=11).contains(&app.len())
                    && app.bytes().all(|byte| byte.is_ascii_alphanumeric())
            })
        };
        let failed = self.get("outcome") == "failed";
        let is_status = |value: &str| value.len() == 3 && value.bytes().all(|byte| byte.is_ascii_digit());
        let mut names: Vec<_> = self.fields.iter().map(|(name, _)| name.as_str()).collect();
        names.sort_unstable();
        let expected = ["client", "code", "failure", "liffId", "line", "ms", "os", "outcome", "page", "stage"];
        let sound = |name: &str, value: &str| match name {
            "outcome" => OUTCOMES.contains(&value),
            "failure" => value.is_empty() != failed && word(value),
            "stage" => STAGES.contains(&value),
            "code" => {
                value.is_empty()
                    || is_status(value)
                    || LINE_CODES.contains(&value)
                    || codes.iter().any(|code| code == value)
                    || (ERRORS.contains(&value) && self.get("stage") == "page")
            }
            "liffId" => value.is_empty() || liff_id(value),
            "os" => ["ios", "android", "web"].contains(&value),
            "line" => dotted(value, 12),
            "client" => value.is_empty() || CLIENTS.contains(&value),
            "ms" => !value.is_empty() && value.len() <= 9 && value.bytes().all(|byte| byte.is_ascii_digit()),
            "page" => !value.is_empty() && dotted(value, 12),
            _ => false,
        };
        let wrong = self.fields.iter().filter(|(name, value)| !sound(name, value));
        let wrong = wrong.map(|(name, value)| format!("{name}={value}"));
        wrong.chain((names != expected).then(|| format!("the fields {names:?}"))).collect()
    }
}

impl Ledger {
    /// The reported visits, in order.
    #[must_use]
    pub fn visits(&self) -> Vec<Visit> {
        self.of(&Route::Visits).map(|request| Visit::read(&request.target)).collect()
    }

    /// The faults of the reported visits, in words: departures from the contract, and more beacons than documents.
    #[must_use]
    pub fn untold(&self) -> Vec<String> {
        // Each example is named after its code.
        let code = |name: &str| name.to_uppercase().replace('-', "_");
        let codes: Vec<_> = Examples::load().iter().flat_map(Examples::names).map(code).collect();
        let mut wrong: Vec<String> =
            self.of(&Route::Visits).flat_map(|request| self.deviations(request, &codes)).collect();
        let (told, documents) = (self.of(&Route::Visits).count(), self.page_loads());
        if told > documents {
            wrong.push(format!("{told} visits were told, by {documents} documents"));
        }
        wrong
    }

    fn deviations(&self, request: &RequestRecord, codes: &[String]) -> Vec<String> {
        let url = format!("https://{PAGE_HOST}{}", request.target);
        let mut wrong = Visit::read(&request.target).deviations(codes);
        let secrets = self
            .bindings
            .iter()
            .flat_map(|binding| [&binding.sub, &binding.bind_token])
            .chain(&self.id_tokens)
            .chain(&self.access_tokens);
        for (holds, word) in [
            (request.method != "POST", "its method"),
            (!request.body.is_empty(), "its body"),
            (url.len() >= LONGEST, "its length"),
            (secrets.into_iter().any(|secret| url.contains(secret.as_str())), "a secret in it"),
        ] {
            wrong.extend(holds.then(|| word.to_owned()));
        }
        wrong.into_iter().map(|word| format!("{word}, in the beacon {url}")).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOLD: &str = "/v1/liff-visits?outcome=failed&failure=busy&stage=bind&code=RATE_LIMITED&os=ios&client=liff\
        &liffId=1656451635-z3yqZNO3&line=26.4.0&ms=812&page=0.1.0";

    #[test]
    fn what_keeps_to_the_contract_is_sound() {
        let visit = Visit::read(TOLD);
        assert_eq!(visit.deviations(&["RATE_LIMITED".into()]), [""; 0]);
        assert_eq!((visit.screen().as_str(), visit.get("stage"), visit.get("none")), ("failed/busy", "bind", ""));
    }

    #[test]
    fn what_departs_from_it_is_told() {
        for (from, to) in [
            ("outcome=failed", "outcome=lost"),
            ("failure=busy", "failure="),
            ("code=RATE_LIMITED", "code=Mei"),
            ("z3yqZNO3", "z3yqZNO3z3yqZNO3"),
            ("ms=812", "ms="),
            ("&page=0.1.0", ""),
            ("&page=0.1.0", "&page=0.1.0&user=U1"),
            ("os=ios", "os=ios&os=ios"),
        ] {
            let visit = Visit::read(&TOLD.replace(from, to));
            assert_ne!(visit.deviations(&["RATE_LIMITED".into()]), [""; 0], "{from} -> {to}");
        }
    }
}
