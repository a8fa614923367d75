//! The proxy: it accepts `CONNECT` to any host, ends TLS, and lets the simulated host answer the request.

use std::{
    convert::Infallible,
    future::{pending, ready},
    io, mem,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
};

use axum::{
    Router,
    body::{Body, Bytes, to_bytes},
    extract::Request,
    http::{
        HeaderValue, Response, StatusCode,
        header::{CONTENT_LENGTH, CONTENT_TYPE, DATE, LOCATION, RETRY_AFTER},
    },
    response::IntoResponse,
};
use http_body_util::BodyExt;
use hyper::{
    body::{Frame, Incoming},
    service::service_fn,
};
use hyper_util::{
    rt::{TokioExecutor, TokioIo},
    server::conn::auto,
};
use serde_json::{Map, Value};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt, copy_bidirectional},
    net::{TcpListener, TcpStream},
    task::JoinSet,
};
use tokio_rustls::server::TlsStream;
use tower::ServiceExt;
use url::Url;

use crate::{
    bind::elsewhere::{self, API_HOST},
    certificates::Certificates,
    fault::{Fault, Route},
    line,
    page::{self, PAGE_HOST},
    places,
    world::World,
};

/// The longest request body that is read, in bytes.
const BODY_LIMIT: usize = 1 << 20;
/// The longest head of a `CONNECT` that is read, in bytes.
const HEAD_LIMIT: usize = 8 << 10;
/// The answer to a `CONNECT`.
const ESTABLISHED: &[u8] = b"HTTP/1.1 200 Connection established\r\n\r\n";
/// The longest head of any other request, in bytes.
const LONGEST_HEAD: u32 = 1 << 20;

/// Serves until it is dropped; that also ends every connection.
pub async fn serve(listener: TcpListener, world: Arc<World>, certificates: Arc<Certificates>) -> Infallible {
    accept(listener, |stream| connection(stream, Arc::clone(&world), Arc::clone(&certificates))).await
}

async fn accept<W>(listener: TcpListener, work: impl Fn(TcpStream) -> W) -> Infallible
where
    W: Future<Output = io::Result<()>> + Send + 'static,
{
    let mut connections = JoinSet::new();
    loop {
        if let Ok((stream, _)) = listener.accept().await {
            // A broken connection is the browser's concern; its requests are in the ledger.
            let work = work(stream);
            connections.spawn(async move { drop(work.await) });
        }
        while connections.try_join_next().is_some() {}
    }
}

async fn connection(mut stream: TcpStream, world: Arc<World>, certificates: Arc<Certificates>) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let head = read_head(&mut stream).await?;
    let mut words = head.split_ascii_whitespace();
    let (Some(method), Some(authority)) = (words.next(), words.next()) else {
        return Err(io::ErrorKind::InvalidData.into());
    };
    if method != "CONNECT" {
        let host = Url::parse(authority).ok().and_then(|url| Some(url.host_str()?.to_owned()));
        world.book.foreign(host.as_deref().unwrap_or(authority), 403);
        return stream.write_all(b"HTTP/1.1 403 Only https\r\ncontent-length: 0\r\nconnection: close\r\n\r\n").await;
    }
    let host = authority.strip_suffix(":443").unwrap_or(authority).to_owned();
    if let Some(server) = world.config().web_server.filter(|_| host == PAGE_HOST) {
        let mut server = TcpStream::connect(server).await?;
        stream.write_all(ESTABLISHED).await?;
        return copy_bidirectional(&mut stream, &mut server).await.map(drop);
    }
    let Some(router) = host_router(&host, &world) else {
        world.book.foreign(&host, 502);
        return stream
            .write_all(b"HTTP/1.1 502 Not simulated here\r\ncontent-length: 0\r\nconnection: close\r\n\r\n")
            .await;
    };
    stream.write_all(ESTABLISHED).await?;
    let stream = certificates.acceptor(&host)?.accept(stream).await?;
    serve_host(stream, host, router, world).await
}

/// Serves only `host`, over TLS as `name`, until it is dropped.
pub async fn serve_alone(
    listener: TcpListener,
    (host, router): (&'static str, Router),
    name: String,
    world: Arc<World>,
    certificates: Arc<Certificates>,
) -> Infallible {
    accept(listener, |stream| {
        let (world, router, acceptor) = (Arc::clone(&world), router.clone(), certificates.acceptor(&name));
        async move { serve_host(acceptor?.accept(stream).await?, host.into(), router, world).await }
    })
    .await
}

/// Answers the requests of one connection.
async fn serve_host(stream: TlsStream<TcpStream>, host: String, router: Router, world: Arc<World>) -> io::Result<()> {
    let service = service_fn(move |request| answer(request, host.clone(), router.clone(), Arc::clone(&world)));
    let mut server = auto::Builder::new(TokioExecutor::new());
    // A long URL may open a page, and the test must see how the page copes with it.
    server.http1().max_buf_size(LONGEST_HEAD as usize).http2().max_header_list_size(LONGEST_HEAD);
    server.serve_connection(TokioIo::new(stream), service).await.map_err(io::Error::other)
}

/// Reads up to the empty line that ends a request's head. A browser sends nothing more before it has its answer.
async fn read_head(stream: &mut TcpStream) -> io::Result<String> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        if head.len() > HEAD_LIMIT {
            return Err(io::ErrorKind::InvalidData.into());
        }
        if stream.read_buf(&mut head).await? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
    }
    String::from_utf8(head).map_err(io::Error::other)
}

/// The simulation of a host.
fn host_router(host: &str, world: &Arc<World>) -> Option<Router> {
    let world = Arc::clone(world);
    match host {
        PAGE_HOST => Some(page::router(world)),
        API_HOST if world.config().api_cors.is_some() => Some(elsewhere::router(world)),
        "api.line.me" => Some(line::api(world)),
        "access.line.me" => Some(line::access(world)),
        "liff.line.me" | "line.me" => Some(places::router(host)),
        _ if world.examples.mention(host) => Some(places::router(host)),
        _ => None,
    }
}

/// The answer of a host; an error if it is not simulated here, which the ledger then shows.
pub async fn answer_as(host: &str, request: Request<Incoming>, world: &Arc<World>) -> io::Result<Response<Body>> {
    let Some(router) = host_router(host, world) else {
        world.book.foreign(host, 502);
        return Err(io::ErrorKind::NotFound.into());
    };
    answer(request, host.to_owned(), router, Arc::clone(world)).await
}

/// Notes a request, lets its fault happen, or else has it answered.
async fn answer(
    request: Request<Incoming>,
    host: String,
    router: Router,
    world: Arc<World>,
) -> io::Result<Response<Body>> {
    let (parts, body) = request.into_parts();
    let body = to_bytes(Body::new(body), BODY_LIMIT).await.map_err(io::Error::other)?;
    let number = world.book.request(&host, &parts.method, &parts.uri, &parts.headers, &body);
    let route = Route::of(&host, &parts.method, parts.uri.path());
    let fault = route.map_or(Fault::None, |route| world.faults.take(&route));

    let request = Request::from_parts(parts, Body::from(body));
    let duty = async { router.oneshot(request).await.unwrap_or_else(|never| match never {}) };
    let mut response = faulty(fault, Box::pin(duty), &world).await?;
    if host == "api.line.me" {
        line::cors(response.headers_mut());
    }
    if let Ok(date) = HeaderValue::from_str(&world.clock.http_date()) {
        response.headers_mut().insert(DATE, date);
    }
    world.book.answered(number, response.status().as_u16());
    Ok(response)
}

/// The normal work of a route.
type Duty<'d> = Pin<Box<dyn Future<Output = Response<Body>> + Send + 'd>>;

/// The answer of a route with a fault. An error closes the connection (HTTP/1.1) or the stream (HTTP/2).
async fn faulty(fault: Fault, duty: Duty<'_>, world: &World) -> io::Result<Response<Body>> {
    Ok(match fault {
        Fault::None => duty.await,
        Fault::Delay(time) => {
            tokio::time::sleep(time).await;
            duty.await
        }
        Fault::AfterDuty(fault) => {
            let done = duty.await;
            Box::pin(faulty(*fault, Box::pin(ready(done)), world)).await?
        }
        Fault::Merge(patch) => merged(duty.await, &patch).await?,
        Fault::Header(name, value) => {
            let mut response = duty.await;
            response.headers_mut().insert(name, HeaderValue::from_static(value));
            response
        }
        Fault::CutOff => half(duty.await, Rest::Broken).await?,
        Fault::Stall => half(duty.await, Rest::Never).await?,
        Fault::Refuse => return Err(broken()),
        Fault::Hang => pending().await,
        Fault::Status(status) => status_code(status).into_response(),
        Fault::RetryAfter(status, after) => (status_code(status), [(RETRY_AFTER, after)]).into_response(),
        Fault::RetryAt(status, seconds) => {
            (status_code(status), [(RETRY_AFTER, world.clock.http_date_in(seconds))]).into_response()
        }
        Fault::Example(name) => world.examples.answer(&name).into(),
        Fault::Body { status, content_type, body } => {
            (status_code(status), [(CONTENT_TYPE, content_type)], body).into_response()
        }
        Fault::Html => {
            let page = "<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>";
            (StatusCode::BAD_GATEWAY, [(CONTENT_TYPE, "text/html")], page).into_response()
        }
        Fault::Empty => StatusCode::OK.into_response(),
        Fault::Redirect(status, to) => (status_code(status), [(LOCATION, to)]).into_response(),
    })
}

async fn whole_body(body: Body) -> io::Result<Bytes> {
    Ok(body.collect().await.map_err(io::Error::other)?.to_bytes())
}

/// The same answer with `patch` merged into its JSON.
async fn merged(response: Response<Body>, patch: &Value) -> io::Result<Response<Body>> {
    let (mut parts, body) = response.into_parts();
    let mut json = serde_json::from_slice(&whole_body(body).await?)?;
    merge(&mut json, patch);
    parts.headers.remove(CONTENT_LENGTH);
    Ok(Response::from_parts(parts, Body::from(json.to_string())))
}

/// JSON Merge Patch (RFC 7396, 2).
fn merge(target: &mut Value, patch: &Value) {
    let Value::Object(patch) = patch else {
        target.clone_from(patch);
        return;
    };
    if !target.is_object() {
        *target = Value::Object(Map::new());
    }
    if let Value::Object(target) = target {
        for (name, value) in patch {
            if value.is_null() {
                target.remove(name);
            } else {
                merge(target.entry(name).or_insert(Value::Null), value);
            }
        }
    }
}

/// The fate of the second half of a body.
#[derive(Clone, Copy)]
enum Rest {
    /// The connection breaks.
    Broken,
    /// It never comes, and the connection stays.
    Never,
}

/// The same answer with half of its body.
async fn half(response: Response<Body>, rest: Rest) -> io::Result<Response<Body>> {
    let (mut parts, body) = response.into_parts();
    let whole = whole_body(body).await?;
    parts.headers.remove(CONTENT_LENGTH);
    let bytes = Some(whole.slice(..whole.len() / 2));
    Ok(Response::from_parts(parts, Body::new(Half { bytes, rest, sent: false })))
}

/// Half of a body. It has no declared length, or the server would take the bytes for the whole.
struct Half {
    bytes: Option<Bytes>,
    rest: Rest,
    /// Whether the server had its turn to send the bytes.
    sent: bool,
}

impl hyper::body::Body for Half {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        if let Some(bytes) = self.bytes.take() {
            return Poll::Ready(Some(Ok(Frame::data(bytes))));
        }
        let rest = self.rest;
        match rest {
            Rest::Never => Poll::Pending,
            Rest::Broken if mem::replace(&mut self.sent, true) => Poll::Ready(Some(Err(broken()))),
            Rest::Broken => {
                context.waker().wake_by_ref();
                Poll::Pending
            }
        }
    }
}

fn broken() -> io::Error {
    io::ErrorKind::ConnectionAborted.into()
}

fn status_code(status: u16) -> StatusCode {
    StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// Cases of RFC 7396, appendix A.
    #[test]
    fn merges_as_the_rfc_says() {
        for (mut target, patch, result) in [
            (json!({ "a": "b" }), json!({ "a": "c" }), json!({ "a": "c" })),
            (json!({ "a": "b", "b": "c" }), json!({ "a": null }), json!({ "b": "c" })),
            (json!({ "a": { "b": "c" } }), json!({ "a": { "b": "d", "c": null } }), json!({ "a": { "b": "d" } })),
            (json!({ "a": ["b"] }), json!({ "a": "c" }), json!({ "a": "c" })),
            (json!(["a"]), json!({ "a": { "bb": { "ccc": null } } }), json!({ "a": { "bb": {} } })),
        ] {
            merge(&mut target, &patch);
            assert_eq!(target, result);
        }
    }
}
