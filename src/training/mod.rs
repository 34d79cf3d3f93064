//! Labelled articles → model.

pub mod logistic;

use crate::camp::{Camp, Stance};
use crate::features::tfidf::FitError;
use crate::features::{SparseRow, TfidfVectorizer, counted};
use crate::labels::{LabelledArticle, LabelledSet};
use crate::model::{Head, Provenance, StanceModel};
use crate::text::{Reader, TextSettings, Token};
pub use logistic::{RowSpace, SolveError};

/// How a model is trained.
#[derive(Clone, Debug, PartialEq)]
pub struct TrainingSettings {
    /// How terms become features.
    pub tfidf: TfidfVectorizer,
    /// Strength of the L2 penalty (scikit-learn's `1 / C`), above 0.
    pub alpha: f64,
}

impl Default for TrainingSettings {
    /// Words 1–2 that stand in two articles at least, sublinear counts, `alpha` 0.01.
    fn default() -> Self {
        Self { tfidf: TfidfVectorizer::default().ngram_range(1, 2).min_df(2).sublinear_tf(true), alpha: 0.01 }
    }
}

/// Why no model came of it.
#[derive(Debug, thiserror::Error)]
pub enum TrainingError {
    /// No features.
    #[error("features: {0}")]
    Features(#[from] FitError),
    /// No weights.
    #[error("{what}: {source}")]
    Solve {
        /// Which part of the model.
        what: String,
        /// What went wrong.
        source: SolveError,
    },
    /// A class that nothing was labelled with.
    #[error("no article is labelled {stance} toward {camp}: label some, or the model can never say so")]
    NoExample {
        /// The label.
        stance: Stance,
        /// The camp's id.
        camp: String,
    },
}

/// The labelled articles as terms, read once: what every fit on them, or on a part of them, starts from.
#[derive(Debug)]
pub struct Corpus<'a> {
    set: &'a LabelledSet,
    terms: Vec<Vec<Token>>,
}

impl<'a> Corpus<'a> {
    /// Reads the articles of `set`.
    pub fn new(set: &'a LabelledSet) -> Self {
        let reader = Reader::new(&set.camps);
        let terms = set.articles.iter().map(|labelled| counted(reader.read(&labelled.article.full_text()))).collect();
        Self { set, terms }
    }

    /// The set that was read.
    pub fn set(&self) -> &'a LabelledSet {
        self.set
    }

    /// Trains on all articles.
    ///
    /// # Errors
    /// [`TrainingError`], also when a stance has no example at all.
    pub fn train(&self, settings: &TrainingSettings) -> Result<StanceModel, TrainingError> {
        for (number, Camp { id, .. }) in self.set.camps.camps.iter().enumerate() {
            for stance in Stance::ALL {
                if !self.set.articles.iter().any(|labelled| labelled.stances[number] == stance) {
                    return Err(TrainingError::NoExample { stance, camp: id.clone() });
                }
            }
        }
        self.train_on(&(0..self.terms.len()).collect::<Vec<_>>(), settings)
    }

    /// Trains on the articles at `positions`. A stance without example among them gets probability 0.
    ///
    /// # Errors
    /// [`TrainingError`] from the vectoriser or the solver.
    pub fn train_on(&self, positions: &[usize], settings: &TrainingSettings) -> Result<StanceModel, TrainingError> {
        let terms: Vec<&[Token]> = positions.iter().map(|&position| self.terms[position].as_slice()).collect();
        let tfidf = settings.tfidf.fit(&terms)?;
        let articles: Vec<(&LabelledArticle, SparseRow)> =
            positions.iter().zip(&terms).map(|(&position, terms)| (&self.set.articles[position], tfidf.transform(terms))).collect();

        let solve =
            |what: &str, head: Result<Head, SolveError>| head.map_err(|source| TrainingError::Solve { what: what.to_owned(), source });
        let n_features = tfidf.n_features();
        let everything = RowSpace::new(articles.iter().map(|(_, row)| row).collect());
        let everything = everything.map_err(|source| TrainingError::Solve { what: "articles".to_owned(), source })?;
        let unrelated: Vec<usize> = articles.iter().map(|(labelled, _)| usize::from(!labelled.is_related())).collect();
        let relevance = everything.fit(&unrelated, StanceModel::RELEVANCE_CLASSES, n_features, settings.alpha);
        let relevance = solve("relevance", relevance)?;

        let positions: Vec<usize> = (0..articles.len()).filter(|&position| articles[position].0.is_related()).collect();
        let related = everything.subset(&positions);
        let related = related.map_err(|source| TrainingError::Solve { what: "articles about the conflict".to_owned(), source })?;
        let stance = |camp: usize| {
            let sides: Vec<usize> = positions.iter().filter_map(|&position| articles[position].0.stances[camp].side()).collect();
            solve(&self.set.camps.camps[camp].id, related.fit(&sides, Stance::SIDES.len(), n_features, settings.alpha))
        };
        Ok(StanceModel {
            camps: self.set.camps.clone(),
            text: TextSettings::default(),
            relevance,
            stances: [stance(0)?, stance(1)?],
            tfidf,
            provenance: Provenance {
                mizan: env!("CARGO_PKG_VERSION").to_owned(),
                articles: positions.len(),
                labelled_set: self.set.hash.clone(),
                alpha: settings.alpha,
            },
        })
    }
}
