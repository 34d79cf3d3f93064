//! What Python calls: the module `mizan._mizan`, over the same interface as Rust programs use.
//!
//! `package/mizan` holds what is simplest in Python itself: frames, scikit-learn's estimators, and
//! the stubs. Work is done without the interpreter's lock, and Ctrl-C is heard meanwhile.
//!
//! | from → to | file |
//! |---|---|
//! | texts → scores, on all cores | [`scorer`], [`work`], [`given`] |
//! | a scored record → attributes | [`score`], [`camp`], [`sentence`] |
//! | a path, bytes or nothing → model | [`model`] |
//! | an article → why it is scored so | [`explanation`] |
//! | many scores → how good, how outlets lean | [`measured`] |
//! | files → articles | [`articles`], [`article`] |
//! | what is told on the way | [`told`] |
//! | columns of Arrow → columns of scores | [`columns`] |
//! | lists of terms → sparse rows | [`tfidf`] |
//! | texts with labels → model → probabilities | [`classifier`] |

#![allow(
    clippy::doc_markdown,
    clippy::needless_pass_by_value,
    reason = "docs and arguments are Python's: PyO3 hands values over"
)]

mod article;
mod articles;
mod camp;
mod classifier;
mod columns;
mod error;
mod explanation;
mod given;
mod measured;
mod model;
mod score;
mod scorer;
mod sentence;
mod tfidf;
mod told;
mod work;

#[pyo3::pymodule]
mod _mizan {
    #[pymodule_export]
    use super::article::Article;
    #[pymodule_export]
    use super::articles::Articles;
    #[pymodule_export]
    use super::camp::{CampScore, Evidence};
    #[pymodule_export]
    use super::classifier::TextClassifier;
    #[pymodule_export]
    use super::columns::article_columns;
    #[pymodule_export]
    use super::error::MizanError;
    #[pymodule_export]
    use super::explanation::Explanation;
    #[pymodule_export]
    use super::given::complaint;
    #[pymodule_export]
    use super::measured::{evaluate, report};
    #[pymodule_export]
    use super::score::Score;
    #[pymodule_export]
    use super::scorer::Scorer;
    #[pymodule_export]
    use super::sentence::{SentenceCamp, SentenceScore};
    #[pymodule_export]
    use super::tfidf::{Vectorizer, terms};

    /// Version of the package.
    #[pymodule_export]
    #[expect(non_upper_case_globals, reason = "it is Python's usual name for it")]
    const __version__: &str = env!("CARGO_PKG_VERSION");
}
