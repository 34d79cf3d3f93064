//! Limits that keep the parsing of a page fast: the time to build the tree of deeply nested
//! elements grows with the square of their depth, and so it does with the attributes of an element.

/// Most bytes of a page that is parsed.
pub const MAX_BYTES: usize = 8 << 20;

/// Deepest nesting of elements that is parsed. Browsers stop at 512.
const MAX_DEPTH: usize = 1_000;

/// Most attributes of one element.
const MAX_ATTRIBUTES: usize = 1_000;

/// Most elements of one page.
const MAX_ELEMENTS: usize = 200_000;

/// Elements without content, and elements whose end tag may be left out: they do not nest.
const FLAT: [&str; 30] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr", "p", "li", "dt", "dd", "option", "optgroup", "tr", "td", "th", "thead",
    "tbody", "tfoot", "colgroup", "html", "head", "body",
];

/// Elements of inline SVG, the only ones that `/>` closes.
const SVG: [&str; 11] = [
    "path", "circle", "rect", "line", "polygon", "polyline", "ellipse", "use", "stop", "image",
    "animate",
];

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
    /// The nesting of elements.
    #[error("elements nested deeper than {MAX_DEPTH}")]
    Depth,
    /// The number of elements.
    #[error("more than {MAX_ELEMENTS} elements")]
    Elements,
}

/// Refuses a page that would be slow to parse, in one pass over its bytes.
pub(in crate::intake) fn check(html: &str) -> Result<(), PageLimit> {
    if html.len() > MAX_BYTES {
        return Err(PageLimit::Size { n_bytes: html.len() });
    }
    let (mut depth, mut elements, mut rest) = (0_usize, 0_usize, html);
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = comment.find("-->").map_or("", |end| &comment[end..]);
            continue;
        }
        let closing = rest.starts_with('/');
        let name_at = usize::from(closing);
        if !rest[name_at..].starts_with(|c: char| c.is_ascii_alphabetic()) {
            continue;
        }
        let (length, attributes, empty) = tag(rest);
        if attributes > MAX_ATTRIBUTES {
            return Err(PageLimit::Attributes);
        }
        let tag = &rest[name_at..length];
        let name = tag
            .split(|c: char| c.is_whitespace() || c == '/' || c == '>')
            .next()
            .unwrap_or("")
            .to_ascii_lowercase();
        rest = &rest[length..];
        if FLAT.contains(&name.as_str()) {
            elements += 1;
        } else if closing {
            depth = depth.saturating_sub(1);
        } else {
            elements += 1;
            if name == "script" || name == "style" {
                let end = format!("</{name}");
                rest = rest
                    .as_bytes()
                    .windows(end.len())
                    .position(|w| w.eq_ignore_ascii_case(end.as_bytes()))
                    .map_or("", |at| &rest[at..]);
            }
            depth += usize::from(!(empty && SVG.contains(&name.as_str())));
        }
        if depth > MAX_DEPTH {
            return Err(PageLimit::Depth);
        }
        if elements > MAX_ELEMENTS {
            return Err(PageLimit::Elements);
        }
    }
    Ok(())
}

/// Length of the tag at the start of `rest` with its `>`, how many attributes it has, and whether
/// it ends in `/>`.
fn tag(rest: &str) -> (usize, usize, bool) {
    let (mut quote, mut attributes, mut outside) = (None, 0, false);
    for (at, byte) in rest.bytes().enumerate() {
        match (quote, byte) {
            (Some(open), _) if byte == open => quote = None,
            (Some(_), _) => {}
            (None, b'"' | b'\'') => quote = Some(byte),
            (None, b'>') => return (at + 1, attributes, at > 0 && rest.as_bytes()[at - 1] == b'/'),
            (None, _) if byte.is_ascii_whitespace() || byte == b'/' => outside = true,
            (None, _) => {
                attributes += usize::from(outside);
                outside = false;
            }
        }
        if attributes > MAX_ATTRIBUTES {
            return (at, attributes, false);
        }
    }
    (rest.len(), attributes, false)
}
