//! Outputs that cannot be written, and streams that are closed: the error names the file, and what
//! was there stays.

use std::fs;
use std::process::{Command, Stdio};

use super::tables::FAVOR;
use crate::common::{Workspace, json_lines};

/// Articles, and their scores in `s.jsonl`.
fn workspace() -> Workspace {
    let workspace = Workspace::new();
    let line = |number: usize| format!("{{\"id\": \"{number}\", \"text\": \"{FAVOR}\"}}\n");
    workspace.write("d.jsonl", (0..30).map(line).collect::<String>());
    let (_, scores, _) = workspace.run(&["score", "d.jsonl"]);
    workspace.write("s.jsonl", scores);
    workspace
}

#[cfg(target_os = "linux")]
#[test]
fn a_device_is_written_without_being_read_and_a_full_one_is_an_error_that_names_it() {
    let workspace = workspace();
    for run in [
        &["score", "d.jsonl", "-o", "/dev/full"][..],
        &["score", "d.jsonl", "-o", "/dev/full", "--resume"],
        &["score", "d.jsonl", "-o", "/dev/full", "--format", "csv"],
        &["score", "d.jsonl", "-o", "/dev/full", "--format", "table"],
        &["score", "d.jsonl", "-o", "/dev/full", "--format", "xlsx"],
        &["explain", "d.jsonl", "-o", "/dev/full", "--format", "html"],
        &["explain", "d.jsonl", "-o", "/dev/full", "--format", "json"],
        &["explain", "d.jsonl", "-o", "/dev/full", "--format", "terminal"],
        &["report", "s.jsonl", "-o", "/dev/full", "--format", "json"],
        &["aggregate", "s.jsonl", "-o", "/dev/full"],
    ] {
        let (code, _, stderr) = workspace.run(run);
        assert_eq!(code, 2, "{run:?}: {stderr}");
        let told = stderr.lines().last().unwrap();
        assert!(told.contains("/dev/full") && told.contains("No space left"), "{run:?}: {stderr}");
    }
    // /dev/zero gives bytes without end, and takes any.
    let (code, _, stderr) = workspace.run(&["score", "d.jsonl", "-o", "/dev/zero", "--resume"]);
    assert_eq!(code, 0, "{stderr}");
    let (code, stdout, stderr) = workspace.run(&["score", "d.jsonl", "-o", "/dev/stdout"]);
    assert_eq!((code, json_lines(&stdout).len()), (0, 30), "{stderr}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_standard_output_is_an_error_and_one_that_nobody_reads_is_none() {
    let workspace = workspace();
    for run in [
        &["score", "d.jsonl"][..],
        &["score", "d.jsonl", "--format", "csv"],
        &["score", "d.jsonl", "--format", "xlsx"],
        &["score", "d.jsonl", "--format", "table"],
        &["explain", "d.jsonl"],
        &["explain", "d.jsonl", "--format", "html"],
        &["report", "s.jsonl"],
        &["report", "s.jsonl", "--format", "csv"],
        &["aggregate", "s.jsonl"],
        &["inspect", "d.jsonl"],
        &["inspect", "d.jsonl", "--json"],
        &["drift", "s.jsonl"],
        &["probe", "d.jsonl"],
        &["model"],
        &["schema"],
        &["man"],
        &["completions", "bash"],
        &["--version"],
        &["--help"],
        &["score", "--help"],
        &[],
    ] {
        let program = |out: Stdio| {
            Command::new(assert_cmd::cargo::cargo_bin("mizan"))
                .current_dir(workspace.path("."))
                .args(run)
                .stdin(Stdio::null())
                .stdout(out)
                .output()
                .unwrap()
        };
        let full = program(Stdio::from(fs::File::options().write(true).open("/dev/full").unwrap()));
        let told = String::from_utf8(full.stderr).unwrap();
        assert_eq!(full.status.code(), Some(2), "{run:?}: {told}");
        assert!(told.contains("No space left"), "{run:?}: {told}");
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let closed = program(Stdio::from(writer));
        let told = String::from_utf8(closed.stderr).unwrap();
        assert!(matches!(closed.status.code(), Some(0 | 1)), "{run:?}: {told}");
        assert!(!told.contains("roken pipe"), "{run:?}: {told}");
    }
}

#[test]
fn an_output_that_cannot_be_made_is_named_and_nothing_is_left_behind() {
    let workspace = workspace();
    workspace.write("file", "no folder");
    for name in ["file/o.jsonl", "file/o.csv", "file/o.xlsx", "file/o.jsonl.gz"] {
        let (code, _, stderr) = workspace.run(&["score", "d.jsonl", "-o", name]);
        assert!(code == 2 && stderr.contains(name), "{stderr}");
    }
    for run in [
        &["report", "s.jsonl", "-o", "file/o.html"][..],
        &["aggregate", "s.jsonl", "-o", "file/o.sums"],
        &["explain", "d.jsonl", "-o", "file/o.html"],
        &["inspect", "d.jsonl", "-o", "file/o.html"],
        &["demo", "file/demo"],
        &["man", "--all", "file/man"],
        &["label", "file/set", "d.jsonl"],
    ] {
        let (code, _, stderr) = workspace.run(run);
        assert!(code == 2 && stderr.contains("file/"), "{run:?}: {stderr}");
    }
    let mut left: Vec<_> = fs::read_dir(workspace.path("."))
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    left.sort();
    assert_eq!(left, ["d.jsonl", "file", "s.jsonl"]);
}

#[test]
fn neither_home_nor_locale_changes_what_is_written() {
    let workspace = workspace();
    let scores = fs::read(workspace.path("s.jsonl")).unwrap();
    for surroundings in [
        &[][..],
        &[("HOME", "/nowhere/at/all")],
        &[("HOME", "")],
        &[("LC_ALL", "C"), ("HOME", "/dev/null")],
        &[("LANG", "tr_TR.UTF-8"), ("TZ", ":nonsense"), ("TMPDIR", "/nowhere")],
    ] {
        let output = workspace
            .mizan(&["score", "d.jsonl"])
            .env_clear()
            .envs(surroundings.iter().copied())
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(0), "{surroundings:?}: {output:?}");
        assert_eq!(output.stdout, scores, "{surroundings:?}");
    }
}
