//! Article → verdict, and the explanation of a verdict.

pub mod explanation;
mod influence;
pub mod push;
#[cfg(any(test, feature = "internals"))]
mod reference;
pub mod scorer;
mod sentences;
pub mod verdict;

pub use push::push;
pub use scorer::{NotStances, Scorer, Unscorable};
pub use sentences::{SentenceStance, SentenceVerdict};
pub(crate) use verdict::counted;
pub use verdict::{
    Abstention, CampVerdict, DecidingSentence, InfluentialWord, MIN_EVIDENCE, MIN_KNOWN,
    MIN_WEIGHT, MIN_WORDS, OFF_TOPIC, UNCERTAIN, Verdict, WORDS_NAMED,
};
