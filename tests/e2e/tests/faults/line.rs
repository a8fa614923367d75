//! Faults of LINE: its app, its servers, its sign-in, its tokens.
//!
//! The page asks LINE early, and the SDK asks by itself if that has failed: a passing fault hits both (`fails_sdk`). A
//! fault that hits only the early request is a row of `early`.

use std::time::Duration;

use e2e::{Engine, before};
use sandbox::{Device, Fault, IdTokenPlan, Ledger, Route, Sandbox, SignIn};
use serde_json::json;

use crate::row::{Place, Row, Step, posted};

const VERIFY: &str = "`api.line.me/oauth2/v2.1/verify`";
const CERTS: &str = "`api.line.me/oauth2/v2.1/certs`";
const CONTEXT: &str = "`…/contextToken`";
const TOKEN: &str = "`api.line.me/oauth2/v2.1/token`";
const FEATURE: &str = "`…/featureToken`";
const SIGN_IN: &str = "LINE's sign-in";
const APP: &str = "the LINE app";
const CLOCK: &str = "the phone's clock";
const TOKENS: &str = "the ID token";

pub fn rows() -> Vec<Row> {
    [app(), early(), verify(), certs(), outside(), sign_in(), sessions(), tokens(), clocks(), moments()]
        .into_iter()
        .flatten()
        .collect()
}

fn row(at: &str, fault: &str) -> Row {
    Row::new(Place::Line, at, fault)
}

fn asked(route: &Route, ledger: &Ledger) -> bool {
    ledger.of(route).next().is_some()
}

fn verify_asked(ledger: &Ledger) -> bool {
    asked(&Route::Verify, ledger)
}

fn sign_in_asked(ledger: &Ledger) -> bool {
    asked(&Route::Authorize, ledger)
}

/// "Access token expired": the session is void.
fn void() -> Fault {
    Fault::line_error(400, "invalid_request", "access token expired")
}

fn app() -> Vec<Row> {
    let mute = |sandbox: &Sandbox| sandbox.configure(|config| config.bridge = false);
    let speaks = |sandbox: &Sandbox| sandbox.configure(|config| config.bridge = true);
    vec![
        row(APP, "The bridge never comes")
            .set_up(move |sandbox, _| mute(sandbox))
            .patient()
            .rests("failed/line-init")
            .lifted_by(speaks)
            .then("retry", "bound"),
        row(APP, "The bridge comes a second late").set_up(move |sandbox, _| mute(sandbox)).before(before::LATE_BRIDGE),
        row(APP, "The bridge comes after the page has given up").set_up(move |sandbox, _| mute(sandbox)).steps([
            Step::Sees("failed/line-init"),
            Step::Change(speaks),
            Step::Run(
                "window._liff = { features: [], postMessage() {} };
                    dispatchEvent(new CustomEvent('liffEvent', { detail: { type: 'ready' } }));",
            ),
        ]),
        row(APP, "Opened from an OpenChat, where LINE tells nobody's identity")
            .one_engine()
            .set_up(|_, visit| {
                visit.line.chat = "square_chat".into();
                visit.line.id_token = IdTokenPlan::Absent;
            })
            .rests("failed/wrong-place")
            .closes(),
        row(APP, "Opened in LINE's in-app browser")
            .one_engine()
            .on(Device::LineInApp)
            .rests("open-in-line")
            .then("open-line", "bound"),
        row(APP, "Opened in LINE for PC, which hands it to the computer's browser")
            .one_engine()
            .on(Device::Desktop)
            .rests("open-in-line")
            .then("login", "bound"),
        row(APP, "Opened in the phone's own browser")
            .one_engine()
            .on(Device::Iphone)
            .rests("open-in-line")
            .then("open-line", "bound"),
    ]
}

/// Only the page's early requests fail: nobody notices.
fn early() -> Vec<Row> {
    let faults = [
        ("the connection fails", Fault::Refuse),
        ("status 500", Fault::Status(500)),
        ("no answer ever", Fault::Hang),
        ("an answer that is too late", Fault::Delay(Duration::from_secs(22))),
    ];
    let routes = [(VERIFY, Route::Verify), (CERTS, Route::Certs)];
    let rows = routes.into_iter().flat_map(|(at, route)| {
        let row =
            move |(what, fault)| row(at, &format!("Asked early: {what}")).fails_times(1, route.clone(), fault).posts(1);
        faults.clone().map(row)
    });
    rows.collect()
}

fn verify() -> Vec<Row> {
    let row = |fault: &str| row(VERIFY, fault);
    let client = json!({ "scope": "openid profile", "client_id": "2099999999", "expires_in": 3600 });
    let is_down = |status| {
        let row = row(&format!("Status {status}")).one_engine();
        row.fails(Route::Verify, Fault::Status(status)).rests("failed/line-down").then("retry", "bound")
    };
    vec![
        row("The connection fails once").fails_sdk(1, Route::Verify, Fault::Refuse),
        row("The connection fails twice").one_engine().fails_sdk(2, Route::Verify, Fault::Refuse),
        row("The connection fails three times").one_engine().fails_sdk(3, Route::Verify, Fault::Refuse),
        row("The connection always fails")
            .fails(Route::Verify, Fault::Refuse)
            .rests("failed/line-init")
            .then("retry", "bound"),
        row("It never answers")
            .fails(Route::Verify, Fault::Hang)
            .patient()
            .rests("failed/line-init")
            .then("retry", "bound"),
        row("It answers after 5 seconds")
            .one_engine()
            .fails(Route::Verify, Fault::Delay(Duration::from_secs(5)))
            .patient(),
        row("It answers after the page has given up")
            .fails_sdk(1, Route::Verify, Fault::Delay(Duration::from_secs(26)))
            .passing("failed/line-init"),
        row("Status 401, always")
            .one_engine()
            .fails(Route::Verify, Fault::Status(401))
            .rests("failed/sign-in-expired")
            .then("open-line", "bound"),
        row("Status 401, once").one_engine().fails_sdk(1, Route::Verify, Fault::Status(401)),
        row("Status 404").one_engine().fails(Route::Verify, Fault::Status(404)).rests("failed/setup-liff-id").copies(),
        is_down(500),
        is_down(503),
        row("A proxy's error page")
            .one_engine()
            .fails(Route::Verify, Fault::Html)
            .rests("failed/line-down")
            .then("retry", "bound"),
        row("HTML with status 200")
            .fails(Route::Verify, Fault::body(200, "text/html", "<h1>Sign in to this hotel's network</h1>"))
            .rests("failed/line-init")
            .sdk_signs_in()
            .then("open-line", "bound"),
        row("An empty body")
            .one_engine()
            .fails(Route::Verify, Fault::Empty)
            .rests("failed/line-init")
            .sdk_signs_in()
            .then("open-line", "bound"),
        row("Half an answer")
            .fails(Route::Verify, Fault::CutOff)
            .rests("failed/line-init")
            .sdk_signs_in()
            .then("open-line", "bound"),
        row("`invalid_request`, once").one_engine().fails_sdk(1, Route::Verify, void()),
        row("`invalid_token`, once").one_engine().fails_sdk(
            1,
            Route::Verify,
            Fault::line_error(401, "invalid_token", "The access token revoked"),
        ),
        row("`invalid_request`, always: a login loop")
            .fails(Route::Verify, void())
            .rests("failed/sign-in-expired")
            .lasts()
            .then("open-line", "failed/sign-in-expired"),
        row("A token of another channel")
            .fails(Route::Verify, Fault::json(200, &client))
            .rests("failed/line-init")
            .sdk_signs_in()
            .then("open-line", "bound"),
    ]
}

fn certs() -> Vec<Row> {
    let row = |fault: &str| row(CERTS, fault).one_engine();
    vec![
        row("The keys of ID tokens fail once").fails_sdk(1, Route::Certs, Fault::Refuse),
        row("The keys of ID tokens always fail")
            .fails(Route::Certs, Fault::Refuse)
            .rests("failed/line-init")
            .then("retry", "bound"),
        row("The keys of ID tokens are others").fails(Route::Certs, Fault::json(200, &json!({ "keys": [] }))),
    ]
}

/// Outside LINE, where the SDK asks for the app's context first.
fn outside() -> Vec<Row> {
    let row = |fault: &str| row(CONTEXT, fault).one_engine().on(Device::Iphone);
    vec![
        row("Outside LINE: the LIFF ID is not known")
            .fails(Route::ContextToken, Fault::Status(404))
            .rests("failed/setup-liff-id")
            .copies(),
        row("Outside LINE: HTML with status 200")
            .fails(Route::ContextToken, Fault::body(200, "text/html", "<h1>Welcome</h1>"))
            .rests("failed/line-init")
            .then("retry", "open-in-line"),
        row("Outside LINE: the connection fails once")
            .fails_times(1, Route::ContextToken, Fault::Refuse)
            .rests("open-in-line")
            .then("open-line", "bound"),
    ]
}

/// Signing in outside LINE.
fn sign_in() -> Vec<Row> {
    let signing_in = || [Step::Tap("login")];
    let phone = |at: &str, fault: &str| row(at, fault).on(Device::Iphone).steps(signing_in());
    let how = |row: Row, sign_in| row.set_up(move |sandbox, _| sandbox.configure(|config| config.sign_in = sign_in));
    let allow = |sandbox: &Sandbox| sandbox.configure(|config| config.sign_in = SignIn::Allow);
    vec![
        phone(TOKEN, "The code is refused (`invalid_grant`)")
            .one_engine()
            .fails(Route::Token, Fault::line_error(400, "invalid_grant", "invalid authorization code"))
            .rests("failed/sign-in-expired")
            .then("login", "bound"),
        phone(TOKEN, "The code is not taken: status 500")
            .one_engine()
            .fails(Route::Token, Fault::Status(500))
            .rests("failed/line-down")
            .then("retry", "open-in-line"),
        phone(TOKEN, "The code is not taken: no answer ever")
            .fails(Route::Token, Fault::Hang)
            .rests("failed/line-init")
            .then("retry", "open-in-line"),
        phone(TOKEN, "The code is not taken: the connection fails")
            .one_engine()
            .fails(Route::Token, Fault::Refuse)
            .rests("open-in-line")
            .then("open-line", "bound"),
        phone(FEATURE, "Inside LINE, after a renewed sign-in: status 500")
            .one_engine()
            .on(Device::LineIos)
            .steps([])
            .fails_sdk(1, Route::Verify, void())
            .fails(Route::FeatureToken, Fault::Status(500))
            .rests("failed/line-down")
            .then("retry", "bound"),
        how(phone(SIGN_IN, "The person refuses"), SignIn::Refuse)
            .rests("failed/sign-in-refused")
            .lifted_by(allow)
            .then("login", "bound"),
        how(phone(SIGN_IN, "It always comes back without anybody signed in"), SignIn::Forget)
            .one_engine()
            .rests("open-in-line")
            .lasts()
            .then("open-line", "bound"),
        how(phone(SIGN_IN, "On Android, back from LINE's page").on(Device::Phone), SignIn::AllowByPage).posts(1),
        how(phone(SIGN_IN, "It comes back to the bare endpoint URL"), SignIn::AllowAtEndpoint),
        row(SIGN_IN, "A code comes back to a browser that never asked for it")
            .on(Device::Phone)
            .with_query(
                "&code=abc&state=xyz&liffClientId=1656451635&liffRedirectUri=https%3A%2F%2Fshop-bind.example%2F",
            )
            .rests("open-in-line")
            .then("open-line", "bound"),
        how(row(SIGN_IN, "The person presses back on LINE's page").on(Device::Iphone), SignIn::Ask)
            .steps([Step::Tap("login"), Step::Until("LINE's sign-in", sign_in_asked), Step::Back])
            .rests("open-in-line")
            .then("open-line", "bound"),
        phone(SIGN_IN, "LINE's page never comes")
            .only(Engine::WebKit, "Chromium's driver waits for LINE's page")
            .fails(Route::Authorize, Fault::Hang)
            .steps([Step::Tap("login"), Step::Sees("working")])
            .rests("failed/line-init")
            .then("retry", "open-in-line"),
        row(SIGN_IN, "The SDK's part for it can't be fetched")
            .fresh()
            .on(Device::Iphone)
            .fails(Route::Page("liff-later-".into()), Fault::Status(404))
            .steps([Step::Tap("login")])
            .rests("failed/line-init")
            .then("retry", "open-in-line"),
    ]
}

/// Sessions that LINE no longer knows.
fn sessions() -> Vec<Row> {
    let revoke = |sandbox: &Sandbox| sandbox.revoke_access_tokens();
    vec![
        row(APP, "The access token is revoked, and the page loaded again")
            .steps([Step::Sees("bound"), Step::Change(revoke), Step::Reload])
            .keys(2),
        row(APP, "The access token is revoked, and LINE opens the link anew")
            .steps([Step::Sees("bound"), Step::Change(revoke), Step::OpenAgain])
            .keys(2),
        row(APP, "Resumed after two hours at the consent card: tokens and link have run out")
            .before(before::MOVABLE_CLOCK)
            .set_up(|sandbox, _| sandbox.configure(|config| config.consent = Some("2026-01".into())))
            .steps([
                Step::Sees("confirm"),
                Step::Change(|sandbox| sandbox.shift_clock(7200)),
                Step::Run("window.ahead = 7200"),
                Step::Tap("confirm"),
            ])
            .rests("failed/link-expired")
            .closes(),
    ]
}

fn tokens() -> Vec<Row> {
    // The same link again after two hours, in a LIFF browser that was never closed.
    let later = |row: Row| {
        row.steps([
            Step::Sees("bound"),
            Step::Change(|sandbox| {
                sandbox.shift_clock(7200);
                sandbox.configure(|config| config.first_script += &before::ahead(7200));
            }),
            Step::OpenAgain,
        ])
        .keys(2)
    };
    vec![
        later(row(TOKENS, "An old one in the SDK's store, a fresh one in the URL: nobody is sent to sign in"))
            .fails(Route::Authorize, Fault::Hang)
            // Without the secondary redirect, at which the SDK drops the fresh one.
            .set_up(|sandbox, visit| {
                let endpoint = sandbox.browser_url(&format!("&{}", visit.query));
                sandbox.configure(|config| {
                    config.apps.iter_mut().take(1).for_each(|app| app.endpoint_url.clone_from(&endpoint));
                });
                visit.query.clear();
            }),
        later(row(TOKENS, "An old one in the SDK's store, which drops the fresh one on its secondary redirect")),
        row(TOKENS, "Expired, inside LINE").set_up(|_, visit| visit.line.id_token = IdTokenPlan::Expired),
    ]
}

fn clocks() -> Vec<Row> {
    vec![
        row(CLOCK, "Two hours ahead").one_engine().before(before::ahead(7200)),
        row(CLOCK, "Two hours behind").one_engine().before(before::ahead(-7200)),
        row(CLOCK, "A day ahead, outside LINE")
            .one_engine()
            .on(Device::Iphone)
            .before(before::ahead(86400))
            .steps([Step::Tap("login")]),
    ]
}

/// The page is loaded again at every moment.
fn moments() -> Vec<Row> {
    let reload = |fault: &str| row("the page", fault);
    let late = || Fault::Delay(Duration::from_secs(3));
    vec![
        reload("Loaded again while LINE is asked")
            // The SDK asks once more after 4 seconds.
            .fails_times(1, Route::Verify, Fault::Delay(Duration::from_secs(12)))
            .steps([Step::Until("LINE being asked", verify_asked), Step::Reload]),
        reload("Loaded again while the request is under way")
            .patient()
            .binds_in(3)
            .steps([Step::Until("the post", posted), Step::Reload]),
        reload("Loaded again at the consent card")
            .asks_consent()
            .steps([Step::Sees("confirm"), Step::Reload])
            .rests("confirm")
            .then("confirm", "bound"),
        reload("Loaded again at a failure")
            .fails_times(1, Route::Bind, Fault::retry_after(429, 60))
            .steps([Step::Sees("failed/busy"), Step::Reload]),
        reload("Loaded again after success").steps([Step::Sees("bound"), Step::Reload]).keys(2),
        reload("Loaded again on the way to LINE's sign-in")
            .only(Engine::WebKit, "Chromium's driver waits for LINE's page")
            .on(Device::Iphone)
            .fails_times(1, Route::Authorize, late())
            .steps([Step::Tap("login"), Step::Until("LINE's sign-in", sign_in_asked), Step::Reload])
            .rests("open-in-line")
            .then("open-line", "bound"),
        reload("Left for the shop after success, and back again")
            .steps([
                Step::Sees("bound"),
                Step::Run("location.assign(document.querySelector('[data-action=return]').href)"),
                Step::Until("the shop", |ledger| ledger.requests.iter().any(|request| request.target == "/cart")),
                Step::Back,
            ])
            .unlooked()
            .keys(2),
    ]
}
