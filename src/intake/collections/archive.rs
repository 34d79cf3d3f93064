//! The members of archives, each read by its own kind.

use std::io::Cursor;

use super::{MAX_PART, Place};
use crate::intake::article_reader::ArticleReader;
use crate::intake::raw_article::RawArticle;
use crate::intake::{Format, IntakeError, IntakeOptions, PassedOver, kind};

/// First bytes of a member that tell its kind.
pub(super) const START: u64 = 8 << 10;

/// Most archives within each other: an archive of archives.
const MAX_DEPTH: usize = 2;

/// Reads members, one after the other.
pub(super) struct Members {
    pub(super) place: Place,
    pub(super) passed_over: PassedOver,
    current: Option<ArticleReader<'static>>,
}

impl Members {
    pub(super) fn new(place: Place) -> Self {
        Self { place, passed_over: PassedOver::default(), current: None }
    }

    /// The next article of the member that is read.
    pub(super) fn next(&mut self) -> Option<RawArticle> {
        let current = self.current.as_mut()?;
        let article = current.next_raw();
        if article.is_none() {
            self.passed_over.merge(current.passed_over());
            self.current = None;
        }
        article
    }

    /// Begins to read a member; gives its error if it cannot be read.
    pub(super) fn open(&mut self, name: &str, bytes: Vec<u8>) -> Option<RawArticle> {
        if let Some(reason) = kind::reason(name, &bytes) {
            self.passed_over.add(reason, name);
            return None;
        }
        let options = IntakeOptions { format: None, ..self.place.options.clone() };
        let depth = self.place.depth + 1;
        match ArticleReader::at_depth(name, Cursor::new(bytes), &options, depth) {
            Ok(reader) => {
                self.current = Some(reader);
                None
            }
            Err(error) => {
                let format = Format::from_name(name).unwrap_or(Format::Text);
                Some(self.place.failed(name.to_owned(), format, error))
            }
        }
    }

    /// Passes over a member that exceeds a limit; gives an error if it may be an article's.
    pub(super) fn refuse(&mut self, name: &str, start: &[u8], why: String) -> Option<RawArticle> {
        if let Some(reason) = kind::reason(name, start) {
            self.passed_over.add(reason, name);
            return None;
        }
        let format = Format::from_name(name).unwrap_or(Format::Text);
        Some(self.place.failed(name.to_owned(), format, IntakeError::Damaged(why.into())))
    }
}

/// Why a member is not read that is longer than a part may be.
pub(super) fn too_long() -> String {
    format!("it is longer than {} MB; unpack the archive", MAX_PART >> 20)
}

/// Whether an archive is in too many others.
pub(super) fn is_too_deep(place: &Place) -> bool {
    place.depth >= MAX_DEPTH
}

/// A member's name as it is written; bytes that are not UTF-8 and control characters are
/// percent-encoded, so that different names stay different.
pub(super) fn name(bytes: &[u8]) -> String {
    crate::intake::names::shown(bytes)
}
