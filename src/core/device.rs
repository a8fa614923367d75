//! What the user agent tells of the device.

use super::text::{Text, after, before, contains, number};

/// The operating system, in the words of the bind API.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Os {
    /// iOS and iPadOS.
    Ios,
    /// Android.
    Android,
    /// A desktop or anything else.
    Web,
}

impl Os {
    /// `client.os` of the bind API.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ios => "ios",
            Self::Android => "android",
            Self::Web => "web",
        }
    }
}

/// The device and the browser it shows the page in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Device {
    /// The operating system.
    pub os: Os,
    /// LINE's version, such as `26.4.0`, in the LIFF browser and in LINE's in-app browser.
    pub line_version: Option<Text>,
    /// Whether it is the LIFF browser (LIFF SDK 2.31.0, `is-in-client`).
    pub is_liff: bool,
}

impl Device {
    /// Reads the user agent. `touch` tells an iPad, whose Safari calls itself a Mac, from a Mac.
    #[must_use]
    pub fn read(user_agent: Text, touch: bool) -> Self {
        let has = |mark| contains(user_agent, mark);
        let os = if has("iPhone") || has("iPad") || has("iPod") || (has("Macintosh") && touch) {
            Os::Ios
        } else if has("Android") {
            Os::Android
        } else {
            Os::Web
        };
        let line_version = after(user_agent, " Line/")
            .and_then(|rest| rest.get(..rest.bytes().take_while(|byte| byte.is_ascii_digit() || *byte == b'.').count()))
            .filter(|version| !version.is_empty());
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
        let major = self.line_version.and_then(|version| number(before(version, b'.')));
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
        assert_eq!(iphone, Device { os: Os::Ios, line_version: Some("26.4.0"), is_liff: true });
        let android = Device::read(
            "Mozilla/5.0 (Linux; Android 14; Pixel 8) Chrome/130 Mobile Safari/537.36 Line/9.1.2/IAB",
            true,
        );
        assert_eq!(android, Device { os: Os::Android, line_version: Some("9.1.2"), is_liff: false });
        assert!(android.has_old_line() && !iphone.has_old_line());
        let mac = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15";
        assert_eq!(Device::read(mac, true).os, Os::Ios);
        assert!(!Device::read(mac, false).is_phone());
    }
}
