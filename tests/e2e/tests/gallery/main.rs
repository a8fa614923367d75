//! The gallery: every screen in every language, theme and size, checked by the rules for screens and compared with
//! `docs/gallery/`.
//!
//! `LIFF_BIND_WRITE=1` writes the pictures anew, `LIFF_BIND_SCREENS=confirm,bound` draws only these. Only Chromium
//! draws, because `WebKit`'s driver cannot change the theme.

mod draw;
mod screens;

use std::{
    collections::VecDeque,
    sync::{Mutex, MutexGuard, PoisonError},
};

use e2e::{Failure, Result};

use crate::{draw::Easel, screens::Screen};

/// A browser for each core of a small machine, and one more, because they wait at times.
const BROWSERS: usize = 3;

#[tokio::test(flavor = "multi_thread", worker_threads = 3)]
async fn every_screen_in_every_language_theme_and_size() -> Result {
    let mut screens = screens::all()?;
    if let Ok(names) = std::env::var("LIFF_BIND_SCREENS") {
        screens.retain(|screen| names.split(',').any(|name| screen.name == name));
    }
    // A browser keeps its user agent for life.
    screens.sort_by_key(|screen| screen.visitor.user_agent.clone());
    let queue = Mutex::new(VecDeque::from(screens));
    let failures = Mutex::new(Vec::new());
    let workers = (0..BROWSERS).map(|_| work(&queue, &failures));
    futures::future::join_all(workers).await;
    Failure::all(&lock(&failures))
}

/// Draws screens until there are none left.
async fn work(queue: &Mutex<VecDeque<Screen>>, failures: &Mutex<Vec<Failure>>) {
    let Ok(sandbox) = e2e::sandbox().await else {
        return lock(failures).push(Failure::new("there is no release build"));
    };
    let mut easel = Easel::new(&sandbox);
    let next = || lock(queue).pop_front();
    while let Some(screen) = next() {
        if let Err(failure) = easel.draw(&screen).await {
            lock(failures).push(failure.of(screen.name));
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
