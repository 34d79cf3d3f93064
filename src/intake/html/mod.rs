//! A saved web page → its main article, by [dom_smoothie](https://docs.rs/dom_smoothie), a port of
//! Mozilla's Readability.
//!
//! Hostile pages are refused while they are parsed ([`parse`]): the time to build the tree of
//! deeply nested elements grows with the square of their depth, and so it does with the attributes
//! of an element.
//!
//! Without the feature `html`, [`read`] is an [`IntakeError::Unsupported`].

#[cfg(feature = "html")]
mod apart;
#[cfg(feature = "html")]
mod bulk;
#[cfg(feature = "html")]
mod comments;
#[cfg(feature = "html")]
mod counting;
#[cfg(feature = "html")]
mod heading;
#[cfg(feature = "html")]
mod near;
#[cfg(feature = "html")]
mod notices;
#[cfg(feature = "html")]
mod page;
#[cfg(feature = "html")]
pub(super) mod parse;
#[cfg(feature = "html")]
mod prose;
#[cfg(feature = "html")]
mod published;
#[cfg(feature = "html")]
pub(super) mod quotes;
#[cfg(feature = "html")]
mod refusal;
#[cfg(feature = "html")]
mod structured;
#[cfg(feature = "html")]
mod tickers;
#[cfg(feature = "html")]
mod title;

mod limits;

use encoding_rs::Encoding;

use super::IntakeError;
use super::boilerplate::Removal;
pub use limits::{MAX_BYTES, PageLimit};
#[cfg(feature = "archives")]
pub(super) use refusal::is_text as has_text;

/// Bytes at the start of a page in which it declares its encoding, if it does
/// (<https://html.spec.whatwg.org/#charset>).
const DECLARATION: usize = 2_048;

/// The article of a web page and the metadata of the page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExtractedPage {
    /// Headline, from the page's metadata.
    pub title: Option<String>,
    /// Name of the site.
    pub outlet: Option<String>,
    /// Time of publication, as the page writes it.
    pub date: Option<String>,
    /// Its address, as the page tells it.
    pub url: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// The main article; paragraphs are separated by empty lines.
    pub text: String,
    /// What was taken out of the page, as if it stood behind the text.
    pub removals: Vec<Removal>,
}

/// The encoding that a page declares in its head.
pub fn declared_encoding(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(DECLARATION)]).to_ascii_lowercase();
    let label = head.split_once("charset=")?.1.trim_start_matches(['"', '\'']);
    let end = label
        .find(|c: char| !c.is_ascii_alphanumeric() && !"-_".contains(c))
        .unwrap_or(label.len());
    Encoding::for_label(&label.as_bytes()[..end])
}

/// Extracts the main article of a page.
///
/// # Errors
/// [`IntakeError::Hostile`] if the page exceeds a [`PageLimit`], and [`IntakeError::NoArticle`] if
/// nothing in it reads like an article.
pub fn read(html: &str) -> Result<ExtractedPage, IntakeError> {
    extract(html)
}

/// The text of markup that is all of an article, such as a field of a feed; paragraphs are
/// separated by empty lines, and quotations that the markup marks have their marks.
///
/// # Errors
/// [`IntakeError::Hostile`] if the markup exceeds a [`PageLimit`].
pub fn fragment(html: &str) -> Result<String, IntakeError> {
    plain(html)
}

#[cfg(not(feature = "html"))]
fn extract(html: &str) -> Result<ExtractedPage, IntakeError> {
    limits::check_size(html).map_err(IntakeError::Hostile)?;
    super::Format::Html.check_supported().map(|()| ExtractedPage::default())
}

#[cfg(not(feature = "html"))]
fn plain(html: &str) -> Result<String, IntakeError> {
    limits::check_size(html).map_err(IntakeError::Hostile)?;
    super::Format::Html.check_supported().map(|()| String::new())
}

#[cfg(feature = "html")]
use page::{extract, plain};

#[cfg(all(test, feature = "html"))]
mod tests;
