//! LINE's memory: the tokens and codes it gave out.

use std::{collections::HashMap, io, sync::Mutex};

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD as BASE64URL};
use ring::digest::{SHA256, digest};
use serde_json::{Value, json};

use super::id_token::{Claims, ISSUER, SigningKey, encode};
use crate::{
    config::{LiffApp, LineUser},
    random,
    world::lock,
};

/// An ID token lives one hour.
const ID_TOKEN_SECONDS: i64 = 3600;
/// An access token lives 12 hours.
const ACCESS_TOKEN_SECONDS: i64 = 43200;
/// An authorisation code lives 10 minutes.
const CODE_SECONDS: i64 = 600;

/// LINE's memory, and its key for ID tokens.
pub struct Records {
    pub key: SigningKey,
    access_tokens: Mutex<HashMap<String, AccessToken>>,
    codes: Mutex<HashMap<String, Code>>,
}

/// The owner of an access token, and its LIFF app.
#[derive(Clone)]
pub struct AccessToken {
    pub user: LineUser,
    pub app: LiffApp,
    expires: i64,
}

/// An authorisation code (RFC 6749, 4.1) with its PKCE challenge (RFC 7636).
pub struct Code {
    pub user: LineUser,
    pub app: LiffApp,
    pub redirect_uri: String,
    /// `code_challenge`, method S256.
    pub challenge: String,
}

impl Records {
    pub fn new() -> io::Result<Self> {
        Ok(Self { key: SigningKey::generate()?, access_tokens: Mutex::default(), codes: Mutex::default() })
    }

    /// Gives out an access token at `now`.
    pub fn issue_access_token(&self, user: &LineUser, app: &LiffApp, now: i64) -> String {
        let token = random::token("eyJhbGciOiJIUzI1NiJ9.");
        let record = AccessToken { user: user.clone(), app: app.clone(), expires: now + ACCESS_TOKEN_SECONDS };
        lock(&self.access_tokens).insert(token.clone(), record);
        token
    }

    /// The access token and its remaining seconds; nothing if it is unknown or has expired.
    pub fn access_token(&self, token: &str, now: i64) -> Option<(AccessToken, i64)> {
        let record = lock(&self.access_tokens).get(token).cloned()?;
        let left = record.expires - now;
        (left > 0).then_some((record, left))
    }

    /// Makes every access token of a token's user and channel worthless; false if there is no such token.
    pub fn deauthorize(&self, token: &str) -> bool {
        let mut tokens = lock(&self.access_tokens);
        let Some(AccessToken { user, app, .. }) = tokens.get(token).cloned() else { return false };
        tokens.retain(|_, other| other.user != user || other.app.channel_id() != app.channel_id());
        true
    }

    /// Makes every access token worthless, as LINE does when a LIFF app is closed.
    pub fn revoke_access_tokens(&self) {
        lock(&self.access_tokens).clear();
    }

    /// Gives out a code at `now`. The time is in the code, as only this module reads it.
    pub fn issue_code(&self, code: Code, now: i64) -> String {
        let key = format!("{}.{now}", random::token(""));
        lock(&self.codes).insert(key.clone(), code);
        key
    }

    /// Takes a code; it works once, for 10 minutes, and only with the verifier of its challenge.
    pub fn take_code(&self, key: &str, verifier: &str, now: i64) -> Option<Code> {
        let code = lock(&self.codes).remove(key)?;
        let issued: i64 = key.rsplit_once('.')?.1.parse().ok()?;
        (now < issued + CODE_SECONDS && code.challenge == s256(verifier)).then_some(code)
    }
}

/// The claims of an ID token for `user` in `app`, made at `now`.
pub fn claims(user: &LineUser, app: &LiffApp, now: i64) -> Claims {
    let profile = app.has_scope("profile");
    Claims {
        iss: ISSUER.into(),
        sub: user.id.clone(),
        aud: app.channel_id().into(),
        exp: now + ID_TOKEN_SECONDS,
        iat: now,
        amr: vec!["linesso".into()],
        name: profile.then(|| user.name.clone()),
        picture: None,
    }
}

/// The `contextToken` of an app: a JWT whose signature nobody checks (LIFF SDK 2.31.0 `init`). Outside LINE nobody is
/// known; inside, LINE names the user, the chat and the size.
pub fn context_token(app: &LiffApp, linked_bot: bool, inside: Option<(&LineUser, &str, &str)>) -> String {
    let availability: Value = [
        ("shareTargetPicker", false),
        ("multipleLiffTransition", false),
        ("subwindowOpen", app.is_mini_app),
        ("scanCode", false),
        ("scanCodeV2", app.scan_qr),
        ("skipChannelVerificationScreen", app.asks_late),
    ]
    .into_iter()
    .map(|(name, permission)| (name.to_owned(), json!({ "permission": permission, "minVer": "10.3.0" })))
    .collect::<serde_json::Map<_, _>>()
    .into();
    let mut context = json!({
        "type": inside.map_or("external", |(_, chat, _)| chat),
        "liffId": app.id,
        "endpointUrl": app.endpoint_url,
        "permanentLinkPattern": "concat",
        "scope": app.scopes,
        "hasLinkedBot": linked_bot,
        "miniDomainAllowed": app.is_mini_app,
        "menuColorSetting": { "adaptableColorSchemes": ["light"] },
        "availability": availability,
    });
    if let (Some((user, _, view_type)), Some(context)) = (inside, context.as_object_mut()) {
        context.insert("userId".into(), user.id.clone().into());
        context.insert("viewType".into(), view_type.into());
    }
    format!("{}.{}.{}", encode(&json!({ "typ": "JWT", "alg": "HS256" })), encode(&context), random::token(""))
}

/// PKCE's `S256`: base64url of the SHA-256 of the verifier (RFC 7636, 4.2).
fn s256(verifier: &str) -> String {
    BASE64URL.encode(digest(&SHA256, verifier.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Module;

    /// The example of RFC 7636, appendix B.
    const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    fn records_with_code() -> io::Result<(Records, String)> {
        let records = Records::new()?;
        let code = Code {
            user: LineUser::new("Mei"),
            app: LiffApp::new("1656451635-z3yqZNO3", Module::Binding),
            redirect_uri: String::new(),
            challenge: CHALLENGE.into(),
        };
        let key = records.issue_code(code, 1000);
        Ok((records, key))
    }

    #[test]
    fn a_code_works_once() -> io::Result<()> {
        let (records, key) = records_with_code()?;
        assert!(records.take_code(&key, VERIFIER, 1599).is_some());
        assert!(records.take_code(&key, VERIFIER, 1599).is_none());
        Ok(())
    }

    #[test]
    fn a_code_needs_its_verifier() -> io::Result<()> {
        let (records, key) = records_with_code()?;
        assert!(records.take_code(&key, "another", 1000).is_none());
        Ok(())
    }

    #[test]
    fn a_code_lives_ten_minutes() -> io::Result<()> {
        let (records, key) = records_with_code()?;
        assert!(records.take_code(&key, VERIFIER, 1600).is_none());
        Ok(())
    }
}
