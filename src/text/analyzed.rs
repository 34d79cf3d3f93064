//! A text that was read: its tokens and what was found in it.

use std::ops::Range;
use std::sync::Arc;

use super::Token;
use super::referents::Mention;
use super::script::normalise;
use super::speech::Voices;
use super::targets::Target;

/// A phrase of the framing lexicon.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LexiconHit {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// Number of its class in the lexicon.
    pub class: usize,
    /// Whom it is about, and the opponent where it tells of a fight.
    pub targets: [Option<Target>; 2],
}

/// What was found in a text, by the numbers of its tokens; empty if the reader knows no camps.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TextFindings {
    /// Its sentences, and which tokens are the article's own voice.
    pub voices: Voices,
    /// Where parties are mentioned, in order.
    pub mentions: Vec<Mention>,
    /// Where words of the lexicon stand.
    pub hits: Vec<LexiconHit>,
    /// Whether a camp is named by a name that is only its own, or a place, body or person of the
    /// conflict's country is named; twice in a text of more than 60 words. A text without that is
    /// not about the conflict. Any text is on topic where the camps file lists no such names.
    pub on_topic: bool,
}

impl TextFindings {
    /// Removes all that was found.
    pub(crate) fn clear(&mut self) {
        let Self { voices: Voices { sentences, zones, own }, mentions, hits, on_topic } = self;
        sentences.clear();
        zones.clear();
        own.clear();
        mentions.clear();
        hits.clear();
        *on_topic = false;
    }
}

/// A text with its tokens and what was found in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnalyzedText {
    /// The text.
    pub text: String,
    /// Its tokens, in order.
    pub tokens: Vec<Token>,
    /// What was found in it.
    pub findings: TextFindings,
    /// The ids of the camps, by number; empty if the reader knows none.
    pub camps: Arc<[String]>,
}

impl AnalyzedText {
    /// Whether nothing in it ties it to the camps' conflict.
    pub fn is_off_topic(&self) -> bool {
        !self.camps.is_empty() && !self.findings.on_topic
    }

    /// The tokens that begin and end within a range of bytes.
    pub(crate) fn tokens_in(&self, bytes: &Range<usize>) -> Range<usize> {
        let first = self.tokens.partition_point(|token| token.span.start < bytes.start);
        first..self.tokens.partition_point(|token| token.span.end <= bytes.end).max(first)
    }

    /// The words of some tokens, normalised and joined by spaces.
    pub fn words(&self, tokens: &Range<usize>) -> String {
        self.tokens[tokens.clone()]
            .iter()
            .map(|token| normalise(&self.text[token.span.clone()]))
            .collect::<Vec<_>>()
            .join(" ")
    }
}
