//! A client of the sandbox that needs no browser.

use std::{error::Error, sync::Once, time::Duration};

use reqwest::{Client, Proxy, RequestBuilder, Response, redirect::Policy};
use sandbox::{LineApp, Os, Sandbox, SandboxConfig};
use serde_json::{Value, json};

pub type Result<T = ()> = std::result::Result<T, Box<dyn Error>>;

/// The LIFF app for binding.
pub const LIFF_ID: &str = "1656451635-z3yqZNO3";

/// A sandbox, and a client that uses it as its proxy.
pub struct World {
    pub sandbox: Sandbox,
    pub client: Client,
}

impl World {
    pub async fn new() -> Result<Self> {
        static PROVIDER: Once = Once::new();
        PROVIDER.call_once(|| drop(tokio_rustls::rustls::crypto::ring::default_provider().install_default()));
        let sandbox = Sandbox::start(SandboxConfig::new(env!("CARGO_MANIFEST_DIR"))).await?;
        let client = Client::builder()
            .proxy(Proxy::all(format!("http://{}", sandbox.address()))?)
            .danger_accept_invalid_certs(true)
            .redirect(Policy::none())
            .timeout(Duration::from_secs(5))
            .build()?;
        Ok(Self { sandbox, client })
    }

    /// The ID token that LINE passes to the page when it opens as `line` says.
    pub fn id_token(&self, line: &LineApp) -> Result<String> {
        let url = self.sandbox.line_url(line)?;
        let token = url.split(['#', '&']).find_map(|part| part.strip_prefix("id_token="));
        Ok(token.ok_or("no ID token")?.to_owned())
    }

    /// A correct body: a fresh ID token, an unused bind token.
    pub fn body(&self) -> Result<Value> {
        self.body_of(&LineApp::new(Os::Ios))
    }

    /// A body with the ID token of `line` and an unused bind token.
    pub fn body_of(&self, line: &LineApp) -> Result<Value> {
        Ok(json!({
            "idToken": self.id_token(line)?, "liffId": LIFF_ID, "bindToken": self.sandbox.issue_bind_token(0), "consent": null,
            "client": {
                "os": "ios", "lineVersion": "26.4.0", "sdkVersion": "2.31.0", "language": "zh-Hant", "viewType": "compact",
                "inClient": true, "page": "0.1.0",
            },
        }))
    }

    /// Posts to the bind API, under one of ten keys.
    pub async fn post(&self, key: u8, body: &Value) -> Result<Response> {
        let key = format!("0b8f2f6e-7d1c-4f1e-9a55-2d3c4b5a697{key}");
        Ok(self.request(body).header("idempotency-key", key).send().await?)
    }

    /// Posts a check to the bind API, without a key.
    pub async fn check(&self, body: &Value) -> Result<Response> {
        Ok(self.request(body).send().await?)
    }

    fn request(&self, body: &Value) -> RequestBuilder {
        self.client
            .post("https://shop-bind.example/v1/liff-bindings")
            .header("accept", "application/json, application/problem+json")
            .header("accept-language", "zh-Hant")
            .json(body)
    }

    /// Posts, and returns the status with the `errorCode` or the binding's `status`.
    pub async fn bind(&self, key: u8, body: &Value) -> Result<(u16, String)> {
        let response = self.post(key, body).await?;
        let status = response.status().as_u16();
        let answer: Value = response.json().await?;
        let word = answer.get("errorCode").or_else(|| answer.pointer("/content/status"));
        Ok((status, word.and_then(Value::as_str).unwrap_or_default().to_owned()))
    }
}
