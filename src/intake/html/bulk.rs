//! Data in the tags of a page, as programs leave it there: drawings, states of components, long
//! comments. Nobody reads it, and the parser takes long for it.

use std::borrow::Cow;

use memchr::memmem;

/// Bytes from which a value or comment is bulk. Texts that attributes hold are shorter.
const MIN_BULK: usize = 8 << 10;

const COMMENT: (&[u8], &[u8]) = (b"<!--", b"-->");

/// A page without the contents of long comments and of long values of attributes in quotation
/// marks. It is looked at as bytes, so what stands between `="` and `"` of a text, without a tag
/// for so long, goes as well: parse a page as it is first.
pub(super) fn without_bulk(html: &str) -> Cow<'_, str> {
    let bytes = html.as_bytes();
    let (mut kept, mut copied, mut at) = (String::new(), 0, 0);
    let mut open: Vec<&[u8]> = Vec::new();
    while let Some(found) = memchr::memchr2(b'=', b'<', &bytes[at..]) {
        let from = at + found;
        let (start, close) = match &bytes[from..] {
            [b'=', b'"', ..] => (from + 2, &b"\""[..]),
            [b'=', b'\'', ..] => (from + 2, &b"'"[..]),
            rest if rest.starts_with(COMMENT.0) => (from + COMMENT.0.len(), COMMENT.1),
            _ => {
                at = from + 1;
                continue;
            }
        };
        let found = if open.contains(&close) { None } else { memmem::find(&bytes[start..], close) };
        let Some(length) = found else {
            // What has no end here has none further on.
            open.push(close);
            at = start;
            continue;
        };
        at = start + length + close.len();
        if length >= MIN_BULK {
            kept.push_str(&html[copied..start]);
            copied = start + length;
        }
    }
    if copied == 0 {
        return Cow::Borrowed(html);
    }
    kept.push_str(&html[copied..]);
    Cow::Owned(kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_values_and_comments_lose_their_contents() {
        let long = "M 1 2 ".repeat(2_000);
        for (html, without) in [
            (format!("<p>نص</p><path d=\"{long}\"/><p>نص"), "<p>نص</p><path d=\"\"/><p>نص"),
            (format!("<div data-page='{long}' id=\"a\">نص"), "<div data-page='' id=\"a\">نص"),
            (format!("<!--{long}-->نص<!-- a -->"), "<!---->نص<!-- a -->"),
            (format!("<p>{long}</p>نص"), &format!("<p>{long}</p>نص")),
            (format!("<p title=\"{long}"), &format!("<p title=\"{long}")),
            (format!("<!--{long} a=\""), &format!("<!--{long} a=\"")),
        ] {
            assert_eq!(without_bulk(&html), *without);
        }
    }
}
