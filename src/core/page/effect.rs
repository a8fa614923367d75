//! Orders of the core to the shell. Effects are data; the shell acts them out and decides nothing.

use super::event::Turn;
use crate::core::{
    bind::{BindRequest, Pending},
    url::LiffId,
};

/// A wait: `millis` plus a random part of `spread`, both in milliseconds, so that many phones do not retry in step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Delay {
    /// The shortest wait.
    pub millis: u32,
    /// The most that chance adds.
    pub spread: u32,
}

impl Delay {
    /// A wait without chance in it.
    #[must_use]
    pub const fn exactly(millis: u32) -> Self {
        Self { millis, spread: 0 }
    }
}

/// The purpose of a wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Timer {
    /// The person has waited long enough to be given this, in the wait of this number.
    Patience(Patience, Turn),
    /// The step has had its time.
    Deadline,
    /// The pause before a new try is over.
    Pause,
}

/// How long a person has been waiting, in stages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Patience {
    /// Nothing: it has only begun.
    #[default]
    Fresh,
    /// The word that it takes longer than usual.
    Told,
    /// A button to try again.
    Offered,
    /// The screen that says how it stands, though the work goes on.
    Over,
}

/// The fate of the URL's fragment, where LINE hands over its tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fragment {
    /// It stays: `liff.init` has yet to read it.
    Keep,
    /// It goes.
    Drop,
}

/// An order to the shell. Answers come back as events of the turn in which the order was given.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Has the SDK forget the ID token it has in store. It would keep that one though the URL brings a newer one (LIFF SDK 2.31.0,
    /// `init`): the bind would go out with the token of whoever opened the page before in this webview.
    ForgetStoredToken,
    /// `liff.init`; answered by `LiffSettled`.
    InitLiff(LiffId),
    /// Look at what a bind needs now: tokens, clock, connection; answered by `Prepared`.
    Prepare,
    /// The POST to the bind API, given up after `deadline` milliseconds; answered by `Answered`.
    Post {
        /// The request.
        request: BindRequest,
        /// Milliseconds until it counts as unanswered.
        deadline: u32,
    },
    /// Ask the page's own host anything, as the phone says that it has no connection; answered by `Probed`.
    Probe,
    /// `liff.getFriendship`, where that opens no window of LINE's (`src/liff-later.js`); answered by `FriendshipRead`.
    ReadFriendship,
    /// Fetch the part of LINE's SDK that opens the phone's own browser, ahead of the tap on [`Target::Outside`](super::Target).
    ReadyOutside,
    /// `liff.logout`, then `liff.login`, which leaves the page and comes back to this URL. Both are needed: the SDK
    /// ignores the code that LINE returns while it still holds a session (LIFF SDK 2.31.0, `init`).
    SignIn(String),
    /// Put this URL, which has no fragment, into the address bar without loading it.
    ShowUrl(String, Fragment),
    /// Keep the bind under way in `sessionStorage`, or nothing.
    Keep(Option<Pending>),
    /// Draw this text as a QR code with sides of so many CSS pixels; answered by `QrDrawn`.
    DrawQr(String, u32),
    /// Wait; answered by `Elapsed`.
    Sleep(Timer, Delay),
    /// Copy this text to the clipboard; answered by `Copied`.
    Copy(String),
    /// Count the visit, where the deployment wants that: its one beacon, as a query (`docs/visits.md`).
    Count(String),
    /// `liff.closeWindow`.
    Close,
    /// Load the page anew.
    Reload,
}
