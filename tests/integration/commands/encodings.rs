//! Files whose encoding is declared wrongly, mixed, or broken off.

use std::io::Write;

use encoding_rs::{WINDOWS_1252, WINDOWS_1256};
use flate2::Compression;
use flate2::write::GzEncoder;

use super::tables::{AGAINST, FAVOR, answers, assert_both, scored};
use crate::common::Workspace;

#[test]
fn a_latin_declaration_does_not_make_arabic_unreadable() {
    for declared in ["iso-8859-1", "windows-1252", "us-ascii", "x-user-defined"] {
        let page = format!(
            "<html><head><meta charset=\"{declared}\"><title>خبر</title></head><body><article>\
             <h1>خبر</h1><p>{FAVOR}.</p><p>{FAVOR}.</p></article></body></html>"
        );
        let (records, stderr) = scored("p.html", &WINDOWS_1256.encode(&page).0, &[]);
        assert_eq!(answers(&records)[0].1, "favor", "{declared}: {stderr}");
        assert_eq!(records[0]["reading"]["encoding"], "windows-1256");
    }
}

#[test]
fn rows_are_decoded_each_by_itself() {
    let windows = WINDOWS_1256.encode(AGAINST).0;
    // A table to which an older program appended, and a dump that is mostly in windows-1256.
    let head = format!("id,text\n1,{FAVOR}\n2,");
    let stderr = assert_both("t.csv", [head.as_bytes(), &windows, b"\n"].concat(), &[]);
    assert!(stderr.contains("2: it is in windows-1256"), "{stderr}");
    let line = |id: &str, text: &[u8]| {
        [b"{\"id\": \"", id.as_bytes(), b"\", \"text\": \"", text, b"\"}\n"].concat()
    };
    let first = line("1", &WINDOWS_1256.encode(FAVOR).0);
    assert_both("d.jsonl", [first, line("2", AGAINST.as_bytes())].concat(), &[]);
    let table = [head.as_bytes(), &windows, b"\n"].concat();
    let (records, _) = scored("t.csv", table, &["--strict"]);
    assert!(answers(&records)[1].1.contains("not UTF-8"), "{records:?}");
}

#[test]
fn garbled_letters_are_named_with_their_cure() {
    let garbled = [
        (FAVOR.bytes().map(char::from).collect::<String>(), "iconv -f UTF-8 -t ISO-8859-1"),
        (WINDOWS_1252.decode(FAVOR.as_bytes()).0.into_owned(), "ftfy"),
        (WINDOWS_1256.decode(FAVOR.as_bytes()).0.into_owned(), "iconv -f UTF-8 -t WINDOWS-1256"),
        ("؟؟؟".to_owned() + &"????? ".repeat(9), "question marks"),
    ];
    for (text, cure) in garbled {
        let text = text.trim_start_matches('؟').replace(['\n', '"'], " ");
        for (name, content) in
            [("a.txt", text.clone()), ("t.csv", format!("id,text\na.txt,\"{text}\"\n"))]
        {
            let (records, _) = scored(name, content, &[]);
            assert!(answers(&records)[0].1.contains(cure), "{name}: {records:?}");
        }
    }
}

#[test]
fn whole_lines_before_a_break_are_answered_and_the_break_has_its_line() {
    // Lines that gzip cannot make small, as texts are.
    let line = |id: usize| format!("{{\"id\": \"{id}\", \"text\": \"{FAVOR} {:x}\"}}\n", id * id);
    let lines: String = (1..=40).map(line).collect();
    let row = |id: usize| format!("{id},\"{FAVOR}\"\n");
    let rows: String = (1..=40).map(row).collect();
    for (name, content) in [("d.jsonl.gz", lines), ("t.csv.gz", format!("id,text\n{rows}"))] {
        let mut packer = GzEncoder::new(Vec::new(), Compression::default());
        packer.write_all(content.as_bytes()).unwrap();
        let bytes = packer.finish().unwrap();
        let (records, stderr) = scored(name, &bytes[..bytes.len() - 20], &[]);
        let (last, whole) = records.split_last().unwrap();
        assert!(whole.len() > 20 && whole.len() < 40, "{}", whole.len());
        assert!(whole.iter().all(|record| record.get("error").is_none()), "{stderr}");
        let error = last["error"].as_str().unwrap();
        assert!(error.contains("breaks off in line"), "{error}");
    }
}

#[test]
fn members_of_gzip_and_frames_of_zstd_are_read_one_after_the_other() {
    let workspace = Workspace::new();
    let line = |id, text| format!("{{\"id\": \"{id}\", \"text\": \"{text}\"}}\n");
    workspace.write("a.jsonl", line("1", FAVOR));
    workspace.write("b.jsonl", line("2", AGAINST));
    for ending in ["gz", "zst"] {
        let packed = ["a", "b"].map(|name| {
            let (input, output) =
                (format!("{name}.jsonl"), format!("{name}.{ending}.jsonl.{ending}"));
            let (code, _, stderr) = workspace.run(&["score", &input, "-o", &output]);
            assert_eq!(code, 0, "{stderr}");
            std::fs::read(workspace.path(&output)).unwrap()
        });
        workspace.write("all", packed.concat());
        let (code, stdout, stderr) = workspace.run(&["report", "all", "--format", "json"]);
        assert!(code == 0 && stdout.contains("\"articles\": 2"), "{ending}: {stderr}");
    }
}
