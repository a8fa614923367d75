//! Facts that the shell tells the core.

use super::{
    effect::Timer,
    screen::{Action, Friend},
};
use crate::core::{
    bind::{IdempotencyKey, Reply, Tokens},
    device::Device,
    json::Json,
    liff::{LiffErrorReport, LiffFacts},
    url::Launch,
};

/// The number of the step in which an effect was ordered. Answers to an older step are dropped.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Turn(u32);

impl Turn {
    pub(super) const fn next(self) -> Self {
        Self(self.0.wrapping_add(1))
    }
}

/// The page as the app found it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Opening {
    /// `location.href` without the fragment.
    pub href: String,
    /// The length of `location.href` with its fragment, in bytes.
    pub href_length: usize,
    /// The tokens that LINE has handed over in the fragment.
    pub handover: Handover,
    /// Whether the page may save the SDK's second load by taking in `liff.state` itself (`<meta name="shortcuts">`).
    pub shortcuts: bool,
    /// How long a person has watched the page load, in milliseconds.
    pub loading: u32,
    /// `navigator.userAgent`.
    pub user_agent: String,
    /// Whether it is a touch screen (`navigator.maxTouchPoints` above 1).
    pub touch: bool,
    /// `navigator.userAgentData.platform`; empty if the browser doesn't have it.
    pub platform: String,
    /// The language shown: a BCP 47 tag.
    pub language: String,
    /// `<meta name="liff-id">`.
    pub default_liff_id: String,
    /// The record of this tab's last [`Effect::Keep`](super::Effect::Keep).
    pub kept: Json,
    /// A key for a bind that begins here.
    pub spare_key: IdempotencyKey,
}

impl Opening {
    /// The parsed address; in LINE with the LIFF URL's parameters, if the page may take them in itself.
    #[must_use]
    pub fn launch(&self, device: &Device) -> Launch {
        let launch = Launch::parse(&self.href);
        let may = self.shortcuts && device.is_liff && self.handover.access_token;
        let taken_in = if may { launch.with_state_taken_in() } else { None };
        taken_in.unwrap_or(launch)
    }
}

/// Whether the fragment of the URL that LINE opened has these tokens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Handover {
    /// `access_token`.
    pub access_token: bool,
    /// `id_token`.
    pub id_token: bool,
}

/// A fact from outside the core.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// The app runs.
    Opened(Opening),
    /// `liff.init` resolved or rejected.
    LiffSettled(Turn, Result<(), LiffErrorReport>, LiffFacts),
    /// Everything that a bind needs, at this moment.
    Prepared {
        /// The step that asked.
        turn: Turn,
        /// The ID tokens at hand.
        tokens: Tokens,
        /// The phone's clock in milliseconds since 1970.
        now: f64,
        /// `navigator.onLine`.
        online: bool,
        /// A fresh UUID in case the key has to change.
        spare_key: IdempotencyKey,
    },
    /// A POST ended: with an answer, good or bad, or with none. `fetch` cannot tell "never left" from "the answer was
    /// lost".
    Answered(Turn, Option<Reply>),
    /// `liff.getFriendship` answered.
    FriendshipRead(Turn, Friend),
    /// Whether the page's own host can be reached, whatever `navigator.onLine` says.
    Probed(Turn, bool),
    /// Whether the part of LINE's SDK that can wait is there.
    LaterReady(Turn, bool),
    /// The URL of a QR code's image; `None` if it can't be drawn.
    QrDrawn(Turn, Option<String>),
    /// A wait is over.
    Elapsed(Turn, Timer),
    /// The person pressed a button.
    Pressed(Action),
    /// The text is in the clipboard.
    Copied(Turn),
    /// The phone has a connection again.
    Online,
    /// Another app or tab is in front of the page.
    Hidden,
    /// The page is visible again.
    Resumed,
    /// The page is back from the back-forward cache. With the record of this tab's last
    /// [`Effect::Keep`](super::Effect::Keep).
    Restored(Json),
    /// The person leaves the page, for good as far as it knows (`pagehide`).
    Left,
}
