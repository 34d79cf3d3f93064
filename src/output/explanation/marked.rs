//! The whole text in pieces, each with what it says of the camps.
//!
//! A mark has one of two meanings, in every form: it speaks *for* the camp that it names, or
//! *against* it. Sentences are marked that decide a stance, and in them the words, as far as they
//! weigh. Where no sentence decides a side that is taken, words are marked wherever they stand.

use std::ops::Range;

use crate::camp::Stance;
use crate::model::HeadId;
use crate::scoring::explanation::{Explanation, push};
use crate::scoring::{CampVerdict, DecidingSentence, MIN_WEIGHT};

/// A piece of the text: a word, or what is between words.
#[derive(Clone, Debug)]
pub(in crate::output) struct Piece<'a> {
    /// The original text; escape it before it is written.
    pub(in crate::output) text: &'a str,
    /// Whether it is the author's own voice, not reported speech.
    pub(in crate::output) own: bool,
    /// What its sentence decides; empty for one that decides nothing.
    pub(in crate::output) decides: Vec<Decided>,
    /// What the word added, if it is marked.
    pub(in crate::output) added: Option<Added>,
}

/// What a sentence decides.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::output) struct Decided {
    /// The number of the camp.
    pub(in crate::output) camp: usize,
    /// The side that the sentence takes.
    pub(in crate::output) stance: Stance,
    /// The probability of that by the sentence alone.
    pub(in crate::output) probability: f64,
}

/// What a word added.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::output) struct Added {
    /// The number of the camp.
    pub(in crate::output) camp: usize,
    /// The side that it speaks for most: for the camp, or against it.
    pub(in crate::output) stance: Stance,
    /// How much more it added to that side than to the others on average.
    pub(in crate::output) push: f64,
}

/// The sentences that decide for a camp, which have no byte in common, by where they begin.
type DecidingSpans = Vec<(Range<usize>, Decided)>;

/// What the sentence decides that holds these bytes; there may be thousands of both.
fn holding(spans: &DecidingSpans, bytes: &Range<usize>) -> Option<Decided> {
    let n_before = spans.partition_point(|(span, _)| span.start <= bytes.start);
    let (span, decided) = spans[..n_before].last()?;
    (bytes.end <= span.end).then_some(*decided)
}

/// Splits the whole text into pieces.
pub(in crate::output) fn pieces(explanation: &Explanation) -> Vec<Piece<'_>> {
    let read = &explanation.read;
    let (tokens, own) = (&read.tokens, &read.findings.voices.own);
    let deciding = deciding(explanation);
    let added = added(explanation, &deciding);
    let decides = |bytes: &Range<usize>| -> Vec<Decided> {
        deciding.iter().filter_map(|spans| holding(spans, bytes)).collect()
    };
    let mut pieces = Vec::with_capacity(2 * tokens.len() + 1);
    let mut end = 0;
    for (number, token) in tokens.iter().enumerate() {
        if end < token.span.start {
            // What stands between two words of a quotation is of it.
            let between = number > 0 && !own[number - 1] && !own[number];
            pieces.push(Piece {
                text: &read.text[end..token.span.start],
                own: !between,
                decides: decides(&(end..token.span.start)),
                added: None,
            });
        }
        pieces.push(Piece {
            text: &read.text[token.span.clone()],
            own: own[number],
            decides: decides(&token.span),
            added: added[number],
        });
        end = token.span.end;
    }
    pieces.push(Piece { text: &read.text[end..], own: true, decides: Vec::new(), added: None });
    pieces
}

/// For each camp, the sentences that decide for it.
fn deciding(explanation: &Explanation) -> Vec<DecidingSpans> {
    let of_camp = |(camp, verdict): (usize, &CampVerdict)| {
        let decided = |sentence: &DecidingSentence| {
            let (stance, probability) = (sentence.stance, sentence.probability);
            (sentence.bytes.clone(), Decided { camp, stance, probability })
        };
        let mut spans: DecidingSpans = verdict.sentences.iter().map(decided).collect();
        spans.sort_by_key(|(span, _)| span.start);
        spans
    };
    explanation.verdict.camps.iter().enumerate().map(of_camp).collect()
}

/// What each word added, by token.
fn added(explanation: &Explanation, deciding: &[DecidingSpans]) -> Vec<Option<Added>> {
    let tokens = &explanation.read.tokens;
    let mut added: Vec<Option<Added>> = vec![None; tokens.len()];
    for (camp, verdict) in explanation.verdict.camps.iter().enumerate() {
        if !matches!(verdict.stance, Stance::Favor | Stance::Against) {
            continue;
        }
        let spans = &deciding[camp];
        let words = explanation.words(HeadId::Camp(camp));
        for ((token, by_class), added) in tokens.iter().zip(words).zip(&mut added) {
            if !spans.is_empty() && holding(spans, &token.span).is_none() {
                continue;
            }
            let (stance, push) = side(&by_class);
            let is_stronger = added.is_none_or(|other| other.push < push);
            if stance != Stance::Neutral && push >= MIN_WEIGHT && is_stronger {
                *added = Some(Added { camp, stance, push });
            }
        }
    }
    added
}

/// The side that a word contributes to most, and how much more than to the others.
fn side(by_class: &[f64]) -> (Stance, f64) {
    let pushes = Stance::SIDES.into_iter().enumerate();
    let pushes = pushes.map(|(class, stance)| (stance, push(by_class, class)));
    pushes.max_by(|a, b| a.1.total_cmp(&b.1)).unwrap_or((Stance::Neutral, 0.0))
}

/// The largest push of a marked word.
pub(in crate::output) fn strongest(pieces: &[Piece<'_>]) -> f64 {
    let pushes = pieces.iter().filter_map(|piece| piece.added).map(|added| added.push);
    pushes.fold(f64::MIN_POSITIVE, f64::max)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_of_the_side_that_it_speaks_for_most() {
        let sides = [[1.0, 0.0, 0.5], [-1.0, 0.0, -0.5], [-1.0, -0.5, 0.0]].map(|one| side(&one).0);
        assert_eq!(sides, [Stance::Favor, Stance::Neutral, Stance::Against]);
    }
}
