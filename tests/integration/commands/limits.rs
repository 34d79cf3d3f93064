//! Everything that is read has a limit, and so has everything that is told.

use std::fs::File;

use super::tables::{FAVOR, scored};
use crate::common::{Workspace, json_lines};

const MB: usize = 1 << 20;

/// A file that states to be so long and takes no room.
fn sparse(workspace: &Workspace, name: &str, n_bytes: usize) {
    let file = File::options().create(true).append(true).open(workspace.path(name)).unwrap();
    file.set_len(n_bytes as u64).unwrap();
}

#[test]
fn a_row_or_a_line_longer_than_the_limit_is_told_and_those_after_it_are_read() {
    let long = "a".repeat(17 * MB);
    for (name, content) in [
        ("t.csv", format!("id,text\n1,{long}\n2,{FAVOR}\n")),
        ("q.csv", format!("id,text\n1,\"{long}\"\n2,{FAVOR}\n")),
        ("t.tsv", format!("id\ttext\n1\t{long}\n2\t{FAVOR}\n")),
        (
            "t.jsonl",
            format!("{{\"text\": \"{long}\"}}\n{{\"id\": \"2\", \"text\": \"{FAVOR}\"}}\n"),
        ),
    ] {
        let (records, stderr) = scored(name, content, &[]);
        assert!(
            stderr.contains("longer than 16 MB"),
            "{name}: {}",
            &stderr[..stderr.len().min(999)]
        );
        let last = records.last().unwrap();
        assert_eq!((&last["id"], &last["lna"]["stance"]), (&"2".into(), &"favor".into()), "{name}");
    }
}

#[test]
fn a_header_longer_than_the_limit_is_refused() {
    let (records, stderr) = scored("t.csv", format!("{},text\n1,x\n", "a".repeat(17 * MB)), &[]);
    assert_eq!(records.len(), 1, "{records:?}");
    assert!(records[0]["error"].is_string() && stderr.len() < 1_000, "{stderr}");
}

#[test]
fn columns_are_limited_in_the_header_and_further_cells_of_a_row_are_left_out() {
    let header = |n: usize| format!("{}text", "c,".repeat(n));
    let row = |n: usize| format!("{}{FAVOR}", ",".repeat(n));
    let (records, stderr) = scored("t.csv", format!("{}\n{}\n", header(16_383), row(16_383)), &[]);
    assert_eq!(records[0]["lna"]["stance"], "favor", "{stderr}");
    let (_, stderr) = scored("t.csv", format!("{}\n{}\n", header(16_384), row(16_384)), &[]);
    assert!(stderr.contains("16385 columns; at most 16384 are read"), "{stderr}");
    // Millions of cells under two columns.
    let table = format!("id,text\n1,{FAVOR}{}\n2,{FAVOR}\n", ",".repeat(3 * MB));
    let (records, stderr) = scored("t.csv", table, &[]);
    assert_eq!(records.len(), 2, "{stderr}");
    assert!(records.iter().all(|record| record["lna"]["stance"] == "favor"), "{stderr}");
}

/// A short packed file held a text of 61 MB, whose reading took a gigabyte.
#[test]
fn a_text_has_the_limit_of_a_line_whatever_it_comes_in() {
    use std::io::Write;

    let workspace = Workspace::new();
    let text = "حفتر ".repeat(2 * MB);
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packer.write_all(text.as_bytes()).unwrap();
    workspace.write("in/a.txt.gz", packer.finish().unwrap());
    workspace.write("in/b.eml", format!("Subject: x\n\n{text}"));
    workspace.write("in/c.txt", FAVOR);
    let (code, stdout, stderr) = workspace.run(&["score", "in"]);
    assert_eq!(code, 1, "{stderr}");
    assert_eq!(stderr.matches("longer than 16 MB").count(), 2, "{stderr}");
    assert_eq!(stdout.matches("\"lna\":").count(), 1, "{stdout}");
}

#[test]
fn files_of_labels_camps_and_models_have_a_limit_and_are_not_read_first() {
    for file in ["labels.csv", "camps.toml", "events.toml", "articles/n0.txt"] {
        let workspace = Workspace::with_labels();
        sparse(&workspace, &format!("labeled/{file}"), 65 * MB);
        for run in [&["labels"][..], &["train", "--quick", "-o", "m.safetensors"]] {
            let (code, _, stderr) = workspace.run(run);
            assert_eq!(code, 2, "{stderr}");
            assert!(stderr.contains(file) && stderr.contains("longer than 64 MB"), "{stderr}");
        }
    }
    let workspace = Workspace::new();
    workspace.write("a.txt", FAVOR);
    sparse(&workspace, "m.safetensors", 8 << 30);
    sparse(&workspace, "l.csv", 8 << 30);
    for run in [
        &["score", "--model", "m.safetensors", "a.txt"][..],
        &["model", "m.safetensors"],
        &["model", "--install", "m.safetensors"],
        &["evaluate", "--labels", "l.csv", "a.txt"],
        &["adapt", "--labels", "l.csv", "a.txt"],
    ] {
        let (code, _, stderr) = workspace.run(run);
        assert!(code == 2 && stderr.contains("longer than 512 MB"), "{run:?}: {stderr}");
    }
}

#[test]
fn a_message_stays_short_however_long_what_it_names_is() {
    let id = "ن".repeat(MB);
    let (records, stderr) = scored("t.csv", format!("id,text\n{id},x\n"), &[]);
    assert_eq!(records[0]["id"], *id, "the record keeps it");
    assert!(stderr.lines().all(|line| line.len() < 20_000), "{} bytes", stderr.len());
    // A line of the user's file, with what is wrong in it below.
    let workspace = Workspace::with_labels();
    workspace.write("labeled/camps.toml", format!("a = {}", "[".repeat(MB)));
    let (code, _, stderr) = workspace.run(&["labels"]);
    assert!(code == 2 && stderr.contains("camps.toml"), "{}", stderr.len());
    assert!(stderr.len() < 64 << 10, "{} bytes", stderr.len());
}

/// A line that is too long is passed over, as far as it may have an end.
#[cfg(target_os = "linux")]
#[test]
fn a_device_without_line_ends_is_no_file_of_scores() {
    let workspace = Workspace::new();
    workspace.write("a.txt", FAVOR);
    let (_, scores, _) = workspace.run(&["score", "a.txt"]);
    workspace.write("s.jsonl", &scores);
    for command in ["report", "aggregate"] {
        let (code, _, stderr) = workspace.run(&[command, "/dev/zero"]);
        assert_eq!(code, 2, "{command}: {stderr}");
        assert!(stderr.contains("/dev/zero:1: the line is longer than 16 MB"), "{stderr}");
        // The other files are read.
        let (code, _, stderr) = workspace.run(&[command, "s.jsonl", "/dev/zero"]);
        assert_eq!(code, 1, "{command}: {stderr}");
    }
    // A line that is too long, and one behind it.
    let long = format!("{{\"id\":\"{}\"}}\n", "a".repeat(17 * MB));
    workspace.write("long.jsonl", format!("{long}{scores}"));
    let (code, stdout, stderr) = workspace.run(&["report", "long.jsonl", "--json"]);
    assert_eq!(code, 1, "{stderr}");
    assert!(stderr.contains("long.jsonl:1: the line is longer than 16 MB"), "{stderr}");
    let report: serde_json::Value = serde_json::from_str(&stdout).unwrap();
    assert_eq!(report["counts"]["articles"], 1, "{stdout}");
}

#[test]
fn a_column_of_ids_is_no_column_of_labels_and_says_so_soon() {
    let workspace = Workspace::new();
    let row =
        |number: usize| format!("{FAVOR} {number},Id {number}\n{FAVOR} {number},id {number}\n");
    let rows: String = (0..2_000).map(row).collect();
    workspace.write("t.csv", format!("text,label\n{rows}"));
    let (code, _, stderr) =
        workspace.run(&["train", "--quick", "--from", "t.csv", "-o", "m.safetensors"]);
    assert_eq!(code, 2, "{}", stderr.len());
}

#[test]
fn a_page_of_thousands_of_deciding_sentences_is_explained() {
    let workspace = Workspace::new();
    workspace.write("a.txt", format!("{FAVOR}.\n\n").repeat(1_500));
    let (code, stdout, stderr) = workspace.run(&["explain", "--format", "html", "a.txt"]);
    assert_eq!(code, 0, "{stderr}");
    assert!(stdout.contains("class=\"decides"), "{}", stdout.len());
    let (_, records, _) = workspace.run(&["score", "a.txt"]);
    assert_eq!(json_lines(&records)[0]["lna"]["stance"], "favor");
}
