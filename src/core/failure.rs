//! The reasons why a person isn't bound, or may not be. Each has its own words in `i18n/`.

use super::named;

named! {
    /// A stop on the way. Its [`name`](Failure::name) is public: `<html data-failure>`, read by monitoring and support.
    pub enum Failure {
        /// There is no connection to the page's own host.
        Offline = "offline",
        /// `liff.init` did not settle, or failed in a way that a new try may fix.
        LineInit = "line-init",
        /// LINE's servers answer with errors.
        LineDown = "line-down",
        /// The customer refused LINE's consent screen.
        SignInRefused = "sign-in-refused",
        /// The sign-in is too old and could not be renewed automatically.
        SignInExpired = "sign-in-expired",
        /// The server refuses a token as expired, and the phone's clock is off.
        Clock = "clock",
        /// The link does not say which visitor is to be bound.
        LinkIncomplete = "link-incomplete",
        /// The link is too old.
        LinkExpired = "link-expired",
        /// Another LINE account used the link.
        LinkUsed = "link-used",
        /// The website's account is bound to another LINE account.
        SiteHasOtherLine = "site-has-other-line",
        /// This LINE account belongs to another member of the shop.
        LineHasOtherMember = "line-has-other-member",
        /// The merchant switched binding off.
        Paused = "paused",
        /// Too many requests, and automatic waiting did not help.
        Busy = "busy",
        Server = "server",
        /// Something between the page and the server failed, or a 5xx has no code of the API's: the server may have bound.
        /// Its public name is `server`.
        Gateway = "server",
        /// The request left, but no readable answer came: it may have bound.
        Unsure = "unsure",
        /// This tab has sent an unlinking whose answer was lost: only a press links again. Its public name is `unsure`.
        UnlinkLost = "unsure",
        /// LINE's app is too old for LIFF.
        LineTooOld = "line-too-old",
        /// Opened in a place of LINE where LIFF gives no identity (`OpenChat`).
        WrongPlace = "wrong-place",
        /// The server could not verify the ID token.
        Identity = "identity",
        /// No LIFF ID, or none that LINE knows.
        SetupLiffId = "setup-liff-id",
        /// The LIFF app opened is not the one the URL names, or belongs to another channel.
        SetupMismatch = "setup-mismatch",
        /// The bind API does not know the LIFF ID.
        SetupUnknown = "setup-unknown",
        /// The LIFF ID is the game module's.
        SetupGameModule = "setup-game-module",
        /// The LIFF app lacks the `openid` scope.
        SetupScope = "setup-scope",
        /// The official account is disconnected or of another provider.
        SetupChannel = "setup-channel",
        /// The bind API refuses this page's host.
        SetupHost = "setup-host",
    }
}

impl Failure {
    /// Its name in the files of words: two public names have two causes each, with words of their own.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Gateway => "gateway",
            Self::UnlinkLost => "unlink-lost",
            other => other.name(),
        }
    }

    /// Whether the merchant's set-up is at fault, which the customer can't fix.
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

    /// Whether the customer gets a code to tell support.
    #[must_use]
    pub const fn has_support_code(self) -> bool {
        self.is_setup()
            || matches!(
                self,
                Self::Server | Self::Gateway | Self::Identity | Self::SiteHasOtherLine | Self::LineHasOtherMember
            )
    }

    /// Whether the server has looked up the visitor and their binding before it refused. Other refusals come earlier,
    /// and say nothing about a previous request whose answer was lost.
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

    /// Whether the server refused the link alone, which may have been good for a bind before.
    #[must_use]
    pub const fn judges_the_link(self) -> bool {
        matches!(self, Self::LinkIncomplete | Self::LinkExpired)
    }

    /// Whether the customer may be bound after all.
    #[must_use]
    pub const fn may_be_bound(self) -> bool {
        matches!(self, Self::Unsure | Self::UnlinkLost | Self::Gateway)
    }
}

/// The bind API's `supportId`: short and plain, so that nothing else gets onto the screen this way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SupportId(String);

impl SupportId {
    /// Reads one; `None` for any other text.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let is_plain = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        ((1..=24).contains(&text.len()) && is_plain).then(|| Self(text.to_owned()))
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
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
        let shared = 2;
        assert_eq!(names.len(), Failure::ALL.len() - shared, "only `server` and `unsure` have two causes");
    }

    #[test]
    fn only_a_plain_support_id_is_shown() {
        assert_eq!(SupportId::read("7K3F-92QD").as_ref().map(SupportId::as_str), Some("7K3F-92QD"));
        for text in ["", "<b>call me</b>", "7K3F 92QD", "0123456789012345678901234"] {
            assert_eq!(SupportId::read(text), None, "{text}");
        }
    }
}
