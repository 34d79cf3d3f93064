//! The labelled articles among the sources, scored.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow, bail};

use crate::article::Article;
use crate::article::quoted::quoted;
use crate::camp::{Camps, Stance};
use crate::commands::file;
use crate::commands::labelled;
use crate::commands::outputs::Outputs;
use crate::commands::shell_word::shell_word;
use crate::commands::source::{Wanted, sources};
use crate::commands::terminal;
use crate::commands::{exit_code, hint};
use crate::engine::Source;
use crate::engine::stance_table::StanceFields;
use crate::evaluation::assessment::{Assessor, Predictions};
use crate::intake::{
    ArticleReader, Format, IntakeArticle, IntakeError, IntakeOptions, UnreadableArticle, encoding,
};
use crate::labels::external::{self, ExternalLabelsError, LabelColumns};
use crate::text::listed::listed;

use super::label_ids::{LabelIds, Matched};

/// Most bytes of a table of labels, which may be a whole dump.
const MAX_TABLE: u64 = 512 << 20;

/// Most labelled articles that are named as missing.
const MAX_NAMED: usize = 5;

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
    (path, fields): (&Path, Option<&StanceFields>),
    paths: &[PathBuf],
    intake: &IntakeOptions,
) -> anyhow::Result<Vec<(Article, [Stance; 2])>> {
    let labels = read_labels(camps, path, fields, intake)?;
    Ok(find_labelled(paths, intake, &labels, path)?.into_values().collect())
}

/// The labels in the file at `path`.
fn read_labels(
    camps: &Camps,
    path: &Path,
    fields: Option<&StanceFields>,
    intake: &IntakeOptions,
) -> anyhow::Result<BTreeMap<String, [Stance; 2]>> {
    let mut columns = LabelColumns { id: intake.fields.id.clone(), ..LabelColumns::new(camps) };
    match fields {
        None => {}
        Some(StanceFields::ByCamp(named)) => columns.camps.clone_from(named),
        Some(StanceFields::ByTarget { .. }) => bail!(
            "--stance-field is of a table of texts (--from); a table of --labels has a column for \
             each camp (--lna-field, --gna-field)"
        ),
    }
    if path.is_dir() {
        bail!(
            "--labels {} is a folder: name the table of labels, which is labels.csv in a labelled \
             set, and the articles: `--labels {} {}`",
            path.display(),
            shell_word(&path.join("labels.csv")),
            shell_word(path)
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
    external::read_columns(&text, camps, &columns).map_err(|error| {
        let has_texts = |columns: &[String]| {
            let is_text = |name: &String| ["text", "body", "content"].contains(&name.as_str());
            columns.iter().any(is_text)
        };
        let cure = match &error {
            ExternalLabelsError::NoId { columns, .. } if has_texts(columns) => {
                let [first, second] = camps.ids();
                format!(
                    "; a table of texts and stances needs no ids: --from {} --text-field text \
                     --lna-field {first} --gna-field {second}",
                    shell_word(path)
                )
            }
            _ => String::new(),
        };
        anyhow!("{}: {error}{cure}", path.display())
    })
}

/// Tells which labelled articles were not found.
///
/// # Errors
/// If none was.
fn check_found(
    matched: &Matched,
    labels: &BTreeMap<String, [Stance; 2]>,
    path: &Path,
) -> anyhow::Result<()> {
    let n_labels = labels.len();
    let Matched { found, missing, other, .. } = matched;
    if n_labels == 0 {
        bail!(
            "no labels found in {}: give it a header, and a row for each article",
            path.display()
        );
    }
    if found.is_empty() {
        bail!(
            "none of the {n_labels} labelled articles was found; ids in {} must be those that \
             `mizan score` prints: the table has {}, {}",
            path.display(),
            labels.keys().next().map(|id| quoted(id)).unwrap_or_default(),
            other.as_ref().map_or_else(
                || "and there are no articles".to_owned(),
                |id| format!("the articles {}", quoted(id))
            )
        );
    }
    if !missing.is_empty() {
        let mut named: Vec<String> = missing.iter().take(MAX_NAMED).map(|id| quoted(id)).collect();
        if missing.len() > named.len() {
            named.push(format!("{} more", missing.len() - named.len()));
        }
        terminal::tell(&format!(
            "{} of the {n_labels} labelled articles were not found and are not in the figures: {}",
            missing.len(),
            listed(&named)
        ));
    }
    Ok(())
}

/// Reads the labels in the file at `path` and scores the articles in `paths` that have one.
pub(super) fn read(
    assessor: &Assessor,
    (path, fields): (&Path, Option<&StanceFields>),
    paths: &[PathBuf],
    intake: &IntakeOptions,
) -> anyhow::Result<Found> {
    let labels = read_labels(assessor.camps(), path, fields, intake)?;
    let found = find_labelled(paths, intake, &labels, path)?;
    let n_missing = labels.len() - found.len();
    let found = found.into_values();
    let (predictions, others) =
        found.map(|(article, stances)| predict(assessor, article, stances)).unzip();
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

/// The labelled articles of the sources with their labels, by id.
///
/// # Errors
/// If a source cannot be read, or no labelled article is found.
fn find_labelled(
    paths: &[PathBuf],
    intake: &IntakeOptions,
    labels: &BTreeMap<String, [Stance; 2]>,
    path: &Path,
) -> anyhow::Result<BTreeMap<String, (Article, [Stance; 2])>> {
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
            ids.add(article, is_file);
        }
    }
    let matched = ids.matched();
    for message in &matched.unclear {
        terminal::tell(message);
    }
    check_found(&matched, labels, path)?;
    Ok(matched.found)
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
