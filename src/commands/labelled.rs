//! Reading of labels: the labelled set in a folder, or a table of labels of any kind.

use std::fs;
use std::path::Path;

use crate::intake::encoding::{UTF_8, decode};
use crate::intake::{Format, IntakeOptions, Saved, Unreadable};
use crate::labels::table::{GivenRow, LabelledTable};
use crate::labels::{LabelAggregation, LabelledFiles, LabelledSet, SourceText};
use anyhow::{Context, anyhow};

use super::label_args::LabelArgs;
use super::source::{Source, files_under, sources};
use super::terminal;

/// Reads and checks the labelled set in `folder`.
pub fn read(folder: &Path, settling: LabelAggregation) -> anyhow::Result<LabelledSet> {
    let read = |path: &Path| -> anyhow::Result<SourceText> {
        let bytes = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
        let text = decode(&bytes, UTF_8, true).with_context(|| path.display().to_string())?.text;
        Ok(SourceText { name: path.display().to_string(), text })
    };
    let all = |sources: Vec<Source>| {
        sources
            .iter()
            .map(|source| read(Path::new(&source.name())))
            .collect::<anyhow::Result<Vec<_>>>()
    };
    let (articles, families) = (folder.join("articles"), folder.join("families"));
    let is_family =
        |name: &str| Path::new(name).extension().is_some_and(|extension| extension == "toml");
    let files = LabelledFiles {
        camps: read(&folder.join("camps.toml"))?,
        events: read(&folder.join("events.toml"))?,
        outlets: read(&folder.join("outlets.toml"))?,
        labels: read(&folder.join("labels.csv"))?,
        articles: all(files_under(&articles, |name| {
            Format::from_name(name) == Some(Format::Text)
        }))?,
        families: if families.is_dir() {
            all(files_under(&families, is_family))?
        } else {
            Vec::new()
        },
        settling,
    };
    LabelledSet::read(&files).with_context(|| format!("{} cannot be used", folder.display()))
}

/// Reads a table of labelled texts. Unreadable rows are reported and left out.
pub fn read_table(labels: &LabelArgs, mut intake: IntakeOptions) -> anyhow::Result<LabelledTable> {
    let wanted =
        [Some(&labels.label_field), labels.target_field.as_ref(), labels.group_field.as_ref()];
    intake.fields.kept = wanted.into_iter().flatten().cloned().collect();
    let mut rows = Vec::new();
    for source in sources(&labels.from) {
        let articles =
            source.articles(&intake).map_err(|message| anyhow!("{}: {message}", source.name()))?;
        for saved in articles {
            match saved {
                Err(Unreadable { place, error, .. }) => {
                    terminal::complain(&place, &error.to_string());
                }
                Ok(Saved { article, kept, .. }) => {
                    let mut kept = kept.into_iter();
                    let label = kept.next().flatten().filter(|label| !label.trim().is_empty());
                    let Some(label) = label else {
                        terminal::complain(
                            &article.id,
                            &format!("it has no label in {:?} and is left out", labels.label_field),
                        );
                        continue;
                    };
                    let target = labels.target_field.as_ref().and_then(|_| kept.next().flatten());
                    let group = labels.group_field.as_ref().and_then(|_| kept.next().flatten());
                    rows.push(GivenRow {
                        text: article.full_text(),
                        id: article.id,
                        label: label.trim().to_owned(),
                        target,
                        group,
                    });
                }
            }
        }
    }
    LabelledTable::new(&rows).map_err(|message| anyhow!(message))
}
