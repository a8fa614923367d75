//! Draws the screen. It knows nothing but [`Screen`](crate::core::Screen) and the words chosen for it.
//!
//! There is one fixed piece of markup whose texts follow the screen, the same that `index.html` paints before any
//! script runs: nothing jumps when the app takes over, and one view costs fewer bytes than a view for each screen.
//! For the same reason all texts that change are of one type, and all attributes (`reading.rs`): Leptos's code for each
//! exists once.

mod card;
mod reading;
mod stage;

pub use stage::Stage;
