//! TLS for any host: one key, and a self-signed certificate for each name a browser asks for.

use std::{
    collections::HashMap,
    error::Error,
    io,
    sync::{Arc, Mutex},
};

use base64::{Engine, prelude::BASE64_STANDARD};
use rcgen::{CertificateParams, KeyPair, PublicKeyData};
use ring::digest::{SHA256, digest};
use tokio_rustls::{
    TlsAcceptor,
    rustls::{
        ServerConfig,
        crypto::ring::default_provider,
        pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer},
    },
};

use crate::world::lock;

/// The certificates of one sandbox. All have the same key, so a browser can be told to trust just that key.
pub struct Certificates {
    key: KeyPair,
    acceptors: Mutex<HashMap<String, TlsAcceptor>>,
}

impl Certificates {
    pub fn new() -> io::Result<Self> {
        Ok(Self { key: KeyPair::generate().map_err(io::Error::other)?, acceptors: Mutex::default() })
    }

    /// Base64 of the SHA-256 of the key's `SubjectPublicKeyInfo`, the form of Chromium's
    /// `--ignore-certificate-errors-spki-list`.
    pub fn key_fingerprint(&self) -> String {
        BASE64_STANDARD.encode(digest(&SHA256, &self.key.subject_public_key_info()))
    }

    /// What speaks TLS as `host`, with HTTP/2 and HTTP/1.1.
    pub fn acceptor(&self, host: &str) -> io::Result<TlsAcceptor> {
        if let Some(acceptor) = lock(&self.acceptors).get(host) {
            return Ok(acceptor.clone());
        }
        let acceptor = TlsAcceptor::from(Arc::new(self.server_config(host).map_err(io::Error::other)?));
        lock(&self.acceptors).insert(host.to_owned(), acceptor.clone());
        Ok(acceptor)
    }

    fn server_config(&self, host: &str) -> Result<ServerConfig, Box<dyn Error + Send + Sync>> {
        let certificate = CertificateParams::new([host.to_owned()])?.self_signed(&self.key)?;
        let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(self.key.serialize_der()));
        let mut config = ServerConfig::builder_with_provider(Arc::new(default_provider()))
            .with_safe_default_protocol_versions()?
            .with_no_client_auth()
            .with_single_cert(vec![certificate.der().clone()], key)?;
        config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        Ok(config)
    }
}
