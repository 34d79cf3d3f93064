//! How good is what was learned, on events and outlets that were not learned from.

pub mod bootstrap;
pub mod heldout;
pub mod metrics;
pub mod shortcuts;

pub use heldout::{HeldOut, held_out};
pub use metrics::{Confusion, Figure};
