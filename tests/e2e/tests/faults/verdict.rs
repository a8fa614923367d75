//! What can be wrong with what a person is told. The sandbox's ledger decides, never the page.

use std::fmt;

use e2e::Failure;
use sandbox::{Ledger, Route};

use crate::row::{Row, Visit};

/// The ways in which a row can fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// "Bound", and it is not.
    FalseSuccess,
    /// "Not bound", and it is.
    LostBind,
    /// Bound twice, or asked for under two keys.
    DoubledBind,
    /// No screen to rest at, or nothing there that works.
    Stuck,
    /// Not as the row says.
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

    /// Not as the row says.
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

/// What a screen says, besides `unsure`, where the page cannot know: a gateway has answered for the server.
const CANNOT_KNOW: &str = "We can’t tell whether you’re linked";
/// What the static page says unless a request has left before.
const NOT_LINKED: &str = "not linked";

/// Whether a screen and its text say truly if the person is bound. `logins` is how often the person asked for LINE's sign-in.
pub fn judge(
    screen: &str,
    text: &str,
    row: &Row,
    visit: &Visit,
    ledger: &Ledger,
    logins: usize,
) -> Result<(), Finding> {
    let of_visit: Vec<_> = ledger
        .bindings
        .iter()
        .filter(|binding| binding.sub == visit.user.id && binding.bind_token == visit.bind_token)
        .collect();
    let says_bound = matches!(screen, "bound" | "already-bound");
    if says_bound && of_visit.is_empty() {
        return Err(Finding::new(Wrong::FalseSuccess, format!("{screen}, and there is no binding")));
    }
    let says_nothing = matches!(screen, "failed/unsure" | "working" | "")
        || text.contains(CANNOT_KNOW)
        || screen == "failed/page-load" && !text.contains(NOT_LINKED);
    if !says_bound && !says_nothing && !of_visit.is_empty() {
        return Err(Finding::new(Wrong::LostBind, format!("{screen}, and there is a binding\n{}", ledger.tail(12))));
    }
    let keys = of_visit.iter().map(|binding| binding.keys).max().unwrap_or_default();
    if of_visit.len() > 1 || keys > row.keys {
        let text = format!("{} bindings, asked for under {keys} keys\n{}", of_visit.len(), ledger.tail(12));
        return Err(Finding::new(Wrong::DoubledBind, text));
    }
    let sign_ins = ledger.of(&Route::Authorize).count();
    if sign_ins > logins + row.sign_ins {
        return Err(Finding::otherwise(format!("{sign_ins} sign-ins, {logins} of them asked for")));
    }
    Ok(())
}
