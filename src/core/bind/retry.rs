//! When a bind request is retried automatically (bind API, "Retries").

use crate::core::delay::Delay;

/// Automatic tries after the first.
const MOST_RETRIES: u8 = 3;
/// The longest `Retry-After` that the page waits for, in milliseconds.
const LONGEST_WAIT: f64 = 30_000.0;

/// The server's `Retry-After` (RFC 9110 section 10.2.3).
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum RetryAfter {
    /// This many seconds from now.
    Seconds(f64),
    /// At this time, in milliseconds since 1970.
    Date(f64),
}

impl RetryAfter {
    /// Reads the header as servers send it; `date` reads a date. Seconds may have decimals and a unit (`5.9`, `5s`),
    /// and a proxy may have joined two of them (`5, 10`): the longest counts, rounded up, so that nobody asks too
    /// early. A number of anything else (`5 minutes`) counts as longer than the page waits. `None` for the rest:
    /// browsers would take even `-1` for a date.
    #[must_use]
    pub fn read(text: &str, date: impl Fn(&str) -> Option<f64>) -> Option<Self> {
        let text = text.trim_ascii();
        let mut parts = text.split(',').map(|part| seconds(part.trim_ascii()));
        if let Some(longest) = parts.try_fold(0, |longest, part| part.map(|seconds| seconds.max(longest))) {
            return Some(Self::Seconds(longest.into()));
        }
        // `Sun, 06 Nov 1994 08:49:37 GMT` and its two older forms, `1994-11-06T08:49:37Z`.
        let is_date = text.len() > 15 && (text.starts_with(|c: char| c.is_ascii_alphabetic()) || text.contains('T'));
        let date = if is_date { date(text).map(Self::Date) } else { None };
        date.or_else(|| text.starts_with(|c| matches!(c, '1'..='9')).then_some(Self::Seconds(f64::INFINITY)))
    }

    /// Milliseconds to wait; `None` for a time that has passed. A date is measured against the answer's own `Date`,
    /// because the phone's clock may be wrong.
    #[must_use]
    pub fn millis(self, server_now: f64) -> Option<f64> {
        let millis = match self {
            Self::Seconds(seconds) => seconds * 1000.0,
            Self::Date(at) => at - server_now,
        };
        (millis > 0.0).then_some(millis)
    }
}

/// A number of seconds, rounded up.
fn seconds(text: &str) -> Option<u32> {
    let number = text.strip_suffix('s').unwrap_or(text).trim_ascii_end();
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !digits(whole) || !digits(fraction) {
        return None;
    }
    let rounded_up = fraction.bytes().any(|digit| digit != b'0');
    Some(whole.parse().unwrap_or(u32::MAX).saturating_add(rounded_up.into()))
}

/// The reason for another try.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RetryReason {
    /// Too many requests (408, 429).
    Busy,
    /// No answer, a gateway or LINE itself down for now (502, 503, 504), or the same request still being worked on (409
    /// `IDEMPOTENCY_IN_PROGRESS`).
    Unavailable,
    /// The server failed (500 and other 5xx).
    Internal,
}

impl RetryReason {
    /// How long to wait before try number `tries + 1`, or `None` when the tries are used up.
    /// `asked` is the server's `Retry-After` in milliseconds.
    #[must_use]
    pub fn delay(self, tries: u8, asked: Option<f64>) -> Option<Delay> {
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
        // Else a server that names a moment gets everybody in it.
        Some(Delay { millis, spread: (millis / 16).max(backoff / 4) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn waits(reason: RetryReason) -> Vec<u32> {
        (1..9).map_while(|tries| reason.delay(tries, None)).map(|delay| delay.millis).collect()
    }

    #[test]
    fn tries_three_times_more_and_once_for_an_internal_error() {
        assert_eq!(waits(RetryReason::Unavailable), [500, 1500, 4000]);
        assert_eq!(waits(RetryReason::Internal), [500]);
    }

    #[test]
    fn obeys_retry_after_up_to_30_seconds() {
        assert_eq!(RetryReason::Busy.delay(1, Some(7000.0)).map(|delay| delay.millis), Some(7000));
        assert_eq!(RetryReason::Busy.delay(1, Some(30_001.0)), None);
        assert_eq!(RetryAfter::Date(61_000.0).millis(60_000.0), Some(1000.0));
    }

    /// Otherwise it would be a hot loop: hashicorp/go-retryablehttp#170, kubescape/kubevuln#754.
    #[test]
    fn a_moment_that_is_over_is_not_asked_for() {
        assert_eq!(RetryAfter::Seconds(0.0).millis(0.0), None);
        assert_eq!(RetryAfter::Date(59_000.0).millis(60_000.0), None);
    }

    /// Public APIs send them: mastra-ai/mastra#23778 (`1.`), CamaraDosDeputados/dados-abertos#286 (`30s`),
    /// aaronpowell/httpstatus#153 (twice, which `fetch` joins).
    #[test]
    fn seconds_are_read_in_every_form() {
        for (text, seconds) in [
            ("5", 5.0),
            (" 7 ", 7.0),
            ("5.9", 6.0),
            ("0.1", 1.0),
            ("3.000", 3.0),
            ("5.", 5.0),
            ("5s", 5.0),
            ("5 s", 5.0),
            ("0.5s", 1.0),
            ("5, 10", 10.0),
            ("99999999999", 4_294_967_295.0),
        ] {
            assert_eq!(RetryAfter::read(text, |_| None), Some(RetryAfter::Seconds(seconds)), "{text}");
        }
    }

    #[test]
    fn dates_are_left_to_the_browser_and_nothing_else_is() {
        for text in [
            "Sun, 06 Nov 1994 08:49:37 GMT",
            "Sunday, 06-Nov-94 08:49:37 GMT",
            "Sun Nov  6 08:49:37 1994",
            "1994-11-06T08:49:37Z",
        ] {
            assert_eq!(RetryAfter::read(text, |_| Some(9.0)), Some(RetryAfter::Date(9.0)), "{text}");
        }
        for text in ["", ".", ".5", "-1", "soon", "null", "0x", "Sun, 99 Foo 1994 08:49:37 GMT"] {
            assert_eq!(RetryAfter::read(text, |_| None), None, "{text}");
        }
        for text in ["1e3", "5 minutes", "5, soon", "1m30s", "60;w=1"] {
            let longer = RetryAfter::read(text, |_| Some(9.0)).and_then(|after| after.millis(0.0));
            assert_eq!(RetryReason::Busy.delay(1, longer), None, "{text}");
        }
    }
}
