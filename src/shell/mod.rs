//! The thin shell: tells the core what happens and carries out its effects, one file for each capability. It decides
//! nothing.

pub mod clipboard;
pub mod clock;
pub mod http;
pub mod json;
pub mod line;
pub mod listen;
pub mod page;
pub mod qr;
mod random;
pub mod storage;
pub mod token;

use crate::core::{Effect, Event, IdToken, Turn};
use std::{future::Future, pin::Pin};

/// The answer to an effect.
pub enum Answer {
    None,
    Now(Event),
    /// An answer after the work is done, if there is one.
    Later(Pin<Box<dyn Future<Output = Option<Event>>>>),
}

/// The shell. Between effects it remembers the ID token that LINE handed over in the URL. The token is read once; after
/// `liff.init` it exists only here.
pub struct Shell {
    fresh_token: Option<IdToken>,
}

impl Shell {
    /// Reads the token from the URL as LINE opened it.
    #[must_use]
    pub fn open() -> Self {
        Self { fresh_token: token::fresh() }
    }

    /// Carries out an effect of `turn`.
    #[must_use]
    pub fn act(&self, turn: Turn, effect: Effect) -> Answer {
        match effect {
            Effect::InitLiff(liff_id) => later(async move {
                let (outcome, facts) = line::init(&liff_id).await;
                Some(Event::LiffSettled(turn, outcome, facts))
            }),
            Effect::Prepare => Answer::Now(Event::Prepared {
                turn,
                tokens: token::at_hand(self.fresh_token.clone()),
                now: clock::now(),
                online: page::is_online(),
                spare_key: random::key(),
            }),
            Effect::Post { request, deadline } => {
                later(async move { Some(Event::Answered(turn, http::post(&request, deadline).await)) })
            }
            Effect::Probe => later(async move { Some(Event::Probed(turn, http::is_reachable().await)) }),
            Effect::ReadFriendship => later(async move { Some(Event::FriendshipRead(turn, line::friendship().await)) }),
            Effect::DrawQr(text, side) => later(async move { Some(Event::QrDrawn(turn, qr::draw(&text, side).await)) }),
            Effect::Sleep(timer, delay) => later(async move {
                clock::sleep(delay).await;
                Some(Event::Elapsed(turn, timer))
            }),
            Effect::Copy(text) => later(async move { clipboard::copy(&text).await.then_some(Event::Copied(turn)) }),
            Effect::ForgetStoredToken => {
                storage::forget_id_tokens();
                Answer::None
            }
            Effect::SignIn(return_url) => {
                later(async move { line::sign_in(&return_url).await.is_err().then_some(Event::SignInFailed(turn)) })
            }
            Effect::ReadyOutside => later(async move {
                drop(line::ready_later().await);
                None
            }),
            Effect::Count(visit) => {
                page::count(&visit);
                Answer::None
            }
            Effect::Close => {
                line::close();
                Answer::None
            }
            Effect::ShowUrl(url, fragment) => {
                page::show_url(&url, fragment);
                Answer::None
            }
            Effect::Keep(pending) => {
                storage::keep(pending.as_ref());
                Answer::None
            }
            Effect::Reload => {
                page::reload();
                Answer::None
            }
        }
    }
}

fn later(work: impl Future<Output = Option<Event>> + 'static) -> Answer {
    Answer::Later(Box::pin(work))
}
