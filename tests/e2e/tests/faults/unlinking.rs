//! Faults of unlinking.

use sandbox::{Device, Fault, IdTokenPlan, Ledger, Route};

use crate::row::{Place, Row, Step, posted};

const CARD: &str = "the card";
const PRESS: &str = "the request of the press";

pub fn rows() -> Vec<Row> {
    [before_the_press(), at_the_press(), people(), elsewhere()].into_iter().flatten().map(Row::unlinks).collect()
}

fn row(at: &str, fault: &str) -> Row {
    Row::new(Place::Unlinking, at, fault)
}

/// The person is asked, and presses "unlink".
fn pressed(row: Row) -> Row {
    row.steps([Step::Sees("unlink"), Step::Tap("unlink")])
}

fn ended(row: Row) -> Row {
    row.rests("unlinked").closes()
}

/// The first answer is right, and the next ones fail like this.
fn fails_at_the_press(row: Row, faults: &[Fault]) -> Row {
    row.fails_so(Route::Bind, [&[Fault::None], faults].concat())
}

fn has_ended(ledger: &Ledger) -> bool {
    !ledger.unlinkings.is_empty()
}

fn before_the_press() -> Vec<Row> {
    let asks = |row: Row| row.one_engine().rests("unlink").then("unlink", "unlinked");
    let first = |fault: &str, answer| row("the first request", fault).fails_times(1, Route::Bind, answer);
    vec![
        asks(first("No answer", Fault::Refuse)).posts(2),
        asks(first("A proxy's error page", Fault::Html)),
        row("the shop", "Unlinking is switched off")
            .one_engine()
            .set_up(|sandbox, _| sandbox.configure(|config| config.unlinks = false))
            .rests("failed/paused")
            .holds("document.querySelector('[data-action=unlink-info]').href === 'https://line.me/R/nv/connectedApps'")
            .closes(),
        row("the ID token", "Ran out before the page was opened")
            .set_up(|_, visit| visit.line.id_token = IdTokenPlan::Expired)
            .rests("unlink")
            .then("unlink", "unlinked"),
        row("LINE", "Can't be reached")
            .one_engine()
            .fails(Route::Verify, Fault::Refuse)
            .rests("failed/line-init")
            .then("retry", "unlink"),
        row("the app", "The module is missing")
            .one_engine()
            .fresh()
            .fails(Route::Page(".wasm".into()), Fault::Status(404))
            .rests("failed/page-load")
            .holds("document.body.innerText.includes('Not unlinked this time') && !document.body.innerText.includes('Not linked this time')")
            .then("retry", "unlink"),
    ]
}

fn at_the_press() -> Vec<Row> {
    let lost = Fault::no_answer;
    let press = |fault: &str, faults: &[Fault]| fails_at_the_press(pressed(row(PRESS, fault).one_engine()), faults);
    vec![
        ended(press("Nothing", &[])).posts(2),
        ended(press("Its answer is lost", &[lost()])).posts(3),
        press("Every answer is lost", &[lost(), lost(), lost(), lost()])
            .rests("failed/unsure")
            .then("retry", "unlinked"),
        ended(press("It is lost itself, once", &[Fault::Refuse])),
        press("A gateway gives up, and it has been carried out", &vec![Fault::after_duty(Fault::Status(504)); 4])
            .rests("failed/server")
            .then("retry", "unlinked"),
        press("An empty 200", &[Fault::Empty]).rests("failed/unsure").then("retry", "unlinked"),
        ended(pressed(row("LINE's `deauthorize`", "LINE is down").one_engine()))
            .fails(Route::Deauthorize, Fault::Status(503))
            .holds("document.querySelector('[data-action=unlink-info]').href === 'https://line.me/R/nv/connectedApps'"),
        row("the ID token", "Runs out while the card is shown")
            .steps([Step::Sees("unlink"), Step::Change(|sandbox| sandbox.shift_clock(4000)), Step::Tap("unlink")])
            .rests("unlink")
            .then("unlink", "unlinked"),
    ]
}

fn people() -> Vec<Row> {
    let slow = |row: Row| row.patient().binds_in(3);
    let under_way =
        |last| vec![Step::Sees("unlink"), Step::Tap("unlink"), Step::Until("the second post", two_posts), last];
    vec![
        ended(
            row(CARD, "Two taps at once on \"unlink\"")
                .one_engine()
                .steps([Step::Sees("unlink"), Step::Taps("unlink", 2)]),
        )
        .posts(2),
        ended(
            row(CARD, "Ten taps at once on \"unlink\"")
                .one_engine()
                .steps([Step::Sees("unlink"), Step::Taps("unlink", 10)]),
        )
        .posts(2),
        row(CARD, "Left, and opened again")
            .steps([Step::Sees("unlink"), Step::OpenAgain])
            .rests("unlink")
            .then("unlink", "unlinked"),
        ended(slow(row("the page", "Loaded again while the request is under way")).steps(under_way(Step::Reload))),
        row("the page", "Killed once it has ended, and opened again")
            .fresh()
            .steps([
                Step::Sees("unlink"),
                Step::Tap("unlink"),
                Step::Until("the end of the link", has_ended),
                Step::Restart,
            ])
            .rests("not-linked")
            .closes(),
        row("the page", "Loaded again after the end")
            .steps([Step::Sees("unlink"), Step::Tap("unlink"), Step::Sees("unlinked"), Step::Reload])
            .rests("not-linked")
            .closes(),
        row("the link", "Opened again after the end")
            .steps([Step::Sees("unlink"), Step::Tap("unlink"), Step::Sees("unlinked"), Step::OpenAgain])
            .rests("not-linked")
            .closes(),
        row("the link", "A bind token in it, too")
            .one_engine()
            .with_query("&bindToken=EXAMPLE_bind_token_0000001")
            .rests("unlink")
            .then("unlink", "unlinked"),
        row("the link", "Another's parameters in it")
            .one_engine()
            .with_query("&code=WELCOME10&utm_term=%8AO&liff.subwindow.identifier=a")
            .rests("unlink")
            .then("unlink", "unlinked"),
    ]
}

fn elsewhere() -> Vec<Row> {
    let lead = |row: Row| row.one_engine().rests("open-in-line").posts(0);
    vec![
        lead(row("a phone's browser", "Not in LINE").on(Device::Phone)).then("open-line", "unlink"),
        lead(row("an iPhone's browser", "Not in LINE").on(Device::Iphone)).then("open-line", "unlink"),
        lead(row("LINE's in-app browser", "Not by its LIFF URL").on(Device::LineInApp)).then("open-line", "unlink"),
        lead(row("a computer", "Not in LINE").on(Device::Desktop)).offers(&["copy-link"]),
    ]
}

fn two_posts(ledger: &Ledger) -> bool {
    posted(ledger) && ledger.bind_posts().len() > 1
}
