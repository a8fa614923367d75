//! An empty stand-in for `wasm-streams`, put in its place by `[patch.crates-io]`.
//!
//! `leptos` depends on `server_fn`, and that on `wasm-streams`, for server functions that stream. This page has no server
//! functions, but the JavaScript classes that `wasm-streams` exports survive link-time optimisation all the same: 6 KB
//! of the page's critical path (brotli). So here is what `server_fn` needs to compile. Its streams are empty: a future
//! use of streaming server functions has to remove this crate first.

use futures_util::stream::{self, Empty};
use wasm_bindgen::JsValue;

/// In the real crate, a web stream to read from.
#[derive(Debug)]
pub struct ReadableStream(web_sys::ReadableStream);

impl ReadableStream {
    /// Wraps a web stream.
    #[must_use]
    pub fn from_raw(raw: web_sys::ReadableStream) -> Self {
        Self(raw)
    }

    /// In the real crate, a web stream of what `stream` yields; here an errored one.
    #[must_use]
    pub fn from_stream<S>(_stream: S) -> Self {
        Self(JsValue::NULL.into())
    }

    /// The web stream.
    #[must_use]
    pub fn into_raw(self) -> web_sys::ReadableStream {
        self.0
    }

    /// In the real crate, the stream's chunks; here none.
    pub fn into_stream(self) -> Empty<Result<JsValue, JsValue>> {
        stream::empty()
    }
}
