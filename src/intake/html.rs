//! A saved web page → its main article, by [dom_smoothie](https://docs.rs/dom_smoothie), a port of
//! Mozilla's Readability.
//!
//! Pages made to be slow are refused before they are parsed: building the tree of deeply nested
//! elements takes time that grows with the square of their depth, and so do attributes of one
//! element.

use dom_smoothie::{Config, ParsePolicy, Readability, TextMode};
use encoding_rs::Encoding;

use super::IntakeError;

/// Longest page that is parsed, in bytes.
pub const LONGEST: usize = 8 << 20;

/// Deepest nesting that is parsed. Browsers stop at 512.
const DEEPEST: usize = 1_000;

/// Most attributes of one element.
const MAX_ATTRIBUTES: usize = 1_000;

/// Most elements of one page.
const MAX_ELEMENTS: usize = 200_000;

/// Where a page declares its encoding, if it does: in its first bytes
/// (<https://html.spec.whatwg.org/#charset>).
const DECLARATION: usize = 2_048;

/// Elements without content, and elements whose end tag may be left out: they do not nest.
const FLAT: [&str; 30] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr", "p", "li", "dt", "dd", "option", "optgroup", "tr", "td", "th", "thead",
    "tbody", "tfoot", "colgroup", "html", "head", "body",
];

/// Elements of inline drawings, the only ones that `/>` closes.
const DRAWN: [&str; 11] = [
    "path", "circle", "rect", "line", "polygon", "polyline", "ellipse", "use", "stop", "image",
    "animate",
];

/// What a page is made of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// Headline, from the page's metadata.
    pub title: Option<String>,
    /// Name of the site.
    pub outlet: Option<String>,
    /// Time of publication, as the page writes it.
    pub date: Option<String>,
    /// The main article; paragraphs are separated by empty lines.
    pub text: String,
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

/// The main article of a page.
///
/// # Errors
/// [`IntakeError::Hostile`] when the page is longer, deeper or fuller than any article's page, and
/// [`IntakeError::NoArticle`] when nothing in it reads like an article.
pub fn read(html: &str) -> Result<Page, IntakeError> {
    check(html)?;
    let config =
        Config { text_mode: TextMode::Formatted, char_threshold: 200, ..Config::default() };
    let mut page =
        Readability::new(html, None, Some(config)).map_err(|_| IntakeError::NoArticle)?;
    let article = match page.parse() {
        Ok(article) => article,
        // Short articles do not reach the threshold; without its heuristics the body is taken as it
        // is.
        Err(_) => page.parse_with_policy(ParsePolicy::Clean).map_err(|_| IntakeError::NoArticle)?,
    };
    let some = |text: Option<String>| {
        text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
    };
    let text = paragraphs(&article.text_content);
    if text.is_empty() {
        return Err(IntakeError::NoArticle);
    }
    Ok(Page {
        title: some(Some(article.title)),
        outlet: some(article.site_name),
        date: some(article.published_time),
        text,
    })
}

/// Lines that are not empty, as paragraphs.
fn paragraphs(text: &str) -> String {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n\n")
}

/// Refuses a page that would take long to parse, in one pass over its bytes.
fn check(html: &str) -> Result<(), IntakeError> {
    let refuse = |what: String| Err(IntakeError::Hostile(what));
    if html.len() > LONGEST {
        return refuse(format!(
            "{} MB of HTML; at most {} MB are read",
            html.len() >> 20,
            LONGEST >> 20
        ));
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
            return refuse(format!("an element with more than {MAX_ATTRIBUTES} attributes"));
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
            depth += usize::from(!(empty && DRAWN.contains(&name.as_str())));
        }
        if depth > DEEPEST {
            return refuse(format!("elements nested deeper than {DEEPEST}"));
        }
        if elements > MAX_ELEMENTS {
            return refuse(format!("more than {MAX_ELEMENTS} elements"));
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

#[cfg(test)]
mod tests {
    use super::*;

    /// A page as many newsrooms make it: menu, article, share buttons, teasers, comments, footer.
    fn page(body: &str) -> String {
        format!(
            "<!DOCTYPE html><html dir=rtl lang=ar><head><meta charset=utf-8><title>اجتماع في سرت - بوابة تجريبية</title>\
             <meta property='og:title' content='اجتماع في سرت'><meta property='og:site_name' content='بوابة تجريبية'>\
             <meta property='article:published_time' content='2021-03-10T09:00:00Z'></head><body>\
             <nav><ul><li><a href=/>الرئيسية</a><li><a href=/s>رياضة</a><li><a href=/e>اقتصاد</a></ul></nav>\
             <article><h1>اجتماع في سرت</h1>{body}</article>\
             <aside class=related><h3>اقرأ أيضا</h3><ul><li><a href=/1>خبر آخر عن الطقس</a><li><a href=/2>خبر ثالث</a></ul></aside>\
             <footer>جميع الحقوق محفوظة</footer></body></html>"
        )
    }

    const FIRST: &str = "بدأت في مدينة سرت صباح اليوم جلسة للنظر في تشكيلة الحكومة الجديدة، بحضور أكثر من مئة نائب وصلوا على متن رحلات خاصة من عدة مدن.";
    const SECOND: &str = "وقال عضو في اللجنة المنظمة إن الجلسة ستستمر يومين، وإن التصويت سيجري بعد الاستماع إلى رئيس الحكومة المكلف وأسئلة النواب في القاعة الكبرى.";

    #[test]
    fn the_article_comes_out_and_what_stands_around_it_does_not() {
        let page = read(&page(&format!("<p>{FIRST}</p><p>{SECOND}</p>"))).unwrap();
        assert_eq!(page.text, format!("{FIRST}\n\n{SECOND}"));
        assert_eq!(page.title.as_deref(), Some("اجتماع في سرت"));
        assert_eq!(page.outlet.as_deref(), Some("بوابة تجريبية"));
        assert_eq!(page.date.as_deref(), Some("2021-03-10T09:00:00Z"));
    }

    #[test]
    fn lists_drawings_and_scripts_are_no_hostility() {
        let drawing = "<svg>".to_owned() + &"<path d='M0 0'/>".repeat(3_000) + "</svg>";
        let script = "<script>if (a<b) { document.write('<div><div>') }</script>".repeat(2_000);
        let list = "<ul>".to_owned() + &"<li>بند".repeat(3_000) + "</ul>";
        assert!(
            read(&page(&format!("<p>{FIRST}</p><p>{SECOND}</p>{drawing}{script}{list}"))).is_ok()
        );
    }

    #[test]
    fn pages_made_to_be_slow_are_refused_before_they_are_parsed() {
        let attributes: String =
            (0..100_000).fold(String::new(), |all, n| all + " a" + &n.to_string() + "=1");
        for (body, says) in [
            ("<div>".repeat(10_000), "nested deeper than 1000"),
            ("<b/>".repeat(10_000), "nested deeper than 1000"),
            ("<i><p>".repeat(10_000), "nested deeper than 1000"),
            (format!("<p{attributes}>{FIRST}</p>"), "more than 1000 attributes"),
            ("<br>".repeat(300_000), "more than 200000 elements"),
            (format!("<p>{}</p>", "نص ".repeat(10 << 20)), "MB of HTML"),
        ] {
            let error = read(&page(&body)).unwrap_err().to_string();
            assert!(error.contains(says), "{error}");
        }
    }

    #[test]
    fn a_page_without_an_article_says_so() {
        assert_eq!(read("<html><body></body></html>").unwrap_err(), IntakeError::NoArticle);
    }

    #[test]
    fn the_declared_encoding_is_found_in_both_forms() {
        let name = |html: &str| declared_encoding(html.as_bytes()).map(Encoding::name);
        assert_eq!(name("<meta charset=\"windows-1256\">"), Some("windows-1256"));
        assert_eq!(
            name("<META http-equiv=Content-Type content='text/html; charset=ISO-8859-6'>"),
            Some("ISO-8859-6")
        );
        assert_eq!(name("<p>"), None);
    }
}
