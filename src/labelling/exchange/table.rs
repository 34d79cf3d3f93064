//! Tables: a row for each label, and one for an article without any. Whatever the intake reads as a
//! table is read (CSV, workbooks, JSON lines), Label Studio's CSV and JSON-MIN among them.

use serde_json::{Value, json};

use super::json::ARTICLE;
use super::label_names::Meaning;
use super::offsets::Count;
use super::reading::{Reading, side};
use super::{Exchanged, ExchangedMark, GivenLabel, Remark};
use crate::article::Article;
use crate::article::quoted::quoted;
use crate::camp::{Camps, Stance};
use crate::engine::Source;
use crate::intake::{IntakeArticle, IntakeError, IntakeOptions};
use crate::labels::spelling::{self, CellLabel};
use crate::labels::stance_words;
use crate::record::csv::{guarded, without_guard};

/// The columns besides those of the camps, which stand between them.
const BEFORE: [&str; 8] = ["id", "title", "text", "date", "outlet", "event", "genre", "annotator"];
const AFTER: [&str; 3] = ["labelled", "note", "rationales"];

/// Columns of Label Studio's tables: its spans, and when a label was given.
const DECIDES: &str = "decides";
const CREATED: &str = "created_at";

/// The header and the rows of all articles.
pub fn rows(camps: &Camps, articles: &[Exchanged]) -> Vec<Vec<String>> {
    let header = BEFORE.into_iter().chain(camps.ids()).chain(AFTER).map(str::to_owned).collect();
    let mut rows = vec![header];
    let none = GivenLabel::default();
    for Exchanged { article, labels, .. } in articles {
        let labels = if labels.is_empty() { std::slice::from_ref(&none) } else { labels };
        rows.extend(labels.iter().map(|label| row(camps, article, label)));
    }
    rows
}

fn row(camps: &Camps, article: &Article, label: &GivenLabel) -> Vec<String> {
    let Article { id, title, date, event, outlet, genre, text } = article;
    let stance = |camp: usize| label.stances[camp].map_or("", Stance::as_str).to_owned();
    let optional = |value: &Option<String>| value.clone().unwrap_or_default();
    let marks: Vec<Value> = label
        .marks
        .iter()
        .map(|mark| {
            json!({
                "camp": camps.ids()[mark.camp], "stance": mark.stance.as_str(),
                "sentence": mark.sentence, "expressions": mark.expressions,
            })
        })
        .collect();
    let marks = if marks.is_empty() { String::new() } else { Value::from(marks).to_string() };
    let annotator = optional(&label.annotator);
    let article = [id.clone(), optional(title), text.clone(), optional(date), optional(outlet)];
    let rest = [optional(event), optional(genre), annotator, stance(0), stance(1)];
    let last = [label.date.clone(), label.note.clone(), marks];
    article.into_iter().chain(rest).chain(last).collect()
}

/// The rows as CSV, in which no cell is a formula of a spreadsheet.
///
/// # Errors
/// Those of writing to memory.
pub fn csv(camps: &Camps, articles: &[Exchanged]) -> Result<Vec<u8>, csv::Error> {
    // Excel reads a file as UTF-8 only if it begins with the mark.
    let mut writer = csv::Writer::from_writer("\u{FEFF}".as_bytes().to_vec());
    for row in rows(camps, articles) {
        writer.write_record(row.iter().map(|cell| guarded(cell)))?;
    }
    writer.into_inner().map_err(|error| csv::Error::from(error.into_error()))
}

/// Reads a table.
///
/// # Errors
/// When it cannot be read at all.
pub fn read(
    source: &Source,
    mut intake: IntakeOptions,
    reading: &Reading,
    remarks: &mut Vec<Remark>,
) -> Result<Vec<Exchanged>, IntakeError> {
    let [first, second] = reading.camps.ids();
    let names = [first, second, "annotator", "labelled", "note", "rationales", "genre"];
    let names = names.into_iter().chain([ARTICLE, DECIDES, CREATED]);
    intake.fields = intake.fields.with_kept_if_there(names);
    let mut found = Vec::new();
    for (at, read) in source.articles(&intake)?.enumerate() {
        match read {
            Ok(IntakeArticle { article, kept, .. }) => {
                let place = format!("{}: row {} ({})", source.name(), at + 2, article.id);
                found.push(exchanged(place, source.name(), article, &kept, reading, remarks));
            }
            Err(unreadable) => {
                let message = format!("{}: left out", unreadable.error);
                remarks.push(Remark::new(&unreadable.place, message));
            }
        }
    }
    Ok(found)
}

fn exchanged(
    place: String,
    source: &str,
    mut article: Article,
    kept: &[Option<String>],
    reading: &Reading,
    remarks: &mut Vec<Remark>,
) -> Exchanged {
    let cell = |at: usize| {
        let cell = kept.get(at)?.as_deref().map(without_guard);
        cell.filter(|cell| !cell.trim().is_empty())
    };
    for part in [&mut article.text].into_iter().chain(&mut article.title) {
        *part = without_guard(part);
    }
    let shown = article.text.clone();
    let rest = article.title.as_deref().and_then(|title| shown.strip_prefix(title));
    if let Some(rest) = rest.and_then(|rest| rest.strip_prefix("\n\n")) {
        rest.clone_into(&mut article.text);
    }
    let is_numbered = article.id.strip_prefix(source).is_some_and(|rest| rest.starts_with(':'));
    let mut is_own_id = !is_numbered;
    if let Some(id) = cell(7) {
        (article.id, is_own_id) = (id, true);
    }
    article.genre = cell(6).or(article.genre);
    let mut exchanged = Exchanged { place, article, is_own_id, labels: Vec::new() };
    let day = || cell(9).and_then(|at| at.get(..10).map(str::to_owned));
    let mut label = GivenLabel {
        annotator: cell(2).map(|name| match name.parse::<u64>() {
            Ok(number) => format!("user-{number}"),
            Err(_) => name,
        }),
        date: cell(3).or_else(day).unwrap_or_default(),
        note: cell(4).unwrap_or_default(),
        ..GivenLabel::default()
    };
    let place = exchanged.place.as_str();
    for camp in 0..2 {
        let given = stance(cell(camp).as_deref().unwrap_or_default(), camp, reading);
        let added =
            given.and_then(|given| given.map_or(Ok(()), |says| says.add_to(&mut label.stances)));
        if let Err(problem) = added {
            remarks.push(Remark::new(place, format!("{problem}: the label is left out")));
            return exchanged;
        }
    }
    let mut listed = |at: usize, what: &str| {
        let cell = cell(at)?;
        let list = serde_json::from_str::<Vec<Value>>(&cell);
        let message = format!("{what} is no list in JSON: the marks are left out");
        list.map_err(|_| remarks.push(Remark::new(place, message))).ok()
    };
    let (rationales, decides) = (listed(5, "rationales"), listed(8, DECIDES));
    for value in rationales.iter().flatten() {
        match mark(value, reading) {
            Some(mark) => label.marks.push(mark),
            None => remarks.push(Remark::new(
                place,
                format!("{value} is no rationale with camp, stance and sentence: left out"),
            )),
        }
    }
    let spans = decides.iter().flatten().flat_map(|value| {
        let names = value["labels"].as_array().map_or(&[][..], Vec::as_slice);
        names.iter().map(move |name| {
            let place = |key: &str| super::json::place(value.get(key));
            Some((place("start")?..place("end")?, value["text"].as_str(), name.as_str()?))
        })
    });
    label.marks.extend(reading.marks(place, &shown, spans, Count::CodePoints, remarks));
    if label.stances != [None; 2] || !label.marks.is_empty() {
        exchanged.labels.push(label);
    }
    exchanged
}

/// What the cell of a camp says.
fn stance(cell: &str, camp: usize, reading: &Reading) -> Result<Option<Meaning>, String> {
    let id = reading.camps.ids()[camp];
    match spelling::label(cell) {
        CellLabel::None => Ok(None),
        CellLabel::Several(labels) => Err(format!("{id}: several labels ({})", labels.join(", "))),
        CellLabel::One(label) => {
            let stance = stance_words::stance(&label).ok_or_else(|| {
                let known = Stance::ALL.map(Stance::as_str).join(", ");
                format!("{id}: unknown label {}; the labels are {known}", quoted(&label))
            })?;
            Ok(Some(Meaning::Toward(camp, stance)))
        }
    }
}

fn mark(value: &Value, reading: &Reading) -> Option<ExchangedMark> {
    let expressions = value.get("expressions").and_then(Value::as_array);
    let expressions = expressions.map_or(&[][..], Vec::as_slice).iter();
    Some(ExchangedMark {
        camp: reading.words.camp(value["camp"].as_str()?)?,
        stance: side(value["stance"].as_str()?)?,
        sentence: value["sentence"].as_str().filter(|text| !text.trim().is_empty())?.to_owned(),
        expressions: expressions
            .map(|part| part.as_str().map(str::to_owned))
            .collect::<Option<_>>()?,
    })
}
