//! Where the page runs.

use crate::{Liff, Result, error::expect_text, names::names};

names! {
    /// The operating system.
    pub enum Os {
        /// iOS and iPadOS. An iPad that calls itself a Mac is [`Os::Web`].
        Ios = "ios",
        /// Android.
        Android = "android",
        /// Anything else.
        Web = "web",
    }
}

names! {
    /// The functions and features that [`Liff::is_api_available`] knows.
    pub enum Api {
        /// [`Liff::create_shortcut_on_home_screen`].
        CreateShortcutOnHomeScreen = "createShortcutOnHomeScreen",
        /// In-app purchase, for LINE MINI Apps.
        Iap = "iap",
        /// Going from one LIFF app to another without closing the LIFF browser.
        MultipleLiffTransition = "multipleLiffTransition",
        /// [`Liff::request_friendship`] (in the SDK, not in LINE's reference).
        RequestFriendship = "requestFriendship",
        /// [`Liff::scan_code`].
        ScanCode = "scanCode",
        /// [`Liff::scan_code_v2`].
        ScanCodeV2 = "scanCodeV2",
        /// [`Liff::share_target_picker`].
        ShareTargetPicker = "shareTargetPicker",
        /// Channel consent simplification, for LINE MINI Apps.
        SkipChannelVerificationScreen = "skipChannelVerificationScreen",
    }
}

impl Liff {
    /// [`liff.getOS()`](https://developers.line.biz/en/reference/liff/#get-os): the operating system, by the user
    /// agent. May be called before [`Liff::init`].
    ///
    /// # Errors
    /// When the SDK is missing.
    #[doc(alias = "getOS")]
    pub fn os(&self) -> Result<Os> {
        expect_text(self.raw_get_os()?).map(Os::from)
    }

    /// [`liff.getAppLanguage()`](https://developers.line.biz/en/reference/liff/#get-app-language): the LINE app's
    /// language as an RFC 5646 tag; outside the LIFF browser of LINE 14.11.0 or later, `navigator.language`. May be
    /// called before [`Liff::init`].
    ///
    /// # Errors
    /// When the SDK is missing.
    #[doc(alias = "getAppLanguage")]
    pub fn app_language(&self) -> Result<String> {
        expect_text(self.raw_get_app_language()?)
    }

    /// [`liff.getLanguage()`](https://developers.line.biz/en/reference/liff/#get-language): `navigator.language`. May
    /// be called before [`Liff::init`].
    ///
    /// # Errors
    /// When the SDK is missing.
    #[deprecated(note = "LINE has deprecated it in favour of `app_language`")]
    #[doc(alias = "getLanguage")]
    pub fn language(&self) -> Result<String> {
        expect_text(self.raw_get_language()?)
    }

    /// [`liff.getVersion()`](https://developers.line.biz/en/reference/liff/#get-version): the SDK's version. May be
    /// called before [`Liff::init`].
    ///
    /// # Errors
    /// When the SDK is missing.
    #[doc(alias = "getVersion")]
    pub fn version(&self) -> Result<String> {
        expect_text(self.raw_get_version()?)
    }

    /// [`liff.getLineVersion()`](https://developers.line.biz/en/reference/liff/#get-line-version): the LINE app's
    /// version; `None` outside LINE. May be called before [`Liff::init`].
    ///
    /// # Errors
    /// When the SDK is missing.
    #[doc(alias = "getLineVersion")]
    pub fn line_version(&self) -> Result<Option<String>> {
        Ok(self.raw_get_line_version()?.as_string())
    }

    /// [`liff.isInClient()`](https://developers.line.biz/en/reference/liff/#is-in-client): whether the page runs in the
    /// LIFF browser. LINE's in-app browser doesn't count. May be called before [`Liff::init`].
    ///
    /// # Errors
    /// When the SDK is missing.
    #[doc(alias = "isInClient")]
    pub fn is_in_client(&self) -> Result<bool> {
        Ok(self.raw_is_in_client()?)
    }

    /// [`liff.isApiAvailable()`](https://developers.line.biz/en/reference/liff/#is-api-available): whether a function
    /// may be used here: this version of LINE has it, the channel's owner has agreed to its terms, and the user has
    /// signed in if needed.
    ///
    /// # Errors
    /// `INVALID_ARGUMENT` for a name that the SDK doesn't know; `INVALID_CONFIG` before [`Liff::init`].
    #[doc(alias = "isApiAvailable")]
    pub fn is_api_available(&self, api: &Api) -> Result<bool> {
        Ok(self.raw_is_api_available(api.as_str())?)
    }
}
