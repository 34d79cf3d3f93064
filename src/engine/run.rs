//! One run over sources: read, score, write.

use std::iter;

use super::diagnostic::Diagnostic;
use super::error::EngineError;
use super::pool::OrderedPool;
use super::reader::{ReadAhead, Step};
use super::sink::{LineFormat, Sink};
use super::source::Source;
use super::summary::RunSummary;
use crate::intake::{IntakeArticle, IntakeError, IntakeOptions};
use crate::record::ScoreRecord;
use crate::scoring::Scorer;

/// The name under which a record keeps the name of its source.
pub const FILE_FIELD: &str = "file";

/// Scores all articles of some sources and hands a record of each to a sink, in order. One thread
/// reads, all score, one writes. At most 8 MB are read ahead. The records do not depend on the
/// number of threads.
///
/// ```
/// use mizan::parts::Diagnostic;
/// use mizan::{LineFormat, LineSink, Model, Scorer, ScoringRun, Source};
///
/// let articles = r#"{"id": "1", "text": "أعلنت حكومة الوفاق الوطني وقف إطلاق النار في طرابلس"}"#;
/// let scorer = Scorer::new(Model::embedded()?)?;
/// let (mut scores, mut reports) = (Vec::new(), Vec::new());
/// let mut sink = LineSink::new(&mut scores, LineFormat::JsonLines, scorer.camps(), &[])?;
/// let sources = vec![Source::from_reader("news.jsonl", articles.as_bytes())];
/// let summary = ScoringRun::new(&scorer)
///     .run(sources, &mut sink, &mut |diagnostic: Diagnostic| reports.push(diagnostic))?;
/// drop(sink);
/// assert_eq!((summary.articles, summary.failed), (1, 0));
/// assert!(scores.starts_with(br#"{"id":"1","#));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct ScoringRun<'a> {
    scorer: &'a Scorer,
    intake: IntakeOptions,
    n_threads: usize,
    by_sentence: bool,
    names_sources: bool,
    describe: fn(&IntakeError) -> String,
}

/// Watches a run, and may stop it. A closure `FnMut(Diagnostic)` is an observer, too.
pub trait RunObserver {
    /// Takes what there is to report.
    fn diagnose(&mut self, diagnostic: Diagnostic);

    /// Sees each record before it is written.
    fn scored(&mut self, _record: &ScoreRecord) {}

    /// Sees how far the run is, after each batch of articles.
    fn progressed(&mut self, _summary: &RunSummary) {}

    /// Everything read so far is written and flushed, and the run waits for input.
    fn idle(&mut self) {}

    /// Whether the run shall stop. Asked before and after each wait for input; a batch that was
    /// begun is written to its end.
    fn is_stop_requested(&mut self) -> bool {
        false
    }
}

impl<F: FnMut(Diagnostic)> RunObserver for F {
    fn diagnose(&mut self, diagnostic: Diagnostic) {
        self(diagnostic);
    }
}

/// What becomes of a step of reading.
enum Outcome {
    Diagnostic(Diagnostic),
    Scored { record: Box<ScoreRecord>, line: Vec<u8>, of: Of, is_own_encoding: bool },
}

/// What the error of a record is about, if it has one.
#[derive(Clone, Copy)]
enum Of {
    Article,
    Source,
    RestOfSource,
}

impl<'a> ScoringRun<'a> {
    /// A run of `scorer` with usual options, on one thread for each processor.
    pub fn new(scorer: &'a Scorer) -> Self {
        Self {
            scorer,
            intake: IntakeOptions::default(),
            n_threads: 0,
            by_sentence: false,
            names_sources: false,
            describe: ToString::to_string,
        }
    }

    /// Sets how sources are read. Records keep the values of `intake.fields.kept`.
    #[must_use]
    pub fn with_intake(mut self, intake: IntakeOptions) -> Self {
        self.intake = intake;
        self
    }

    /// Sets how many threads score; 0 is one for each processor.
    #[must_use]
    pub fn with_threads(mut self, n_threads: usize) -> Self {
        self.n_threads = n_threads;
        self
    }

    /// Sets whether records have every sentence of the article ([`Scorer::score_sentences`]). An
    /// article is then read by the general extractor, which takes some times as long. Records of a
    /// model that does not tell sides from sentences have an error.
    #[must_use]
    pub fn with_sentences(mut self, by_sentence: bool) -> Self {
        self.by_sentence = by_sentence;
        self
    }

    /// Sets whether records keep the name of the source that they are from, behind the fields of
    /// the input, as `file`. Articles of several tables may have the same ids.
    #[must_use]
    pub fn with_source_names(mut self, names_sources: bool) -> Self {
        self.names_sources = names_sources;
        self
    }

    /// Sets how records and diagnostics describe what cannot be read; by default as the error does.
    #[must_use]
    pub fn with_error_text(mut self, describe: fn(&IntakeError) -> String) -> Self {
        self.describe = describe;
        self
    }

    /// Scores every article of `sources`. An article that cannot be scored, or a source that cannot
    /// be read, gives a record with its error and a [`Diagnostic`].
    ///
    /// # Errors
    /// When the sink fails, or threads cannot be started.
    pub fn run(
        &self,
        sources: Vec<Source>,
        sink: &mut dyn Sink,
        observer: &mut dyn RunObserver,
    ) -> Result<RunSummary, EngineError> {
        let format = sink.format();
        let mut reader = ReadAhead::new(sources, self.intake.clone())?;
        let mut pool = OrderedPool::new(self.n_threads);
        let mut summary = RunSummary::default();
        while !observer.is_stop_requested()
            && let Some(mut batch) = reader.next_batch(|| {
                sink.flush()?;
                observer.idle();
                Ok(())
            })?
            && !observer.is_stop_requested()
        {
            batch.retain(|step| !step.is_record() || !sink.skips_next());
            let n_articles = batch.iter().filter(|step| matches!(step, Step::Article(..))).count();
            for outcome in pool.map(batch, n_articles, |step| self.outcome(step, format))? {
                match outcome {
                    Outcome::Diagnostic(diagnostic) => observer.diagnose(diagnostic),
                    Outcome::Scored { record, line, of, is_own_encoding } => {
                        observer.scored(&record);
                        if let Some(reading) = record.reading.as_ref().filter(|_| is_own_encoding) {
                            let (id, encoding) = (record.id.clone(), reading.encoding.clone());
                            observer.diagnose(Diagnostic::OwnEncoding { id, encoding });
                        }
                        diagnose(&record, of, observer);
                        if sink.write(&record, &line)? {
                            summary.add(&record);
                        }
                    }
                }
            }
            summary.n_bytes = reader.n_bytes();
            observer.progressed(&summary);
        }
        summary.n_bytes = reader.n_bytes();
        sink.flush()?;
        Ok(summary)
    }

    /// What becomes of a step: the costly part, done on any thread.
    fn outcome(&self, step: Step, format: Option<LineFormat>) -> Outcome {
        let mut of = match &step {
            Step::Failed { error: IntakeError::BrokenOff(_), .. } => Of::RestOfSource,
            Step::Failed { .. } => Of::Source,
            _ => Of::Article,
        };
        let file = match &step {
            Step::Article(_, source) => Some(source.to_string()),
            Step::Failed { source, .. } => Some(source.clone()),
            Step::Diagnostic(_) => None,
        };
        let failed = |id, message| ScoreRecord::from_failure(self.scorer, id, message);
        let (mut kept_values, mut is_own_encoding) = (Vec::new(), false);
        let mut record = match step {
            Step::Diagnostic(diagnostic) => return Outcome::Diagnostic(diagnostic),
            Step::Failed { source, error } => failed(source, (self.describe)(&error)),
            Step::Article(raw, source) => match raw.finish() {
                Err(unreadable) => {
                    let is_named = unreadable.place.starts_with(&*source);
                    if matches!(unreadable.error, IntakeError::BrokenOff(_)) {
                        of = Of::RestOfSource;
                    }
                    let (record, kept) =
                        ScoreRecord::from_unreadable(self.scorer, unreadable, self.describe);
                    kept_values = kept;
                    if is_named { record } else { record.with_failure_in(&source) }
                }
                Ok(IntakeArticle { article, notes, kept, .. }) => {
                    kept_values = kept;
                    is_own_encoding = notes.is_own_encoding;
                    ScoreRecord::from_article(self.scorer, article, &notes, self.by_sentence)
                }
            },
        };
        let values = kept_values.into_iter().chain(iter::repeat(None));
        record.kept = self.intake.fields.kept.iter().cloned().zip(values).collect();
        if self.names_sources {
            record.kept.push((FILE_FIELD.to_owned(), file));
        }
        let line = format.map(|format| format.encode(&record));
        let (record, line) = (Box::new(record), line.unwrap_or_default());
        Outcome::Scored { record, line, of, is_own_encoding }
    }
}

/// Reports what is wrong with a record, if anything is.
fn diagnose(record: &ScoreRecord, of: Of, observer: &mut dyn RunObserver) {
    if let Some(reading) = record.reading.as_ref().filter(|reading| reading.replaced > 0) {
        observer.diagnose(Diagnostic::BytesReplaced {
            id: record.id.clone(),
            encoding: reading.encoding.clone(),
            n_replaced: reading.replaced,
        });
    }
    if let Some(mending) = record.reading.as_ref().and_then(|reading| reading.mended) {
        observer.diagnose(Diagnostic::Mended { id: record.id.clone(), mending });
    }
    if let Err(message) = &record.scores {
        let (id, message) = (record.id.clone(), message.clone());
        observer.diagnose(match of {
            Of::Article => Diagnostic::ArticleFailed { id, message },
            Of::Source => Diagnostic::SourceFailed { source: id, message },
            Of::RestOfSource => Diagnostic::SourceBrokenOff { source: id, message },
        });
    }
}

#[cfg(test)]
mod tests;
