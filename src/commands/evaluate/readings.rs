//! How well texts are read, on the gold set for reading.

use std::io::{self, Write};
use std::path::Path;

use anyhow::Context;

use crate::camp::Camps;
use crate::commands::{file, terminal};
use crate::evaluation::readings;
use crate::labels::readings as gold;
use crate::output;
use crate::output::maker::with_maker;
use crate::record::json;
use crate::text::TextReader;

/// A half of the gold set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Half {
    /// For whoever writes rules.
    Train,
    /// Only measured on.
    Test,
    /// Written after the rules by others, and marked by one reader each.
    More,
}

/// Reads every text of a half with the camps of the labelled set that the folder is part of, and
/// prints the figures.
pub(super) fn run(folder: &Path, half: Half, json: bool) -> anyhow::Result<()> {
    let half = match half {
        Half::Train => "train",
        Half::Test => "test",
        Half::More => "more",
    };
    let read = |name: String| {
        let path = folder.join(name);
        file::read(&path, file::MAX_LABELS)
            .map_err(anyhow::Error::from)
            .and_then(|bytes| Ok(String::from_utf8(bytes)?))
            .with_context(|| format!("cannot read {}", path.display()))
    };
    let texts = read(format!("texts-{half}.jsonl"))?;
    let marks = read(format!("settled-{half}.jsonl"))?;
    let marked = gold::read(&texts, &marks).with_context(|| folder.display().to_string())?;
    let camps = Camps::from_toml(&read("../camps.toml".to_owned())?)
        .with_context(|| folder.join("../camps.toml").display().to_string())?;
    let evaluation = readings::evaluate(&TextReader::with_camps(&camps), &marked);
    let mut out = io::stdout().lock();
    if json {
        // No model takes part in reading.
        let object = with_maker(output::readings::json(half, &evaluation), None);
        json::line(&mut out, &object)?;
    } else {
        write!(out, "{}", output::readings::text(half, &evaluation, terminal::table_style()))?;
    }
    Ok(())
}
