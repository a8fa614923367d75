//! The memory of the shop's server: the links it gave out, the bindings, the idempotency keys.

use std::{collections::HashMap, sync::Mutex};

use super::answer::Answer;
use crate::{random, world::lock};

/// A bind token lives 10 minutes (bind API, rule 5).
const BIND_TOKEN_SECONDS: i64 = 600;

/// The shop's memory.
#[derive(Default)]
pub struct Records(Mutex<Tables>);

#[derive(Default)]
struct Tables {
    tokens: HashMap<String, BindToken>,
    bindings: Vec<Bound>,
    keys: HashMap<String, Key>,
}

struct BindToken {
    /// Seconds since 1970.
    issued: i64,
    /// The LINE user who used it.
    used_by: Option<String>,
}

/// A binding as the server keeps it.
#[derive(Clone)]
pub struct Bound {
    pub id: String,
    /// RFC 3339.
    pub at: String,
    pub bind_token: String,
    sub: String,
    liff_id: String,
}

struct Key {
    attempt: Attempt,
    /// `None` while the work is running.
    answer: Option<Answer>,
}

/// One verified request to bind or to unlink.
#[derive(Clone, PartialEq, Eq)]
pub struct Attempt {
    /// `Idempotency-Key`.
    pub key: String,
    /// From the verified ID token.
    pub sub: String,
    pub liff_id: String,
    /// `None` to unlink.
    pub bind_token: Option<String>,
}

/// The state of an `Idempotency-Key`.
pub enum KeyState {
    New,
    Running,
    /// It belongs to another (sub, liffId, bindToken).
    Reused,
    Answered(Answer),
}

/// The state of a bind token.
pub enum TokenState {
    Unknown,
    Expired,
    UsedByAnother,
    /// Unused, or used before by the same person.
    Good,
}

impl Tables {
    /// A bind ends what is stored for this person's earlier unlinkings, and an unlinking what is stored for binds.
    fn forget_opposite(&mut self, attempt: &Attempt) {
        self.keys.retain(|_, Key { attempt: old, answer }| {
            let is_theirs = old.sub == attempt.sub && old.liff_id == attempt.liff_id;
            !is_theirs || answer.is_none() || old.bind_token.is_none() == attempt.bind_token.is_none()
        });
    }
}

impl Records {
    /// Gives out a bind token at `now`, seconds since 1970.
    pub fn issue(&self, now: i64) -> String {
        let token = random::token("");
        lock(&self.0).tokens.insert(token.clone(), BindToken { issued: now, used_by: None });
        token
    }

    pub fn key_state(&self, attempt: &Attempt) -> KeyState {
        match lock(&self.0).keys.get(&attempt.key) {
            None => KeyState::New,
            Some(key) if key.attempt != *attempt => KeyState::Reused,
            Some(Key { answer: None, .. }) => KeyState::Running,
            Some(Key { answer: Some(answer), .. }) => KeyState::Answered(answer.clone()),
        }
    }

    pub fn token_state(&self, bind_token: &str, sub: &str, now: i64) -> TokenState {
        match lock(&self.0).tokens.get(bind_token) {
            None => TokenState::Unknown,
            Some(token) => match &token.used_by {
                Some(user) if user == sub => TokenState::Good,
                Some(_) => TokenState::UsedByAnother,
                None if now >= token.issued + BIND_TOKEN_SECONDS => TokenState::Expired,
                None => TokenState::Good,
            },
        }
    }

    /// This person's binding with this shop, however it was made.
    pub fn binding_of(&self, attempt: &Attempt) -> Option<Bound> {
        let tables = lock(&self.0);
        tables.bindings.iter().find(|bound| bound.sub == attempt.sub && bound.liff_id == attempt.liff_id).cloned()
    }

    /// Takes the key and the bind token; false if another request took the key in the meantime.
    pub fn start(&self, attempt: &Attempt) -> bool {
        let mut tables = lock(&self.0);
        if tables.keys.contains_key(&attempt.key) {
            return false;
        }
        tables.keys.insert(attempt.key.clone(), Key { attempt: attempt.clone(), answer: None });
        if let Some(token) = attempt.bind_token.as_ref().and_then(|token| tables.tokens.get_mut(token)) {
            token.used_by = Some(attempt.sub.clone());
        }
        true
    }

    pub fn bound(&self, attempt: &Attempt, id: &str, at: &str) {
        let Attempt { sub, liff_id, bind_token, .. } = attempt.clone();
        let bind_token = bind_token.unwrap_or_default();
        let mut tables = lock(&self.0);
        if let Some(token) = tables.tokens.get_mut(&bind_token) {
            token.used_by = Some(sub.clone());
        }
        tables.bindings.push(Bound { id: id.into(), at: at.into(), bind_token, sub, liff_id });
        tables.forget_opposite(attempt);
    }

    /// Ends the binding of this person with this shop.
    pub fn unbound(&self, attempt: &Attempt) {
        let mut tables = lock(&self.0);
        tables.bindings.retain(|bound| bound.sub != attempt.sub || bound.liff_id != attempt.liff_id);
        tables.forget_opposite(attempt);
    }

    /// Keeps the answer for repeats of the key.
    pub fn finish(&self, attempt: &Attempt, answer: Answer) {
        if let Some(key) = lock(&self.0).keys.get_mut(&attempt.key) {
            key.answer = Some(answer);
        }
    }
}
