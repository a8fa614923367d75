//! The device and its browser, as far as they tell. These are only hints: a request decides, and no hint removes an
//! option.

use super::named;

named! {
    /// The operating system. Its name is `client.os` of the bind API.
    #[derive(Default)]
    pub enum Os {
        /// iOS and iPadOS.
        Ios = "ios",
        Android = "android",
        /// A desktop or anything else.
        #[default]
        Web = "web",
    }
}

/// Whether the LINE app is on this device.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LineApp {
    /// On another device: this is a computer.
    #[default]
    Elsewhere,
    /// Perhaps: a tablet, or a phone that passes for a computer ("desktop site").
    Perhaps,
    /// Most likely: this is a phone.
    Here,
}

impl LineApp {
    /// Whether a link into LINE is of use: not if LINE is certainly on another device, whose camera can read a QR code.
    #[must_use]
    pub fn needs_link(self, has_qr_code: bool) -> bool {
        !has_qr_code || self != Self::Elsewhere
    }
}

/// Another app whose browser shows the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum App {
    /// An app that names itself in the user agent.
    Known(&'static str),
    /// An app that only shows that it isn't a browser.
    Unknown,
}

/// The device, and the browser that shows the page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Device {
    /// The operating system.
    pub os: Os,
    /// LINE's version, such as `26.4.0`, in the LIFF browser and in LINE's in-app browser.
    pub line_version: Option<String>,
    /// Whether it is the LIFF browser (LIFF SDK 2.31.0, `is-in-client`).
    pub is_liff: bool,
    pub line_app: LineApp,
    /// The other app that shows the page: links there may fail to open LINE.
    pub inside: Option<App>,
}

impl Device {
    /// Reads the user agent, whether `navigator.maxTouchPoints` is above 1, and `navigator.userAgentData.platform`,
    /// which is empty if the browser doesn't have it. The last two reveal an iPad that calls itself a Mac, and a phone
    /// that asks for the desktop site.
    #[must_use]
    pub fn read(user_agent: &str, touch: bool, platform: &str) -> Self {
        let has = |mark| user_agent.contains(mark);
        let ipad = has("iPad") || (has("Macintosh") && touch);
        let os = if has("iPhone") || has("iPod") || ipad {
            Os::Ios
        } else if has("Android") || platform == "Android" {
            Os::Android
        } else {
            Os::Web
        };
        let line_app = match os {
            Os::Ios if !ipad => LineApp::Here,
            // Android's tablets leave out `Mobile` (Chrome for Android, "User-Agent strings").
            Os::Android if has("Android") && has("Mobile") => LineApp::Here,
            Os::Ios | Os::Android => LineApp::Perhaps,
            // HarmonyOS says `OpenHarmony`. A touch screen alone may be a laptop's, which the platform `Windows`
            // reveals.
            Os::Web if has("OpenHarmony") || (touch && platform != "Windows") => LineApp::Perhaps,
            Os::Web => LineApp::Elsewhere,
        };
        let line_version = version_behind(" Line/", '.', user_agent).map(str::to_owned);
        let inside = if line_version.is_some() { None } else { App::read(user_agent, os) };
        Self { os, line_version, is_liff: has(" LIFF"), line_app, inside }
    }

    /// Whether LINE is older than 10, and so lacks the LIFF browser that this page needs.
    #[must_use]
    pub fn has_old_line(&self) -> bool {
        let major = self.line_version.as_deref().and_then(|version| version.split('.').next()?.parse::<u32>().ok());
        major.is_some_and(|major| major < 10)
    }

    /// The name by which people know the phone's own browser.
    #[must_use]
    pub const fn browser(&self) -> &'static str {
        match self.os {
            Os::Ios => "Safari",
            Os::Android | Os::Web => "Chrome",
        }
    }
}

/// The version after a mark in a user agent: `26.4.0` after ` Line/`, with `.` between its numbers. (Apple writes
/// `18_4`.)
#[must_use]
pub fn version_behind<'a>(mark: &str, separator: char, user_agent: &'a str) -> Option<&'a str> {
    let (_, rest) = user_agent.split_once(mark)?;
    let version = rest.split(|c: char| !c.is_ascii_digit() && c != separator).next()?;
    version.starts_with(|c: char| c.is_ascii_digit()).then_some(version)
}

/// Marks that apps leave in their browsers' user agents, and the apps' names. The first match counts. Collected by
/// `shalanah/inapp-spy` (`src/tests`), `f2etw/detect-inapp` and `faisalman/ua-parser-js`
/// (`test/data/ua/extension/inapp.json`).
const APPS: [(&str, &str); 27] = [
    // Its mark contains the word Messenger.
    ("MicroMessenger", "WeChat"),
    ("FBAN/Messenger", "Messenger"),
    ("FB_IAB/MESSENGER", "Messenger"),
    ("Orca-Android", "Messenger"),
    ("Instagram", "Instagram"),
    ("Barcelona", "Threads"),
    ("FBAN/", "Facebook"),
    ("FB_IAB/", "Facebook"),
    ("MetaIAB", "Facebook"),
    ("musical_ly", "TikTok"),
    ("trill", "TikTok"),
    ("BytedanceWebview", "TikTok"),
    ("aweme", "Douyin"),
    ("Twitter", "X"),
    ("KAKAOTALK", "KakaoTalk"),
    ("NAVER(", "NAVER"),
    ("Snapchat", "Snapchat"),
    ("Pinterest", "Pinterest"),
    ("LinkedInApp", "LinkedIn"),
    ("Telegram", "Telegram"),
    ("WAiOS", "WhatsApp"),
    ("WA4A", "WhatsApp"),
    ("GSA/", "Google"),
    ("YJApp", "Yahoo! JAPAN"),
    ("Weibo", "Weibo"),
    ("Reddit/", "Reddit"),
    (" QQ/", "QQ"),
];

impl App {
    fn read(user_agent: &str, os: Os) -> Option<Self> {
        let known = APPS.iter().find(|(mark, _)| user_agent.contains(mark)).map(|(_, name)| Self::Known(name));
        // Every browser on iOS says `Safari/`, but a web view doesn't. Android's web view says `wv` (Android docs,
        // "User agent strings").
        let nameless = match os {
            Os::Ios => user_agent.contains("AppleWebKit/") && !user_agent.contains(" Safari/"),
            _ => user_agent.contains("; wv)"),
        };
        known.or_else(|| nameless.then_some(Self::Unknown))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Tokens that iOS browsers share.
    const WEBKIT: &str = "AppleWebKit/605.1.15 (KHTML, like Gecko)";
    const IPHONE: &str = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_4 like Mac OS X)";
    const BLINK: &str = "AppleWebKit/537.36 (KHTML, like Gecko)";

    fn read(user_agent: &str) -> Device {
        Device::read(user_agent, true, "")
    }

    #[test]
    fn tells_devices_apart() {
        let iphone = read(&format!("{IPHONE} {WEBKIT} Mobile/15E148 Safari Line/26.4.0 LIFF"));
        let line_version = Some("26.4.0".into());
        let line_app = LineApp::Here;
        assert_eq!(iphone, Device { os: Os::Ios, line_version, is_liff: true, line_app, inside: None });
        let android =
            read("Mozilla/5.0 (Linux; Android 14; Pixel 8; wv) Chrome/130 Mobile Safari/537.36 Line/9.1.2/IAB");
        assert_eq!((android.line_version.as_deref(), android.is_liff, android.inside), (Some("9.1.2"), false, None));
        assert!(android.has_old_line() && !iphone.has_old_line());
    }

    /// Random input found the last two.
    #[test]
    fn a_version_begins_with_a_number() {
        for (mark, version) in [
            ("Line/26.4.0_beta", Some("26.4.0")),
            ("Line/26-rc", Some("26")),
            ("Line/", None),
            ("Line/.4", None),
            ("Line/__proto__.", None),
        ] {
            assert_eq!(read(&format!("Mozilla/5.0 {mark} LIFF")).line_version.as_deref(), version, "{mark}");
        }
    }

    /// User agents from bowser-js/bowser#556, medama-io/go-useragent#24, webcompat/webcompat.com#3820, and the tests of
    /// shalanah/inapp-spy and faisalman/ua-parser-js.
    #[test]
    fn a_device_that_may_have_line_is_no_computer() {
        let (linux, mac, windows) =
            ("X11; Linux x86_64", "Macintosh; Intel Mac OS X 10_15_7", "Windows NT 10.0; Win64; x64");
        for (system, touch, platform, os, line_app) in [
            (linux, true, "Android", Os::Android, LineApp::Perhaps),
            (linux, true, "", Os::Web, LineApp::Perhaps),
            ("X11; Linux x86_64; rv:134.0", true, "", Os::Web, LineApp::Perhaps),
            ("X11; CrOS x86_64 14092.77.0", true, "Chrome OS", Os::Web, LineApp::Perhaps),
            (windows, true, "Android", Os::Android, LineApp::Perhaps),
            ("Linux; Android 13; SM-X900", true, "Android", Os::Android, LineApp::Perhaps),
            ("iPad; CPU OS 17_5 like Mac OS X", true, "", Os::Ios, LineApp::Perhaps),
            (mac, true, "", Os::Ios, LineApp::Perhaps),
            ("Phone; OpenHarmony 5.0", true, "", Os::Web, LineApp::Perhaps),
            ("Tablet; OpenHarmony 5.0", false, "", Os::Web, LineApp::Perhaps),
            (windows, true, "Windows", Os::Web, LineApp::Elsewhere),
            (windows, false, "Windows", Os::Web, LineApp::Elsewhere),
            (linux, false, "Linux", Os::Web, LineApp::Elsewhere),
            (mac, false, "macOS", Os::Web, LineApp::Elsewhere),
        ] {
            let device = Device::read(&format!("Mozilla/5.0 ({system}) {BLINK} Safari/537.36"), touch, platform);
            assert_eq!((device.os, device.line_app), (os, line_app), "{system}, {touch}, {platform}");
        }
        let phone = read("Mozilla/5.0 (Linux; Android 10; HarmonyOS; YAL-AL10) Chrome/92.0 Mobile Safari/537.36");
        assert_eq!((phone.os, phone.line_app), (Os::Android, LineApp::Here));
    }

    /// User agents from the tests of shalanah/inapp-spy, from f2etw/detect-inapp#1, ua-parser/uap-core#38 and #605,
    /// bowser-js/bowser#140, serbanghita/Mobile-Detect#832 and matomo-org/device-detector#6313.
    #[test]
    fn knows_the_browsers_of_other_apps() {
        let (ios, android) = (format!("{IPHONE} {WEBKIT}"), "Mozilla/5.0 (Linux; Android 14; Pixel 8; wv)");
        let mac = format!("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15) {WEBKIT} Mobile/15E148");
        for (user_agent, name) in [
            (format!("{ios} Mobile/14F89 [FBAN/MessengerForiOS;FBAV/112.0.0.36.70;FBLC/uk_UA]"), "Messenger"),
            (format!("{android} Chrome/58 Mobile Safari/537.36 [FB_IAB/MESSENGER;FBAV/118.0.0.19.82;]"), "Messenger"),
            (format!("{android} Chrome/128 Mobile Safari/537.36 [FB_IAB/Orca-Android;FBAV/470.0.0;]"), "Messenger"),
            (format!("{ios} Mobile/22G100 Safari/604.1 MetaIAB Facebook"), "Facebook"),
            (format!("{ios} Mobile/22B83 [FBAN/FBIOS;FBAV/488.0.0.68.101]"), "Facebook"),
            (format!("{ios} Mobile/22F76 Instagram 393.1.0.36.70 (iPhone15,3; IABMV/1) Safari/604.1)"), "Instagram"),
            (format!("{android} Chrome/144 Mobile Safari/537.36 Barcelona 415.0.0.36.77 Android"), "Threads"),
            (format!("{android} Chrome/96 Mobile Safari/537.36  trill_2022206050 AppName/musical_ly"), "TikTok"),
            (format!("{ios} Mobile/22H352 Twitter for iPhone/12.3"), "X"),
            (format!("{ios} Mobile/15E148 MicroMessenger/8.0.22(0x18001626) NetType/WIFI"), "WeChat"),
            ("Mozilla/5.0 (Phone; OpenHarmony 5.0) ArkWeb/4.1.6.1 Mobile MicroMessenger/8.0.5".into(), "WeChat"),
            (
                "Mozilla/5.0 (Linux; Android 10; K) Chrome/131 Mobile Safari/537.36 KAKAOTALK/11.3.1 (INAPP)".into(),
                "KakaoTalk",
            ),
            (format!("{ios} Version/13.0 Mobile/15E148 Safari/605.1 NAVER(inapp; search; 720)"), "NAVER"),
            (format!("{ios} GSA/436.4.969249353 Mobile/15E148 Safari/604.1"), "Google"),
            (format!("{ios} Version/26.0.1 Mobile/15E148 Safari/604.1 [WAiOS/2.25.31]"), "WhatsApp"),
            (format!("{mac} [LinkedInApp]"), "LinkedIn"),
        ] {
            assert_eq!(read(&user_agent).inside, Some(App::Known(name)), "{user_agent}");
        }
        for user_agent in [format!("{ios} Mobile/16B92"), format!("{android} Version/4.0 Chrome/52 Safari/537.36"), mac]
        {
            assert_eq!(read(&user_agent).inside, Some(App::Unknown), "{user_agent}");
        }
    }

    #[test]
    fn a_browser_is_no_other_app() {
        let ios = format!("{IPHONE} {WEBKIT}");
        for user_agent in [
            format!("{ios} Version/18.4 Mobile/15E148 Safari/604.1"),
            format!("{ios} CriOS/130.0.6723.90 Mobile/15E148 Safari/604.1"),
            format!("{ios} FxiOS/134.0 Mobile/15E148 Safari/605.1.15"),
            format!("{ios} Mobile/15E148 DuckDuckGo/7 Safari/605.1.15"),
            format!("{ios} Mobile/15E148 Safari Line/12.4.0"),
            format!("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) {WEBKIT} Version/17.5 Safari/605.1.15"),
            format!("Mozilla/5.0 (Linux; Android 10; K) {BLINK} SamsungBrowser/26.0 Chrome/122 Mobile Safari/537.36"),
            format!(
                "Mozilla/5.0 (Linux; U; Android 5.1.1) {BLINK} Version/4.0 Chrome/46 Safari/537.36 XiaoMi/MiuiBrowser/2.1.1"
            ),
            format!("Mozilla/5.0 (Linux; Android 6.0; CUBOT X18) {BLINK} Chrome/61 Mobile Safari/537.36"),
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/130 Safari/537.36".into(),
        ] {
            assert_eq!(read(&user_agent).inside, None, "{user_agent}");
        }
    }
}
