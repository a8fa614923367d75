//! A host's files, made ready to serve by the build: compressed, with the headers of `_headers`.

use std::{
    collections::HashMap,
    fs,
    hash::{DefaultHasher, Hash, Hasher},
    io,
    path::{Path, PathBuf},
};

use axum::{
    body::{Body, Bytes},
    http::{
        HeaderMap, HeaderName, HeaderValue, Response, StatusCode,
        header::{CONTENT_ENCODING, CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY},
    },
};
use sandbox::headers_for;

use crate::priority::Turn;

/// A folder in memory.
#[derive(Default)]
pub struct Site {
    files: HashMap<String, File>,
}

struct File {
    body: Bytes,
    tag: String,
    headers: HeaderMap,
}

impl Site {
    /// Reads a folder.
    ///
    /// # Errors
    /// When it can't be read, or has no `_headers`.
    pub fn load(folder: &Path) -> io::Result<Self> {
        let headers = fs::read_to_string(folder.join("_headers"))?;
        let mut site = Self::default();
        site.add(folder, "", &headers)?;
        Ok(site)
    }

    fn add(&mut self, folder: &Path, prefix: &str, headers: &str) -> io::Result<()> {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let (file, name) = (entry.path(), entry.file_name().to_string_lossy().into_owned());
            let path = format!("{prefix}/{name}");
            let for_hosts = name.starts_with('_') || matches!(name.rsplit('.').next(), Some("br" | "gz"));
            if entry.file_type()?.is_dir() {
                self.add(&file, &path, headers)?;
            } else if !for_hosts {
                self.files.insert(path.clone(), File::read(&file, &path, headers)?);
            }
        }
        Ok(())
    }

    /// The answer to a `GET` of a path; its body waits for its turn.
    pub fn answer(&self, path: &str, headers: &HeaderMap, turn: Turn) -> Response<Body> {
        let (status, body, fields) = match self.files.get(path) {
            None => (StatusCode::NOT_FOUND, Body::empty(), None),
            Some(file) if headers.get(IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == file.tag.as_bytes()) => {
                (StatusCode::NOT_MODIFIED, Body::empty(), Some(&file.headers))
            }
            Some(file) => (StatusCode::OK, turn.body(file.body.clone()), Some(&file.headers)),
        };
        let mut response = Response::new(body);
        *response.status_mut() = status;
        *response.headers_mut() = fields.cloned().unwrap_or_default();
        response
    }
}

impl File {
    /// Compressed, where the build found that to be smaller.
    fn read(file: &Path, path: &str, headers: &str) -> io::Result<Self> {
        let compressed = PathBuf::from(format!("{}.br", file.display()));
        let encoding = compressed.is_file().then_some((CONTENT_ENCODING, "br"));
        let body = fs::read(if encoding.is_some() { &compressed } else { file })?;
        let mut hash = DefaultHasher::new();
        body.hash(&mut hash);
        let tag = format!("\"{:x}\"", hash.finish());
        let own = [(CONTENT_TYPE, kind(path)), (VARY, "accept-encoding"), (ETAG, &tag)].into_iter().chain(encoding);
        let own = own.filter_map(|(name, value): (HeaderName, &str)| Some((name, HeaderValue::from_str(value).ok()?)));
        let headers = headers_for(headers, path).into_iter().chain(own).collect();
        Ok(Self { body: body.into(), tag, headers })
    }
}

fn kind(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "json" => "application/json",
        _ => "application/octet-stream",
    }
}
