//! A client that takes answers as they are: no decoding, no redirects.

use std::time::Duration;

use e2e::{Result, provide_tls};
use reqwest::{Client, Method, Proxy, RequestBuilder, Response, redirect::Policy};
use sandbox::PAGE_HOST;

use crate::server::{Kind, Server};

/// A server, and a client that asks it.
pub struct Asker {
    pub server: Server,
    client: Client,
}

impl Asker {
    /// Starts the server.
    pub async fn of(kind: Kind) -> Result<Self> {
        Self::before(Server::start(kind).await?)
    }

    /// Makes a client for a running server.
    pub fn before(server: Server) -> Result<Self> {
        provide_tls();
        let client = Client::builder()
            .proxy(Proxy::all(format!("http://{}", server.sandbox.address()))?)
            .danger_accept_invalid_certs(true)
            .redirect(Policy::none())
            .timeout(Duration::from_secs(20))
            .build()?;
        Ok(Self { server, client })
    }

    /// A request for a path and query of the page's host.
    pub fn ask(&self, method: Method, target: &str) -> RequestBuilder {
        self.client.request(method, format!("https://{PAGE_HOST}{target}"))
    }

    /// The answer to a GET.
    pub async fn get(&self, target: &str) -> Result<Response> {
        Ok(self.ask(Method::GET, target).send().await?)
    }

    /// The answer to a GET that accepts these encodings.
    pub async fn get_encoded(&self, target: &str, accepted: &str) -> Result<Response> {
        Ok(self.ask(Method::GET, target).header("accept-encoding", accepted).send().await?)
    }
}

/// A header's value: empty if there is none, all of them if there are more.
pub fn header(response: &Response, name: &str) -> String {
    let values = response.headers().get_all(name).iter().map(|value| String::from_utf8_lossy(value.as_bytes()));
    values.collect::<Vec<_>>().join(" | ")
}
