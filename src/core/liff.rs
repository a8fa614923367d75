//! What LINE's SDK tells: its facts, and the meaning of a rejected `liff.init`. LINE advises to match code and message
//! together (LIFF reference, "Error codes").

use super::{delay::Delay, failure::Failure, named};

/// The SDK's facts after `liff.init` has resolved or rejected.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub struct LiffFacts {
    /// `liff.isInClient()`.
    pub in_client: bool,
    /// `liff.isLoggedIn()`.
    pub logged_in: bool,
    /// `liff.getVersion()`.
    pub sdk_version: Option<String>,
    /// `liff.getContext().viewType`.
    pub view_type: Option<String>,
    /// `liff.getContext().type`, such as `utou` or `square_chat`.
    pub context_type: Option<String>,
    /// `navigator.onLine`.
    pub online: bool,
    /// Whether the SDK already had a session of this LIFF app when `liff.init` was called, outside LINE.
    pub had_session: bool,
}

named! {
    /// An error code of LINE's SDK or its sign-in (RFC 6749), or a status of LINE's servers (LIFF SDK 2.31.0, `init`,
    /// `server-api`, `verify-id-token`).
    pub enum LineCode {
        InitFailed = "INIT_FAILED",
        InvalidArgument = "INVALID_ARGUMENT",
        InvalidConfig = "INVALID_CONFIG",
        InvalidIdToken = "INVALID_ID_TOKEN",
        Forbidden = "FORBIDDEN",
        Unauthorized = "UNAUTHORIZED",
        Unknown = "UNKNOWN",
        InvalidGrant = "invalid_grant",
        InvalidRequest = "invalid_request",
        InvalidToken = "invalid_token",
        NotFound = "not_found",
        ServerError = "server_error",
        Status400 = "400",
        Status401 = "401",
        Status403 = "403",
        Status404 = "404",
        Status429 = "429",
        Status500 = "500",
    }
}

/// An error that the SDK threw. Only a `LiffError` has a `code`; a network failure is a plain `TypeError`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LiffErrorReport {
    /// JavaScript's `error.name`.
    pub name: String,
    /// `LiffError.code`; a number is written as text.
    pub code: Option<String>,
    /// `error.message`: tells causes apart, and is never shown to people.
    pub message: String,
}

/// The answer to a rejected `liff.init`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InitFailure {
    /// The network failed: calling `liff.init` again on the same page may work.
    Network,
    /// The SDK refused the ID token, perhaps because of the phone's clock: send it anyway, the server judges.
    IdTokenRefused,
    /// The stored access token is void: only a new sign-in helps (LINE's notice of 2026-05-11).
    SessionVoid,
    /// This stops the bind.
    Final(Failure),
}

/// Pauses between calls of `liff.init`, in milliseconds. On iOS the first call often fails after a cold start.
const PAUSES: [u32; 3] = [300, 600, 1200];

impl InitFailure {
    /// How long to wait before call number `calls + 1` of `liff.init`; `None` if another call is no use, or the calls
    /// are used up.
    #[must_use]
    pub fn pause(self, calls: u8) -> Option<Delay> {
        let millis = PAUSES.get(usize::from(calls.saturating_sub(1))).filter(|_| self == Self::Network)?;
        Some(Delay::exactly(*millis))
    }
}

impl LiffErrorReport {
    /// The code, if it is a known one.
    #[must_use]
    pub fn line_code(&self) -> Option<LineCode> {
        LineCode::read(self.code.as_deref()?)
    }

    /// Classifies the error. `has_session`: whether the SDK holds a session of an earlier sign-in, outside LINE.
    #[must_use]
    pub fn classify(&self, has_session: bool) -> InitFailure {
        let says = |text: &str| self.message.contains(text);
        let Some(code) = self.line_code() else {
            return match self.code {
                Some(_) => InitFailure::Final(Failure::LineInit),
                // The fragment can't be decoded: after a reload it isn't read.
                None if self.name == "URIError" => InitFailure::Final(Failure::LineInit),
                None => InitFailure::Network,
            };
        };
        match code {
            LineCode::InvalidIdToken => InitFailure::IdTokenRefused,
            LineCode::InvalidRequest | LineCode::InvalidToken | LineCode::Status401 => InitFailure::SessionVoid,
            LineCode::InvalidGrant => InitFailure::Final(Failure::SignInExpired),
            LineCode::Status404 | LineCode::NotFound => InitFailure::Final(Failure::SetupLiffId),
            LineCode::Status429 | LineCode::Status500 | LineCode::Unknown | LineCode::ServerError => {
                InitFailure::Final(Failure::LineDown)
            }
            LineCode::InitFailed if says("Invalid LIFF ID") || says("verify access_token") => {
                InitFailure::Final(Failure::SetupMismatch)
            }
            // The SDK has stored the session without LINE's data on the LIFF app, and doesn't ask for them again.
            LineCode::InitFailed if has_session && says("Could not get Context") => InitFailure::SessionVoid,
            LineCode::InitFailed
            | LineCode::InvalidArgument
            | LineCode::InvalidConfig
            | LineCode::Forbidden
            | LineCode::Unauthorized
            | LineCode::Status400
            | LineCode::Status403 => InitFailure::Final(Failure::LineInit),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn classify(code: &str, message: &str) -> InitFailure {
        let code = (!code.is_empty()).then(|| code.to_owned());
        LiffErrorReport { name: "Error".into(), code, message: message.into() }.classify(false)
    }

    #[test]
    fn liff_init_is_called_again_only_for_the_network() {
        let pauses = |failure: InitFailure| (1..9).map_while(|calls| failure.pause(calls)).collect::<Vec<_>>();
        assert_eq!(pauses(InitFailure::Network), PAUSES.map(Delay::exactly));
        assert_eq!(pauses(InitFailure::Final(Failure::LineDown)), []);
    }

    #[test]
    fn sorts_what_the_sdk_throws() {
        assert_eq!(classify("", "Failed to fetch"), InitFailure::Network);
        assert_eq!(classify("", "Load failed"), InitFailure::Network);
        let broken = LiffErrorReport { name: "URIError".into(), ..LiffErrorReport::default() };
        assert_eq!(broken.classify(false), InitFailure::Final(Failure::LineInit));
        let no_context = "Could not get Context from server.";
        let error = LiffErrorReport { code: Some("INIT_FAILED".into()), message: no_context.into(), ..broken };
        assert_eq!(error.classify(true), InitFailure::SessionVoid);
        assert_eq!(classify("INIT_FAILED", no_context), InitFailure::Final(Failure::LineInit));
        assert_eq!(classify("INVALID_ID_TOKEN", "Invalid \"exp\" value in ID_TOKEN"), InitFailure::IdTokenRefused);
        assert_eq!(classify("invalid_request", "The access token expired"), InitFailure::SessionVoid);
        assert_eq!(classify("404", ""), InitFailure::Final(Failure::SetupLiffId));
        assert_eq!(classify("INIT_FAILED", "Invalid LIFF ID"), InitFailure::Final(Failure::SetupMismatch));
        assert_eq!(classify("INIT_FAILED", "something new"), InitFailure::Final(Failure::LineInit));
        for (codes, failure) in
            [(&["400", "403"][..], Failure::LineInit), (&["429", "500", "UNKNOWN", "server_error"], Failure::LineDown)]
        {
            for code in codes {
                assert_eq!(classify(code, ""), InitFailure::Final(failure), "{code}");
            }
        }
    }
}
