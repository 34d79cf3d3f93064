//! Limits that keep the parsing of a page fast: the time to build the tree of deeply nested
//! elements grows with the square of their depth, and so it does with the attributes of an element.

/// Most bytes of a page that is parsed.
pub const MAX_BYTES: usize = 8 << 20;

/// Deepest nesting of elements that is parsed. Browsers stop at 512.
pub(super) const MAX_DEPTH: usize = 1_000;

/// Most attributes of one element.
pub(super) const MAX_ATTRIBUTES: usize = 1_000;

/// Most parts of one tag or comment, as far as they can be told before its end.
pub(super) const MAX_PARTS: usize = 20_000;

/// Bytes from which on a text takes no more, and what follows is a text beside it. `html5ever`
/// writes a text by its `&` and by the first bytes of `«` and `»`, and looks through the rest each
/// time.
pub(super) const MAX_TEXT: usize = 4 << 10;

/// Most elements of one page, with those that the parser repeats: formatting that was not closed
/// goes on in the next paragraph.
pub(super) const MAX_ELEMENTS: usize = 200_000;

/// Most nodes (elements, texts) of a small page, and least bytes of a larger one for each of its
/// nodes. Pages as people write them take twenty; where there are more nodes, the parser repeats
/// formatting, and the memory is no longer in proportion to the page.
const MIN_NODES: usize = 5_000;
const MIN_BYTES_OF_NODE: usize = 4;

/// Most nodes of a page of so many bytes.
pub(super) fn max_nodes(n_bytes: usize) -> usize {
    MIN_NODES + n_bytes / MIN_BYTES_OF_NODE
}

/// Most work for one page: the depths of all its nodes, added up. A tree of 8 MB as people write it
/// takes a twentieth of that.
pub(super) const MAX_WORK: usize = 8_000_000;

/// The limit that a web page exceeds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PageLimit {
    /// The size of the file, before decoding.
    #[error("more than {} MB of HTML", limit >> 20)]
    FileSize {
        /// Most bytes of a file.
        limit: u64,
    },
    /// The size of the decoded page.
    #[error("{} MB of HTML; at most {} MB are read", n_bytes >> 20, MAX_BYTES >> 20)]
    Size {
        /// Bytes of the page.
        n_bytes: usize,
    },
    /// The attributes of one element.
    #[error("an element with more than {MAX_ATTRIBUTES} attributes")]
    Attributes,
    /// The parts of one tag, or of one comment.
    #[error("a tag or a comment of more than {MAX_PARTS} parts")]
    Parts,
    /// The nesting of elements.
    #[error("elements nested deeper than {MAX_DEPTH}")]
    Depth,
    /// The number of elements.
    #[error("more than {MAX_ELEMENTS} elements")]
    Elements,
    /// The number of elements and texts for the size of the page.
    #[error("more than {limit} elements and texts, which is too many for its size")]
    Nodes {
        /// Most of them.
        limit: usize,
    },
    /// The number of elements times their depth.
    #[error("too many elements for how deep they are nested")]
    Work,
}

/// Refuses a page of too many bytes.
pub(super) fn check_size(html: &str) -> Result<(), PageLimit> {
    if html.len() > MAX_BYTES {
        return Err(PageLimit::Size { n_bytes: html.len() });
    }
    Ok(())
}
