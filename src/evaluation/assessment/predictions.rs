//! The labels of an article, and the predictions of a model and its baselines.

use std::collections::{BTreeMap, BTreeSet};

use super::baseline_predictions::BaselinePredictions;
use crate::article::Article;
use crate::camp::Stance;
use crate::model::Decision;
use crate::model::provenance::ArticleKeys;
use crate::scoring::{Abstention, Verdict};
use crate::text::TextReader;

/// The labels of one article and the predictions for it.
#[derive(Clone, Debug, PartialEq)]
pub struct Predictions {
    /// Id of the article.
    pub id: String,
    /// What a model that was trained on it knows it by.
    pub keys: ArticleKeys,
    /// Its outlet, if it names one.
    pub outlet: Option<String>,
    /// Its event, if it names one.
    pub event: Option<String>,
    /// Its genre, if it names one.
    pub genre: Option<String>,
    /// Number of words in headline and text.
    pub n_words: usize,
    /// Its labels, in the camps' order.
    pub labels: [Stance; 2],
    /// The model's verdict; `None` if the article cannot be scored.
    pub verdict: Option<Verdict>,
    /// The baselines' predictions.
    pub baselines: BaselinePredictions,
}

impl Predictions {
    /// An article with its labels and its verdict. `reader` must know the camps.
    pub fn new(
        article: Article,
        labels: [Stance; 2],
        verdict: Option<Verdict>,
        reader: &TextReader,
    ) -> Self {
        let keys = ArticleKeys::new(&article);
        let read = reader.read_article(&article);
        let Article { id, event, outlet, genre, .. } = article;
        Self {
            keys,
            id,
            outlet,
            event,
            genre,
            n_words: read.tokens.len(),
            labels,
            verdict,
            baselines: BaselinePredictions::from_findings(&read.findings),
        }
    }

    /// The predicted stances; unrelated if the article cannot be scored. Abstention does not change
    /// them: it only says whether to answer.
    pub fn predicted(&self) -> [Stance; 2] {
        self.verdict.as_ref().map_or([Stance::Unrelated; 2], |verdict| {
            [0, 1].map(|camp: usize| verdict.camps[camp].stance)
        })
    }

    /// Label and prediction toward a camp, as class numbers.
    pub fn pair(&self, camp: usize) -> (usize, usize) {
        (class(self.labels[camp]), class(self.predicted()[camp]))
    }

    /// The probabilities of the classes of [`Stance::ALL`] toward a camp.
    pub fn probabilities(&self, camp: usize) -> Option<[f64; 4]> {
        let verdict = self.verdict.as_ref()?;
        let sides = verdict.camps[camp].sides;
        Some([
            sides.favor,
            (sides.neutral - verdict.unrelated).max(0.0),
            sides.against,
            verdict.unrelated,
        ])
    }

    /// Whether the scorer answers at this risk: the article is off topic, or the prediction set
    /// contains only the predicted stance, and the words of the article are known.
    pub fn is_answered(&self, camp: usize, decision: &Decision, risk: f64) -> bool {
        let Some((verdict, probabilities)) = self.verdict.as_ref().zip(self.probabilities(camp))
        else {
            return false;
        };
        if verdict.is_off_topic {
            return true;
        }
        let unknown_words =
            matches!(verdict.camps[camp].abstention, Some(Abstention::UnknownWords { .. }));
        !unknown_words && decision.set(&probabilities, risk) == [class(verdict.camps[camp].stance)]
    }
}

/// The class number of a stance.
pub(super) fn class(stance: Stance) -> usize {
    Stance::ALL.iter().position(|&other| other == stance).unwrap_or_default()
}

/// How articles are resampled for bootstrap intervals: all articles about one event are a cluster,
/// because they are not independent; an article without an event is its own cluster. If all are
/// about one event, every article is its own cluster.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Resampling {
    /// Number of clusters.
    pub n_clusters: usize,
    /// How many of them are events; 0 if every article is its own cluster.
    pub n_events: usize,
}

impl Resampling {
    /// Resampling by event.
    pub fn by_event(predictions: &[&Predictions]) -> Self {
        let events = predictions
            .iter()
            .filter_map(|article| article.event.as_deref())
            .collect::<BTreeSet<_>>()
            .len();
        match (events, predictions.iter().filter(|article| article.event.is_none()).count()) {
            (1, 0) => Self::one_by_one(predictions),
            (events, alone) => Self { n_clusters: events + alone, n_events: events },
        }
    }

    /// Resampling of single articles.
    pub fn one_by_one(predictions: &[&Predictions]) -> Self {
        Self { n_clusters: predictions.len(), n_events: 0 }
    }

    /// The values of `f` for each article and its position, by cluster: first the events in
    /// alphabetical order, then single articles in the order of ids.
    pub fn clusters<T>(
        self,
        predictions: &[&Predictions],
        f: impl Fn(usize, &Predictions) -> T,
    ) -> Vec<Vec<T>> {
        let mut clusters: BTreeMap<(bool, &str), Vec<T>> = BTreeMap::new();
        for (position, article) in predictions.iter().enumerate() {
            let event = article.event.as_deref().filter(|_| self.n_events > 0);
            let key = event.map_or((true, article.id.as_str()), |event| (false, event));
            clusters.entry(key).or_default().push(f(position, article));
        }
        clusters.into_values().collect()
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::camp::StanceProbabilities;
    use crate::scoring::CampVerdict;

    /// An article with labels and predictions; the predicted class has probability 0.7, each other
    /// 0.1.
    pub(in super::super) fn example(
        id: &str,
        labels: [Stance; 2],
        predicted: Option<[Stance; 2]>,
    ) -> Predictions {
        let camp = |stance: Stance| {
            let p = |of: Stance| if stance == of { 0.7 } else { 0.1 };
            let sides = StanceProbabilities {
                favor: p(Stance::Favor),
                neutral: p(Stance::Neutral) + p(Stance::Unrelated),
                against: p(Stance::Against),
            };
            CampVerdict {
                stance,
                abstention: None,
                sides,
                words: Vec::new(),
                sentences: Vec::new(),
            }
        };
        let verdict = predicted.map(|stances| {
            let unrelated = if stances[0] == Stance::Unrelated { 0.7 } else { 0.1 };
            let camps = stances.map(camp);
            Verdict { unrelated, is_off_topic: false, words: 9, known: 9, camps }
        });
        let baselines =
            BaselinePredictions { keywords: [Stance::Neutral; 2], names: [Stance::Neutral; 2] };
        Predictions {
            id: id.to_owned(),
            keys: ArticleKeys::default(),
            outlet: None,
            event: None,
            genre: None,
            n_words: 100,
            labels,
            verdict,
            baselines,
        }
    }

    #[test]
    fn articles_about_one_event_are_one_cluster_and_one_without_event_is_its_own() {
        let mut articles: Vec<Predictions> =
            ["d", "c", "b", "a"].map(|id| example(id, [Stance::Neutral; 2], None)).to_vec();
        let ids = |articles: &[Predictions]| {
            let all: Vec<&Predictions> = articles.iter().collect();
            let resampling = Resampling::by_event(&all);
            let clusters = resampling.clusters(&all, |_, article| article.id.clone());
            assert_eq!(clusters.len(), resampling.n_clusters);
            (
                resampling.n_events,
                clusters.iter().map(|cluster| cluster.concat()).collect::<Vec<_>>().join(" "),
            )
        };
        assert_eq!(ids(&articles), (0, "a b c d".to_owned()));
        articles[0].event = Some("z".to_owned());
        assert_eq!(ids(&articles), (1, "d a b c".to_owned()));
        articles[2].event = Some("z".to_owned());
        assert_eq!(ids(&articles), (1, "db a c".to_owned()));
        articles[1].event = Some("y".to_owned());
        assert_eq!(ids(&articles), (2, "c db a".to_owned()));
        let one = [articles.remove(0), articles.remove(1)];
        assert_eq!(ids(&one), (0, "b d".to_owned()), "one event cannot be resampling from itself");
    }
}
