//! Articles whose labels are known, and what a model says of them.

use std::collections::{BTreeMap, BTreeSet};

use super::baselines::Said;
use crate::article::Article;
use crate::camp::Stance;
use crate::model::Decision;
use crate::text::Reader;
use crate::verdict::{Doubt, Verdict};

/// One article: what it says of itself, its labels, and what is said of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Tested {
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
    pub said: Said,
}

impl Tested {
    /// An article with its labels and its verdict; `reader` is one that knows the camps.
    pub fn of(article: Article, labels: [Stance; 2], verdict: Option<Verdict>, reader: &Reader) -> Self {
        let read = reader.read_text(article.full_text());
        let Article { id, event, outlet, genre, .. } = article;
        Self { id, outlet, event, genre, words: read.tokens.len(), labels, verdict, said: Said::of(&read.findings) }
    }

    /// The stances given; unrelated where it could not be scored. A doubt changes nothing: it is about whether to answer.
    pub fn given(&self) -> [Stance; 2] {
        self.verdict.as_ref().map_or([Stance::Unrelated; 2], |verdict| [0, 1].map(|camp: usize| verdict.camps[camp].stance))
    }

    /// Label and stance toward a camp as numbers of classes.
    pub fn pair(&self, camp: usize) -> (usize, usize) {
        (class(self.labels[camp]), class(self.given()[camp]))
    }

    /// The probabilities of the four classes toward a camp.
    pub fn probabilities(&self, camp: usize) -> Option<[f64; 4]> {
        let verdict = self.verdict.as_ref()?;
        let sides = verdict.camps[camp].sides;
        Some([sides.favor, (sides.neutral - verdict.unrelated).max(0.0), sides.against, verdict.unrelated])
    }

    /// Whether `mizan score --max-error` gives the stance toward a camp at this risk.
    pub fn is_answered(&self, camp: usize, decision: &Decision, risk: f64) -> bool {
        let Some((verdict, probabilities)) = self.verdict.as_ref().zip(self.probabilities(camp)) else { return false };
        let unlike = matches!(verdict.camps[camp].doubt, Some(Doubt::UnknownWords { .. }));
        !unlike && decision.set(&probabilities, risk) == [class(verdict.camps[camp].stance)]
    }
}

/// The number of a stance among the classes.
pub(super) fn class(stance: Stance) -> usize {
    Stance::ALL.iter().position(|&other| other == stance).unwrap_or_default()
}

/// How articles are drawn for intervals: those about one event together, because they are not independent of each other; an article that
/// names no event alone. Where all are about one event nothing could be drawn, so they are drawn one by one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Drawn {
    /// How many clusters there are.
    pub clusters: usize,
    /// How many of them are events; 0 where articles are drawn one by one.
    pub events: usize,
}

impl Drawn {
    /// How these articles are drawn.
    pub fn of(tested: &[&Tested]) -> Self {
        let events = tested.iter().filter_map(|article| article.event.as_deref()).collect::<BTreeSet<_>>().len();
        match (events, tested.iter().filter(|article| article.event.is_none()).count()) {
            (1, 0) => Self::alone(tested),
            (events, alone) => Self { clusters: events + alone, events },
        }
    }

    /// Each article alone.
    pub fn alone(tested: &[&Tested]) -> Self {
        Self { clusters: tested.len(), events: 0 }
    }

    /// What `of` says of each article, given its position too, by cluster: first the events in alphabetical order, then the rest in the
    /// order of ids.
    pub fn clusters<T>(self, tested: &[&Tested], of: impl Fn(usize, &Tested) -> T) -> Vec<Vec<T>> {
        let mut clusters: BTreeMap<(bool, &str), Vec<T>> = BTreeMap::new();
        for (position, article) in tested.iter().enumerate() {
            let event = article.event.as_deref().filter(|_| self.events > 0);
            let key = event.map_or((true, article.id.as_str()), |event| (false, event));
            clusters.entry(key).or_default().push(of(position, article));
        }
        clusters.into_values().collect()
    }
}
