//! The verdicts on a correct set-up, and on set-ups with one mistake each.
#![cfg(not(target_arch = "wasm32"))]

use liff_bind::core::{Device, Json, Launch, LiffErrorReport, LiffId, QrImage};
use liff_doctor::core::{
    Barrier, CheckReply, Context, Facts, Friendship, Headers, Init, Item, Note, Offer, OsVersion, Row, Scopes,
    TokenFacts, Verdict, examine,
};

const ID: &str = "2007654321-Ab3dEf9H";
const ORIGIN: &str = "https://h.example";
const NOW: f64 = 1_800_000_000_000.0;

fn scopes(names: &[&str]) -> Scopes {
    Scopes(names.iter().copied().map(String::from).collect())
}

/// Set up as in the manual, and opened in LINE.
fn facts() -> Facts {
    let agent = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) Mobile/15E148 Safari Line/26.4.0 LIFF";
    let scopes = scopes(&["openid", "profile", "chat_message.write"]);
    Facts {
        origin: ORIGIN.into(),
        path: "/liff-bind.html".into(),
        asked: Some(ID.into()),
        liff_id: LiffId::read(ID),
        default_liff_id: None,
        device: Device::read(agent, true, ""),
        os_version: OsVersion::read(agent),
        init: Init::Done,
        in_client: true,
        signed_in: true,
        context: Some(Context {
            kind: Some("none".into()),
            liff_id: LiffId::read(ID),
            view_type: Some("compact".into()),
            endpoint_url: Some(format!("{ORIGIN}/liff-bind.html?liffId={ID}")),
            scopes: Some(scopes.clone()),
            has_linked_bot: Some(true),
            scan_qr: Some(true),
            is_mini_app: false,
            asks_late: false,
        }),
        granted: Some(scopes),
        token: Some(TokenFacts {
            audience: "2007654321".into(),
            expiry: NOW / 1000.0 + 3600.0,
            issued: NOW / 1000.0,
            fresh: true,
        }),
        friendship: Friendship::Read(true),
        api: CheckReply::read(
            200,
            Some(NOW),
            &Json::parse(r#"{ "content": { "status": "checked", "messageBilled": true } }"#),
        ),
        barrier: None,
        headers: Some(Headers {
            redirected: false,
            status: 200,
            policy: "frame-ancestors 'none'".into(),
            sniffing: "nosniff".into(),
            caching: "no-cache".into(),
        }),
        now: NOW,
    }
}

fn with(change: impl FnOnce(&mut Facts)) -> Facts {
    let mut facts = facts();
    change(&mut facts);
    facts
}

fn with_context(change: impl FnOnce(&mut Context)) -> Facts {
    with(|facts| change(facts.context.get_or_insert_default()))
}

fn refused_by_api(status: u16, code: &str) -> Facts {
    with(|facts| {
        facts.api = CheckReply::read(status, Some(NOW), &Json::parse(&format!(r#"{{ "errorCode": "{code}" }}"#)));
    })
}

fn failed_init(code: &str, message: &str) -> Facts {
    with(|facts| {
        facts.init =
            Init::Failed(LiffErrorReport { name: "Error".into(), code: Some(code.into()), message: message.into() });
        facts.signed_in = false;
        facts.context = None;
        facts.granted = None;
        facts.token = None;
        facts.friendship = Friendship::Unknown;
    })
}

/// The wrong rows, with the value to enter.
fn wrong(facts: &Facts) -> Vec<(Item, Option<Note>, Option<String>)> {
    let rows = examine(facts).rows.into_iter().filter(|row| row.verdict == Verdict::Wrong);
    rows.map(|row| (row.item, row.note, row.enter)).collect()
}

#[test]
fn the_right_set_up_raises_no_alarm() {
    for size in ["compact", "full"] {
        let report = examine(&with_context(|context| context.view_type = Some(size.into())));
        let unseen: Vec<_> =
            report.rows.iter().filter(|row| row.verdict != Verdict::Right).map(|row| row.item).collect();
        assert_eq!(unseen, [Item::Provider, Item::Published, Item::AppName, Item::Aggressive], "{size}");
    }
}

#[test]
fn each_mistake_is_named_with_the_value_to_enter() {
    let right = format!("{ORIGIN}/liff-bind.html?liffId={ID}");
    let endpoint = |url: &str| with_context(|context| context.endpoint_url = Some(url.into()));
    let at = |path: &str| endpoint(&format!("{ORIGIN}{path}"));
    let ticked = |names: &[&str]| with_context(|context| context.scopes = Some(scopes(names)));
    for (facts, item, note, enter) in vec![
        (endpoint(ORIGIN), Item::EndpointUrl, Note::EndpointPath, Some(&*right)),
        (at("/"), Item::EndpointUrl, Note::EndpointPath, Some(&right)),
        (at("/liff-bind.html"), Item::EndpointUrl, Note::EndpointNoId, Some(&right)),
        (at("/liff-bind.html?liffId={liffId}"), Item::EndpointUrl, Note::EndpointPlaceholder, Some(&right)),
        (at("/liff-bind.html?liffId=%7BLIFFID%7D"), Item::EndpointUrl, Note::EndpointPlaceholder, Some(&right)),
        (at(&format!("/liff-bind.html?liffId={{{ID}}}")), Item::EndpointUrl, Note::EndpointMarks, Some(&right)),
        (at(&format!("/liff-bind.html?liffId=_**{ID}**_")), Item::EndpointUrl, Note::EndpointMarks, Some(&right)),
        (at("/liff-bind.html?liffId=1656451635-z3yqZNO3"), Item::EndpointUrl, Note::EndpointOtherId, Some(&right)),
        (
            endpoint(&format!("https://old.example/liff-bind.html?liffId={ID}")),
            Item::EndpointUrl,
            Note::EndpointHost,
            Some(&right),
        ),
        (with_context(|context| context.view_type = Some("tall".into())), Item::Size, Note::Compact, Some("Compact")),
        (ticked(&["openid", "chat_message.write"]), Item::ScopeProfile, Note::NotTicked, Some("profile")),
        (ticked(&["profile", "chat_message.write"]), Item::ScopeOpenid, Note::NotTicked, Some("openid")),
        (ticked(&["openid", "profile"]), Item::ScopeChatMessageWrite, Note::NotTickedChat, Some("chat_message.write")),
        (with(|facts| facts.token = None), Item::IdToken, Note::NoIdToken, Some("openid")),
        (with(|facts| facts.friendship = Friendship::NoBot), Item::BotLink, Note::NoBot, None),
        (with_context(|context| context.scan_qr = Some(false)), Item::ScanQr, Note::ScanOff, Some("On")),
        (with_context(|context| context.kind = Some("square_chat".into())), Item::ContextType, Note::OpenChat, None),
        (with(|facts| facts.now += 3e6), Item::Clock, Note::ClockWrong, None),
        (with(|facts| facts.api = None), Item::BindApi, Note::ApiSilent, None),
        (refused_by_api(404, "LIFF_ID_UNKNOWN"), Item::LiffIdKnown, Note::NotSaved, Some(ID)),
        (refused_by_api(409, "LIFF_ID_WRONG_MODULE"), Item::GameModule, Note::IsGame, None),
        (refused_by_api(409, "CHANNEL_NOT_CONNECTED"), Item::Channel, Note::NotConnected, None),
        (refused_by_api(409, "PROVIDER_MISMATCH"), Item::Provider, Note::OtherProvider, None),
        (refused_by_api(403, "ORIGIN_NOT_ALLOWED"), Item::Host, Note::HostRefused, None),
        (refused_by_api(403, "BINDING_DISABLED"), Item::BindApi, Note::Paused, None),
        (refused_by_api(401, "ID_TOKEN_INVALID"), Item::IdToken, Note::TokenRefused, None),
        (refused_by_api(503, "LINE_UNAVAILABLE"), Item::BindApi, Note::ApiSilent, None),
        // Another server, such as a gateway without this route.
        (refused_by_api(404, "NOT_FOUND"), Item::BindApi, Note::ApiSilent, None),
        (refused_by_api(403, "FORBIDDEN"), Item::BindApi, Note::ApiSilent, None),
        (refused_by_api(400, ""), Item::BindApi, Note::ApiSilent, None),
        (failed_init("404", "no liff app"), Item::LiffId, Note::LiffIdNotFound, None),
        (failed_init("INIT_FAILED", "Invalid LIFF ID"), Item::EndpointUrl, Note::EndpointOtherId, None),
        (failed_init("500", ""), Item::Line, Note::LineError, None),
    ] {
        assert_eq!(wrong(&facts), [(item, Some(note), enter.map(String::from))], "{facts:?}");
    }
}

/// A MINI App as LINE reports it, opened by somebody who has agreed to `openid` only.
fn mini_app() -> Facts {
    with(|facts| {
        let context = facts.context.get_or_insert_default();
        (context.is_mini_app, context.asks_late) = (true, true);
        context.view_type = Some("full".into());
        facts.granted = Some(scopes(&["openid"]));
        facts.friendship = Friendship::Unknown;
    })
}

fn row(facts: &Facts, item: Item) -> Option<Row> {
    examine(facts).rows.into_iter().find(|row| row.item == item)
}

#[test]
fn what_is_normal_for_a_mini_app_is_said_to_be() {
    let report = examine(&mini_app());
    assert_eq!((report.count(Verdict::Wrong), report.is_mini_app), (0, true));
    let noted: Vec<_> = report.rows.iter().filter_map(|row| Some((row.item, row.note?))).collect();
    let normal = [
        (Item::Published, Note::MiniPublished),
        (Item::AppName, Note::MiniName),
        (Item::Size, Note::MiniSize),
        (Item::ScopeProfile, Note::MiniConsent),
        (Item::ScopeChatMessageWrite, Note::MiniConsent),
        (Item::Friendship, Note::MiniFriendship),
        (Item::PushBilling, Note::Billed),
        (Item::Host, Note::MiniHost),
    ];
    assert_eq!(noted, normal);
    let by_eye: Vec<_> = report.rows.iter().filter(|row| row.by_eye()).map(|row| row.item).collect();
    assert_eq!(by_eye, [Item::Provider, Item::Published, Item::AppName, Item::Aggressive]);
}

#[test]
fn a_mini_app_is_not_excused_for_what_binding_needs() {
    let mini = |change: fn(&mut Facts)| {
        let mut facts = mini_app();
        change(&mut facts);
        facts
    };
    let without_openid = mini(|facts| facts.granted = Some(scopes(&[])));
    assert_eq!(wrong(&without_openid), [(Item::ScopeOpenid, Some(Note::NotGranted), None)]);
    // The published endpoint URL was filled in with the developing ID, which LINE shows beside it.
    let developing = mini(|facts| {
        let context = facts.context.get_or_insert_default();
        context.endpoint_url = Some(format!("{ORIGIN}/liff-bind.html?liffId=2007654320-MuzunIKU"));
    });
    let right = format!("{ORIGIN}/liff-bind.html?liffId={ID}");
    assert_eq!(wrong(&developing), [(Item::EndpointUrl, Some(Note::EndpointOtherId), Some(right))]);
    // Without consent simplification it asks for everything at the start, as a LIFF app does.
    let asks_early = mini(|facts| facts.context.get_or_insert_default().asks_late = false);
    let not_granted = |item| (item, Some(Note::NotGranted), None);
    assert_eq!(wrong(&asks_early), [not_granted(Item::ScopeProfile), not_granted(Item::ScopeChatMessageWrite)]);
    // Somebody agreed before, and LINE says so.
    let told = mini(|facts| {
        facts.granted = Some(scopes(&["openid", "profile"]));
        facts.friendship = Friendship::Read(false);
    });
    assert_eq!(row(&told, Item::Friendship).and_then(|row| row.note), Some(Note::NotFriend));
    // A LIFF app is no MINI App: what is normal there is a mistake here.
    let liff = with(|facts| facts.granted = Some(scopes(&["openid"])));
    assert_eq!(wrong(&liff), [not_granted(Item::ScopeProfile), not_granted(Item::ScopeChatMessageWrite)]);
}

#[test]
fn an_api_that_pages_cannot_reach_is_named_with_the_mend() {
    for (barrier, note, mend) in [
        (Barrier::Key, Note::PreflightKey, "Access-Control-Allow-Headers: content-type, idempotency-key"),
        (Barrier::Preflight, Note::PreflightFails, "Access-Control-Allow-Headers: content-type, idempotency-key"),
        (Barrier::Origin, Note::PreflightOrigin, "Access-Control-Allow-Origin: https://h.example"),
        (Barrier::Errors, Note::ErrorsHidden, "Access-Control-Allow-Origin: https://h.example"),
        (Barrier::Hidden, Note::HeadersHidden, "Access-Control-Expose-Headers: retry-after, date"),
    ] {
        let facts = with(|facts| facts.barrier = Some(barrier));
        assert_eq!(wrong(&facts), [(Item::BindApi, Some(note), Some(mend.into()))]);
    }
}

#[test]
fn a_host_is_blamed_for_what_people_meet_only() {
    let host = |change: fn(&mut Headers)| with(|facts| change(facts.headers.get_or_insert_default()));
    // A guard in front of the host: no HEAD, no scripts, too many requests, or briefly out of order.
    for status in [405, 403, 429, 503] {
        let facts = with(|facts| facts.headers = Some(Headers { status, ..Headers::default() }));
        assert_eq!(wrong(&facts), [], "{status}");
        assert_eq!(row(&facts, Item::Host).map(|row| row.seen), Some(format!("{ORIGIN}, {status}")));
        assert!([Item::Host, Item::Headers].iter().all(|item| row(&facts, *item).is_some_and(|row| !row.by_eye())));
    }
    let redirected = host(|headers| headers.redirected = true);
    assert_eq!(wrong(&redirected), [(Item::Host, Some(Note::HostRedirects), None)]);
    let bare = host(|headers| headers.policy.clear());
    assert_eq!(wrong(&bare), [(Item::Headers, Some(Note::HeadersMissing), None)]);
}

#[test]
fn people_are_sent_to_look_only_where_they_can() {
    let unknown = with(|facts| {
        (facts.context, facts.granted, facts.friendship) = (None, None, Friendship::Unknown);
        (facts.api, facts.headers) = (None, None);
    });
    let rows = examine(&unknown).rows;
    let unseen: Vec<_> = rows.iter().filter(|row| row.verdict == Verdict::Unseen).collect();
    assert!(unseen.iter().filter(|row| row.by_eye()).all(|row| row.item.is_setting()));
    for item in [Item::Friendship, Item::PushBilling, Item::ContextType, Item::Headers, Item::Host] {
        assert!(unseen.iter().any(|row| row.item == item && !row.by_eye()), "{item:?}");
    }
    for item in [Item::Provider, Item::Size, Item::ScopeProfile, Item::EndpointUrl, Item::LiffIdKnown] {
        assert!(unseen.iter().any(|row| row.item == item && row.by_eye()), "{item:?}");
    }
}

#[test]
fn the_host_that_the_bind_api_names_counts() {
    let body =
        Json::parse(r#"{ "content": { "status": "checked", "endpointUrl": "https://pages.example/liff-bind.html" } }"#);
    let facts = with(|facts| facts.api = CheckReply::read(200, Some(NOW), &body));
    let enter = format!("https://pages.example/liff-bind.html?liffId={ID}");
    assert_eq!(wrong(&facts), [(Item::EndpointUrl, Some(Note::EndpointHost), Some(enter))]);
}

#[test]
fn an_endpoint_url_that_works_is_right() {
    for url in [
        format!("{ORIGIN}/liff-bind.html/?liffId={ID}"),
        format!("{ORIGIN}:443/liff-bind.html?liffId={ID}"),
        format!("HTTPS://H.EXAMPLE/liff-bind.html?a=1&liffId={ID}#top"),
    ] {
        assert_eq!(wrong(&with_context(|context| context.endpoint_url = Some(url.clone()))), [], "{url}");
    }
}

/// `<meta name="liff-id">`: a host with one LIFF app needs no ID in the URL.
#[test]
fn a_host_may_have_a_default_liff_id() {
    let facts = |default: &str, query: &str| {
        let mut facts = with_context(|context| context.endpoint_url = Some(format!("{ORIGIN}/liff-bind.html{query}")));
        facts.default_liff_id = LiffId::read(default);
        facts
    };
    for query in ["", "?", "?liffId=", "?utm_source=x"] {
        assert_eq!(wrong(&facts(ID, query)), [], "{query}");
        let named: Vec<_> = wrong(&facts("1656451635-z3yqZNO3", query)).into_iter().map(|(_, note, _)| note).collect();
        assert_eq!(named, [Some(Note::EndpointNoId)], "{query}");
    }
    let other = facts(ID, "?liffId=1656451635-z3yqZNO3");
    assert!(matches!(wrong(&other)[..], [(Item::EndpointUrl, Some(Note::EndpointOtherId), _)]));
}

/// The contract grows: an error with its support ID is the bind API's, even if this build doesn't know the code.
#[test]
fn an_error_of_a_newer_edition_is_not_called_silence() {
    let body = Json::parse(r#"{ "errorCode": "SHOP_ON_HOLIDAY", "supportId": "7K3F-92QD" }"#);
    let facts = with(|facts| facts.api = CheckReply::read(409, Some(NOW), &body));
    let api = row(&facts, Item::BindApi);
    assert_eq!(api.map(|row| (row.verdict, row.seen)), Some((Verdict::Unseen, "409 SHOP_ON_HOLIDAY 7K3F-92QD".into())));
}

#[test]
fn what_the_api_leaves_out_waits_for_nothing() {
    let told = |body: &str| with(|facts| facts.api = CheckReply::read(200, Some(NOW), &Json::parse(body)));
    let billing = |facts: &Facts| row(facts, Item::PushBilling).and_then(|row| row.note);
    assert_eq!(billing(&told(r#"{ "content": { "status": "checked" } }"#)), Some(Note::NotTold));
    assert_eq!(billing(&refused_by_api(409, "CHANNEL_NOT_CONNECTED")), Some(Note::AfterOthers));
}

#[test]
fn without_a_liff_id_the_place_of_the_mistake_is_named() {
    let facts = |asked: Option<&str>| Facts {
        asked: asked.map(String::from),
        init: Init::NotTried,
        api: None,
        liff_id: None,
        ..failed_init("", "")
    };
    let named = |facts: &Facts| wrong(facts).into_iter().map(|(item, note, _)| (item, note)).collect::<Vec<_>>();
    let unreadable = (Item::LiffId, Some(Note::NoLiffId));
    assert_eq!(named(&facts(Some("{liffId}"))), [unreadable, (Item::EndpointUrl, Some(Note::EndpointPlaceholder))]);
    assert_eq!(named(&facts(None)), [unreadable, (Item::EndpointUrl, Some(Note::EndpointNoId))]);
}

#[test]
fn outside_line_nothing_is_claimed_that_shows_in_line_alone() {
    let report = examine(&with(|facts| {
        facts.in_client = false;
        facts.signed_in = false;
        facts.device = Device::read("Mozilla/5.0 (Windows NT 10.0)", false, "");
        let context = facts.context.get_or_insert_default();
        (context.kind, context.view_type) = (Some("external".into()), None);
        (facts.granted, facts.token, facts.friendship) = (None, None, Friendship::Unknown);
    }));
    assert_eq!(report.count(Verdict::Wrong), 0);
    for item in [Item::Size, Item::IdToken, Item::ScopeOpenid, Item::Friendship, Item::Versions, Item::ContextType] {
        let row = report.rows.iter().find(|row| row.item == item);
        assert_eq!(row.map(|row| row.verdict), Some(Verdict::Unseen), "{item:?}");
    }
}

#[test]
fn old_versions_are_told() {
    let named = |agent| {
        wrong(&with(|facts| {
            facts.device = Device::read(agent, true, "");
            facts.os_version = OsVersion::read(agent);
        }))
    };
    let old = [(Item::Versions, Some(Note::TooOld), None)];
    assert_eq!(named("(iPhone; CPU iPhone OS 14_8 like Mac OS X) Line/26.4.0 LIFF"), old);
    assert_eq!(named("(iPhone; CPU iPhone OS 18_7 like Mac OS X) Line/10.16.9 LIFF"), old);
    assert_eq!(named("(Linux; Android 9; wv) Chrome/96.0.1.2 Mobile Line/26.4.0 LIFF"), old);
    assert_eq!(named("(Linux; Android 9; wv) Chrome/97.0.1.2 Mobile Line/11.4.9 LIFF"), old);
    assert_eq!(named("(Linux; Android 9; wv) Chrome/97.0.1.2 Mobile Line/11.5.0 LIFF"), []);
}

#[test]
fn an_answer_of_a_proxy_is_none() {
    assert_eq!(CheckReply::read(502, None, &Json::parse("<h1>")), None);
    assert_eq!(CheckReply::read(200, None, &Json::parse("{}")), None);
    assert_eq!(CheckReply::read(200, None, &Json::parse(r#"{ "content": {} }"#)), None);
    assert_eq!(CheckReply::read(200, None, &Json::parse(r#"{ "content": { "status": "bound" } }"#)), None);
    assert_eq!(CheckReply::read(0, None, &Json::Null), None);
    // Without a code, only `checked` follows the contract.
    for status in [200, 400, 403, 500] {
        assert_eq!(
            CheckReply::read(status, None, &Json::parse(r#"{ "errorCode": "", "supportId": "7K3F-92QD" }"#)),
            None
        );
    }
}

#[test]
fn an_empty_code_names_no_problem() {
    let read = |body| CheckReply::read(200, Some(NOW), &Json::parse(body));
    let facts = with(|facts| facts.api = read(r#"{ "content": { "status": "checked" }, "errorCode": "" }"#));
    assert_eq!(facts.api, read(r#"{ "content": { "status": "checked" } }"#));
    for item in [Item::LiffIdKnown, Item::GameModule, Item::Channel, Item::BindApi] {
        assert_eq!(row(&facts, item).map(|row| row.verdict), Some(Verdict::Right), "{item:?}");
    }
}

/// Outside LINE, LINE is offered, and a sign-in wherever the SDK can start one. Without a way nothing is offered.
#[test]
fn more_is_offered_where_a_way_leads_there() {
    const COMPUTER: (&str, bool) = ("Mozilla/5.0 (Windows NT 10.0) Chrome/140", false);
    const TABLET: (&str, bool) = ("Mozilla/5.0 (X11; Linux x86_64) Chrome/140", true);
    const PHONE: (&str, bool) = ("Mozilla/5.0 (Linux; Android 16; Pixel 8) Chrome/140 Mobile", true);
    let launch = Launch::parse(&format!("{ORIGIN}/liff-bind.html?liffId={ID}&check=1"));
    let in_line = format!("https://liff.line.me/{ID}?check=1");
    // The link, the QR code, and the sign-in.
    let offered = |facts: &Facts, can_draw: bool| {
        let qr = facts.qr_url(&launch).inspect(|url| assert_eq!(*url, in_line));
        let offer = facts.offer(&launch, qr.filter(|_| can_draw).as_deref().and_then(QrImage::place));
        offer.map(|Offer { line_url, qr, sign_in }| {
            assert!(line_url.iter().all(|url| *url == in_line));
            assert!(sign_in.iter().all(|url| *url == format!("{ORIGIN}/liff-bind.html?liffId={ID}&check=1")));
            [line_url.is_some(), qr.is_some(), sign_in.is_some()]
        })
    };
    let failed = || failed_init("500", "").init;
    for ((agent, touch), link, qr) in [(COMPUTER, false, true), (TABLET, true, true), (PHONE, true, false)] {
        for (init, signed_in, sign_in) in [
            (Init::Done, true, false),
            (Init::Done, false, true),
            (failed(), false, false),
            (failed(), true, false),
            (Init::Silent, false, false),
        ] {
            let mut facts = with(|facts| {
                (facts.in_client, facts.signed_in, facts.init) = (false, signed_in, init.clone());
                facts.device = Device::read(agent, touch, "");
            });
            let case = format!("{agent}, {init:?}, {signed_in}");
            assert_eq!(offered(&facts, true), Some([link, qr, sign_in]), "{case}");
            // A link must do where no code can be drawn.
            assert_eq!(offered(&facts, false), Some([true, false, sign_in]), "{case}");
            facts.in_client = true;
            assert_eq!(offered(&facts, true), sign_in.then_some([false, false, true]), "{case}, in LINE");
            (facts.in_client, facts.liff_id, facts.init) = (false, None, Init::NotTried);
            assert_eq!(offered(&facts, true), None, "{case}, no LIFF ID");
        }
    }
}

/// A new sign-in renews an expired ID token: outside LINE only, and not right after one, where the clock is wrong.
#[test]
fn a_sign_in_is_stale_if_a_new_one_helps() {
    let opened = |query: &str| Launch::parse(&format!("{ORIGIN}/liff-bind.html?liffId={ID}{query}"));
    let (plain, returned) = (opened(""), opened("&code=c&liffClientId=1"));
    let token = TokenFacts { expiry: NOW / 1000.0, ..TokenFacts::default() };
    for (in_client, launch, now, stale) in [
        (false, &plain, NOW + 1.0, true),
        (false, &plain, NOW, false),
        (false, &returned, NOW + 1.0, false),
        (true, &plain, NOW + 1.0, false),
    ] {
        assert_eq!(token.is_stale(in_client, launch, now), stale, "{in_client}, {launch:?}, {now}");
    }
}

#[test]
fn a_context_is_read_as_far_as_it_can_be() {
    let read = |json| Context::read(&Json::parse(json));
    let json = r#"{ "type": "utou", "liffId": 1, "scope": ["openid", 2], "hasLinkedBot": "yes",
        "availability": { "scanCodeV2": { "permission": true, "minVer": "11.7.0" } }, "unknown": null }"#;
    let context = Context {
        kind: Some("utou".into()),
        scopes: Some(scopes(&["openid"])),
        scan_qr: Some(true),
        ..Context::default()
    };
    assert_eq!(read(json), Some(context));
    assert_eq!(read(r#"{ "availability": { "scanCode": {} } }"#), Some(Context::default()));
    // The context of a MINI App, as `liff.getContext()` gives it, and one with members of another type.
    let mini = r#"{ "viewType": "full", "miniAppId": "craft-run", "miniDomainAllowed": true,
        "availability": { "skipChannelVerificationScreen": { "permission": true, "minVer": "11.14.0" } } }"#;
    let context = Context { view_type: Some("full".into()), is_mini_app: true, asks_late: true, ..Context::default() };
    assert_eq!(read(mini), Some(context));
    let other = r#"{ "miniDomainAllowed": "true", "availability": { "skipChannelVerificationScreen": true } }"#;
    assert_eq!(read(other), Some(Context::default()));
    assert_eq!(read("null"), None);
}
