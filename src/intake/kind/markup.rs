//! Kinds of markup by their first elements.

use super::Kind;
use crate::intake::Format;

/// Elements with which a page, or a part of one, begins.
const PAGE: [&str; 48] = [
    "html",
    "head",
    "body",
    "title",
    "meta",
    "link",
    "base",
    "style",
    "script",
    "noscript",
    "main",
    "article",
    "section",
    "header",
    "footer",
    "nav",
    "aside",
    "div",
    "p",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "span",
    "a",
    "b",
    "i",
    "u",
    "em",
    "strong",
    "font",
    "center",
    "br",
    "hr",
    "img",
    "figure",
    "table",
    "tbody",
    "tr",
    "td",
    "ul",
    "ol",
    "blockquote",
    "q",
    "pre",
    "form",
];

/// The kind of a text that begins with `<`; `None` if that is no markup.
pub(super) fn kind(start: &str) -> Option<Kind> {
    let declared = start.starts_with("<?xml");
    let mut rest = start;
    loop {
        rest = rest.trim_start();
        let after = |end: &str, rest: &str| rest.find(end).map(|at| at + end.len());
        let skipped = if rest.starts_with("<!--") {
            // A comment that does not end in the sample is one of a page.
            let Some(end) = after("-->", rest) else { return Some(Kind::Format(Format::Html)) };
            end
        } else if rest.starts_with("<?xml") {
            after("?>", rest)?
        } else if let Some(declaration) = rest.strip_prefix("<!") {
            let doctype = declaration.trim_start().to_ascii_lowercase();
            if doctype.strip_prefix("doctype").is_some_and(|of| of.trim_start().starts_with("html"))
            {
                return Some(Kind::Format(Format::Html));
            }
            // An internal subset has its own elements; its end is `]>`.
            let end = after(">", rest)?;
            if rest[..end].contains('[') { after("]>", rest).unwrap_or(end) } else { end }
        } else {
            break;
        };
        rest = &rest[skipped..];
    }
    let name = rest.strip_prefix('<')?;
    let end = name.find(|c: char| !c.is_ascii_alphanumeric() && !":-_.".contains(c))?;
    let (name, rest) = (name[..end].to_ascii_lowercase(), &name[end..]);
    if !name.starts_with(|c: char| c.is_ascii_alphabetic())
        || !rest.starts_with(|c: char| c.is_whitespace() || c == '>' || c == '/')
    {
        return None;
    }
    Some(match name.as_str() {
        "rss" | "rdf:rdf" => Kind::Format(Format::Feed),
        "feed" if rest.contains("Atom") || declared => Kind::Format(Format::Feed),
        name if name.ends_with(":feed") && rest.contains("Atom") => Kind::Format(Format::Feed),
        "urlset" | "sitemapindex" => {
            other("a sitemap, a list of addresses", "save the pages themselves")
        }
        "opml" => other("OPML, a list of feeds", "save the feeds or the pages themselves"),
        "svg" => other("a drawing (SVG)", "save the article as text"),
        "office:document" => other(
            "a flat OpenDocument file",
            "convert it to a Word file: soffice --headless --convert-to docx FILE",
        ),
        name if PAGE.contains(&name) => Kind::Format(Format::Html),
        name if declared || start.contains(&format!("</{}", &rest_name(start, name))) => {
            let kind = format!("XML of another kind (its root is <{name}>)");
            Kind::Other(kind.into(), CURE.into())
        }
        _ => return None,
    })
}

const CURE: &str = "convert it to JSON lines or CSV with one article a record";

/// The name as the text spells it.
fn rest_name<'a>(start: &'a str, name: &'a str) -> &'a str {
    let at = start.to_ascii_lowercase().find(name);
    at.and_then(|at| start.get(at..at + name.len())).unwrap_or(name)
}

fn other(kind: &'static str, cure: &'static str) -> Kind {
    Kind::Other(kind.into(), cure.into())
}
