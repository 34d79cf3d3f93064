//! Tokens → features: TF-IDF over word n-grams, with a vocabulary and document frequencies that are frozen at fitting.

pub mod sparse;
pub mod tfidf;

pub use sparse::SparseRow;
pub use tfidf::{Tfidf, TfidfVectorizer};

use crate::text::{Kind, Token};

/// The tokens that features count, in order: Arabic words of at least two letters that are no function words. Numbers and
/// words of other scripts are left out: they tell the day and the place, not the stance. Negations stay.
pub fn counted(tokens: Vec<Token>) -> Vec<Token> {
    tokens.into_iter().filter(|token| token.kind == Kind::Arabic && !token.function && token.term.chars().nth(1).is_some()).collect()
}
