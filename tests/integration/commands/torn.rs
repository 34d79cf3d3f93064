//! Sources that end early: the rest of them is missing, which is more than an article that fails.

use std::fmt::Write as _;
use std::fs;
use std::io::{Cursor, Write};

use flate2::Compression;
use flate2::write::GzEncoder;

use crate::common::{Workspace, json_lines, repository};

const TEXT: &str = "حررت القوات المسلحة الباسلة مدينة درنة الليبية من الإرهابيين صباح اليوم";

/// What is told of a source that is not whole.
#[track_caller]
fn assert_torn(name: &str, bytes: &[u8], n_scored: usize) {
    let workspace = Workspace::new();
    workspace.write(name, bytes);
    for options in [&["score", name][..], &["score", name, "--exit-zero"]] {
        let (code, stdout, stderr) = workspace.run(options);
        assert_eq!(code, 3, "{name}: {stderr}");
        assert!(stderr.contains("it breaks off") && stderr.contains(name), "{name}: {stderr}");
        let scored = json_lines(&stdout).into_iter().filter(|line| line["error"].is_null());
        assert_eq!(scored.count(), n_scored, "{name}: {stdout}");
    }
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut packer = GzEncoder::new(Vec::new(), Compression::default());
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap()
}

#[test]
fn a_torn_archive_of_tar_is_a_torn_source_wherever_it_is_cut() {
    let mut archive = tar::Builder::new(Vec::new());
    for name in ["a.txt", "b.txt"] {
        let mut header = tar::Header::new_gnu();
        header.set_size(TEXT.len() as u64);
        header.set_mode(0o644);
        header.set_cksum();
        archive.append_data(&mut header, name, TEXT.as_bytes()).unwrap();
    }
    let whole = archive.into_inner().unwrap();
    let workspace = Workspace::new();
    workspace.write("whole.tar", &whole);
    assert_eq!(workspace.run(&["score", "whole.tar"]).0, 0);
    let member = 512 + TEXT.len().next_multiple_of(512);
    for (cut, n_scored) in [
        (512 + TEXT.len() / 2, 0),
        (512 + TEXT.len() + 3, 1),
        (member, 1),
        (member + 100, 1),
        (2 * member, 2),
    ] {
        assert_torn("cut.tar", &whole[..cut], n_scored);
    }
    let packed = packed(&whole);
    assert_torn("cut.tar.gz", &packed[..packed.len() - 20], 1);
    // Its checksum stands behind the end of the archive; so may another one.
    let mut flipped = packed.clone();
    let at = flipped.len() - 6;
    flipped[at] ^= 1;
    assert_torn("sum.tar.gz", &flipped, 2);
    assert_torn("two.tar", &[&whole[..], &whole].concat(), 2);
}

#[test]
fn a_torn_zip_crawl_feed_or_list_is_a_torn_source() {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    archive.start_file("a.txt", zip::write::SimpleFileOptions::default()).unwrap();
    archive.write_all(TEXT.as_bytes()).unwrap();
    let whole = archive.finish().unwrap().into_inner();
    assert_torn("cut.zip", &whole[..whole.len() - 10], 0);

    let crawl = repository("tests/golden/many_in_one/warcio.warc.gz");
    let crawl = fs::read(crawl).unwrap();
    assert_torn("cut.warc.gz", &crawl[..crawl.len() - 20], 2);
    let item = format!("<item><title>خبر</title><description>{TEXT}</description></item>");
    let feed = format!("<rss><channel><title>a</title>{item}<item><title>خبر");
    assert_torn("cut.xml", feed.as_bytes(), 1);

    // A record whose header is damaged is one article; what follows it is read.
    let record = |head: &str, n: usize| {
        let page = format!("<html><body><p>{TEXT}</p>{}</body></html>", " ".repeat(n % 700));
        format!(
            "{head}\r\nWARC-Type: resource\r\nContent-Type: text/html\r\nContent-Length: {}\r\n\r\n{page}\r\n\r\n",
            page.len()
        )
    };
    let workspace = Workspace::new();
    let (good, bad) = (record("WARC/1.0", 0), record("WARC", 0));
    let none = good.replace("Content-Length", "Length");
    workspace.write("bad.warc", format!("{good}{bad}{good}{none}{good}"));
    let (code, stdout, stderr) = workspace.run(&["score", "bad.warc"]);
    let failed = |line: &serde_json::Value| !line["error"].is_null();
    let failed: Vec<_> = json_lines(&stdout).iter().map(failed).collect();
    assert_eq!((code, failed), (1, vec![false, true, false, true, false]), "{stderr}");
    // A record that stops within its page or its header, and the next one right behind; what is
    // sound is read, and no text goes to another article.
    let (cut, one) = (|n: usize| good[..n].to_owned(), good.clone());
    let whole = workspace.run(&["score", "bad.warc"]).1;
    let favor = json_lines(&whole)[0]["lna"]["favor"].clone();
    let in_page = good.len() - 60;
    for (bytes, n_good, code) in [
        (format!("{one}{}{one}{one}", cut(in_page)), 3, 1),
        (format!("{one}{}{one}", cut(in_page)), 2, 1),
        (format!("{one}{}{one}{one}", cut(30)), 3, 1),
        (format!("{one}{}{one}", cut("WARC/1.0\r\nWARC-Type: resource\r\n".len())), 2, 1),
        (format!("{one}{}{one}", "\0".repeat(100)), 2, 1),
        (format!("{one}{}{one}", good.replace("Length: ", "Length: 9")), 3, 0),
        (format!("{one}{}", cut(in_page)), 1, 3),
    ] {
        workspace.write("cut.warc", &bytes);
        let (found, stdout, stderr) = workspace.run(&["score", "cut.warc"]);
        let scored = json_lines(&stdout).into_iter().filter(|line| line["error"].is_null());
        let scored: Vec<_> = scored.map(|line| line["lna"]["favor"].clone()).collect();
        assert_eq!((found, scored), (code, vec![favor.clone(); n_good]), "{stderr}\n{bytes}");
    }
    // Of a packed crawl, what stands before the damage.
    let members = [packed(good.as_bytes()), packed(good.as_bytes()), b"junk".to_vec()].concat();
    assert_torn("junk.warc.gz", &members, 2);
    // Wherever the reader's buffer ends, the next record is seen.
    let many: String = (0..700).map(|n| record("WARC/1.0", n * 37)).collect();
    workspace.write("many.warc", many);
    let (code, stdout, _) = workspace.run(&["score", "many.warc"]);
    let scores: std::collections::BTreeSet<_> =
        json_lines(&stdout).iter().map(|line| line["lna"]["favor"].to_string()).collect();
    assert_eq!((code, json_lines(&stdout).len(), scores.len()), (0, 700, 1));

    let object = format!("{{\"text\": \"{TEXT}\"}}");
    assert_torn("cut.json", format!("[{object}, {object}, {{\"te").as_bytes(), 2);
    assert_torn("cut.jsonl", format!("{object}\n{object}\n{{\"text\": \"").as_bytes(), 2);
    assert_torn("open.json", format!("[{object}, {object}").as_bytes(), 2);
}

/// The parser of messages drops and copies nested ones by recursion: a file of 15 kB ended the run.
#[test]
fn messages_that_are_nested_without_end_lose_no_other_article() {
    let workspace = Workspace::new();
    let nested = "Content-Type: message/rfc822\n\n".repeat(200_000);
    let mut digest = String::new();
    for at in 0..20_000 {
        write!(digest, "Content-Type: multipart/Digest; boundary=b{at}\n\n--b{at}\n\n").unwrap();
    }
    let encoded = format!("Content-Transfer-Encoding: 7bit\n{nested}");
    workspace.write("in/1.txt", TEXT);
    workspace.write("in/2.eml.gz", packed(nested.as_bytes()));
    workspace.write("in/3.eml", digest);
    workspace.write("in/4.mbox", format!("From a\n{encoded}\n\nFrom b\nSubject: x\n\n{TEXT}\n"));
    workspace.write("in/5.txt", TEXT);
    let (code, stdout, stderr) = workspace.run(&["score", "in"]);
    // The digest ends within a part.
    assert_eq!(code, 3, "{stderr}");
    let lines = json_lines(&stdout);
    let scored = lines.iter().filter(|line| line["error"].is_null());
    let ids: Vec<&str> = scored.map(|line| line["id"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), 3, "{ids:?} {stderr}");
    assert!(stderr.contains("2.eml.gz") && stderr.contains("without a text"), "{stderr}");
}

#[test]
fn the_text_is_that_of_the_message_and_not_of_one_that_it_forwards() {
    let workspace = Workspace::new();
    let message = format!(
        "From: Digest <digest@example.org>\nSubject: Global digest\nMIME-Version: 1.0\n\
         Content-Type: multipart/mixed; boundary=digest\n\n--digest\n\
         Content-Type: text/plain; charset=utf-8\n\n{TEXT} digest\n--digest\n\
         Content-Type: message/rfc822\n\nSubject: inner\n\nنص آخر من رسالة أخرى\n--digest--\n"
    );
    workspace.write("a.eml", message);
    let (code, stdout, stderr) = workspace.run(&["explain", "a.eml", "--json"]);
    assert_eq!(code, 0, "{stderr}");
    assert!(stdout.contains("Global digest") && stdout.contains("اليوم digest"), "{stdout}");
    assert!(!stdout.contains("رسالة أخرى"), "{stdout}");
}

#[test]
fn what_a_source_holds_beside_its_articles_is_told() {
    let workspace = Workspace::new();
    let object = |id: &str| format!("{{\"id\": \"{id}\", \"text\": \"{TEXT}\"}}");
    // Items of a list that are no objects, but for `null`.
    workspace
        .write("list.json", format!("[{}, null, \"{TEXT}\",\n5, {}]", object("a"), object("b")));
    let (code, stdout, stderr) = workspace.run(&["score", "list.json"]);
    assert_eq!((code, json_lines(&stdout).len()), (1, 3), "{stderr}");
    assert!(stderr.contains("2 items of the list are no objects") && stderr.contains("line 1"));
    workspace.write("null.json", format!("[{}, null, {}]", object("a"), object("b")));
    assert_eq!(workspace.run(&["score", "null.json"]).0, 0);
    // Those that have no text are counted to the end.
    let none = vec!["{\"x\": \"y\"}"; 150].join(",");
    workspace.write("many.json", format!("[{none}, {}]", object("a")));
    let (code, stdout, stderr) = workspace.run(&["score", "many.json"]);
    assert_eq!((code, json_lines(&stdout).len()), (1, 102), "{stderr}");
    assert!(stderr.contains("50 more objects of the list have no text"), "{stderr}");
    // Objects one after the other, without a line each.
    workspace.write("one.jsonl", format!("{}{} {}", object("a"), object("b"), object("c")));
    let (code, stdout, stderr) = workspace.run(&["score", "one.jsonl"]);
    assert_eq!((code, json_lines(&stdout).len()), (0, 3), "{stderr}");

    // Two members of one name, of which only one can be reached.
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    for (name, text) in [("name-1.txt", TEXT), ("name-2.txt", TEXT), ("c.txt", "")] {
        archive.start_file(name, options).unwrap();
        archive.write_all(text.as_bytes()).unwrap();
    }
    let mut bytes = archive.finish().unwrap().into_inner();
    let two = b"name-2.txt";
    while let Some(at) = bytes.windows(two.len()).position(|window| window == two) {
        bytes[at + 5] = b'1';
    }
    workspace.write("two.zip", &bytes);
    // Two archives, of which the end of the file tells what the second holds.
    let one = fs::read(repository("tests/golden/many_in_one/zipfile.zip")).unwrap();
    workspace.write("joined.zip", [&one[..], &one].concat());
    let (code, _, stderr) = workspace.run(&["score", "joined.zip"]);
    assert_eq!(code, 1, "{stderr}");
    assert!(stderr.contains("another archive stands before it"), "{stderr}");
    // A program that unpacks it may stand before an archive.
    workspace.write("program.zip", [&b"MZ program"[..], &one].concat());
    assert_eq!(workspace.run(&["score", "program.zip"]).0, 0);
    let (code, stdout, stderr) = workspace.run(&["score", "two.zip"]);
    assert_eq!((code, json_lines(&stdout).len()), (1, 3), "{stderr}");
    assert!(stderr.contains("two.zip: the ZIP archive: several members have one name"), "{stderr}");
    assert!(stderr.contains("c.txt: two.zip: it is empty"), "{stderr}");

    // A cell more than there are columns, as where a text holds a comma and is not quoted.
    let rows = format!("id,text,text\na,{TEXT}\nb,{TEXT}, {TEXT}, {TEXT}\nc,{TEXT}, ,\n");
    workspace.write("cells.csv", rows);
    let (code, stdout, stderr) = workspace.run(&["score", "cells.csv"]);
    assert_eq!((code, json_lines(&stdout).len()), (1, 3), "{stderr}");
    assert!(stderr.contains("cells.csv:3: the row has 4 cells and the header has 3"), "{stderr}");
    assert!(stderr.contains("several columns are called \"text\""), "{stderr}");

    // A packed member of an archive.
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    archive.start_file("a.jsonl.gz", options).unwrap();
    archive.write_all(&packed(format!("{}\n", object("a")).as_bytes())).unwrap();
    workspace.write("packed.zip", archive.finish().unwrap().into_inner());
    let (code, stdout, stderr) = workspace.run(&["score", "packed.zip"]);
    assert_eq!((code, json_lines(&stdout).len()), (0, 1), "{stderr}");

    // A source without an article is no input.
    workspace.write("head.csv", "id,text\n");
    for command in ["score", "explain"] {
        let (code, stdout, stderr) = workspace.run(&[command, "head.csv"]);
        assert_eq!((code, stdout.as_str()), (2, ""), "{stderr}");
        assert!(stderr.contains("no articles found in head.csv"), "{stderr}");
    }
}

/// What is packed is unpacked block by block: nothing can be read where the first one is cut.
#[test]
fn what_is_packed_is_a_torn_source_also_if_it_is_cut_in_its_first_block() {
    let row = |id: usize| format!("{id},{TEXT} {id}\n");
    let table = format!("id,text\n{}", (0..300).map(row).collect::<String>());
    let workspace = Workspace::new();
    workspace.write("d.csv", &table);
    let (_, scores, _) = workspace.run(&["score", "d.csv"]);
    let zstd = |text: &str| {
        let level = ruzstd::encoding::CompressionLevel::Fastest;
        ruzstd::encoding::compress_to_vec(text.as_bytes(), level)
    };
    // A frame that is skipped: pzstd writes one before each of data.
    let skipped = [&zstd(&table)[..], &[0x5A, 0x2A, 0x4D, 0x18, 9, 0, 0, 0, 1]].concat();
    assert_torn("skipped.csv.zst", &skipped, 300);
    for (ending, pack) in [
        ("gz", &(|text: &str| packed(text.as_bytes())) as &dyn Fn(&str) -> Vec<u8>),
        ("zst", &zstd),
    ] {
        let whole = pack(&table);
        for length in [5, 60] {
            assert_torn(&format!("cut.csv.{ending}"), &whole[..length], 0);
            assert_torn(&format!("cut.txt.{ending}"), &whole[..length], 0);
        }
        let workspace = Workspace::new();
        workspace.write("d.csv", &table);
        workspace.write("s.jsonl", &scores);
        for (whole, text, commands) in [
            ("d.csv", &table, ["explain", "inspect", "score"]),
            ("s.jsonl", &scores, ["report", "aggregate", "drift"]),
        ] {
            let name = format!("cut-{whole}.{ending}");
            workspace.write(&name, &pack(text)[..100]);
            for command in commands {
                let (code, _, stderr) = workspace.run(&[command, whole, &name]);
                assert_eq!(code, 3, "{command} {name}: {stderr}");
                assert!(stderr.contains("file is cut off; copy or download it again"), "{stderr}");
                assert!(!stderr.contains("Error"), "{stderr}");
            }
        }
    }
}

#[test]
fn a_labelled_table_that_is_cut_is_a_torn_source() {
    let row = |id: usize| format!("{id},{TEXT} {id},favor,neutral\n");
    let rows: String = (0..30).map(row).collect();
    let table = packed(format!("id,text,lna,gna\n{rows}").as_bytes());
    let workspace = Workspace::new();
    workspace.write("whole.csv.gz", &table);
    workspace.write("cut.csv.gz", &table[..table.len() - 12]);
    for (name, expected) in [("whole.csv.gz", 0), ("cut.csv.gz", 3)] {
        let run = ["evaluate", "--from", name, "--lna-field", "lna", "--gna-field", "gna"];
        let (code, _, stderr) = workspace.run(&run);
        assert_eq!(code, expected, "{name}: {stderr}");
        assert_eq!(stderr.contains("cut.csv.gz: it breaks off in line"), code == 3, "{stderr}");
    }
}

#[test]
fn a_torn_message_is_a_torn_source() {
    let part = format!("--b\nContent-Type: text/plain; charset=utf-8\n\n{TEXT}\n");
    let head = "Subject: x\nContent-Type: multipart/mixed; boundary=b\n\n";
    assert_torn("a.eml", format!("{head}{part}").as_bytes(), 0);
    assert_torn("a.mbox", format!("From a\n{head}{part}").as_bytes(), 0);
    let workspace = Workspace::new();
    workspace.write("whole.eml", format!("{head}{part}--b--\n"));
    assert_eq!(workspace.run(&["score", "whole.eml"]).0, 0);
    workspace.write("b.eml", "Content-Transfer-Encoding: base64\nSubject: x\n\n2KfZhNmG2LU!?=\n");
    let (code, _, stderr) = workspace.run(&["score", "b.eml"]);
    assert_eq!(code, 1);
    assert!(stderr.contains("b.eml: its text is damaged base64"), "{stderr}");
}

/// Some ended with 0, others with 1 or 2.
#[test]
fn a_torn_source_has_one_exit_code_in_every_command() {
    let workspace = Workspace::new();
    let line = |n: usize| {
        format!(
            "{{\"id\": \"{n}\", \"text\": \"{TEXT} {n}\", \"date\": \"2020-01-0{}\"}}\n",
            1 + n % 9
        )
    };
    let whole = packed((0..400).map(line).collect::<String>().as_bytes());
    workspace.write("a.jsonl.gz", &whole[..whole.len() - 400]);
    let mut labels = "id,lna,gna\n".to_owned();
    for n in 0..400 {
        writeln!(labels, "{n},favor,neutral").unwrap();
    }
    workspace.write("l.csv", labels);
    for command in [
        &["score"][..],
        &["explain"],
        &["inspect"],
        &["words"],
        &["probe"],
        &["drift"],
        &["evaluate", "--labels", "l.csv"],
    ] {
        let (code, _, stderr) = workspace.run(&[command, &["a.jsonl.gz"]].concat());
        assert_eq!(code, 3, "{command:?}: {stderr}");
        assert!(stderr.contains("it breaks off"), "{command:?}: {stderr}");
    }
}

#[test]
fn torn_scores_are_a_torn_source_of_a_report() {
    let workspace = Workspace::new();
    let object = format!("{{\"text\": \"{TEXT}\", \"outlet\": \"o\"}}\n");
    workspace.write("a.jsonl", object.repeat(40));
    let (_, scores, _) = workspace.run(&["score", "a.jsonl"]);
    let whole = packed(scores.as_bytes());
    workspace.write("s.jsonl.gz", &whole[..whole.len() - 20]);
    for command in ["report", "aggregate"] {
        let (code, _, stderr) = workspace.run(&[command, "s.jsonl.gz"]);
        assert_eq!(code, 3, "{command}: {stderr}");
        assert!(stderr.contains("it breaks off"), "{stderr}");
    }
}
