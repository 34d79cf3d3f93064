//! The parsing of a page, given up where it becomes slow.
//!
//! The page goes to the parser piece by piece. What the parser builds is counted in the tree that
//! it builds, so nothing in the page can hide from the count, and between two pieces the count is
//! compared with the limits.

use std::rc::Rc;

use dom_query::Document;
use html5ever::driver::{Parser, parse_document, parse_fragment};
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::tree_builder::TreeBuilderOpts;
use html5ever::{ParseOpts, QualName, local_name, ns};

use super::PageLimit;
use super::counting::Counting;
use super::limits::{MAX_PARTS, check_size, max_nodes};
use super::refusal::{Pieces, Refusal, guarded, is_text};

/// Bytes that are parsed between two looks at the count: few, as a piece may cost its length times
/// the depth; fewer in elements that are nested deep, which the parser may all repeat.
const MAX_PIECE: usize = 1 << 10;
const MIN_PIECE: usize = 16;

/// The depth from which on pieces are smaller.
const USUAL_DEPTH: usize = 16;

/// Parses a page.
///
/// # Errors
/// Why it is refused.
pub(in crate::intake) fn page(html: &str) -> Result<Document, Refusal> {
    guarded(html, |html, pieces| {
        run(html, parse_document(Counting::new(Document::default()), options(false)), pieces)
    })
}

/// Parses markup that stands in a page's body.
///
/// # Errors
/// Why it is refused.
pub(in crate::intake) fn fragment(html: &str) -> Result<Document, Refusal> {
    let body = QualName::new(None, ns!(html), local_name!("body"));
    guarded(html, |html, pieces| {
        let sink = Counting::new(Document::fragment_sink());
        run(html, parse_fragment(sink, options(true), body.clone(), Vec::new(), false), pieces)
    })
}

/// As `dom_query` parses.
fn options(drop_doctype: bool) -> ParseOpts {
    let tree_builder =
        TreeBuilderOpts { scripting_enabled: false, drop_doctype, ..TreeBuilderOpts::default() };
    ParseOpts { tree_builder, ..ParseOpts::default() }
}

fn run(html: &str, mut parser: Parser<Counting>, pieces: Pieces) -> Result<Document, Refusal> {
    check_size(html)?;
    // Behind what something was built of last.
    let mut unused = html;
    let (mut rest, mut n_separators) = (html, 0_usize);
    let limit = max_nodes(html.len());
    while !rest.is_empty() {
        let sink = &parser.tokenizer.sink.sink;
        let length = MAX_PIECE / (1 + sink.deepest.get() / USUAL_DEPTH);
        let (built, deepest) = (sink.n_built.get(), sink.begin());
        let (mut piece, mut after) = rest.split_at(rest.floor_char_boundary(length.max(MIN_PIECE)));
        let tag = memchr::memchr(b'<', &piece.as_bytes()[1..]);
        if let (Pieces::Tags, Some(tag)) = (pieces, tag) {
            (piece, after) = rest.split_at(1 + tag);
        }
        rest = after;
        parser.process(StrTendril::from(piece));
        let sink = &parser.tokenizer.sink.sink;
        // An end tag builds nothing, but is looked for among all that is open.
        let tags = memchr::memchr_iter(b'<', piece.as_bytes()).count();
        sink.work(tags * deepest.max(sink.deepest.get()));
        // Nothing is built before the end of a tag, whose attributes are compared with each other.
        if sink.n_built.get() == built {
            n_separators += separators(piece);
            if n_separators > MAX_PARTS {
                return Err(PageLimit::Parts.into());
            }
        } else {
            sink.work(n_separators.saturating_mul(n_separators) / ATTRIBUTE_PAIRS);
            n_separators = 0;
            unused = rest;
        }
        sink.check(limit)?;
    }
    let sink = &parser.tokenizer.sink.sink;
    if let Some(at) = sink.raw_element().and_then(|name| unclosed_element(html, &name))
        && is_text(&html[at..])
        && has_tags(&html[at..])
    {
        return Err(Refusal::unclosed(html, at));
    }
    let is_in_tag = Rc::clone(&sink.is_in_tag);
    let document = parser.finish();
    match pieces {
        Pieces::Long if is_in_tag.get() => Err(Refusal::Unclosed(0)),
        Pieces::Tags if is_text(unused) => Err(Refusal::unclosed(html, html.len() - unused.len())),
        _ => Ok(document),
    }
}

/// Whether paragraphs, or the end of the page, stand in a text: in a script that is cut, there are
/// none.
fn has_tags(html: &str) -> bool {
    let is_tag = |at: usize| {
        let there = html.as_bytes()[at + 1..].strip_prefix(b"/");
        let there = there.unwrap_or(&html.as_bytes()[at + 1..]);
        ["p", "div", "body", "html"].iter().any(|name| {
            let (name, after) = (name.as_bytes(), there.get(name.len()));
            there.get(..name.len()).is_some_and(|there| there.eq_ignore_ascii_case(name))
                && after.is_some_and(|after| b"> \r\n".contains(after))
        })
    };
    memchr::memchr_iter(b'<', html.as_bytes()).any(is_tag)
}

/// Where an element opens that is not closed, of which it is known that the page ends in such.
fn unclosed_element(html: &str, name: &str) -> Option<usize> {
    let last = |tag: &str| {
        let (html, tag) = (html.as_bytes(), tag.as_bytes());
        memchr::memrchr_iter(b'<', html).find(|&at| {
            html[at..].get(..tag.len()).is_some_and(|there| there.eq_ignore_ascii_case(tag))
        })
    };
    let opened = last(&format!("<{name}"))?;
    (last(&format!("</{name}")) < Some(opened)).then_some(opened)
}

/// Pairs of attributes that are compared in the time of one unit of work.
const ATTRIBUTE_PAIRS: usize = 64;

/// At most as many attributes as there are in a piece of a tag.
fn separators(piece: &str) -> usize {
    piece.bytes().filter(|byte| byte.is_ascii_whitespace() || b"/\"'".contains(byte)).count()
}
