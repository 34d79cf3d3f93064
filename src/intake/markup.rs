//! Markup inside a field: the HTML and the entities that content systems and feeds put into the
//! text of a record.
//!
//! A text counts as markup only if it has a tag with a known name, a comment, or an entity with a
//! known name or a number. A lone `<` or `&` changes nothing. What is quoted by markup
//! (`<blockquote>`, `<q>`) is between «».

use std::borrow::Cow;

use super::IntakeError;
#[cfg(feature = "html")]
use super::html;

/// Names of elements by which a text is known as HTML, in order.
const TAGS: [&str; 78] = [
    "a",
    "abbr",
    "address",
    "article",
    "aside",
    "audio",
    "b",
    "big",
    "blockquote",
    "body",
    "br",
    "button",
    "caption",
    "center",
    "cite",
    "code",
    "dd",
    "del",
    "div",
    "dl",
    "dt",
    "em",
    "embed",
    "figcaption",
    "figure",
    "font",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hr",
    "html",
    "i",
    "iframe",
    "img",
    "input",
    "ins",
    "li",
    "link",
    "main",
    "mark",
    "meta",
    "nav",
    "noscript",
    "object",
    "ol",
    "p",
    "picture",
    "pre",
    "q",
    "s",
    "script",
    "section",
    "small",
    "source",
    "span",
    "strike",
    "strong",
    "style",
    "sub",
    "sup",
    "svg",
    "table",
    "tbody",
    "td",
    "th",
    "time",
    "title",
    "tr",
    "u",
    "ul",
    "video",
];

/// Names of entities by which a text is known as escaped, in order.
const ENTITIES: [&str; 34] = [
    "amp", "apos", "bull", "copy", "deg", "emsp", "ensp", "euro", "gt", "hellip", "laquo", "ldquo",
    "lrm", "lsaquo", "lsquo", "lt", "mdash", "middot", "nbsp", "ndash", "quot", "raquo", "rdquo",
    "reg", "rlm", "rsaquo", "rsquo", "sbquo", "shy", "thinsp", "times", "trade", "zwj", "zwnj",
];

/// How often a text is read again that was escaped more than once, as feeds do.
#[cfg(feature = "html")]
const MAX_LAYERS: usize = 3;

/// The text of a field: without its markup, if it has any, else as it is.
///
/// # Errors
/// If the markup exceeds the limits of a page. Without the feature `html`,
/// [`IntakeError::Unsupported`] for a text with tags; entities stay.
pub(super) fn read(text: String) -> Result<String, IntakeError> {
    // Most texts have neither sign, and searching one at a time is fast.
    let is_marked =
        (text.contains('<') && has_tags(&text)) || (text.contains('&') && has_entities(&text));
    if !is_marked {
        return Ok(text);
    }
    unmarked(text)
}

#[cfg(not(feature = "html"))]
fn unmarked(text: String) -> Result<String, IntakeError> {
    if has_tags(&text) {
        super::Format::Html.check_supported()?;
    }
    Ok(text)
}

#[cfg(feature = "html")]
fn unmarked(mut text: String) -> Result<String, IntakeError> {
    for _ in 0..MAX_LAYERS {
        text = layer(&text)?;
        if !has_tags(&text) && !has_entities(&text) {
            break;
        }
    }
    Ok(text)
}

/// The text without one layer of markup.
#[cfg(feature = "html")]
fn layer(text: &str) -> Result<String, IntakeError> {
    let start: String = text.trim_start().chars().take(15).collect::<String>().to_ascii_lowercase();
    if ["<!doctype", "<html", "<head", "<body"].iter().any(|page| start.starts_with(page)) {
        match html::read(text) {
            Err(IntakeError::NoArticle) => {}
            page => return page.map(|page| page.text),
        }
    }
    // Without paragraphs of its own, the lines of the text are those that count.
    let lower = text.to_ascii_lowercase();
    let has_paragraphs = ["<p", "<br", "<div", "<li"].iter().any(|tag| lower.contains(tag));
    let document = if has_paragraphs {
        html::parse::fragment(text)?
    } else {
        html::parse::fragment(&text.replace('\n', "<br>"))?
    };
    document
        .select(
            "script, style, noscript, template, iframe, object, embed, svg, button, form, head, \
             audio, video",
        )
        .remove();
    html::quotes::mark(&document);
    Ok(document.formatted_text().trim().to_owned())
}

/// Markup in which empty lines part paragraphs, as they do in what `WordPress` keeps, unless it has
/// paragraphs or lines of its own.
pub(super) fn with_paragraphs(text: &str) -> Cow<'_, str> {
    let has = |tag: &str| {
        let mut places = text.match_indices('<').map(|(at, _)| text.get(at..at + tag.len()));
        places.any(|there| there.is_some_and(|there| there.eq_ignore_ascii_case(tag)))
    };
    if !text.contains("\n\n") || ["<p>", "<p ", "<br"].into_iter().any(has) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.replace("\n\n", "<br><br>"))
}

/// A name of one line without its entities.
pub(super) fn without_entities(name: &str) -> String {
    if has_entities(name) {
        read(name.to_owned()).unwrap_or_else(|_| name.to_owned())
    } else {
        name.to_owned()
    }
}

/// Whether a text has a comment or a tag with a known name.
pub(super) fn has_tags(text: &str) -> bool {
    let last_end = text.rfind('>');
    text.match_indices('<').any(|(at, _)| {
        let rest = &text[at + 1..];
        if rest.starts_with("!--") || rest.starts_with("![CDATA[") {
            return true;
        }
        let rest = rest.strip_prefix('/').unwrap_or(rest);
        let end = rest.bytes().take(11).take_while(u8::is_ascii_alphanumeric).count();
        let (name, after) = rest.split_at(end);
        TAGS.binary_search(&name.to_ascii_lowercase().as_str()).is_ok()
            && after.starts_with(|c: char| c.is_ascii_whitespace() || c == '/' || c == '>')
            && last_end.is_some_and(|end| end >= text.len() - after.len())
    })
}

/// Whether a text has an entity with a known name or a number.
fn has_entities(text: &str) -> bool {
    text.match_indices('&').any(|(at, _)| {
        let rest = &text[at + 1..];
        let length = rest.bytes().take(10).position(|byte| byte == b';');
        let Some(name) = length.map(|length| &rest[..length]) else { return false };
        match name.strip_prefix('#') {
            Some(number) => {
                let hex = number.strip_prefix(['x', 'X']);
                let digits = hex.unwrap_or(number);
                let radix = if hex.is_some() { 16 } else { 10 };
                u32::from_str_radix(digits, radix).is_ok() && !digits.starts_with('+')
            }
            None => ENTITIES.binary_search(&name).is_ok(),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_names_are_in_order() {
        assert!(TAGS.is_sorted() && ENTITIES.is_sorted());
    }

    #[test]
    fn signs_that_are_no_markup_stay_as_they_are() {
        for text in [
            "5 < 7 & 8 > 3",
            "نص <و> آخر & غيره; AT&T",
            "<<قال>>",
            "&#; &#x; &unknown; a&b;c",
            "a <b c",
            "a> <b c",
        ] {
            assert_eq!(read(text.to_owned()).unwrap(), text);
        }
    }

    #[cfg(feature = "html")]
    #[test]
    fn markup_is_taken_off_and_what_it_quotes_is_quoted() {
        for (text, plain) in [
            ("<p>قال&nbsp;&laquo;نعم&raquo;</p>\n<p>ثم مضى</p>", "قال «نعم»\n\nثم مضى"),
            ("&#1606;&#x635; &lt;b&gt;غليظ&lt;/b&gt;", "نص غليظ"),
            ("سطر <b>أول</b>\nسطر ثان", "سطر أول\nسطر ثان"),
            ("قال: <q>نعم</q>", "قال: «نعم»"),
            ("<blockquote><p>نعم</p></blockquote><p>لا</p>", "«نعم»\n\nلا"),
            ("<div><script>var a = \"نص\";</script>متن<!-- تعليق --></div>", "متن"),
        ] {
            assert_eq!(read(text.to_owned()).unwrap(), plain, "{text}");
        }
    }

    #[cfg(feature = "html")]
    #[test]
    fn every_paragraph_of_a_quotation_has_its_own_marks() {
        let text = "<p>وقال:</p><blockquote><p>نص أول</p><p>نص ثان</p></blockquote><p>وانتهى</p>";
        let read = read(text.to_owned()).unwrap();
        assert!(read.contains("«نص أول»") && read.contains("«نص ثان»"), "{read}");
    }
}
