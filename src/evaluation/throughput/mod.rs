//! How fast articles go through the house, stage by stage: what a stopwatch is held to
//! (`mizan bench`, `cargo bench`).
//!
//! Each stage does its work on one article and gives a number that depends on it, so that no work
//! can be left out. Checking that the same bytes are UTF-8 ([`Stage::Validate`]) is the yardstick:
//! nothing can read text faster.

mod measured;

use std::hint::black_box;

use rayon::prelude::*;
use serde_json::json;

use crate::article::Article;
use crate::features::{
    Block, BlockSettings, CompiledExtractor, Extractor, FitError, SparseRow, TfidfVectorizer,
};
use crate::intake::{Format, Intake, IntakeOptions, Saved, boilerplate, encoding, html};
use crate::model::scaling::softmax;
use crate::model::{FusedHeads, Model};
use crate::record::{ScoreRecord, json_lines};
use crate::scoring::{NotStances, Scorer};
use crate::text::cut::Cuts;
use crate::text::script::normalise;
use crate::text::{AnalyzedText, TextReader};
use crate::training::{Examples, Precision, SolveError};
pub use measured::{ThroughputReport, Timing};

/// A stage of the way from bytes to a verdict, or a stretch of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Stage {
    /// Are the bytes UTF-8? The yardstick.
    Validate,
    /// Bytes → text: the encoding is found out, the bytes are decoded.
    Decode,
    /// Saved page → article: each text stands in the paragraphs of a small page.
    Extract,
    /// Text → text without leftovers of a page.
    Clean,
    /// Text → words, cut and packed.
    Cut,
    /// Text → words, each normalised.
    Normalise,
    /// Text → words, each normalised and stemmed, nothing kept from one to the next.
    Stem,
    /// Text → row of stems and pairs of stems.
    VectoriseWords,
    /// Text → the probabilities of three classes, by stems and pairs of stems: what other tools are
    /// measured at.
    ScoreWords,
    /// Text → row of all blocks of the model.
    Vectorise,
    /// Article → verdict by the model, with the words that decided it.
    Score,
    /// The same by the definition, which tests hold scoring to; only in development builds.
    #[cfg(any(test, feature = "internals"))]
    ScoreByDefinition,
    /// JSON line → JSON line: read, cleaned, scored by the model, written.
    Whole,
}

impl Stage {
    /// All stages, in the order in which they are shown.
    pub const ALL: &[Self] = &[
        Self::Validate,
        Self::Decode,
        Self::Extract,
        Self::Clean,
        Self::Cut,
        Self::Normalise,
        Self::Stem,
        Self::VectoriseWords,
        Self::ScoreWords,
        Self::Vectorise,
        Self::Score,
        #[cfg(any(test, feature = "internals"))]
        Self::ScoreByDefinition,
        Self::Whole,
    ];

    /// The name in tables and records.
    pub fn name(self) -> &'static str {
        match self {
            Self::Validate => "validate UTF-8",
            Self::Decode => "decode",
            Self::Extract => "extract from a page",
            Self::Clean => "take leftovers out",
            Self::Cut => "cut into words",
            Self::Normalise => "cut, normalise",
            Self::Stem => "cut, normalise, stem",
            Self::VectoriseWords => "vectorise, words 1-2",
            Self::ScoreWords => "score, words 1-2",
            Self::Vectorise => "vectorise, model",
            Self::Score => "score, model",
            #[cfg(any(test, feature = "internals"))]
            Self::ScoreByDefinition => "score, by definition",
            Self::Whole => "JSON to JSON, model",
        }
    }
}

/// Articles, and all that the stages need.
#[derive(Debug)]
pub struct Throughput {
    articles: Vec<Article>,
    texts: Vec<String>,
    lines: Vec<String>,
    pages: Vec<String>,
    reader: TextReader,
    model: CompiledExtractor,
    scorer: Scorer,
    words: CompiledExtractor,
    word_heads: FusedHeads,
}

/// Most articles that stems and pairs of stems are learned from, and most that are measured.
const LEARNED_FROM: usize = 2_000;
const MEASURED: usize = 3_000;

/// Why nothing can be measured.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum CannotMeasure {
    /// The model answers other questions.
    #[error(transparent)]
    NotStances(#[from] NotStances),
    /// Its blocks go no faster than the simple way.
    #[error("the model has a block of features for which there is no fast way")]
    NotFast,
    /// The articles give no vocabulary.
    #[error("the articles give no vocabulary")]
    NoVocabulary(#[from] FitError),
    /// Or no weights.
    #[error("the articles give no weights")]
    NoWeights(#[from] SolveError),
}

impl Throughput {
    /// How many articles are used at most.
    pub const MOST: usize = LEARNED_FROM + MEASURED;

    /// The stages over `articles`, by `model`. Stems and pairs of stems are learned from the first
    /// 2,000 articles, or the first half of fewer than 4,000, with a class for every third of them:
    /// which weights come out does not change how fast they are used. The next 3,000 are measured,
    /// or what there is.
    ///
    /// # Errors
    /// [`CannotMeasure`].
    pub fn new(mut articles: Vec<Article>, model: &Model) -> Result<Self, CannotMeasure> {
        let learned_from = LEARNED_FROM.min(articles.len() / 2).max(1);
        let plain = TextReader::plain();
        let read: Vec<AnalyzedText> = articles
            .par_iter()
            .take(learned_from)
            .map(|article| plain.read_text(article.full_text()))
            .collect();
        if articles.len() > learned_from {
            articles.drain(..learned_from);
        }
        articles.truncate(MEASURED);
        let line = |article: &Article| {
            json!({"id": article.id, "title": article.title, "text": article.text}).to_string()
        };
        let page = |article: &Article| {
            let escaped = article.text.replace('&', "&amp;").replace('<', "&lt;");
            let paragraphs = escaped.trim_end().replace('\n', "</p>\n<p>");
            format!(
                "<html><head><title>{0}</title></head><body><article><h1>{0}</h1>\n<p>{paragraphs}</p></article></body></html>",
                article.id
            )
        };
        let groups: Vec<String> = (0..read.len()).map(|number| number.to_string()).collect();
        let groups: Vec<&str> = groups.iter().map(String::as_str).collect();
        let pairs = TfidfVectorizer::default()
            .ngram_range(1, 2)
            .min_df(2.min(learned_from))
            .sublinear_tf(true);
        let extractor = Extractor::fit(
            &[BlockSettings::new(Block::Stems, pairs)],
            &read.iter().collect::<Vec<_>>(),
            &groups,
        )?;
        let rows: Vec<SparseRow> = read.par_iter().map(|read| extractor.row(read)).collect();
        let classes: Vec<usize> = (0..rows.len()).map(|number| number % 3).collect();
        let head = Examples::new(rows.iter().collect(), extractor.n_features())?.fit(
            &classes,
            3,
            1.0,
            Precision::COMPARED,
        )?;
        Ok(Self {
            model: CompiledExtractor::new(model.reader().into(), model.extractor())
                .ok_or(CannotMeasure::NotFast)?,
            scorer: Scorer::new(model.clone())?,
            words: CompiledExtractor::new(plain.into(), &extractor)
                .ok_or(CannotMeasure::NotFast)?,
            word_heads: FusedHeads::new(&[head]),
            reader: model.reader(),
            texts: articles.iter().map(Article::full_text).collect(),
            lines: articles.iter().map(line).collect(),
            pages: articles.iter().map(page).collect(),
            articles,
        })
    }

    /// How many articles there are.
    pub fn n_articles(&self) -> usize {
        self.articles.len()
    }

    /// How many bytes of text there are, headlines among them.
    pub fn n_bytes(&self) -> usize {
        self.texts.iter().map(String::len).sum()
    }

    /// How many features the vocabulary of stems and pairs of stems has.
    pub fn n_word_features(&self) -> usize {
        self.word_heads.n_features()
    }

    /// All articles once through a stage, on one thread.
    pub fn run(&self, stage: Stage) -> usize {
        (0..self.articles.len()).map(|number| self.one(stage, number)).fold(0, usize::wrapping_add)
    }

    /// All articles once through a stage, on the threads of the rayon pool that this is called in.
    pub fn run_parallel(&self, stage: Stage) -> usize {
        (0..self.articles.len())
            .into_par_iter()
            .map(|number| self.one(stage, number))
            .reduce(|| 0, usize::wrapping_add)
    }

    /// One article through a stage.
    fn one(&self, stage: Stage, number: usize) -> usize {
        let text = black_box(self.texts[number].as_str());
        match stage {
            Stage::Validate => usize::from(str::from_utf8(text.as_bytes()).is_ok()),
            Stage::Decode => {
                let encoding = encoding::detect(text.as_bytes(), None);
                encoding::decode(text.as_bytes(), encoding, false)
                    .map_or(0, |decoded| decoded.text.len())
            }
            Stage::Extract => {
                html::read(black_box(&self.pages[number])).map_or(0, |page| page.text.len())
            }
            Stage::Clean => boilerplate::clean(&mut self.articles[number].clone()).len(),
            Stage::Cut => Cuts::new(text).map(|cut| cut.span.end).fold(0, usize::wrapping_add),
            Stage::Normalise => Cuts::new(text).map(|cut| normalise(&text[cut.span]).len()).sum(),
            Stage::Stem => self.reader.read(text).len(),
            Stage::VectoriseWords => {
                self.words.evidence(text, |evidence| evidence.row.columns.len())
            }
            Stage::ScoreWords => self.words.evidence(text, |evidence| {
                let logits = self.word_heads.logits(&evidence.row);
                logits.into_iter().map(softmax).filter(|p| p[0] > 0.5).count()
            }),
            Stage::Vectorise => self.model.evidence(text, |evidence| evidence.row.columns.len()),
            Stage::Score => {
                usize::from(self.scorer.score(black_box(&self.articles[number])).is_ok())
            }
            #[cfg(any(test, feature = "internals"))]
            Stage::ScoreByDefinition => usize::from(
                self.scorer.score_by_definition(black_box(&self.articles[number])).is_ok(),
            ),
            Stage::Whole => self.whole(black_box(&self.lines[number])),
        }
    }

    /// From a line to a line; how long that is.
    fn whole(&self, line: &str) -> usize {
        let options = IntakeOptions { format: Some(Format::Jsonl), ..IntakeOptions::default() };
        let Ok(intake) = Intake::new("bench", line.as_bytes(), &options) else { return 0 };
        let mut out = Vec::new();
        for saved in intake.flatten() {
            let Saved { article, reading, .. } = saved;
            let verdict = self.scorer.score(&article);
            let record = ScoreRecord::from_verdict(&self.scorer, article, &reading, verdict);
            if json_lines::write(&mut out, &record).is_err() {
                return 0;
            }
        }
        out.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_stage_does_its_work_on_one_thread_and_on_many() {
        let article = |number: usize| Article {
            text: format!(
                "أعلنت حكومة الوفاق الوطني وقف إطلاق النار في العاصمة طرابلس، وقال حفتر إن القوات باقية في مواقعها {number}\nالتعليقات (3)"
            ),
            ..Article::default()
        };
        let throughput =
            Throughput::new((0..12).map(article).collect(), &Model::embedded().unwrap()).unwrap();
        for &stage in Stage::ALL {
            assert_eq!(throughput.run(stage), throughput.run_parallel(stage), "{}", stage.name());
        }
        assert_eq!(
            [Stage::Validate, Stage::Clean, Stage::Score].map(|stage| throughput.run(stage)),
            [6, 6, 6]
        );
        assert!(throughput.n_word_features() > 10);
    }
}
