//! Errors that LINE's SDK throws: objects that contain texts of LINE's servers.

use fuzz::{config, mutation::mutated, text};
use liff_bind::core::{Failure, InitFailure, LiffErrorReport};
use proptest::{option, prelude::*, sample::select};

const CODES: &[&str] = &[
    "INVALID_ID_TOKEN",
    "INIT_FAILED",
    "INVALID_CONFIG",
    "UNAUTHORIZED",
    "FORBIDDEN",
    "UNKNOWN",
    "400",
    "401",
    "403",
    "404",
    "429",
    "500",
    "invalid_request",
    "invalid_token",
    "invalid_grant",
    "not_found",
    "server_error",
    "access_denied",
    "__proto__",
];

const MESSAGES: &[&str] = &[
    "Invalid LIFF ID",
    "Failed to verify access_token",
    "Failed to fetch",
    "Load failed",
    "access_denied: refused",
    "The access token expired",
];

/// Usually a known text, otherwise a damaged or a hostile one.
fn known(texts: &'static [&'static str]) -> impl Strategy<Value = String> {
    prop_oneof![4 => select(texts).prop_map(str::to_owned), 1 => mutated(select(texts).prop_map(str::to_owned)), 1 => text::hostile()]
}

proptest! {
    #![proptest_config(config(100_000))]

    #[test]
    fn any_error(
        name in known(&["Error", "TypeError", "URIError"]),
        code in option::of(known(CODES)),
        message in known(MESSAGES),
        other in known(MESSAGES),
    ) {
        let report = LiffErrorReport { name, code, message };
        let sorted = report.classify();
        let code = report.code.as_deref();

        // Without a code it is the browser's own error, not LINE's, and nothing final unless the URL is broken.
        let bare = match report.name.as_str() {
            "URIError" => InitFailure::Final(Failure::LinkIncomplete),
            _ => InitFailure::Network,
        };
        prop_assert_eq!(code.is_none(), sorted == InitFailure::Network || (sorted == bare && report.name == "URIError"));
        if code.is_none() {
            prop_assert_eq!(sorted, bare);
        }
        // A code decides by itself, except for `INIT_FAILED`.
        if code != Some("INIT_FAILED") {
            prop_assert_eq!(LiffErrorReport { message: other, ..report.clone() }.classify(), sorted);
        }
        // Only LINE's own text blames the merchant's set-up.
        if matches!(sorted, InitFailure::Final(failure) if failure.is_setup()) {
            let says = |text| report.message.contains(text);
            let blamed = code == Some("INIT_FAILED") && (says("Invalid LIFF ID") || says("verify access_token"));
            prop_assert!(blamed || matches!(code, Some("404" | "not_found")), "{report:?}");
        }
        // No error of the SDK is taken for one that only the bind API can report.
        prop_assert!(!matches!(sorted, InitFailure::Final(Failure::Unsure | Failure::LinkUsed | Failure::LinkExpired | Failure::Server)));
    }
}
