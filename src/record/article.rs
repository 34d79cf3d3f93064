//! Articles → records: of those that can be scored, and of those that cannot be read.

use super::{JudgedSentence, ScoreRecord};
use crate::article::Article;
use crate::intake::{ArticleMetadata, IntakeError, IntakeNotes, UnreadableArticle};
use crate::scoring::Scorer;
use crate::text::isolate::plain;

impl ScoreRecord {
    /// The record of an article that `scorer` scores, with all its sentences if `by_sentence` says
    /// so.
    pub(crate) fn from_article(
        scorer: &Scorer,
        article: Article,
        notes: &IntakeNotes,
        by_sentence: bool,
    ) -> Self {
        if !by_sentence {
            let verdict = scorer.score(&article);
            return Self::from_verdict(scorer, article, notes, verdict);
        }
        let (verdict, sentences) = scorer.score_with_sentences(&article).map_or_else(
            |error| (Err(error), Vec::new()),
            |(verdict, sentences)| (Ok(verdict), sentences),
        );
        let mut record = Self::from_verdict(scorer, article, notes, verdict);
        if let Ok(scores) = &mut record.scores {
            let judged = |verdict| JudgedSentence::from_verdict(scorer, verdict);
            scores.sentences = sentences.into_iter().map(judged).collect();
        }
        record
    }

    /// The record of an article that cannot be read: under its id where it has one, else under its
    /// place. `describe` tells what is wrong. The second value are the fields that are kept.
    pub(crate) fn from_unreadable(
        scorer: &Scorer,
        unreadable: UnreadableArticle,
        describe: impl Fn(&IntakeError) -> String,
    ) -> (Self, Vec<Option<String>>) {
        let UnreadableArticle { place, metadata, kept, error, .. } = unreadable;
        let message = describe(&error);
        let ArticleMetadata { id, outlet, date, event, .. } = *metadata;
        // An id of control characters alone is none that a message could show.
        let failed = match id.filter(|id| !plain(id).trim().is_empty()) {
            Some(id) => Self::from_failure(scorer, id, format!("{place}: {message}")),
            None => Self::from_failure(scorer, place, message),
        };
        (Self { outlet, date, event, ..failed }, kept)
    }

    /// The same, with what its error is in: an archive, whose members have names of their own.
    pub(crate) fn with_failure_in(self, source: &str) -> Self {
        let scores = self.scores.map_err(|message| format!("{source}: {message}"));
        Self { scores, ..self }
    }
}
