//! The things to set and to check, in the order of the manual.

use liff_bind::core::named;

/// A step of the manual ("社群身份綁定—LIFF 設定").
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The requirements before step 1.
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
    /// The step's number: `1.4`, `3`; empty if the manual has no number. Also `data-step`.
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

    /// The part of the page that shows it.
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

named! {
    /// A part of the page, with its own heading: `section-` and its name in the files of words.
    pub enum Section {
        /// Before step 1.
        Before = "before",
        /// Step 1.
        One = "one",
        /// Step 2.
        Two = "two",
        /// Step 3.
        Three = "three",
        /// Step 4.
        Four = "four",
        /// The manual's warnings.
        Warnings = "warnings",
        /// This phone, LINE, and the page's host.
        Here = "here",
    }
}

named! {
    /// One thing to set or to check, in the order of the manual. Its name is used for `data-check`, which tests and
    /// support read, and in the files of words.
    pub enum Item {
        /// Login channel and official account are under one provider.
        Provider = "provider",
        /// The login channel is published.
        Published = "published",
        /// The LIFF app's name.
        AppName = "app-name",
        /// The LIFF app's size.
        Size = "size",
        /// Scope `profile`, ticked and agreed to.
        ScopeProfile = "scope-profile",
        /// Scope `openid`, ticked and agreed to.
        ScopeOpenid = "scope-openid",
        /// Scope `chat_message.write`, ticked and agreed to.
        ScopeChatMessageWrite = "scope-chat-message-write",
        /// LINE issues an ID token for this channel, and the bind API accepts it.
        IdToken = "id-token",
        /// An official account is linked to the login channel.
        BotLink = "bot-link",
        /// The page can read whether the account is a friend.
        Friendship = "friendship",
        /// The add friend option is On (aggressive).
        Aggressive = "aggressive",
        ScanQr = "scan-qr",
        /// LINE knows the LIFF ID.
        LiffId = "liff-id",
        EndpointUrl = "endpoint-url",
        /// The bind API knows the LIFF ID.
        LiffIdKnown = "liff-id-known",
        /// The official account is connected at Omnichat.
        Channel = "channel",
        /// The LIFF ID is not the game module's.
        GameModule = "game-module",
        /// From now on binding goes through LIFF.
        LiffFlow = "liff-flow",
        /// Success messages are push messages, which LINE bills.
        PushBilling = "push-billing",
        /// LINE answers `liff.init`.
        Line = "line",
        /// Where in LINE the page was opened.
        ContextType = "context-type",
        /// LINE and the system are recent enough.
        Versions = "versions",
        /// The phone's clock.
        Clock = "clock",
        /// The page's own host.
        Host = "host",
        /// The headers that the page's host sends.
        Headers = "headers",
        /// The bind API answers.
        BindApi = "bind-api",
    }
}

impl Item {
    /// The step of the manual it belongs to.
    #[must_use]
    pub const fn step(self) -> Step {
        match self {
            Self::Provider | Self::Published => Step::Before,
            Self::AppName => Step::One(1),
            Self::Size => Step::One(2),
            Self::ScopeProfile | Self::ScopeOpenid | Self::ScopeChatMessageWrite | Self::IdToken => Step::One(4),
            Self::BotLink | Self::Friendship | Self::Aggressive => Step::One(5),
            Self::ScanQr => Step::One(6),
            Self::LiffId => Step::Two,
            Self::EndpointUrl => Step::Three,
            Self::LiffIdKnown | Self::Channel => Step::Four,
            Self::GameModule => Step::Warning(1),
            Self::LiffFlow => Step::Warning(2),
            Self::PushBilling => Step::Warning(3),
            Self::Line
            | Self::ContextType
            | Self::Versions
            | Self::Clock
            | Self::Host
            | Self::Headers
            | Self::BindApi => Step::None,
        }
    }

    /// Whether it is set in a console, where a person can look at it.
    #[must_use]
    pub const fn is_setting(self) -> bool {
        !matches!(
            self,
            Self::IdToken
                | Self::Friendship
                | Self::PushBilling
                | Self::Line
                | Self::ContextType
                | Self::Versions
                | Self::Clock
                | Self::Host
                | Self::Headers
                | Self::BindApi
        )
    }

    /// The value to enter or choose in LINE's console, if it is the same for everybody.
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
