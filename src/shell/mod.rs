//! The thin shell: tells the core what happens, acts out what it orders, and shows what it says. It decides nothing.

#[cfg(feature = "check")]
pub mod check;
pub mod http;
mod json;
mod line;
mod listen;
mod page;
mod qr;
mod timer;
mod token;

use crate::{
    core::{Effect, Event, IdToken, State, Turn},
    view::Stage,
};
use js_sys::{Promise, futures::spawn_local};
use std::{cell::Cell, future::Future, pin::Pin, rc::Rc};
use wasm_bindgen::JsValue;

/// Something that takes time, and what it tells the core in the end. Boxed, so that the code around it exists once.
type Work = Pin<Box<dyn Future<Output = Option<Event>>>>;

/// How a promise has settled.
type Settled = Result<JsValue, JsValue>;

/// The running app.
#[derive(Clone)]
struct App(Rc<Inner>);

struct Inner {
    state: Cell<State>,
    stage: Stage,
    /// The ID token of the URL this page was opened with.
    fresh_token: Option<IdToken>,
}

/// Starts the app on the page's skeleton.
pub fn start() {
    let app = App(Rc::new(Inner {
        state: Cell::default(),
        stage: Stage::new(page::language()),
        fresh_token: token::fresh(),
    }));
    listen::start(&app);
    app.take(Event::Opened(page::opening()));
}

impl App {
    /// Hands an event to the core, shows its screen and acts on what it orders.
    ///
    /// Events come by call and never through a signal: two writes to a signal before it is read would lose the first.
    fn take(&self, event: Event) {
        let (state, effects) = self.0.state.get().update(event);
        let turn = state.turn();
        self.0.stage.show(state.screen());
        self.0.state.set(state);
        for effect in effects {
            self.act(turn, effect);
        }
    }

    fn act(&self, turn: Turn, effect: Effect) {
        match effect {
            Effect::InitLiff(liff_id) => self.answer(Box::pin(line::init(turn, liff_id))),
            Effect::Prepare => self.take(line::prepare(turn, self.0.fresh_token)),
            Effect::Post { request, deadline } => self.answer(Box::pin(http::post(turn, request, deadline))),
            Effect::ReadFriendship => self.answer(Box::pin(line::friendship(turn))),
            Effect::DrawQr(text) => self.when(qr::draw(text), move |drawn| Some(Event::QrDrawn(turn, qr::path(drawn)))),
            Effect::Sleep(timer, delay) => self.when(timer::sleep(delay), move |_| Some(Event::Elapsed(turn, timer))),
            // Where the browser does not let it, the text is left selected on the screen.
            Effect::Copy(text) => self.when(page::copy(text), move |done| done.ok().map(|_| Event::Copied(turn))),
            Effect::SignIn(return_url) => line::sign_in(return_url),
            Effect::Close => line::close(),
            Effect::ShowUrl(url) => page::show_url(url),
            Effect::Keep(text) => page::keep(text),
            Effect::Reload => page::reload(),
        }
    }

    /// Takes what `tell` makes of a promise, once it has settled.
    fn when(&self, promise: Promise, tell: impl FnOnce(Settled) -> Option<Event> + 'static) {
        let tell: Box<dyn FnOnce(Settled) -> Option<Event>> = Box::new(tell);
        self.answer(Box::pin(async move { tell(promise.await) }));
    }

    /// Takes what `work` answers, once it does.
    fn answer(&self, work: Work) {
        let app = self.clone();
        spawn_local(async move {
            if let Some(event) = work.await {
                app.take(event);
            }
        });
    }
}
