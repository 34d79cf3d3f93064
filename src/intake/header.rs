//! Lines at the beginning of a text that say what it is: `Title: …`, `المصدر: …`, or front matter
//! between `---` lines, as people and note programs write them.

use super::date::line::day;
use super::fields::{HeaderKey, header_key};
use crate::article::Article;

/// Most letters of a line of a header, and of its key.
const MAX_LINE: usize = 300;
const MAX_KEY: usize = 40;

/// Most lines of a header.
const MAX_LINES: usize = 60;

/// Fewest lines with known keys: one such as `المصدر: رويترز` may be a part of the article.
const MIN_KEYS: usize = 2;

/// What a header says.
#[derive(Debug, Default)]
struct Header {
    title: Option<String>,
    outlet: Option<String>,
    date: Option<String>,
    event: Option<String>,
    n_keys: usize,
}

impl Header {
    /// Takes what a line says; false if it was said before, or the line begins the text.
    fn take(&mut self, key: HeaderKey, value: &str) -> bool {
        let slot = match key {
            HeaderKey::Title => &mut self.title,
            HeaderKey::Outlet => &mut self.outlet,
            HeaderKey::Date => &mut self.date,
            HeaderKey::Event => &mut self.event,
            HeaderKey::Other => {
                self.n_keys += 1;
                return true;
            }
            HeaderKey::Text => return false,
        };
        if slot.is_some() {
            return false;
        }
        self.n_keys += 1;
        let value = unquoted(value);
        *slot = (!value.is_empty()).then(|| value.to_owned());
        true
    }
}

/// Takes the header of an article out of its text, if it has one.
pub(super) fn take(article: &mut Article) {
    let Some((header, text)) = parted(&article.text) else { return };
    article.text = text.trim().to_owned();
    article.title = header.title.or(article.title.take());
    article.outlet = header.outlet.or(article.outlet.take());
    let date = header.date.map(|date| day(&date).unwrap_or(date));
    article.date = date.or(article.date.take());
    article.event = header.event.or(article.event.take());
}

/// The header of a text, and what stands behind it.
fn parted(text: &str) -> Option<(Header, &str)> {
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}');
    let (first, rest) = line(text);
    if first.trim_end() == "---" { front_matter(rest) } else { lines(text) }
}

/// The first line of a text, and what follows.
fn line(text: &str) -> (&str, &str) {
    text.split_once('\n').unwrap_or((text, ""))
}

/// Front matter behind its first line, as in YAML.
fn front_matter(text: &str) -> Option<(Header, &str)> {
    let (mut header, mut rest) = (Header::default(), text);
    for _ in 0..MAX_LINES {
        if rest.is_empty() {
            return None;
        }
        let (line, after) = line(rest);
        rest = after;
        if ["---", "..."].contains(&line.trim_end()) {
            return (header.n_keys > 0 && !rest.trim().is_empty()).then_some((header, rest));
        }
        // What is indented, or an item of a list, belongs to a key.
        if !line.starts_with([' ', '\t', '-', '#'])
            && let Some((key, value)) = key_and_value(line)
        {
            header.take(key, value);
        }
    }
    None
}

/// Lines of keys and values, perhaps under a headline of Markdown. Empty lines may part them, as
/// the paragraphs of a document are parted.
fn lines(text: &str) -> Option<(Header, &str)> {
    let (mut header, mut rest) = (Header::default(), text);
    let (first, after) = line(rest);
    let headline = first.strip_prefix("# ").map(str::trim);
    let headline = headline.filter(|headline| (1..=MAX_LINE).contains(&headline.chars().count()));
    if headline.is_some() {
        rest = after;
    }
    for _ in 0..MAX_LINES {
        let (line, after) = line(rest);
        if rest.is_empty() {
            break;
        }
        if line.trim().is_empty() {
            rest = after;
            continue;
        }
        let Some((key, value)) = key_and_value(line) else { break };
        if key == HeaderKey::Text && header.n_keys > 0 {
            // The text may begin in the line of its key.
            let start = line.len() - value.len();
            rest = &rest[start..];
            header.n_keys += 1;
            break;
        }
        if !header.take(key, value) {
            break;
        }
        rest = after;
    }
    if header.n_keys < MIN_KEYS || rest.trim().is_empty() {
        return None;
    }
    header.title = header.title.or(headline.map(str::to_owned));
    Some((header, rest))
}

/// The key of a line, if it is known, and the value, which is the end of the line.
fn key_and_value(line: &str) -> Option<(HeaderKey, &str)> {
    let (key, value) = line.split_once([':', '：'])?;
    let key = key.trim_matches(|c: char| c.is_whitespace() || MARKS.contains(&c));
    let key = header_key(key).filter(|_| key.chars().count() <= MAX_KEY)?;
    let value = value.trim_start_matches(|c: char| c.is_whitespace() || "*_".contains(c));
    let is_short = key == HeaderKey::Text || line.chars().nth(MAX_LINE).is_none();
    is_short.then_some((key, value))
}

/// Signs around the keys of Markdown, and before them.
const MARKS: [char; 8] = ['*', '_', '-', '•', '>', '|', '#', '\u{200F}'];

/// A value without the quotation marks of YAML and the emphasis of Markdown.
fn unquoted(value: &str) -> &str {
    let value = value.trim().trim_end_matches(['*', '_']).trim_end();
    let inside = |mark: char| value.strip_prefix(mark)?.strip_suffix(mark);
    inside('"').or_else(|| inside('\'')).unwrap_or(value).trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> [Option<String>; 4] {
        let mut article = Article::new("a.txt", text);
        take(&mut article);
        [article.title, article.outlet, article.date, Some(article.text)]
    }

    const TEXT: &str = "اجتمع المجلس في سرت: مسألة الميزانية أولا.\n\nثم غادر الوفد.";

    #[test]
    fn headers_of_many_forms_are_read_and_are_no_text() {
        for header in [
            "Title: عنوان: فرعي\nSource: صحيفة\nDate: 9 April 2019\nURL: https://a.example/e1\n\n",
            "العنوان: عنوان: فرعي\nالمصدر: صحيفة\nالتاريخ: ٩ أبريل ٢٠١٩\nالكاتب: سالم\n",
            "عنوان: عنوان: فرعي\n\nالموقع: صحيفة\n\nتاريخ النشر: 2019/4/9\n\n",
            "# عنوان: فرعي\n\n**المصدر:** صحيفة\n**التاريخ**: الثلاثاء 9 نيسان 2019\n\n",
            "---\ntitle: \"عنوان: فرعي\"\noutlet: صحيفة\ntags:\n  - سرت\ndate: 2019-04-09\n---\n",
            "\u{FEFF}\r\nالصحيفة: صحيفة\r\nالعنوان: عنوان: فرعي\r\nالتاريخ: 9/4/2019\r\nالنص:\r\n",
            "التاريخ: 2019-04-09\nالعنوان: عنوان: فرعي\nالمصدر: صحيفة\nالنص: ",
        ] {
            let [title, outlet, date, text] = read(&format!("{header}{TEXT}"));
            assert_eq!(title.as_deref(), Some("عنوان: فرعي"), "{header}");
            assert_eq!(outlet.as_deref(), Some("صحيفة"), "{header}");
            assert!(["2019-04-09", "9/4/2019"].contains(&date.as_deref().unwrap()), "{header}");
            assert_eq!(text.as_deref(), Some(TEXT), "{header}");
        }
    }

    #[test]
    fn a_text_without_a_header_stays_whole() {
        let long = format!("المصدر: {}\nالتاريخ: 2019-04-09\n\nنص", "كلمة ".repeat(100));
        for text in [
            "المصدر: رويترز\n\nاجتمع المجلس في سرت.",
            "عاجل: خبر\nسطر",
            "الوزير: لن نتراجع\nالمصدر: رويترز\nالتاريخ: 2019-04-09\nنص",
            "العنوان: خبر\nالعنوان: خبر آخر\nنص",
            "---\nاجتمع المجلس\n---\nنص",
            "---\ntitle: خبر",
            "العنوان: خبر\nالمصدر: صحيفة",
            "# عنوان\n\nنص",
            &long,
            "",
        ] {
            let [title, outlet, date, read] = read(text);
            assert_eq!((title, outlet, date, read.as_deref()), (None, None, None, Some(text)));
        }
    }
}
