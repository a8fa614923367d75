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

/// The work of an effect, and the event with which it answers.
pub type Work = Pin<Box<dyn Future<Output = Option<Event>>>>;

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

    /// Carries out an effect of `turn`: at once, or by work that takes its time.
    #[must_use]
    pub fn act(&self, turn: Turn, effect: Effect) -> Option<Work> {
        let work: Work = match effect {
            Effect::InitLiff(liff_id) => Box::pin(async move {
                let (outcome, facts) = line::init(&liff_id).await;
                Some(Event::LiffSettled(turn, outcome, facts))
            }),
            Effect::Prepare => {
                let event = Event::Prepared {
                    turn,
                    tokens: token::at_hand(self.fresh_token.clone()),
                    now: clock::now(),
                    online: page::is_online(),
                    spare_key: random::key(),
                };
                Box::pin(async { Some(event) })
            }
            Effect::Post { request, deadline } => {
                Box::pin(async move { Some(Event::Answered(turn, http::post(&request, deadline).await)) })
            }
            Effect::Probe => Box::pin(async move { Some(Event::Probed(turn, http::is_reachable().await)) }),
            Effect::ReadFriendship => {
                Box::pin(async move { Some(Event::FriendshipRead(turn, line::friendship().await)) })
            }
            Effect::DrawQr(text, side) => {
                Box::pin(async move { Some(Event::QrDrawn(turn, qr::draw(&text, side).await)) })
            }
            Effect::Sleep(timer, delay) => Box::pin(async move {
                clock::sleep(delay).await;
                Some(Event::Elapsed(turn, timer))
            }),
            Effect::Copy(text) => Box::pin(async move { clipboard::copy(&text).await.then_some(Event::Copied(turn)) }),
            Effect::ReadyLater => {
                Box::pin(async move { Some(Event::LaterReady(turn, line::ready_later().await.is_ok())) })
            }
            Effect::SignIn(return_url) => {
                line::sign_in(&return_url);
                return None;
            }
            Effect::ForgetStoredToken => {
                storage::forget_id_tokens();
                return None;
            }
            Effect::Count(visit) => {
                page::count(&visit);
                return None;
            }
            Effect::Close => {
                line::close();
                return None;
            }
            Effect::ShowUrl(url, fragment) => {
                page::show_url(&url, fragment);
                return None;
            }
            Effect::Keep(pending) => {
                storage::keep(pending.as_ref());
                return None;
            }
            Effect::Reload => {
                page::reload();
                return None;
            }
        };
        Some(work)
    }
}
