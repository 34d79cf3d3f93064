//! Bytes → articles.

use std::borrow::Cow;

use mizan::internals::intake::encoding::{UTF_8, decode, detect, from_label};
use mizan::internals::intake::{html, pdf_text};
use mizan::parts::DateOrder;
use mizan::{ArticleReader, IntakeOptions, PublicationDate};

use super::choice;

/// Most articles that an input of this size can give.
const MAX_ARTICLES: usize = 1 << 16;

/// Longest message of what is wrong with an article.
const MAX_MESSAGE: usize = 16 << 10;

/// Reads all articles of a file; they are read or refused, and have an end.
pub fn read_all(name: &str, bytes: &[u8]) {
    let options = IntakeOptions::default();
    let articles = match ArticleReader::new(name, bytes, &options) {
        Ok(articles) => articles,
        Err(error) => {
            assert!(error.to_string().len() < MAX_MESSAGE);
            return;
        }
    };
    for (number, read) in articles.enumerate() {
        assert!(number < MAX_ARTICLES, "{name} has no end");
        if let Err(unread) = read {
            assert!(unread.error.to_string().len() < MAX_MESSAGE);
        }
    }
}

/// A text: one article, or the export of a press database.
pub fn text(data: &[u8]) {
    read_all("a.txt", data);
    let text = String::from_utf8_lossy(data);
    if let Some((mended, _)) = pdf_text::mended(&text) {
        assert_ne!(mended, text, "mended, and nothing changed");
    }
}

/// Bytes in a known or unknown encoding.
pub fn decoding(data: &[u8]) {
    let (choice, bytes) = choice(data);
    let labels = ["utf-8", "windows-1256", "iso-8859-6", "utf-16le", "utf-16be", "gb18030"];
    let declared = labels.get(choice % 8).and_then(|label| from_label(label).ok());
    let encoding = detect(bytes, declared);
    let strict = decode(bytes, encoding, true);
    let decoded = decode(bytes, encoding, false).expect("what is wrong is replaced");
    assert!(!decoded.text.contains('\r'));
    match strict {
        Ok(strict) => assert_eq!((&strict, 0), (&decoded, decoded.replaced)),
        Err(error) => assert!(decoded.replaced > 0, "{error}"),
    }
    let text = String::from_utf8_lossy(bytes);
    if let Cow::Borrowed(text) = &text {
        let read = decode(bytes, UTF_8, true).expect("it is UTF-8");
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        assert_eq!(read.text, text.replace("\r\n", "\n").replace('\r', "\n"));
    }
}

/// A date as it is written.
pub fn dates(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let read = PublicationDate::parse(&text);
    for order in [DateOrder::DayFirst, DateOrder::MonthFirst] {
        let ordered = PublicationDate::parse_in_order(&text, Some(order));
        assert!(read.is_none() || read == ordered, "an order changes a date that needs none");
    }
    DateOrder::from_date(&text);
    let needs_order = DateOrder::is_needed(&text);
    if let Some(date) = read {
        assert!(!needs_order && date.first_day() <= date.last_day());
        let again = PublicationDate::parse(&date.to_string());
        assert_eq!(again, Some(date), "{date} is not read back");
    }
}

/// A web page, whole and as a fragment.
pub fn page(data: &[u8]) {
    read_all("a.html", data);
    let text = String::from_utf8_lossy(data);
    let _ = html::fragment(&text);
}

/// A table with any separator.
pub fn tables(data: &[u8]) {
    let (choice, bytes) = choice(data);
    read_all(["a.csv", "a.tsv"][choice % 2], bytes);
}

/// JSON lines, lists, documents.
pub fn json(data: &[u8]) {
    read_all("a.jsonl", data);
}
