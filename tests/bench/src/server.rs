//! The server: every host that the page needs, on one port, told apart by the server name in the TLS handshake.
//!
//! `--host-resolver-rules` sends the browser here. A proxy's `CONNECT` would cost a round trip that a phone does not
//! make.

use std::{
    collections::HashMap,
    io,
    net::SocketAddr,
    path::Path,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use axum::{
    body::Body,
    http::{Method, Request, Response},
};
use hyper::{body::Incoming, server::conn::http2, service::service_fn};
use hyper_util::rt::{TokioExecutor, TokioIo};
use sandbox::{PAGE_HOST, Sandbox};
use tokio::{
    io::{AsyncRead, AsyncWrite, duplex},
    net::{TcpListener, TcpStream},
    task::{JoinHandle, JoinSet},
    time::{Instant, sleep},
};
use tokio_rustls::{LazyConfigAcceptor, rustls::server::Acceptor};

use crate::{
    link::{Link, SEND_BUFFER},
    priority::{CHUNK, Order},
    site::Site,
};

/// How long LINE takes to answer. Preflights are answered at once.
const LINE_TAKES: Duration = Duration::from_millis(100);
/// How long the bind API takes.
pub const BIND_TAKES: Duration = Duration::from_millis(150);
/// LINE's hosts that the sandbox simulates.
const LINE_HOSTS: [&str; 2] = ["api.line.me", "access.line.me"];
/// LINE's hosts that are served from files.
const CDN_HOSTS: [&str; 2] = ["static.line-scdn.net", "liffsdk.line-scdn.net"];

/// A running server. It stops when it is dropped.
pub struct Server {
    address: SocketAddr,
    sandbox: Arc<Sandbox>,
    stage: Arc<Mutex<Stage>>,
    task: JoinHandle<()>,
}

/// The current visit and its connections.
struct Stage {
    play: Arc<Play>,
    connections: JoinSet<()>,
}

/// One visit.
struct Play {
    sandbox: Arc<Sandbox>,
    cdn: Arc<HashMap<&'static str, Site>>,
    site: Arc<Site>,
    link: Option<Arc<Link>>,
    log: Mutex<Vec<Exchange>>,
}

/// A request and its answer, by the server's clock.
#[derive(Clone, Debug)]
pub struct Exchange {
    /// Host and path.
    pub target: String,
    /// `GET`, `POST` or `OPTIONS`.
    pub method: Method,
    /// When the request arrived.
    pub arrived: Instant,
    /// When the answer began to leave.
    pub answered: Instant,
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Server {
    /// Starts on a free port. `cdn` has a folder for each of LINE's hosts that are served from files.
    pub async fn start(sandbox: Sandbox, cdn: &Path) -> io::Result<Self> {
        for host in LINE_HOSTS.iter().chain(&CDN_HOSTS).chain(&[PAGE_HOST]) {
            // Created once, before anything is measured.
            sandbox.tls(host)?;
        }
        let mut sites = HashMap::new();
        for host in CDN_HOSTS {
            sites.insert(host, Site::load(&cdn.join(host))?);
        }
        let sandbox = Arc::new(sandbox);
        let play = Play {
            sandbox: Arc::clone(&sandbox),
            cdn: Arc::new(sites),
            site: Arc::default(),
            link: None,
            log: Mutex::default(),
        };
        let stage = Arc::new(Mutex::new(Stage { play: Arc::new(play), connections: JoinSet::new() }));
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let address = listener.local_addr()?;
        let task = tokio::spawn(accept(listener, Arc::clone(&stage)));
        Ok(Self { address, sandbox, stage, task })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// LINE and the bind API.
    pub fn sandbox(&self) -> &Sandbox {
        &self.sandbox
    }

    /// Begins a visit: closes every connection, forgets every request.
    pub fn begin(&self, site: &Arc<Site>, link: Option<Arc<Link>>) {
        let mut stage = lock(&self.stage);
        stage.connections = JoinSet::new();
        let Play { sandbox, cdn, .. } = &*stage.play;
        let (sandbox, cdn) = (Arc::clone(sandbox), Arc::clone(cdn));
        stage.play = Arc::new(Play { sandbox, cdn, site: Arc::clone(site), link, log: Mutex::default() });
    }

    /// The requests of this visit that have been answered.
    pub fn log(&self) -> Vec<Exchange> {
        let play = Arc::clone(&lock(&self.stage).play);
        lock(&play.log).clone()
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn accept(listener: TcpListener, stage: Arc<Mutex<Stage>>) {
    loop {
        if let Ok((stream, _)) = listener.accept().await {
            let mut stage = lock(&stage);
            let play = Arc::clone(&stage.play);
            // A broken connection is the browser's concern.
            stage.connections.spawn(async move { drop(connection(stream, play).await) });
        }
    }
}

async fn connection(stream: TcpStream, play: Arc<Play>) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let Some(link) = play.link.clone() else {
        return talk(stream, play).await;
    };
    let (near, far) = duplex(SEND_BUFFER);
    tokio::try_join!(link.carry(stream, near), talk(far, play))?;
    Ok(())
}

async fn talk(stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static, play: Arc<Play>) -> io::Result<()> {
    let hello = LazyConfigAcceptor::new(Acceptor::default(), stream).await?;
    let name = hello.client_hello().server_name().unwrap_or_default().to_owned();
    let known = name == PAGE_HOST || LINE_HOSTS.contains(&name.as_str()) || CDN_HOSTS.contains(&name.as_str());
    if !known {
        return Err(io::ErrorKind::NotFound.into());
    }
    let config = Arc::clone(play.sandbox.tls(&name)?.config());
    let stream = hello.into_stream(config).await?;
    let order = Order::default();
    let service = service_fn(move |request| answer(name.clone(), request, order.clone(), Arc::clone(&play)));
    http2::Builder::new(TokioExecutor::new())
        .max_send_buf_size(CHUNK)
        .serve_connection(TokioIo::new(stream), service)
        .await
        .map_err(io::Error::other)
}

async fn answer(host: String, request: Request<Incoming>, order: Order, play: Arc<Play>) -> io::Result<Response<Body>> {
    let arrived = Instant::now();
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    let site = if host == PAGE_HOST { Some(&*play.site) } else { play.cdn.get(host.as_str()) };
    let response = match site {
        Some(site) if method == Method::GET => site.answer(&path, request.headers(), order.place(request.headers())),
        _ => {
            if LINE_HOSTS.contains(&host.as_str()) && method != Method::OPTIONS {
                sleep(LINE_TAKES).await;
            }
            play.sandbox.answer(&host, request).await?
        }
    };
    lock(&play.log).push(Exchange { target: host + &path, method, arrived, answered: Instant::now() });
    Ok(response)
}
