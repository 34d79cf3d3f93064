//! Passages in the form that fits start from: texts of one to four sentences that teach the
//! classifier of sentences.

use rayon::prelude::*;

use super::sentences::{TaughtText, deciding};
use super::sharing::Domain;
use crate::camp::Stance;
use crate::labels::{Passage, Passages};
use crate::model::Task;
use crate::text::{AnalyzedText, TextSettings};

/// Passages, analyzed once. Every list is in the same order.
#[derive(Clone, Debug, Default)]
pub struct PassageTexts {
    ids: Vec<String>,
    texts: Vec<AnalyzedText>,
    /// Shape `(n_passages, n_camps)`.
    labels: Vec<Vec<Option<usize>>>,
    /// Shape `(n_passages, n_camps)`.
    deciding: Vec<Vec<Vec<usize>>>,
}

impl PassageTexts {
    /// Analyzes the passages of a labelled set.
    pub(super) fn new(passages: &Passages, task: &Task, text: &TextSettings) -> Self {
        let Passages { texts: passages, rationales, .. } = passages;
        let texts: Vec<AnalyzedText> = passages
            .par_iter()
            .map_init(|| task.reader(text), |reader, one| reader.read_text(one.text.clone()))
            .collect();
        let labels: Vec<_> = passages.iter().map(|one| (one.id.as_str(), one.stances)).collect();
        let class = |stance: &Stance| Stance::ALL.iter().position(|other| other == stance);
        let classes = |one: &Passage| one.stances.iter().map(class).collect();
        Self {
            ids: passages.iter().map(|one| one.id.clone()).collect(),
            labels: passages.iter().map(classes).collect(),
            deciding: deciding(&labels, rationales, &texts),
            texts,
        }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// The group of each: no two have one in common.
    pub(super) fn groups(&self) -> impl Iterator<Item = &str> {
        self.ids.iter().map(String::as_str)
    }

    /// The passages as what teaches.
    pub(super) fn taught(&self) -> impl Iterator<Item = TaughtText<'_>> {
        (0..self.len()).map(|at| TaughtText {
            read: &self.texts[at],
            labels: &self.labels[at],
            deciding: &self.deciding[at],
            weight: 1,
            domain: Domain::Passages,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Article;
    use crate::camp::Camps;
    use crate::features::sentences::SentenceClassifier;
    use crate::labels::{LabelledSet, Rationale};
    use crate::training::{Grouping, Penalty, Tolerance, TrainingParams, TrainingSet};

    /// Articles of which every second praises the camp in words of their own, with `passages` that
    /// praise it by a word that no article has.
    fn set(n_passages: usize) -> TrainingSet {
        let camps = Camps::from_toml(include_str!("../../labeled/camps.toml")).unwrap();
        let rationale = |id: String, sentence: &str| Rationale {
            article: id,
            annotator: "a".to_owned(),
            camp: 0,
            stance: Stance::Favor,
            sentence: sentence.to_owned(),
            expressions: Vec::new(),
            line: 2,
        };
        let (praise, plain) = ("أنجز الجيش الوطني الليبي وعده", "وصل الجيش الوطني الليبي أمس");
        let stances =
            |is_praise| [[Stance::Neutral, Stance::Favor][usize::from(is_praise)], Stance::Neutral];
        let articles = (0..12).map(|at| {
            let is_praise = at % 2 == 0;
            let text = if is_praise { praise } else { plain };
            let mut article = Article::new(format!("n{at:02}"), text);
            article.event = Some(format!("e{}", at / 2));
            (article, stances(is_praise))
        });
        let mut set = LabelledSet::from_stances(camps, articles.collect());
        set.rationales =
            (0..12).step_by(2).map(|at| rationale(format!("n{at:02}"), praise)).collect();
        let (new, same) = ("زغردت المدينة للجيش الوطني الليبي", "مر الجيش الوطني الليبي بالمدينة");
        for at in 0..n_passages {
            let is_praise = at % 2 == 0;
            let text = if is_praise { new } else { same }.to_owned();
            let id = format!("p{at:02}");
            if is_praise {
                set.passages.rationales.push(rationale(id.clone(), new));
            }
            let kind = "news".to_owned();
            set.passages.texts.push(Passage { id, kind, text, stances: stances(is_praise) });
        }
        TrainingSet::from_labelled_set(&set)
    }

    fn favor_of(set: &TrainingSet, text: &str) -> f64 {
        let params = TrainingParams::default_for(set).sentences.unwrap();
        let params =
            crate::training::SentenceParams { alpha: Penalty::new(0.1).unwrap(), ..params };
        let classifier = set.fit_sentences(&set.positions(), &params, Tolerance::SEARCH).unwrap();
        let read = set.task.reader(&set.text).read_text(text.to_owned());
        SentenceClassifier::pooled(&classifier.sentences(&read, |_| {}), 0)
    }

    #[test]
    fn a_word_that_only_passages_hold_is_learned_and_they_are_in_no_fold() {
        let (without, with) = (set(0), set(12));
        let new = "زغردت القرية للجيش الوطني الليبي";
        assert!(favor_of(&with, new) > favor_of(&without, new) + 0.5);
        assert_eq!((with.n_articles(), with.passages.len()), (12, 12));
        let grouping: &Grouping = &with.groupings[0];
        let held_out: usize = with.folds(grouping, &with.positions(), 3).iter().map(Vec::len).sum();
        assert_eq!(held_out, 12);
    }
}
