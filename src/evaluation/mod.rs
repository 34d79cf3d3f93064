//! How good a model is: on held-out events and outlets, on other labelled articles, on changed
//! articles, and over time.
//!
//! These modules need the room `training`: [`ablation`], [`active_learning`], [`adaptation`],
//! [`heldout`], [`shortcuts`], [`throughput`] and `probe::held_out`.

pub mod ablation;
pub mod active_learning;
pub mod adaptation;
pub mod assessment;
pub mod bootstrap;
pub mod changed_answers;
pub mod coverage;
pub mod drift;
pub mod heldout;
pub mod label_evaluation;
pub mod learning_curve;
pub mod mcnemar;
pub mod metrics;
pub mod paired;
pub mod probe;
pub mod readings;
pub mod reliability;
pub mod shortcuts;
pub mod throughput;

pub use bootstrap::BootstrapEstimate;
pub use coverage::Coverage;
pub use metrics::{ClassificationReport, ConfusionMatrix};
pub use reliability::Reliability;
