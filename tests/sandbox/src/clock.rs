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
    /// Moves the clock by `seconds`, backwards if negative.
    pub fn shift(&self, seconds: i64) {
        self.ahead.fetch_add(seconds, Ordering::SeqCst);
    }

    /// Undoes every shift.
    pub fn reset(&self) {
        self.ahead.store(0, Ordering::SeqCst);
    }

    /// Seconds since 1970 (the unit of a JWT's `exp` and `iat`).
    pub fn unix(&self) -> i64 {
        OffsetDateTime::now_utc().unix_timestamp() + self.ahead.load(Ordering::SeqCst)
    }

    /// Now as RFC 3339, e.g. `2026-01-02T03:04:06Z`.
    pub fn rfc3339(&self) -> String {
        self.date_in(0).format(&Rfc3339).unwrap_or_default()
    }

    /// Now as an HTTP `Date` header (RFC 9110, 5.6.7), e.g. `Fri, 02 Jan 2026 03:04:06 GMT`.
    pub fn http_date(&self) -> String {
        self.http_date_in(0)
    }

    /// The same, `seconds` from now.
    pub fn http_date_in(&self, seconds: i64) -> String {
        let date = self.date_in(seconds);
        format!(
            "{}, {:02} {} {} {:02}:{:02}:{:02} GMT",
            &date.weekday().to_string().get(..3).unwrap_or_default(),
            date.day(),
            &date.month().to_string().get(..3).unwrap_or_default(),
            date.year(),
            date.hour(),
            date.minute(),
            date.second()
        )
    }

    fn date_in(&self, seconds: i64) -> OffsetDateTime {
        OffsetDateTime::from_unix_timestamp(self.unix() + seconds).unwrap_or(OffsetDateTime::UNIX_EPOCH)
    }
}
