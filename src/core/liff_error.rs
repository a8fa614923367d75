//! The meaning of a rejected `liff.init`. LINE advises to match code and message together (LIFF reference, "Error
//! codes").

use super::page::{Delay, Failure};

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
    /// Classifies the error (codes and messages: LIFF SDK 2.31.0, `init`, `server-api`, `verify-id-token`).
    #[must_use]
    pub fn classify(&self) -> InitFailure {
        let says = |text: &str| self.message.contains(text);
        match self.code.as_deref() {
            None if self.name == "URIError" => InitFailure::Final(Failure::LinkIncomplete),
            None => InitFailure::Network,
            Some("INVALID_ID_TOKEN") => InitFailure::IdTokenRefused,
            Some("invalid_request" | "invalid_token" | "401") => InitFailure::SessionVoid,
            Some("invalid_grant") => InitFailure::Final(Failure::SignInExpired),
            Some("404" | "not_found") => InitFailure::Final(Failure::SetupLiffId),
            Some("429" | "500" | "UNKNOWN" | "server_error") => InitFailure::Final(Failure::LineDown),
            Some("INIT_FAILED") if says("Invalid LIFF ID") || says("verify access_token") => {
                InitFailure::Final(Failure::SetupMismatch)
            }
            Some(_) => InitFailure::Final(Failure::LineInit),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn classify(code: &str, message: &str) -> InitFailure {
        let code = (!code.is_empty()).then(|| code.to_owned());
        LiffErrorReport { name: "Error".into(), code, message: message.into() }.classify()
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
        assert_eq!(classify("INVALID_ID_TOKEN", "Invalid \"exp\" value in ID_TOKEN"), InitFailure::IdTokenRefused);
        assert_eq!(classify("invalid_request", "The access token expired"), InitFailure::SessionVoid);
        assert_eq!(classify("404", ""), InitFailure::Final(Failure::SetupLiffId));
        assert_eq!(classify("INIT_FAILED", "Invalid LIFF ID"), InitFailure::Final(Failure::SetupMismatch));
        assert_eq!(classify("500", ""), InitFailure::Final(Failure::LineDown));
        assert_eq!(classify("INIT_FAILED", "something new"), InitFailure::Final(Failure::LineInit));
    }
}
