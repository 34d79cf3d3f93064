//! The files of a labelled set, as texts.

use super::LabelAggregation;
use super::annotation::{self, Annotation};
use super::articles::{self, FiledArticle};
use super::passage::PassageFiles;
use super::problem::{Problem, Problems};
use super::rationale::{self, Rationale};
use crate::camp::Camps;

/// The text of a file, and the name of the file for messages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceText {
    /// Name of the file.
    pub name: String,
    /// Content of the file.
    pub text: String,
}

impl SourceText {
    /// A text with the name of its file.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self { name: name.into(), text: text.into() }
    }

    /// The rows of this file as those of `labels.csv`, and what is wrong with others.
    pub(crate) fn annotations(&self, camps: &Camps) -> (Vec<Annotation>, Vec<Problem>) {
        let mut problems = Problems::default();
        let rows = annotation::read(self, camps, &mut problems);
        (rows, problems.0)
    }

    /// The rows of this file as those of `rationales.csv`, and what is wrong with others.
    pub(crate) fn rationales(&self, camps: &Camps) -> (Vec<Rationale>, Vec<Problem>) {
        let mut problems = Problems::default();
        let rows = rationale::read(self, camps, &mut problems);
        (rows, problems.0)
    }

    /// The name of the file without folders and `extension`; `None` if it has another extension.
    pub(super) fn stem(&self, extension: &str) -> Option<&str> {
        self.name.rsplit(['/', '\\']).next().and_then(|name| name.strip_suffix(extension))
    }
}

/// The files of a labelled set.
#[derive(Clone, Debug)]
pub struct LabelledFiles {
    /// `camps.toml`.
    pub camps: SourceText,
    /// `events.toml`.
    pub events: SourceText,
    /// `outlets.toml`.
    pub outlets: SourceText,
    /// `labels.csv`.
    pub labels: SourceText,
    /// `rationales.csv`, if the set has one.
    pub rationales: Option<SourceText>,
    /// `lexicon.toml`, if the set has one.
    pub lexicon: Option<SourceText>,
    /// The files under `articles/`.
    pub articles: Vec<SourceText>,
    /// The files under `pool/`, which may be without a label.
    pub pool: Vec<SourceText>,
    /// The files under `families/`.
    pub families: Vec<SourceText>,
    /// The files under `passages/`, if the set has them.
    pub passages: Option<PassageFiles>,
    /// How the labels of several annotators become one.
    pub aggregation: LabelAggregation,
}

impl LabelledFiles {
    /// Every article, whether it has a label or not, and all that is wrong with their files.
    pub(crate) fn filed_articles(&self) -> (Vec<FiledArticle<'_>>, Vec<Problem>) {
        let mut problems = Problems::default();
        let articles = articles::read(self, &mut problems);
        (articles, problems.0)
    }
}
