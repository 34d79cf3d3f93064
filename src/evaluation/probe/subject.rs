//! The texts that probes look at, and the models that weigh them.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::article::Article;
use crate::camp::{Camps, Stance};
use crate::evaluation::drift::DriftInput;
use crate::labels::LabelledArticle;
use crate::model::Model;
use crate::scoring::{NotStances, Scorer, Verdict};
use crate::text::{AnalyzedText, TextReader};
use crate::training::calibration::{Calibration, Logits};
use crate::training::search::FOLDS;
use crate::training::{Corpus, Grouping, TrainingError, TrainingSettings};

/// What is said of a text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Weighed {
    /// The scores toward the camps, in their order.
    pub scores: [f64; 2],
    /// The stances that fit best.
    pub stances: [Stance; 2],
}

impl From<Verdict> for Weighed {
    fn from(verdict: Verdict) -> Self {
        Self {
            scores: verdict.camps.each_ref().map(|camp| camp.sides.score()),
            stances: verdict.camps.map(|camp| camp.stance),
        }
    }
}

/// A text that is probed.
#[derive(Clone, Debug)]
pub struct Subject {
    /// Id of the article.
    pub id: String,
    /// What it is drawn with when intervals are made: its event.
    pub cluster: String,
    /// The article.
    pub article: Article,
    /// Its stances, where it is labelled.
    pub labels: Option<[Stance; 2]>,
    /// The id of the neutral base of its contrast family, where it is a variant.
    pub base: Option<String>,
}

impl Subject {
    /// An article without labels; its event is its cluster, or it is one alone.
    pub fn of_article(article: Article) -> Self {
        let cluster = article.event.clone().unwrap_or_else(|| article.id.clone());
        Self { id: article.id.clone(), cluster, article, labels: None, base: None }
    }

    /// An article of a labelled set.
    pub fn of_labelled(labelled: LabelledArticle) -> Self {
        let LabelledArticle { article, family, stances, .. } = labelled;
        let base = family.filter(|family| *family != article.id);
        Self { labels: Some(stances), base, ..Self::of_article(article) }
    }
}

/// Texts that can be weighed, each with the model that weighs it.
#[derive(Debug)]
pub struct Subjects {
    scorers: Vec<Scorer>,
    camps: Camps,
    /// The subjects, what the scorer with the number said of each, and its text.
    texts: Vec<(Subject, usize, Weighed, AnalyzedText)>,
}

impl Subjects {
    /// The articles that `model` can weigh.
    ///
    /// # Errors
    /// When it is no model of stances.
    pub fn of(model: Model, articles: Vec<Subject>) -> Result<Self, NotStances> {
        Self::new(vec![model], articles.into_iter().map(|subject| (subject, 0)).collect())
    }

    /// The `articles` of a corpus, in its order, each weighed by a model of the same settings that
    /// was not trained on its group: for each of the folds one is trained on the others, and
    /// calibrated by the held-out `logits` of the others. Its group is its cluster. `None` where
    /// labels are no stances.
    ///
    /// # Errors
    /// [`TrainingError`] of the first fold that cannot be fitted.
    pub fn held_out(
        (corpus, articles): (&Corpus, &[Article]),
        grouping: &Grouping,
        settings: &TrainingSettings,
        logits: &Logits,
    ) -> Result<Option<Self>, TrainingError> {
        if corpus.task.camps().is_none() || articles.len() != corpus.len() {
            return Ok(None);
        }
        let folds = corpus.folds(grouping, &(0..corpus.len()).collect::<Vec<_>>(), FOLDS);
        let models: Vec<Result<Model, TrainingError>> = folds
            .par_iter()
            .map(|fold| {
                let mut others = logits.clone();
                for &position in fold {
                    others[position] = None;
                }
                let rest: Vec<usize> = (0..corpus.len())
                    .filter(|position| fold.binary_search(position).is_err())
                    .collect();
                corpus.train_on(&rest, settings, &Calibration::learn(corpus, &[&others]))
            })
            .collect();
        let models = models.into_iter().collect::<Result<Vec<_>, _>>()?;
        let subject = |position: usize| {
            let family = corpus.families[position].clone();
            let label =
                |camp: usize| Stance::ALL.get((*corpus.labels[position].get(camp)?)?).copied();
            Subject {
                id: corpus.ids[position].clone(),
                cluster: grouping.keys[position].clone(),
                article: articles[position].clone(),
                labels: label(0).zip(label(1)).map(<[Stance; 2]>::from),
                base: family.filter(|family| *family != corpus.ids[position]),
            }
        };
        let subjects = folds
            .iter()
            .enumerate()
            .flat_map(|(fold, positions)| positions.iter().map(move |&at| (at, fold)));
        let mut subjects: Vec<(usize, usize)> = subjects.collect();
        subjects.sort_unstable();
        Ok(Self::new(
            models,
            subjects.into_iter().map(|(position, fold)| (subject(position), fold)).collect(),
        )
        .ok())
    }

    fn new(models: Vec<Model>, articles: Vec<(Subject, usize)>) -> Result<Self, NotStances> {
        let scorers = models.into_iter().map(Scorer::new).collect::<Result<Vec<_>, _>>()?;
        let camps = scorers
            .first()
            .map(|scorer| scorer.camps().clone())
            .ok_or_else(|| NotStances("nothing".to_owned()))?;
        let reader = TextReader::with_camps(&camps);
        let weighed = |(subject, scorer): (Subject, usize)| {
            let weighed = scorers[scorer].score(&subject.article).ok()?.into();
            let read = reader.read_text(subject.article.full_text());
            Some((subject, scorer, weighed, read))
        };
        let texts = articles.into_par_iter().filter_map(weighed).collect();
        Ok(Self { scorers, camps, texts })
    }

    /// How many texts there are.
    pub fn len(&self) -> usize {
        self.texts.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.texts.is_empty()
    }

    /// The camps.
    pub fn camps(&self) -> &Camps {
        &self.camps
    }

    pub(super) fn subject(&self, at: usize) -> &Subject {
        &self.texts[at].0
    }

    pub(super) fn weighed(&self, at: usize) -> Weighed {
        self.texts[at].2
    }

    pub(super) fn read(&self, at: usize) -> &AnalyzedText {
        &self.texts[at].3
    }

    /// What drift needs to know of every text, for a reference.
    pub fn scored(&self) -> Vec<DriftInput> {
        let of = |(subject, scorer, _, _): &(Subject, usize, Weighed, AnalyzedText)| {
            let verdict = self.scorers[*scorer].score(&subject.article).ok()?;
            let model = self.scorers[*scorer].model();
            Some(DriftInput::from_verdict(model, &subject.article, &verdict))
        };
        self.texts.par_iter().filter_map(of).collect()
    }

    /// How many texts are of each genre.
    pub fn genres(&self) -> BTreeMap<String, u32> {
        let mut genres = BTreeMap::new();
        for genre in self.texts.iter().filter_map(|text| text.0.article.genre.clone()) {
            *genres.entry(genre).or_default() += 1;
        }
        genres
    }

    /// What was said of every text.
    pub(super) fn before(&self) -> impl Iterator<Item = Weighed> {
        self.texts.iter().map(|subject| subject.2)
    }

    /// The model that weighs a text.
    pub(super) fn model(&self, at: usize) -> &Model {
        self.scorers[self.texts[at].1].model()
    }

    /// What is said of another text by the model of the one at `at`; `None` where it cannot be
    /// weighed.
    pub(super) fn weigh(&self, at: usize, article: &Article) -> Option<Weighed> {
        self.scorers[self.texts[at].1].score(article).ok().map(Weighed::from)
    }

    /// `of` each text, on all threads.
    pub(super) fn each<T: Send>(&self, of: impl Fn(usize) -> T + Sync + Send) -> Vec<T> {
        (0..self.len()).into_par_iter().map(of).collect()
    }

    /// The stances toward the camps: the labels where there are some, else what the model says.
    pub(super) fn stances(&self, at: usize) -> [Stance; 2] {
        self.subject(at).labels.unwrap_or(self.weighed(at).stances)
    }

    /// Where each text of an id stands.
    pub(super) fn positions(&self) -> BTreeMap<&str, usize> {
        self.texts.iter().enumerate().map(|(at, (subject, ..))| (subject.id.as_str(), at)).collect()
    }
}
