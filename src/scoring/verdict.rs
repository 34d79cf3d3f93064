//! The verdict on an article: the stance toward each camp, its probabilities, and the most
//! influential words.

use std::fmt::Display;

use serde::{Deserialize, Serialize};

use crate::camp::{Stance, StanceProbabilities, lean};

/// Fewest Arabic words of an article that is scored.
pub const MIN_WORDS: usize = 5;

/// The word in output for a stance on which the model abstains.
pub const UNCERTAIN: &str = "uncertain";

/// What an article that is off topic lacks, in words.
pub const OFF_TOPIC: &str = "it names no camp, place or body that only the conflict's country \
                             has, or another country that has such bodies, too";

/// Most influential words that a verdict names for each camp.
pub const WORDS_NAMED: usize = 5;

/// Smallest weight of an influential word that a verdict names, in log-odds. Below it are accidents
/// of training.
pub const MIN_WEIGHT: f64 = 0.05;

/// Smallest share of an article's content words that the model must know. With fewer, the known
/// words are not what the article is about.
pub const MIN_KNOWN: f64 = 0.5;

/// Smallest probability, by a sentence alone, with which it is named as what decides a side: it
/// takes the side rather than not.
pub const MIN_EVIDENCE: f64 = 0.5;

/// Smallest probability of a deciding sentence that is enough for an answer, however many words of
/// the article the model does not know.
pub const STRONG_EVIDENCE: f64 = 0.8;

/// The verdict on one article.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Verdict {
    /// P(the article is not about the conflict); exactly 1 if it is off topic.
    pub unrelated: f64,
    /// Whether it is off topic: it names no camp and no place of the conflict's country. Then it is
    /// unrelated whatever the model's head of relevance says, its sides are all neutral, no word
    /// speaks for that, and nothing is abstained from.
    #[serde(default)]
    pub is_off_topic: bool,
    /// The verdict toward each camp, in the camps' order.
    pub camps: [CampVerdict; 2],
    /// The number of content words: Arabic words of at least two letters that are not function
    /// words.
    pub words: usize,
    /// The number of content words that the model knows: some feature begins with them. In an
    /// article that is off topic, only features of words count.
    pub known: usize,
}

impl Verdict {
    /// The lean, in [−1, 1], positive toward the first camp.
    pub fn lean(&self) -> f64 {
        lean([self.camps[0].sides.score(), self.camps[1].sides.score()])
    }

    /// The share of its content words that the model knows; 1 if it has none.
    pub fn share_known(&self) -> f64 {
        if self.words == 0 { 1.0 } else { self.known as f64 / self.words as f64 }
    }
}

/// The verdict toward one camp.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct CampVerdict {
    /// The stance that fits best.
    pub stance: Stance,
    /// Why the model abstains from `stance`, if it does.
    pub abstention: Option<Abstention>,
    /// The probabilities of the sides.
    pub sides: StanceProbabilities,
    /// The words that contributed most to `stance`, strongest first. None for `neutral`, where the
    /// model tells sides from sentences: then it is neutral because no sentence takes a side, and
    /// words that push toward it are accidents of training.
    pub words: Vec<InfluentialWord>,
    /// The sentences that decide `stance`, strongest first: each takes the side by itself with a
    /// probability of at least `MIN_EVIDENCE`. None where it takes no side, where no sentence is
    /// that strong, or where the model does not tell sides from sentences.
    #[serde(default)]
    pub sentences: Vec<DecidingSentence>,
}

/// A sentence that decides a stance.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct DecidingSentence {
    /// The sentence, from its first word to its last.
    pub sentence: String,
    /// Its bytes in title and text ([`crate::Article::full_text`]).
    pub bytes: std::ops::Range<usize>,
    /// The side that it takes.
    pub stance: Stance,
    /// The probability of that by this sentence alone ([`crate::Scorer::score_sentences`]): not
    /// calibrated, and not the probability of the article's stance.
    pub probability: f64,
}

/// Why the model abstains from a stance.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Abstention {
    /// The prediction set at the maximum error rate holds several stances, or none.
    #[error("at this risk it may be {}", any_of(.0))]
    Risk(Vec<Stance>),
    /// Most words do not occur in the training texts.
    #[error("{} in the texts that the model was trained on", unknown(*.known, *.words))]
    UnknownWords {
        /// The number of known content words.
        known: usize,
        /// The number of content words.
        words: usize,
    },
}

fn unknown(known: usize, words: usize) -> String {
    match words {
        1 => "its only word does not occur".to_owned(),
        _ => format!("only {known} of its {words} words occur"),
    }
}

/// A number of things: `1 word`, `2 words`.
pub(crate) fn counted<N: Copy + Display + PartialEq + From<u8>>(number: N, noun: &str) -> String {
    if number == N::from(1) { format!("1 {noun}") } else { format!("{number} {noun}s") }
}

fn any_of(stances: &[Stance]) -> String {
    if stances.is_empty() {
        return "anything".to_owned();
    }
    stances.iter().map(ToString::to_string).collect::<Vec<_>>().join(" or ")
}

/// A word, or an n-gram of words, that contributed to a stance.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct InfluentialWord {
    /// As it stands at its first occurrence in the article, without marks.
    pub word: String,
    /// How much it pushes toward the stance, in log-odds: the weight that an
    /// explanation shows; at least `MIN_WEIGHT`.
    pub weight: f64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_verdict_is_stored_and_read_again() {
        let camp = |abstention| CampVerdict {
            stance: Stance::Favor,
            abstention,
            sides: StanceProbabilities { favor: 0.5, neutral: 0.25, against: 0.25 },
            words: vec![InfluentialWord { word: "تحرير".to_owned(), weight: 0.5 }],
            sentences: vec![DecidingSentence {
                sentence: "حرر الجيش المدينة".to_owned(),
                bytes: 0..31,
                stance: Stance::Favor,
                probability: 0.75,
            }],
        };
        let abstentions = [
            Abstention::Risk(vec![Stance::Favor, Stance::Neutral]),
            Abstention::UnknownWords { known: 1, words: 4 },
        ];
        let camps = abstentions.map(|abstention| camp(Some(abstention)));
        let verdict = Verdict { unrelated: 0.125, is_off_topic: false, camps, words: 4, known: 1 };
        let json = serde_json::to_string(&verdict).unwrap();
        assert_eq!(serde_json::from_str::<Verdict>(&json).unwrap(), verdict);
        assert_eq!(abstentions_text(&verdict), "at this risk it may be favor or neutral");
    }

    fn abstentions_text(verdict: &Verdict) -> String {
        verdict.camps[0].abstention.as_ref().map(ToString::to_string).unwrap_or_default()
    }
}
