//! The person who opens the page, as far as a browser shows.

use sandbox::{Device, LineApp, Os};

/// The settings of a fresh browser.
#[derive(Clone, Debug)]
pub struct Visitor {
    /// The user agent.
    pub user_agent: String,
    /// The browser's language (RFC 5646).
    pub language: String,
    /// The part of the screen that shows the page.
    pub size: Size,
    /// Whether the browser draws as on a desk: for pictures. Chromium's headless shell sets type otherwise, and `WebKit`
    /// without its compositor may never give one.
    pub draws: bool,
}

/// The size of the viewport in CSS pixels. `MiniBrowser` is never narrower than 334.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// Width.
    pub width: u32,
    /// Height.
    pub height: u32,
}

impl Size {
    /// A LIFF app of size Compact on a small phone.
    pub const COMPACT: Self = Self::new(390, 330);
    /// A LIFF app of size Full.
    pub const FULL: Self = Self::new(390, 844);
    /// A tablet.
    pub const TABLET: Self = Self::new(820, 1180);
    /// A computer.
    pub const DESKTOP: Self = Self::new(1200, 800);

    /// Any size.
    #[must_use]
    pub const fn new(width: u32, height: u32) -> Self {
        Self { width, height }
    }
}

impl Visitor {
    /// The same visitor with another language.
    #[must_use]
    pub fn speaking(self, language: &str) -> Self {
        Self { language: language.into(), ..self }
    }

    /// The same visitor on an iPhone with this version of iOS, such as `15_8`.
    #[must_use]
    pub fn on_ios(self, version: &str) -> Self {
        let user_agent = self.user_agent.replace("iPhone OS 18_7", &format!("iPhone OS {version}"));
        Self { user_agent, ..self }
    }

    /// The same visitor in a browser that draws as on a desk.
    #[must_use]
    pub fn drawn(self) -> Self {
        Self { draws: true, ..self }
    }

    /// The same visitor with another viewport.
    #[must_use]
    pub fn sized(self, size: Size) -> Self {
        Self { size, ..self }
    }
}

impl From<Device> for Visitor {
    fn from(device: Device) -> Self {
        let size = match device {
            Device::LineIos | Device::LineAndroid => Size::COMPACT,
            Device::LineInApp | Device::Phone | Device::Iphone | Device::Messenger => Size::FULL,
            Device::Tablet => Size::TABLET,
            Device::Desktop => Size::DESKTOP,
        };
        Self { user_agent: device.user_agent(), language: "zh-TW".into(), size, draws: false }
    }
}

impl From<&LineApp> for Visitor {
    fn from(line: &LineApp) -> Self {
        let device = match line.os {
            Os::Ios => Device::LineIos,
            Os::Android => Device::LineAndroid,
        };
        Self { user_agent: line.user_agent(), language: line.language.clone(), ..device.into() }
    }
}
