//! The screen a person sees, as data. `i18n` puts it into words, `components` draw it.

use crate::core::{
    bind::{ConsentRequest, Shop, Unlinking},
    device::App,
    failure::Failure,
    named,
    url::Purpose,
};

#[derive(Clone, Debug, PartialEq)]
pub struct Screen {
    pub purpose: Purpose,
    pub kind: Kind,
    /// The shop it is about.
    pub shop: Shop,
    /// Its buttons, the primary action first.
    pub buttons: Vec<Button>,
    /// Where the customer can unlink, or withdraw the permission in LINE, if there is such a place.
    pub unlink_url: Option<String>,
    /// Whether "close" was pressed where no script may close the window.
    pub close_by_hand: bool,
}

/// The meaning of a screen.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    Working(Wait),
    /// The customer is asked whether to link.
    Confirm(ConsentRequest),
    /// The customer is asked whether to end the link.
    Unlink(ConsentRequest),
    /// The link has ended, or there was none.
    Unlinked(Unlinking),
    /// Outside LINE, the customer is asked whose LINE account to link: an earlier visit has signed in here.
    Account {
        /// The name on the LINE account.
        name: Option<String>,
    },
    Bound {
        /// Whether it was bound before.
        already: bool,
        /// The name on the LINE account, outside LINE, where it may be another person's.
        account: Option<String>,
    },
    /// The customer is asked to open the page in LINE.
    OpenInLine {
        /// Whether a sign-in that began in another browser has led to this one, which can't finish it.
        astray: bool,
        /// The other app whose browser this is: LINE may not open from there.
        inside: Option<Inside>,
        /// The link into LINE where it can be copied ([`Action::CopyLink`]). It is shown: without a permission, browsers
        /// copy only what is selected.
        link: Option<String>,
        /// Whether the link is in the clipboard.
        copied: bool,
        /// A QR code for another phone's camera. `None` where a link does the job: on a phone, and where no code can be
        /// drawn.
        qr: Option<QrImage>,
    },
    Cancelled,
    Failed {
        failure: Failure,
        code: Option<String>,
        /// Whether the code is in the clipboard.
        copied: bool,
    },
}

/// The browser of another app, and the way out of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Inside {
    pub app: App,
    /// The phone's own browser, from which LINE opens.
    pub browser: &'static str,
}

/// A QR code. Its place is reserved before it is drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QrImage {
    /// Its width and height in CSS pixels, a quiet zone included.
    pub side: u32,
    /// The image's URL, once it is drawn.
    pub src: Option<String>,
}

impl QrImage {
    /// The place for the code of this text. A module gets 3 pixels or more: on a computer's screen, cameras can't read
    /// smaller ones. `None` if no code holds the text.
    #[must_use]
    pub const fn place(text: &str) -> Option<Self> {
        // The bytes that versions 13, 25 and 40 hold (ISO/IEC 18004, error correction L), at 3 pixels a module.
        let side = match text.len() {
            0..=425 => 240,
            426..=1273 => 375,
            1274..=2953 => 555,
            _ => return None,
        };
        Some(Self { side, src: None })
    }
}

/// The state of the work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wait {
    /// All is well.
    Usual,
    /// It takes longer than usual.
    Slow,
    /// Many people at once: the next try is in this many seconds.
    Busy(u32),
}

/// Whether the shop's official account is the customer's friend in LINE.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Friend {
    /// Not asked, or LINE does not say.
    Unknown,
    /// A friend and not blocked.
    Yes,
    /// Not a friend, or blocked: messages don't arrive.
    No,
}

named! {
    /// An action of a button. [`name`](Action::name) is public: `data-action`.
    pub enum Action {
        /// Repeats the step, or starts over.
        Retry = "retry",
        Close = "close",
        OpenLine = "open-line",
        /// Goes to LINE's sign-in.
        Login = "login",
        /// Agrees.
        Confirm = "confirm",
        /// Signs in with another LINE account.
        OtherAccount = "other-account",
        /// Refuses.
        Cancel = "cancel",
        Unlink = "unlink",
        /// Opens the official account's chat in LINE, with a text typed in.
        Chat = "chat",
        /// Opens the official account's page in LINE.
        AddFriend = "add-friend",
        /// Goes back to the website.
        Return = "return",
        CopyCode = "copy-code",
        /// Copies the link into LINE.
        CopyLink = "copy-link",
    }
}

/// How a button acts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// Tells the core.
    Press,
    /// Follows a link in the browser: iOS opens LINE only from a link that was tapped.
    Link(String),
    /// The same in the phone's own browser if LINE can open it, else here.
    Outside(String),
}

impl Target {
    /// The URL, if it is a link.
    #[must_use]
    pub fn url(&self) -> Option<&str> {
        match self {
            Self::Link(url) | Self::Outside(url) => Some(url),
            Self::Press => None,
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Button {
    pub action: Action,
    pub target: Target,
}

impl Button {
    pub(super) const fn press(action: Action) -> Self {
        Self { action, target: Target::Press }
    }

    pub(super) const fn link(action: Action, url: String) -> Self {
        Self { action, target: Target::Link(url) }
    }
}

impl Screen {
    /// The public name, as `<html data-screen>` has it.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match &self.kind {
            Kind::Working(_) => "working",
            Kind::Confirm(_) => "confirm",
            Kind::Unlink(_) => "unlink",
            Kind::Unlinked(Unlinking::Done { .. }) => "unlinked",
            Kind::Unlinked(Unlinking::NothingLinked) => "not-linked",
            Kind::Account { .. } => "account",
            Kind::Bound { already: false, .. } => "bound",
            Kind::Bound { already: true, .. } => "already-bound",
            Kind::OpenInLine { .. } => "open-in-line",
            Kind::Cancelled => "cancelled",
            Kind::Failed { .. } => "failed",
        }
    }

    /// The failure, as `<html data-failure>` has it.
    #[must_use]
    pub const fn failure(&self) -> Option<Failure> {
        match &self.kind {
            Kind::Failed { failure, .. } => Some(*failure),
            _ => None,
        }
    }

    /// Whether there is a button or a link for `action`.
    #[must_use]
    pub fn has(&self, action: Action) -> bool {
        self.buttons.iter().any(|button| button.action == action)
    }

    /// Whether `action` can be pressed here.
    #[must_use]
    pub fn offers(&self, action: Action) -> bool {
        self.buttons.iter().any(|button| button.action == action && button.target == Target::Press)
    }
}
