//! `mizan score` on the ids, outlets and dates that other programs write.

use serde_json::{Value, json};

use super::records_of_other_programs::{AGAINST, FAVOR, lines, score, stances};
use crate::common::Workspace;

fn values(records: &[Value]) -> Vec<[&str; 3]> {
    let value = |record: &'static str| record;
    let names = ["id", "outlet", "date"].map(value);
    records.iter().map(|record| names.map(|name| record[name].as_str().unwrap_or("-"))).collect()
}

/// trafilatura's `--json`, `NewsAPI`'s articles, mongoexport, Media Cloud's stories.
#[test]
fn an_outlet_is_a_name_or_a_host_and_never_an_address_or_an_object() {
    let trafilatura = json!({"id": null, "hostname": "a.example", "source-hostname": "صحيفة",
        "source": "https://a.example/1", "date": "2019-04-10", "text": FAVOR});
    let newsapi = json!({"source": {"id": null, "name": "صحيفة"}, "url": "https://a.example/1",
        "publishedAt": "2019-04-10T10:00:00Z", "content": FAVOR});
    let mongo = json!({"_id": {"$oid": "5a68"}, "source": "https://www.a.example/x",
        "date": {"$date": {"$numberLong": "1554890400000"}}, "content": FAVOR});
    let cloud = json!({"stories_id": 7, "media_name": "صحيفة", "publish_date": "2019-04-10 10:00:00",
        "text": FAVOR});
    for (record, found) in [
        (trafilatura, ["a.jsonl:1", "صحيفة", "2019-04-10"]),
        (newsapi, ["https://a.example/1", "صحيفة", "2019-04-10"]),
        (mongo, ["5a68", "a.example", "2019-04-10"]),
        (cloud, ["7", "صحيفة", "2019-04-10"]),
    ] {
        let (records, _) = score("a.jsonl", &lines(&[record]), &[]);
        assert_eq!(values(&records), [found]);
    }
}

/// twarc's lines of Twitter's API 1.1 and of its API 2
/// (<https://docs.x.com/x-api/fundamentals/data-dictionary>).
#[test]
fn the_whole_of_a_post_is_read_and_its_client_is_no_outlet() {
    let cut: String = FAVOR.chars().take(60).chain(['…']).collect();
    let client = "<a href=\"https://example.org/android\" rel=\"nofollow\">Client for Android</a>";
    let posts = [
        json!({"created_at": "Wed Apr 10 23:30:00 +0000 2019", "id": 100, "text": AGAINST,
            "source": client, "user": {"screen_name": "example0"}}),
        json!({"created_at": "Thu Apr 11 10:30:00 +0000 2019", "id": 101, "text": cut,
            "extended_tweet": {"full_text": FAVOR}, "source": client,
            "user": {"screen_name": "example1"}}),
        json!({"created_at": "2019-04-12T10:30:00.000Z", "id": 102, "text": cut,
            "note_tweet": {"text": FAVOR}, "source": client}),
    ];
    let (records, _) = score("tweets.jsonl", &lines(&posts), &[]);
    assert_eq!(stances(&records), ["against", "favor", "favor"]);
    assert_eq!(
        values(&records),
        [
            ["100", "example0", "2019-04-10"],
            ["101", "example1", "2019-04-11"],
            ["102", "-", "2019-04-12"]
        ]
    );
}

/// pandas' `json_normalize` writes paths as names; `--text-field` takes paths into objects, too.
#[test]
fn a_name_with_dots_is_a_column_or_a_path() {
    let record = json!({"post": {"story": FAVOR}, "site": {"names": ["صحيفة"]}, "id": 1});
    let options = ["--text-field", "post.story", "--outlet-field", "site.names.0"];
    let (records, _) = score("a.jsonl", &lines(&[record]), &options);
    assert_eq!((stances(&records), records[0]["outlet"].as_str()), (vec!["favor"], Some("صحيفة")));
    let table = format!("post.story,site.names.0\n\"{FAVOR}\",صحيفة\n");
    let (records, _) = score("a.csv", &table, &options);
    assert_eq!((stances(&records), records[0]["outlet"].as_str()), (vec!["favor"], Some("صحيفة")));
}

/// Tables typed by hand in Arabic, with marks that nobody sees; pandas' `to_csv` of `NewsAPI`.
#[test]
fn headers_are_known_in_arabic_and_with_invisible_marks() {
    for (header, outlet) in [
        ("الرابط,العنوان,نص المقال,تاريخ النشر,الجريدة", "صحيفة"),
        ("المعرف,عنوان الخبر,متن الخبر,تاريخ النشر,اسم الوسيلة", "صحيفة"),
        ("\u{200F}رابط الخبر,عنوان,\u{200F}النص\u{200F},التأريخ,\u{FEFF}الصحيفة", "صحيفة"),
        ("id,title,te\u{AD}xt,Published At,Source", "{'id': None, 'name': 'صحيفة'}"),
    ] {
        let table = format!("{header}\n\u{FEFF}7,ع,\"{FAVOR}\",٢٠١٩/٠٤/٠٥,\"{outlet}\"\n");
        let (records, _) = score("a.csv", &table, &[]);
        assert_eq!(
            (stances(&records), values(&records)),
            (vec!["favor"], vec![["7", "صحيفة", "2019-04-05"]])
        );
    }
    let table = format!("\u{200F}القصة\n\"{FAVOR}\"\n");
    let (records, _) = score("a.csv", &table, &["--text-field", "القصة"]);
    assert_eq!(stances(&records), ["favor"]);
}

#[test]
fn soft_hyphens_and_other_invisible_marks_do_not_cut_a_word() {
    let plain = score("a.txt", FAVOR, &[]).0;
    for mark in ['\u{AD}', '\u{200B}', '\u{200C}', '\u{FEFF}', '\u{200F}', '\u{202B}', '\u{2067}'] {
        let marked = FAVOR.replace("ي", &format!("ي{mark}")).replace("ال", &format!("ال{mark}"));
        let records = score("a.txt", &marked, &[]).0;
        assert_eq!(records[0]["lean"], plain[0]["lean"], "{mark:?}");
    }
}

#[test]
fn days_and_months_are_told_apart_by_the_file_or_the_option_and_else_not_read() {
    let table =
        |last: &str| format!("id,text,date\n1,\"{FAVOR}\",01/02/2020\n2,\"{FAVOR}\",{last}\n");
    let dates = |records: &[Value]| -> Vec<String> {
        records.iter().map(|record| record["date"].as_str().unwrap().to_owned()).collect()
    };
    let (records, stderr) = score("a.csv", &table("25/02/2020"), &[]);
    assert_eq!(dates(&records), ["2020-02-01", "2020-02-25"]);
    assert!(!stderr.contains("not read"), "{stderr}");
    let (records, _) = score("a.csv", &table("2/25/2020"), &[]);
    assert_eq!(dates(&records), ["2020-01-02", "2020-02-25"]);
    let (records, stderr) = score("a.csv", &table("أمس"), &[]);
    assert_eq!(dates(&records), ["01/02/2020", "أمس"]);
    assert!(
        stderr.contains("1 date was not read, such as \"01/02/2020\": say --date-order"),
        "{stderr}"
    );
    assert!(stderr.contains("such as \"أمس\""), "{stderr}");
    let (records, _) = score("a.csv", &table("03/04/2020"), &["--date-order", "day"]);
    assert_eq!(dates(&records), ["2020-02-01", "2020-04-03"]);
}

#[test]
fn a_report_tells_unread_dates_in_every_form() {
    let workspace = Workspace::new();
    workspace.write("a.csv", format!("id,text,date\n1,\"{FAVOR}\",أمس\n"));
    workspace.run(&["score", "a.csv", "-o", "s.jsonl"]);
    for form in ["table", "csv", "json", "html"] {
        let (_, _, stderr) = workspace.run(&["report", "s.jsonl", "--format", form]);
        assert!(stderr.contains("1 article has a date that cannot be read"), "{form}: {stderr}");
    }
}

/// Label Studio's CSV, doccano's JSON lines (`label` is a list), and labels typed by hand.
#[test]
fn labels_are_opened_trimmed_and_joined() {
    let workspace = Workspace::new();
    let spellings =
        ["favor", "[\"favor\"]", "Favor", "favor\u{200F} ", "{\"choices\": [\"favor\"]}"];
    let mut rows: Vec<Value> = Vec::new();
    for number in 0..40 {
        let (text, label) =
            if number % 2 == 0 { (FAVOR, spellings[number / 2 % 5]) } else { (AGAINST, "against") };
        let place = ["سرت", "درنة", "سبها", "غات", "مرزق"][number % 5];
        rows.push(
            json!({"id": number, "text": format!("{place} {number} {text}"), "label": label}),
        );
    }
    rows.push(json!({"id": 40, "text": FAVOR, "label": []}));
    rows.push(json!({"id": 41, "text": FAVOR, "label": ["favor", "against"]}));
    rows.push(json!({"id": 42, "text": FAVOR, "label": "favour"}));
    workspace.write("t.jsonl", lines(&rows));
    let (code, _, stderr) =
        workspace.run(&["train", "--from", "t.jsonl", "--quick", "-o", "m.safetensors"]);
    assert!(stderr.contains("the label \"Favor\" is taken as \"favor\""), "{code} {stderr}");
    assert!(stderr.contains("\"favor\" and \"favour\" are alike"), "{stderr}");
    for told in [
        "(40 in t.jsonl:41): no label",
        "(41 in t.jsonl:42): several labels (favor, against)",
        "2 rows left out in all",
    ] {
        assert!(stderr.contains(told), "{stderr}");
    }
}
