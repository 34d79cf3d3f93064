//! `mizan score` on records as other programs write them: what is text in them, and what is not.

use serde_json::{Value, json};

use crate::common::{Workspace, json_lines};

pub const FAVOR: &str = "حرر الجيش الوطني الليبي المدينة فجر اليوم من الميليشيات الإرهابية التي كانت \
    تسيطر على أحيائها الجنوبية منذ أشهر. وطهرت القوات المسلحة الباسلة محيط المطار من فلول \
    الإرهابيين، وأعادت الأمن إلى الأهالي الذين استقبلوها بالترحاب.";
pub const AGAINST: &str = "شنت مليشيات حفتر الانقلابية هجوما غادرا على أحياء العاصمة فجر اليوم وقتلت \
    مدنيين أبرياء بينهم أطفال. وتصدى أبطال بركان الغضب لعدوان مجرم الحرب ومرتزقة فاغنر، وكبدوا \
    المعتدين خسائر كبيرة.";

/// The records that `mizan score` with `options` gives for a file of this content.
pub fn score(name: &str, content: &str, options: &[&str]) -> (Vec<Value>, String) {
    let workspace = Workspace::new();
    workspace.write(name, content);
    let (_, stdout, stderr) =
        workspace.run(&[&["score", "--format", "jsonl", name], options].concat());
    (json_lines(&stdout), stderr)
}

/// The stances toward the first camp, `-` where there is an error.
pub fn stances(records: &[Value]) -> Vec<&str> {
    records.iter().map(|record| record["lna"]["stance"].as_str().unwrap_or("-")).collect()
}

/// Values as JSON lines.
pub fn lines(values: &[Value]) -> String {
    let mut lines = values.iter().map(Value::to_string).collect::<Vec<_>>().join("\n");
    lines.push('\n');
    lines
}

fn fields<'a>(records: &'a [Value], name: &str) -> Vec<&'a str> {
    records.iter().map(|record| record[name].as_str().unwrap_or("-")).collect()
}

/// Telegram Desktop, "Export chat history" as JSON
/// (<https://core.telegram.org/import-export>): one object with `messages`, whose texts are lists.
#[test]
fn a_telegram_export_is_read_message_by_message() {
    let (first, rest) = FAVOR.split_once("الجيش الوطني الليبي").unwrap();
    let parts = json!([first, {"type": "bold", "text": "الجيش الوطني الليبي"}, rest, "\n",
        {"type": "text_link", "text": "اشترك", "href": "https://example.org"}]);
    let export = json!({"name": "قناة", "type": "public_channel", "id": 1, "messages": [
        {"id": 11, "type": "message", "date": "2019-04-14T10:30:00", "from": "قناة", "text": FAVOR},
        {"id": 12, "type": "message", "date": "2019-04-15T10:30:00", "from": "قناة", "text": parts},
        {"id": 13, "type": "message", "date": "2019-04-16T10:30:00", "from": "قناة", "text": AGAINST},
    ]});
    let indented = serde_json::to_string_pretty(&export).unwrap();
    for content in [export.to_string(), indented] {
        let (records, _) = score("result.json", &content, &[]);
        assert_eq!(fields(&records, "id"), ["11", "12", "13"]);
        assert_eq!(stances(&records), ["favor", "favor", "against"]);
        assert_eq!(fields(&records, "date"), ["2019-04-14", "2019-04-15", "2019-04-16"]);
        assert_eq!(records[0]["outlet"], "قناة");
    }
}

/// Elasticsearch's search response, and the lines of elasticdump
/// (<https://github.com/elasticsearch-dump/elasticsearch-dump>).
#[test]
fn documents_of_elasticsearch_are_taken_out_of_their_envelope() {
    let hit = |id: &str, text: &str| json!({"_index": "news", "_id": id, "_score": 1, "_source": {"content": text, "source": "a"}});
    let response = json!({"took": 3, "hits": {"total": {"value": 2},
        "hits": [hit("x", FAVOR), hit("y", AGAINST)]}});
    let lines = format!("{}\n{}\n", hit("x", FAVOR), hit("y", AGAINST));
    for (name, content) in [("r.json", response.to_string()), ("dump.jsonl", lines)] {
        let (records, _) = score(name, &content, &[]);
        assert_eq!(
            (fields(&records, "id"), stances(&records)),
            (vec!["x", "y"], vec!["favor", "against"])
        );
        assert_eq!(records[1]["outlet"], "a");
    }
}

/// The Guardian's content API (`response.results[].fields.bodyText`), Django's dumpdata
/// (`fields`), and `jq .` over lines (indented objects one after the other).
#[test]
fn other_json_documents_are_read_record_by_record() {
    let guardian = json!({"response": {"status": "ok", "results": [
        {"id": "world/1", "webTitle": "خبر", "webPublicationDate": "2019-04-04T10:00:00Z",
         "fields": {"bodyText": FAVOR}}]}});
    let django = json!([{"model": "news.story", "pk": 1, "fields": {"body": FAVOR}}]);
    let record = serde_json::to_string_pretty(&json!({"id": 1, "text": FAVOR})).unwrap();
    for content in [guardian.to_string(), django.to_string(), record.clone()] {
        assert_eq!(stances(&score("a.json", &content, &[]).0), ["favor"], "{content}");
    }
    let (records, _) = score("a.json", &format!("{record}\n{record}\n"), &[]);
    assert_eq!(records.len(), 2);
}

#[test]
fn a_document_that_is_damaged_gives_what_is_whole_and_says_where() {
    let line = |id: u8| json!({"id": id, "text": FAVOR}).to_string();
    let unclosed = line(2).replace("\"}", "}");
    let (records, _) = score("a.json", &format!("[{},\n{unclosed},\n{}]", line(1), line(3)), &[]);
    assert_eq!(stances(&records), ["favor", "-", "favor"]);
    assert_eq!(records[1]["id"], "a.json:2");
    let (records, _) = score("a.json", &format!("[{},\n{}", line(1), &line(2)[..40]), &[]);
    assert_eq!(stances(&records), ["favor", "-"]);
    assert!(records[1]["error"].as_str().unwrap().contains("line 2"), "{records:?}");
    let (records, stderr) = score("a.json", "{\"name\": \"x\", \"version\": 1}", &[]);
    assert_eq!(records.len(), 1);
    assert!(stderr.contains("name, version"), "{stderr}");
}

#[test]
fn an_object_that_is_no_text_is_an_error_that_says_what_it_is() {
    let records = [
        json!({"id": 1, "text": {"likes": 3, "shares": 4}}),
        json!({"id": 2, "text": [1, 2]}),
        json!({"id": 3, "text": FAVOR}),
        json!({"id": 4, "text": ["فقرة لا تقول شيئا.", FAVOR]}),
    ];
    let content = lines(&records);
    let (records, _) = score("a.jsonl", &content, &[]);
    assert_eq!(stances(&records), ["-", "-", "favor", "favor"]);
    let error = |at: usize| records[at]["error"].as_str().unwrap();
    assert!(error(0).contains("likes, shares") && error(1).contains("numbers"), "{records:?}");
}

/// Python's `json.dumps` (`NaN`), R's jsonlite (`NA`), and a post cut inside an emoji.
#[test]
fn what_is_no_json_by_the_letter_costs_no_article() {
    let line = |rest: &str| format!("{{\"text\": \"{FAVOR}\", {rest}}}\n");
    let content = [
        line("\"id\": 1, \"likes\": NaN, \"x\": [-Infinity, 1e999]"),
        line("\"id\": 2, \"likes\": NA,"),
        line("\"id\": 3, \"source\": NaN, \"emoji\": \"\\ud83d\""),
        "{\"id\": 4, \"text\": NaN}\n".to_owned(),
        "{\"id\": 5, \"text\": بلا علامات}\n".to_owned(),
    ]
    .concat();
    let (records, stderr) = score("a.jsonl", &content, &[]);
    assert_eq!(stances(&records), ["favor", "favor", "favor", "-", "-"]);
    assert_eq!(records[2]["reading"]["replaced"], 1);
    assert!(stderr.contains("3: UTF-8, 1 byte replaced"), "{stderr}");
}

/// `WordPress`'s REST API (`content.rendered`), and an RSS item turned into JSON, escaped twice.
#[test]
fn markup_in_a_field_is_no_prose_and_quotes_what_it_quotes() {
    let quoted = format!(
        "<p>وجاء في الرسالة:</p><blockquote><p>{FAVOR}</p></blockquote><p>ثم انتهت الجلسة.</p>"
    );
    let script = format!(
        "<div><script>var a = \"{AGAINST}\";</script><p>{FAVOR}</p><!-- {AGAINST} --></div>"
    );
    let escaped = format!("&lt;p&gt;{}&lt;/p&gt;", FAVOR.replace(' ', "&nbsp;"));
    let lone = format!("{FAVOR} 5 < 7 & 8 > 3.");
    let records = [
        json!({"id": 1, "title": {"rendered": "خبر &#8211; ليبيا"}, "content": {"rendered": script}}),
        json!({"id": 2, "content": {"rendered": quoted}}),
        json!({"id": 3, "content": escaped}),
        json!({"id": 4, "content": lone}),
    ];
    let content = lines(&records);
    let (records, _) = score("posts.jsonl", &content, &[]);
    assert_eq!(stances(&records), ["favor", "neutral", "favor", "favor"]);
    assert_eq!(records[0]["gna"]["stance"], "neutral");
}

#[test]
fn a_document_larger_than_what_is_held_at_once_is_read_in_pieces() {
    let record = json!({"id": 1, "text": FAVOR, "pad": "x".repeat(1 << 20)}).to_string();
    let content =
        format!("{{\"status\": \"ok\", \"articles\": [{}]}}", [record.as_str(); 20].join(",\n"));
    let (records, _) = score("a.json", &content, &[]);
    assert_eq!(stances(&records), ["favor"; 20]);
}
