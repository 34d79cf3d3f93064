//! What stands for Parquet files where there can be none: types without a value, so that nothing
//! but the error is ever made.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use crate::camp::Camps;
use crate::intake::bytes::Bytes;
use crate::intake::{Intake, IntakeError, IntakeOptions};
use crate::record::ScoreRecord;

/// A file that cannot be opened.
pub enum Chunks {}

impl Chunks {
    /// The error.
    pub fn open(_: &Path, _: Arc<AtomicU64>) -> Result<Self, String> {
        Err(IntakeError::NoParquet.to_string())
    }

    /// Its articles.
    pub fn articles(self, _: &str, _: &IntakeOptions) -> Result<Intake<'static>, String> {
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
        Err(IntakeError::NoParquet.into())
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
