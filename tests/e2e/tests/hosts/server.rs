//! Real web servers with the configurations of `hosting/`, instead of the sandbox's page host.

use std::{
    fs,
    net::{SocketAddr, TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use e2e::{Failure, Result, dist};
use sandbox::{Api, PAGE_HOST, Sandbox, SandboxConfig};
use tempfile::TempDir;

/// How long a server may take to start, on a machine that is busy.
const START: Duration = Duration::from_secs(20);
/// The names in the configurations (`scripts/hosting/site.mjs`).
const EXAMPLE_HOST: &str = "bind.shop.example";
const EXAMPLE_BIND_API: &str = "bind-api.internal.example";
const EXAMPLE_ROOT: &str = "/srv/liff-bind";
/// The log of visits, in the server's folder.
const VISITS: &str = "liff-visits.log";

/// A web server, set up as `docs/deployment.md` says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// nginx with its module for Brotli.
    Nginx,
    /// nginx without that module, and so without the one line that needs it.
    NginxWithoutBrotli,
    /// Caddy.
    Caddy,
    /// `./dev.sh live` in front of a bind API.
    Live,
    /// `./dev.sh live` with the bind API that it simulates.
    LiveAlone,
}

impl Kind {
    /// The host that it asks: the bind API, or LINE's.
    const fn asks(self) -> &'static str {
        match self {
            Self::Nginx | Self::NginxWithoutBrotli | Self::Caddy => EXAMPLE_BIND_API,
            Self::Live | Self::LiveAlone => "localhost",
        }
    }
}

/// How a server is set up.
pub struct SetUp {
    /// The kind of server.
    pub kind: Kind,
    /// The folder that it serves.
    pub root: PathBuf,
    /// The host whose certificate it trusts.
    pub trusts: &'static str,
}

impl SetUp {
    /// The release build in front of the real bind API.
    pub fn usual(kind: Kind) -> Result<Self> {
        Ok(Self { kind, root: dist()?.canonicalize()?, trusts: kind.asks() })
    }
}

/// A running web server, in front of a sandbox that simulates everything but the page's host.
pub struct Server {
    /// LINE, the bind API behind the server, and the browsers' way to the server.
    pub sandbox: Sandbox,
    /// The address that it listens at.
    pub address: SocketAddr,
    /// The API behind the server: the bind API, or LINE's.
    _behind: Api,
    process: Child,
    /// Configuration, certificates and logs; removed after the server has ended.
    folder: TempDir,
}

impl Server {
    /// Starts a server in the usual way.
    pub async fn start(kind: Kind) -> Result<Self> {
        Self::set_up(SetUp::usual(kind)?).await
    }

    /// Starts a server on a port of its own, and waits until it listens.
    pub async fn set_up(SetUp { kind, root, trusts }: SetUp) -> Result<Self> {
        let sandbox = Sandbox::start(SandboxConfig::new(dist()?)).await?;
        let behind = match kind {
            Kind::LiveAlone => sandbox.line_api(kind.asks()).await?,
            _ => sandbox.bind_api(kind.asks()).await?,
        };
        let address = free_port()?;
        let site = Site { folder: tempfile::tempdir()?, root, address, behind: behind.address };
        let own = sandbox.certificate(PAGE_HOST)?;
        fs::write(site.path("host.pem"), own.certificate)?;
        fs::write(site.path("host.key"), own.key)?;
        fs::write(site.path("bind-api.pem"), sandbox.certificate(trusts)?.certificate)?;

        let mut command = match kind {
            Kind::Nginx => site.nginx(true)?,
            Kind::NginxWithoutBrotli => site.nginx(false)?,
            Kind::Caddy => site.caddy()?,
            Kind::Live => site.live("--bind-api", "/v1/liff-bindings")?,
            Kind::LiveAlone => site.live("--line", "")?,
        };
        let heard = fs::File::create(site.path("output"))?;
        let process = command.stdin(Stdio::null()).stdout(heard.try_clone()?).stderr(heard).spawn()?;
        let mut server = Self { sandbox, address, _behind: behind, process, folder: site.folder };
        server.listens_at(address).await?;
        server.sandbox.configure(|config| config.web_server = Some(address));
        Ok(server)
    }

    async fn listens_at(&mut self, address: SocketAddr) -> Result {
        let deadline = Instant::now() + START;
        while TcpStream::connect(address).is_err() {
            if self.process.try_wait()?.is_some() || Instant::now() > deadline {
                return Err(Failure::new(format!("the server did not start: {}", self.output()?)));
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        Ok(())
    }

    /// Everything that the server has logged: nginx's requests and errors are in files, all other output is on the
    /// terminal.
    pub fn logged(&self) -> Result<String> {
        let log = |name| fs::read_to_string(self.folder.path().join(name)).unwrap_or_default();
        Ok(format!("{}{}{}", log("liff-bind.log"), log("liff-bind-error.log"), self.output()?))
    }

    /// The log of visits, by its path.
    pub fn visits(&self) -> PathBuf {
        self.folder.path().join(VISITS)
    }

    fn output(&self) -> Result<String> {
        Ok(fs::read_to_string(self.folder.path().join("output"))?)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.process.kill());
        drop(self.process.wait());
    }
}

/// The values that replace the examples.
struct Site {
    folder: TempDir,
    root: PathBuf,
    address: SocketAddr,
    behind: SocketAddr,
}

impl Site {
    fn path(&self, name: &str) -> String {
        self.folder.path().join(name).display().to_string()
    }

    fn nginx(&self, brotli: bool) -> Result<Command> {
        let port = self.address.port();
        let mut site = Text::shipped("nginx/liff-bind.conf")?
            .put(&format!("/etc/ssl/{EXAMPLE_HOST}.pem"), &self.path("host.pem"))?
            .put(&format!("/etc/ssl/{EXAMPLE_HOST}.key"), &self.path("host.key"))?
            .put("/etc/ssl/certs/ca-certificates.crt", &self.path("bind-api.pem"))?
            .put("/var/log/nginx/liff-bind.log", &self.path("liff-bind.log"))?
            .put("/var/log/nginx/liff-visits.log", &self.path(VISITS))?
            .put("/var/log/nginx/liff-bind-error.log", &self.path("liff-bind-error.log"))?
            .put("listen 443", &format!("listen 127.0.0.1:{port}"))?
            .put("    listen [::]:443 ssl http2;\n", "")?
            .put(&format!("server {EXAMPLE_BIND_API}:443"), &format!("server {}", self.behind))?
            .put(&format!("server_name {EXAMPLE_HOST}"), &format!("server_name {PAGE_HOST}"))?
            .put(&format!("root {EXAMPLE_ROOT}"), &format!("root \"{}\"", self.root.display()))?;
        if !brotli {
            site = site.put("    brotli_static on;\n", "")?;
        }
        fs::write(self.path("liff-bind.conf"), site.0)?;

        // The parts of a distribution's own `nginx.conf` around the site.
        let servers = servers();
        let module = servers.join("usr/lib/nginx/modules/ngx_http_brotli_static_module.so");
        let load = if brotli { format!("load_module \"{}\";\n", module.display()) } else { String::new() };
        let temporary: String = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
            .map(|name| format!("    {name}_temp_path {};\n", self.path(name)))
            .concat();
        // One process, so that no workers are left behind when it is killed.
        let main = format!(
            "{load}daemon off;\nmaster_process off;\npid {};\nevents {{}}\nhttp {{\n    include \"{}\";\n    default_type application/octet-stream;\n{temporary}    include liff-bind.conf;\n}}\n",
            self.path("nginx.pid"),
            servers.join("etc/nginx/mime.types").display(),
        );
        fs::write(self.path("nginx.conf"), main)?;
        let mut command = Command::new(servers.join("usr/sbin/nginx"));
        command.args(["-e", "stderr", "-p", &self.path(""), "-c", &self.path("nginx.conf")]);
        Ok(command)
    }

    fn caddy(&self) -> Result<Command> {
        let tls =
            format!("{PAGE_HOST} {{\n\tbind 127.0.0.1\n\ttls {} {}\n", self.path("host.pem"), self.path("host.key"));
        let trust = format!(
            "transport http {{\n\t\t\t\ttls_server_name {EXAMPLE_BIND_API}\n\t\t\t\ttls_trusted_ca_certs {}\n",
            self.path("bind-api.pem")
        );
        let site = Text::shipped("caddy/Caddyfile")?
            .put("/var/log/caddy/liff-visits.log", &self.path(VISITS))?
            .put(&format!("{EXAMPLE_HOST} {{\n"), &tls)?
            .put(&format!("root * {EXAMPLE_ROOT}"), &format!("root * \"{}\"", self.root.display()))?
            .put(
                &format!("reverse_proxy https://{EXAMPLE_BIND_API}"),
                &format!("reverse_proxy https://{}", self.behind),
            )?
            .put("transport http {\n", &trust)?;
        // Only its own port, and nothing of the machine's.
        let port = self.address.port();
        let globals =
            format!("{{\n\tadmin off\n\thttps_port {port}\n\tauto_https disable_redirects\n\tskip_install_trust\n}}\n");
        fs::write(self.path("Caddyfile"), format!("{globals}{}", site.0))?;
        let mut command = Command::new(servers().join("usr/bin/caddy"));
        command.args(["run", "--adapter", "caddyfile", "--config", &self.path("Caddyfile")]);
        command.env("HOME", self.folder.path()).env_remove("XDG_DATA_HOME").env_remove("XDG_CONFIG_HOME");
        Ok(command)
    }

    /// `option` names the API behind the server.
    fn live(&self, option: &str, path: &str) -> Result<Command> {
        let behind = format!("https://localhost:{}{path}", self.behind.port());
        let ports = [self.address.port().to_string(), free_port()?.port().to_string()];
        let mut command = Command::new("node");
        command.arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scripts/live.mjs"));
        command.args(["--dist".as_ref(), self.root.as_os_str()]);
        command.args(["--port", &ports[0], "--http-port", &ports[1], option, &behind]);
        command.args(["--cert", &self.path("host.pem"), "--key", &self.path("host.key")]);
        command.env("NODE_EXTRA_CA_CERTS", self.path("bind-api.pem"));
        Ok(command)
    }
}

/// A port of this machine that nobody uses.
fn free_port() -> Result<SocketAddr> {
    Ok(TcpListener::bind(("127.0.0.1", 0))?.local_addr()?)
}

/// A shipped configuration.
struct Text(String);

impl Text {
    fn shipped(name: &str) -> Result<Self> {
        let path = dist()?.join("../hosting").join(name);
        fs::read_to_string(&path).map(Self).map_err(|error| Failure::new(format!("{}: {error}", path.display())))
    }

    /// Replaces an example, which must be there.
    fn put(self, example: &str, own: &str) -> Result<Self> {
        if self.0.contains(example) {
            return Ok(Self(self.0.replace(example, own)));
        }
        Err(Failure::new(format!("the configuration has no {example:?}")))
    }
}

/// The folder in which `scripts/servers.sh` unpacks them.
fn servers() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/servers")
}
