//! Tests of the reader of tables.

use super::*;

#[test]
fn tables_are_read_whatever_parts_their_columns() {
    for (text, delimiter) in [
        ("id;العنوان;النص\n1;ع;\"سطر\r\nآخر\"\n", None),
        ("id,title,text\n1,ع,\"سطر\nآخر\"\n", None),
        ("id\ttitle\ttext\n1\tع\t\"سطر\nآخر\"\n", Some(b'\t')),
    ] {
        let mut rows =
            TableReader::new("a.csv", text.as_bytes(), delimiter, None, Fields::default()).unwrap();
        let article = rows.next_record().unwrap().unwrap().parse(None).0.article.unwrap();
        assert_eq!(
            (article.id.as_str(), article.title.as_deref(), article.text.as_str()),
            ("1", Some("ع"), "سطر\nآخر")
        );
        assert!(rows.next_record().unwrap().is_none());
    }
}

#[test]
fn a_table_without_header_has_numbers_for_names_and_other_columns_are_kept() {
    let fields = Fields {
        text: Some("1".to_owned()),
        kept: vec!["2".to_owned()],
        headerless: true,
        ..Fields::default()
    };
    let mut rows =
        TableReader::new("a.tsv", "نص \"\tOFF\nآخر\tNOT\n".as_bytes(), Some(b'\t'), None, fields)
            .unwrap();
    for (text, label) in [("نص \"", "OFF"), ("آخر", "NOT")] {
        let row = rows.next_record().unwrap().unwrap().parse(None).0;
        assert_eq!(
            (row.article.unwrap().text.as_str(), row.kept[0].as_deref()),
            (text, Some(label))
        );
    }
}

#[test]
fn a_column_that_is_not_there_is_told_with_those_that_are() {
    let fields = |text: &str| Fields { text: Some(text.to_owned()), ..Fields::default() };
    let open = |fields| {
        TableReader::new("a.csv", &b"a,b\n1,2\n"[..], None, None, fields).unwrap_err().to_string()
    };
    assert!(open(Fields::default()).contains("a, b"), "{}", open(Fields::default()));
    assert!(open(fields("c")).contains("no field \"c\""), "{}", open(fields("c")));
    let mut short = TableReader::new("a.csv", &b"a,b\n1\n"[..], None, None, fields("b")).unwrap();
    let row = short.next_record().unwrap().unwrap().parse(None).0;
    assert!(matches!(row.article, Err(IntakeError::MissingField { .. })) && row.place == "a.csv:2");
}
