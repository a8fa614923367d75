//! Sends the answers of one connection in the order that the browser asks for (RFC 9218), as nginx and large CDNs do.

use std::{
    collections::BTreeMap,
    io,
    pin::Pin,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    task::{Context, Poll, Waker},
};

use axum::{
    body::{Body, Bytes},
    http::HeaderMap,
};
use hyper::body::Frame;

/// Bytes that are handed to HTTP/2 at a time. They become a TLS record, together with an answer's headers if those come
/// first: about as long as nginx's with the shipped configuration (`scripts/hosting/site.mjs`).
pub const CHUNK: usize = 1361;
/// The urgency of a request that names none (RFC 9218, 4.1).
const DEFAULT_URGENCY: u8 = 3;

/// The answers that one connection still has to send, the most urgent first, and among equals the oldest.
#[derive(Clone, Default)]
pub struct Order(Arc<Mutex<Waiting>>);

#[derive(Default)]
struct Waiting {
    last: usize,
    /// Each with the task to wake, if one has asked already.
    answers: BTreeMap<Place, Option<Waker>>,
}

/// Urgency, and the number of the request.
type Place = (u8, usize);

impl Order {
    fn lock(&self) -> MutexGuard<'_, Waiting> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes a place for the answer to a request with these headers.
    pub fn place(&self, headers: &HeaderMap) -> Turn {
        let mut waiting = self.lock();
        waiting.last += 1;
        let place = (urgency(headers), waiting.last);
        waiting.answers.insert(place, None);
        Turn { order: self.clone(), place }
    }
}

/// A place in the order; dropping it gives it up.
pub struct Turn {
    order: Order,
    place: Place,
}

impl Turn {
    /// Sends `bytes` when it is its turn.
    pub fn body(self, bytes: Bytes) -> Body {
        Body::new(InTurn { bytes, turn: self })
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        let mut waiting = self.order.lock();
        waiting.answers.remove(&self.place);
        if let Some((_, waker)) = waiting.answers.iter_mut().next()
            && let Some(waker) = waker.take()
        {
            waker.wake();
        }
    }
}

struct InTurn {
    bytes: Bytes,
    turn: Turn,
}

impl hyper::body::Body for InTurn {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        let place = self.turn.place;
        let mut waiting = self.turn.order.lock();
        if waiting.answers.keys().next() != Some(&place) {
            waiting.answers.insert(place, Some(context.waker().clone()));
            return Poll::Pending;
        }
        drop(waiting);
        if self.bytes.is_empty() {
            return Poll::Ready(None);
        }
        let size = self.bytes.len().min(CHUNK);
        Poll::Ready(Some(Ok(Frame::data(self.bytes.split_to(size)))))
    }

    fn is_end_stream(&self) -> bool {
        self.bytes.is_empty()
    }
}

/// `u=` of the header `priority`.
fn urgency(headers: &HeaderMap) -> u8 {
    let field = headers.get("priority").and_then(|value| value.to_str().ok()).unwrap_or_default();
    let named = field.split(',').find_map(|part| part.trim().strip_prefix("u=")?.parse().ok());
    named.unwrap_or(DEFAULT_URGENCY)
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn headers(priority: &'static str) -> HeaderMap {
        [(axum::http::HeaderName::from_static("priority"), HeaderValue::from_static(priority))].into_iter().collect()
    }

    #[test]
    fn the_header_names_the_urgency() {
        assert_eq!(urgency(&headers("u=0, i")), 0);
        assert_eq!(urgency(&headers("i")), 3);
        assert_eq!(urgency(&HeaderMap::new()), 3);
    }

    #[test]
    fn the_most_urgent_comes_first_and_then_the_oldest() {
        let order = Order::default();
        let late = order.place(&headers("u=3"));
        let first = order.place(&headers("u=1"));
        let second = order.place(&headers("u=1"));
        let next = || order.lock().answers.keys().next().copied();
        assert_eq!(next(), Some(first.place));
        drop(first);
        assert_eq!(next(), Some(second.place));
        drop(second);
        assert_eq!(next(), Some(late.place));
    }
}
