//! What stands for Parquet files where there can be none: types without a value, so that nothing
//! but the error is ever made.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use crate::camp::Camps;
use crate::commands::hint;
use crate::intake::bytes::Bytes;
use crate::intake::{ArticleReader, Format, IntakeOptions};
use crate::record::ScoreRecord;
use anyhow::anyhow;

fn unsupported() -> String {
    Format::Parquet.check_supported().map_or_else(|error| hint::message(&error), |()| String::new())
}

/// A file that cannot be opened.
pub enum Chunks {}

impl Chunks {
    /// The error.
    pub fn open(_: &Path, _: Arc<AtomicU64>) -> Result<Self, String> {
        Err(unsupported())
    }

    /// Its articles.
    pub fn articles(self, _: &str, _: &IntakeOptions) -> Result<ArticleReader<'static>, String> {
        match self {}
    }

    /// Its rows as lines of JSON.
    pub fn lines(self) -> Result<Bytes<'static>, String> {
        match self {}
    }
}

/// A table that cannot be begun.
pub enum Columns {}

impl Columns {
    /// The error.
    pub fn new(_: Option<&Path>, _: &Camps, _: &[String]) -> anyhow::Result<Self> {
        Err(anyhow!(unsupported()))
    }

    /// Adds a record.
    pub fn write(&mut self, _: &ScoreRecord) -> anyhow::Result<()> {
        match *self {}
    }

    /// Puts the file in its place.
    pub fn finish(self, _: bool) -> anyhow::Result<()> {
        match self {}
    }
}
