//! LINE's ID token: an `OpenID` Connect (OIDC) token that proves to the server who the customer is. The page only
//! passes it on, and reads its expiry to know whether that is worthwhile.

use super::label;
use crate::core::json::Json;
use serde::Serialize;
use std::fmt;

/// A raw ID token (JWS compact form). It is a credential: `Debug` hides it, and nothing stores or logs it.
#[derive(Clone, PartialEq)]
pub struct IdToken {
    raw: String,
    expiry: Option<f64>,
    owner: LineAccount,
}

/// A LINE account, as far as the page shows and remembers it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct LineAccount {
    /// The name on it, if it is known.
    pub name: Option<String>,
    /// A mark that tells it from others, even from those of the same name, and from which its user ID can't be read.
    mark: Option<u32>,
}

impl LineAccount {
    /// The account with this name and user ID (`sub`).
    #[must_use]
    pub fn new(name: Option<&str>, user_id: Option<&str>) -> Self {
        // FNV-1a.
        let mix = |hash: u32, byte: u8| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
        let mark = user_id.map(|id| id.bytes().fold(0x811c_9dc5, mix));
        Self { name: name.and_then(label), mark }
    }

    /// Reads what [`Serialize`] wrote.
    #[must_use]
    pub fn read(json: &Json) -> Option<Self> {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the cast saturates")]
        let mark = json.get("mark").as_number().map(|mark| mark as u32);
        matches!(json, Json::Object(_)).then(|| Self { name: json.text("name").map(str::to_owned), mark })
    }

    /// Whether it can be told from others.
    #[must_use]
    pub const fn can_be_recognised(&self) -> bool {
        self.mark.is_some()
    }

    /// Whether both are certainly different accounts.
    #[must_use]
    pub fn is_surely_not(&self, other: &Self) -> bool {
        self.can_be_recognised() && other.can_be_recognised() && self.mark != other.mark
    }

    /// Whether both are certainly the same account.
    #[must_use]
    pub fn is_surely(&self, other: &Self) -> bool {
        self.can_be_recognised() && self.mark == other.mark
    }
}

impl IdToken {
    /// `None` if it is empty. `expiry` is its `exp` claim in seconds since 1970, if readable; unverified, as only the
    /// server can verify it.
    #[must_use]
    pub fn new(raw: String, expiry: Option<f64>) -> Option<Self> {
        (!raw.is_empty()).then_some(Self { raw, expiry, owner: LineAccount::default() })
    }

    /// Adds the account that its claims name, also unverified.
    #[must_use]
    pub fn of(self, owner: LineAccount) -> Self {
        Self { owner, ..self }
    }

    #[must_use]
    pub const fn owner(&self) -> &LineAccount {
        &self.owner
    }

    /// The token to send.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.raw
    }
}

impl fmt::Debug for IdToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("IdToken(…)")
    }
}

/// LINE's access token, with which the server withdraws the permission that the customer gave in LINE. It goes from the
/// SDK into the body of a request to unlink, and nowhere else: not into an event, the state or a store.
pub struct AccessToken(String);

impl AccessToken {
    /// `None` if it is empty.
    #[must_use]
    pub fn new(raw: String) -> Option<Self> {
        (!raw.is_empty()).then_some(Self(raw))
    }

    pub(super) fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for AccessToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AccessToken(…)")
    }
}

/// The ID tokens at hand. LINE gives a fresh one in the fragment of the URL it opens, but the SDK keeps an older,
/// stored one if the web view survived (LIFF SDK 2.31.0, `init`: "stored only if none is stored yet").
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tokens {
    /// The token from the URL of this opening.
    pub fresh: Option<IdToken>,
    /// The token from `liff.getIDToken()`.
    pub stored: Option<IdToken>,
}

/// The token to send, and whether it is worth sending.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// The token that expires last.
    pub token: IdToken,
    /// Whether it is a stored one that has expired by the phone's clock. A fresh one never counts as stale: the phone's
    /// clock may be wrong, LINE's is not.
    pub stale: bool,
}

/// How long before its expiry a stored token is no longer used, in seconds: it must still be valid when it arrives.
const EXPIRY_MARGIN: f64 = 60.0;

impl Tokens {
    /// Picks the token that expires last; `now` is the phone's clock in milliseconds since 1970.
    #[must_use]
    pub fn choose(self, now: f64) -> Option<Choice> {
        let expiry = |token: &IdToken| token.expiry.unwrap_or(0.0);
        match (self.fresh, self.stored) {
            (Some(fresh), Some(stored)) if expiry(&stored) > expiry(&fresh) => Some(Choice::stored(stored, now)),
            (Some(token), _) => Some(Choice { token, stale: false }),
            (None, Some(stored)) => Some(Choice::stored(stored, now)),
            (None, None) => None,
        }
    }
}

impl Choice {
    fn stored(token: IdToken, now: f64) -> Self {
        let stale = token.expiry.is_some_and(|expiry| expiry - EXPIRY_MARGIN < now / 1000.0);
        Self { token, stale }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn choose(fresh: Option<f64>, stored: Option<f64>, now: f64) -> Option<(String, bool)> {
        let token = |name: &str, expiry: Option<f64>| IdToken::new(name.into(), Some(expiry?));
        let choice = Tokens { fresh: token("fresh", fresh), stored: token("stored", stored) }.choose(now)?;
        Some((choice.token.reveal().to_owned(), choice.stale))
    }

    #[test]
    fn the_token_that_expires_last_is_chosen() {
        assert_eq!(choose(Some(2000.0), Some(1000.0), 0.0), Some(("fresh".into(), false)));
        assert_eq!(choose(Some(1000.0), Some(2000.0), 0.0), Some(("stored".into(), false)));
        assert_eq!(choose(None, None, 0.0), None);
    }

    #[test]
    fn only_a_stored_token_goes_stale() {
        assert_eq!(choose(None, Some(1000.0), 939_000.0), Some(("stored".into(), false)));
        assert_eq!(choose(None, Some(1000.0), 941_000.0), Some(("stored".into(), true)));
        assert_eq!(choose(Some(1000.0), None, 9e9), Some(("fresh".into(), false)));
    }

    #[test]
    fn a_token_without_a_readable_expiry_is_left_to_the_server() {
        let stored = IdToken::new("opaque".into(), None);
        let choice = Tokens { fresh: None, stored }.choose(9e15);
        assert_eq!(choice.map(|choice| choice.stale), Some(false));
    }

    #[test]
    fn debug_hides_the_tokens() {
        assert_eq!(format!("{:?}", IdToken::new("secret".into(), None)), "Some(IdToken(…))");
        assert_eq!(format!("{:?}", AccessToken::new("secret".into())), "Some(AccessToken(…))");
    }
}
