//! Exports of networks, of mail and of media monitors: what in them is an article, and whose.

use serde_json::{Value, json};

use super::records_of_other_programs::{AGAINST, FAVOR, lines, score, stances};
use crate::common::{Workspace, json_lines};

const TITLE: &str = "أبطال القوات المسلحة الباسلة ضد مليشيات السراج الإرهابية";

fn ids(records: &[Value]) -> Vec<&str> {
    records.iter().map(|record| record["id"].as_str().unwrap_or("-")).collect()
}

#[test]
fn service_messages_and_pictures_without_a_text_are_no_articles() {
    let at = "2019-04-02T00:00:00";
    let export = json!({"name": "ن", "type": "public_channel", "id": 1, "messages": [
        {"id": 1, "type": "service", "date": at, "actor": "قناة", "action": "create_channel",
            "title": TITLE, "text": ""},
        {"id": 2, "type": "message", "date": at, "from": "صوت برقة", "text": FAVOR},
        {"id": 3, "type": "message", "date": at, "from": "صوت برقة", "photo": "a.jpg", "text": ""},
        {"id": 4, "type": "message", "date": at, "from": "صوت برقة", "text": AGAINST,
            "forwarded_from": "قناة أخرى"},
        {"id": 5, "type": "service", "date": at, "actor": "قناة", "action": "pin_message",
            "message_id": 2, "text": ""},
    ]});
    let all = json!({"chats": {"list": [export]}});
    for content in [
        export.to_string(),
        serde_json::to_string_pretty(&export).unwrap(),
        all.to_string(),
        lines(export["messages"].as_array().unwrap()),
    ] {
        let workspace = Workspace::new();
        workspace.write("result.json", &content);
        let (code, stdout, stderr) = workspace.run(&["score", "result.json"]);
        let records = json_lines(&stdout);
        assert_eq!((code, ids(&records)), (0, vec!["2", "4"]), "{content}: {stderr}");
        assert!(records.iter().all(|record| record["outlet"] == "صوت برقة"), "{stdout}");
        for says in [
            "3 passed over: 2 service messages of Telegram (1, 5)",
            "1 messages without a text of Telegram (3)",
            "1 message is forwarded from other channels and counted as this channel's",
        ] {
            assert!(stderr.contains(says), "{says}: {stderr}");
        }
        assert!(!stderr.contains("no outlet"), "{stderr}");
    }
}

#[test]
fn what_the_first_record_lacks_and_others_have_is_not_told_as_missing() {
    let dated = |id: u8| json!({"id": id, "text": FAVOR, "date": "2019-04-02", "kind": "خبر"});
    let mut named = dated(2);
    named["source"] = "صوت برقة".into();
    let (_, stderr) = score("a.jsonl", &lines(&[dated(1), named]), &[]);
    assert!(!stderr.contains("no outlet"), "{stderr}");
    let (_, stderr) = score("a.jsonl", &lines(&[dated(1), dated(2)]), &[]);
    assert!(stderr.contains("no outlet found; unused: \"kind\""), "{stderr}");
}

#[test]
fn forwarded_and_repeated_posts_are_scored_and_counted() {
    let posts = [
        json!({"id_str": "91", "text": FAVOR, "retweeted_status": {"id": 5, "text": FAVOR}}),
        json!({"id_str": "92", "text": FAVOR, "retweeted_status": null}),
        json!({"id_str": "93", "text": AGAINST,
            "referenced_tweets": [{"type": "retweeted", "id": "5"}]}),
    ];
    let (records, stderr) = score("x.jsonl", &lines(&posts), &[]);
    assert_eq!(
        (ids(&records), stances(&records)),
        (vec!["91", "92", "93"], vec!["favor", "favor", "against"])
    );
    let says = "2 posts repeat those of other accounts (retweets) and counted as this account's";
    assert!(stderr.contains(says), "{stderr}");

    let message = |id: u8, text: &str| {
        format!(
            "<div class=\"message default clearfix\" id=\"message{id}\"><div class=\"body\">{text}\
             </div></div>"
        )
    };
    let page = format!(
        "<html><body><div class=\"page_wrap\"><div class=\"history\">{}{}{}</div></div></body></html>",
        message(1, &format!("<div class=\"text\">{FAVOR}</div>")),
        message(
            2,
            &format!("<div class=\"forwarded body\"><div class=\"text\">{AGAINST}</div></div>")
        ),
        message(3, "<div class=\"media_wrap\"></div>"),
    );
    let (records, stderr) = score("messages.html", &page, &[]);
    assert_eq!(ids(&records), ["1", "2"]);
    for says in ["1 message is forwarded from other channels", "1 messages without a text (3)"] {
        assert!(stderr.contains(says), "{says}: {stderr}");
    }
}

#[test]
fn a_mail_is_scored_without_what_it_answers_and_without_its_signature() {
    let head = "From: a@b.example\nSubject: x\nMessage-ID: <x@b>\nMIME-Version: 1.0\n\
        Content-Type: text/plain; charset=utf-8\n\n";
    let quoted = format!("On Mon, Apr 1, 2019 at 10:00 AM A <a@b.example> wrote:\n> {AGAINST}\n");
    let mail = format!("{head}{FAVOR}\n\n-- \nسالم\n\n{quoted}");
    let workspace = Workspace::new();
    workspace.write("a.eml", &mail);
    workspace.write("a.mbox", format!("From a@b Mon Apr  1 10:00:00 2019\n{mail}"));
    workspace.write("quoted.eml", format!("{head}{quoted}"));
    workspace.write("a.txt", format!("{FAVOR}\n\n-- \nسالم\n\n{quoted}"));
    for name in ["a.eml", "a.mbox"] {
        let (_, stdout, stderr) = workspace.run(&["inspect", "--text", name]);
        assert!(!stdout.split("kept\n").nth(1).unwrap().contains("مرتزقة"), "{stderr}{stdout}");
        assert!(stdout.contains("(mail-answered): On Mon"), "{stdout}");
        assert!(stdout.contains("(mail-signature): سالم"), "{stdout}");
        let (_, stdout, _) = workspace.run(&["score", name]);
        assert_eq!(stances(&json_lines(&stdout)), ["favor"], "{stdout}");
    }
    // A mail that is nothing but a quotation, and a text that is no mail, are read as they are.
    for name in ["quoted.eml", "a.txt"] {
        let (_, stdout, _) = workspace.run(&["inspect", "--text", name]);
        assert!(stdout.split("kept\n").nth(1).unwrap().contains("مرتزقة"), "{name}: {stdout}");
    }
}

#[test]
fn a_column_of_headlines_is_known_or_told() {
    let table = |name: &str| format!("date,source,{name},text\n2019-04-02,x,{TITLE},{FAVOR}\n");
    for name in [
        "title",
        "عنوان المادة",
        "العنوان الرئيسي",
        "Headline (AR)",
        "title_ar",
        "Titre",
        "Story Headline",
        "headline_text",
    ] {
        let (_, stderr) = score("h.csv", &table(name), &["--verbose"]);
        assert!(stderr.contains(&format!("title from \"{name}\"")), "{name}: {stderr}");
    }
    for name in ["عنوان البرقية", "Page Title"] {
        let (_, stderr) = score("h.csv", &table(name), &[]);
        let says = format!("no title found; unused: \"{name}\" (--title-field names it)");
        assert!(stderr.contains(&says), "{name}: {stderr}");
    }
    let (_, stderr) = score("h.csv", &table("subtitle"), &[]);
    assert!(!stderr.contains("no title"), "{stderr}");
}

#[test]
fn numbers_of_rows_are_ids() {
    for name in ["الرقم", "ر.م", "م", "رقم الخبر"] {
        let (records, _) = score("n.csv", &format!("{name},text\n71,{FAVOR}\n"), &[]);
        assert_eq!(ids(&records), ["71"], "{name}");
    }
    let (records, _) = score("n.csv", &format!("الرقم,الرابط,النص\n7,http://a/1,{FAVOR}\n"), &[]);
    assert_eq!(ids(&records), ["http://a/1"]);
}

#[test]
fn a_table_through_a_pipe_is_no_article_though_its_columns_are_unknown() {
    let workspace = Workspace::new();
    let piped = |text: &str, options: &[&str]| {
        let arguments = [&["score"], options].concat();
        let output = workspace.mizan(&arguments).write_stdin(text).output().unwrap();
        let [stdout, stderr] =
            [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
        (output.status.code(), json_lines(&stdout), stderr)
    };
    let table = format!("Hit No.;Media Outlet;Full Hit Text\n1;A;\"{FAVOR}\"\n2;B;\"{AGAINST}\"\n");
    let (code, records, stderr) = piped(&table, &[]);
    assert!(code != Some(0) && records.iter().all(|it| it["error"].is_string()), "{records:?}");
    for says in [
        "no field is known as the text; there are: Hit No., Media Outlet, Full Hit Text",
        "--input-format text reads it as one article",
        "--text-field",
    ] {
        assert!(stderr.contains(says), "{says}: {stderr}");
    }
    let (code, records, _) = piped(&table, &["--text-field", "Full Hit Text"]);
    assert_eq!((code, stances(&records)), (Some(0), vec!["favor", "against"]));
    let (_, records, _) = piped(&table, &["--input-format", "text"]);
    assert_eq!(records.len(), 1);
    let poem = format!("{}\n", "يا ليل الصب متى غده\tأقيام الساعة موعده\tفي طرابلس\n".repeat(4));
    let list = "طرابلس, بنغازي, سرت\nسبها, غات, مصراتة\nطبرق, درنة, البيضاء\n".to_owned();
    for text in [poem, list, format!("{FAVOR}\n{AGAINST}\n")] {
        let (_, records, stderr) = piped(&text, &[]);
        assert_eq!(records.len(), 1, "{text}");
        assert!(!stderr.contains("--text-field"), "{text}: {stderr}");
    }
}

#[test]
fn a_named_field_that_one_file_has_costs_no_other() {
    let workspace = Workspace::new();
    workspace.write("d/a.csv", format!("No,Full Hit Text\n1,{FAVOR}\n"));
    workspace.write("d/b.jsonl", lines(&[json!({"id": "2", "text": AGAINST})]));
    workspace.write("d/c.csv", format!("id,text\n3,{FAVOR}\n"));
    workspace.write("d/d.json", json!({"articles": [{"id": "4", "text": AGAINST}]}).to_string());
    workspace.write("d/e.json", json!([{"id": "5", "body": FAVOR}]).to_string());
    let (code, stdout, stderr) = workspace.run(&["score", "d", "--text-field", "Full Hit Text"]);
    let records = json_lines(&stdout);
    let expected = ["favor", "against", "favor", "against", "favor"];
    assert_eq!((code, stances(&records)), (0, expected.to_vec()), "{stderr}");
    // Once for the files that are alike.
    assert_eq!(stderr.matches("nothing from \"Full Hit Text\"").count(), 2, "{stderr}");
    // A name that no file has is misspelt.
    let (code, stdout, stderr) =
        workspace.run(&["score", "d/b.jsonl", "d/c.csv", "--text-field", "Full Hit"]);
    assert_eq!((code, json_lines(&stdout).len()), (1, 2), "{stderr}");
    assert!(stderr.contains("no file has the field \"Full Hit\" of --text-field"), "{stderr}");
    // The first record may lack its text, and a file may have neither field.
    let own = json!({"id": "2", "Full Hit Text": FAVOR, "text": AGAINST});
    workspace.write("o.jsonl", lines(&[json!({"id": "1", "text": AGAINST}), own]));
    let (code, stdout, stderr) =
        workspace.run(&["score", "o.jsonl", "--text-field", "Full Hit Text"]);
    assert_eq!((code, stances(&json_lines(&stdout))[1]), (0, "favor"), "{stderr}");
    assert!(!stderr.contains("no file has"), "{stderr}");
    for (name, content) in [("n.csv", "a,b\n1,2\n"), ("n.jsonl", "{\"a\": 1}\n")] {
        workspace.write(name, content);
        let (_, _, stderr) = workspace.run(&["score", name, "--text-field", "Full Hit Text"]);
        assert!(stderr.contains("no field \"Full Hit Text\""), "{stderr}");
    }
}

#[test]
fn outlets_that_look_alike_are_one() {
    let names = ["صوت ليبيا", "صوت  ليبيا", "صوت\u{A0}ليبيا", "صـوت ليبيا", "\u{200F}صوت ليبيا "];
    let record = |name: &&str| json!({"text": FAVOR, "source": name});
    let workspace = Workspace::new();
    let records: Vec<Value> = names.iter().map(record).collect();
    workspace.write("a.jsonl", lines(&records));
    let rows: String =
        names.iter().fold(String::new(), |rows, name| format!("{rows}{name};\"{FAVOR}\"\n"));
    workspace.write("a.csv", format!("source;text\n{rows}"));
    let (_, scores, _) = workspace.run(&["score", "a.jsonl", "a.csv"]);
    assert!(json_lines(&scores).iter().all(|record| record["outlet"] == names[0]), "{scores}");
    // Scores of an older program.
    let old = scores.replacen(names[0], names[2], 1);
    workspace.write("s.jsonl", old);
    let (_, report, _) = workspace.run(&["report", "s.jsonl"]);
    let report: Value = serde_json::from_str(&report).unwrap();
    let outlets = report["outlets"].as_array().unwrap();
    assert_eq!((outlets.len(), &outlets[0]["outlet"]), (1, &names[0].into()), "{report}");
}
