//! The bind API behind the server: answers pass unchanged and in time, and nothing is requested twice.

use std::time::{Duration, Instant};

use e2e::Result;
use reqwest::{Method, Response, StatusCode};
use rstest::rstest;
use sandbox::{Fault, Route};

use crate::{
    client::{Asker, header},
    server::{Kind, Server, SetUp},
};

impl Asker {
    async fn post(&self, body: impl Into<String>) -> Result<Response> {
        let request = self.ask(Method::POST, "/v1/liff-bindings").header("content-type", "application/json");
        Ok(request.body(body.into()).send().await?)
    }
}

#[rstest]
#[tokio::test]
async fn answers_come_through_as_they_are(#[values(Kind::Nginx, Kind::Caddy, Kind::Live)] kind: Kind) -> Result {
    let asker = Asker::of(kind).await?;
    let sandbox = &asker.server.sandbox;
    // The page judges the phone's clock by the API's clock, not by the server's.
    sandbox.shift_clock(-86_400 * 365);
    for (fault, status, content_type, word) in [
        (Fault::None, 400, "application/problem+json", "INVALID_REQUEST_BODY"),
        (Fault::example("bind-token-expired"), 410, "application/problem+json", "BIND_TOKEN_EXPIRED"),
        (Fault::retry_after(429, 7), 429, "", ""),
        (Fault::Html, 502, "text/html", "502 Bad Gateway"),
        (Fault::Status(500), 500, "", ""),
    ] {
        sandbox.fail(Route::Bind, [fault]);
        let answer = asker.post("{}").await?;
        assert_eq!(answer.status(), status);
        assert_eq!(header(&answer, "content-type"), content_type);
        assert_eq!(header(&answer, "retry-after"), if status == 429 { "7" } else { "" });
        assert_eq!(header(&answer, "content-encoding"), "");
        let year = header(&answer, "date").get(12..16).unwrap_or_default().to_owned();
        let later = header(&asker.get("/liff-bind.html").await?, "date").get(12..16).unwrap_or_default().to_owned();
        assert!(!year.is_empty() && year < later, "{year} is not before {later}");
        assert!(answer.text().await?.contains(word), "{status}");
    }
    assert_eq!(sandbox.ledger().bind_posts().len(), 5);
    Ok(())
}

/// The server gives up an API that does not answer before the page does (10 s), and asks it once: it must not repeat a
/// POST.
#[rstest]
#[tokio::test]
async fn what_does_not_answer_is_given_up_in_time(
    #[values(Kind::Nginx, Kind::Caddy, Kind::Live)] kind: Kind,
) -> Result {
    let asker = Asker::of(kind).await?;
    let sandbox = &asker.server.sandbox;
    for (posts, (fault, least)) in [(Fault::Refuse, 0), (Fault::Hang, 5)].into_iter().enumerate() {
        sandbox.fail(Route::Bind, [fault]);
        let start = Instant::now();
        let answer = asker.post("{}").await?;
        let took = start.elapsed();
        assert!(
            [StatusCode::BAD_GATEWAY, StatusCode::GATEWAY_TIMEOUT].contains(&answer.status()),
            "{}",
            answer.status()
        );
        assert!(took > Duration::from_secs(least) && took < Duration::from_secs(9), "{took:?}");
        assert_eq!(sandbox.ledger().bind_posts().len(), posts + 1);
    }
    Ok(())
}

#[rstest]
#[tokio::test]
async fn bodies_have_a_limit(#[values(Kind::Nginx, Kind::Caddy)] kind: Kind) -> Result {
    let asker = Asker::of(kind).await?;
    assert_eq!(asker.post("x".repeat(60_000)).await?.status(), 400);
    let refused = asker.post("x".repeat(70_000)).await?.status();
    assert!(refused.is_client_error() || refused == StatusCode::BAD_GATEWAY, "{refused}");
    assert_eq!(asker.server.sandbox.ledger().bind_posts().len(), 1);
    Ok(())
}

/// ID tokens go only to the bind API itself, and to no other server in its place.
#[rstest]
#[tokio::test]
async fn only_the_bind_api_itself_is_asked(#[values(Kind::Nginx, Kind::Caddy, Kind::Live)] kind: Kind) -> Result {
    let server = Server::set_up(SetUp { trusts: "another.example", ..SetUp::usual(kind)? }).await?;
    let asker = Asker::before(server)?;
    assert_eq!(asker.post("{}").await?.status(), StatusCode::BAD_GATEWAY);
    assert!(asker.server.sandbox.ledger().requests.is_empty());
    Ok(())
}
