//! The articles that probes change, and the models that score them.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::article::Article;
use crate::camp::{Camps, Stance};
use crate::evaluation::drift::DriftInput;
use crate::labels::LabelledArticle;
use crate::model::Model;
use crate::scoring::{NotStances, Scorer, Verdict};
use crate::text::AnalyzedText;

/// The scores and stances that a model gives to one article, in the camps' order.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StanceScores {
    /// The scores toward the camps, in [−1, 1].
    pub scores: [f64; 2],
    /// The predicted stances.
    pub stances: [Stance; 2],
}

impl From<&Verdict> for StanceScores {
    fn from(verdict: &Verdict) -> Self {
        Self {
            scores: verdict.camps.each_ref().map(|camp| camp.sides.score()),
            stances: verdict.camps.each_ref().map(|camp| camp.stance),
        }
    }
}

/// An article to probe.
#[derive(Clone, Debug)]
pub struct ProbeArticle {
    /// Id of the article.
    pub id: String,
    /// The unit of the bootstrap that it belongs to: its event.
    pub cluster: String,
    /// The article.
    pub article: Article,
    /// Its labels, if it is labelled.
    pub labels: Option<[Stance; 2]>,
    /// The id of the neutral base of its contrast family, if it is a variant.
    pub base: Option<String>,
}

impl ProbeArticle {
    /// An article without labels. Its cluster is its event, or the article itself.
    pub fn from_article(article: Article) -> Self {
        let cluster = article.event.clone().unwrap_or_else(|| article.id.clone());
        Self { id: article.id.clone(), cluster, article, labels: None, base: None }
    }

    /// An article of a labelled set.
    pub fn from_labelled(labelled: LabelledArticle) -> Self {
        let LabelledArticle { article, family, stances, .. } = labelled;
        let base = family.filter(|family| *family != article.id);
        Self { labels: Some(stances), base, ..Self::from_article(article) }
    }
}

/// One scored article of a set.
#[derive(Debug)]
struct ScoredArticle {
    article: ProbeArticle,
    /// Number of the scorer.
    scorer: usize,
    verdict: Verdict,
    text: AnalyzedText,
}

/// Articles that can be scored, each with the model that scores it.
#[derive(Debug)]
pub struct ProbeSet {
    scorers: Vec<Scorer>,
    camps: Camps,
    articles: Vec<ScoredArticle>,
}

impl ProbeSet {
    /// The articles that `model` can score.
    ///
    /// # Errors
    /// [`NotStances`] if the model does not predict stances.
    pub fn new(model: Model, articles: Vec<ProbeArticle>) -> Result<Self, NotStances> {
        Self::with_models(vec![model], articles.into_iter().map(|article| (article, 0)).collect())
    }

    /// The articles that their models can score; each article comes with the number of its model.
    ///
    /// # Errors
    /// [`NotStances`] if there is no model, or one that does not predict stances.
    pub(super) fn with_models(
        models: Vec<Model>,
        articles: Vec<(ProbeArticle, usize)>,
    ) -> Result<Self, NotStances> {
        let scorers = models.into_iter().map(Scorer::new).collect::<Result<Vec<_>, _>>()?;
        let first = scorers.first().ok_or_else(|| NotStances("nothing".to_owned()))?;
        let camps = first.camps().clone();
        let reader = first.model().reader();
        let score = |(article, scorer): (ProbeArticle, usize)| {
            let verdict = scorers[scorer].score(&article.article).ok()?;
            let text = reader.read_article(&article.article);
            Some(ScoredArticle { article, scorer, verdict, text })
        };
        let articles = articles.into_par_iter().filter_map(score).collect();
        Ok(Self { scorers, camps, articles })
    }

    /// How many articles there are.
    pub fn len(&self) -> usize {
        self.articles.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.articles.is_empty()
    }

    /// The camps.
    pub fn camps(&self) -> &Camps {
        &self.camps
    }

    /// The scores of every article in the form that drift detection keeps as its reference.
    pub fn drift_inputs(&self) -> Vec<DriftInput> {
        let input = |ScoredArticle { article, scorer, verdict, .. }: &ScoredArticle| {
            DriftInput::from_verdict(self.scorers[*scorer].model(), &article.article, verdict)
        };
        self.articles.iter().map(input).collect()
    }

    /// The number of articles of each genre.
    pub fn genres(&self) -> BTreeMap<String, u32> {
        let mut genres = BTreeMap::new();
        for genre in self.articles.iter().filter_map(|one| one.article.article.genre.clone()) {
            *genres.entry(genre).or_default() += 1;
        }
        genres
    }

    pub(super) fn article(&self, at: usize) -> &ProbeArticle {
        &self.articles[at].article
    }

    /// The scores of the unchanged article.
    pub(super) fn scores(&self, at: usize) -> StanceScores {
        StanceScores::from(&self.articles[at].verdict)
    }

    /// The unchanged text.
    pub(super) fn text(&self, at: usize) -> &AnalyzedText {
        &self.articles[at].text
    }

    /// The scores of all unchanged articles.
    pub(super) fn unchanged(&self) -> impl Iterator<Item = StanceScores> {
        self.articles.iter().map(|one| StanceScores::from(&one.verdict))
    }

    /// The model that scores the article.
    pub(super) fn model(&self, at: usize) -> &Model {
        self.scorers[self.articles[at].scorer].model()
    }

    /// Scores another article by the model of the one at `at`; `None` if it cannot be scored.
    pub(super) fn score(&self, at: usize, article: &Article) -> Option<StanceScores> {
        self.scorers[self.articles[at].scorer].score(article).ok().as_ref().map(StanceScores::from)
    }

    /// Applies `f` to the position of each article, on all threads.
    pub(super) fn map<T: Send>(&self, f: impl Fn(usize) -> T + Sync + Send) -> Vec<T> {
        (0..self.len()).into_par_iter().map(f).collect()
    }

    /// The labels of the article, or the predicted stances if it has none.
    pub(super) fn stances(&self, at: usize) -> [Stance; 2] {
        self.article(at).labels.unwrap_or(self.scores(at).stances)
    }

    /// The position of each article by id.
    pub(super) fn positions(&self) -> BTreeMap<&str, usize> {
        self.articles.iter().enumerate().map(|(at, one)| (one.article.id.as_str(), at)).collect()
    }
}
