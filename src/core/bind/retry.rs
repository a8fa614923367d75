//! When a bind request is sent again by itself (bind API, "Retrying").

use crate::core::page::Delay;

/// Automatic tries after the first.
const MOST_RETRIES: u8 = 3;
/// Longest `Retry-After` that is waited for, in milliseconds.
const LONGEST_WAIT: f64 = 30_000.0;

/// The server's `Retry-After` (RFC 9110 section 10.2.3).
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum RetryAfter {
    /// So many seconds from now.
    Seconds(f64),
    /// At this time, in milliseconds since 1970.
    Date(f64),
}

impl RetryAfter {
    /// Reads seconds, which some servers send with decimals: rounded up, so that nobody asks too early. `None` for a date.
    #[must_use]
    pub fn seconds(text: &str) -> Option<Self> {
        let (whole, fraction) = text.trim_ascii().split_once('.').unwrap_or((text.trim_ascii(), "0"));
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        if !digits(whole) || !digits(fraction) {
            return None;
        }
        let rounded_up = fraction.bytes().any(|digit| digit != b'0');
        let seconds = whole.parse::<u32>().unwrap_or(u32::MAX);
        Some(Self::Seconds(f64::from(seconds) + f64::from(u8::from(rounded_up))))
    }

    /// Milliseconds to wait. A date is measured against the answer's own `Date`, for the phone's clock may be wrong.
    #[must_use]
    pub fn millis(self, server_now: f64) -> f64 {
        match self {
            Self::Seconds(seconds) => (seconds * 1000.0).max(0.0),
            Self::Date(at) => (at - server_now).max(0.0),
        }
    }
}

/// The reason for another try.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RetryReason {
    /// No answer: it may have bound.
    NoAnswer,
    /// The same request is still being worked on (409 `IDEMPOTENCY_IN_PROGRESS`).
    InProgress,
    /// Too many requests (408, 429).
    Busy,
    /// A gateway or LINE itself is down for now (502, 503, 504).
    Unavailable,
    /// The server failed (500 and other 5xx).
    Internal,
}

impl RetryReason {
    /// How long to wait before try number `tries + 1`, or `None` when the tries are used up.
    /// `asked` is the server's `Retry-After` in milliseconds.
    #[must_use]
    pub fn wait(self, tries: u8, asked: Option<f64>) -> Option<Delay> {
        let most = if self == Self::Internal { 1 } else { MOST_RETRIES };
        if tries > most || asked.is_some_and(|millis| millis > LONGEST_WAIT) {
            return None;
        }
        let backoff: u32 = match tries {
            0 | 1 => 500,
            2 => 1500,
            _ => 4000,
        };
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and LONGEST_WAIT")]
        let millis = asked.map_or(backoff, |millis| millis as u32);
        Some(Delay { millis, spread: backoff / 4 })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn waits(reason: RetryReason) -> Vec<u32> {
        (1..9).map_while(|tries| reason.wait(tries, None)).map(|delay| delay.millis).collect()
    }

    #[test]
    fn tries_three_times_more_and_once_for_an_internal_error() {
        assert_eq!(waits(RetryReason::NoAnswer), [500, 1500, 4000]);
        assert_eq!(waits(RetryReason::Internal), [500]);
    }

    #[test]
    fn obeys_retry_after_up_to_30_seconds() {
        assert_eq!(RetryReason::Busy.wait(1, Some(7000.0)).map(|delay| delay.millis), Some(7000));
        assert_eq!(RetryReason::Busy.wait(1, Some(30_001.0)), None);
        assert!((RetryAfter::Date(61_000.0).millis(60_000.0) - 1000.0).abs() < 1e-9);
        assert!(RetryAfter::Seconds(-5.0).millis(0.0).abs() < 1e-9);
    }

    #[test]
    fn seconds_may_have_decimals() {
        for (text, seconds) in
            [("5", 5.0), (" 7 ", 7.0), ("5.9", 6.0), ("0.1", 1.0), ("3.000", 3.0), ("99999999999", 4_294_967_295.0)]
        {
            assert_eq!(RetryAfter::seconds(text), Some(RetryAfter::Seconds(seconds)), "{text}");
        }
        for text in ["", ".", "5.", ".5", "-1", "5 s", "1e3", "Thu, 01 Jan 1970 00:00:09 GMT"] {
            assert_eq!(RetryAfter::seconds(text), None, "{text}");
        }
    }
}
