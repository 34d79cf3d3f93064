//! How good is what was learned, on events and outlets that were not learned from.

pub mod ablation;
pub mod assessment;
pub mod bootstrap;
pub mod comparison;
pub mod coverage;
pub mod drift;
pub mod heldout;
pub mod mcnemar;
pub mod metrics;
pub mod paired;
pub mod probe;
pub mod reliability;
pub mod shortcuts;
pub mod suspects;
pub mod throughput;

pub use assessment::{Assessment, ModelComparison, Predictions};
pub use bootstrap::BootstrapEstimate;
pub use comparison::{Comparison, Outcome};
pub use coverage::Coverage;
pub use heldout::{Contrast, HeldOut, HeldOutSummary};
pub use metrics::{Confusion, Figure};
pub use reliability::Reliability;
