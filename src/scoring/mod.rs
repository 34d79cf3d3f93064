//! Article → verdict, and the explanation of a verdict.

pub mod explanation;
mod influence;
#[cfg(any(test, feature = "internals"))]
mod reference;
pub mod scorer;
pub mod verdict;

pub use scorer::{NotStances, Scorer, Unscorable};
pub use verdict::{
    Abstention, CampVerdict, InfluentialWord, MIN_KNOWN, MIN_WORDS, OFF_TOPIC, UNCERTAIN, Verdict,
    WORDS_NAMED,
};
