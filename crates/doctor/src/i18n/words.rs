//! The names of the texts that stand alone. `copy.rs` has those of items, topics, notes, hints, sections and verdicts.

use liff_bind::{core::named, i18n};

/// Every text of one language.
pub type Words = i18n::Words<Word>;

named! {
    /// A text, by its name in the files.
    pub enum Word {
        WorkingTitle = "doctor-working-title",
        WorkingBody = "doctor-working-body",
        RightTitle = "doctor-right-title",
        WrongTitle = "doctor-wrong-title",
        Body = "doctor-body",
        Customer = "doctor-customer",
        More = "doctor-more",
        MiniApp = "doctor-mini-app",
        VerdictByEye = "verdict-by-eye",
        LabelSeen = "label-seen",
        LabelEnter = "label-enter",
        Step = "step",
        ButtonAgain = "button-again",
        ButtonCopy = "button-copy",
        ButtonCopied = "button-copied",
        ButtonReport = "button-report",
        ButtonOpenLine = "button-open-line",
        ButtonLogin = "button-login",
        ButtonGuide = "button-guide",
        ReportTitle = "report-title",
        GuideTitle = "guide-title",
        GuideBody = "guide-body",
        GuideConsole = "guide-console",
        GuideMiniApp = "guide-mini-app",
        GuideSectionMini = "guide-section-mini",
        GuideAdd = "guide-add",
        GuideFieldLiffId = "guide-field-liff-id",
        GuideFieldPublished = "guide-field-published",
        GuideFieldReview = "guide-field-review",
        GuideFieldDeveloping = "guide-field-developing",
        GuideFieldGame = "guide-field-game",
        GuideNeedsId = "guide-needs-id",
        GuideSectionDone = "guide-section-done",
        GuideQr = "guide-qr",
        GuideSectionUnlink = "guide-section-unlink",
        GuideQrUnlink = "guide-qr-unlink",
        GuideTermsSentence = "guide-terms-sentence",
    }
}
