//! The networks, and the two ways to simulate them.

use std::time::Duration;

use serde::{Deserialize, Serialize};

/// A phone's connection, by its name in Chrome's `DevTools` and in Lighthouse. The numbers are the network's own.
/// `DevTools` multiplies them by 3.75 and 0.9 to make up for what its throttling leaves out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Network {
    /// 1.6 Mbit/s down, 750 kbit/s up, 150 ms there and back.
    Slow4g,
    /// 9 Mbit/s down, 1.5 Mbit/s up, 60 ms there and back.
    Fast4g,
    /// This machine's own: to see that everything works, and for the main thread's tasks.
    None,
}

/// How a network is simulated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Way {
    /// By the browser (Chrome `DevTools` Protocol): each request is delayed, connections cost nothing.
    Cdp,
    /// By a link in front of the server, with the set-up of TCP and TLS, and slow start ([`crate::link`]).
    Link,
}

impl Network {
    /// Round-trip time.
    pub fn round_trip(self) -> Duration {
        Duration::from_millis(match self {
            Self::Slow4g => 150,
            Self::Fast4g => 60,
            Self::None => 0,
        })
    }

    /// Bytes per second towards the phone.
    pub fn down(self) -> f64 {
        match self {
            Self::Slow4g => 200_000.0,
            Self::Fast4g => 1_125_000.0,
            Self::None => f64::INFINITY,
        }
    }

    /// Bytes per second from the phone.
    pub fn up(self) -> f64 {
        match self {
            Self::Slow4g => 93_750.0,
            Self::Fast4g => 187_500.0,
            Self::None => f64::INFINITY,
        }
    }
}
