//! How and from where the LIFF app was opened.

use crate::{
    Liff, Result, Scope,
    names::names,
    object::{Members, answer},
};

answer! {
    /// How and from where the LIFF app was opened, and what it may do there
    /// ([reference](https://developers.line.biz/en/reference/liff/#get-context)).
    pub struct Context;
}

names! {
    /// The screen from which the LIFF app was opened.
    pub enum ContextType {
        /// A chat of two.
        Utou = "utou",
        /// A group chat.
        Group = "group",
        /// A multi-person chat.
        Room = "room",
        /// An external browser, or LINE's in-app browser.
        External = "external",
        /// Any other screen of LINE.
        None = "none",
        /// An `OpenChat`, which LINE doesn't support (in the SDK, not in LINE's reference).
        SquareChat = "square_chat",
    }
}

names! {
    /// The size of the LIFF browser, as it is set for the LIFF app.
    pub enum ViewType {
        /// About half of the screen.
        Compact = "compact",
        /// Most of the screen.
        Tall = "tall",
        /// All of the screen.
        Full = "full",
    }
}

impl Context {
    /// `type`: the screen from which the LIFF app was opened.
    #[must_use]
    pub fn kind(&self) -> Option<ContextType> {
        self.0.text("type").map(ContextType::from)
    }

    /// `userId`: the user ID. May be `None` outside LINE.
    #[must_use]
    pub fn user_id(&self) -> Option<String> {
        self.0.text("userId")
    }

    /// `liffId`: the LIFF ID.
    #[must_use]
    pub fn liff_id(&self) -> Option<String> {
        self.0.text("liffId")
    }

    /// `viewType`: the size of the LIFF browser; `None` outside LINE.
    #[must_use]
    pub fn view_type(&self) -> Option<ViewType> {
        self.0.text("viewType").map(ViewType::from)
    }

    /// `endpointUrl`: the URL that LINE opens.
    #[must_use]
    pub fn endpoint_url(&self) -> Option<String> {
        self.0.text("endpointUrl")
    }

    /// `accessTokenHash`: the first half of the access token's SHA-256.
    #[must_use]
    pub fn access_token_hash(&self) -> Option<String> {
        self.0.text("accessTokenHash")
    }

    /// `scope`: the scopes that are set for the LIFF app. The user need not have agreed to them: see
    /// [`Liff::granted_scopes`].
    #[must_use]
    pub fn scopes(&self) -> Option<Vec<Scope>> {
        Some(self.0.texts("scope")?.into_iter().map(Scope::from).collect())
    }

    /// A feature in `availability`: whether it can be used where the LIFF app was opened.
    ///
    /// LINE advises to ask [`Liff::is_api_available`] instead if it knows the feature.
    #[must_use]
    pub fn availability(&self, feature: &Feature) -> Option<Availability> {
        Availability::read(Members::read(self.0.get("availability"))?.get(feature.as_str()))
    }

    /// `menuColorSetting`: the colours of the LIFF browser's header.
    #[must_use]
    pub fn menu_colors(&self) -> Option<MenuColors> {
        MenuColors::read(self.0.get("menuColorSetting"))
    }

    /// `miniAppId`: the custom path of a LINE MINI App.
    #[must_use]
    pub fn mini_app_id(&self) -> Option<String> {
        self.0.text("miniAppId")
    }

    /// `miniDomainAllowed`: whether the LINE MINI App can be opened at `miniapp.line.me`.
    #[must_use]
    pub fn is_mini_domain_allowed(&self) -> Option<bool> {
        self.0.flag("miniDomainAllowed")
    }

    /// `permanentLinkPattern`: how a LIFF URL's additional path and parameters are handled: `concat`.
    #[must_use]
    pub fn permanent_link_pattern(&self) -> Option<String> {
        self.0.text("permanentLinkPattern")
    }

    /// `hasLinkedBot`: whether an official account is linked (in the SDK, not in LINE's reference).
    #[must_use]
    pub fn has_linked_bot(&self) -> Option<bool> {
        self.0.flag("hasLinkedBot")
    }

    /// `device`: `primary` or `secondary` (in the SDK, not in LINE's reference).
    #[must_use]
    pub fn device(&self) -> Option<String> {
        self.0.text("device")
    }

    /// `isIapSandbox`: whether in-app purchases are for trial (in the SDK, not in LINE's reference).
    #[must_use]
    pub fn is_iap_sandbox(&self) -> Option<bool> {
        self.0.flag("isIapSandbox")
    }

    /// `utouId`.
    #[deprecated(note = "LINE has discontinued the IDs of chats on 2023-02-06")]
    #[must_use]
    pub fn utou_id(&self) -> Option<String> {
        self.0.text("utouId")
    }

    /// `groupId`.
    #[deprecated(note = "LINE has discontinued the IDs of chats on 2023-02-06")]
    #[must_use]
    pub fn group_id(&self) -> Option<String> {
        self.0.text("groupId")
    }

    /// `roomId`.
    #[deprecated(note = "LINE has discontinued the IDs of chats on 2023-02-06")]
    #[must_use]
    pub fn room_id(&self) -> Option<String> {
        self.0.text("roomId")
    }
}

names! {
    /// The features in a [`Context`]'s
    /// [`availability`](https://developers.line.biz/en/reference/liff/#get-context-return-value-availability).
    pub enum Feature {
        /// [`Liff::share_target_picker`].
        ShareTargetPicker = "shareTargetPicker",
        /// Going from one LIFF app to another without closing the LIFF browser.
        MultipleLiffTransition = "multipleLiffTransition",
        /// Subwindows, which [`Liff::scan_code_v2`] and [`Liff::request_friendship`] need: the size `full` only.
        SubwindowOpen = "subwindowOpen",
        /// [`Liff::scan_code`].
        ScanCode = "scanCode",
        /// [`Liff::scan_code_v2`].
        ScanCodeV2 = "scanCodeV2",
        /// Not provided now.
        GetAdvertisingId = "getAdvertisingId",
        /// Not provided now.
        AddToHomeScreen = "addToHomeScreen",
        /// Not provided now.
        BluetoothLeFunction = "bluetoothLeFunction",
        /// Channel consent simplification, for LINE MINI Apps.
        SkipChannelVerificationScreen = "skipChannelVerificationScreen",
        /// [`Liff::create_shortcut_on_home_screen`].
        AddToHomeV2 = "addToHomeV2",
        /// Not provided now.
        AddToHomeHideDomain = "addToHomeHideDomain",
        /// Not provided now.
        AddToHomeLineScheme = "addToHomeLineScheme",
        /// In-app purchase, for LINE MINI Apps (in the SDK, not in LINE's reference).
        Iap = "iap",
    }
}

answer! {
    /// Whether a [`Feature`] can be used, and from which version of LINE and of the operating system
    /// ([reference](https://developers.line.biz/en/reference/liff/#get-context-return-value-availability-common)).
    pub struct Availability;
}

impl Availability {
    /// `permission`: whether it can be used.
    #[must_use]
    pub fn is_permitted(&self) -> Option<bool> {
        self.0.flag("permission")
    }

    /// `minVer`: the first version of LINE that has it.
    #[must_use]
    pub fn min_version(&self) -> Option<String> {
        self.0.text("minVer")
    }

    /// `maxVer`: the last version of LINE that has it.
    #[must_use]
    pub fn max_version(&self) -> Option<String> {
        self.0.text("maxVer")
    }

    /// `unsupportedFromVer`: the version of LINE from which it is no longer supported.
    #[must_use]
    pub fn unsupported_from_version(&self) -> Option<String> {
        self.0.text("unsupportedFromVer")
    }

    /// `minOsVer`: the first version of the operating system that has it.
    #[must_use]
    pub fn min_os_version(&self) -> Option<String> {
        self.0.text("minOsVer")
    }

    /// `maxOsVer`: the last version of the operating system that has it.
    #[must_use]
    pub fn max_os_version(&self) -> Option<String> {
        self.0.text("maxOsVer")
    }

    /// `unsupportedFromOsVer`: the version of the operating system from which it is no longer supported.
    #[must_use]
    pub fn unsupported_from_os_version(&self) -> Option<String> {
        self.0.text("unsupportedFromOsVer")
    }
}

answer! {
    /// The colours of the LIFF browser's header
    /// ([reference](https://developers.line.biz/en/reference/liff/#get-context-return-value-menucolorsetting)). They
    /// can't be changed.
    pub struct MenuColors;
}

impl MenuColors {
    /// `adaptableColorSchemes`: always `light`.
    #[must_use]
    pub fn schemes(&self) -> Option<Vec<String>> {
        self.0.texts("adaptableColorSchemes")
    }

    /// `lightModeColor`: the colours where the scheme is `light`.
    #[must_use]
    pub fn light(&self) -> Option<Colors> {
        Colors::read(self.0.get("lightModeColor"))
    }

    /// `darkModeColor`: the colours where the scheme is `dark`.
    #[must_use]
    pub fn dark(&self) -> Option<Colors> {
        Colors::read(self.0.get("darkModeColor"))
    }
}

answer! {
    /// Colours, as `#RRGGBB`
    /// ([reference](https://developers.line.biz/en/reference/liff/#get-context-return-value-menucolorsetting-common)).
    pub struct Colors;
}

impl Colors {
    /// `iconColor`: of the icon.
    #[must_use]
    pub fn icon(&self) -> Option<String> {
        self.0.text("iconColor")
    }

    /// `statusBarColor`: of the status bar, `black` or `white`.
    #[must_use]
    pub fn status_bar(&self) -> Option<String> {
        self.0.text("statusBarColor")
    }

    /// `titleTextColor`: of the title.
    #[must_use]
    pub fn title_text(&self) -> Option<String> {
        self.0.text("titleTextColor")
    }

    /// `titleSubtextColor`: of the subtitle.
    #[must_use]
    pub fn title_subtext(&self) -> Option<String> {
        self.0.text("titleSubtextColor")
    }

    /// `titleButtonColor`: of the button.
    #[must_use]
    pub fn title_button(&self) -> Option<String> {
        self.0.text("titleButtonColor")
    }

    /// `titleBackgroundColor`: of the background.
    #[must_use]
    pub fn title_background(&self) -> Option<String> {
        self.0.text("titleBackgroundColor")
    }

    /// `progressBarColor`: of the progress bar.
    #[must_use]
    pub fn progress_bar(&self) -> Option<String> {
        self.0.text("progressBarColor")
    }

    /// `progressBackgroundColor`: of the progress bar's background.
    #[must_use]
    pub fn progress_background(&self) -> Option<String> {
        self.0.text("progressBackgroundColor")
    }
}

impl Liff {
    /// [`liff.getContext()`](https://developers.line.biz/en/reference/liff/#get-context): how and from where the LIFF
    /// app was opened. `None` if LINE hasn't told.
    ///
    /// # Errors
    /// `INVALID_CONFIG` before [`Liff::init`].
    #[doc(alias = "getContext")]
    pub fn context(&self) -> Result<Option<Context>> {
        Ok(Context::read(self.raw_get_context()?))
    }
}
