//! Messages on standard error: nothing depends on whether anybody reads them.

use std::fs::{self, File};
use std::process::{Command, Stdio};

use crate::common::{Workspace, json_lines};

const ARTICLE: &str = "أعلنت قوات حفتر الباسلة أنها دخلت ضواحي ترهونة صباح اليوم";

/// A dump in which every second article has a message.
fn dump() -> Workspace {
    let workspace = Workspace::new();
    let line = |id: usize| {
        let text = if id.is_multiple_of(2) { ARTICLE } else { "short" };
        format!("{{\"id\": \"{id}\", \"text\": \"{text}\"}}\n")
    };
    workspace.write("d.jsonl", (0..400).map(line).collect::<String>());
    workspace
}

fn score(workspace: &Workspace, stderr: Stdio) {
    let status = Command::new(assert_cmd::cargo::cargo_bin("mizan"))
        .current_dir(workspace.path("."))
        .args(["score", "d.jsonl", "--verbose", "-o", "o.jsonl"])
        .stderr(stderr)
        .status()
        .unwrap();
    assert_eq!(status.code(), Some(1));
    let written = fs::read_to_string(workspace.path("o.jsonl")).unwrap();
    assert_eq!(json_lines(&written).len(), 400);
}

#[test]
fn a_standard_error_that_nobody_reads_loses_no_article() {
    let workspace = dump();
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    score(&workspace, Stdio::from(writer));
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_standard_error_loses_no_article() {
    let workspace = dump();
    score(&workspace, Stdio::from(File::options().write(true).open("/dev/full").unwrap()));
}

#[test]
fn foreign_text_in_an_error_neither_steers_the_terminal_nor_passes_for_a_message() {
    let workspace = Workspace::with_labels();
    workspace.replace(
        "labeled/camps.toml",
        "conflict = ",
        "\u{1b}[31mbad\u{202e} = 1\nmizan = 2\nconflict = ",
    );
    workspace.write("m\u{202e}.safetensors", "no model");
    workspace.write("a.txt", ARTICLE);
    for run in [
        &["train", "--quick", "--output", "m.safetensors"][..],
        &["score", "--model", "m\u{202e}.safetensors", "a.txt"],
        &["labels"],
    ] {
        let (code, _, stderr) = workspace.run(run);
        assert_eq!(code, 2, "{stderr}");
        assert!(!stderr.contains(['\u{1b}', '\u{202e}']), "{stderr:?}");
        assert_eq!(
            stderr.lines().filter(|line| line.starts_with("mizan: ")).count(),
            1,
            "{stderr}"
        );
        assert!(stderr.lines().skip(1).all(|line| line.starts_with("  ")), "{stderr}");
    }
}

/// Viewers of a log break lines there, and what follows would look like a message.
#[test]
fn separators_of_lines_and_paragraphs_reach_no_output() {
    let workspace = Workspace::new();
    let fake = |what: &str| format!("{what}\u{2028}mizan: fake\u{2029}mizan: fake\u{85}x");
    let article = |text: &str| {
        serde_json::json!({
            "id": fake("i"), "title": fake("t"), "outlet": fake("o"), "date": fake("d"),
            "text": text,
        })
    };
    workspace.write("d.jsonl", format!("{}\n{}\n", article(ARTICLE), article("x")));
    workspace.write("b.jsonl", format!("{{{}", fake("\"a")));
    let (_, scores, _) = workspace.run(&["score", "d.jsonl"]);
    assert!(scores.contains("i\\u2028mizan: fake\\u2029mizan: fake\\u0085x"), "{scores}");
    workspace.write("s.jsonl", scores);
    for run in [
        &["score", "d.jsonl", "b.jsonl", "--verbose"][..],
        &["score", "d.jsonl", "--format", "table"],
        &["score", "d.jsonl", "--format", "table", "--long"],
        &["score", "d.jsonl", "--format", "csv"],
        &["explain", "d.jsonl", "--format", "terminal"],
        &["explain", "d.jsonl", "--format", "html"],
        &["explain", "d.jsonl", "--format", "json"],
        &["inspect", "d.jsonl", "--text", "--reading"],
        &["inspect", "d.jsonl", "--summary"],
        &["inspect", "d.jsonl", "--json"],
        &["report", "s.jsonl", "--format", "table"],
        &["report", "s.jsonl", "--format", "html"],
        &["report", "s.jsonl", "--format", "json"],
        &["report", "s.jsonl", "--format", "csv", "--table", "articles"],
        &["aggregate", "s.jsonl"],
        &["drift", "s.jsonl"],
        &["probe", "d.jsonl"],
        &["score", "d.jsonl", "--text-field", "a\u{2028}b"],
        &["score", "a\u{2028}b.txt"],
    ] {
        let (_, stdout, stderr) = workspace.run(run);
        for told in [stdout, stderr] {
            let parts = |c: &char| matches!(c, '\u{85}' | '\u{2028}' | '\u{2029}');
            assert_eq!(told.chars().find(parts), None, "{run:?}: {told}");
        }
    }
}

/// An id of control characters is none that can be shown.
#[test]
fn a_message_begins_with_a_name_and_an_input_without_articles_is_named() {
    let workspace = Workspace::new();
    workspace.write("q.csv", format!("id,text\n1,{ARTICLE}\n\u{1a}\n,\n"));
    for command in ["score", "explain", "inspect"] {
        let (code, _, stderr) = workspace.run(&[command, "q.csv"]);
        assert_eq!(code, 1, "{command}: {stderr}");
        for told in ["mizan: q.csv:3: ", "mizan: q.csv:4: "] {
            assert!(stderr.contains(told), "{command}: {stderr}");
        }
        assert!(!stderr.contains(": :"), "{command}: {stderr}");
    }
    workspace.write("head.csv", "id,text\n");
    workspace.write("head.tsv", "id\ttext\n");
    for command in ["score", "explain", "bench"] {
        let (code, _, stderr) = workspace.run(&[command, "head.csv", "head.tsv"]);
        assert_eq!(code, 2, "{command}: {stderr}");
        assert!(stderr.contains("no articles found in head.csv, head.tsv"), "{stderr}");
    }
    let mut piped = workspace.mizan(&["score", "-", "--input-format", "csv"]);
    let output = piped.write_stdin("id,text\n").output().unwrap();
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert!(stderr.contains("no articles found in standard input"), "{stderr}");
}

/// The reason stands behind the value, and was cut off with it.
#[test]
fn a_long_value_leaves_the_reason_of_an_error() {
    let workspace = Workspace::new();
    workspace.write("d.jsonl", format!("{{\"id\": \"{}\", \"text\": \"\"}}\n", "x".repeat(50_000)));
    let (code, _, stderr) = workspace.run(&["score", "d.jsonl"]);
    assert_eq!(code, 1);
    let line = stderr.lines().last().unwrap();
    assert!(line.starts_with("mizan: xxx") && line.chars().count() < 8_100, "{line}");
    assert!(line.contains("xxx…xxx") && line.contains("d.jsonl:1: it is empty"), "{line}");
}

/// A dump of another kind told a million lines.
#[test]
fn errors_of_a_thousand_articles_are_told_and_those_of_all_are_written() {
    let workspace = Workspace::new();
    workspace.write("d.jsonl", ".\n".repeat(1_500));
    let (code, stdout, stderr) = workspace.run(&["score", "d.jsonl"]);
    assert_eq!((code, json_lines(&stdout).len()), (1, 1_500));
    assert_eq!(stderr.lines().count(), 1_001, "{stderr}");
    let first = "mizan: d.jsonl:1: it is no JSON object: expected value in column 1";
    assert_eq!(stderr.lines().next(), Some(first));
    let last = "mizan: more articles have messages; only the first 1,000 are shown";
    assert_eq!(stderr.lines().last(), Some(last));
    let (_, _, stderr) = workspace.run(&["evaluate", "--labels", "d.jsonl", "d.jsonl"]);
    assert!((1_000..1_010).contains(&stderr.lines().count()), "{stderr}");
}
