//! Why a page is not parsed: it exceeds a limit, or text stands in a tag that has no end.

use std::borrow::Cow;

use dom_query::Document;

use super::PageLimit;
use super::bulk::without_bulk;
use crate::intake::IntakeError;

/// Why a page is not parsed.
#[derive(Debug)]
pub(in crate::intake) enum Refusal {
    Limit(PageLimit),
    /// A tag or comment has no end; its line.
    Unclosed(usize),
}

impl Refusal {
    /// The refusal of a page in which a tag or comment opens not far before these bytes.
    pub(super) fn unclosed(html: &str, at: usize) -> Self {
        Self::Unclosed(memchr::memchr_iter(b'\n', &html.as_bytes()[..at]).count() + 1)
    }
}

impl From<PageLimit> for Refusal {
    fn from(limit: PageLimit) -> Self {
        Self::Limit(limit)
    }
}

impl From<Refusal> for IntakeError {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Limit(limit) => Self::Hostile(limit),
            Refusal::Unclosed(line) => Self::Unclosed { line },
        }
    }
}

/// Arabic letters that are no longer a value in a tag, or the end of a page that is cut.
const MIN_LETTERS: usize = 100;

/// Whether there is so much Arabic that it is text.
pub(in crate::intake) fn is_text(html: &str) -> bool {
    html.chars().filter(|c| matches!(c, '\u{620}'..='\u{64A}')).nth(MIN_LETTERS - 1).is_some()
}

/// What is parsed at once.
#[derive(Clone, Copy)]
pub(super) enum Pieces {
    Long,
    /// No more than from one tag to the next, so that it is known behind which nothing is built.
    Tags,
}

/// Parses a page. One that ends in a tag or comment is parsed once more, tag by tag, to see whether
/// text stands there; one that is slow without the bulk in its tags.
pub(super) fn guarded(
    html: &str,
    parse: impl Fn(&str, Pieces) -> Result<Document, Refusal>,
) -> Result<Document, Refusal> {
    let parse = |html: &str| match parse(html, Pieces::Long) {
        Err(Refusal::Unclosed(_)) => parse(html, Pieces::Tags),
        parsed => parsed,
    };
    match parse(html) {
        Err(Refusal::Limit(limit @ (PageLimit::Parts | PageLimit::Work))) => {
            match without_bulk(html) {
                Cow::Owned(less) => parse(&less),
                Cow::Borrowed(_) => Err(limit.into()),
            }
        }
        parsed => parsed,
    }
}
