//! Files that hold several articles though their kind usually holds one.

#[cfg(feature = "archives")]
use super::collections::{self, Articles, Place};
use super::raw_article::{Item, SourceInfo};
use super::{Format, IntakeError, IntakeOptions, encoding, press};

/// How a file is read that may hold one article or several.
pub(super) struct FileOptions {
    /// Whether it is one article in any case.
    pub(super) is_whole: bool,
    pub(super) options: IntakeOptions,
    /// How many archives it is in.
    #[cfg_attr(not(feature = "archives"), expect(dead_code, reason = "it is in none"))]
    pub(super) depth: usize,
}

/// Several articles.
pub(super) enum Several {
    /// Those of a press database's export.
    Items(Vec<Item>),
    /// Those of a collection.
    #[cfg(feature = "archives")]
    Many(Articles<'static>),
}

/// The articles of a text or page that holds several; `None` if it is one article.
///
/// # Errors
/// As for decoding the file.
pub(super) fn several(
    bytes: &[u8],
    source: &SourceInfo,
    how: &FileOptions,
) -> Result<Option<Several>, IntakeError> {
    if how.is_whole {
        return Ok(None);
    }
    if source.format == Format::Html {
        return messages_or_pages(bytes, source, how);
    }
    if !press::may_be(bytes) {
        return Ok(None);
    }
    let encoding = how.options.encoding.unwrap_or_else(|| encoding::detect(bytes, None));
    let decoded = encoding::decode(bytes, encoding, how.options.strict)?;
    let items = press::split(&source.name, &decoded.text, decoded.encoding);
    Ok(items.map(Several::Items))
}

#[cfg(feature = "archives")]
fn messages_or_pages(
    bytes: &[u8],
    source: &SourceInfo,
    how: &FileOptions,
) -> Result<Option<Several>, IntakeError> {
    let (name, options) = (source.name.clone(), how.options.clone());
    let place = Place { name, options, depth: how.depth };
    let messages = collections::telegram_messages(bytes, &place)?;
    Ok(messages.or_else(|| collections::pages(bytes, &place)).map(Several::Many))
}

#[cfg(not(feature = "archives"))]
#[expect(clippy::unnecessary_wraps, reason = "as with the feature")]
fn messages_or_pages(
    _: &[u8],
    _: &SourceInfo,
    _: &FileOptions,
) -> Result<Option<Several>, IntakeError> {
    Ok(None)
}
