//! What there is to set and to check, in the order of the manual.

/// A step of the manual ("社群身份綁定—LIFF 設定").
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// What must hold before step 1.
    Before,
    /// Step 1, and the number of the field in it.
    One(u8),
    /// Step 2: the LIFF ID.
    Two,
    /// Step 3: the final endpoint URL.
    Three,
    /// Step 4: the LIFF ID saved at Omnichat.
    Four,
    /// One of the manual's three warnings.
    Warning(u8),
    /// No step: this phone, LINE, the page's host.
    None,
}

impl Step {
    /// How the step is numbered: `1.4`, `3`; empty where the manual has no number. Also `data-step`.
    #[must_use]
    pub fn number(self) -> String {
        match self {
            Self::One(field) => format!("1.{field}"),
            Self::Two => "2".into(),
            Self::Three => "3".into(),
            Self::Four => "4".into(),
            Self::Before | Self::Warning(_) | Self::None => String::new(),
        }
    }

    /// The part of the page it is told in.
    #[must_use]
    pub const fn section(self) -> Section {
        match self {
            Self::Before => Section::Before,
            Self::One(_) => Section::One,
            Self::Two => Section::Two,
            Self::Three => Section::Three,
            Self::Four => Section::Four,
            Self::Warning(_) => Section::Warnings,
            Self::None => Section::Here,
        }
    }
}

/// A part of the page, with a heading of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    /// Before step 1.
    Before,
    /// Step 1.
    One,
    /// Step 2.
    Two,
    /// Step 3.
    Three,
    /// Step 4.
    Four,
    /// The manual's warnings.
    Warnings,
    /// This phone, LINE, and the page's host.
    Here,
}

impl Section {
    /// In the order in which they are shown.
    pub const ALL: [Self; 7] =
        [Self::Before, Self::One, Self::Two, Self::Three, Self::Four, Self::Warnings, Self::Here];

    /// Its name in the files of words.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Before => "before",
            Self::One => "one",
            Self::Two => "two",
            Self::Three => "three",
            Self::Four => "four",
            Self::Warnings => "warnings",
            Self::Here => "here",
        }
    }
}

macro_rules! items {
    ($($(#[$doc:meta])* $item:ident $name:literal $step:expr),* $(,)?) => {
        /// One thing to set, or to check.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Item { $($(#[$doc])* $item),* }

        impl Item {
            /// In the order of the manual.
            pub const ALL: &[Self] = &[$(Self::$item),*];

            /// `data-check`: public, tests and support read it. Also its name in the files of words.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$item => $name),* }
            }

            /// The step of the manual it belongs to.
            #[must_use]
            pub const fn step(self) -> Step {
                match self { $(Self::$item => $step),* }
            }
        }
    };
}

items! {
    /// Login channel and official account are under one provider.
    Provider "provider" Step::Before,
    /// The login channel is published.
    Published "published" Step::Before,
    /// The LIFF app's name.
    AppName "app-name" Step::One(1),
    /// The LIFF app's size.
    Size "size" Step::One(2),
    /// Scope `profile`, ticked and agreed to.
    ScopeProfile "scope-profile" Step::One(4),
    /// Scope `openid`, ticked and agreed to.
    ScopeOpenid "scope-openid" Step::One(4),
    /// Scope `chat_message.write`, ticked and agreed to.
    ScopeChatMessageWrite "scope-chat-message-write" Step::One(4),
    /// LINE issues an ID token, of this channel and accepted by the bind API.
    IdToken "id-token" Step::One(4),
    /// An official account is linked to the login channel.
    BotLink "bot-link" Step::One(5),
    /// Whether the account is a friend can be read.
    Friendship "friendship" Step::One(5),
    /// The add friend option is On (aggressive).
    Aggressive "aggressive" Step::One(5),
    /// Scan QR is on.
    ScanQr "scan-qr" Step::One(6),
    /// LINE knows the LIFF ID.
    LiffId "liff-id" Step::Two,
    /// The endpoint URL.
    EndpointUrl "endpoint-url" Step::Three,
    /// The bind API knows the LIFF ID.
    LiffIdKnown "liff-id-known" Step::Four,
    /// The official account is connected at Omnichat.
    Channel "channel" Step::Four,
    /// The LIFF ID is not the game module's.
    GameModule "game-module" Step::Warning(1),
    /// From now on binding goes through LIFF.
    LiffFlow "liff-flow" Step::Warning(2),
    /// Success messages are push messages, which LINE bills.
    PushBilling "push-billing" Step::Warning(3),
    /// LINE answers `liff.init`.
    Line "line" Step::None,
    /// Where in LINE the page was opened.
    ContextType "context-type" Step::None,
    /// LINE and the system are recent enough.
    Versions "versions" Step::None,
    /// The phone's clock.
    Clock "clock" Step::None,
    /// The page's own host.
    Host "host" Step::None,
    /// The headers that the page's host sends.
    Headers "headers" Step::None,
    /// The bind API answers.
    BindApi "bind-api" Step::None,
}

impl Item {
    /// What LINE's console wants entered or chosen, where that is the same for everybody.
    #[must_use]
    pub const fn fixed_value(self) -> Option<&'static str> {
        Some(match self {
            Self::AppName => "社群身份綁定",
            Self::Size => "Compact",
            Self::ScopeProfile => "profile",
            Self::ScopeOpenid => "openid",
            Self::ScopeChatMessageWrite => "chat_message.write",
            Self::Aggressive => "On (aggressive)",
            Self::ScanQr => "On",
            _ => return None,
        })
    }
}
