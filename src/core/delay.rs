//! How long to wait.

/// A wait: `millis` plus a random part of `spread`, both in milliseconds, so that many phones don't retry in step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Delay {
    /// The shortest wait.
    pub millis: u32,
    /// The largest random part.
    pub spread: u32,
}

impl Delay {
    /// A wait without a random part.
    #[must_use]
    pub const fn exactly(millis: u32) -> Self {
        Self { millis, spread: 0 }
    }
}
