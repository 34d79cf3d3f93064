//! Texts in which a press database exports many articles, one after the other.
//!
//! Nexis writes `1 of 20 DOCUMENTS` before each, Factiva `Document ABCD000020200101ab12cd34` after
//! each, `ProQuest` a line of underscores between them. Their lines on the article (`LENGTH:`,
//! `LOAD-DATE:` …) are no part of its text.

use super::raw_article::Item;
use crate::article::Article;

/// Names of lines on an article, in lower case, and whether its value is the title, date or outlet.
const LINES: [(&str, Option<Part>); 38] = [
    ("length", None),
    ("load-date", None),
    ("language", None),
    ("publication-type", None),
    ("journal-code", None),
    ("document-type", None),
    ("graphic", None),
    ("subject", None),
    ("person", None),
    ("geographic", None),
    ("copyright", None),
    ("section", None),
    ("byline", None),
    ("dateline", None),
    ("author", None),
    ("isbn", None),
    ("issn", None),
    ("volume", None),
    ("issue", None),
    ("pages", None),
    ("url", None),
    ("links", None),
    ("proquest document id", None),
    ("document url", None),
    ("last updated", None),
    ("database", None),
    ("company", None),
    ("place of publication", None),
    ("country of publication", None),
    ("publisher", None),
    ("source type", None),
    ("publication subject", None),
    ("highlight", None),
    ("title", Some(Part::Title)),
    ("headline", Some(Part::Title)),
    ("publication title", Some(Part::Outlet)),
    ("publication date", Some(Part::Date)),
    ("publication", Some(Part::Outlet)),
];

/// Names after which the article's text stands in the same line or the next ones.
const TEXTS: [&str; 4] = ["full text", "body", "text", "abstract"];

/// A part of an article that a line tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Title,
    Outlet,
    Date,
}

/// What parts the articles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Separator {
    /// A line before each.
    Before,
    /// A line after each.
    After,
    /// A line between two.
    Between,
}

/// What a line parts, if it parts articles.
fn separator(line: &str) -> Option<Separator> {
    let line = line.trim_matches(|c: char| c.is_whitespace() || "\u{FEFF}\u{C}".contains(c));
    let words: Vec<&str> = line.split_whitespace().collect();
    let is_number = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit());
    match words[..] {
        [number, "of", all, documents]
            if is_number(number)
                && is_number(all)
                && ["DOCUMENTS", "DOCUMENT", "RESULTS"]
                    .contains(&documents.to_ascii_uppercase().as_str()) =>
        {
            Some(Separator::Before)
        }
        ["Document", number, "of", all] if is_number(number) && is_number(all) => {
            Some(Separator::Before)
        }
        // Factiva: four to six letters of the source, a day, letters and digits.
        ["Document", code]
            if code.len() >= 20
                && code.bytes().all(|byte| byte.is_ascii_alphanumeric())
                && code.bytes().take(4).all(|byte| byte.is_ascii_uppercase())
                && code.bytes().filter(u8::is_ascii_digit).count() >= 8 =>
        {
            Some(Separator::After)
        }
        [line] if line.len() >= 20 && line.bytes().all(|byte| byte == b'_') => {
            Some(Separator::Between)
        }
        ["End", "of", "Document"] => Some(Separator::After),
        _ => None,
    }
}

/// Whether bytes may be such an export, in any encoding.
pub(super) fn may_be(bytes: &[u8]) -> bool {
    let is_wide = bytes.iter().take(64).any(|byte| *byte == 0);
    let signs: [&[u8]; 5] = [b" DOCUMENT", b" RESULTS", b"Document ", b"End of Doc", b"__________"];
    is_wide
        || bytes.split(|byte| *byte == b'\n').any(|line| {
            line.len() < 200
                && signs.iter().any(|sign| line.windows(sign.len()).any(|w| w == *sign))
        })
}

/// The articles of a text, if it is the export of a press database and holds at least two.
pub(super) fn split(name: &str, text: &str, encoding: &'static str) -> Option<Vec<Item>> {
    // A line of underscores parts articles only where lines tell their titles.
    let kinds: Vec<(usize, Separator)> = text
        .lines()
        .enumerate()
        .filter_map(|(number, line)| Some((number, separator(line)?)))
        .collect();
    let is_kind = |kind: Separator| kinds.iter().filter(|(_, of)| *of == kind).count() >= 2;
    let kind = [Separator::Before, Separator::After, Separator::Between]
        .into_iter()
        .find(|kind| is_kind(*kind))?;
    let mut pieces: Vec<Vec<&str>> = vec![Vec::new()];
    for line in text.lines() {
        if separator(line) == Some(kind) {
            pieces.push(Vec::new());
        } else if let Some(piece) = pieces.last_mut()
            && separator(line).is_none()
        {
            piece.push(line);
        }
    }
    let items: Vec<Item> = pieces
        .iter()
        .filter(|piece| piece.iter().any(|line| !line.trim().is_empty()))
        .filter_map(|piece| article(piece, kind == Separator::Between))
        .enumerate()
        .map(|(at, mut article)| {
            article.id = format!("{name}:{}", at + 1);
            Item { article, is_markup: false, encoding }
        })
        .collect();
    (items.len() >= 2).then_some(items)
}

/// The article of a piece; `None` for what stands before the first or after the last one.
fn article(lines: &[&str], must_be_told: bool) -> Option<Article> {
    let mut article = Article::default();
    // Short paragraphs before the first long one: outlet, date, title.
    let (mut head, mut body, mut n_told): (Vec<&str>, Vec<&str>, usize) = Default::default();
    for line in lines.iter().map(|line| line.trim()) {
        if let Some((key, value)) = line.split_once(':') {
            let (key, value) = (key.trim().to_lowercase(), value.trim());
            if let Some((_, part)) = LINES.iter().find(|(name, _)| *name == key) {
                n_told += 1;
                match part {
                    Some(Part::Title) => article.title = Some(value.to_owned()),
                    Some(Part::Outlet) => article.outlet = Some(value.to_owned()),
                    Some(Part::Date) => article.date = Some(value.to_owned()),
                    None => {}
                }
                continue;
            }
            if TEXTS.contains(&key.as_str()) {
                n_told += 1;
                if !value.is_empty() {
                    body.push(value);
                }
                continue;
            }
        }
        let is_short = line.split_whitespace().count() < 15;
        if body.iter().all(|line| line.is_empty()) && is_short && !line.is_empty() && n_told == 0 {
            head.push(line);
        } else if !(body.is_empty() && line.is_empty()) {
            body.push(line);
        }
    }
    if must_be_told && n_told == 0 {
        return None;
    }
    if body.iter().all(|line| line.is_empty()) {
        body = std::mem::take(&mut head);
    }
    let is_date = |line: &&str| line.bytes().filter(u8::is_ascii_digit).count() >= 4;
    if let Some(at) = head.iter().position(is_date) {
        let line = head.remove(at);
        article.date.get_or_insert_with(|| line.to_owned());
        // The outlet stands before the date.
        if at > 0 {
            let line = head.remove(at - 1);
            article.outlet.get_or_insert_with(|| line.to_owned());
        }
    } else if head.len() > 1 {
        let line = head.remove(0);
        article.outlet.get_or_insert_with(|| line.to_owned());
    }
    if let Some(title) = head.pop() {
        article.title.get_or_insert_with(|| title.to_owned());
    }
    let text = head.into_iter().chain(body).collect::<Vec<_>>().join("\n");
    text.trim().clone_into(&mut article.text);
    (!article.text.is_empty() || article.title.is_some()).then_some(article)
}

#[cfg(test)]
mod tests {
    use super::*;

    const STORY: &str = "اجتمع ممثلو المجلس البلدي في مدينة سرت صباح أمس لبحث فتح الطريق الساحلي \
        وتبادل المحتجزين بين الطرفين بحضور ضباط من اللجنة العسكرية.";

    #[test]
    fn the_exports_of_three_databases_are_parted() {
        let nexis = format!(
            "1 of 2 DOCUMENTS\n\nصحيفة\nApril 14, 2019\n\nعنوان أول\n\nLENGTH: 40 words\n\n{STORY}\n\n\
             LOAD-DATE: April 14, 2019\n\n2 of 2 DOCUMENTS\n\nصحيفة\n\nعنوان ثان\n\n{STORY}\n"
        );
        let factiva = format!(
            "عنوان أول\n40 words\n14 April 2019\nصحيفة\n{STORY}\n\nDocument ABCD000020190414ef4e00001\n\n\
             عنوان ثان\n{STORY}\n\nDocument ABCD000020190415ef4f00002\n"
        );
        let line = "_".repeat(60);
        let proquest = format!(
            "{line}\n\nTitle: عنوان أول\n\nPublication title: صحيفة\n\nPublication date: Apr 14, 2019\n\n\
             Full text: {STORY}\n\n{line}\n\nTitle: عنوان ثان\n\nFull text: {STORY}\n\n{line}\n"
        );
        for (dump, name) in [(nexis, "nexis"), (factiva, "factiva"), (proquest, "proquest")] {
            let items = split("d.txt", &dump, "UTF-8").unwrap();
            assert_eq!(items.len(), 2, "{name}: {items:#?}");
            for (at, item) in items.iter().enumerate() {
                let article = &item.article;
                assert_eq!(article.id, format!("d.txt:{}", at + 1));
                assert!(article.text.contains(STORY) && !article.text.contains("LENGTH"), "{name}");
                assert!(!article.text.contains("DOCUMENTS"));
            }
        }
    }

    #[test]
    fn a_text_with_one_line_of_that_kind_is_one_article() {
        let line = "_".repeat(40);
        for text in [
            format!("{STORY}\n\nDocument 1 of 2\n"),
            format!("{STORY}\n{line}\n{STORY}\n{line}\n{STORY}"),
            STORY.to_owned(),
        ] {
            assert_eq!(split("d.txt", &text, "UTF-8"), None);
        }
    }
}
