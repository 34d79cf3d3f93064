//! The candidates of a text: runs of words of its own voice.

use std::collections::BTreeSet;
use std::ops::Range;

use super::MAX_WORDS;
use crate::text::lexicon::{LEXICON, Sense};
use crate::text::phrase_words::one_spelling;
use crate::text::script::normalise;
use crate::text::stem::strip_article;
use crate::text::{AnalyzedText, TokenKind};

/// Fewest letters of a word that is a candidate by itself, or that is left of one.
const MIN_LETTERS: usize = 3;

/// Clitics that are written with a word; the article is taken off before.
const CLITICS: [&str; 9] = ["و", "ف", "ب", "ك", "ل", "س", "وب", "ول", "وس"];

/// A sentence with an own voice: the classes of its lexicon words, and its candidates with their
/// tokens.
pub(super) struct SentenceWords {
    pub(super) classes: Vec<usize>,
    pub(super) candidates: Vec<(String, Range<usize>)>,
}

/// Whether words of a class praise or blame by themselves.
pub(super) fn is_judging(class: usize) -> bool {
    LEXICON.classes.get(class).is_some_and(|class| class.sense != Sense::None)
}

/// The sentences of a text that have an own voice.
pub(super) fn sentences(read: &AnalyzedText) -> Vec<SentenceWords> {
    let findings = &read.findings;
    let mut is_free = findings.voices.own.clone();
    let taken = findings.hits.iter().map(|hit| &hit.tokens);
    for tokens in taken.chain(findings.mentions.iter().map(|mention| &mention.tokens)) {
        is_free[tokens.clone()].fill(false);
    }
    for (is_free, token) in is_free.iter_mut().zip(&read.tokens) {
        *is_free &= token.kind == TokenKind::Arabic;
    }
    let sentences = &findings.voices.sentences;
    let own = sentences
        .iter()
        .zip(classes(read))
        .filter(|(sentence, _)| findings.voices.own[(*sentence).clone()].contains(&true));
    own.map(|(sentence, classes)| SentenceWords {
        classes: classes.into_iter().collect(),
        candidates: candidates(read, sentence, &is_free),
    })
    .collect()
}

/// The classes of each sentence's lexicon words in an own voice. Each word is looked at once, not
/// once for every sentence: a text may have many of both.
fn classes(read: &AnalyzedText) -> Vec<BTreeSet<usize>> {
    let voices = &read.findings.voices;
    let mut classes = vec![BTreeSet::new(); voices.sentences.len()];
    for hit in read.findings.hits.iter().filter(|hit| voices.own[hit.tokens.start]) {
        let at = voices.sentences.partition_point(|sentence| sentence.end <= hit.tokens.start);
        if voices.sentences.get(at).is_some_and(|it| it.contains(&hit.tokens.start)) {
            classes[at].insert(hit.class);
        }
    }
    classes
}

/// Runs of one to three free words of a sentence with nothing but space between them, which neither
/// begin nor end with a function word.
fn candidates(
    read: &AnalyzedText,
    sentence: &Range<usize>,
    is_free: &[bool],
) -> Vec<(String, Range<usize>)> {
    let mut found = Vec::new();
    for start in sentence.clone() {
        if !is_free[start] || !read.tokens[start].is_content() {
            continue;
        }
        for end in start + 1..=(start + MAX_WORDS).min(sentence.end) {
            let last = end - 1;
            let is_joined = last == start || {
                let between = read.tokens[last - 1].span.end..read.tokens[last].span.start;
                read.text[between].trim().is_empty()
            };
            if !is_free[last] || !is_joined {
                break;
            }
            if read.tokens[last].is_content() {
                let word = pattern(read, &(start..end));
                if word.contains(' ') || word.chars().count() >= MIN_LETTERS {
                    found.push((word, start..end));
                }
            }
        }
    }
    found
}

/// Some tokens as a pattern of the lexicon: in one spelling, the first without its article.
fn pattern(read: &AnalyzedText, tokens: &Range<usize>) -> String {
    let words = read.tokens[tokens.clone()].iter().enumerate().map(|(number, token)| {
        let word = normalise(&read.text[token.span.clone()]);
        one_spelling(if number == 0 { strip_article(&word) } else { &word }).into_owned()
    });
    words.collect::<Vec<_>>().join(" ")
}

/// What a candidate may be without a clitic before its first word: all that can be, longest clitic
/// first.
pub(super) fn without_clitics(word: &str) -> impl Iterator<Item = &str> {
    CLITICS.iter().rev().filter_map(|clitic| word.strip_prefix(clitic)).filter(|rest| {
        rest.split(' ').next().is_some_and(|first| first.chars().count() >= MIN_LETTERS)
    })
}
