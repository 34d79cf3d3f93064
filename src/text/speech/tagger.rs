//! Tags the words of a text with their zones.

use std::ops::Range;

use super::clause::Clause;
use super::marks::{Gap, Mark, Quotation, quotations, read_gap};
use super::paragraphs::GoesOn;
use super::words::{SpeechWord, phrase};
use super::{Voices, Zone};
use crate::text::token::TokenKind;

/// Most words of a name in quotation marks.
const MAX_NAME: usize = 5;

/// Tags the words of a text: they are pushed one after the other, then [`Self::finish`] tags them.
#[derive(Debug, Default)]
pub(crate) struct ReportedSpeechTagger {
    words: Vec<SpeechWord>,
    /// By word, what stands before it.
    gaps: Vec<Gap>,
    marks: Vec<Mark>,
    before: Option<TokenKind>,
    quotations: Vec<Quotation>,
    /// By word: the number of its outermost quotation, from 1; 0 for none.
    quoted: Vec<u32>,
}

impl ReportedSpeechTagger {
    /// Adds the next token: the text between it and the token before, its kind and its roles.
    #[inline]
    pub(crate) fn push(&mut self, gap: &str, kind: TokenKind, word: SpeechWord) {
        let at = self.words.len();
        // Nearly all gaps are a single space, which has no meaning here.
        let gap = if gap == " " {
            Gap::default()
        } else {
            read_gap(gap, (self.before, Some(kind)), at, &mut self.marks)
        };
        self.words.push(word);
        self.gaps.push(gap);
        self.before = Some(kind);
    }

    /// Tags the words, given the text after the last one; puts the result into `voices`, and is
    /// empty again.
    pub(crate) fn finish(&mut self, gap: &str, voices: &mut Voices) {
        let n = self.words.len();
        let last = read_gap(gap, (self.before, None), n, &mut self.marks);
        self.gaps.push(last);
        let Voices { sentences, zones, own } = voices;
        sentences.clear();
        zones.clear();
        zones.resize(n, Zone::Own);
        self.find_quotations(n);
        self.tell_homographs();
        let mut start = 0;
        for at in 1..=n {
            if at == n || self.gaps[at].is(Gap::END) {
                sentences.push(start..at);
                start = at;
            }
        }
        let mut goes_on = GoesOn::No;
        for sentence in sentences.iter() {
            let clause = Clause {
                words: &self.words,
                gaps: &self.gaps,
                quoted: &self.quoted,
                quotations: &self.quotations,
                sentence: sentence.clone(),
                is_title: sentence.start == 0,
            };
            goes_on = clause.goes_on(goes_on, zones);
            if goes_on == GoesOn::No || clause.has_own_frame() {
                clause.tag(zones);
            } else {
                zones[sentence.clone()].fill(Zone::Reported);
            }
            goes_on = clause.labels(goes_on);
        }
        own.clear();
        own.extend(zones.iter().map(|zone| zone.is_own()));
        for sentence in sentences.iter() {
            tell_aims(&zones[sentence.clone()], &mut own[sentence.clone()]);
        }
        self.words.clear();
        self.gaps.clear();
        self.marks.clear();
        self.quotations.clear();
        self.quoted.clear();
        self.before = None;
    }

    /// Makes verbs of saying of the words that are some only in their place.
    fn tell_homographs(&mut self) {
        let conditional = SpeechWord::IF_SPEAKER.or(SpeechWord::IF_THAT);
        for at in 0..self.words.len() {
            let word = self.words[at];
            if word.is(conditional) {
                self.words[at] = if self.says_here(at) {
                    word.with(SpeechWord::VERB)
                } else {
                    word.joining_nothing()
                };
            }
        }
    }

    /// Whether a word that may be a verb of saying is one in its place.
    fn says_here(&self, at: usize) -> bool {
        let word = self.words[at];
        let next = match self.words.get(at + 1) {
            Some(next) if self.gaps[at + 1] == Gap::default() => *next,
            _ => return false,
        };
        let begins = || {
            let links = SpeechWord::NEW_CLAUSE.or(SpeechWord::AFTERTHOUGHT).or(SpeechWord::THEN);
            word.is(SpeechWord::AND)
                || at == 0
                || self.gaps[at].is(Gap::COMMA.or(Gap::COLON).or(Gap::END).or(Gap::LINE))
                || self.words[at - 1].is(links)
        };
        word.is(SpeechWord::IF_THAT) && next.is(SpeechWord::THAT)
            || word.is(SpeechWord::IF_SPEAKER) && next.is(SpeechWord::SPEAKER) && begins()
    }

    /// Finds the quotations of every paragraph.
    fn find_quotations(&mut self, n: usize) {
        if self.marks.is_empty() {
            return;
        }
        let mut first = 0;
        for at in 1..=n {
            if at < n && !self.gaps[at].is(Gap::LINE) {
                continue;
            }
            // A mark before the first word of the next paragraph may close this one's.
            let rest = &self.marks[first..];
            let n_here =
                if at == n { rest.len() } else { rest.partition_point(|mark| mark.is_before(at)) };
            quotations(&rest[..n_here], at, &mut self.quotations);
            first += n_here;
        }
        for number in 0..self.quotations.len() {
            let Quotation { words, closed } = &self.quotations[number];
            if !closed {
                self.quotations[number].words.end = self.end_of_open(words);
            }
        }
        // Marks around a whole post quote nobody, nor do those around a name.
        let quotations = std::mem::take(&mut self.quotations);
        let is_whole = |quotation: &Quotation| 10 * quotation.words.len() >= 9 * n && n >= 4;
        let quotes = |quotation: &Quotation| !is_whole(quotation) && !self.is_name(quotation);
        self.quotations = quotations.into_iter().filter(quotes).collect();
        self.quotations.sort_by_key(|quotation| {
            (quotation.words.start, std::cmp::Reverse(quotation.words.end))
        });
        self.quoted.resize(n, 0);
        let mut done = 0;
        for (number, quotation) in (1..).zip(&self.quotations) {
            let words = quotation.words.start.max(done)..quotation.words.end;
            if !words.is_empty() {
                done = words.end;
                self.quoted[words].fill(number);
            }
        }
    }

    /// Whether a quotation is the name of what the word before it means: حزب «…».
    fn is_name(&self, quotation: &Quotation) -> bool {
        let words = &quotation.words;
        let said = SpeechWord::VERB.or(SpeechWord::DEED).or(SpeechWord::THAT);
        let is_named = |before: usize| self.words[before].is(SpeechWord::NAMED);
        quotation.closed
            && words.len() <= MAX_NAME
            && words.start.checked_sub(1).is_some_and(is_named)
            && !self.gaps[words.start].is(Gap::COMMA.or(Gap::COLON).or(Gap::END))
            && !self.words[words.clone()].iter().any(|word| word.is(said))
    }

    /// Where a quotation that is never closed ends: with its sentence, or before it where the
    /// newsroom speaks again after a comma.
    fn end_of_open(&self, words: &Range<usize>) -> usize {
        let ends = |at: usize| {
            self.gaps[at].is(Gap::END)
                || self.gaps[at].is(Gap::COMMA)
                    && (self.words[at]
                        .is(SpeechWord::VERB.or(SpeechWord::NEW_CLAUSE).or(SpeechWord::PARTICIPLE))
                        || phrase(&self.words[at..])
                            .is_some_and(|(_, role)| role.is(SpeechWord::NEW_CLAUSE)))
        };
        (words.start + 1..words.end).find(|&at| ends(at)).unwrap_or(words.end)
    }
}

/// Counts an aim as the own voice where the newsroom tells it and nobody announces it: "the
/// operation to liberate the town from the terrorists" is the newsroom's, "the army announced an
/// operation to liberate …" the army's.
fn tell_aims(zones: &[Zone], own: &mut [bool]) {
    let mut announced = false;
    for (zone, own) in zones.iter().zip(own) {
        announced |= matches!(zone, Zone::Frame | Zone::Reported);
        *own |= *zone == Zone::Aim && !announced;
    }
}
