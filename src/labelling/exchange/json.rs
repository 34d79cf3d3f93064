//! What the JSON forms have in common: records with their lines, and an article's fields.

use serde_json::{Map, Value};

use super::Remark;
use crate::article::Article;

/// The key of the id of an article of a set. Programs give `id` numbers of their own.
pub const ARTICLE: &str = "article";

/// A record and where it stands.
#[derive(Debug)]
pub struct Record {
    /// File and line.
    pub place: String,
    /// Its fields.
    pub fields: Map<String, Value>,
}

/// The records of a list or of JSON lines. What is none is told.
pub fn records(name: &str, text: &str, remarks: &mut Vec<Remark>) -> Vec<Record> {
    let values = if text.trim_start().starts_with('[') { listed(text) } else { lines(text) };
    let mut records = Vec::new();
    for (line, value) in values {
        let place = format!("{name}:{line}");
        match value {
            Ok(Value::Object(fields)) => records.push(Record { place, fields }),
            Ok(_) => remarks.push(Remark::new(&place, "it is no JSON object: left out")),
            Err(error) => remarks.push(Remark::new(&place, format!("{error}: left out"))),
        }
    }
    records
}

type Values = Vec<(usize, serde_json::Result<Value>)>;

fn lines(text: &str) -> Values {
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines.map(|(at, line)| (at + 1, serde_json::from_str(line))).collect()
}

/// The values of a list, each with its line.
fn listed(text: &str) -> Values {
    let mut values = Vec::new();
    let mut at = text.find('[').map_or(text.len(), |at| at + 1);
    let (mut line, mut counted) = (1, 0);
    loop {
        let rest = text[at..].trim_start_matches(|c: char| c.is_whitespace() || c == ',');
        at = text.len() - rest.len();
        line += text[counted..at].matches('\n').count();
        counted = at;
        if rest.starts_with(']') {
            return values;
        }
        let mut stream = serde_json::Deserializer::from_str(rest).into_iter::<Value>();
        match stream.next() {
            Some(Ok(value)) => values.push((line, Ok(value))),
            Some(Err(error)) => {
                values.push((line, Err(error)));
                return values;
            }
            None => {
                // The list has no end, so that what came after it is missing.
                values.push((line, serde_json::from_str("[")));
                return values;
            }
        }
        at += stream.byte_offset();
    }
}

/// A field as text: the first of `keys` that is there and not empty. Numbers are text, too.
pub fn text(fields: &Map<String, Value>, keys: &[&str]) -> Option<String> {
    let text = |value: &Value| match value {
        Value::String(text) if !text.trim().is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    };
    keys.iter().find_map(|key| text(fields.get(*key)?))
}

/// The strings of a list, or the one string that stands in its place.
pub fn strings(value: Option<&Value>) -> Vec<String> {
    let string = |value: &Value| match value {
        Value::String(text) if !text.is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    };
    match value {
        Some(Value::Array(values)) => values.iter().filter_map(string).collect(),
        Some(value) => string(value).into_iter().collect(),
        None => Vec::new(),
    }
}

/// A place in a text.
pub fn place(value: Option<&Value>) -> Option<usize> {
    value.and_then(Value::as_u64).and_then(|place| usize::try_from(place).ok())
}

/// The fields of an article: its whole text as it is shown, and what is known of it.
pub fn fields(article: &Article) -> Map<String, Value> {
    let mut fields = Map::new();
    fields.insert("text".to_owned(), article.full_text().into());
    let Article { id, title, date, event, outlet, genre, .. } = article;
    fields.insert(ARTICLE.to_owned(), id.as_str().into());
    for (key, value) in
        [("title", title), ("date", date), ("outlet", outlet), ("event", event), ("genre", genre)]
    {
        if let Some(value) = value {
            fields.insert(key.to_owned(), value.as_str().into());
        }
    }
    fields
}

/// An article of a record.
#[derive(Debug)]
pub struct Shown {
    /// The article.
    pub article: Article,
    /// Whether its id is that of an article of a set.
    pub is_own_id: bool,
    /// The text that was shown: places are places in it.
    pub text: String,
}

/// The article of a record; `None` if it has no text.
pub fn shown(fields: &Map<String, Value>) -> Option<Shown> {
    let text_shown = text(fields, &["text"])?;
    let own = text(fields, &[ARTICLE]);
    let is_own_id = own.is_some();
    let id = own.or_else(|| text(fields, &["id"])).unwrap_or_default();
    let mut article = Article::new(id, text_shown.as_str());
    article.title = text(fields, &["title"]);
    article.date = text(fields, &["date"]);
    article.outlet = text(fields, &["outlet"]);
    article.event = text(fields, &["event"]);
    article.genre = text(fields, &["genre"]);
    // The text is shown with its headline above.
    if let Some(title) = &article.title
        && let Some(rest) = text_shown.strip_prefix(title.as_str())
        && let Some(rest) = rest.strip_prefix("\n\n")
    {
        article.text = rest.to_owned();
    }
    Some(Shown { article, is_own_id, text: text_shown })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_have_their_lines_and_what_is_none_is_told() {
        for (text, found, told) in [
            ("{\"a\": 1}\n\n{\"a\": 2}\n3\n{\n", vec!["f:1", "f:3"], vec!["f:4", "f:5"]),
            ("[\n {\"a\": 1},\n\n {\"a\":\n 2}]", vec!["f:2", "f:4"], vec![]),
            ("[{\"a\": 1}, 3]", vec!["f:1"], vec!["f:1"]),
            ("[{\"a\": 1},\n{\"a\": 2", vec!["f:1"], vec!["f:2"]),
            ("[{\"a\": 1}\n", vec!["f:1"], vec!["f:2"]),
            ("", vec![], vec![]),
        ] {
            let mut remarks = Vec::new();
            let records = records("f", text, &mut remarks);
            let places: Vec<&str> = records.iter().map(|record| record.place.as_str()).collect();
            assert_eq!(places, found, "{text}");
            let places: Vec<&str> = remarks.iter().map(|remark| remark.place.as_str()).collect();
            assert_eq!(places, told, "{text}: {remarks:?}");
        }
    }

    #[test]
    fn the_headline_stands_above_the_text() {
        let article = Article::new("a", "نص\n\nآخر").with_title("عنوان").with_outlet("مثال");
        let shown = shown(&fields(&article)).unwrap();
        assert_eq!((shown.article, shown.is_own_id), (article, true));
        assert_eq!(shown.text, "عنوان\n\nنص\n\nآخر");
    }
}
