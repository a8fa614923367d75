//! TLS for any host: one key, and a self-signed certificate for each name that a browser asks for.

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
        pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer},
    },
};

use crate::world::lock;

/// The certificates of one sandbox. All have the same key, so a browser can be told to trust just that key.
pub struct Certificates {
    key: KeyPair,
    hosts: Mutex<HashMap<String, Identity>>,
}

/// A host's certificate, and its TLS settings.
#[derive(Clone)]
struct Identity {
    certificate: CertificateDer<'static>,
    acceptor: TlsAcceptor,
}

/// A certificate and its key in the form of files (RFC 7468).
pub struct Pem {
    /// The self-signed certificate.
    pub certificate: String,
    /// Its private key.
    pub key: String,
}

impl Certificates {
    pub fn new() -> io::Result<Self> {
        Ok(Self { key: KeyPair::generate().map_err(io::Error::other)?, hosts: Mutex::default() })
    }

    /// Base64 of the SHA-256 of the key's `SubjectPublicKeyInfo`, the form of Chromium's
    /// `--ignore-certificate-errors-spki-list`.
    pub fn key_fingerprint(&self) -> String {
        BASE64_STANDARD.encode(digest(&SHA256, &self.key.subject_public_key_info()))
    }

    /// Accepts TLS connections as `host`, with HTTP/2 and HTTP/1.1.
    pub fn acceptor(&self, host: &str) -> io::Result<TlsAcceptor> {
        Ok(self.identity(host)?.acceptor)
    }

    /// The same for a server outside the sandbox.
    pub fn pem(&self, host: &str) -> io::Result<Pem> {
        let certificate = pem("CERTIFICATE", &self.identity(host)?.certificate);
        Ok(Pem { certificate, key: pem("PRIVATE KEY", &self.key.serialize_der()) })
    }

    fn identity(&self, host: &str) -> io::Result<Identity> {
        if let Some(identity) = lock(&self.hosts).get(host) {
            return Ok(identity.clone());
        }
        let identity = self.new_identity(host).map_err(io::Error::other)?;
        Ok(lock(&self.hosts).entry(host.to_owned()).or_insert(identity).clone())
    }

    fn new_identity(&self, host: &str) -> Result<Identity, Box<dyn Error + Send + Sync>> {
        let certificate = CertificateParams::new([host.to_owned()])?.self_signed(&self.key)?.der().clone();
        let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(self.key.serialize_der()));
        let mut config = ServerConfig::builder_with_provider(Arc::new(default_provider()))
            .with_safe_default_protocol_versions()?
            .with_no_client_auth()
            .with_single_cert(vec![certificate.clone()], key)?;
        config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        Ok(Identity { certificate, acceptor: TlsAcceptor::from(Arc::new(config)) })
    }
}

fn pem(label: &str, der: &[u8]) -> String {
    let text = BASE64_STANDARD.encode(der);
    let lines: String = text.as_bytes().chunks(64).map(|line| String::from_utf8_lossy(line) + "\n").collect();
    format!("-----BEGIN {label}-----\n{lines}-----END {label}-----\n")
}
