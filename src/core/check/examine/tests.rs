//! The verdicts on a set-up that is right, and on each that is wrong in one thing.

use super::*;
use crate::core::{
    check::{Friendship, Headers, Init, OsVersion, TokenFacts},
    device::Device,
    json::Json,
    liff_error::LiffErrorReport,
    url::LiffId,
};

const ID: &str = "2007654321-Ab3dEf9H";
const ORIGIN: &str = "https://h.example";
const NOW: f64 = 1_800_000_000_000.0;

/// As the manual has it, opened in LINE.
fn facts() -> Facts {
    let agent = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) Mobile/15E148 Safari Line/26.4.0 LIFF";
    let scopes = ["openid", "profile", "chat_message.write"].map(String::from).to_vec();
    Facts {
        origin: ORIGIN.into(),
        path: "/liff-bind.html".into(),
        asked: Some(ID.into()),
        liff_id: LiffId::read(ID),
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
        }),
        granted: Some(scopes),
        token: Some(TokenFacts {
            audience: "2007654321".into(),
            expiry: NOW / 1000.0 + 3600.0,
            issued: NOW / 1000.0,
            fresh: true,
        }),
        friendship: Friendship::Read(true),
        api: CheckReply::read(200, Some(NOW), &Json::parse(r#"{ "content": { "messageBilled": true } }"#)),
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

/// The rows that are wrong, with what to enter.
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
        assert!(!report.can_see_more);
    }
}

#[test]
fn each_mistake_is_named_with_the_value_to_enter() {
    let right = format!("{ORIGIN}/liff-bind.html?liffId={ID}");
    let endpoint = |url: &str| with_context(|context| context.endpoint_url = Some(url.into()));
    let at = |path: &str| endpoint(&format!("{ORIGIN}{path}"));
    let scopes =
        |list: &[&str]| with_context(|context| context.scopes = Some(list.iter().copied().map(String::from).collect()));
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
        (scopes(&["openid", "chat_message.write"]), Item::ScopeProfile, Note::NotTicked, Some("profile")),
        (scopes(&["profile", "chat_message.write"]), Item::ScopeOpenid, Note::NotTicked, Some("openid")),
        (scopes(&["openid", "profile"]), Item::ScopeChatMessageWrite, Note::NotTickedChat, Some("chat_message.write")),
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
        (failed_init("404", "no liff app"), Item::LiffId, Note::LiffIdNotFound, None),
        (failed_init("INIT_FAILED", "Invalid LIFF ID"), Item::EndpointUrl, Note::EndpointOtherId, None),
        (failed_init("500", ""), Item::Line, Note::LineError, None),
    ] {
        assert_eq!(wrong(&facts), [(item, Some(note), enter.map(String::from))], "{facts:?}");
    }
}

#[test]
fn the_host_that_the_bind_api_names_counts() {
    let body = Json::parse(r#"{ "content": { "endpointUrl": "https://pages.example/liff-bind.html" } }"#);
    let facts = with(|facts| facts.api = CheckReply::read(200, Some(NOW), &body));
    let enter = format!("https://pages.example/liff-bind.html?liffId={ID}");
    assert_eq!(wrong(&facts), [(Item::EndpointUrl, Some(Note::EndpointHost), Some(enter))]);
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
    assert!(report.can_see_more);
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
    assert_eq!(CheckReply::read(0, None, &Json::Null), None);
}

#[test]
fn a_context_is_read_as_far_as_it_can_be() {
    let read = |json| Context::read(&Json::parse(json));
    let json = r#"{ "type": "utou", "liffId": 1, "scope": ["openid", 2], "hasLinkedBot": "yes",
        "availability": { "scanCodeV2": { "permission": true, "minVer": "11.7.0" } }, "unknown": null }"#;
    let context = Context {
        kind: Some("utou".into()),
        scopes: Some(vec!["openid".into()]),
        scan_qr: Some(true),
        ..Context::default()
    };
    assert_eq!(read(json), Some(context));
    assert_eq!(read(r#"{ "availability": { "scanCode": {} } }"#), Some(Context::default()));
    assert_eq!(read("null"), None);
}
