//! Tables as other programs write them, and damaged ones.

use serde_json::Value;

use crate::common::{Workspace, json_lines};

pub const FAVOR: &str = "حرر الجيش الوطني الليبي المدينة فجر اليوم من الميليشيات الإرهابية التي كانت تسيطر على \
    أحيائها الجنوبية منذ أشهر. وطهرت القوات المسلحة الباسلة محيط المطار من فلول الإرهابيين";

pub const AGAINST: &str = "شنت مليشيات حفتر الانقلابية هجوما غادرا على أحياء العاصمة فجر اليوم وقتلت مدنيين أبرياء \
    بينهم أطفال. وأكدت حكومة الوفاق الشرعية أن أبطالها صدوا المعتدين";

/// The records of a file, and what is said on standard error.
pub fn scored(name: &str, content: impl AsRef<[u8]>, arguments: &[&str]) -> (Vec<Value>, String) {
    let workspace = Workspace::new();
    workspace.write(name, content);
    let (_, stdout, stderr) = workspace.run(&[&["score", name], arguments].concat());
    (json_lines(&stdout), stderr)
}

/// The ids and the stances toward lna; the error where there is one.
pub fn answers(records: &[Value]) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let answer = |record: &Value| match record.get("error") {
        Some(error) => (text(&record["id"]), text(error)),
        None => (text(&record["id"]), text(&record["lna"]["stance"])),
    };
    records.iter().map(answer).collect()
}

/// Asserts that articles 1 and 2 are read whole.
#[track_caller]
pub fn assert_both(name: &str, content: impl AsRef<[u8]>, arguments: &[&str]) -> String {
    let (records, stderr) = scored(name, content, arguments);
    let expected = [("1", "favor"), ("2", "against")].map(|(id, lna)| (id.into(), lna.into()));
    assert_eq!(answers(&records), expected, "{stderr}");
    stderr
}

#[test]
fn the_separator_is_that_of_the_header_whatever_the_texts_hold() {
    // R: write.csv2 quotes every text and names the rows.
    let r = format!("\"\";\"id\";\"text\"\n\"1\";1;\"{FAVOR}, و; ثم\"\n\"2\";2;\"{AGAINST}\"\n");
    assert_both("r.csv", r, &[]);
    // PostgreSQL: COPY … (FORMAT csv, DELIMITER '|').
    assert_both("pg.csv", format!("id|text\n1|{FAVOR}; أ, ب, ج\n2|{AGAINST}\n"), &[]);
    // Excel on Windows: a line for itself; with a byte-order mark and without, quoted and not.
    for first in ["sep=;", "\u{FEFF}SEP=;", "\"sep=;\""] {
        let excel = format!("{first}\r\nid;text\r\n1;{FAVOR}, أ, ب\r\n2;{AGAINST}\r\n");
        assert_both("excel.csv", excel, &[]);
    }
    // Excel for Mac: a carriage return ends a line. A semicolon stands in the text.
    assert_both("mac.csv", format!("id,text\r1,\"{FAVOR}; ثم; ثم\"\r2,{AGAINST}\r"), &[]);
    // What is called .tsv and has commas.
    assert_both("t.tsv", format!("id,text\n1,{FAVOR}\n2,{AGAINST}\n"), &[]);
    // Google Sheets: lines in cells, quotation marks doubled.
    let sheets =
        format!("id,text,x\r\n1,\"{FAVOR}\n\n\"\"أ, ب\"\"\",\r\n2,\"{AGAINST}\nسطر, ثان\",y\r\n");
    assert_both("sheets.csv", sheets, &[]);
}

#[test]
fn a_table_without_header_is_read_as_bcp_writes_it() {
    // SQL Server: bcp … queryout t.txt -w gives UTF-16, tabs, no header and no quoting.
    let text = format!("1\t\"{FAVOR}\tx\r\n2\t{AGAINST}\ty\r\n");
    let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let fields = ["--input-format", "tsv", "--no-header", "--text-field", "2", "--id-field", "1"];
    assert_both("t.txt", [&b"\xFF\xFE"[..], &bytes].concat(), &fields);
}

#[test]
fn a_backslash_before_a_quotation_mark_is_read_where_the_table_needs_it() {
    // Spark: df.write.option("header", true).csv(…).
    let spark = format!("id,text,x\n1,\"{FAVOR} قال \\\"نعم, كذا\\\"\",y\n2,{AGAINST},z\n");
    let (records, stderr) = scored("spark.csv", spark, &["--keep", "x"]);
    assert_eq!(answers(&records).len(), 2, "{stderr}");
    assert_eq!((&records[0]["kept"]["x"], &records[1]["kept"]["x"]), (&"y".into(), &"z".into()));
    // pandas: to_csv(sep="|", escapechar="\\", doublequote=False).
    let pandas = format!("id|text|x\n1|\"{FAVOR}\nقال \\\"نعم|كذا\\\"\"|y\n2|{AGAINST}|z\n");
    assert_both("pandas.csv", pandas, &[]);
    // A path of Windows is none of this.
    assert_both("w.csv", format!("id,p,text\n1,\"C:\\\",{FAVOR}\n2,\"D:\\\",{AGAINST}\n"), &[]);
}

#[test]
fn a_mark_that_is_never_closed_costs_its_own_row_and_is_told_with_its_line() {
    for (name, broken) in [
        ("at the end of the file", format!("9,\"{FAVOR}\n")),
        ("closed by a later row", format!("9,\"{FAVOR}\n2,\"{AGAINST}\"\n")),
        ("closed inside another", format!("9,\"{FAVOR}\n2,{AGAINST} \"أ\" ب\n")),
        ("over several lines", format!("9,\"{FAVOR}\nسطر\nسطر آخر\n")),
        ("not doubled", format!("9,\"{FAVOR}, قال \"نعم\", ثم\"\n")),
    ] {
        let rows = broken.lines().any(|line| line.starts_with("2,"));
        let second = if rows { String::new() } else { format!("2,{AGAINST}\n") };
        let table = format!("id,text\n1,\"{FAVOR}\nسطر ثان\"\n{broken}{second}3,\"{FAVOR}\"\n");
        let (records, stderr) = scored("t.csv", table, &[]);
        let answers = answers(&records);
        let ids: Vec<&str> = answers.iter().map(|(id, _)| id.as_str()).collect();
        assert_eq!(ids, ["1", "9", "2", "3"], "{name}: {stderr}");
        assert!(answers[1].1.starts_with("t.csv:4: a quotation mark"), "{name}: {answers:?}");
        assert_eq!((&*answers[0].1, &*answers[2].1), ("favor", "against"), "{name}");
    }
}

#[test]
fn lines_that_belong_to_a_broken_row_are_no_articles_and_are_counted() {
    let table = format!("id,text,x\n9,\"{FAVOR}\nسطر\nسطر آخر\n1,{FAVOR},x\n2,{AGAINST},y\n");
    let (records, _) = scored("t.csv", table, &[]);
    assert_eq!(records.len(), 3, "{records:?}");
    assert!(answers(&records)[0].1.contains("the 2 lines after it"), "{records:?}");
}

#[test]
fn parts_that_were_appended_are_one_table() {
    // cat a.csv b.csv, as Windows programs save both.
    let part = |row: &str| format!("\u{FEFF}id,text\r\n{row}\r\n");
    let table = part(&format!("1,{FAVOR}")) + &part(&format!("2,\"{AGAINST}\""));
    let stderr = assert_both("t.csv", table, &[]);
    assert!(stderr.contains("line 3 is the header again"), "{stderr}");
    // PowerShell: Get-Content a.jsonl, b.jsonl | Set-Content, each with its mark.
    let line = |id, text| format!("\u{FEFF}{{\"id\": \"{id}\", \"text\": \"{text}\"}}\n");
    assert_both("t.jsonl", line("1", FAVOR) + &line("2", AGAINST), &[]);
}

#[test]
fn a_text_that_begins_as_a_table_is_one_and_prose_is_not() {
    // Excel: "Unicode Text".
    let text = format!("id\tالعنوان\tالنص\r\n1\tخبر\t\"{FAVOR}\"\r\n2\tخبر\t{AGAINST}\r\n");
    let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let stderr = assert_both("t.txt", [&b"\xFF\xFE"[..], &bytes].concat(), &[]);
    assert!(stderr.contains("header of a table with tabs"), "{stderr}");
    // A table from a pipe has no name.
    let table = format!("id,text\n1,{FAVOR}\n2,{AGAINST}\n");
    let workspace = Workspace::new();
    let piped = workspace.mizan(&["score"]).write_stdin(table).output().unwrap();
    assert_eq!(answers(&json_lines(&String::from_utf8(piped.stdout).unwrap())).len(), 2);
    let prose = format!("العنوان، النص\n{FAVOR}\n");
    assert_eq!(scored("p.txt", prose, &[]).0[0]["reading"]["format"], "text");
}

#[test]
fn marks_in_a_header_are_not_part_of_its_names_and_messages_name_the_separator() {
    assert_both("m.csv", format!("\u{200F}id,\u{200F}النص\n1,{FAVOR}\n2,{AGAINST}\n"), &[]);
    let (_, stderr) = scored("t.csv", "a;b\n1;2\n", &[]);
    assert!(stderr.contains("a, b (read with semicolons between columns)"), "{stderr}");
}

#[test]
fn labels_and_scores_are_read_with_any_separator() {
    let workspace = Workspace::new();
    workspace.write("a.csv", format!("id;text\n1;{FAVOR}\n2;{AGAINST}\n"));
    // Excel in a country with a decimal comma, saved as CSV.
    workspace.write("l.csv", "\u{FEFF}article;lna;gna\r\n1;favor;neutral\r\n2;against;favor\r\n");
    let (code, stdout, stderr) = workspace.run(&["evaluate", "--labels", "l.csv", "a.csv"]);
    assert!(code == 0 && stdout.contains("macro-F1"), "{stderr}");
    for separator in ["semicolon", "tab", "comma"] {
        let arguments = ["score", "a.csv", "--excel", "--separator", separator];
        let (_, table, _) = workspace.run(&arguments);
        let table = match separator {
            "semicolon" => table.replace("0.", "0,"),
            _ => table,
        };
        workspace.write("s.csv", table);
        let (code, stdout, stderr) = workspace.run(&["report", "s.csv"]);
        assert!(code == 0 && stdout.contains("\"articles\": 2"), "{separator}: {stdout} {stderr}");
    }
}

#[test]
fn an_empty_table_is_told_as_empty() {
    let workspace = Workspace::new();
    workspace.write("empty.csv", "");
    let arguments = ["adapt", "--from", "empty.csv", "--lna-field", "a", "--gna-field", "b"];
    let (code, _, stderr) = workspace.run(&arguments);
    assert!(code == 2 && stderr.contains("it is empty: there is nothing to weigh"), "{stderr}");
}
