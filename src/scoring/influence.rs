//! The most influential words of a stance, as the article writes them, and the sentences that
//! decide it.

use std::ops::Range;

use super::sentences::sides;
use super::verdict::DecidingSentence;
use super::{InfluentialWord, MIN_EVIDENCE, MIN_WEIGHT, WORDS_NAMED};
use crate::camp::Stance;
use crate::features::evidence::SentenceEvidence;
use crate::features::sentences::{SUPPORTED, strongest};
use crate::features::{Evidence, SentenceClassifier};

/// A feature in an article: the words of its first occurrence, and how much it pushes toward a
/// class.
pub(super) type Push<'a> = (&'a Range<usize>, f64);

/// The words that push most toward a class, strongest first. Features of the same words, as they
/// are spelled, count together; those of the text as a whole are left out.
pub(super) fn strongest_words<'a>(
    text: &str,
    evidence: &'a Evidence,
    pushes: impl Iterator<Item = Push<'a>>,
) -> Vec<InfluentialWord> {
    let spelling = |(place, _): &Push<'_>| &evidence.spellings[(*place).clone()];
    let mut words: Vec<Push<'_>> = pushes.filter(|(place, _)| !place.is_empty()).collect();
    // Stable, so that what is added up is added in the order of the features.
    words.sort_by(|a, b| spelling(a).cmp(spelling(b)));
    words.dedup_by(|next, first| {
        let is_same = spelling(next) == spelling(first);
        if is_same {
            first.1 += next.1;
        }
        is_same
    });
    words.retain(|(_, push)| *push >= MIN_WEIGHT);
    let mut words: Vec<InfluentialWord> = words
        .into_iter()
        .map(|(place, weight)| InfluentialWord { word: evidence.written(text, place), weight })
        .collect();
    words.sort_by(|a, b| b.weight.total_cmp(&a.weight).then_with(|| a.word.cmp(&b.word)));
    words.truncate(WORDS_NAMED);
    words
}

/// How much each feature of the sentences that decide a camp's stance pushes toward a class, given
/// the push of one unit of a support.
pub(super) fn sentence_pushes<'a>(
    evidence: &'a Evidence,
    classifier: &'a SentenceClassifier,
    camp: usize,
    push_of: impl Fn(usize) -> f64 + 'a,
) -> impl Iterator<Item = Push<'a>> {
    (0..SUPPORTED.len()).flat_map(move |side| {
        let support = SentenceClassifier::support(camp, side);
        let chosen = strongest(&evidence.sentences, support);
        let share = push_of(support) / chosen.len().max(1) as f64;
        chosen.into_iter().flat_map(move |number| {
            let sentence = &evidence.sentences[number];
            let features = sentence.row.iter().zip(&sentence.places);
            features.map(move |((feature, value), place)| {
                (place, share * value * classifier.weight(feature, support))
            })
        })
    })
}

/// The sentences that decide a side: those of the camp's support for it that take the side by
/// themselves with a probability of at least [`MIN_EVIDENCE`], strongest first. A weaker one is no
/// evidence, even where it is the strongest.
pub(super) fn deciding_sentences(
    text: &str,
    evidence: &Evidence,
    camp: usize,
    side: usize,
) -> Vec<DecidingSentence> {
    let support = SentenceClassifier::support(camp, side);
    let sentence = |number: usize| {
        let sentence = &evidence.sentences[number];
        let sides = sides(sentence, camp);
        let (stance, probability) = match side {
            0 => (Stance::Favor, sides.favor),
            _ => (Stance::Against, sides.against),
        };
        let (sentence, bytes) = sentence_text(text, evidence, sentence)?;
        (probability >= MIN_EVIDENCE).then(|| DecidingSentence {
            sentence: sentence.to_owned(),
            bytes,
            stance,
            probability,
        })
    };
    strongest(&evidence.sentences, support).into_iter().filter_map(sentence).collect()
}

/// A sentence from its first word to its last, and its bytes; `None` of one without words.
pub(super) fn sentence_text<'a>(
    text: &'a str,
    evidence: &Evidence,
    sentence: &SentenceEvidence,
) -> Option<(&'a str, Range<usize>)> {
    let words = evidence.words.get(sentence.words.clone())?;
    let bytes = words.first()?.span.start..words.last()?.span.end;
    Some((&text[bytes.clone()], bytes))
}
