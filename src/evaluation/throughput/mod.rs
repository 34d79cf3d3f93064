//! The throughput of the pipeline, stage by stage (`mizan bench`, `cargo bench`).
//!
//! Each stage processes one article and returns a number that depends on the result, so that the
//! compiler cannot remove the work. UTF-8 validation of the same bytes ([`Stage::Validate`]) is the
//! reference: nothing can read text faster.

mod report;
mod stage;

use std::hint::black_box;

use rayon::prelude::*;
use serde_json::json;

use crate::article::Article;
use crate::features::{
    Block, BlockSettings, CompiledExtractor, Extractor, FitError, SparseRow, TfidfVectorizer,
};
use crate::intake::{
    ArticleReader, Format, IntakeArticle, IntakeOptions, boilerplate, encoding, html,
};
use crate::model::scaling::softmax;
use crate::model::{FusedHeads, Model};
use crate::record::{ScoreRecord, json_lines};
use crate::scoring::{NotStances, Scorer};
use crate::text::cut::Cuts;
use crate::text::script::normalise;
use crate::text::{AnalyzedText, TextReader};
use crate::training::{DesignMatrix, Penalty, SolveError, Tolerance};
pub use report::{Passes, ThroughputReport, Timing};
pub use stage::Stage;

/// Articles, and everything that the stages need.
#[derive(Debug)]
pub struct Throughput {
    articles: Vec<Article>,
    texts: Vec<String>,
    /// JSON lines of [`MAX_DUMPED_ARTICLES`] articles each.
    dumps: Vec<String>,
    pages: Vec<String>,
    reader: TextReader,
    model: CompiledExtractor,
    scorer: Scorer,
    words: CompiledExtractor,
    word_heads: FusedHeads,
}

/// Largest number of articles that the vocabulary of stems and bigrams is learned from.
const MAX_TRAINING_ARTICLES: usize = 2_000;

/// Largest number of articles that are measured.
const MAX_MEASURED_ARTICLES: usize = 3_000;

/// Most articles of a dump: what it costs to open a source is shared by so many.
const MAX_DUMPED_ARTICLES: usize = 250;

/// Why nothing can be measured.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum ThroughputError {
    /// The model does not predict stances.
    #[error(transparent)]
    NotStances(#[from] NotStances),
    /// The model has a block that cannot be compiled.
    #[error("the model has a block of features that cannot be compiled")]
    NotCompiled,
    /// The articles give no vocabulary.
    #[error("the articles give no vocabulary")]
    NoVocabulary(#[from] FitError),
    /// The articles give no weights.
    #[error("the articles give no weights")]
    NoWeights(#[from] SolveError),
}

impl Throughput {
    /// Largest number of articles that are used.
    pub const MAX_ARTICLES: usize = MAX_TRAINING_ARTICLES + MAX_MEASURED_ARTICLES;

    /// Prepares the stages for `articles` and `model`. The vocabulary of stems and bigrams comes
    /// from the first 2,000 articles, or the first half if there are fewer than 4,000. Its weights
    /// come from arbitrary classes, because speed does not depend on them. The next 3,000 articles,
    /// or the rest, are measured.
    ///
    /// # Errors
    /// [`ThroughputError`]
    pub fn new(mut articles: Vec<Article>, model: &Model) -> Result<Self, ThroughputError> {
        let learned_from = MAX_TRAINING_ARTICLES.min(articles.len() / 2).max(1);
        let plain = TextReader::plain();
        let read: Vec<AnalyzedText> = articles
            .par_iter()
            .take(learned_from)
            .map(|article| plain.read_text(article.full_text()))
            .collect();
        if articles.len() > learned_from {
            articles.drain(..learned_from);
        }
        articles.truncate(MAX_MEASURED_ARTICLES);
        let line = |article: &Article| {
            format!("{}\n", json!({"id": article.id, "title": article.title, "text": article.text}))
        };
        let page = |article: &Article| {
            let escaped = article.text.replace('&', "&amp;").replace('<', "&lt;");
            let paragraphs = escaped.trim_end().replace('\n', "</p>\n<p>");
            format!(
                "<html><head><title>{0}</title></head><body><article><h1>{0}</h1>\n\
                 <p>{paragraphs}</p></article></body></html>",
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
        let head = DesignMatrix::new(rows.iter().collect(), extractor.n_features())?.fit(
            &classes,
            3,
            Penalty::fixed(1.0),
            Tolerance::SEARCH,
        )?;
        Ok(Self {
            model: CompiledExtractor::new(model.reader().into(), model.extractor())
                .ok_or(ThroughputError::NotCompiled)?,
            scorer: Scorer::new(model.clone())?,
            words: CompiledExtractor::new(plain.into(), &extractor)
                .ok_or(ThroughputError::NotCompiled)?,
            word_heads: FusedHeads::new(&[head]),
            reader: model.reader(),
            texts: articles.iter().map(Article::full_text).collect(),
            dumps: articles
                .chunks(MAX_DUMPED_ARTICLES)
                .map(|articles| articles.iter().map(line).collect())
                .collect(),
            pages: articles.iter().map(page).collect(),
            articles,
        })
    }

    /// How many articles there are.
    pub fn n_articles(&self) -> usize {
        self.articles.len()
    }

    /// How many bytes of text there are, headlines included.
    pub fn n_bytes(&self) -> usize {
        self.texts.iter().map(String::len).sum()
    }

    /// Runs one stage on all articles, on one thread.
    pub fn run(&self, stage: Stage) -> usize {
        (0..self.n_parts(stage)).map(|number| self.one(stage, number)).fold(0, usize::wrapping_add)
    }

    /// Runs one stage on all articles, on the threads of the current rayon pool.
    pub fn run_parallel(&self, stage: Stage) -> usize {
        (0..self.n_parts(stage))
            .into_par_iter()
            .map(|number| self.one(stage, number))
            .reduce(|| 0, usize::wrapping_add)
    }

    /// How many parts a stage processes: articles, or dumps of them.
    fn n_parts(&self, stage: Stage) -> usize {
        if stage == Stage::Whole { self.dumps.len() } else { self.articles.len() }
    }

    /// Runs one stage on one part.
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
            Stage::Whole => self.whole(black_box(&self.dumps[number])),
        }
    }

    /// From JSON lines to JSON lines; returns their length.
    fn whole(&self, dump: &str) -> usize {
        let options = IntakeOptions { format: Some(Format::Jsonl), ..IntakeOptions::default() };
        let Ok(intake) = ArticleReader::new("bench", dump.as_bytes(), &options) else { return 0 };
        let mut out = Vec::new();
        for saved in intake.flatten() {
            let IntakeArticle { article, notes, .. } = saved;
            let verdict = self.scorer.score(&article);
            let record = ScoreRecord::from_verdict(&self.scorer, article, &notes, verdict);
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
    fn every_stage_gives_the_same_on_one_thread_and_on_many() {
        let article = |number: usize| Article {
            text: format!(
                "أعلنت حكومة الوفاق الوطني وقف إطلاق النار في العاصمة طرابلس، وقال حفتر إن القوات باقية في مواقعها {number}\nالتعليقات (3)"
            ),
            ..Article::default()
        };
        let throughput =
            Throughput::new((0..12).map(article).collect(), &Model::embedded().unwrap()).unwrap();
        for stage in Stage::ALL {
            assert_eq!(throughput.run(stage), throughput.run_parallel(stage), "{}", stage.name());
        }
        assert_eq!(
            [Stage::Validate, Stage::Clean, Stage::Score].map(|stage| throughput.run(stage)),
            [6, 6, 6]
        );
    }
}
