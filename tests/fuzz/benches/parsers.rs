//! How long each parser takes for inputs of 1 KB to 1 MB. If the time per byte grows with the size, the parser is not
//! linear, and an attacker can make the page hang. The page itself reads no URL above 16 KB and no answer above 64 Ki
//! characters.
#![expect(clippy::print_stdout, reason = "the table is what this program is for")]

use liff_bind::core::{
    Device, Failure, HttpHead, HttpsUrl, Json, Launch, LiffErrorReport, LiffId, Pending, Purpose, Shop, SupportCode,
    jws_payload, read_reply,
};
use serde_json::json;
use std::{
    hint::black_box,
    time::{Duration, Instant},
};

const SIZES: [usize; 4] = [1 << 10, 16 << 10, 128 << 10, 1 << 20];
/// How long one input is measured, and how often at most.
const PATIENCE: Duration = Duration::from_millis(100);
const MOST_TRIES: u32 = 100;
/// The longest that one try may take: a size is left out if a quadratic parser would take longer.
const LONGEST_TRY: Duration = Duration::from_secs(5);

/// Makes an input of about this many bytes.
type Make = fn(usize) -> String;
type Parse = fn(&str);

/// A parser with one kind of input.
struct Row {
    parser: &'static str,
    input: &'static str,
    make: Make,
    parse: Parse,
}

const PAGE: &str = "https://shop.example/liff-bind.html?";
/// A stored bind record, up to the middle of its last member.
const RECORD: &str = r#"{"liffId":"1-a","key":"00000000-0000-4000-8000-000000000000","signedInAgain":false,"lost":false,"returned":false,"query":"","bindToken":""#;

/// `head`, and as many of `piece` as fit after it.
fn fill(head: &str, piece: &str, size: usize) -> String {
    [head, &piece.repeat(size.saturating_sub(head.len()) / piece.len())].concat()
}

/// As [`fill`], with a number instead of each `#`, so that no two pieces are the same.
fn number(head: &str, piece: &str, size: usize) -> String {
    let mut text = head.to_owned();
    for number in 0_u32.. {
        if text.len() >= size {
            break;
        }
        text += &piece.replace('#', &number.to_string());
    }
    text
}

fn read_launch(href: &str) {
    let launch = Launch::parse(href);
    black_box((launch.liff_id(""), launch.bind_token(), launch.sign_in_error()));
}

fn write_launch(href: &str) {
    let launch = Launch::parse(href);
    black_box((
        launch.clean_url(None),
        launch.return_url(None, false),
        launch.for_init(),
        launch.with_state_taken_in(),
    ));
    black_box(LiffId::read("1-a").map(|id| launch.liff_url(&id, None)));
}

fn read_answer(body: &str) {
    black_box(read_reply(Purpose::Bind, &HttpHead { status: 201, ..HttpHead::default() }, &Json::parse(body)));
}

const URLS: [(&str, Make); 7] = [
    ("one long value", |size| fill(&[PAGE, "bindToken="].concat(), "x", size)),
    ("nothing but %", |size| fill(&[PAGE, "bindToken="].concat(), "%", size)),
    ("escapes", |size| fill(&[PAGE, "bindToken="].concat(), "%E7%B6%81", size)),
    ("many parameters", |size| number(PAGE, "p#=1&", size)),
    ("one name, many times", |size| fill(PAGE, "a&", size)),
    ("long liff.state", |size| fill(&[PAGE, "liff.state=%3Fx%3D"].concat(), "%2525", size)),
    ("many here and in liff.state", |size| {
        number(&number(PAGE, "p#&", size / 2), "%26q#", size).replacen('%', "liff.state=%3F%", 1)
    }),
];

const OTHERS: [Row; 16] = [
    Row {
        parser: "LiffId",
        input: "digits",
        make: |size| fill("1-", "1", size),
        parse: |text| {
            black_box(LiffId::read(text));
        },
    },
    Row {
        parser: "LiffId",
        input: "markup",
        make: |size| fill("", "{*_\u{3000}", size),
        parse: |text| {
            black_box(LiffId::read(text));
        },
    },
    Row {
        parser: "Pending",
        input: "long token",
        make: |size| fill(RECORD, "x", size) + r#""}"#,
        parse: |text| {
            black_box(Pending::read(&Json::parse(text)).map(|pending| pending.to_json()));
        },
    },
    Row {
        parser: "Pending",
        input: "one member, many times",
        make: |size| fill("{", r#""key":"","#, size) + r#""key":""}"#,
        parse: |text| {
            black_box(Pending::read(&Json::parse(text)));
        },
    },
    Row {
        parser: "Device",
        input: "near misses",
        make: |size| fill("", " Line iPhon", size),
        parse: |text| {
            black_box(Device::read(text, true, ""));
        },
    },
    Row {
        parser: "Device",
        input: "long version",
        make: |size| fill("iPhone Line/", "1.", size),
        parse: |text| {
            black_box(Device::read(text, true, "").has_old_line());
        },
    },
    Row {
        parser: "LiffErrorReport",
        input: "near misses",
        make: |size| fill("", "Invalid LIFF I", size),
        parse: |message| {
            let (name, code) = ("Error".into(), Some("INIT_FAILED".into()));
            black_box(LiffErrorReport { name, code, message: message.into() }.classify(false));
        },
    },
    Row {
        parser: "jws_payload",
        input: "long token",
        make: |size| fill("e30.", "eyJ_", size),
        parse: |text| {
            black_box(jws_payload(text));
        },
    },
    Row {
        parser: "jws_payload",
        input: "dots",
        make: |size| fill("", ".", size),
        parse: |text| {
            black_box(jws_payload(text));
        },
    },
    Row {
        parser: "read_reply",
        input: "one long name",
        make: |size| fill(r#"{"content":{"shop":{"merchantName":""#, "x", size) + r#""}}}"#,
        parse: read_answer,
    },
    Row {
        parser: "read_reply",
        input: "many members",
        make: |size| number(r#"{"content":{"shop":{"#, r#""m#":1,"#, size) + r#""m":1}}}"#,
        parse: read_answer,
    },
    Row {
        parser: "read_reply",
        input: "one member, many times",
        make: |size| fill(r#"{"content":{"#, r#""shop":{},"#, size) + r#""shop":{}}}"#,
        parse: read_answer,
    },
    Row {
        parser: "read_reply",
        input: "deep nesting",
        make: |size| fill("", r#"{"content":"#, size),
        parse: read_answer,
    },
    Row {
        parser: "Shop",
        input: "unfit characters",
        make: |size| fill("", "\u{202e}", size),
        parse: |text| {
            black_box(Shop::read(&Json::from(json!({ "merchantName": text, "oaBasicId": text }))));
        },
    },
    Row {
        parser: "HttpsUrl",
        input: "long host",
        make: |size| fill("https://", "a.", size),
        parse: |text| {
            black_box(HttpsUrl::read(text));
        },
    },
    Row {
        parser: "SupportCode",
        input: "long ID",
        make: |size| fill("", "A-", size),
        parse: |text| {
            black_box(SupportCode::new(Some(text), Failure::Server));
        },
    },
];

/// The shortest time that one try took.
fn measure(parse: Parse, input: &str) -> Duration {
    let begin = Instant::now();
    let mut best = Duration::MAX;
    for _ in 0..MOST_TRIES {
        let start = Instant::now();
        parse(black_box(input));
        best = best.min(start.elapsed());
        if begin.elapsed() > PATIENCE {
            break;
        }
    }
    best
}

#[expect(clippy::cast_precision_loss, reason = "sizes are far below 2^52")]
fn print(row: &Row) {
    print!("{:16} {:28}", row.parser, row.input);
    let mut last = (0, Duration::ZERO);
    for size in SIZES {
        let input = (row.make)(size);
        let growth = input.len() as f64 / last.0.max(1) as f64;
        if last.1.as_secs_f64() * growth * growth > LONGEST_TRY.as_secs_f64() {
            print!("{:>22}", "left out");
            continue;
        }
        last = (input.len(), measure(row.parse, &input));
        print!("{:14.1} {:7.2}", last.1.as_secs_f64() * 1e6, last.1.as_secs_f64() * 1e9 / input.len() as f64);
    }
    println!();
}

fn main() {
    println!("{:45}{:>22}{:>22}{:>22}{:>22}", "", "1 KB", "16 KB", "128 KB", "1 MB");
    println!("{:16} {:28}{}", "parser", "input", "            µs ns/byte".repeat(SIZES.len()));
    let does: [(&str, Parse); 2] = [("Launch, read", read_launch), ("Launch, written", write_launch)];
    for (parser, parse) in does {
        for (input, make) in URLS {
            print(&Row { parser, input, make, parse });
        }
    }
    OTHERS.iter().for_each(print);
}
