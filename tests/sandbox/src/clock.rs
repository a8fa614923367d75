//! The sandbox's clock: real time, which a test can move.

use std::sync::atomic::{AtomicI64, Ordering};

use time::{OffsetDateTime, format_description::well_known::Rfc3339};

/// Real time plus a shift. LINE, the bind API and the `Date` header all read this one clock; the browser keeps its own.
#[derive(Default)]
pub struct Clock {
    /// Seconds ahead of real time.
    ahead: AtomicI64,
}

impl Clock {
    /// Moves the clock by `seconds`, backwards when negative.
    pub fn shift(&self, seconds: i64) {
        self.ahead.fetch_add(seconds, Ordering::SeqCst);
    }

    /// Takes back every shift.
    pub fn reset(&self) {
        self.ahead.store(0, Ordering::SeqCst);
    }

    /// Seconds since 1970 (the unit of a JWT's `exp` and `iat`).
    pub fn unix(&self) -> i64 {
        OffsetDateTime::now_utc().unix_timestamp() + self.ahead.load(Ordering::SeqCst)
    }

    /// Now as RFC 3339, e.g. `2026-01-02T03:04:06Z`.
    pub fn rfc3339(&self) -> String {
        self.date().format(&Rfc3339).unwrap_or_default()
    }

    /// Now as an HTTP `Date` header (RFC 9110, 5.6.7), e.g. `Fri, 02 Jan 2026 03:04:06 GMT`.
    pub fn http_date(&self) -> String {
        let now = self.date();
        format!(
            "{}, {:02} {} {} {:02}:{:02}:{:02} GMT",
            &now.weekday().to_string().get(..3).unwrap_or_default(),
            now.day(),
            &now.month().to_string().get(..3).unwrap_or_default(),
            now.year(),
            now.hour(),
            now.minute(),
            now.second()
        )
    }

    fn date(&self) -> OffsetDateTime {
        OffsetDateTime::from_unix_timestamp(self.unix()).unwrap_or(OffsetDateTime::UNIX_EPOCH)
    }
}
