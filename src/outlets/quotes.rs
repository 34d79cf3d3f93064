//! The sentences that decided an outlet's surest articles, toward either side.

use serde::{Deserialize, Serialize};

use super::millionths::{Millionths, millionths};
use crate::camp::Stance;
use crate::record::{CampScores, Scores};
use crate::text::isolate::plain;

/// How many sentences are kept toward each side.
const MAX_SENTENCES: usize = 3;

/// Most characters of a sentence that are kept.
const MAX_CHARACTERS: usize = 400;

/// A sentence that decided an article.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct QuotedSentence {
    /// The probability of the article's stance.
    pub probability: Millionths,
    /// The id of the article.
    pub id: String,
    /// The number of the camp toward which it takes a side.
    pub camp: usize,
    /// The side that it takes.
    pub stance: Stance,
    /// The sentence, without what steers a terminal or the direction of text; a long one is cut.
    pub text: String,
}

/// The deciding sentences of the articles that take a side most surely: the first sentence of each
/// record's `evidence`, the surest article first. Each sentence stands once, however many articles
/// have it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecidingSentences {
    /// Toward the first camp: for it, or against the second; then toward the second.
    toward: [Vec<QuotedSentence>; 2],
}

impl DecidingSentences {
    /// Adds the sentences of an article; nothing where it has none.
    pub fn add(&mut self, id: &str, scores: &Scores) {
        for (camp, toward_camp) in scores.camps.iter().enumerate() {
            let CampScores { stance, probabilities, evidence, .. } = toward_camp;
            let (Some(sentence), Some(p)) = (evidence.first(), probabilities) else { continue };
            let (stance, probability, side) = match stance {
                Some(Stance::Favor) => (Stance::Favor, p.favor, camp),
                Some(Stance::Against) => (Stance::Against, p.against, 1 - camp),
                _ => continue,
            };
            let probability = millionths(probability);
            let kept = &mut self.toward[side];
            // Most articles are less sure than those that are kept, and are not copied.
            if kept.len() == MAX_SENTENCES && kept[MAX_SENTENCES - 1].probability > probability {
                continue;
            }
            let text = shortened(&plain(&sentence.text));
            kept.push(QuotedSentence { probability, id: id.to_owned(), camp, stance, text });
            select(kept);
        }
    }

    /// Whether they are about one of two camps, with probabilities.
    pub(super) fn are_possible(&self) -> bool {
        self.toward
            .iter()
            .flatten()
            .all(|quoted| quoted.camp < 2 && (0..=1_000_000).contains(&quoted.probability))
    }

    /// Adds the sentences of another part.
    pub fn merge(&mut self, other: Self) {
        for (kept, other) in self.toward.iter_mut().zip(other.toward) {
            kept.extend(other);
            select(kept);
        }
    }

    /// The sentences toward the first camp, and those toward the second.
    pub fn by_side(&self) -> &[Vec<QuotedSentence>; 2] {
        &self.toward
    }
}

/// Keeps the surest sentences, each once.
fn select(sentences: &mut Vec<QuotedSentence>) {
    sentences.sort_by(|a, b| b.probability.cmp(&a.probability).then_with(|| a.cmp(b)));
    let mut kept: Vec<QuotedSentence> = Vec::with_capacity(MAX_SENTENCES);
    for sentence in sentences.drain(..) {
        if kept.len() < MAX_SENTENCES && kept.iter().all(|other| other.text != sentence.text) {
            kept.push(sentence);
        }
    }
    *sentences = kept;
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(MAX_CHARACTERS) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{ScoredSentence, samples};

    fn scores(lna: f64, text: &str) -> Scores {
        let stance = if lna > 0.0 { Stance::Favor } else { Stance::Against };
        let mut camp = samples::camp("lna", Some(stance), lna, &[]);
        let text = text.to_owned();
        camp.evidence = vec![ScoredSentence { text, span: None, stance: None, probability: None }];
        samples::scores([camp, samples::camp("gna", Some(Stance::Neutral), 0.0, &[])])
    }

    #[test]
    fn the_surest_articles_are_quoted_and_no_sentence_twice() {
        let long = "ا".repeat(500);
        let articles = [
            ("a", 0.6, "one"),
            ("b", 0.9, "two"),
            ("c", 0.8, "one"),
            ("d", 0.7, "three"),
            ("e", 0.5, "four"),
            ("f", -0.9, &long),
            ("g", -0.8, "\u{202E}steers\u{1b}"),
        ];
        let mut whole = DecidingSentences::default();
        let mut parts = [DecidingSentences::default(), DecidingSentences::default()];
        for (number, (id, score, text)) in articles.into_iter().enumerate() {
            whole.add(id, &scores(score, text));
            parts[number % 2].add(id, &scores(score, text));
        }
        let [mut first, second] = parts;
        first.merge(second);
        assert_eq!(first, whole);
        let quoted = |side: usize| -> Vec<(&str, &str)> {
            whole.by_side()[side].iter().map(|one| (one.id.as_str(), one.text.as_str())).collect()
        };
        assert_eq!(quoted(0), [("b", "two"), ("c", "one"), ("d", "three")]);
        assert_eq!(quoted(1)[1], ("g", "steers"));
        assert_eq!(quoted(1)[0].1.chars().count(), MAX_CHARACTERS + 1);
    }
}
