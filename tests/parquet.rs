//! Rows of Parquet and JSON lines of the same records say the same.

use std::io::BufRead;

use mizan::internals::article::Article;
use mizan::internals::intake::records::parquet::json_lines;
use mizan::internals::intake::{Format, Reading};
use mizan::internals::model::Model;
use mizan::internals::output::{Record, jsonl};
use mizan::internals::record::parquet::RecordWriter;
use mizan::internals::scoring::Scorer;
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
fn rows_are_the_lines() {
    let scorer = Scorer::new(Model::embedded().unwrap()).unwrap().with_max_error(0.01).unwrap();
    let kept = ["a".to_owned(), "b\n\"".to_owned()];
    let mut table = RecordWriter::new(Vec::new(), scorer.camps(), &kept).unwrap();
    let mut lines = Vec::new();
    for number in 0..1_000 {
        let text = "دخلت القوات المسلحة الباسلة المدينة وطهرتها من فلول الإرهابيين \u{202E}"
            .repeat(number % 4);
        let article = Article {
            id: number.to_string(),
            outlet: Some("x\0".to_owned()),
            text,
            ..Article::default()
        };
        let reading = Reading {
            format: Format::Parquet,
            encoding: "UTF-8",
            replaced: number,
            removals: Vec::new(),
        };
        let verdict = scorer.score(&article);
        let mut record = Record::of(article, reading, verdict);
        record.kept = kept.iter().cloned().zip([Some(number.to_string()), None]).collect();
        jsonl::write(&mut lines, scorer.camps(), &record).unwrap();
        table.write(&record).unwrap();
    }
    let mut rows = json_lines(bytes::Bytes::from(table.finish().unwrap())).unwrap().lines();
    for line in lines.lines() {
        let row: Value = serde_json::from_str(&rows.next().unwrap().unwrap()).unwrap();
        assert_eq!(without_null(row), without_null(serde_json::from_str(&line.unwrap()).unwrap()));
    }
    assert!(rows.next().is_none());
}
