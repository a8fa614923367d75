//! ID tokens: JWS with ES256 (RFC 7515, RFC 7518 3.4), as LINE signs them for LIFF apps.

use std::io;

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD as BASE64URL};
use ring::{
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_FIXED, ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair, UnparsedPublicKey},
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::random;

/// The `iss` of every ID token of LINE.
pub const ISSUER: &str = "https://access.line.me";

/// The payload of an ID token (LINE Login v2.1 API reference, "ID tokens").
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claims {
    /// Issuer.
    pub iss: String,
    /// LINE user ID.
    pub sub: String,
    /// Channel ID.
    pub aud: String,
    /// When it expires, in seconds since 1970.
    pub exp: i64,
    /// When it was issued, in seconds since 1970.
    pub iat: i64,
    /// Authentication methods.
    #[serde(default)]
    pub amr: Vec<String>,
    /// Display name; present if the `profile` scope was granted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Profile picture; present if the `profile` scope was granted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub picture: Option<String>,
}

/// Why LINE refuses an ID token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// No JWS, or an unreadable payload.
    Malformed,
    /// Not signed by LINE.
    Signature,
    /// Another issuer.
    Issuer,
    /// Made for another channel.
    Audience,
    /// Expired.
    Expired,
}

impl Refusal {
    /// LINE's text, the `error_description` of `POST /oauth2/v2.1/verify`.
    #[must_use]
    pub fn description(self) -> &'static str {
        match self {
            Self::Malformed | Self::Signature => "Invalid IdToken.",
            Self::Issuer => "Invalid IdToken Issuer.",
            Self::Audience => "Invalid IdToken Audience.",
            Self::Expired => "IdToken expired.",
        }
    }
}

/// A P-256 key with a key ID.
pub struct SigningKey {
    id: String,
    pair: EcdsaKeyPair,
    random: SystemRandom,
}

impl SigningKey {
    /// A new key.
    ///
    /// # Errors
    /// When the system gives no random numbers.
    pub fn generate() -> io::Result<Self> {
        let random = SystemRandom::new();
        let algorithm = &ECDSA_P256_SHA256_FIXED_SIGNING;
        let document = EcdsaKeyPair::generate_pkcs8(algorithm, &random).map_err(io::Error::other)?;
        let pair = EcdsaKeyPair::from_pkcs8(algorithm, document.as_ref(), &random).map_err(io::Error::other)?;
        Ok(Self { id: random::hex32(), pair, random })
    }

    /// Makes a token of `claims`.
    ///
    /// # Errors
    /// When the system gives no random numbers.
    pub fn sign(&self, claims: &Value) -> io::Result<String> {
        let header = json!({ "kid": self.id, "typ": "JWT", "alg": "ES256" });
        let signed = format!("{}.{}", encode(&header), encode(claims));
        let signature = self.pair.sign(&self.random, signed.as_bytes()).map_err(io::Error::other)?;
        Ok(format!("{signed}.{}", BASE64URL.encode(signature)))
    }

    /// Verifies a token as LINE does for `channel` at `now` (seconds since 1970).
    ///
    /// # Errors
    /// The first fault found.
    pub fn verify(&self, token: &str, channel: &str, now: i64) -> Result<Claims, Refusal> {
        let (signed, signature) = token.rsplit_once('.').ok_or(Refusal::Malformed)?;
        let (_, payload) = signed.split_once('.').ok_or(Refusal::Malformed)?;
        let decode = |part: &str| BASE64URL.decode(part).map_err(|_| Refusal::Malformed);
        UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, self.pair.public_key())
            .verify(signed.as_bytes(), &decode(signature)?)
            .map_err(|_| Refusal::Signature)?;
        let claims: Claims = serde_json::from_slice(&decode(payload)?).map_err(|_| Refusal::Malformed)?;
        if claims.iss != ISSUER {
            Err(Refusal::Issuer)
        } else if claims.aud != channel {
            Err(Refusal::Audience)
        } else if claims.exp <= now {
            Err(Refusal::Expired)
        } else {
            Ok(claims)
        }
    }

    /// The public key as a JWK (RFC 7517), as `GET /oauth2/v2.1/certs` lists it.
    #[must_use]
    pub fn jwk(&self) -> Value {
        // An uncompressed point: 4, x (32 bytes), y (32 bytes) (SEC 1, 2.3.3).
        let point = self.pair.public_key().as_ref();
        let coordinate = |from: usize| BASE64URL.encode(point.get(from..from + 32).unwrap_or_default());
        json!({ "kty": "EC", "crv": "P-256", "alg": "ES256", "use": "sig", "kid": self.id, "x": coordinate(1), "y": coordinate(33) })
    }
}

/// A JWS part: base64url of the JSON.
pub fn encode(json: &Value) -> String {
    BASE64URL.encode(json.to_string())
}
