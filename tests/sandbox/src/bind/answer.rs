//! Answers of the bind API. Their bodies are the example files of `docs/bind-api`, so documents and sandbox agree.

use std::{collections::HashMap, fs, io, path::Path};

use axum::{
    Json,
    http::{
        HeaderValue, StatusCode,
        header::{CACHE_CONTROL, CONTENT_TYPE, RETRY_AFTER},
    },
    response::{IntoResponse, Response},
};
use serde_json::{Value, json};

/// One answer.
#[derive(Clone, Debug)]
pub struct Answer {
    /// HTTP status.
    pub status: StatusCode,
    /// The JSON.
    pub body: Value,
    /// `Retry-After`, in seconds.
    pub retry_after: Option<u32>,
}

impl Answer {
    /// The answer with the member at a JSON pointer (RFC 6901) replaced.
    #[must_use]
    pub fn with(mut self, pointer: &str, value: Value) -> Self {
        if let Some(member) = self.body.pointer_mut(pointer) {
            *member = value;
        }
        self
    }

    /// The same answer to a repeated request: 200 if the first was 201.
    #[must_use]
    pub fn repeated(mut self) -> Self {
        if self.status == StatusCode::CREATED {
            self.status = StatusCode::OK;
        }
        self
    }
}

impl From<Answer> for Response {
    fn from(answer: Answer) -> Self {
        let mut response = (answer.status, Json(answer.body)).into_response();
        let headers = response.headers_mut();
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if !answer.status.is_success() {
            // RFC 9457.
            headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        }
        if let Some(seconds) = answer.retry_after {
            headers.insert(RETRY_AFTER, seconds.into());
        }
        response
    }
}

/// The example files, by name without `.json`.
pub struct Examples(HashMap<String, Value>);

impl Examples {
    /// Reads `docs/bind-api/examples`.
    ///
    /// # Errors
    /// When the folder or a file can't be read, or a file is no JSON.
    pub fn load() -> io::Result<Self> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/bind-api/examples");
        let mut examples = HashMap::new();
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if let (Some("json"), Some(name)) =
                (path.extension().and_then(|e| e.to_str()), path.file_stem().and_then(|s| s.to_str()))
            {
                examples.insert(name.to_owned(), serde_json::from_str(&fs::read_to_string(&path)?)?);
            }
        }
        Ok(Self(examples))
    }

    /// The names.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// Whether the shop of the examples has its logo, its privacy text or its pages at `host`.
    #[must_use]
    pub fn mention(&self, host: &str) -> bool {
        let links = ["/content/returnUrl", "/content/shop/logoUrl", "/content/shop/privacyUrl", "/shop/logoUrl"];
        let start = format!("https://{host}/");
        self.0.values().any(|body| {
            links
                .iter()
                .any(|link| body.pointer(link).and_then(Value::as_str).is_some_and(|url| url.starts_with(&start)))
        })
    }

    /// The answer of a name: a success is 201 for `bound`, else 200; a problem has its own status.
    #[must_use]
    pub fn answer(&self, name: &str) -> Answer {
        let Some(body) = self.0.get(name).cloned() else {
            let body = json!({ "status": 500, "message": format!("no example named {name}") });
            return Answer { status: StatusCode::INTERNAL_SERVER_ERROR, body, retry_after: None };
        };
        let told = body.get("status").and_then(Value::as_u64).and_then(|status| u16::try_from(status).ok());
        let status = match (told, name) {
            (Some(status), _) => StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR),
            (None, "bound") => StatusCode::CREATED,
            (None, _) => StatusCode::OK,
        };
        let retry_after = matches!(name, "rate-limited" | "idempotency-in-progress").then_some(1);
        Answer { status, body, retry_after }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_problem_is_named_after_its_code() -> io::Result<()> {
        let examples = Examples::load()?;
        for name in examples.names() {
            let Answer { status, body, .. } = examples.answer(name);
            if let Some(code) = body.get("errorCode") {
                // `CONSENT_REQUIRED` has two questions.
                let own = name.strip_suffix("-to-unlink").unwrap_or(name);
                assert_eq!(code, &json!(own.to_uppercase().replace('-', "_")));
                assert!(!status.is_success(), "{name}");
            }
        }
        Ok(())
    }
}
