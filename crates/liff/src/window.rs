//! Windows.

use crate::{Liff, Result, object::Members};

/// The browser in which [`Liff::open_window`] opens a URL. From LINE 14.20.0 to 15.20.0, a URL that belongs to an app
/// opens the app in either case; since then, with [`Browser::External`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Browser {
    /// LINE's in-app browser.
    #[default]
    InApp,
    /// The user's own browser.
    External,
}

impl Liff {
    /// [`liff.openWindow()`](https://developers.line.biz/en/reference/liff/#open-window): opens a URL, which must be a
    /// full one. LINE does not promise that it works outside LINE.
    ///
    /// # Errors
    /// `INVALID_ARGUMENT` for an empty URL.
    #[doc(alias = "openWindow")]
    pub fn open_window(&self, url: &str, browser: Browser) -> Result<()> {
        let params = Members::new();
        params.set_text("url", url);
        params.set_flag("external", browser == Browser::External);
        Ok(self.raw_open_window(&params)?)
    }

    /// [`liff.closeWindow()`](https://developers.line.biz/en/reference/liff/#close-window): closes the LIFF browser.
    /// Outside LINE the browser may refuse, without an error. May be called before [`Liff::init`].
    ///
    /// # Errors
    /// When the SDK is missing.
    #[doc(alias = "closeWindow")]
    pub fn close_window(&self) -> Result<()> {
        Ok(self.raw_close_window()?)
    }
}
