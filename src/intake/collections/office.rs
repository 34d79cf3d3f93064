//! Documents of Word and of `OpenDocument`, which are ZIP archives of XML.

use std::borrow::Cow;
use std::io::{BufReader, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::entities::resolved;
use super::zip::{Archive, ratio_error};
use super::{MAX_PART, Place};
use crate::article::Article;
use crate::intake::raw_article::{Item, RawArticle};
use crate::intake::{Format, IntakeError, header, press};

/// Deepest nesting of elements.
const MAX_DEPTH: usize = 1_000;

/// Elements whose content is not the text: of Word, what was deleted, the older form of a box,
/// instructions of fields; of `OpenDocument`, notes, comments, changes.
const APART: [&str; 12] = [
    "del",
    "Fallback",
    "instrText",
    "delText",
    "moveFrom",
    "note",
    "annotation",
    "tracked-changes",
    "sequence-decls",
    "forms",
    "footnote",
    "endnote",
];

/// Styles of headings that are the title.
const TITLES: [&str; 6] = ["title", "heading1", "heading_20_1", "1", "titel", "titre"];

/// The articles of an archive that is a document; `None` for any other archive. It holds one, or
/// those that a press database exported into it.
///
/// # Errors
/// For documents of other kinds, and damaged ones.
pub(super) fn articles(
    archive: &mut Archive,
    place: &Place,
) -> Result<Option<Vec<RawArticle>>, IntakeError> {
    let find = |archive: &Archive, is: &dyn Fn(&str) -> bool| {
        archive
            .file_names_raw()
            .map(String::from_utf8_lossy)
            .find(|name| is(name))
            .map(Cow::into_owned)
    };
    let other = |kind: &'static str, cure: &'static str| {
        Err(IntakeError::OtherKind { kind: kind.into(), cure: cure.into() })
    };
    let word = |name: &str| {
        name.strip_prefix("word/document")
            .is_some_and(|rest| rest.split_once('.').is_some_and(|(_, ending)| ending == "xml"))
    };
    let (main, about, format) = if let Some(main) = find(archive, &word) {
        (main, "docProps/core.xml", Format::Docx)
    } else if find(archive, &|name| name == "mimetype").is_some() {
        match part(archive, "mimetype")?.trim() {
            "application/vnd.oasis.opendocument.text"
            | "application/vnd.oasis.opendocument.text-template" => {
                ("content.xml".to_owned(), "meta.xml", Format::Odt)
            }
            "application/epub+zip" => {
                return other("a book (EPUB)", "convert it: pandoc -t plain -o FILE.txt FILE");
            }
            kind if kind.starts_with("application/vnd.oasis.opendocument.spreadsheet") => {
                return other("a spreadsheet of OpenDocument", "save it as CSV or .xlsx");
            }
            kind if kind.starts_with("application/vnd.oasis.opendocument.") => {
                return other(
                    "an OpenDocument file that is no text",
                    "save the article itself as text",
                );
            }
            _ => return Ok(None),
        }
    } else if find(archive, &|name| name.starts_with("xl/workbook.")).is_some() {
        return other("an Excel workbook", "save it as CSV");
    } else if find(archive, &|name| name == "ppt/presentation.xml").is_some() {
        return other("a presentation (.pptx)", "save the article itself as text");
    } else if find(archive, &|name| name == "Index/Document.iwa").is_some() {
        return other("a document of Pages", "export it as a Word file");
    } else {
        return Ok(None);
    };
    let mut document = read(&part(archive, &main)?)?;
    let whole = document.paragraphs.join("\n\n");
    if let Some(items) = press::split(&place.name, &whole, "UTF-8") {
        return Ok(Some(items.into_iter().map(|item| place.item(item, format)).collect()));
    }
    let title = part(archive, about).ok().and_then(|xml| title(&xml));
    // Programs fill in names such as "Document1".
    let title = title.filter(|title| title.chars().any(|c| ('\u{600}'..'\u{700}').contains(&c)));
    let headed = document.title_at.map(|at| document.paragraphs[at].clone());
    if let Some(at) = document.title_at {
        document.paragraphs.remove(at);
    } else if title.is_some() && document.paragraphs.first() == title.as_ref() {
        document.paragraphs.remove(0);
    }
    let mut article = Article {
        id: place.name.clone(),
        title: headed.or(title),
        text: document.paragraphs.join("\n\n"),
        ..Article::default()
    };
    header::take(&mut article);
    Ok(Some(vec![place.item(Item { article, is_markup: false, encoding: "UTF-8" }, format)]))
}

/// A part of the document as text.
fn part(archive: &mut Archive, name: &str) -> Result<String, IntakeError> {
    let damaged = |message: String| IntakeError::Damaged(format!("{name}: {message}").into());
    let file = archive.by_name(name).map_err(|error| damaged(error.to_string()))?;
    if let Some(message) = ratio_error(file.size(), file.compressed_size()) {
        return Err(damaged(format!("{message}; save the article itself as text")));
    }
    let mut bytes = Vec::new();
    BufReader::new(file)
        .take(MAX_PART + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| damaged(error.to_string()))?;
    if bytes.len() as u64 > MAX_PART {
        return Err(damaged(format!("longer than {} MB", MAX_PART >> 20)));
    }
    let encoding = crate::intake::encoding::detect(&bytes, None);
    Ok(encoding.decode(&bytes).0.into_owned())
}

/// The paragraphs of a document, and which one is its title.
#[derive(Debug, Default)]
struct Paragraphs {
    paragraphs: Vec<String>,
    title_at: Option<usize>,
}

/// Reads the paragraphs of the main part.
fn read(xml: &str) -> Result<Paragraphs, IntakeError> {
    let damaged = |message: String| IntakeError::Damaged(message.into());
    let mut reader = Reader::from_str(xml);
    reader.config_mut().check_end_names = false;
    let (mut found, mut depth) = (Paragraphs::default(), 0_usize);
    let (mut paragraph, mut is_title, mut is_open) = (String::new(), false, false);
    // The depth of the element whose content is not the text.
    let mut apart: Option<usize> = None;
    let mut is_in_text = false;
    loop {
        let event = reader
            .read_event()
            .map_err(|error| damaged(format!("the document is damaged: {error}")))?;
        let (start, is_empty) = match event {
            Event::Eof => break,
            Event::Start(start) => (start, false),
            Event::Empty(start) => (start, true),
            Event::End(end) => {
                let name = end.local_name();
                match name.as_ref() {
                    "p" | "h" if apart.is_none() && is_open => {
                        let text = std::mem::take(&mut paragraph);
                        let text = text.trim();
                        if !text.is_empty() {
                            if is_title && found.title_at.is_none() && found.paragraphs.len() < 3 {
                                found.title_at = Some(found.paragraphs.len());
                            }
                            found.paragraphs.push(text.to_owned());
                        }
                        is_title = false;
                    }
                    "t" => is_in_text = false,
                    _ => {}
                }
                if apart == Some(depth) {
                    apart = None;
                }
                depth = depth.saturating_sub(1);
                continue;
            }
            Event::Text(text) if apart.is_none() && (is_in_text || is_open) => {
                paragraph.push_str(&text.xml10_content());
                continue;
            }
            Event::GeneralRef(reference) if apart.is_none() => {
                paragraph.push_str(&resolved(&reference));
                continue;
            }
            _ => continue,
        };
        if !is_empty {
            depth += 1;
            if depth > MAX_DEPTH {
                return Err(damaged(format!("elements nested deeper than {MAX_DEPTH}")));
            }
        }
        if apart.is_some() {
            continue;
        }
        let name = start.local_name();
        match name.as_ref() {
            name if APART.contains(&name) && !is_empty => apart = Some(depth),
            "p" | "h" => {
                is_open = true;
                is_title |= has_title_style(&start, "style-name")
                    || attribute(&start, "outline-level").is_some_and(|level| level == "1");
            }
            "t" => is_in_text = true,
            "pStyle" => is_title |= has_title_style(&start, "val"),
            "tab" | "s" => paragraph.push(' '),
            "br" | "cr" | "line-break" => paragraph.push('\n'),
            _ => {}
        }
    }
    Ok(found)
}

fn attribute(start: &BytesStart, name: &str) -> Option<String> {
    let mut attributes = start.attributes().flatten();
    attributes
        .find(|attribute| attribute.key.local_name().as_ref() == name)
        .map(|attribute| attribute.value.to_string())
}

fn has_title_style(start: &BytesStart, name: &str) -> bool {
    attribute(start, name).is_some_and(|style| TITLES.contains(&style.to_lowercase().as_str()))
}

/// The title of a document, of its properties. Their date is when somebody made the file, or its
/// template: not when the article was published.
fn title(xml: &str) -> Option<String> {
    let mut reader = Reader::from_str(xml);
    let (mut title, mut current) = (String::new(), String::new());
    loop {
        match reader.read_event() {
            Ok(Event::Start(start)) => start.local_name().as_ref().clone_into(&mut current),
            Ok(Event::End(_)) => current.clear(),
            Ok(Event::Text(text)) if current == "title" => {
                title.push_str(&text.xml10_content());
            }
            Ok(Event::GeneralRef(reference)) if current == "title" => {
                title.push_str(&resolved(&reference));
            }
            Ok(Event::Eof) | Err(_) => break,
            Ok(_) => {}
        }
    }
    Some(title.trim().to_owned()).filter(|title| !title.is_empty())
}
