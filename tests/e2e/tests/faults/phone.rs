//! Faults of the phone: its browser, its storage, its files, the device itself.

use std::time::Duration;

use e2e::{Engine, Result, Size, before, file};
use sandbox::{Device, Fault, Route, Sandbox, SignIn};

use crate::row::{Place, Row, Step, posted};

const BROWSER: &str = "the browser";
const STORAGE: &str = "the browser's storage";
const DEVICE: &str = "the device";

pub fn rows() -> Result<Vec<Row>> {
    Ok([engine(), storage(), files()?, device()].into_iter().flatten().collect())
}

fn row(at: impl Into<String>, fault: &str) -> Row {
    Row::new(Place::Phone, at, fault)
}

/// The page cannot start, and a reload helps as soon as the fault has passed.
fn cannot_start(row: Row) -> Row {
    row.rests("failed/page-load").posts(0).then("retry", "bound")
}

/// The page can never start in this browser.
fn can_never_start(row: Row) -> Row {
    cannot_start(row).lasts().then("retry", "failed/page-load")
}

/// Missing and failing features of the browser's engine.
fn engine() -> Vec<Row> {
    let trap = || Step::Run("window.traps = true");
    vec![
        can_never_start(row(BROWSER, "No WebAssembly (iOS Lockdown Mode)").before(before::NO_WEB_ASSEMBLY)),
        can_never_start(row(BROWSER, "It cannot compile the module").before(before::OLD_WEB_ASSEMBLY)),
        row(BROWSER, "No `crypto.randomUUID`").one_engine().before(before::NO_RANDOM_UUID),
        row(BROWSER, "It names no languages").one_engine().before(before::NO_LANGUAGES),
        row(BROWSER, "It says for good that there is no connection (a VPN)")
            .one_engine()
            .before(before::SAYS_OFFLINE)
            .posts(1),
        row(BROWSER, "A translator has written another language on the page")
            .one_engine()
            .before(before::TRANSLATED)
            .posts(1),
        row(BROWSER, "Another app's (Messenger): LINE may not open from there, so the link can be copied")
            .one_engine()
            .on(Device::Messenger)
            .before(Device::Messenger.script())
            .rests("open-in-line")
            .offers(&["open-line", "copy-link", "login"])
            // The link leads into LINE's own browser.
            .lifted_by(|sandbox| sandbox.configure(|config| config.first_script.clear()))
            .then("open-line", "bound"),
        row(BROWSER, "A tablet's that passes for a computer's")
            .one_engine()
            .on(Device::Tablet)
            .before(Device::Tablet.script())
            .rests("open-in-line")
            .offers(&["open-line", "login"])
            .then("open-line", "bound"),
        row("the module", "It traps while LINE is asked")
            .before(before::CAN_TRAP)
            .patient()
            .fails(Route::Verify, Fault::Hang)
            // The early request comes before the module.
            .steps([Step::Until("LINE being asked by the SDK", |ledger| ledger.of(&Route::Verify).count() > 1), trap()])
            .rests("failed/page-load")
            .then("retry", "bound"),
        row(
            "the module",
            "It traps after the request has left, which binds: the page does not say that it is not linked",
        )
        .before(before::CAN_TRAP)
        .patient()
        .fails_times(1, Route::Bind, Fault::after_duty(Fault::Hang))
        .steps([Step::Until("the bind", |ledger| !ledger.bindings.is_empty()), trap()])
        .rests("failed/page-load")
        .then("retry", "bound"),
    ]
}

/// Storage that keeps nothing.
fn storage() -> Vec<Row> {
    let login = || [Step::Tap("login")];
    let by_page = |sandbox: &Sandbox| sandbox.configure(|config| config.sign_in = SignIn::AllowByPage);
    vec![
        can_never_start(row(STORAGE, "Blocked: the very access throws").before(before::NO_STORAGE)),
        can_never_start(row(STORAGE, "Everything is full").before(before::full(&["sessionStorage", "localStorage"]))),
        can_never_start(row(STORAGE, "`sessionStorage` is full, in LINE").before(before::full(&["sessionStorage"]))),
        row(STORAGE, "`localStorage` is full, in LINE").before(before::full(&["localStorage"])),
        row(STORAGE, "Cookies are off, in LINE").before(before::NO_COOKIES),
        row(STORAGE, "Cookies are off, after signing in on an iPhone")
            .on(Device::Iphone)
            .before(before::NO_COOKIES)
            .steps(login()),
        row(STORAGE, "Cookies are off, after signing in on Android")
            .on(Device::Phone)
            .set_up(move |sandbox, _| by_page(sandbox))
            .before(before::NO_COOKIES)
            .steps(login()),
    ]
}

fn files() -> Result<Vec<Row>> {
    let text = |route: &Route| -> Result<String> {
        let Route::Page(name) = route else { return Ok(String::new()) };
        Ok(std::fs::read_to_string(e2e::dist()?.join(name))?)
    };
    let [sdk, glue, wasm, words, qr] = [
        file("liff-sdk-", ".js")?,
        file("liff-bind-", ".js")?,
        file("liff-bind-", ".wasm")?,
        file("words-en-", ".json")?,
        file("qr-", ".js")?,
    ];
    let sdk_text = text(&sdk)?;
    let half = sdk_text.get(..sdk_text.len() / 2).unwrap_or_default();
    let script = |body: &str| Fault::body(200, "text/javascript", body);
    let late = || Fault::Delay(Duration::from_secs(14));
    let mut rows = Vec::new();
    for (name, route) in
        [("LINE's SDK", &sdk), ("the app's script", &glue), ("the app's module", &wasm), ("the words", &words)]
    {
        let at = || format!("the file of {name}");
        for (fault, answer) in [
            ("It is missing (404)", Fault::Status(404)),
            ("It is a proxy's HTML", Fault::Html),
            ("It cannot be fetched", Fault::Refuse),
            ("It breaks off half-way", Fault::CutOff),
        ] {
            rows.push(cannot_start(row(at(), fault).fresh().fails(route.clone(), answer)));
        }
        // The SDK's own tag has no second try.
        if route != &sdk {
            for (fault, answer) in [
                ("It breaks off half-way, once", Fault::CutOff),
                ("One of two servers behind one name doesn't have it", Fault::Status(404)),
            ] {
                rows.push(row(at(), fault).fresh().fails_times(1, route.clone(), answer));
            }
        }
    }
    for (name, route) in [("LINE's SDK", &sdk), ("the app's module", &wasm)] {
        let row = row(format!("the file of {name}"), "It comes after 14 seconds");
        rows.push(row.fresh().fails(route.clone(), late()).passing("failed/page-load"));
    }
    let sdk_at = || "the file of LINE's SDK";
    let mut more = vec![
        cannot_start(row(sdk_at(), "It throws").fresh().fails(sdk.clone(), script("throw new Error('broken');"))),
        cannot_start(row(sdk_at(), "It is cut in two, as if it were whole").fresh().fails(sdk.clone(), script(half))),
        row(sdk_at(), "It comes as `text/html`, and is a script all the same")
            .fresh()
            .fails(sdk, Fault::body(200, "text/html", sdk_text.clone())),
        cannot_start(
            row("the file of the app's script", "It comes as `text/html`")
                .fresh()
                .fails(glue.clone(), Fault::body(200, "text/html", text(&glue)?)),
        ),
        row("the file of the QR encoder", "It never arrives, on a computer: after a while a link instead")
            .fresh()
            .on(Device::Desktop)
            .fails(qr.clone(), Fault::Hang)
            .rests("open-in-line")
            .steps([Step::Holds("document.querySelector('[data-action=open-line]')")])
            .offers(&["open-line", "login"])
            .then("open-line", "bound"),
        row("the file of the QR encoder", "It is missing, on a computer: a link instead")
            .fresh()
            .on(Device::Desktop)
            .fails(qr, Fault::Status(404))
            .rests("open-in-line")
            .steps([Step::Holds("document.querySelector('[data-action=open-line]')")])
            .offers(&["open-line", "login"])
            .then("open-line", "bound"),
    ];
    rows.append(&mut more);
    Ok(rows)
}

fn device() -> Vec<Row> {
    let slow = |row: Row| row.binds_in(2);
    vec![
        row(DEVICE, "A processor six times as slow")
            .only(Engine::Chromium, "its driver can slow it down")
            .fresh()
            .steps([Step::Command("Emulation.setCPUThrottlingRate", r#"{ "rate": 6 }"#), Step::OpenAgain])
            .keys(2),
        slow(row(DEVICE, "Memory runs out while the request is under way"))
            .only(Engine::Chromium, "its driver can tell it so")
            .fresh()
            .steps([
                Step::Until("the post", posted),
                Step::Command("Memory.simulatePressureNotification", r#"{ "level": "critical" }"#),
            ]),
        row(DEVICE, "Another app is in front of the page from the beginning, and goes")
            .before(format!("{} leave();", before::CAN_HIDE))
            .fails_times(1, Route::Bind, Fault::no_answer())
            .steps([Step::Until("the post", posted), Step::Run("comeBack()")]),
        slow(row(DEVICE, "Turned sideways while the request is under way")).steps([
            Step::Until("the post", posted),
            Step::Fits(Size::new(844, 390)),
            Step::Sees("bound"),
            Step::Fits(Size::new(844, 390)),
        ]),
        row(DEVICE, "Text at 200%, on a small phone")
            .asks_consent()
            .steps([
                Step::Sees("confirm"),
                Step::Run("document.documentElement.style.fontSize = '200%'"),
                Step::Fits(Size::new(360, 640)),
                Step::Run("document.documentElement.style.fontSize = ''"),
            ])
            .rests("confirm")
            .then("confirm", "bound"),
    ]
}
