//! The labelled set in a folder.

use std::fs;
use std::path::Path;

use anyhow::Context;
use mizan::intake::Format;
use mizan::intake::encoding::{UTF_8, decode};
use mizan::labels::{LabelledFiles, LabelledSet, SourceText};

use super::source::{Source, files_under};

/// Reads and checks the labelled set in `folder`.
pub fn read(folder: &Path) -> anyhow::Result<LabelledSet> {
    let read = |path: &Path| -> anyhow::Result<SourceText> {
        let bytes = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
        let text = decode(&bytes, UTF_8, true).with_context(|| path.display().to_string())?.text;
        Ok(SourceText { name: path.display().to_string(), text })
    };
    let all = |sources: Vec<Source>| sources.iter().map(|source| read(Path::new(&source.name()))).collect::<anyhow::Result<Vec<_>>>();
    let (articles, families) = (folder.join("articles"), folder.join("families"));
    let is_family = |name: &str| Path::new(name).extension().is_some_and(|extension| extension == "toml");
    let files = LabelledFiles {
        camps: read(&folder.join("camps.toml"))?,
        events: read(&folder.join("events.toml"))?,
        outlets: read(&folder.join("outlets.toml"))?,
        labels: read(&folder.join("labels.csv"))?,
        articles: all(files_under(&articles, |name| Format::from_name(name) == Some(Format::Text)))?,
        families: if families.is_dir() { all(files_under(&families, is_family))? } else { Vec::new() },
    };
    LabelledSet::read(&files).with_context(|| format!("{} cannot be used", folder.display()))
}
