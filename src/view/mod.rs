//! Draws the screen. It knows nothing but [`Screen`](crate::core::Screen) and the words chosen for it.
//!
//! The view is a function of the screen: Leptos's renderer (`tachys`) draws a new card for it, and while a screen stays, the
//! card that is shown is amended by the new one where they differ. Signals would do the same text by text, for 6 KB more of
//! the critical path (brotli). There is one fixed piece of markup, the same that `index.html` paints before any script runs:
//! nothing jumps when the app takes over, and one view costs fewer bytes than a view for each screen.

mod card;
#[cfg(feature = "check")]
pub mod check;
mod stage;

pub use card::card;
pub use stage::Stage;
