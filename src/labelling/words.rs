//! Words and phrases of an archive that behave like framing words, though the lexicon lacks them.
//!
//! A candidate is a run of one to three words of an own voice, without names of parties and without
//! words of the lexicon ([`phrases`]). Two measures tell whether it is like the words of the
//! lexicon:
//!
//! - **Association**: does it stand in the sentences in which the lexicon's praising and hostile
//!   words stand? Dunning's log-likelihood ratio G² of the two-by-two table of sentences (Dunning
//!   1993, "Accurate Methods for the Statistics of Surprise and Coincidence"), negative where it
//!   stands there less often than by chance.
//! - **Keyness**: is it more frequent than in plain news? The log-odds ratio with an informative
//!   Dirichlet prior, and its z-score ([`crate::outlets::log_odds::log_odds`]).
//!
//! The root of G² and z are both standard normal where there is nothing; candidates are ranked by
//! the mean of the two (Stouffer's method), and must be above chance by both.

mod decision;
mod phrases;
mod ranking;

use std::ops::Range;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::article::Article;
use crate::camp::Camps;
use crate::text::isolate::plain;
use crate::text::lexicon::LEXICON;
use crate::text::{AnalyzedText, OwnWord, TextReader};
pub use decision::decision;
use phrases::SentenceWords;
pub use ranking::{FramingCandidate, rounded};

/// Most words of a candidate.
pub const MAX_WORDS: usize = 3;

/// How often a candidate must stand in the archive, where nothing else is said.
pub const MIN_COUNT: u32 = 5;

/// How many candidates are shown, where nothing else is said.
pub const TOP: usize = 50;

/// With fewer sentences with judging words, an association is hardly more than chance.
const MIN_FRAMED: u64 = 50;

/// The warning of an archive with so few sentences with judging words.
pub fn too_few(n_framed: u64) -> Option<String> {
    (n_framed < MIN_FRAMED).then(|| {
        format!(
            "fewer than {MIN_FRAMED} sentences of an own voice have praising or hostile words of \
             the lexicon: what stands beside them stands there by chance as likely as not; give \
             more articles"
        )
    })
}

/// Most different candidates that are counted; those that were met once are then dropped.
const MAX_COUNTED: usize = 1 << 20;

/// Most places of a candidate that are shown, and most words on either side of it.
const MAX_CONTEXTS: u32 = 3;
const MAX_CONTEXT_WORDS: usize = 7;

/// A place of a candidate in a text (keyword in context).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WordInContext {
    /// Id of the article.
    pub article: String,
    /// The words before it.
    pub before: String,
    /// It, as it stands there.
    pub word: String,
    /// The words after it.
    pub after: String,
}

impl WordInContext {
    /// The place of the tokens `at` in a text.
    fn new(article: &str, read: &AnalyzedText, at: &Range<usize>) -> Self {
        let text = |tokens: Range<usize>| {
            let bytes = match (read.tokens.get(tokens.start), tokens.end.checked_sub(1)) {
                (Some(first), Some(last)) if tokens.start < tokens.end => {
                    first.span.start..read.tokens[last].span.end
                }
                _ => return String::new(),
            };
            plain(&read.text[bytes].split_whitespace().collect::<Vec<_>>().join(" "))
        };
        let end = (at.end + MAX_CONTEXT_WORDS).min(read.tokens.len());
        Self {
            article: plain(article),
            before: text(at.start.saturating_sub(MAX_CONTEXT_WORDS)..at.start),
            word: text(at.clone()),
            after: text(at.end..end),
        }
    }
}

/// What is counted of a candidate.
#[derive(Clone, Debug, Default)]
struct Counts {
    /// How often it stands in an own voice of the archive, and of plain news.
    archive: u32,
    plain: u32,
    /// In how many articles and sentences of the archive, and the last ones.
    articles: u32,
    sentences: u32,
    last: Option<(u32, u64)>,
    /// In how many sentences with a judging word of the lexicon.
    framed: u32,
    /// In how many sentences with a word of each class.
    classes: FxHashMap<usize, u32>,
    contexts: Vec<WordInContext>,
}

impl Counts {
    /// Adds the counts of another spelling of the same candidate.
    fn join(&mut self, other: Self) {
        self.archive += other.archive;
        self.plain += other.plain;
        // Both may stand in one article: what is certain is the larger number.
        self.articles = self.articles.max(other.articles);
        self.sentences += other.sentences;
        self.framed += other.framed;
        for (class, count) in other.classes {
            *self.classes.entry(class).or_default() += count;
        }
        self.contexts.extend(other.contexts);
        self.contexts.truncate(MAX_CONTEXTS as usize);
    }
}

/// Counts the words of an archive, and of plain news to compare it with.
#[derive(Debug)]
pub struct WordCounter {
    reader: TextReader,
    counts: FxHashMap<String, Counts>,
    /// How often a candidate must stand in the archive.
    min_count: u32,
    n_articles: u32,
    /// How many sentences have an own voice, have a judging word, and a word of each class.
    n_sentences: u64,
    n_framed: u64,
    n_of_class: Vec<u64>,
    /// How many runs of each length stand in the archive, and in plain news.
    n_archive: [u64; MAX_WORDS],
    n_plain: [u64; MAX_WORDS],
    n_dropped: usize,
}

impl WordCounter {
    /// A counter for texts about these camps; `own_words` are words that the lexicon has, too. A
    /// candidate must stand in the archive `min_count` times.
    pub fn new(camps: &Camps, own_words: &[OwnWord], min_count: u32) -> Self {
        Self {
            reader: TextReader::with_words(camps, own_words),
            counts: FxHashMap::default(),
            min_count,
            n_articles: 0,
            n_sentences: 0,
            n_framed: 0,
            n_of_class: vec![0; LEXICON.classes.len()],
            n_archive: [0; MAX_WORDS],
            n_plain: [0; MAX_WORDS],
            n_dropped: 0,
        }
    }

    /// How many articles of the archive were counted.
    pub fn n_articles(&self) -> u32 {
        self.n_articles
    }

    /// How many sentences of the archive have a praising or hostile word of the lexicon in an own
    /// voice, and how many have an own voice.
    pub fn n_framed(&self) -> (u64, u64) {
        (self.n_framed, self.n_sentences)
    }

    /// How many candidates were dropped because there were too many.
    pub fn n_dropped(&self) -> usize {
        self.n_dropped
    }

    fn read(&self, articles: &[Article]) -> Vec<(AnalyzedText, Vec<SentenceWords>)> {
        let read = articles.par_iter().map(|article| {
            let read = self.reader.read_article(article);
            let sentences = phrases::sentences(&read);
            (read, sentences)
        });
        read.collect()
    }

    /// Counts articles of the archive. The counts are the same in whatever parts it comes.
    pub fn add(&mut self, articles: &[Article]) {
        // The places of a candidate are kept when it is almost frequent enough: most words are
        // rare, and the places of all of them would take more memory than the archive.
        let n_passed = self.min_count.saturating_sub(MAX_CONTEXTS);
        for (article, (read, sentences)) in articles.iter().zip(self.read(articles)) {
            for SentenceWords { classes, candidates } in sentences {
                let is_framed = classes.iter().any(|&class| phrases::is_judging(class));
                self.n_sentences += 1;
                self.n_framed += u64::from(is_framed);
                for &class in &classes {
                    self.n_of_class[class] += 1;
                }
                let here = (self.n_articles, self.n_sentences);
                for (word, tokens) in candidates {
                    self.n_archive[tokens.len() - 1] += 1;
                    let counts = self.counts.entry(word).or_default();
                    counts.archive += 1;
                    counts.articles +=
                        u32::from(counts.last.is_none_or(|(article, _)| article != here.0));
                    if counts.last != Some(here) {
                        counts.sentences += 1;
                        counts.framed += u32::from(is_framed);
                        for &class in &classes {
                            *counts.classes.entry(class).or_default() += 1;
                        }
                    }
                    counts.last = Some(here);
                    if counts.archive > n_passed && counts.contexts.len() < MAX_CONTEXTS as usize {
                        counts.contexts.push(WordInContext::new(&article.id, &read, &tokens));
                    }
                }
            }
            self.n_articles += 1;
            if self.counts.len() > MAX_COUNTED {
                let before = self.counts.len();
                self.counts.retain(|_, counts| counts.archive > 1);
                self.n_dropped += before - self.counts.len();
            }
        }
    }

    /// Counts plain news, to compare the archive with: after the archive.
    pub fn add_plain(&mut self, articles: &[Article]) {
        for (_, sentences) in self.read(articles) {
            for (word, tokens) in sentences.into_iter().flat_map(|words| words.candidates) {
                self.n_plain[tokens.len() - 1] += 1;
                if let Some(counts) = self.counts.get_mut(&word) {
                    counts.plain += 1;
                }
            }
        }
    }

    /// Whether the lexicon has a word, or a part of it.
    fn is_covered(&self, word: &str) -> bool {
        let has = |text: &str| !self.reader.read_text(text.to_owned()).findings.hits.is_empty();
        has(word) || word.split(' ').any(has)
    }
}

#[cfg(test)]
mod tests;
