//! The customer's device, and how the LINE app opens a LIFF app on it.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::config::LineUser;

/// The operating system of a phone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Os {
    /// iPhone.
    Ios,
    /// Android.
    Android,
}

/// The size of a LIFF app, as set in LINE's console.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ViewType {
    /// About half the screen.
    Compact,
    /// Most of it.
    Tall,
    /// All of it.
    Full,
}

impl ViewType {
    /// Its name in LINE's context.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Compact => "compact",
            Self::Tall => "tall",
            Self::Full => "full",
        }
    }
}

/// The place where the page is opened. The names are those of `tests/scenarios.json`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Device {
    /// LIFF browser of LINE for iPhone.
    LineIos,
    /// LIFF browser of LINE for Android.
    LineAndroid,
    /// LINE's in-app browser, which is no LIFF browser.
    LineInApp,
    /// Chrome on Android.
    Phone,
    /// Safari on an iPhone.
    Iphone,
    /// Chrome on an Android tablet, which asks for the desktop's site (bowser-js/bowser#556).
    Tablet,
    /// Messenger's browser on an iPhone.
    Messenger,
    /// Chrome on Windows.
    Desktop,
}

/// The LINE version of a device, if a test does not set one.
pub const LINE_VERSION: &str = "26.4.0";
/// The user agent of Android's web view.
const WEBVIEW: &str = "Mozilla/5.0 (Linux; Android 16; Pixel 8 Build/BP1A; wv) AppleWebKit/537.36 (KHTML, like Gecko) \
    Version/4.0 Chrome/140.0.0.0 Mobile Safari/537.36";

impl Device {
    /// The phone of the LIFF browser, if it is one.
    #[must_use]
    pub fn liff_browser(self) -> Option<Os> {
        match self {
            Self::LineIos => Some(Os::Ios),
            Self::LineAndroid => Some(Os::Android),
            Self::LineInApp | Self::Phone | Self::Iphone | Self::Tablet | Self::Messenger | Self::Desktop => None,
        }
    }

    /// JavaScript that makes the browser report what the user agent doesn't.
    #[must_use]
    pub fn script(self) -> String {
        match self {
            // WebKitGTK doesn't accept such a user agent.
            Self::Messenger => says("userAgent", &json!(self.user_agent())),
            Self::Tablet => {
                [says("maxTouchPoints", &json!(5)), says("userAgentData", &json!({ "platform": "Android" }))].concat()
            }
            _ => String::new(),
        }
    }

    /// The user agent; for LINE, that of today's version.
    #[must_use]
    pub fn user_agent(self) -> String {
        match self {
            Self::LineIos => LineApp::new(Os::Ios).user_agent(),
            Self::LineAndroid => LineApp::new(Os::Android).user_agent(),
            Self::LineInApp => format!("{WEBVIEW} Line/{LINE_VERSION}/IAB"),
            Self::Phone => "Mozilla/5.0 (Linux; Android 16; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) \
                Chrome/140.0.0.0 Mobile Safari/537.36"
                .into(),
            Self::Iphone => "Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 \
                (KHTML, like Gecko) Version/18.7 Mobile/15E148 Safari/604.1"
                .into(),
            Self::Tablet => "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) \
                Chrome/140.0.0.0 Safari/537.36"
                .into(),
            Self::Messenger => "Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 \
                (KHTML, like Gecko) Mobile/15E148 [FBAN/MessengerForiOS;FBAV/482.2.0.68.110;FBDV/iPhone12,8;FBLC/zh_TW]"
                .into(),
            Self::Desktop => "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) \
                Chrome/140.0.0.0 Safari/537.36"
                .into(),
        }
    }
}

/// JavaScript that sets a property of `navigator`.
fn says(name: &str, value: &Value) -> String {
    format!("Object.defineProperty(navigator, '{name}', {{ get: () => ({value}) }});")
}

/// The LINE app when it opens a LIFF URL. Start from [`LineApp::new`] and change what the test is about.
#[derive(Clone, Debug)]
pub struct LineApp {
    /// The phone.
    pub os: Os,
    /// The app's version, `major.minor.patch`.
    pub version: String,
    /// The app's language (RFC 5646).
    pub language: String,
    /// The LIFF app's size.
    pub view_type: ViewType,
    /// The kind of chat it is opened from: `none` for none, `utou`, `square_chat` for `OpenChat`.
    pub chat: String,
    /// The LIFF app that is opened; the first of the configuration when `None`.
    pub liff_id: Option<String>,
    /// The part after the LIFF ID in the LIFF URL, e.g. `?bindToken=abc`; it arrives in `liff.state`.
    pub extra: String,
    /// The person with the phone; the configured user if `None`.
    pub user: Option<LineUser>,
    /// The ID token that it passes on.
    pub id_token: IdTokenPlan,
}

/// The ID token that the LINE app passes to the page.
#[derive(Clone, Debug, PartialEq)]
pub enum IdTokenPlan {
    /// Issued now, valid for an hour.
    Fresh,
    /// Issued two hours ago, expired one hour ago.
    Expired,
    /// None, as if the `openid` scope is off or was refused.
    Absent,
    /// Issued for another channel.
    WrongAudience,
    /// Signed by somebody else.
    ForeignSignature,
    /// A valid one, with these claims in place of its own.
    Claims(Value),
}

impl LineApp {
    /// Today's LINE, set to Traditional Chinese, that opens the shop's LIFF app in Compact size.
    #[must_use]
    pub fn new(os: Os) -> Self {
        Self {
            os,
            version: LINE_VERSION.into(),
            language: "zh-Hant".into(),
            view_type: ViewType::Compact,
            chat: "none".into(),
            liff_id: None,
            extra: String::new(),
            user: None,
            id_token: IdTokenPlan::Fresh,
        }
    }

    /// Adds the part after the LIFF ID in the LIFF URL.
    #[must_use]
    pub fn with_extra(self, extra: impl Into<String>) -> Self {
        Self { extra: extra.into(), ..self }
    }

    /// The user agent of its LIFF browser.
    #[must_use]
    pub fn user_agent(&self) -> String {
        let browser = match self.os {
            Os::Ios => {
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) \
                Mobile/15E148 Safari"
            }
            Os::Android => WEBVIEW,
        };
        format!("{browser} Line/{} LIFF", self.version)
    }
}

/// Percent-encodes as LINE does for `liff.state`.
pub fn percent_encoded(text: &str) -> String {
    utf8_percent_encode(text, NON_ALPHANUMERIC).to_string()
}
