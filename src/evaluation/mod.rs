//! How good is what was learned, on events and outlets that were not learned from.

pub mod ablation;
pub mod bootstrap;
pub mod comparison;
pub mod heldout;
pub mod metrics;
pub mod probe;
pub mod reliability;
pub mod shortcuts;
pub mod suspects;

pub use comparison::{Comparison, Outcome};
pub use heldout::{Contrast, Coverage, HeldOut, Summary};
pub use metrics::{Confusion, Figure};
pub use reliability::Reliability;
