//! Faults that people cause: pressing twice, too early, in two places, going back.

use sandbox::{Device, Fault, Route};

use crate::row::{Place, Row, Step, posted};

const SCREEN: &str = "the screen";

pub fn rows() -> Vec<Row> {
    [taps(), twice(), back()].into_iter().flatten().collect()
}

fn row(at: &str, fault: &str) -> Row {
    Row::new(Place::People, at, fault)
}

fn slow(row: Row, seconds: u64) -> Row {
    row.patient().binds_in(seconds)
}

fn taps() -> Vec<Row> {
    let row = |fault| row(SCREEN, fault).one_engine();
    vec![
        row("Two taps at once on \"agree\"").asks_consent().steps([Step::Taps("confirm", 2)]).posts(2),
        row("Ten taps at once on \"agree\"").asks_consent().steps([Step::Taps("confirm", 10)]).posts(2),
        row("Two taps at once on \"try again\"")
            .fails_times(1, Route::Bind, Fault::retry_after(429, 60))
            .steps([Step::Taps("retry", 2)])
            .posts(2),
        row("Ten taps at once on \"check the result\"")
            .fails_times(4, Route::Bind, Fault::no_answer())
            .steps([Step::Taps("retry", 10)])
            .posts(5),
        row("Two taps at once on \"sign in\"").on(Device::Iphone).steps([Step::Taps("login", 2)]).posts(1),
        slow(row("Ten taps all over it while the request is under way"), 2)
            .steps([
                Step::Until("the post", posted),
                Step::Run("for (let taps = 0; taps < 10; taps++) document.body.click();"),
            ])
            .posts(1),
    ]
}

fn twice() -> Vec<Row> {
    vec![
        slow(row("two phones", "The same QR code scanned by two people: the second is told"), 2)
            .steps([Step::Until("the post", posted), Step::Elsewhere { same_person: false, sees: "failed/link-used" }]),
        slow(row("two tabs", "The same link in two tabs at once"), 3)
            .steps([Step::Until("the post", posted), Step::Elsewhere { same_person: true, sees: "bound" }])
            .keys(2),
        row("a shared computer", "Signed in by somebody else: the next person is asked whose LINE it is")
            .on(Device::Desktop)
            .steps([
                Step::Tap("login"),
                Step::Sees("bound"),
                Step::NextPerson,
                Step::Sees("account"),
                Step::Tap("other-account"),
            ])
            .posts(2),
        row("the link", "Opened a second time after success").steps([Step::Sees("bound"), Step::OpenAgain]).keys(2),
        slow(row("the page", "Killed while the request is under way, and opened again"), 3)
            .fresh()
            .steps([Step::Until("the post", posted), Step::Restart])
            .keys(2),
        row("the page", "Closed at the consent card, and opened again")
            .asks_consent()
            .fresh()
            .steps([Step::Sees("confirm"), Step::Restart])
            .rests("confirm")
            .then("confirm", "bound"),
        row("the page", "Closed at a failure, and opened again")
            .fresh()
            .fails_times(1, Route::Bind, Fault::retry_after(429, 60))
            .steps([Step::Sees("failed/busy"), Step::Restart]),
    ]
}

fn back() -> Vec<Row> {
    vec![
        row(SCREEN, "No at the consent card")
            .one_engine()
            .asks_consent()
            .steps([Step::Tap("cancel")])
            .rests("cancelled")
            .posts(1)
            .then("retry", "confirm"),
        row(SCREEN, "No at the consent card, then yes")
            .one_engine()
            .asks_consent()
            .steps([Step::Tap("cancel"), Step::Tap("retry"), Step::Tap("confirm")])
            .posts(3),
        row(SCREEN, "Led to LINE from a browser, and back")
            .on(Device::Iphone)
            .steps([
                Step::Tap("open-line"),
                Step::Until("LINE", |ledger| ledger.requests.iter().any(|request| request.host == "liff.line.me")),
                Step::Back,
            ])
            // The focus stays at the link that was tapped.
            .unlooked()
            .rests("open-in-line")
            .then("open-line", "bound"),
    ]
}
