//! Tests of the reader of JSON lines.

use super::*;
use crate::intake::Format;
use crate::intake::kind::Kind;

fn json(text: &[u8]) -> (Vec<ParsedRecord>, Vec<String>) {
    let mut rows = JsonLinesReader::new("a.jsonl", text, Fields::default());
    let mut found = Vec::new();
    while let Some(row) = rows.next_record().unwrap() {
        found.push(row.parse(None).0);
    }
    let guessed = rows
        .notes()
        .into_iter()
        .flat_map(|notes| &notes.guessed)
        .map(ToString::to_string)
        .collect();
    (found, guessed)
}

#[test]
fn each_line_is_answered_in_its_place() {
    let (rows, guessed) = json(
        "{\"url\": 7, \"body\": \"نص\", \"source\": \"x\"}\n\nnot json\n{\"url\": 8}\n".as_bytes(),
    );
    assert_eq!(guessed, ["text from \"body\"", "id from \"url\"", "outlet from \"source\""]);
    let first = rows[0].article.as_ref().unwrap();
    assert_eq!(
        (first.id.as_str(), first.text.as_str(), first.outlet.as_deref()),
        ("7", "نص", Some("x"))
    );
    assert_eq!((rows[1].place.as_str(), rows[2].place.as_str()), ("a.jsonl:3", "a.jsonl:4"));
    assert!(matches!(rows[1].article, Err(IntakeError::NotJson(_))));
    assert!(matches!(
        &rows[2].article,
        Err(IntakeError::MissingField { name, .. }) if name == "body"
    ));
}

#[test]
fn what_the_first_record_does_not_have_the_next_may() {
    let (rows, _) = json(
        "{\"id\": 1}\n{\"id\": 2, \"body\": \"نص\", \"source\": \"x\", \"outlet\": \"\"}\n"
            .as_bytes(),
    );
    assert!(
        matches!(&rows[0].article, Err(IntakeError::NoTextField { present }) if present == "id")
    );
    let second = rows[1].article.as_ref().unwrap();
    assert_eq!(
        (second.id.as_str(), second.text.as_str(), second.outlet.as_deref()),
        ("2", "نص", Some("x"))
    );
}

#[test]
fn a_line_without_end_is_skipped_and_the_next_is_read() {
    let long = [&b"{\"text\": \""[..], &vec![b'a'; MAX_LINE], b"\"}\n{\"text\": \"b\"}\n"].concat();
    let (rows, _) = json(&long);
    assert_eq!(rows[0].article.as_ref().unwrap_err(), &IntakeError::LineTooLong);
    assert_eq!(rows[1].article.as_ref().unwrap().text, "b");
}

#[test]
fn a_list_that_a_script_assigns_is_read_as_the_list() {
    for script in [
        "window.YTD.tweets.part0 = [\n {\"tweet\": {\"id\": 1, \"full_text\": \"نص\"}},\n \
         {\"tweet\": {\"id\": 2, \"full_text\": \"نص آخر\"}}\n];\n",
        "\u{FEFF}var posts=[{\"id\": 1, \"text\": \"نص\"}, {\"id\": 2, \"text\": \"نص آخر\"}];",
    ] {
        assert_eq!(Kind::from_start(script.as_bytes()), Kind::Format(Format::Jsonl));
        let (rows, _) = json(script.as_bytes());
        let texts: Vec<&str> =
            rows.iter().map(|row| row.article.as_ref().unwrap().text.as_str()).collect();
        assert_eq!(texts, ["نص", "نص آخر"], "{script}");
    }
    for text in ["قال = [{\"a\": 1}]", "a = 1", "a b = [{\"a\": 1}]", "x = {\"a\": 1}"] {
        assert_eq!(Kind::from_start(text.as_bytes()), Kind::Unknown, "{text}");
    }
}
