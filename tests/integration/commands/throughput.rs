//! Threads, streaming and `mizan bench`.

use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::channel;
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};

use crate::common::Workspace;

/// Articles of several lengths, and among them lines that are none.
fn dump(workspace: &Workspace, name: &str, lines: usize) {
    let mut dump = String::new();
    for number in 0..lines {
        match number % 97 {
            13 => dump.push_str("no json\n"),
            29 => writeln!(dump, "{}", json!({"id": number})).unwrap(),
            _ => {
                let text = "وقالت حكومة الوفاق إن ميليشيات حفتر قصفت العاصمة طرابلس، بينما أعلنت \
                 القيادة العامة تحرير الضواحي. "
                    .repeat(1 + number % 40);
                writeln!(
                    dump,
                    "{}",
                    json!({"id": number, "text": format!("{text}\nاقرأ أيضا\nرقم {number}")})
                )
                .unwrap();
            }
        }
    }
    workspace.write(name, dump);
}

#[test]
fn output_does_not_depend_on_the_number_of_threads() {
    let workspace = Workspace::new();
    dump(&workspace, "a.jsonl", 700);
    dump(&workspace, "b.jsonl", 30);
    workspace.write("c.txt", "قصير");
    workspace.write("empty.txt", "");
    for format in ["jsonl", "csv", "table"] {
        let run = |threads| {
            workspace.run(&[
                "score",
                "--verbose",
                "--format",
                format,
                "--threads",
                threads,
                "a.jsonl",
                "b.jsonl",
                "c.txt",
                "empty.txt",
            ])
        };
        let one = run("1");
        assert_eq!(one.0, 1);
        assert!(
            one.1.len() > 30_000 && one.2.contains("a.jsonl:14: ") && one.2.contains("empty.txt: "),
            "{}",
            one.2
        );
        for threads in ["2", "7"] {
            assert!(run(threads) == one, "{format} on {threads} threads");
        }
    }
    let (code, _, stderr) = workspace.run(&["score", "--threads", "0", "c.txt"]);
    assert!(code == 2 && stderr.contains("0 is not in 1..=1024"), "{stderr}");
}

/// The program, scoring the JSON lines that it is given.
fn scoring_lines() -> Child {
    let mut program = Command::new(env!("CARGO_BIN_EXE_mizan"));
    program.args(["score", "--input-format", "jsonl"]);
    program.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

#[test]
fn streamed_lines_are_scored_as_they_arrive() {
    let mut child = scoring_lines();
    let (mut input, output) =
        (child.stdin.take().unwrap(), BufReader::new(child.stdout.take().unwrap()));
    let (sender, answers) = channel();
    thread::spawn(move || output.lines().all(|line| sender.send(line.unwrap()).is_ok()));
    for id in ["one", "two", "three"] {
        let text = "أعلنت القيادة العامة للجيش وحكومة الوفاق وقف إطلاق النار";
        writeln!(input, "{}", json!({"id": id, "text": text})).unwrap();
        input.flush().unwrap();
        // The limit only ends a test that would hang; an answer comes at once.
        let answer: Value = serde_json::from_str(
            &answers.recv_timeout(Duration::from_mins(2)).expect("an answer before the next line"),
        )
        .unwrap();
        assert_eq!(answer["id"], id);
    }
    drop(input);
    assert!(child.wait().unwrap().success());
}

#[cfg(unix)]
#[test]
fn a_closed_output_ends_the_run_while_input_stays_open() {
    let mut child = scoring_lines();
    drop(child.stdout.take());
    let mut input = child.stdin.take().unwrap();
    writeln!(input, "{}", json!({"id": 1, "text": "أعلنت القيادة العامة للجيش وقف إطلاق النار"}))
        .unwrap();
    // The input stays open: a program that waited for its end would never end.
    let (sender, ended) = channel();
    thread::spawn(move || sender.send(child.wait_with_output().unwrap()));
    let output =
        ended.recv_timeout(Duration::from_mins(2)).expect("an end though the input goes on");
    assert!(output.status.success());
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(told.lines().all(|line| line.contains("guessed")), "{told}");
    drop(input);
}

#[test]
fn bench_measures_every_stage() {
    let workspace = Workspace::with_labels();
    let (code, stdout, stderr) =
        workspace.run(&["bench", "--seconds", "0", "--threads", "2", "--json", "labeled/articles"]);
    assert_eq!((code, stderr.as_str()), (0, ""));
    let measured: Value = serde_json::from_str(&stdout).unwrap();
    assert_eq!(
        (&measured["articles"], &measured["threads"]),
        (&json!(6), &json!(2)),
        "half of twelve are learned from"
    );
    let stages = measured["stages"].as_array().unwrap();
    for stage in stages {
        let [min, median, max] =
            ["min", "mb_per_s", "max"].map(|key| stage["one_thread"][key].as_f64().unwrap());
        assert!(0.0 < min && min <= median && median <= max, "{stage}");
        assert!(stage["all_threads"]["mb_per_s"].as_f64().unwrap() > 0.0, "{stage}");
    }
    let (_, table, _) =
        workspace.run(&["bench", "--seconds", "0", "--threads", "1", "labeled/articles"]);
    for stage in stages {
        assert!(table.contains(stage["stage"].as_str().unwrap()), "{table}");
    }
    workspace.write("latin.jsonl", "{\"text\": \"hello world\"}\n");
    let (code, _, stderr) = workspace.run(&["bench", "latin.jsonl"]);
    assert!(
        code == 2
            && stderr.matches("no term stands in at least 1 of the 1 articles: give").count() == 1,
        "{stderr}"
    );
    workspace.write("empty.txt", "");
    let (code, _, stderr) = workspace.run(&["bench", "empty.txt"]);
    assert!(
        code == 2 && stderr.contains("empty.txt") && stderr.contains("no articles found in "),
        "{stderr}"
    );
}
