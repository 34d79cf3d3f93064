//! mizan (ميزان, the scale with two pans) reads Arabic news articles and scores the stance of each
//! one's own voice toward the two rival Libyan camps: the LNA / Haftar / House of Representatives
//! camp (`lna`) and the GNA / Sarraj / Tripoli camp (`gna`). It is a library and a program.
//!
//! # Score an article
//!
//! ```
//! use mizan::{Article, Model, Scorer};
//!
//! let scorer = Scorer::new(Model::embedded()?)?;
//! let text = "أعلنت حكومة الوفاق الوطني وقف إطلاق النار في العاصمة طرابلس";
//! let article = Article::new("note", text);
//! let verdict = scorer.score(&article)?;
//! for (camp, id) in verdict.camps.iter().zip(scorer.camps().ids()) {
//!     println!("{id}: {} (P(favor) {:.2})", camp.stance, camp.sides.favor);
//! }
//! assert!((-1.0..=1.0).contains(&verdict.lean()));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! [`Explainer`] tells which words made the verdict, [`Scorer::score_sentences`] what each sentence
//! says by itself; [`ArticleReader`] gets articles out of pages, tables and dumps; [`ScoringRun`]
//! scores whole archives on all cores; [`RecordReader`] reads back what was written. [`Scorer`] has
//! examples for rayon and tokio.
//!
//! The [`guide`] has what README has no room for: what a score means, what is read and written, how
//! good and how fast it is, how to train on your own labels.
//!
//! # Features
//!
//! | feature | adds |
//! |---|---|
//! | `cli` (default) | the program `mizan`, with `html`, `label`, `office`, `report` and `train` |
//! | `html` | saved web pages as input |
//! | `label` | labelling in the browser, for the program |
//! | `office` | workbooks (`.xlsx`, `.xls`, `.ods`) as input, `.xlsx` as output |
//! | `parquet` | Parquet tables as input and output |
//! | `python` | the module of the Python package, which maturin builds |
//! | `report` | what scored articles say together of their outlets |
//! | `train` | labelled sets, training, evaluation |
//!
//! With `default-features = false` mizan is a library that scores, of at most 60 crates.
//!
//! # The house
//!
//! The names at the root are the interface. What their signatures name besides is in [`parts`], and
//! the errors are in [`error`]. Inside, the crate is divided into rooms; each imports only from
//! rooms before it:
//!
//! | room | from → to |
//! |---|---|
//! | `guide` | pages of this documentation, no code |
//! | `article`, `camp` | the vocabulary of the field |
//! | `text` | text → words, own voice, mentions of camps |
//! | `intake` | bytes → articles |
//! | `features` | words → features |
//! | `model` | the parameters and their file |
//! | `scoring` | article → verdict, and what a verdict is made of |
//! | `record` | verdict → scored record, written and read back |
//! | `labels` | files of hand labels → labelled articles |
//! | `engine` | whole sources → records, on all cores |
//! | `training` | labelled articles → model |
//! | `evaluation` | how good a model is, how fast, and whether articles have drifted |
//! | `outlets` | records → what they say of outlets |
//! | `output` | tables, pages and cards for people |
//! | `labelling` | a labelled set and what an annotator presses → its labels |
//! | `commands` | one file a command: its arguments and its run |
//! | `python` | what Python calls: its types and functions, over the interface above |

// What only the commands use is idle in a library without them.
#![cfg_attr(not(feature = "cli"), allow(dead_code, unused_imports))]

#[cfg(doc)]
pub mod guide;

mod article;
mod camp;
mod text;

mod intake;

mod features;

mod model;

mod scoring;

mod record;

#[cfg(feature = "train")]
mod labels;

mod engine;

#[cfg(feature = "train")]
mod training;

#[cfg(feature = "train")]
mod evaluation;

#[cfg(feature = "report")]
mod outlets;

#[cfg(any(feature = "cli", feature = "python"))]
mod output;

#[cfg(feature = "label")]
mod labelling;

#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod commands;

#[cfg(feature = "python")]
mod python;

#[cfg(feature = "internals")]
#[doc(hidden)]
pub mod internals;

pub use article::Article;
pub use camp::{Camps, Stance, StanceProbabilities};
pub use engine::{LineFormat, LineSink, RunSummary, ScoringRun, Source};
#[cfg(feature = "train")]
pub use evaluation::heldout::TrainingRun;
pub use features::{Tfidf, TfidfVectorizer};
pub use intake::date::PublicationDate;
pub use intake::{ArticleReader, IntakeOptions};
#[cfg(feature = "train")]
pub use labels::LabelledSet;
pub use model::Model;
#[cfg(feature = "report")]
pub use outlets::{summary::OutletReport, tally::Tally};
pub use record::{RecordReader, ScoreRecord};
pub use scoring::explanation::{Explainer, Explanation};
pub use scoring::{CampVerdict, Scorer, Verdict};
#[cfg(feature = "train")]
pub use training::TrainingSet;

/// The errors of the library.
pub mod error {
    pub use crate::article::HeaderError;
    pub use crate::camp::CampsError;
    pub use crate::engine::EngineError;
    #[cfg(feature = "train")]
    pub use crate::engine::data_set::DataSetError;
    pub use crate::features::FitError;
    pub use crate::intake::IntakeError;
    #[cfg(feature = "train")]
    pub use crate::labels::problem::LabelledSetError;
    pub use crate::model::ModelError;
    #[cfg(feature = "report")]
    pub use crate::outlets::tally::OtherCamps;
    pub use crate::record::{RecordError, RecordProblem};
    pub use crate::scoring::scorer::MaxErrorOutOfRange;
    pub use crate::scoring::{NotStances, Unscorable};
    #[cfg(feature = "train")]
    pub use crate::training::TrainingError;
}

/// What the interface gives and takes besides: parts of verdicts, records and runs, and settings.
pub mod parts {
    pub use crate::camp::Camp;
    #[cfg(feature = "parquet")]
    pub use crate::engine::ParquetSink;
    #[cfg(feature = "office")]
    pub use crate::engine::WorkbookSink;
    #[cfg(feature = "train")]
    pub use crate::engine::data_set::{DataSetFiles, LabelFields, read_set, read_table};
    pub use crate::engine::{
        Diagnostic, Packer, Packing, ResumableFile, RunObserver, Sink, SourceReader, articles,
    };
    pub use crate::features::tfidf::Df;
    pub use crate::features::{Analyzer, Norm, SparseRow};
    pub use crate::intake::PassedOver;
    pub use crate::intake::boilerplate::Removal;
    pub use crate::intake::date::DateOrder;
    pub use crate::intake::pdf_text::Mending;
    pub use crate::intake::{
        ArticleMetadata, Fields, Format, GuessedField, IntakeArticle, IntakeNotes, Mojibake,
        RawArticle, SourceNotice, UnreadableArticle, UnusedFields,
    };
    #[cfg(feature = "train")]
    pub use crate::labels::{LabelAggregation, LabelledArticle, LabelledFiles, SourceText};
    pub use crate::record::{
        CampScores, JudgedSentence, RecordReading, ScoredSentence, ScoredWord, Scores,
        SentenceScores, csv, json_lines,
    };
    pub use crate::scoring::explanation::{ExplainedClass, ExplainedHead, Feature};
    pub use crate::scoring::{
        Abstention, DecidingSentence, InfluentialWord, SentenceStance, SentenceVerdict,
    };
    #[cfg(feature = "train")]
    pub use crate::training::OwnArticles;
    #[cfg(feature = "train")]
    pub use crate::training::search::ParameterGrid;
}
