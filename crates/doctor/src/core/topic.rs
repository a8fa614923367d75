//! The guide's own topics.

use liff_bind::core::named;

named! {
    /// A topic that the guide has besides the manual's [`Item`](super::Item)s. Like an item's, its name is used for
    /// `data-check` and in the files of words.
    pub enum Topic {
        /// A MINI App has three LIFF IDs.
        MiniIds = "guide-mini-ids",
        /// Where a MINI App's settings are.
        MiniConsole = "guide-mini-console",
        /// A MINI App's users agree to less at the start.
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
        /// The URL of a merchant's own button.
        Button = "guide-button",
        /// A test of everything.
        Test = "guide-test",
        /// The URL where customers unlink.
        Unlink = "guide-unlink",
        /// The sentence for the shop's terms.
        Terms = "guide-terms",
        /// The cost of the message after a binding, and how to pay nothing.
        Cost = "guide-cost",
    }
}
