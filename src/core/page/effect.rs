//! The core's orders to the shell. Effects are data; the shell carries them out and decides nothing.

use super::event::Turn;
use crate::core::{
    bind::{BindRequest, Pending},
    delay::Delay,
    url::LiffId,
};

/// The purpose of a wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Timer {
    /// The person has reached this stage of the wait with this number.
    Patience(Patience, Turn),
    /// The step's time is up.
    Deadline,
    /// The pause before a new try is over.
    Pause,
}

/// How long a person has been waiting, in stages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Patience {
    /// The wait has only begun.
    #[default]
    Fresh,
    /// The page says that it takes longer than usual.
    Told,
    /// The page offers a button to try again.
    Offered,
    /// The page shows the stop it would end at, though the work goes on.
    Over,
}

/// The handling of the URL's fragment, where LINE hands over its tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fragment {
    /// Keeps it: `liff.init` has yet to read it.
    Keep,
    /// Removes it.
    Drop,
}

/// An order to the shell. Answers come back as events with the turn in which the effect was ordered.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Remove the SDK's stored ID token. The SDK would keep it even if the URL brings a newer one (LIFF SDK 2.31.0,
    /// `init`), and the bind would use the token of whoever opened the page in this web view before.
    ForgetStoredToken,
    /// Call `liff.init`; answered by `LiffSettled`.
    InitLiff(LiffId),
    /// Read everything that a bind needs now: tokens, clock, connection; answered by `Prepared`.
    Prepare,
    /// Send the POST to the bind API, and give up after `deadline` milliseconds; answered by `Answered`.
    Post {
        request: BindRequest,
        /// Milliseconds until it counts as unanswered.
        deadline: u32,
    },
    /// Send a request to the page's own host, to learn whether there is a connection; answered by `Probed`.
    Probe,
    /// Call `liff.getFriendship` if that opens no LINE window (`src/liff-later.js`); answered by `FriendshipRead`.
    ReadFriendship,
    /// Fetch the part of LINE's SDK that can wait: for a sign-in, and ahead of the tap on
    /// [`Target::Outside`](super::Target); answered by `LaterReady`.
    ReadyLater,
    /// Call `liff.logout`, then `liff.login`, which leaves the page and comes back to this URL. Both are needed: the
    /// SDK ignores the code that LINE returns while it still holds a session (LIFF SDK 2.31.0, `init`).
    SignIn(String),
    /// Put this URL, which has no fragment, into the address bar without loading it.
    ShowUrl(String, Fragment),
    /// Store the bind under way in `sessionStorage`, or remove it.
    Keep(Option<Pending>),
    /// Draw this text as a QR code with sides of this many CSS pixels; answered by `QrDrawn`.
    DrawQr(String, u32),
    /// Wait; answered by `Elapsed`.
    Sleep(Timer, Delay),
    /// Copy this text to the clipboard; answered by `Copied`.
    Copy(String),
    /// Count the visit if the deployment wants that: its one beacon, as a query (`docs/visits.md`).
    Count(String),
    /// Call `liff.closeWindow`.
    Close,
    Reload,
}
