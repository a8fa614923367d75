//! English.

use super::{Buttons, From, Text, Words};
use crate::core::Failure;

pub(super) static WORDS: Words = Words {
    site: "the shop’s website",
    merchant: "the shop",
    account: "the shop’s LINE account",
    working: Text { title: "Checking your LINE identity…", body: "One moment, this usually takes a few seconds." },
    slow: "This takes longer than usual. We’re still at it; please keep this screen open.",
    busy: "Many people are linking right now. We’ll try again in {n} seconds; please keep this screen open.",
    confirm: Text {
        title: "Link your LINE with {site}?",
        body: "Then {merchant} can message you on LINE and recognise the browser you asked from{from}. No password or code is needed.",
    },
    from: From { both: " ({device}, {age})", one: " ({one})", just_now: "just now", minutes: "{n} min ago" },
    privacy: "Privacy policy",
    bound: Text { title: "You’re linked", body: "Your LINE is now linked with {site}. You can close this screen." },
    already_bound: Text {
        title: "Already linked",
        body: "This LINE is already linked with {site}. Nothing more to do.",
    },
    not_friend: "Your LINE is now linked with {site}. One more step: {account} is not your friend or is blocked, so messages can’t reach you.",
    open_in_line_phone: Text {
        title: "Open this in LINE",
        body: "Nothing was linked in this browser yet. Open this in the LINE app, or sign in to LINE here.",
    },
    open_in_line_desktop: Text {
        title: "Scan with your phone",
        body: "Nothing was linked on this computer yet. Scan this QR code with LINE on your phone, or sign in here.",
    },
    astray: "The LINE sign-in was started in another browser and can’t be finished here, so nothing was linked yet. Use LINE, or sign in here once more.",
    qr: "QR code",
    cancelled: Text {
        title: "Cancelled, nothing was linked",
        body: "Your LINE was not linked with {site}. You can start again whenever you like.",
    },
    failure,
    code: "Code",
    close_by_hand: "You can close this tab now.",
    buttons: Buttons {
        retry: "Try again",
        check: "Check result",
        start_again: "Start again",
        close: "Close",
        open_line: "Open in LINE",
        login: "Sign in to LINE here",
        login_again: "Sign in again",
        confirm: "Agree and link",
        cancel: "Cancel",
        add_friend: "Add or unblock",
        back: "Back to the website",
        copy: "Copy code",
        copied: "Copied",
    },
};

const fn failure(failure: Failure) -> Text {
    match failure {
        Failure::Offline => Text {
            title: "No connection",
            body: "You’re not linked yet. We’ll go on when you’re back online, or tap below.",
        },
        Failure::LineInit => Text {
            title: "LINE didn’t respond",
            body: "You’re not linked yet. We retried; try again, or close this and scan once more.",
        },
        Failure::LineDown => Text {
            title: "LINE is having trouble",
            body: "You’re not linked yet. Please try again in a few minutes.",
        },
        Failure::SignInRefused => {
            Text { title: "Permission needed", body: "We can’t link without it. To go on, try again and tap Allow." }
        }
        Failure::SignInExpired => {
            Text { title: "Your sign-in expired", body: "You’re not linked yet. Tap below to sign in to LINE again." }
        }
        Failure::Clock => Text {
            title: "Your phone’s clock is wrong",
            body: "You’re not linked yet. Turn on automatic date and time, then try again.",
        },
        Failure::LinkIncomplete => Text {
            title: "We can’t tell which website to link",
            body: "You’re not linked yet. Go back to the website and use its button or QR code again.",
        },
        Failure::LinkExpired => Text {
            title: "This QR code has expired",
            body: "You’re not linked yet. For safety it works only briefly; get a new one on the website.",
        },
        Failure::LinkUsed => Text {
            title: "This QR code was already used",
            body: "Another LINE account used it; yours is not linked. If that looks wrong, contact {merchant}.",
        },
        Failure::SiteHasOtherLine => Text {
            title: "This website account has another LINE",
            body: "This LINE is not linked. To switch to it, ask {merchant} to remove the other one.",
        },
        Failure::LineHasOtherMember => Text {
            title: "This LINE belongs to another member",
            body: "Nothing was linked now. Sign in to the website as that member, or contact {merchant}.",
        },
        Failure::Paused => Text {
            title: "Linking is paused",
            body: "You’re not linked yet. It is turned off for now by {merchant}; please try later.",
        },
        Failure::Busy => Text {
            title: "Too many people right now",
            body: "You’re not linked yet. Please try again in a little while.",
        },
        Failure::Server => Text {
            title: "Something went wrong on our side",
            body: "You’re not linked yet; please try again. If it keeps failing, give the code to {merchant}.",
        },
        Failure::Gateway => Text {
            title: "Something went wrong on our side",
            body: "We can’t tell whether you’re linked. Try again, it never links twice; if it keeps failing, give the code to {merchant}.",
        },
        Failure::Unsure => Text {
            title: "We’re not sure it finished",
            body: "Your request was sent, but no result came back. Checking again is safe and never links twice.",
        },
        Failure::LineTooOld => Text {
            title: "Please update LINE",
            body: "You’re not linked yet. Your version of LINE is too old; update it and try again.",
        },
        Failure::WrongPlace => Text {
            title: "Linking doesn’t work here",
            body: "You’re not linked yet. OpenChat isn’t supported; scan the website’s QR code again instead.",
        },
        Failure::Identity => Text {
            title: "We couldn’t verify your LINE identity",
            body: "You’re not linked yet. Close this and open it again; if it keeps failing, give the code to {merchant}.",
        },
        Failure::SetupLiffId => setup(
            "You’re not linked, and it’s not your fault: this link’s LIFF ID is wrong. Please give the code to {merchant}.",
        ),
        Failure::SetupMismatch => setup(
            "You’re not linked, and it’s not your fault: this link doesn’t match the shop’s LINE settings. Please give the code to {merchant}.",
        ),
        Failure::SetupUnknown => setup(
            "You’re not linked, and it’s not your fault: the shop hasn’t registered this LIFF ID. Please give the code to {merchant}.",
        ),
        Failure::SetupGameModule => setup(
            "You’re not linked, and it’s not your fault: this link is a game’s, not for linking. Please give the code to {merchant}.",
        ),
        Failure::SetupScope => setup(
            "You’re not linked, and it’s not your fault: the shop’s LINE settings lack identity checks (openid). Please give the code to {merchant}.",
        ),
        Failure::SetupChannel => setup(
            "You’re not linked, and it’s not your fault: the shop’s LINE account isn’t connected properly. Please give the code to {merchant}.",
        ),
        Failure::SetupHost => setup(
            "You’re not linked, and it’s not your fault: this address isn’t allowed to link accounts yet. Please give the code to {merchant}.",
        ),
    }
}

const fn setup(body: &'static str) -> Text {
    Text { title: "The shop’s setup isn’t finished", body }
}
