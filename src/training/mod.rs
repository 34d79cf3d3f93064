//! Labelled articles → model.
//!
//! 1. [`Corpus`]: the labelled articles, read once, with what is to be told of them and which
//!    groups belong together.
//! 2. [`search`]: settings are chosen by what comes of articles whose group was held out.
//! 3. [`calibration`]: temperatures, offsets and thresholds, made from held-out logits.
//! 4. [`solver`]: the weights, from all articles.

pub mod calibration;
mod lbfgs;
pub mod objective;
pub mod relative;
mod row_space;
pub mod search;
pub mod solver;
mod sparse;
mod targets;

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::features::{BlockSettings, Extractor, FitError, SparseRow};
use crate::labels::fold::{FoldGroup, folds};
use crate::labels::table::LabelledTable;
use crate::labels::{LabelledArticle, LabelledSet, duplicates::near_duplicates};
use crate::model::{Head, Model, ModelError, ModelParts, Provenance, Task, Unit};
use crate::text::{AnalyzedText, TextSettings};
use calibration::Calibration;
pub use objective::{Precision, SolveError};
use search::Grid;
pub use solver::Examples;

/// How a model is trained.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TrainingSettings {
    /// How text becomes features.
    pub blocks: Vec<BlockSettings>,
    /// Strength of the L2 penalty (scikit-learn's `1 / C`), above 0.
    pub alpha: f64,
}

/// Why no model came of it.
#[derive(Debug, thiserror::Error)]
pub enum TrainingError {
    /// No features.
    #[error("features: {0}")]
    Features(#[from] FitError),
    /// The parts of the model do not fit together.
    #[error(transparent)]
    Model(#[from] ModelError),
    /// No weights.
    #[error("{what}: {source}")]
    Solve {
        /// Which part of the model.
        what: String,
        /// What went wrong.
        source: SolveError,
    },
    /// Nothing can be held out.
    #[error(
        "all articles are of one event and one outlet (or one group): two at least are needed to measure and to calibrate"
    )]
    OneGroup,
    /// Nothing to tell apart.
    #[error(
        "every label of {output} is {class:?}: two different ones at least are needed to learn from"
    )]
    OneClass {
        /// The output.
        output: String,
        /// Its only class.
        class: String,
    },
    /// A class that nothing was labelled with.
    #[error(
        "no article is labelled {class} toward {output}: label some, or the model can never say so"
    )]
    NoExample {
        /// The label.
        class: String,
        /// The output.
        output: String,
    },
}

/// A way to put the articles into groups that folds keep together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grouping {
    /// What is held out, in the plural: `events`.
    pub name: String,
    /// The group of each article.
    pub keys: Vec<String>,
}

/// Labelled articles, read once: what every fit on them, or on a part of them, starts from.
#[derive(Clone, Debug)]
pub struct Corpus {
    /// What is to be told of them.
    pub task: Task,
    /// Their ids.
    pub ids: Vec<String>,
    /// The articles.
    pub read: Vec<AnalyzedText>,
    /// The class of each output, article by article, where it has one.
    pub labels: Vec<Vec<Option<usize>>>,
    /// The groups that folds keep together, one way after the other.
    pub groupings: Vec<Grouping>,
    /// The contrast family of each article, if it is of one.
    pub families: Vec<Option<String>>,
    /// Pairs of near-duplicates, which folds keep together too.
    pub links: Vec<(usize, usize)>,
    /// BLAKE3 hash of the articles and their labels.
    pub hash: String,
}

impl Corpus {
    /// Reads the articles of a labelled set.
    pub fn of_set(set: &LabelledSet) -> Self {
        let task = Task::Stance(Box::new(set.camps.clone()));
        let texts: Vec<String> =
            set.articles.iter().map(|labelled| labelled.article.full_text()).collect();
        let links = set.near_duplicates();
        let grouping = |name: &str, group: FoldGroup| Grouping {
            name: name.to_owned(),
            keys: group.keys(&set.articles),
        };
        Self {
            ids: set.articles.iter().map(|labelled| labelled.article.id.clone()).collect(),
            labels: set.articles.iter().map(LabelledArticle::classes).collect(),
            groupings: several(
                vec![grouping("events", FoldGroup::Event), grouping("outlets", FoldGroup::Outlet)],
                &links,
            ),
            links,
            families: set.articles.iter().map(|labelled| labelled.family.clone()).collect(),
            hash: set.hash.clone(),
            read: read(&task, texts),
            task,
        }
    }

    /// Reads the texts of a table.
    pub fn of_table(table: &LabelledTable) -> Self {
        let task = Task::Labels(table.questions.clone());
        let texts: Vec<String> = table.rows.iter().map(|row| row.text.clone()).collect();
        let links = near_duplicates(&texts);
        let grouping = Grouping {
            name: table.grouping.clone(),
            keys: table.rows.iter().map(|row| row.group.clone()).collect(),
        };
        let labels = table.rows.iter().map(|row| {
            let mut labels = vec![None; table.questions.len()];
            labels[row.question] = Some(row.class);
            labels
        });
        Self {
            ids: table.rows.iter().map(|row| row.id.clone()).collect(),
            labels: labels.collect(),
            groupings: several(vec![grouping], &links),
            links,
            families: vec![None; table.rows.len()],
            hash: table.hash.clone(),
            read: read(&task, texts),
            task,
        }
    }

    /// How many articles there are.
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// The articles at `positions`, in at most `n_folds` folds that keep the groups of `grouping`
    /// together.
    pub fn folds(
        &self,
        grouping: &Grouping,
        positions: &[usize],
        n_folds: usize,
    ) -> Vec<Vec<usize>> {
        let keys: Vec<String> =
            positions.iter().map(|&position| grouping.keys[position].clone()).collect();
        let place = |position: usize| positions.binary_search(&position).ok();
        let links: Vec<(usize, usize)> = self
            .links
            .iter()
            .filter_map(|&(one, other)| Some((place(one)?, place(other)?)))
            .collect();
        let folds = folds(&keys, &links, n_folds);
        folds.into_iter().map(|fold| fold.into_iter().map(|at| positions[at]).collect()).collect()
    }

    /// Every output must have two classes, every class an example, and something must be left when
    /// a group is held out.
    ///
    /// # Errors
    /// [`TrainingError::OneClass`], [`TrainingError::NoExample`] for the first class that has none,
    /// [`TrainingError::OneGroup`].
    pub fn check(&self) -> Result<(), TrainingError> {
        if let Some(output) =
            self.task.outputs().into_iter().find(|output| output.classes.len() < 2)
        {
            return Err(TrainingError::OneClass {
                output: output.name,
                class: output.classes.concat(),
            });
        }
        if self.groupings.is_empty() {
            return Err(TrainingError::OneGroup);
        }
        for (number, output) in self.task.outputs().into_iter().enumerate() {
            for (class, name) in output.classes.iter().enumerate() {
                if !self.labels.iter().any(|labels| labels[number] == Some(class)) {
                    return Err(TrainingError::NoExample {
                        class: name.clone(),
                        output: output.name,
                    });
                }
            }
        }
        Ok(())
    }

    /// Trains on all articles.
    ///
    /// # Errors
    /// [`TrainingError`], also when a class has no example at all.
    pub fn train(
        &self,
        settings: &TrainingSettings,
        calibration: &Calibration,
        chosen: String,
        figures: BTreeMap<String, [f64; 3]>,
    ) -> Result<Model, TrainingError> {
        self.check()?;
        let model = self.train_on(&(0..self.len()).collect::<Vec<_>>(), settings, calibration)?;
        Ok(model.with_figures(chosen, figures))
    }

    /// Trains on the articles at `positions`, which need not hold an example of every class.
    ///
    /// # Errors
    /// [`TrainingError`]
    pub fn train_on(
        &self,
        positions: &[usize],
        settings: &TrainingSettings,
        calibration: &Calibration,
    ) -> Result<Model, TrainingError> {
        let part = self.extract(positions, &settings.blocks)?;
        let heads = part.heads(&[settings.alpha], Precision::KEPT)?.swap_remove(0);
        Ok(Model::new(ModelParts {
            task: self.task.clone(),
            unit: Unit::Article,
            text: TextSettings::default(),
            heads,
            scalings: calibration.scalings.clone(),
            decisions: calibration.decisions.clone(),
            provenance: Provenance {
                mizan: env!("CARGO_PKG_VERSION").to_owned(),
                hash: self.hash.clone(),
                labels: positions
                    .iter()
                    .map(|&position| (self.ids[position].clone(), self.labels[position].clone()))
                    .collect(),
                alpha: settings.alpha,
                solver: solver::of(positions.len()),
                chosen: String::new(),
                figures: BTreeMap::new(),
            },
            reference: None,
            extractor: part.extractor,
        })?)
    }

    /// The same articles as `model` was trained on them: with its labels, and none where it did not
    /// know the article. `None` if it answers other questions.
    pub fn as_known_to(&self, model: &Model) -> Option<Self> {
        let labels = |id: &String| {
            model
                .provenance()
                .labels
                .get(id)
                .cloned()
                .unwrap_or_else(|| vec![None; self.task.outputs().len()])
        };
        (model.task().outputs() == self.task.outputs())
            .then(|| Self { labels: self.ids.iter().map(labels).collect(), ..self.clone() })
    }

    /// Learns features from the articles at `positions` (ascending).
    ///
    /// # Errors
    /// Those of the vectorisers.
    pub fn extract(
        &self,
        positions: &[usize],
        blocks: &[BlockSettings],
    ) -> Result<Part<'_>, TrainingError> {
        let articles: Vec<&AnalyzedText> =
            positions.iter().map(|&position| &self.read[position]).collect();
        let groups: Vec<&str> = match self.groupings.first() {
            Some(grouping) => {
                positions.iter().map(|&position| grouping.keys[position].as_str()).collect()
            }
            None => positions.iter().map(|&position| self.ids[position].as_str()).collect(),
        };
        let extractor = Extractor::fit(blocks, &articles, &groups)?;
        let rows = articles.iter().map(|read| extractor.row(read)).collect();
        Ok(Part { corpus: self, positions: positions.to_vec(), extractor, rows })
    }
}

/// The groupings of which something is left when a fold is held out.
fn several(mut groupings: Vec<Grouping>, links: &[(usize, usize)]) -> Vec<Grouping> {
    groupings.retain(|grouping| folds(&grouping.keys, links, 2).len() > 1);
    groupings
}

fn read(task: &Task, texts: Vec<String>) -> Vec<AnalyzedText> {
    texts
        .into_par_iter()
        .map_init(|| task.reader(), |reader, text| reader.read_text(text))
        .collect()
}

/// A part of a corpus, in features that were learned from it alone.
#[derive(Debug)]
pub struct Part<'a> {
    corpus: &'a Corpus,
    positions: Vec<usize>,
    /// The features.
    pub extractor: Extractor,
    rows: Vec<SparseRow>,
}

impl Part<'_> {
    /// Fits the heads of the task once for each of `alphas`.
    ///
    /// # Errors
    /// [`TrainingError::Solve`] names the head.
    pub fn heads(
        &self,
        alphas: &[f64],
        precision: Precision,
    ) -> Result<Vec<Vec<Head>>, TrainingError> {
        let questions = self.corpus.task.heads();
        let n_features = self.extractor.n_features();
        if self.corpus.task.is_joint() {
            return targets::heads(
                &self.rows,
                &self.labels(),
                &questions,
                n_features,
                (alphas, precision),
            );
        }
        let failed = |what: &str| {
            let what = what.to_owned();
            move |source| TrainingError::Solve { what, source }
        };
        let labels = self.labels();
        // Heads that look at the same blocks of the same articles share what was made ready of
        // them.
        let blocks = |head: usize| -> Vec<bool> {
            self.extractor
                .blocks()
                .iter()
                .map(|(settings, _)| {
                    settings.heads.as_ref().is_none_or(|heads| heads.contains(&head))
                })
                .collect()
        };
        let key = |head: usize| (taught(&labels, head), blocks(head));
        let mut sights: Vec<(_, Vec<SparseRow>)> = Vec::new();
        for head in 0..questions.len() {
            if !sights.iter().any(|(known, _)| *known == key(head)) {
                let rows = taught(&labels, head)
                    .into_iter()
                    .map(|position| self.extractor.row_for_head(head, &self.rows[position]));
                sights.push((key(head), rows.collect()));
            }
        }
        let solver = solver::of(self.rows.len());
        let shared: Vec<_> = sights
            .par_iter()
            .map(|(_, rows)| Examples::for_solver(rows.iter().collect(), n_features, solver))
            .collect();
        let of_head = |head: usize| {
            let classes: Vec<usize> = labels.iter().filter_map(|labels| labels[head]).collect();
            let n_classes = questions[head].classes.len();
            let at = sights.iter().position(|(known, _)| *known == key(head)).unwrap_or_default();
            let examples = shared[at]
                .as_ref()
                .map_err(|error| failed(&questions[head].name)(error.clone()))?;
            let fit = |&alpha: &f64| {
                examples
                    .fit(&classes, n_classes, alpha, precision)
                    .map_err(failed(&questions[head].name))
            };
            alphas.iter().map(fit).collect()
        };
        let by_head: Vec<Result<Vec<Head>, TrainingError>> =
            (0..questions.len()).into_par_iter().map(of_head).collect();
        let mut by_alpha: Vec<Vec<Head>> = alphas.iter().map(|_| Vec::new()).collect();
        for heads in by_head {
            for (heads, head) in by_alpha.iter_mut().zip(heads?) {
                heads.push(head);
            }
        }
        Ok(by_alpha)
    }

    /// The class of each head, article by article.
    fn labels(&self) -> Vec<Vec<Option<usize>>> {
        self.positions
            .iter()
            .map(|&position| self.corpus.task.head_classes(&self.corpus.labels[position]))
            .collect()
    }
}

/// The positions of the articles that teach a head something.
fn taught(labels: &[Vec<Option<usize>>], head: usize) -> Vec<usize> {
    (0..labels.len()).filter(|&position| labels[position][head].is_some()).collect()
}

impl Model {
    /// The settings that the model was trained with.
    pub fn settings(&self) -> TrainingSettings {
        let blocks =
            self.extractor().blocks().iter().map(|(settings, _)| settings.clone()).collect();
        TrainingSettings { blocks, alpha: self.provenance().alpha }
    }
}
