//! The labelled articles among the sources, scored.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow, bail};

use crate::camp::Stance;
use crate::commands::file;
use crate::commands::hint;
use crate::commands::outputs::Outputs;
use crate::commands::source::{Wanted, sources};
use crate::commands::terminal;
use crate::engine::Source;
use crate::evaluation::assessment::{Assessor, Predictions};
use crate::intake::{
    ArticleReader, Format, IntakeArticle, IntakeError, IntakeOptions, UnreadableArticle, encoding,
};
use crate::labels::external;

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

/// Reads the labels in the file at `path` and scores the articles in `paths` that have one.
pub(super) fn read(
    assessor: &Assessor,
    path: &Path,
    paths: &[PathBuf],
    intake: &IntakeOptions,
) -> anyhow::Result<Found> {
    let bytes =
        file::read(path, MAX_TABLE).with_context(|| format!("cannot read {}", path.display()))?;
    let text = encoding::decode(&bytes, encoding::detect(&bytes, None), false)?.text;
    let labels = external::read(&text, assessor.camps())
        .map_err(|error| anyhow!("{}: {error}", path.display()))?;
    let found = find(assessor, paths, intake, &labels)?;
    if found.is_empty() {
        bail!(
            "none of the {} labelled articles was found; ids in {} must be those that \
             `mizan score` prints",
            labels.len(),
            path.display()
        );
    }
    let n_missing = labels.len() - found.len();
    if n_missing > 0 {
        terminal::tell(&format!(
            "{n_missing} of the {} labelled articles were not found and are not in the \
             figures",
            labels.len()
        ));
    }
    let (predictions, others) = found.into_values().unzip();
    Ok(Found { predictions, others, n_missing })
}

/// Scores every labelled article of the sources, by id.
fn find(
    assessor: &Assessor,
    paths: &[PathBuf],
    intake: &IntakeOptions,
    labels: &BTreeMap<String, [Stance; 2]>,
) -> anyhow::Result<BTreeMap<String, (Predictions, [Stance; 2])>> {
    let mut found = BTreeMap::new();
    for source in sources(paths, &Outputs::new([]), Wanted::Articles)? {
        let (articles, event, genre) = open(&source, intake)
            .map_err(|error| anyhow!("{}: {}", source.name(), hint::message(&error)))?;
        for saved in articles {
            let (mut article, kept) = match saved {
                Ok(IntakeArticle { article, kept, .. }) => (article, kept),
                Err(UnreadableArticle { place, error, .. }) => {
                    terminal::complain(&place, &hint::message(&error));
                    continue;
                }
            };
            let Some(&labels) = labels.get(&article.id) else { continue };
            let field = |at: Option<usize>| {
                at.and_then(|at| kept.get(at).cloned().flatten())
                    .filter(|value| !value.trim().is_empty())
            };
            article.event = article.event.take().or_else(|| field(event));
            article.genre = article.genre.take().or_else(|| field(genre));
            let id = article.id.clone();
            let (predictions, other, unscorable) = assessor.predict(article, labels);
            if let Some(unscorable) = unscorable {
                terminal::complain(&id, &unscorable.to_string());
            }
            found.insert(id, (predictions, other));
        }
    }
    Ok(found)
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
