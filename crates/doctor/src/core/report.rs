//! The doctor's findings.

use super::item::Item;
use liff_bind::core::{LiffId, named};

named! {
    /// A verdict, in the order in which the page shows them: first the things to do. Its name is `data-verdict`.
    pub enum Verdict {
        /// Seen, and has to be changed.
        Wrong = "wrong",
        /// Can't be seen from here; [`Row::by_eye`] says whether a person can see it.
        Unseen = "unseen",
        /// Seen, and as the manual has it.
        Right = "right",
    }
}

/// The verdict on one thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The thing that was checked.
    pub item: Item,
    pub verdict: Verdict,
    /// The exact value seen; empty where there was none.
    pub seen: String,
    /// The note about it.
    pub note: Option<Note>,
    /// The exact value to enter, if the merchant can fix it by entering one.
    pub enter: Option<String>,
}

impl Row {
    /// Whether a person has to look: it can't be seen from here, only where it is set.
    #[must_use]
    pub fn by_eye(&self) -> bool {
        let shows_elsewhere = matches!(self.note, Some(Note::SeenInLine | Note::SeenSignedIn | Note::AfterOthers));
        self.verdict == Verdict::Unseen && !shows_elsewhere && self.item.is_setting()
    }
}

/// Everything that was checked, in the order of the manual.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// The LIFF app it is about, if known.
    pub liff_id: Option<LiffId>,
    /// A row for each [`Item`] of [`Item::ALL`] but the manual's second warning, which isn't a setting.
    pub rows: Vec<Row>,
    /// Whether it is a MINI App, whose settings are on another tab of LINE's console.
    pub is_mini_app: bool,
}

impl Report {
    /// The rows with this verdict.
    pub fn with(&self, verdict: Verdict) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(move |row| row.verdict == verdict)
    }

    /// The rows as they are shown: things to do first, and things to look at before things that nobody can see.
    pub fn groups(&self) -> impl Iterator<Item = Vec<Row>> {
        let groups = Verdict::ALL.iter().flat_map(|verdict| [true, false].map(|by_eye| (*verdict, by_eye)));
        let rows = groups.map(|(verdict, by_eye)| {
            let rows = self.with(verdict).filter(|row| row.by_eye() == by_eye);
            rows.cloned().collect::<Vec<_>>()
        });
        rows.filter(|rows| !rows.is_empty())
    }

    /// How many rows have this verdict.
    #[must_use]
    pub fn count(&self, verdict: Verdict) -> usize {
        self.with(verdict).count()
    }
}

named! {
    /// A note about a finding: `note-` and its name in the files of words.
    pub enum Note {
        /// It shows in the LINE app only.
        SeenInLine = "seen-in-line",
        /// It shows after signing in to LINE.
        SeenSignedIn = "seen-signed-in",
        /// LINE did not tell.
        NotTold = "not-told",
        /// Another finding must be put right first.
        AfterOthers = "after-others",
        /// As the manual has it; some other features need Full.
        Compact = "compact",
        /// Full works too.
        Full = "full",
        /// Full, as every MINI App.
        MiniSize = "mini-size",
        /// A MINI App has three LIFF IDs, and only the published one is for customers.
        MiniPublished = "mini-published",
        /// A MINI App has the name of its channel.
        MiniName = "mini-name",
        /// Ticked; a MINI App's users are asked for it when a function needs it.
        MiniConsent = "mini-consent",
        /// A MINI App's page does not ask, as that would open a window.
        MiniFriendship = "mini-friendship",
        /// A MINI App that is not verified shows its host in the header.
        MiniHost = "mini-host",
        /// Not ticked in the console.
        NotTicked = "not-ticked",
        /// Not ticked; binding does not need it, but the manual asks for it.
        NotTickedChat = "not-ticked-chat",
        /// Ticked, but this account has not agreed.
        NotGranted = "not-granted",
        /// No ID token although signed in.
        NoIdToken = "no-id-token",
        /// The ID token is for another channel.
        OtherChannel = "other-channel",
        /// The ID token has expired.
        TokenExpired = "token-expired",
        /// The bind API refuses the ID token.
        TokenRefused = "token-refused",
        /// No official account is linked.
        NoBot = "no-bot",
        /// The account isn't a friend, or has blocked the official account.
        NotFriend = "not-friend",
        /// Scan QR is on, but works in Full only.
        ScanInFull = "scan-in-full",
        /// Scan QR is off.
        ScanOff = "scan-off",
        /// The URL has no usable LIFF ID.
        NoLiffId = "no-liff-id",
        /// LINE knows no such LIFF ID.
        LiffIdNotFound = "liff-id-not-found",
        /// Another site's host.
        EndpointHost = "endpoint-host",
        /// Not the page's path: step 3 was forgotten.
        EndpointPath = "endpoint-path",
        /// No `liffId` in it.
        EndpointNoId = "endpoint-no-id",
        /// The manual's placeholder was left.
        EndpointPlaceholder = "endpoint-placeholder",
        /// Braces, blanks or other marks around the ID.
        EndpointMarks = "endpoint-marks",
        /// Another LIFF app's ID.
        EndpointOtherId = "endpoint-other-id",
        /// Not saved at Omnichat.
        NotSaved = "not-saved",
        /// The official account is disconnected at Omnichat.
        NotConnected = "not-connected",
        /// The provider differs.
        OtherProvider = "other-provider",
        /// The game module's LIFF ID.
        IsGame = "is-game",
        /// Success messages are billed.
        Billed = "billed",
        /// Success messages are free.
        NotBilled = "not-billed",
        /// The consent was refused on LINE's page.
        SignInRefused = "sign-in-refused",
        /// LINE did not answer in time.
        LineSilent = "line-silent",
        /// LINE answered with an error.
        LineError = "line-error",
        /// `OpenChat`.
        OpenChat = "open-chat",
        /// LINE or the system is too old.
        TooOld = "too-old",
        ClockWrong = "clock-wrong",
        /// The bind API does not allow this host.
        HostRefused = "host-refused",
        /// The host redirects the page, or does not serve it by https.
        HostRedirects = "host-redirects",
        HeadersMissing = "headers-missing",
        /// The bind API gave no answer that can be read.
        ApiSilent = "api-silent",
        /// The bind API refuses the header `Idempotency-Key` of customers' pages.
        PreflightKey = "preflight-key",
        /// The bind API fails the preflight of customers' pages.
        PreflightFails = "preflight-fails",
        /// The bind API's answers are kept from the pages of this host.
        PreflightOrigin = "preflight-origin",
        /// The bind API's errors are kept from the pages of this host.
        ErrorsHidden = "errors-hidden",
        /// The bind API's answers don't let pages read `Retry-After` and `Date`.
        HeadersHidden = "headers-hidden",
        /// The bind API has no check yet.
        ApiHasNoCheck = "api-has-no-check",
        /// Binding is switched off at Omnichat.
        Paused = "paused",
    }
}
