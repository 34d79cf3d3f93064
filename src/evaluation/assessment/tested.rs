//! Articles whose labels are known, and what a model says of them.

use std::collections::{BTreeMap, BTreeSet};

use super::said::BaselinePredictions;
use crate::article::Article;
use crate::camp::Stance;
use crate::model::Decision;
use crate::scoring::{Abstention, Verdict};
use crate::text::AnalyzedText;

/// One article: what it says of itself, its labels, and what is said of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Predictions {
    /// Its id.
    pub id: String,
    /// Its outlet, if it names one.
    pub outlet: Option<String>,
    /// Its event, if it names one.
    pub event: Option<String>,
    /// Its genre, if it names one.
    pub genre: Option<String>,
    /// How many words headline and text have.
    pub words: usize,
    /// Its labels, in the camps' order.
    pub labels: [Stance; 2],
    /// The verdict; `None` where it could not be scored.
    pub verdict: Option<Verdict>,
    /// What the baselines say.
    pub said: BaselinePredictions,
}

impl Predictions {
    /// An article as it was read, with its labels and its verdict.
    pub fn of(
        article: Article,
        labels: [Stance; 2],
        verdict: Option<Verdict>,
        read: &AnalyzedText,
    ) -> Self {
        let Article { id, event, outlet, genre, .. } = article;
        Self {
            id,
            outlet,
            event,
            genre,
            words: read.tokens.len(),
            labels,
            verdict,
            said: BaselinePredictions::of(&read.findings),
        }
    }

    /// The stances given; unrelated where it could not be scored. A doubt changes nothing: it is
    /// about whether to answer.
    pub fn given(&self) -> [Stance; 2] {
        self.verdict.as_ref().map_or([Stance::Unrelated; 2], |verdict| {
            [0, 1].map(|camp: usize| verdict.camps[camp].stance)
        })
    }

    /// Label and stance toward a camp as numbers of classes.
    pub fn pair(&self, camp: usize) -> (usize, usize) {
        (class(self.labels[camp]), class(self.given()[camp]))
    }

    /// The probabilities of the four classes toward a camp.
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

    /// Whether `mizan score --max-error` gives the stance toward a camp at this risk.
    pub fn is_answered(&self, camp: usize, decision: &Decision, risk: f64) -> bool {
        let Some((verdict, probabilities)) = self.verdict.as_ref().zip(self.probabilities(camp))
        else {
            return false;
        };
        let unlike =
            matches!(verdict.camps[camp].abstention, Some(Abstention::UnknownWords { .. }));
        !unlike && decision.set(&probabilities, risk) == [class(verdict.camps[camp].stance)]
    }
}

/// The number of a stance among the classes.
pub(super) fn class(stance: Stance) -> usize {
    Stance::ALL.iter().position(|&other| other == stance).unwrap_or_default()
}

/// How articles are drawn for intervals: those about one event together, because they are not
/// independent of each other; an article that names no event alone. Where all are about one event
/// nothing could be drawn, so they are drawn one by one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Drawn {
    /// How many clusters there are.
    pub clusters: usize,
    /// How many of them are events; 0 where articles are drawn one by one.
    pub events: usize,
}

impl Drawn {
    /// How these articles are drawn.
    pub fn of(tested: &[&Predictions]) -> Self {
        let events = tested
            .iter()
            .filter_map(|article| article.event.as_deref())
            .collect::<BTreeSet<_>>()
            .len();
        match (events, tested.iter().filter(|article| article.event.is_none()).count()) {
            (1, 0) => Self::alone(tested),
            (events, alone) => Self { clusters: events + alone, events },
        }
    }

    /// Each article alone.
    pub fn alone(tested: &[&Predictions]) -> Self {
        Self { clusters: tested.len(), events: 0 }
    }

    /// What `of` says of each article, given its position too, by cluster: first the events in
    /// alphabetical order, then the rest in the order of ids.
    pub fn clusters<T>(
        self,
        tested: &[&Predictions],
        of: impl Fn(usize, &Predictions) -> T,
    ) -> Vec<Vec<T>> {
        let mut clusters: BTreeMap<(bool, &str), Vec<T>> = BTreeMap::new();
        for (position, article) in tested.iter().enumerate() {
            let event = article.event.as_deref().filter(|_| self.events > 0);
            let key = event.map_or((true, article.id.as_str()), |event| (false, event));
            clusters.entry(key).or_default().push(of(position, article));
        }
        clusters.into_values().collect()
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::camp::StanceProbabilities;
    use crate::scoring::CampVerdict;

    /// An article with labels and stances given; the class given has probability 0.7, each other
    /// 0.1.
    pub(in super::super) fn tested(
        id: &str,
        labels: [Stance; 2],
        given: Option<[Stance; 2]>,
    ) -> Predictions {
        let camp = |stance: Stance| {
            let p = |of: Stance| if stance == of { 0.7 } else { 0.1 };
            let sides = StanceProbabilities {
                favor: p(Stance::Favor),
                neutral: p(Stance::Neutral) + p(Stance::Unrelated),
                against: p(Stance::Against),
            };
            CampVerdict { stance, abstention: None, sides, words: Vec::new() }
        };
        let verdict = given.map(|given| {
            let unrelated = if given[0] == Stance::Unrelated { 0.7 } else { 0.1 };
            Verdict { unrelated, words: 9, known: 9, camps: given.map(camp) }
        });
        let said =
            BaselinePredictions { keywords: [Stance::Neutral; 2], names: [Stance::Neutral; 2] };
        Predictions {
            id: id.to_owned(),
            outlet: None,
            event: None,
            genre: None,
            words: 100,
            labels,
            verdict,
            said,
        }
    }

    #[test]
    fn articles_about_one_event_are_drawn_together_and_one_without_alone() {
        let mut articles: Vec<Predictions> =
            ["d", "c", "b", "a"].map(|id| tested(id, [Stance::Neutral; 2], None)).to_vec();
        let ids = |articles: &[Predictions]| {
            let all: Vec<&Predictions> = articles.iter().collect();
            let drawn = Drawn::of(&all);
            let clusters = drawn.clusters(&all, |_, article| article.id.clone());
            assert_eq!(clusters.len(), drawn.clusters);
            (
                drawn.events,
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
        assert_eq!(ids(&one), (0, "b d".to_owned()), "one event cannot be drawn from itself");
    }
}
