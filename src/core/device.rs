//! What the user agent tells of the device.

use super::named;
use serde::{Serialize, Serializer};

named! {
    /// The operating system. Its name is `client.os` of the bind API.
    #[derive(Default)]
    pub enum Os {
        /// iOS and iPadOS.
        Ios = "ios",
        /// Android.
        Android = "android",
        /// A desktop or anything else.
        #[default]
        Web = "web",
    }
}

impl Serialize for Os {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

/// The device and the browser it shows the page in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Device {
    /// The operating system.
    pub os: Os,
    /// LINE's version, such as `26.4.0`, in the LIFF browser and in LINE's in-app browser.
    pub line_version: Option<String>,
    /// Whether it is the LIFF browser (LIFF SDK 2.31.0, `is-in-client`).
    pub is_liff: bool,
}

impl Device {
    /// Reads the user agent. `touch` tells an iPad, whose Safari calls itself a Mac, from a Mac.
    #[must_use]
    pub fn read(user_agent: &str, touch: bool) -> Self {
        let has = |mark| user_agent.contains(mark);
        let os = if has("iPhone") || has("iPad") || has("iPod") || (has("Macintosh") && touch) {
            Os::Ios
        } else if has("Android") {
            Os::Android
        } else {
            Os::Web
        };
        let line_version = user_agent
            .split_once(" Line/")
            .and_then(|(_, rest)| rest.split(|c: char| !c.is_ascii_digit() && c != '.').next())
            .filter(|version| !version.is_empty())
            .map(str::to_owned);
        Self { os, line_version, is_liff: has(" LIFF") }
    }

    /// Whether the LINE app can be opened from here by a link.
    #[must_use]
    pub fn is_phone(&self) -> bool {
        self.os != Os::Web
    }

    /// Whether LINE is older than 10, from before the LIFF browser this page needs.
    #[must_use]
    pub fn has_old_line(&self) -> bool {
        let major = self.line_version.as_deref().and_then(|version| version.split('.').next()?.parse::<u32>().ok());
        major.is_some_and(|major| major < 10)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_devices_apart() {
        let iphone =
            Device::read("Mozilla/5.0 (iPhone; CPU iPhone OS 18_4 like Mac OS X) Safari Line/26.4.0 LIFF", true);
        assert_eq!(iphone, Device { os: Os::Ios, line_version: Some("26.4.0".into()), is_liff: true });
        let android = Device::read(
            "Mozilla/5.0 (Linux; Android 14; Pixel 8) Chrome/130 Mobile Safari/537.36 Line/9.1.2/IAB",
            true,
        );
        assert_eq!(android, Device { os: Os::Android, line_version: Some("9.1.2".into()), is_liff: false });
        assert!(android.has_old_line() && !iphone.has_old_line());
        let mac = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15";
        assert_eq!(Device::read(mac, true).os, Os::Ios);
        assert!(!Device::read(mac, false).is_phone());
    }
}
