//! The views of the merchant's doctor and guide. They have many parts that change one by one, and no bytes to save on
//! anybody's way to a bind: so these are Leptos components with signals.

mod desk;
mod doctor;
mod guide;
mod text;

pub use desk::Desk;
pub use doctor::{Doctor, Offer, Outcome, show_doctor};
pub use guide::show_guide;
