//! Articles of a training set as feature vectors, and the fits on them.

use std::iter::repeat_n;
use std::sync::Arc;

use rayon::prelude::*;

use super::{
    DesignMatrix, Penalty, SentenceParams, SolveError, Tolerance, TrainingError, TrainingSet,
};
use super::{solver, targets};
use crate::features::{BlockSettings, Extractor, SparseRow};
use crate::model::Head;
use crate::text::AnalyzedText;

/// Some articles of a training set, in features that were learned from them alone.
#[derive(Debug)]
pub struct FeaturizedSubset<'a> {
    set: &'a TrainingSet,
    positions: Vec<usize>,
    /// The features.
    pub extractor: Extractor,
    /// Shape `(n_articles, n_features)`.
    rows: Vec<SparseRow>,
}

impl TrainingSet {
    /// Learns features, and the classifier of sentences, from the articles at `positions`
    /// (ascending).
    ///
    /// # Errors
    /// [`TrainingError::Features`] if the articles give none, [`TrainingError::Solve`] if the
    /// classifier of sentences cannot be fitted, [`TrainingError::Stopped`] if it was asked to end.
    pub fn featurize(
        &self,
        positions: &[usize],
        blocks: &[BlockSettings],
        sentences: Option<&SentenceParams>,
        tolerance: Tolerance,
    ) -> Result<FeaturizedSubset<'_>, TrainingError> {
        let texts: Vec<&AnalyzedText> =
            positions.iter().map(|&position| &self.texts[position]).collect();
        self.stop.check()?;
        let mut extractor = Extractor::fit(blocks, &texts, &self.groups(positions))?;
        let mut rows: Vec<SparseRow> = texts.iter().map(|text| extractor.row(text)).collect();
        if let Some(params) = sentences {
            let stacked = self.stack_sentences(positions, params, tolerance)?;
            extractor = extractor.with_sentences(Arc::clone(&stacked.classifier));
            for (row, supports) in rows.iter_mut().zip(&stacked.supports) {
                extractor.set_supports(row, supports.iter().copied());
            }
        }
        Ok(FeaturizedSubset { set: self, positions: positions.to_vec(), extractor, rows })
    }

    /// The groups, by the first grouping, of the articles at `positions`.
    pub(super) fn groups(&self, positions: &[usize]) -> Vec<&str> {
        let keys = self.groupings.first().map_or(&self.ids, |grouping| &grouping.keys);
        positions.iter().map(|&position| keys[position].as_str()).collect()
    }
}

impl FeaturizedSubset<'_> {
    /// Fits the heads of the task, once for each penalty. Returns them with shape
    /// `(n_alphas, n_heads)`.
    ///
    /// # Errors
    /// [`TrainingError::Solve`] names the head that could not be fitted.
    pub fn fit_heads(
        &self,
        alphas: &[Penalty],
        tolerance: Tolerance,
    ) -> Result<Vec<Vec<Head>>, TrainingError> {
        let questions = self.set.task.heads();
        let n_features = self.extractor.n_features();
        let labels = self.labels();
        if self.set.task.is_joint() {
            return targets::heads(
                &self.rows,
                &labels,
                &questions,
                n_features,
                (alphas, tolerance),
            );
        }
        let failed = |what: &str| {
            let what = what.to_owned();
            move |source| TrainingError::Solve { what, source }
        };
        let views = self.views(&labels, questions.len());
        let solver = solver::for_n_articles(self.set.n_weighted(&self.positions));
        let matrices: Vec<Result<DesignMatrix, SolveError>> = views
            .par_iter()
            .map(|view| {
                let rows = view.articles.iter().zip(&view.rows);
                let rows =
                    rows.flat_map(|(&at, row)| repeat_n(row, self.set.weight(self.positions[at])));
                let matrix = DesignMatrix::for_solver(rows.collect(), n_features, solver)?;
                Ok(matrix.with_stop(&self.set.stop))
            })
            .collect();
        let fit_head = |head: usize| {
            let classes: Vec<usize> = self
                .positions
                .iter()
                .zip(&labels)
                .filter_map(|(&position, labels)| Some((position, labels[head]?)))
                .flat_map(|(position, class)| repeat_n(class, self.set.weight(position)))
                .collect();
            let n_classes = questions[head].classes.len();
            let at = views.iter().position(|view| view.heads.contains(&head)).unwrap_or_default();
            let matrix = matrices[at]
                .as_ref()
                .map_err(|error| failed(&questions[head].name)(error.clone()))?;
            let fit = |&alpha: &Penalty| {
                matrix
                    .fit(&classes, n_classes, alpha, tolerance)
                    .map_err(failed(&questions[head].name))
            };
            alphas.iter().map(fit).collect()
        };
        let by_head: Vec<Result<Vec<Head>, TrainingError>> =
            (0..questions.len()).into_par_iter().map(fit_head).collect();
        let mut by_alpha: Vec<Vec<Head>> = alphas.iter().map(|_| Vec::new()).collect();
        for heads in by_head {
            for (heads, head) in by_alpha.iter_mut().zip(heads?) {
                heads.push(head);
            }
        }
        Ok(by_alpha)
    }

    /// The class of each head; shape `(n_articles, n_heads)`.
    fn labels(&self) -> Vec<Vec<Option<usize>>> {
        self.positions
            .iter()
            .map(|&position| self.set.task.head_classes(&self.set.labels[position]))
            .collect()
    }

    /// The distinct views that the heads have of the articles. Heads that use the same blocks of
    /// the same articles share a view, because its preparation is expensive.
    fn views(&self, labels: &[Vec<Option<usize>>], n_heads: usize) -> Vec<View> {
        let mut views: Vec<View> = Vec::new();
        for head in 0..n_heads {
            let labelled: Vec<usize> =
                (0..labels.len()).filter(|&at| labels[at][head].is_some()).collect();
            let blocks: Vec<bool> = self
                .extractor
                .blocks()
                .iter()
                .map(|(settings, _)| {
                    settings.heads.as_ref().is_none_or(|heads| heads.contains(&head))
                })
                .collect();
            // Every camp has supports of its own.
            let supports = self.extractor.sentences().map(|_| head);
            let known = views.iter_mut().find(|view| {
                view.articles == labelled && view.blocks == blocks && view.supports == supports
            });
            match known {
                Some(view) => view.heads.push(head),
                None => views.push(View {
                    heads: vec![head],
                    rows: labelled
                        .iter()
                        .map(|&at| self.extractor.row_for_head(head, &self.rows[at]))
                        .collect(),
                    articles: labelled,
                    blocks,
                    supports,
                }),
            }
        }
        views
    }
}

/// The rows that one or more heads are fitted to.
struct View {
    heads: Vec<usize>,
    /// The articles that are labelled for these heads.
    articles: Vec<usize>,
    /// Whether the heads use each block.
    blocks: Vec<bool>,
    /// The head whose supports of sentences are in the rows, if there are any.
    supports: Option<usize>,
    rows: Vec<SparseRow>,
}
