//! Tests of what values mean.

use serde_json::json;

use super::*;

fn text(value: &Value) -> Option<String> {
    prose(value).unwrap()
}

#[test]
fn a_text_in_parts_is_joined() {
    let telegram = json!(["حرر ", {"type": "bold", "text": "الجيش"}, " المدينة"]);
    let entities =
        json!([{"type": "plain", "text": "قال: "}, {"type": "blockquote", "text": "نعم"}]);
    for (value, joined) in [
        (telegram, "حرر الجيش المدينة"),
        (entities, "قال: «نعم»"),
        (json!(["فقرة أولى", "فقرة ثانية"]), "فقرة أولى\n\nفقرة ثانية"),
        (json!(["حرر", "الجيش", "المدينة", "فجرا"]), "حرر الجيش المدينة فجرا"),
        (json!({"rendered": "<p>نص</p>", "protected": false}), "<p>نص</p>"),
        (json!({"en": "text", "ar": "نص"}), "نص"),
        (
            json!({"type": "doc", "content": [
                {"type": "paragraph", "content": [
                    {"type": "text", "text": "أول "}, {"type": "text", "text": "سطر"}]},
                {"type": "paragraph", "content": [{"type": "text", "text": "ثان"}]}]}),
            "أول سطر\n\nثان",
        ),
        (json!([]), ""),
    ] {
        assert_eq!(text(&value).as_deref(), Some(joined), "{value}");
    }
    assert_eq!(text(&Value::Null), None);
}

#[test]
fn other_objects_and_lists_are_told() {
    for (value, says) in [
        (json!({"a": 1, "b": 2}), "an object of a, b"),
        (json!([1, 2]), "a list with numbers"),
        (json!(["نص", [1]]), "a list with a list of numbers"),
        (json!([{"id": 1, "text": "نص"}]), "a list with an object of id, text"),
    ] {
        assert_eq!(prose(&value).unwrap_err(), says);
    }
}

#[test]
fn ids_and_dates_are_taken_out_of_their_objects() {
    for (value, id) in [
        (json!({"$oid": "5a"}), "5a"),
        (json!({"$numberLong": "7"}), "7"),
        (json!("ObjectId(5a)"), "5a"),
        (json!("{\"$oid\": \"5a\"}"), "5a"),
        (json!("\u{FEFF}3\u{200F}"), "3"),
        (json!({"rendered": "x"}), "x"),
        (json!({"a": 1}), "{\"a\":1}"),
        (json!(12), "12"),
    ] {
        assert_eq!(scalar(&value).as_deref(), Some(id));
    }
    for (value, written) in [
        (json!({"$date": "2019-04-10T10:00:00Z"}), "2019-04-10T10:00:00Z"),
        (json!({"$date": {"$numberLong": "1554458400000"}}), "1554458400000"),
        (json!({"__type": "Date", "iso": "2019-04-10"}), "2019-04-10"),
        (json!({"_seconds": 1_554_458_400, "_nanoseconds": 0}), "1554458400"),
        (json!("ISODate(\"2019-04-10\")"), "2019-04-10"),
        (json!("10 أبريل 2019"), "10 أبريل 2019"),
    ] {
        assert_eq!(date(&value).as_deref(), Some(written));
    }
}
