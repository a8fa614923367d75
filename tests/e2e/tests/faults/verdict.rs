//! Judges what a person is told. The sandbox's ledger decides, never the page.

use std::fmt;

use e2e::Failure;
use sandbox::{Binding, Ledger, Route};

use crate::{
    row::{Row, Visit},
    watch::Glance,
};

/// The ways in which a row can fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// "Bound" or "unlinked", but it is false.
    FalseSuccess,
    /// "Not bound" or "not unlinked", but it is false.
    LostBind,
    /// Bound or unlinked twice, or requested under two keys.
    DoubledBind,
    /// No screen to rest at, or no working action there.
    Stuck,
    /// A difference from the row.
    Otherwise,
}

/// A row that failed, and why.
#[derive(Debug)]
pub struct Finding {
    pub wrong: Wrong,
    pub text: String,
}

impl Finding {
    pub fn new(wrong: Wrong, text: impl Into<String>) -> Self {
        Self { wrong, text: text.into() }
    }

    /// A difference from the row.
    pub fn otherwise(text: impl Into<String>) -> Self {
        Self::new(Wrong::Otherwise, text)
    }
}

impl From<Failure> for Finding {
    fn from(failure: Failure) -> Self {
        Self::otherwise(failure.to_string())
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}: {}", self.wrong, self.text)
    }
}

/// Text of a screen other than `unsure`, if the page cannot know: a gateway has answered for the server.
const CANNOT_KNOW: &str = "We can’t tell whether you’re";
/// Texts of the static page, unless a request has already left.
const NOT_YET: [&str; 2] = ["Not linked this time", "Not unlinked this time"];

/// The person's presses so far.
#[derive(Clone, Copy, Debug, Default)]
pub struct Presses {
    /// To sign in to LINE.
    pub logins: usize,
    /// To end the link.
    pub unlinks: usize,
}

impl Presses {
    pub fn add(&mut self, action: &str) {
        self.logins += usize::from(action == "login");
        self.unlinks += usize::from(action == "unlink");
    }
}

/// Whether what was seen is true, by two ledgers: the one taken just before the look, and the one of now. A screen may
/// deny only what had not been done before it was looked at, and confirm only what is done by now.
pub fn judge(seen: &Glance, row: &Row, visit: &Visit, ledger: &Ledger, presses: Presses) -> Result<(), Finding> {
    if visit.unlinks {
        judge_unlinking(seen, visit, ledger, presses)?;
    } else {
        judge_bind(seen, row, visit, ledger)?;
    }
    let sign_ins = ledger.of(&Route::Authorize).count();
    if sign_ins > presses.logins + row.sign_ins {
        return Err(Finding::otherwise(format!("{sign_ins} sign-ins, {} of them asked for", presses.logins)));
    }
    Ok(())
}

/// Whether a screen leaves open what has been done.
fn says_nothing(Glance { screen, text, .. }: &Glance) -> bool {
    matches!(screen.as_str(), "failed/unsure" | "working" | "")
        || text.contains(CANNOT_KNOW)
        || screen == "failed/page-load" && !NOT_YET.iter().any(|words| text.contains(words))
}

fn judge_unlinking(seen: &Glance, visit: &Visit, ledger: &Ledger, presses: Presses) -> Result<(), Finding> {
    let screen = seen.screen.as_str();
    let ended_in = |ledger: &Ledger| ledger.unlinkings.iter().filter(|one| one.sub == visit.user.id).count();
    let ended = ended_in(ledger);
    let says_ended = matches!(screen, "unlinked" | "not-linked");
    if says_ended && ended == 0 {
        return Err(Finding::new(Wrong::FalseSuccess, format!("{screen}, and nothing has ended")));
    }
    if !says_ended && !says_nothing(seen) && ended_in(&seen.ledger) > 0 {
        return Err(Finding::new(Wrong::LostBind, format!("{screen}, and it has ended\n{}", ledger.tail(12))));
    }
    if ended > presses.unlinks.min(1) || ledger.deauthorizations.len() != ended {
        let text = format!("{ended} ended by {presses:?}, LINE was asked so: {:?}", ledger.deauthorizations);
        return Err(Finding::new(Wrong::DoubledBind, text));
    }
    Ok(())
}

fn judge_bind(seen: &Glance, row: &Row, visit: &Visit, ledger: &Ledger) -> Result<(), Finding> {
    let screen = seen.screen.as_str();
    let is_of_visit = |binding: &&Binding| binding.sub == visit.user.id && binding.bind_token == visit.bind_token;
    let of_visit: Vec<_> = ledger.bindings.iter().filter(is_of_visit).collect();
    let says_bound = matches!(screen, "bound" | "already-bound");
    if says_bound && of_visit.is_empty() {
        return Err(Finding::new(Wrong::FalseSuccess, format!("{screen}, and there is no binding")));
    }
    if !says_bound && !says_nothing(seen) && seen.ledger.bindings.iter().any(|binding| is_of_visit(&binding)) {
        return Err(Finding::new(Wrong::LostBind, format!("{screen}, and there is a binding\n{}", ledger.tail(12))));
    }
    let keys = of_visit.iter().map(|binding| binding.keys).max().unwrap_or_default();
    if of_visit.len() > 1 || keys > row.keys {
        let text = format!("{} bindings, asked for under {keys} keys\n{}", of_visit.len(), ledger.tail(12));
        return Err(Finding::new(Wrong::DoubledBind, text));
    }
    Ok(())
}
