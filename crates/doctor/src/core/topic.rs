//! The guide's own topics.

use liff_bind::core::named;

named! {
    /// Something that the guide tells beside the manual's [`Item`](super::Item)s. Like an item's, its name is `data-check`, and its
    /// name in the files of words.
    pub enum Topic {
        /// A MINI App has three LIFF IDs.
        MiniIds = "guide-mini-ids",
        /// Where a MINI App's settings are.
        MiniConsole = "guide-mini-console",
        /// A MINI App's people agree to less at the start.
        MiniConsent = "guide-mini-consent",
        /// A MINI App that is not verified shows its host.
        MiniHeader = "guide-mini-header",
        /// Who may change the settings.
        Roles = "guide-roles",
        /// The login channel to add the LIFF app to.
        LoginChannel = "guide-login-channel",
        /// The endpoint URL before there is a LIFF ID.
        FirstEndpoint = "guide-first-endpoint",
        /// The endpoint URL of a MINI App's Review.
        MiniReview = "guide-mini-review",
        /// The endpoint URL of a MINI App's Developing.
        MiniDeveloping = "guide-mini-developing",
        /// The URL of the doctor.
        Check = "guide-check",
        /// The URL of the LIFF app.
        LiffUrl = "guide-liff-url",
        /// The URL of a button of one's own.
        Button = "guide-button",
        /// Trying it all.
        Test = "guide-test",
        /// The URL by which customers unlink.
        Unlink = "guide-unlink",
        /// The sentence for the shop's terms.
        Terms = "guide-terms",
        /// What the message after a binding costs, and how to pay nothing.
        Cost = "guide-cost",
    }
}
