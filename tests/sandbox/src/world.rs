//! The state that all hosts share.

use std::{
    io,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use serde_json::Value;

use crate::{
    bind::{self, Examples},
    clock::Clock,
    config::{LiffApp, LineUser, SandboxConfig},
    fault::Faults,
    ledger::Book,
    line::{self, SigningKey},
};

/// The state of one sandbox.
pub struct World {
    config: Mutex<Arc<SandboxConfig>>,
    pub clock: Clock,
    pub book: Book,
    pub faults: Faults,
    pub examples: Examples,
    pub line: line::Records,
    pub shop: bind::Records,
}

impl World {
    pub fn new(config: SandboxConfig) -> io::Result<Self> {
        Ok(Self {
            config: Mutex::new(Arc::new(config)),
            clock: Clock::default(),
            book: Book::default(),
            faults: Faults::default(),
            examples: Examples::load()?,
            line: line::Records::new()?,
            shop: bind::Records::default(),
        })
    }

    /// The configuration as it is now.
    pub fn config(&self) -> Arc<SandboxConfig> {
        Arc::clone(&lock(&self.config))
    }

    pub fn configure(&self, change: impl FnOnce(&mut SandboxConfig)) {
        change(Arc::make_mut(&mut lock(&self.config)));
    }

    /// Gives out an access token and notes it in the ledger.
    pub fn issue_access_token(&self, user: &LineUser, app: &LiffApp) -> String {
        let token = self.line.issue_access_token(user, app, self.clock.unix());
        self.book.access_token(&token);
        token
    }

    /// Signs an ID token and notes it in the ledger.
    pub fn issue_id_token(&self, key: &SigningKey, claims: &Value) -> io::Result<String> {
        let token = key.sign(claims)?;
        self.book.id_token(&token);
        Ok(token)
    }
}

/// Locks, even after a panic elsewhere: one failed test must not make others fail.
pub fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
