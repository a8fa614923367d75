//! A hundred courses of binding and unlinking: two phones of one person, on a network that loses requests and answers.
//!
//! On each phone the person opens a link, and presses the offered buttons until the page shows a result. The ledger
//! must agree with every screen: nothing is unlinked without a press, no unlinking is denied, and none is claimed that
//! did not happen.

use e2e::{Browser, Engine, Failure, Result, before, breaches, in_line, sandbox};
use fastrand::Rng;
use sandbox::{Fault, Ledger, LineApp, LineUser, Os, Route, Sandbox};

use crate::{
    MOST_PRESSES, REST, number,
    rest::{Rested, press_retry},
    seed,
};

/// Pairs of phones that run in parallel, and how many tenths of all courses each runs.
const PAIRS: [(Engine, usize); 3] = [(Engine::Chromium, 4), (Engine::Chromium, 4), (Engine::WebKit, 2)];

/// `LIFF_BIND_COURSES` changes their number.
#[tokio::test]
#[ignore = "takes minutes of both cores, beside the soak: CONTRIBUTING.md"]
async fn a_hundred_courses_over_two_phones_agree_with_the_ledger() -> Result {
    let seed = seed();
    let courses = usize::try_from(number("LIFF_BIND_COURSES").unwrap_or(100))?;
    let pair = |(engine, share), number| play(engine, courses * share / 10, Rng::with_seed(seed.wrapping_add(number)));
    let [a, b, c] = PAIRS;
    let (a, b, c) = tokio::join!(pair(a, 0), pair(b, 1), pair(c, 2));
    let ended = a? + b? + c?;
    eprintln!("{ended} links ended, LINE was asked for each once, and every screen was true");
    assert!(ended * 4 > courses, "hardly a link ended");
    Ok(())
}

/// Runs courses one after the other; returns how many links ended.
async fn play(engine: Engine, courses: usize, mut rng: Rng) -> Result<usize> {
    let sandbox = sandbox().await?;
    sandbox.configure(|config| config.first_script = before::IMPATIENT.into());
    let phone = async || Browser::open(engine, &LineApp::new(Os::Ios), &sandbox).await;
    let phones = [phone().await?, phone().await?];
    for number in 0..courses {
        let person = LineUser::new("Mei");
        sandbox.configure(|config| config.user = person.clone());
        let mut told = format!("{engine:?}, course {number}");
        for _ in 0..rng.usize(2..=4) {
            let which = rng.usize(..phones.len());
            let (unlinks, fault) = (rng.bool(), (rng.u8(..3) == 0).then(|| trouble(&mut rng)));
            told = format!("{told}, phone {which}: unlinks {unlinks}, {fault:?}");
            let Some(phone) = phones.get(which) else { continue };
            visit(phone, &sandbox, &person, unlinks, fault).await.map_err(|failure| failure.of(&told))?;
        }
    }
    let ledger = sandbox.ledger();
    let told: Vec<bool> = ledger.unlinkings.iter().map(|unlinking| unlinking.deauthorized).collect();
    if told != ledger.deauthorizations {
        return Err(Failure::new(format!("LINE was asked so: {:?}", ledger.deauthorizations)));
    }
    match breaches(&ledger) {
        none if none.is_empty() => Ok(told.len()),
        breaches => Err(Failure::new(breaches.join("\n"))),
    }
}

fn trouble(rng: &mut Rng) -> Vec<Fault> {
    let fault = || match rng.u8(..5) {
        0 => Fault::None,
        1 => Fault::Refuse,
        2 => Fault::no_answer(),
        3 => Fault::after_duty(Fault::Status(504)),
        _ => Fault::example("line-unavailable"),
    };
    std::iter::repeat_with(fault).take(6).collect()
}

/// One opening of the page, until it shows a result.
async fn visit(
    phone: &Browser<'_>,
    sandbox: &Sandbox,
    person: &LineUser,
    unlinks: bool,
    fault: Option<Vec<Fault>>,
) -> Result {
    sandbox.fail(Route::Bind, fault.unwrap_or_default());
    let mut line = LineApp { user: Some(person.clone()), ..in_line(Os::Ios, sandbox) };
    if unlinks {
        line.extra = "?unlink=1".into();
    }
    let was = Links::of(&sandbox.ledger(), person);
    let mut pressed = 0;
    phone.start_over(&sandbox.line_url(&line)?).await?;
    for _ in 0..MOST_PRESSES {
        let rested = Rested::at(phone).await?;
        let now = Links::of(&sandbox.ledger(), person);
        let ended = now.ended - was.ended;
        let agrees = match rested.screen.as_str() {
            "bound" | "already-bound" | "unlink" => now.is_linked() && ended == 0,
            "unlinked" => !now.is_linked() && ended == 1,
            "not-linked" => !now.is_linked(),
            _ if rested.is_unsure() => true,
            _ => now == was,
        };
        if !agrees || ended > pressed {
            let (screen, situation) = (rested.screen, phone.situation().await);
            let text = format!("{screen}: {now:?} after {was:?}, {pressed} presses\n{situation}");
            return Err(Failure::new(text));
        }
        match rested.first.as_str() {
            "unlink" => {
                pressed = 1;
                phone.tap("unlink").await?;
                phone.wait_until("the press", REST, async || Ok(phone.screen().await? != "unlink")).await?;
            }
            "retry" => press_retry(phone).await?,
            _ => return Ok(()),
        }
    }
    Err(Failure::new(format!("no end after {MOST_PRESSES} presses\n{}", phone.situation().await)))
}

/// How often this person was linked, and how often unlinked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Links {
    made: usize,
    ended: usize,
}

impl Links {
    fn of(ledger: &Ledger, person: &LineUser) -> Self {
        let made = ledger.bindings.iter().filter(|binding| binding.sub == person.id).count();
        let ended = ledger.unlinkings.iter().filter(|unlinking| unlinking.sub == person.id).count();
        Self { made, ended }
    }

    fn is_linked(self) -> bool {
        self.made > self.ended
    }
}
