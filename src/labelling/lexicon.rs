//! The lexicon of the set, as the page shows candidates for it and decides on them.

use super::session::{Session, SessionError, text_of};
use super::words::{FramingCandidate, MIN_COUNT, TOP, WordCounter, decision};
use super::writing::locked;
use crate::article::Article;
use crate::camp::Camps;
use crate::labels::lexicon::LEXICON_FILE;
use crate::labels::problem::LabelledSetError;
use crate::labels::{SetLexicon, SourceText};
use crate::text::own_words::check_pattern;

/// What candidates are found in: it is copied, so that labelling goes on meanwhile.
#[derive(Debug)]
pub struct Archive {
    camps: Camps,
    lexicon: SetLexicon,
    articles: Vec<Article>,
}

impl Archive {
    /// The candidates among the words, against those of `plain` news; none that were decided on.
    /// And how many sentences have judging words, which they were found by.
    pub fn candidates(&self, plain: &[Article]) -> (Vec<FramingCandidate>, u64) {
        let mut counter = WordCounter::new(&self.camps, &self.lexicon.accepted, MIN_COUNT);
        counter.add(&self.articles);
        counter.add_plain(plain);
        let (n_framed, _) = counter.n_framed();
        (counter.ranked(TOP, |word| self.lexicon.decision(word).is_some()), n_framed)
    }
}

impl Session {
    /// The articles of the set, with what its lexicon has.
    ///
    /// # Errors
    /// When the lexicon cannot be read.
    pub fn archive(&self) -> Result<Archive, SessionError> {
        let there = self.articles.iter().filter(|entry| !entry.is_gone);
        Ok(Archive {
            camps: self.camps.clone(),
            lexicon: self.lexicon()?,
            articles: there.map(|entry| entry.article.clone()).collect(),
        })
    }

    fn lexicon(&self) -> Result<SetLexicon, SessionError> {
        if self.store.stamp(LEXICON_FILE).is_none() {
            return Ok(SetLexicon::default());
        }
        let text = text_of(&*self.store, LEXICON_FILE)?;
        let name = self.store.full_name(LEXICON_FILE);
        match SetLexicon::from_file(&SourceText::new(name, text)) {
            (lexicon, problems) if problems.is_empty() => Ok(lexicon),
            (_, problems) => Err(SessionError::Broken(LabelledSetError { problems }.to_string())),
        }
    }

    /// Writes what was decided of a word: `said` is a class, `refuse`, or nothing, which takes back
    /// what was decided. How many words are accepted and refused then.
    ///
    /// # Errors
    /// When it is no word or no decision, or the lexicon cannot be read or written.
    pub fn decide_word(&self, word: &str, said: &str) -> Result<(usize, usize), SessionError> {
        check_pattern(word).map_err(|error| SessionError::Invalid(error.to_string()))?;
        let decision = decision(said, None).map_err(SessionError::Invalid)?;
        let _lock = locked(&*self.store)?;
        let mut lexicon = self.lexicon()?;
        lexicon.decide(word, decision);
        self.store.replace(LEXICON_FILE, lexicon.to_toml().as_bytes()).map_err(|source| {
            SessionError::Io { name: self.store.full_name(LEXICON_FILE), source }
        })?;
        Ok((lexicon.accepted.len(), lexicon.refused.len()))
    }
}
