//! Scored records hold the same values as Parquet rows and as JSON lines.

use std::io::{self, BufRead, Cursor};

use mizan::internals::article::Article;
use mizan::internals::intake::records::parquet::json_lines;
use mizan::internals::intake::{Format, IntakeNotes};
use mizan::internals::model::Model;
use mizan::internals::record::parquet::RecordWriter;
use mizan::internals::record::{ScoreRecord, json_lines as record_lines};
use mizan::internals::scoring::Scorer;
use mizan::parts::Diagnostic;
use mizan::{ScoringRun, Source};
use serde_json::Value;

/// A value without the fields that are null.
fn without_null(value: Value) -> Value {
    match value {
        Value::Object(fields) => fields
            .into_iter()
            .filter(|(_, value)| !value.is_null())
            .map(|(name, value)| (name, without_null(value)))
            .collect(),
        other => other,
    }
}

#[test]
fn parquet_rows_equal_json_lines() {
    let scorer = Scorer::new(Model::embedded().unwrap()).unwrap().with_max_error(0.01).unwrap();
    let kept = ["a".to_owned(), "b\n\"".to_owned()];
    let mut table = RecordWriter::new(Vec::new(), scorer.camps(), &kept, false).unwrap();
    let mut lines = Vec::new();
    for number in 0..1_000 {
        let text = "دخلت القوات المسلحة الباسلة المدينة وطهرتها من فلول الإرهابيين \u{202E}"
            .repeat(number % 4);
        let article = Article::new(number.to_string(), text).with_outlet("x\0");
        let mut notes = IntakeNotes::new(Format::Parquet, "UTF-8");
        notes.replaced = number;
        let verdict = scorer.score(&article);
        let mut record = ScoreRecord::from_verdict(&scorer, article, &notes, verdict);
        record.kept = kept.iter().cloned().zip([Some(number.to_string()), None]).collect();
        record_lines::write(&mut lines, &record).unwrap();
        table.write(&record).unwrap();
    }
    let mut rows = json_lines(bytes::Bytes::from(table.finish().unwrap())).unwrap().lines();
    for line in lines.lines() {
        let row: Value = serde_json::from_str(&rows.next().unwrap().unwrap()).unwrap();
        assert_eq!(without_null(row), without_null(serde_json::from_str(&line.unwrap()).unwrap()));
    }
    assert!(rows.next().is_none());
}

#[test]
fn sentences_are_a_column_where_they_are_asked_for() {
    let scorer = Scorer::new(Model::embedded().unwrap()).unwrap();
    let mut table = RecordWriter::new(Vec::new(), scorer.camps(), &[], true).unwrap();
    let mut lines = Vec::new();
    let articles = "{\"id\": 1, \"text\": \"وطهرت القوات المسلحة الباسلة المدينة من فلول الإرهابيين. \
                    وقال شاهد إن «الأمر» انتهى في طرابلس.\"}\n{\"id\": 2, \"text\": \"خبر عاجل\"}\n";
    let mut sink = |record: &ScoreRecord| {
        record_lines::write(&mut lines, record)?;
        table.write(record).map_err(io::Error::other)
    };
    let sources = vec![Source::from_reader("d.jsonl", Cursor::new(articles))];
    ScoringRun::new(&scorer)
        .with_sentences(true)
        .run(sources, &mut sink, &mut |_: Diagnostic| {})
        .unwrap();
    let rows = json_lines(bytes::Bytes::from(table.finish().unwrap())).unwrap().lines();
    let rows: Vec<Value> =
        rows.map(|row| without_null(serde_json::from_str(&row.unwrap()).unwrap())).collect();
    let written: Vec<Value> = lines
        .lines()
        .map(|line| without_null(serde_json::from_str(&line.unwrap()).unwrap()))
        .collect();
    assert_eq!(rows, written);
    assert_eq!(rows[0]["sentences"].as_array().unwrap().len(), 2, "{rows:?}");
    assert_eq!(rows[1]["sentences"], Value::Null);
}
