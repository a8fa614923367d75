//! One visit: opens a page as LINE or a browser does, waits until it is bound, and records what happened.

use std::{
    io,
    sync::Arc,
    time::{Duration, Instant},
};

use sandbox::{Device, LineApp, LineUser, Os, Sandbox};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tokio::time::sleep;

use crate::{
    chromium::{Chromium, Event},
    link::Link,
    network::{Network, Way},
    server::{Exchange, Server},
    site::Site,
    tasks::{self, Tasks},
};

/// How much slower the page's main thread is made: about as slow as a phone of the lower middle class.
pub const CPU_SLOWDOWN: u32 = 4;
/// A page with a script and a WebAssembly module, opened first in each browser.
const WARM_UP: &str = "data:text/html,<p>1<script>WebAssembly.compile(new Uint8Array([0,97,115,109,1,0,0,0]))</script>";
/// How long a browser is left alone after its start.
const START: Duration = Duration::from_millis(500);
/// How long a visit may take.
const PATIENCE: Duration = Duration::from_secs(40);

/// How the page is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Visit {
    /// In LINE, for the first time, by the endpoint URL with the bind token.
    Cold,
    /// The same again, with another bind token: caches are filled, connections are closed.
    Warm,
    /// In LINE, for the first time, by the shop's link: the bind token is in `liff.state`, so the SDK loads the page twice.
    LiffState,
    /// In a browser outside LINE, for the first time, with LINE's sign-in and back. Buttons are pressed at once.
    SignIn,
    /// As `cold`, while the browser traces the main thread's tasks. Tracing is slow, so the times are not compared.
    Tasks,
}

/// The measurements of one visit. Times are in milliseconds since the navigation began.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Sample {
    pub page: String,
    pub visit: Visit,
    pub network: Network,
    pub way: Way,
    pub round: usize,
    /// When the frame with the word "bound" was finished.
    pub bound: f64,
    /// First contentful paint of the first document.
    pub paint: f64,
    /// Bytes that had reached the phone by then, with TLS and HTTP headers; on a link only.
    pub bytes: Option<u64>,
    /// Requests that had arrived before the post to the bind API, preflights too.
    pub requests: usize,
    /// The longest chain of requests that each waited for the one before, up to that post; on a link only.
    pub row: Option<usize>,
    /// Sum of layout shifts.
    pub shift: f64,
    /// Bytes of WebAssembly memory.
    pub memory: u64,
    /// The main thread's tasks, for [`Visit::Tasks`] only.
    pub tasks: Option<Tasks>,
    /// Processes that wanted to run on this machine, averaged over a minute.
    pub load: f64,
}

/// A page that can be visited.
pub struct Page {
    pub name: String,
    pub site: Arc<Site>,
}

/// A browser profile: its cache stays until it is closed.
pub struct Profile<'b> {
    chromium: Chromium,
    server: &'b Server,
}

impl<'b> Profile<'b> {
    /// A fresh one, in a browser of its own: in a private window Chromium ignores hints to connect ahead.
    pub async fn new(server: &'b Server) -> io::Result<Self> {
        let mut chromium = Chromium::start(server.address(), &server.sandbox().key_fingerprint())?;
        // Let the browser finish its own work at the start, which is not the page's.
        let blank = json!({ "url": WARM_UP });
        let target = chromium.command(None, "Target.createTarget", blank).await?;
        sleep(START).await;
        chromium.command(None, "Target.closeTarget", json!({ "targetId": target["targetId"] })).await?;
        Ok(Self { chromium, server })
    }

    /// Closes the browser and removes what it has kept.
    pub async fn close(self) -> io::Result<()> {
        self.chromium.close().await
    }

    /// Makes a visit.
    ///
    /// # Errors
    /// When the page does not bind, or breaks the bind API's contract.
    pub async fn visit(&mut self, page: &Page, visit: Visit, network: Network, way: Way) -> io::Result<Sample> {
        let link = (way == Way::Link).then(|| Arc::new(Link::new(network)));
        self.server.begin(&page.site, link.clone());
        let (url, token) = opening(self.server.sandbox(), visit)?;

        let target = self.open_tab(visit, network, way).await?;
        if visit == Visit::Tasks {
            tasks::start(&mut self.chromium).await?;
        }
        self.chromium.command(Some(&target.session), "Page.navigate", json!({ "url": url })).await?;
        let seen = self.watch(link.as_deref()).await.map_err(|error| self.explain(page, visit, &error))?;
        let tasks = if visit == Visit::Tasks { Some(tasks::finish(&mut self.chromium).await?) } else { None };
        self.chromium.command(None, "Target.closeTarget", json!({ "targetId": target.id })).await?;

        check(self.server.sandbox(), &token).map_err(|error| self.explain(page, visit, &error))?;
        let log = self.server.log();
        let before_post = before_post(&log);
        Ok(Sample {
            page: page.name.clone(),
            visit,
            network,
            way,
            round: 0,
            bound: seen.bound - seen.start,
            paint: seen.paint - seen.start,
            bytes: seen.bytes,
            requests: before_post.len().saturating_sub(1),
            row: link.map(|_| longest_row(&before_post, network.round_trip())),
            shift: seen.shift,
            memory: seen.memory,
            tasks,
            load: load(),
        })
    }

    async fn open_tab(&mut self, visit: Visit, network: Network, way: Way) -> io::Result<Tab> {
        let chromium = &mut self.chromium;
        let blank = json!({ "url": "about:blank" });
        let id = text(&chromium.command(None, "Target.createTarget", blank).await?["targetId"]);
        let attach = json!({ "targetId": id, "flatten": true });
        let session = text(&chromium.command(None, "Target.attachToTarget", attach).await?["sessionId"]);
        let in_line = visit != Visit::SignIn;
        let agent = if in_line { LineApp::new(Os::Android).user_agent() } else { Device::Phone.user_agent() };
        let script = format!("{}({})", include_str!("witness.js").trim(), json!({ "line": in_line }));
        let mut commands = vec![
            ("Page.enable", json!({})),
            ("Runtime.enable", json!({})),
            ("Runtime.addBinding", json!({ "name": "tellBench" })),
            ("Page.addScriptToEvaluateOnNewDocument", json!({ "source": script })),
            ("Emulation.setUserAgentOverride", json!({ "userAgent": agent, "acceptLanguage": "zh-TW" })),
            ("Emulation.setCPUThrottlingRate", json!({ "rate": CPU_SLOWDOWN })),
        ];
        if way == Way::Cdp && network != Network::None {
            commands.push(("Network.enable", json!({})));
            commands.push((
                "Network.emulateNetworkConditions",
                json!({
                    "offline": false,
                    "latency": network.round_trip().as_millis(),
                    "downloadThroughput": network.down(),
                    "uploadThroughput": network.up(),
                }),
            ));
        }
        for (method, parameters) in commands {
            chromium.command(Some(&session), method, parameters).await?;
        }
        Ok(Tab { id, session })
    }

    /// Listens to the page until everything is reported.
    async fn watch(&mut self, link: Option<&Link>) -> io::Result<Seen> {
        let deadline = Instant::now() + PATIENCE;
        let mut seen = Seen::default();
        let (mut start, mut paint) = (None, None);
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            let Event { method, parameters } = self.chromium.event(left).await?;
            if method != "Runtime.bindingCalled" {
                continue;
            }
            let told: Value = serde_json::from_str(parameters["payload"].as_str().unwrap_or_default())?;
            let number = |name: &str| told[name].as_f64();
            // Only those of the first document: a visit may have several.
            start = start.or(number("start"));
            paint = paint.or(number("paint"));
            if let Some(text) = told["failed"].as_str() {
                return Err(io::Error::other(format!("the page says: {text}")));
            }
            if let Some(bound) = number("bound") {
                seen.bound = bound;
                seen.bytes = link.map(Link::bytes_down);
            }
            if let (Some(shift), Some(memory)) = (number("shift"), told["memory"].as_u64()) {
                seen.start = start.unwrap_or_default();
                seen.paint = paint.unwrap_or_default();
                return Ok(Seen { shift, memory, ..seen });
            }
        }
    }

    fn explain(&self, page: &Page, visit: Visit, error: &io::Error) -> io::Error {
        let ledger = self.server.sandbox().ledger();
        let log = self.server.log();
        let log: Vec<String> =
            log.iter().map(|Exchange { method, target, .. }| format!("  {method} {target}")).collect();
        let log = log.join("\n");
        let (name, violations) = (&page.name, &ledger.violations);
        io::Error::other(format!(
            "{name}, {visit:?}: {error}\nBreaches: {violations:?}\nAsked:\n{log}\n{}",
            ledger.tail(10)
        ))
    }
}

struct Tab {
    id: String,
    session: String,
}

/// The page's reports; times since 1970.
#[derive(Default)]
struct Seen {
    start: f64,
    paint: f64,
    bound: f64,
    bytes: Option<u64>,
    shift: f64,
    memory: u64,
}

/// The URL for a new customer, and the bind token in it.
fn opening(sandbox: &Sandbox, visit: Visit) -> io::Result<(String, String)> {
    sandbox.configure(|config| config.user = LineUser::new("Mei"));
    let token = sandbox.issue_bind_token(74);
    let line = LineApp::new(Os::Android);
    let url = match visit {
        Visit::SignIn => sandbox.browser_url(&format!("&bindToken={token}")),
        Visit::LiffState => sandbox.line_url(&line.with_extra(format!("?bindToken={token}")))?,
        Visit::Cold | Visit::Warm | Visit::Tasks => {
            sandbox.line_url(&line)?.replacen('#', &format!("&bindToken={token}#"), 1)
        }
    };
    Ok((url, token))
}

/// Checks that this token was bound once, and that the contract was kept.
fn check(sandbox: &Sandbox, token: &str) -> io::Result<()> {
    let ledger = sandbox.ledger();
    let keys: Vec<usize> =
        ledger.bindings.iter().filter(|binding| binding.bind_token == token).map(|binding| binding.keys).collect();
    if keys != [1] || !ledger.violations.is_empty() {
        return Err(io::Error::other(format!("it was not bound once, but {keys:?}")));
    }
    Ok(())
}

/// The requests that had arrived up to the post to the bind API, which is the last.
fn before_post(log: &[Exchange]) -> Vec<Exchange> {
    let mut log = log.to_vec();
    log.sort_by_key(|exchange| exchange.arrived);
    let post = log.iter().position(|exchange| exchange.target.ends_with("/v1/liff-bindings"));
    log.truncate(post.map_or(0, |post| post + 1));
    log
}

/// The longest chain of requests in which each arrived at least a round trip after the answer to the one before had
/// left, and so may have waited for it. The last request is not counted.
fn longest_row(log: &[Exchange], round_trip: Duration) -> usize {
    let mut rows: Vec<usize> = Vec::new();
    for exchange in log {
        let waited = |earlier: &Exchange| earlier.answered + round_trip <= exchange.arrived;
        let longest = log.iter().zip(&rows).filter(|(earlier, _)| waited(earlier)).map(|(_, row)| *row).max();
        rows.push(longest.unwrap_or_default() + 1);
    }
    rows.last().map_or(0, |row| row - 1)
}

/// `/proc/loadavg`, where there is one.
fn load() -> f64 {
    let text = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    text.split(' ').next().and_then(|load| load.parse().ok()).unwrap_or_default()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use axum::http::Method;

    use super::*;

    #[test]
    fn a_row_counts_what_may_have_waited() {
        let start = tokio::time::Instant::now();
        let at = |millis| start + Duration::from_millis(millis);
        let exchange = |arrived, answered| Exchange {
            target: String::new(),
            method: Method::GET,
            arrived: at(arrived),
            answered: at(answered),
        };
        // A page, two files side by side, one file that did not wait, the post.
        let log = [exchange(0, 0), exchange(150, 150), exchange(155, 155), exchange(200, 200), exchange(400, 500)];
        assert_eq!(longest_row(&log, Duration::from_millis(150)), 2);
    }
}
