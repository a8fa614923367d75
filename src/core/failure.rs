//! Why a person is not bound, or not known to be. Each has words of its own in `i18n/`.

use super::text::Text;

/// A stop on the way. Its [`name`](Failure::name) is public: `<html data-failure>`, read by monitoring and support.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    /// The phone says it has no connection.
    Offline,
    /// `liff.init` did not settle, or failed in a way a new try may mend.
    LineInit,
    /// LINE's servers answer with errors.
    LineDown,
    /// The customer refused LINE's consent screen.
    SignInRefused,
    /// The sign-in is too old and could not be renewed by itself.
    SignInExpired,
    /// The server refuses a token as expired, and the phone's clock is off.
    Clock,
    /// The link does not say which visitor is to be bound.
    LinkIncomplete,
    /// The link is too old.
    LinkExpired,
    /// Another LINE account used the link.
    LinkUsed,
    /// The website's account is bound to another LINE account.
    SiteHasOtherLine,
    /// This LINE account belongs to another member of the shop.
    LineHasOtherMember,
    /// The merchant switched binding off.
    Paused,
    /// Too many requests, and waiting by itself did not help.
    Busy,
    /// The server failed.
    Server,
    /// Something between here and the server failed, while the server may have bound. To the public it is `server`.
    Gateway,
    /// The request left, but no readable answer came: it may have bound.
    Unsure,
    /// LINE's app is too old for LIFF.
    LineTooOld,
    /// Opened in a place of LINE where LIFF gives no identity (`OpenChat`).
    WrongPlace,
    /// The server could not verify the ID token.
    Identity,
    /// No LIFF ID, or none that LINE knows.
    SetupLiffId,
    /// The LIFF app opened is not the one the URL names, or belongs to another channel.
    SetupMismatch,
    /// The bind API does not know the LIFF ID.
    SetupUnknown,
    /// The LIFF ID is the game module's.
    SetupGameModule,
    /// The LIFF app lacks the `openid` scope.
    SetupScope,
    /// The official account is disconnected or of another provider.
    SetupChannel,
    /// The bind API refuses this page's host.
    SetupHost,
}

impl Failure {
    /// Every failure.
    pub const ALL: [Self; 26] = [
        Self::Offline,
        Self::LineInit,
        Self::LineDown,
        Self::SignInRefused,
        Self::SignInExpired,
        Self::Clock,
        Self::LinkIncomplete,
        Self::LinkExpired,
        Self::LinkUsed,
        Self::SiteHasOtherLine,
        Self::LineHasOtherMember,
        Self::Paused,
        Self::Busy,
        Self::Server,
        Self::Gateway,
        Self::Unsure,
        Self::LineTooOld,
        Self::WrongPlace,
        Self::Identity,
        Self::SetupLiffId,
        Self::SetupMismatch,
        Self::SetupUnknown,
        Self::SetupGameModule,
        Self::SetupScope,
        Self::SetupChannel,
        Self::SetupHost,
    ];

    /// The public name, as `<html data-failure>` has it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Offline => "offline",
            Self::LineInit => "line-init",
            Self::LineDown => "line-down",
            Self::SignInRefused => "sign-in-refused",
            Self::SignInExpired => "sign-in-expired",
            Self::Clock => "clock",
            Self::LinkIncomplete => "link-incomplete",
            Self::LinkExpired => "link-expired",
            Self::LinkUsed => "link-used",
            Self::SiteHasOtherLine => "site-has-other-line",
            Self::LineHasOtherMember => "line-has-other-member",
            Self::Paused => "paused",
            Self::Busy => "busy",
            Self::Server | Self::Gateway => "server",
            Self::Unsure => "unsure",
            Self::LineTooOld => "line-too-old",
            Self::WrongPlace => "wrong-place",
            Self::Identity => "identity",
            Self::SetupLiffId => "setup-liff-id",
            Self::SetupMismatch => "setup-mismatch",
            Self::SetupUnknown => "setup-unknown",
            Self::SetupGameModule => "setup-game-module",
            Self::SetupScope => "setup-scope",
            Self::SetupChannel => "setup-channel",
            Self::SetupHost => "setup-host",
        }
    }

    /// Whether the merchant's set-up is at fault, which the customer cannot mend.
    #[must_use]
    pub const fn is_setup(self) -> bool {
        matches!(
            self,
            Self::SetupLiffId
                | Self::SetupMismatch
                | Self::SetupUnknown
                | Self::SetupGameModule
                | Self::SetupScope
                | Self::SetupChannel
                | Self::SetupHost
        )
    }

    /// Whether the customer is given a code to tell support.
    #[must_use]
    pub const fn has_support_code(self) -> bool {
        self.is_setup()
            || matches!(
                self,
                Self::Server | Self::Gateway | Self::Identity | Self::SiteHasOtherLine | Self::LineHasOtherMember
            )
    }

    /// Whether the server, by refusing so, has looked at the visitor and at whom they are bound to. Other refusals come
    /// before that, and say nothing of an earlier request whose answer was lost.
    #[must_use]
    pub const fn judges_the_visitor(self) -> bool {
        matches!(
            self,
            Self::LinkIncomplete
                | Self::LinkExpired
                | Self::LinkUsed
                | Self::SiteHasOtherLine
                | Self::LineHasOtherMember
        )
    }

    /// Whether it leaves open that one is bound.
    #[must_use]
    pub const fn may_be_bound(self) -> bool {
        matches!(self, Self::Unsure | Self::Gateway)
    }
}

/// What a customer reads to support: the server's `supportId`, or the failure's name in capitals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SupportCode {
    id: Option<Text>,
    failure: Failure,
}

impl SupportCode {
    /// Takes the server's `supportId` if it is short and plain, so that nothing else gets onto the screen this way.
    #[must_use]
    pub fn new(support_id: Option<Text>, failure: Failure) -> Self {
        let plain = |id: &Text| {
            (1..=24).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        };
        Self { id: support_id.filter(plain), failure }
    }

    /// The code as shown.
    #[must_use]
    pub fn text(self) -> String {
        self.id.map_or_else(|| self.failure.name().to_ascii_uppercase(), Text::into)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_differ() {
        let mut names: Vec<_> = Failure::ALL.iter().map(|failure| failure.name()).collect();
        names.sort_unstable();
        names.dedup();
        let shared = 1;
        assert_eq!(names.len(), Failure::ALL.len() - shared, "only `server` has two causes");
    }

    #[test]
    fn only_a_plain_support_id_is_shown() {
        assert_eq!(SupportCode::new(Some("7K3F-92QD"), Failure::Server).text(), "7K3F-92QD");
        assert_eq!(SupportCode::new(Some("<b>call me</b>"), Failure::Server).text(), "SERVER");
        assert_eq!(SupportCode::new(None, Failure::SetupLiffId).text(), "SETUP-LIFF-ID");
    }
}
