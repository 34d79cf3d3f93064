//! The labelled articles among the sources, scored.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow, bail};

use crate::article::Article;
use crate::camp::{Camps, Stance};
use crate::commands::file;
use crate::commands::labelled;
use crate::commands::outputs::Outputs;
use crate::commands::source::{Wanted, sources};
use crate::commands::terminal;
use crate::commands::{exit_code, hint};
use crate::engine::Source;
use crate::engine::stance_table::StanceFields;
use crate::evaluation::assessment::{Assessor, Predictions};
use crate::intake::{
    ArticleReader, Format, IntakeArticle, IntakeError, IntakeOptions, UnreadableArticle, encoding,
};
use crate::labels::external::{self, ExternalLabelsError};
use crate::text::isolate::plain;

use super::label_ids::{LabelIds, Rest};

/// Most bytes of a table of labels, which may be a whole dump.
const MAX_TABLE: u64 = 512 << 20;

/// The labelled articles that were found.
pub(super) struct Found {
    /// Their labels and predictions, in the order of their ids.
    pub(super) predictions: Vec<Predictions>,
    /// The stances that another model predicts; unrelated without one.
    pub(super) others: Vec<[Stance; 2]>,
    /// How many labelled articles were not found.
    pub(super) n_missing: usize,
}

/// The articles in `paths` whose labels are in the file at `path`, by their ids.
///
/// # Errors
/// If the file cannot be read, or none of its articles is found.
pub fn labelled(
    camps: &Camps,
    path: &Path,
    paths: &[PathBuf],
    intake: &IntakeOptions,
) -> anyhow::Result<Vec<(Article, [Stance; 2])>> {
    let labels = read_labels(camps, path)?;
    let mut found: BTreeMap<String, (Article, [Stance; 2])> = BTreeMap::new();
    let other = each_labelled(paths, intake, &labels, |article, stances| {
        found.insert(article.id.clone(), (article, stances));
    })?;
    check_found(found.len(), &labels, path, other.as_deref())?;
    Ok(found.into_values().collect())
}

/// The labels in the file at `path`.
fn read_labels(camps: &Camps, path: &Path) -> anyhow::Result<BTreeMap<String, [Stance; 2]>> {
    if path.is_dir() {
        bail!(
            "--labels {0} is a folder: name the table of labels, which is labels.csv in a labelled \
             set, and the articles: `--labels {0}/labels.csv {0}`",
            path.display()
        );
    }
    let bytes =
        file::read(path, MAX_TABLE).with_context(|| format!("cannot read {}", path.display()))?;
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"\xD0\xCF\x11\xE0") {
        bail!(
            "{}: it is a workbook; save the sheet of labels as CSV, or give texts and labels \
             together by --from",
            path.display()
        );
    }
    let text = encoding::decode(&bytes, encoding::detect(&bytes, None), false)?.text;
    external::read(&text, camps).map_err(|error| {
        let cure = match &error {
            ExternalLabelsError::NoId { .. } => {
                let [first, second] = camps.ids();
                format!(
                    "; a table of texts and stances needs no ids: --from {} --text-field text \
                     --lna-field {first} --gna-field {second}",
                    path.display()
                )
            }
            _ => String::new(),
        };
        anyhow!("{}: {error}{cure}", path.display())
    })
}

/// Tells how many labelled articles were not found.
///
/// # Errors
/// If none was.
fn check_found(
    n_found: usize,
    labels: &BTreeMap<String, [Stance; 2]>,
    path: &Path,
    other: Option<&str>,
) -> anyhow::Result<()> {
    let n_labels = labels.len();
    if n_labels == 0 {
        bail!(
            "no labels found in {}: give it a header, and a row for each article",
            path.display()
        );
    }
    if n_found == 0 {
        bail!(
            "none of the {n_labels} labelled articles was found; ids in {} must be those that \
             `mizan score` prints: the table has {:?}, {}",
            path.display(),
            labels.keys().next().map(|id| plain(id)).unwrap_or_default(),
            other.map_or_else(
                || "and there are no articles".to_owned(),
                |id| format!("the articles {:?}", plain(id))
            )
        );
    }
    let n_missing = n_labels - n_found;
    if n_missing > 0 {
        terminal::tell(&format!(
            "{n_missing} of the {n_labels} labelled articles were not found and are not in the \
             figures"
        ));
    }
    Ok(())
}

/// Reads the labels in the file at `path` and scores the articles in `paths` that have one.
pub(super) fn read(
    assessor: &Assessor,
    path: &Path,
    paths: &[PathBuf],
    intake: &IntakeOptions,
) -> anyhow::Result<Found> {
    let labels = read_labels(assessor.camps(), path)?;
    let mut found: BTreeMap<String, (Predictions, [Stance; 2])> = BTreeMap::new();
    let other = each_labelled(paths, intake, &labels, |article, stances| {
        found.insert(article.id.clone(), predict(assessor, article, stances));
    })?;
    check_found(found.len(), &labels, path, other.as_deref())?;
    let n_missing = labels.len() - found.len();
    let (predictions, others) = found.into_values().unzip();
    Ok(Found { predictions, others, n_missing })
}

/// Scores the articles of tables that have their labels, too.
pub(super) fn of_table(
    assessor: &Assessor,
    paths: &[PathBuf],
    fields: &StanceFields,
    intake: IntakeOptions,
) -> anyhow::Result<Found> {
    let outputs = Outputs::new([]);
    let set = labelled::read_stances(paths, fields, assessor.camps(), intake, &outputs)?;
    let articles = set.labelled.articles.into_iter();
    let (predictions, others) =
        articles.map(|one| predict(assessor, one.article, one.stances)).unzip();
    Ok(Found { predictions, others, n_missing: 0 })
}

/// The predictions for an article; tells why it cannot be scored, if so.
fn predict(
    assessor: &Assessor,
    article: Article,
    stances: [Stance; 2],
) -> (Predictions, [Stance; 2]) {
    let id = article.id.clone();
    let (predictions, other, unscorable) = assessor.predict(article, stances);
    if let Some(unscorable) = unscorable {
        terminal::complain_of_article(&id, &unscorable.to_string());
    }
    (predictions, other)
}

/// Calls `take` with every labelled article of the sources and its labels; returns the id of the
/// first article that has none.
fn each_labelled(
    paths: &[PathBuf],
    intake: &IntakeOptions,
    labels: &BTreeMap<String, [Stance; 2]>,
    mut take: impl FnMut(Article, [Stance; 2]),
) -> anyhow::Result<Option<String>> {
    let mut ids = LabelIds::new(labels);
    for source in sources(paths, &Outputs::new([]), Wanted::Articles)? {
        let (articles, event, genre) = open(&source, intake)
            .map_err(|error| anyhow!("{}: {}", source.name(), hint::message(&error)))?;
        for saved in articles {
            let (mut article, kept) = match saved {
                Ok(IntakeArticle { article, kept, .. }) => (article, kept),
                Err(UnreadableArticle { place, error, .. }) => {
                    exit_code::note(&error);
                    terminal::complain_of_article(&place, &hint::message(&error));
                    continue;
                }
            };
            let field = |at: Option<usize>| {
                at.and_then(|at| kept.get(at).cloned().flatten())
                    .filter(|value| !value.trim().is_empty())
            };
            article.event = article.event.take().or_else(|| field(event));
            article.genre = article.genre.take().or_else(|| field(genre));
            let is_file = article.id.starts_with(source.name());
            if let Some((article, labels)) = ids.find(article, is_file) {
                take(article, labels);
            }
        }
    }
    let Rest { found, unclear, other } = ids.rest();
    for (article, labels) in found {
        take(article, labels);
    }
    for message in unclear {
        terminal::tell(&message);
    }
    Ok(other)
}

/// The articles of a source, and the positions of the fields `event` and `genre` among the kept
/// fields.
type Opened = (ArticleReader<'static>, Option<usize>, Option<usize>);

/// Opens a source with the fields `event` and `genre` of tables and dumps, if it has them. A table
/// without a requested column is refused, so fewer are requested until it opens. Standard input can
/// be opened only once; it has the fields if its format is given as JSON lines.
fn open(source: &Source, intake: &IntakeOptions) -> Result<Opened, IntakeError> {
    let with_fields = |names: &[&str]| {
        let mut intake = intake.clone();
        intake.fields.kept = names.iter().map(|&name| name.to_owned()).collect();
        let at = |field: &str| names.iter().position(|&name| name == field);
        source.articles(&intake).map(|articles| (articles, at("event"), at("genre")))
    };
    if source.is_one_time() && intake.format != Some(Format::Jsonl) {
        return with_fields(&[]);
    }
    let tried = [&["event", "genre"][..], &["event"], &["genre"]];
    tried.into_iter().find_map(|names| with_fields(names).ok()).map_or_else(|| with_fields(&[]), Ok)
}
