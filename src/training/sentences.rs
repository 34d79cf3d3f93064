//! The classifier of sentences: which sentences decide a side, learned from the rationales.
//!
//! An example is one sentence and one camp. A sentence that an annotator marked has the side of the
//! article; all other sentences of an article whose label is marked, or takes no side, are neutral.
//! Articles that take a side without a mark teach nothing here, because any of their sentences may
//! be the one. A multinomial regression over the examples of all camps, which share weights
//! ([`super::sharing`]), gives weights `w` for favor, neutral and against toward each; the supports
//! are `w(favor) − w(neutral)` and `w(against) − w(neutral)`.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;

use super::sharing::{CampColumns, Domain};
use super::{DesignMatrix, SentenceParams, Tolerance, TrainingError, TrainingSet, memo};
use crate::camp::Stance;
use crate::features::sentences::SUPPORTED;
use crate::features::{Extractor, SentenceClassifier, SparseRow};
use crate::labels::{LabelledSet, Rationale};
use crate::text::AnalyzedText;
use crate::text::script::normalise;
use crate::text::stem::Stemmer;

/// The classes of a sentence: the positions of the supported sides among [`Stance::SIDES`], and
/// neutral.
const SIDES: [usize; SUPPORTED.len()] = [0, 2];
const NEUTRAL: usize = 1;

/// Folds in which a training set gets the supports of sentences from classifiers that did not see
/// them.
const STACKING_FOLDS: usize = 3;

/// How much of its value the bare name of a camp keeps, so that its weight is penalised sixteen
/// times as hard. Hostile newsrooms call a leader by his name alone oftener than others do, but so
/// does every second line of plain news. With a quarter the held-out figures are those of full
/// value; of 145 neutral lines that a user wrote to tempt it, 18 get a side instead of 31.
const NAME_VALUE: f64 = 0.25;

/// The positions of the articles of a fold, each with its supports.
type FoldSupports = Vec<(usize, Vec<f64>)>;

/// A text that teaches what its sentences say.
#[derive(Debug)]
pub(super) struct TaughtText<'a> {
    pub(super) read: &'a AnalyzedText,
    /// The class toward each camp, `None` without a label.
    pub(super) labels: &'a [Option<usize>],
    /// The numbers of the sentences that decide the label toward each camp.
    pub(super) deciding: &'a [Vec<usize>],
    /// How often it counts.
    pub(super) weight: usize,
    pub(super) domain: Domain,
}

/// A classifier of sentences, and what others that did not see the articles say of them.
#[derive(Debug)]
pub(super) struct Stacked {
    pub(super) classifier: Arc<SentenceClassifier>,
    /// Shape `(n_positions, n_supports)`.
    pub(super) supports: Vec<Vec<f64>>,
}

/// The sentences of each article that decide its label toward each camp, by number: those that at
/// least half of the annotators marked who marked any. A rationale counts if it takes the side of
/// the label.
pub(super) fn deciding_of_articles(
    set: &LabelledSet,
    texts: &[AnalyzedText],
) -> Vec<Vec<Vec<usize>>> {
    let labels = set.articles.iter().map(|one| (one.article.id.as_str(), one.stances));
    deciding(&labels.collect::<Vec<_>>(), &set.rationales, texts)
}

/// The same of any texts, given their ids, ascending, and their labels.
pub(super) fn deciding(
    labels: &[(&str, [Stance; 2])],
    rationales: &[Rationale],
    texts: &[AnalyzedText],
) -> Vec<Vec<Vec<usize>>> {
    // By text and camp, then by annotator.
    let mut marked: BTreeMap<(usize, usize), BTreeMap<&str, BTreeSet<usize>>> = BTreeMap::new();
    for rationale in rationales {
        let found = labels.binary_search_by_key(&rationale.article.as_str(), |(id, _)| id);
        let Ok(position) = found else { continue };
        if labels[position].1[rationale.camp] == rationale.stance {
            let sentences = sentences_of(&texts[position], &rationale.sentence);
            let by_annotator = marked.entry((position, rationale.camp)).or_default();
            by_annotator.entry(&rationale.annotator).or_default().extend(sentences);
        }
    }
    let mut deciding = vec![vec![Vec::new(); 2]; labels.len()];
    for ((position, camp), by_annotator) in marked {
        let all: BTreeSet<usize> = by_annotator.values().flatten().copied().collect();
        let votes = |number: &usize| {
            by_annotator.values().filter(|sentences| sentences.contains(number)).count()
        };
        let enough = |number: &usize| 2 * votes(number) >= by_annotator.len();
        deciding[position][camp] = all.into_iter().filter(enough).collect();
    }
    deciding
}

/// The numbers of the sentences that a part of the text stands in: those of which it holds half of
/// the words.
fn sentences_of(read: &AnalyzedText, part: &str) -> Vec<usize> {
    let Some(start) = read.text.find(part) else { return Vec::new() };
    let part = read.tokens_in(&(start..start + part.len()));
    let sentences = read.findings.voices.sentences.iter().enumerate();
    let holds_half = |words: &Range<usize>| {
        let shared = words.end.min(part.end).saturating_sub(words.start.max(part.start));
        shared > 0 && (2 * shared >= words.len() || shared == part.len())
    };
    sentences.filter(|(_, words)| holds_half(words)).map(|(number, _)| number).collect()
}

impl TrainingSet {
    /// Whether the sentences are known that decide its labels.
    pub fn has_rationales(&self) -> bool {
        self.task.camps().is_some() && self.deciding.iter().flatten().any(|own| !own.is_empty())
    }

    /// The terms of the camps' one-word names.
    fn names(&self) -> BTreeSet<String> {
        let Some(camps) = self.task.camps() else { return BTreeSet::new() };
        let stemmer = Stemmer::new(camps.one_word_names());
        camps.one_word_names().map(|name| stemmer.stem(&normalise(name))).collect()
    }

    /// The texts that teach what sentences say: the articles at `positions`, and all passages.
    fn taught(&self, positions: &[usize]) -> Vec<TaughtText<'_>> {
        let articles = positions.iter().map(|&position| TaughtText {
            read: &self.texts[position],
            labels: &self.labels[position],
            deciding: &self.deciding[position],
            weight: self.weight(position),
            domain: Domain::Articles,
        });
        articles.chain(self.passages.taught()).collect()
    }

    /// Fits a classifier of sentences to the articles at `positions` and to the passages.
    pub(super) fn fit_sentences(
        &self,
        positions: &[usize],
        params: &SentenceParams,
        tolerance: Tolerance,
    ) -> Result<SentenceClassifier, TrainingError> {
        let taught = self.taught(positions);
        let texts: Vec<&AnalyzedText> = taught.iter().map(|one| one.read).collect();
        let groups = self.groups(positions).into_iter().chain(self.passages.groups());
        let extractor = Extractor::fit(&params.blocks, &texts, &groups.collect::<Vec<_>>())?
            .with_values(&self.names(), NAME_VALUE);
        let rows: Vec<Vec<SparseRow>> =
            texts.par_iter().map(|read| extractor.rows_of_sentences(read)).collect();
        let camps: &[String] = texts.first().map(|read| &*read.camps).unwrap_or_default();
        let columns = CampColumns::new(&extractor, camps, !self.passages.is_empty());
        let (mut examples, mut classes) = (Vec::new(), Vec::new());
        for camp in 0..camps.len() {
            for (one, rows) in taught.iter().zip(&rows) {
                let Some(label) = one.labels[camp] else { continue };
                let deciding = &one.deciding[camp];
                let side = Some(label).filter(|label| SIDES.contains(label));
                if side.is_some() && deciding.is_empty() {
                    continue;
                }
                for (number, row) in rows.iter().enumerate() {
                    let side = side.filter(|_| deciding.binary_search(&number).is_ok());
                    for _ in 0..one.weight {
                        examples.push(columns.row(one.domain, camp, row));
                        classes.push(side.unwrap_or(NEUTRAL));
                    }
                }
            }
        }
        let failed = |source| TrainingError::Solve { what: "sentences".to_owned(), source };
        let shared = columns.shared(&extractor, camps);
        let head =
            DesignMatrix::with_shared(examples.iter().collect(), columns.n_columns(), shared)
                .and_then(|matrix| {
                    matrix.fit(&classes, Stance::SIDES.len(), params.alpha, tolerance)
                })
                .map_err(failed)?;
        let sides = |camp: usize, by_class: &dyn Fn(usize, usize) -> f64| {
            SIDES.map(|side| super::solver::rounded(by_class(camp, side) - by_class(camp, NEUTRAL)))
        };
        let of_camps = |by_class: &dyn Fn(usize, usize) -> f64| -> Vec<f32> {
            (0..camps.len()).flat_map(|camp| sides(camp, by_class)).collect()
        };
        let weights = (0..extractor.n_features())
            .flat_map(|feature| {
                of_camps(&|camp, class| {
                    head.weight(columns.column(Domain::Articles, camp, feature), class)
                })
            })
            .collect();
        let intercepts = of_camps(&|camp, class| {
            f64::from(head.intercepts()[class])
                + head.weight(columns.of_camp(Domain::Articles, camp), class)
        });
        SentenceClassifier::new(extractor, weights, intercepts, camps).ok_or_else(|| {
            TrainingError::Solve {
                what: "sentences".to_owned(),
                source: super::SolveError::NotFinite,
            }
        })
    }

    /// Fits a classifier of sentences to the articles at `positions`, and gives the supports of
    /// these articles by classifiers that did not see them (stacking; Wolpert 1992). By the
    /// classifier that saw them they would be better than those of a new article, and the heads
    /// would trust them too much. Three digits of them are enough.
    pub(super) fn stack_sentences(
        &self,
        positions: &[usize],
        params: &SentenceParams,
        tolerance: Tolerance,
    ) -> Result<Arc<Stacked>, TrainingError> {
        let key = memo::key(self, positions, params, tolerance);
        if let Some(stacked) = self.memo.get(&key) {
            return Ok(stacked);
        }
        let stacked = Arc::new(self.fit_stacked(positions, params, tolerance)?);
        self.memo.keep(&key, &stacked);
        Ok(stacked)
    }

    fn fit_stacked(
        &self,
        positions: &[usize],
        params: &SentenceParams,
        tolerance: Tolerance,
    ) -> Result<Stacked, TrainingError> {
        let classifier = self.fit_sentences(positions, params, tolerance)?;
        let supports = |classifier: &SentenceClassifier, position: usize| -> Vec<f64> {
            let sentences = classifier.sentences(&self.texts[position], |_| {});
            let pooled = |support| SentenceClassifier::pooled(&sentences, support);
            (0..classifier.n_supports()).map(pooled).collect()
        };
        let folds = match self.groupings.first() {
            Some(grouping) => self.folds(grouping, positions, STACKING_FOLDS),
            None => Vec::new(),
        };
        if folds.len() < 2 {
            let own = positions.iter().map(|&position| supports(&classifier, position));
            let supports = own.collect();
            return Ok(Stacked { classifier: Arc::new(classifier), supports });
        }
        let by_fold: Vec<Result<FoldSupports, TrainingError>> = folds
            .par_iter()
            .map(|fold| {
                let rest = self.rest(positions, fold);
                let unseen = self.fit_sentences(&rest, params, Tolerance::SEARCH)?;
                Ok(fold.iter().map(|&position| (position, supports(&unseen, position))).collect())
            })
            .collect();
        let mut held_out = vec![Vec::new(); positions.len()];
        for fold in by_fold {
            for (position, supports) in fold? {
                if let Ok(at) = positions.binary_search(&position) {
                    held_out[at] = supports;
                }
            }
        }
        Ok(Stacked { classifier: Arc::new(classifier), supports: held_out })
    }
}
