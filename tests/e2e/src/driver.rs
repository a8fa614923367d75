//! A browser under its `WebDriver` program, with a profile of its own. Dropping it removes everything.

use std::{
    fs,
    io::{Read, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use sandbox::Sandbox;
use serde_json::json;
use tempfile::TempDir;
use thirtyfour::{Capabilities, WebDriver};

use crate::{Failure, Result, Visitor};

/// How long a browser may take to start, on a machine that is busy.
const START: Duration = Duration::from_mins(1);

/// A browser engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// Debian's Chromium: Android, and the desktop.
    Chromium,
    /// `MiniBrowser` of `WebKitGTK`: the iPhone.
    WebKit,
}

impl Engine {
    /// For what no engine decides: the page's core, words, and what LINE or the bind API answers. Transport, storage,
    /// navigation, policy and layout are tested in both.
    pub const ONE: Self = Self::Chromium;
}

/// A running browser.
pub struct Driver {
    /// Its one session; taken when it is dropped.
    session: Option<WebDriver>,
    program: Program,
    /// Removed after the program has ended.
    _profile: TempDir,
}

impl Driver {
    pub async fn start(engine: Engine, visitor: &Visitor, sandbox: &Sandbox) -> Result<Self> {
        // The driver's client requires a crypto provider, though it never uses TLS.
        crate::provide_tls();
        match Self::try_to_start(engine, visitor, sandbox).await {
            // Another program may have taken the port meanwhile, perhaps the other engine's driver.
            Err(_) => Self::try_to_start(engine, visitor, sandbox).await,
            started => started,
        }
    }

    async fn try_to_start(engine: Engine, visitor: &Visitor, sandbox: &Sandbox) -> Result<Self> {
        let profile = tempfile::tempdir()?;
        let program = Program::start(engine, visitor, &profile).await?;
        let capabilities: Capabilities = match engine {
            Engine::Chromium => chromium(visitor, sandbox, profile.path())?,
            Engine::WebKit => webkit(visitor, sandbox),
        };
        let session = WebDriver::builder(format!("http://{}", program.address), capabilities)
            .request_timeout(START)
            .connect()
            .await?;
        Ok(Self { session: Some(session), program, _profile: profile })
    }

    /// The session.
    pub fn session(&self) -> Result<&WebDriver> {
        self.session.as_ref().ok_or_else(|| Failure::new("the browser has been closed"))
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // Ending the session ends the browser. `quit` needs an `await`; one plain request does the same here.
        if let Some(session) = self.session.take() {
            drop(self.program.request("DELETE", &format!("/session/{}", session.handle().session_id())));
            // Dropping it also ends the session, over a connection that this thread's runtime serves.
            thread::spawn(|| drop(session));
        }
    }
}

/// `chromedriver` or `WebKitWebDriver`.
struct Program {
    address: SocketAddr,
    process: Child,
}

impl Program {
    async fn start(engine: Engine, visitor: &Visitor, profile: &TempDir) -> Result<Self> {
        let address = TcpListener::bind(("127.0.0.1", 0))?.local_addr()?;
        let mut command = Command::new(match engine {
            Engine::Chromium => "chromedriver",
            Engine::WebKit => "WebKitWebDriver",
        });
        let locale = format!("{}.UTF-8", visitor.language.replace('-', "_"));
        let process = command
            .arg(format!("--port={}", address.port()))
            // WebKit takes its language from here, if the system has that locale; else it uses en-US.
            // Both browsers keep other files below HOME.
            .envs([("LANG", &locale), ("LC_ALL", &locale), ("LANGUAGE", &locale)])
            .env("HOME", profile.path())
            // The page plays no media, and a fresh HOME makes WebKit search for GStreamer's plugins at each start.
            .env("GST_PLUGIN_SYSTEM_PATH_1_0", "")
            // Less work for WebKit: no compilers whose code pays only after seconds.
            .envs([("JSC_useFTLJIT", "0"), ("JSC_useOMGJIT", "0")])
            // And no compositor: software would simulate the GPU for it.
            .envs((!visitor.draws).then_some(("WEBKIT_DISABLE_COMPOSITING_MODE", "1")))
            .env_remove("XDG_CACHE_HOME")
            .env_remove("XDG_CONFIG_HOME")
            .env_remove("XDG_DATA_HOME")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| Failure::new(format!("{engine:?}: {error}")))?;
        let program = Self { address, process };
        let deadline = Instant::now() + START;
        while program.request("GET", "/status").is_err() {
            if Instant::now() > deadline {
                return Err(Failure::new(format!("{engine:?}'s driver did not start within {START:?}")));
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        Ok(program)
    }

    /// One HTTP request without a body; waits for the answer.
    fn request(&self, method: &str, path: &str) -> std::io::Result<()> {
        let mut stream = TcpStream::connect_timeout(&self.address, Duration::from_secs(1))?;
        stream.set_read_timeout(Some(Duration::from_secs(10)))?;
        write!(
            stream,
            "{method} {path} HTTP/1.1\r\nHost: {}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
            self.address
        )?;
        stream.read_exact(&mut [0; 12])
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        drop(self.process.kill());
        drop(self.process.wait());
    }
}

/// Chromium's engine without its windows: the same version, and it starts with a third of the work.
const HEADLESS_SHELL: &str = "/usr/lib/chromium/chromium-headless-shell";

/// The headless shell, where it is installed. It needs a page to start with, and chromedriver passes on no argument
/// that is no switch, so a script of one line does.
fn chromium_binary(visitor: &Visitor, profile: &Path) -> Result<PathBuf> {
    if visitor.draws || !Path::new(HEADLESS_SHELL).exists() {
        return Ok("/usr/bin/chromium".into());
    }
    let script = profile.join("chromium");
    fs::write(&script, format!("#!/bin/sh\nexec {HEADLESS_SHELL} \"$@\" about:blank\n"))?;
    fs::set_permissions(&script, fs::Permissions::from_mode(0o755))?;
    Ok(script)
}

fn chromium(visitor: &Visitor, sandbox: &Sandbox, profile: &Path) -> Result<Capabilities> {
    let arguments = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-quic",
        // Fewer requests of the browser's own; the ledger knows the rest.
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        // A tenth less work: one process for all sites, as in Android's WebView, and no second compilation of the module.
        "--disable-site-isolation-trials",
        "--renderer-process-limit=1",
        "--js-flags=--no-wasm-tier-up",
        &format!("--proxy-server={}", sandbox.address()),
        // Trusted, not ignored: an ignored certificate disables the HTTP cache.
        &format!("--ignore-certificate-errors-spki-list={}", sandbox.key_fingerprint()),
        &format!("--user-data-dir={}", profile.display()),
        &format!("--user-agent={}", visitor.user_agent),
        &format!("--lang={}", visitor.language),
        &format!("--accept-lang={}", visitor.language),
    ];
    // Starts with an empty page: the distribution's own page makes requests.
    let preferences = json!({
        "session": { "restore_on_startup": 4, "startup_urls": ["about:blank"] },
        "signin": { "allowed": false, "allowed_on_next_startup": false },
    });
    let options = json!({ "binary": chromium_binary(visitor, profile)?, "args": arguments, "prefs": preferences });
    Ok(capabilities(json!({ "browserName": "chrome", "goog:chromeOptions": options })))
}

fn webkit(visitor: &Visitor, sandbox: &Sandbox) -> Capabilities {
    let arguments = [
        "--automation",
        // Without its tool bar, which is wider than a phone.
        "--full-screen",
        "--ignore-tls-errors",
        &format!("--proxy=http://{}", sandbox.address()),
        // It refuses two slashes in one product, as in the name of LINE's in-app browser: `Line/26.4.0/IAB`.
        &format!("--user-agent={}", visitor.user_agent.trim_end_matches("/IAB")),
    ];
    let binary = "/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser";
    capabilities(
        json!({ "browserName": "MiniBrowser", "webkitgtk:browserOptions": { "binary": binary, "args": arguments } }),
    )
}

/// Capabilities of both engines. Navigation does not wait, because some tests are about a page that hangs.
fn capabilities(own: serde_json::Value) -> Capabilities {
    let mut all = own;
    if let Some(members) = all.as_object_mut() {
        members.insert("acceptInsecureCerts".into(), true.into());
        members.insert("pageLoadStrategy".into(), "none".into());
        return Capabilities::from(members.clone());
    }
    Capabilities::new()
}
