//! Runs over large inputs: kept fields, malformed records, resuming, interruption.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};

use serde_json::{Value, json};

use crate::common::{Workspace, json_lines};

const TEXT: &str = "وقالت حكومة الوفاق إن ميليشيات حفتر قصفت العاصمة طرابلس، بينما أعلنت القيادة \
 العامة تحرير الضواحي.";

/// Lines of articles, among them some that cannot be scored.
fn dump(lines: usize) -> String {
    let line = |number: usize| match number % 9 {
        4 => "no json\n".to_owned(),
        7 => format!(
            "{}\n",
            json!({
                "id": format!("n{number}"), "outlet": "x", "date": "2019", "event": "e",
                "page": number
            })
        ),
        _ => format!(
            "{}\n",
            json!({"id": format!("n{number}"), "page": number, "text": TEXT.repeat(1 + number % 5)})
        ),
    };
    (0..lines).map(line).collect()
}

#[test]
fn records_of_several_tables_with_the_same_ids_can_be_told_apart() {
    let workspace = Workspace::new();
    for name in ["a.csv", "b.csv"] {
        workspace.write(name, format!("id,text\n1,{TEXT}\n2,{TEXT}\n"));
    }
    workspace.write("broken.zip", "PK no zip");
    let (_, _, stderr) = workspace.run(&["score", "a.csv"]);
    assert!(!stderr.contains("another one has"), "{stderr}");
    let (code, _, stderr) = workspace.run(&["score", "a.csv", "b.csv"]);
    let told = "mizan: 2 records have an id that another one has, too (such as 1, 2); --keep-file \
                writes the file of each\n";
    assert!(code == 0 && stderr.ends_with(told), "{stderr}");
    let (_, stdout, _) = workspace.run(&["score", "--keep-file", "a.csv", "b.csv", "broken.zip"]);
    let files: Vec<String> = json_lines(&stdout)
        .iter()
        .map(|record| record["kept"]["file"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(files, ["a.csv", "a.csv", "b.csv", "b.csv", "broken.zip"]);
    let arguments = ["score", "-f", "csv", "--keep", "id", "--keep-file", "a.csv", "b.csv"];
    let (_, table, _) = workspace.run(&arguments);
    let rows = csv_rows(&table);
    let file = rows[0].iter().position(|name| name == "kept_file").unwrap();
    assert_eq!(rows[0][file - 1], "kept_id");
    assert_eq!((rows[2][file].as_str(), rows[3][file].as_str()), ("a.csv", "b.csv"));
    let (code, _, stderr) = workspace.run(&["score", "--keep", "file", "--keep-file", "a.csv"]);
    assert!(code == 2 && stderr.contains("leave one out"), "{stderr}");
}

#[test]
fn kept_fields_and_ids_stay_with_every_record() {
    let workspace = Workspace::new();
    workspace.write("a.jsonl", dump(9));
    workspace.write("b.txt", TEXT);
    let (code, stdout, stderr) =
        workspace.run(&["score", "--keep", "page,none", "a.jsonl", "b.txt"]);
    assert!(
        stderr.contains(
            "like say otherwise); nothing from \"none\", which the first record does not have\n"
        ) && !stderr.contains("otherwise); nothing from \"page\"")
            && stderr.contains("b.txt: nothing from \"page\", \"none\""),
        "{stderr}"
    );
    let records = json_lines(&stdout);
    assert_eq!((code, records.len()), (1, 10));
    assert_eq!(
        (&records[0]["id"], &records[0]["kept"]),
        (&json!("n0"), &json!({"page": "0", "none": null}))
    );
    assert_eq!(records[4]["id"], "a.jsonl:5");
    assert_eq!((&records[7]["id"], &records[7]["kept"]["page"]), (&json!("n7"), &json!("7")));
    assert_eq!(
        ["outlet", "date", "event"].map(|field| &records[7][field]),
        [&json!("x"), &json!("2019"), &json!("e")]
    );
    assert!(records[7]["error"].as_str().unwrap().starts_with("a.jsonl:8: "), "{}", records[7]);
    assert_eq!(records[9]["kept"], json!({"page": null, "none": null}));
    let (code, _, stderr) = workspace.run(&["score", "--keep", "page,page", "a.jsonl"]);
    assert!(code == 2 && stderr.contains("--keep names \"page\" twice"), "{stderr}");
    let (_, table, _) =
        workspace.run(&["score", "--format", "csv", "--keep", "page", "a.jsonl", "b.txt"]);
    let mut table = csv_rows(&table);
    // Behind it stand the model, the version, and a sentence for each camp.
    let page = table[0].len() - 5;
    assert_eq!(table.remove(0)[page], "kept_page");
    let pages: Vec<&str> = table.iter().map(|row| row[row.len() - 5].as_str()).collect();
    assert_eq!(pages, ["0", "1", "2", "3", "", "5", "6", "7", "8", ""]);
}

fn csv_rows(text: &str) -> Vec<Vec<String>> {
    text.lines().map(|line| line.split(',').map(str::to_owned).collect()).collect()
}

#[test]
fn malformed_records_are_answered_in_order() {
    let workspace = Workspace::new();
    let good = |id: &str| json!({"id": id, "text": TEXT}).to_string();
    let long = json!({"id": "long", "text": TEXT.repeat((17 << 20) / TEXT.len())}).to_string();
    let nul = json!({"id": "nul", "text": format!("{TEXT}\0{TEXT}")}).to_string();
    let records = [
        good("first"),
        long,
        good("second"),
        nul,
        "\0\0\0".to_owned(),
        "{\"id\": ".to_owned(),
        "[]".to_owned(),
        good("last"),
    ];
    workspace.write("a.jsonl", records.join("\n"));
    let (code, stdout, _) = workspace.run(&["score", "a.jsonl"]);
    let answers = json_lines(&stdout);
    assert_eq!((code, answers.len()), (1, 8));
    let ids: Vec<&str> = answers.iter().map(|answer| answer["id"].as_str().unwrap()).collect();
    assert_eq!(
        ids,
        ["first", "a.jsonl:2", "second", "nul", "a.jsonl:5", "a.jsonl:6", "a.jsonl:7", "last"]
    );
    let failed: Vec<bool> = answers.iter().map(|answer| answer.get("error").is_some()).collect();
    assert_eq!(failed, [false, true, false, false, true, true, true, false]);
    assert!(
        ["first", "second", "last"]
            .iter()
            .zip([0, 2, 7])
            .all(|(_, at)| answers[at]["lna"] == answers[0]["lna"])
    );
    let (code, all, _) = workspace.run(&["score", "--exit-zero", "a.jsonl"]);
    assert_eq!((code, all), (0, stdout));
    assert_eq!(workspace.run(&["score", "--exit-zero", "--model", "none", "a.jsonl"]).0, 2);
}

#[test]
fn resume_completes_a_run_cut_anywhere() {
    let workspace = Workspace::new();
    workspace.write("a.jsonl", dump(40));
    for form in ["jsonl", "csv"] {
        let name = format!("out.{form}");
        let score = |more: &[&str]| {
            workspace.run(
                &[&["score", "a.jsonl", "--keep", "page", "--output", name.as_str()], more]
                    .concat(),
            )
        };
        let (code, stdout, _) = score(&[]);
        assert_eq!((code, stdout.as_str()), (1, ""));
        let whole = fs::read(workspace.path(&name)).unwrap();
        let ends: Vec<usize> = (0..whole.len()).filter(|&at| whole[at] == b'\n').collect();
        assert_eq!(ends.len(), 40 + usize::from(form == "csv"));
        let cuts = (0..whole.len()).step_by(1 + whole.len() / 12).chain([0, 1, whole.len()]);
        for cut in cuts.chain([ends[0], ends[0] + 1, ends[5], ends[5] + 1, ends[38] + 1]) {
            fs::write(workspace.path(&name), &whole[..cut]).unwrap();
            let (code, _, stderr) = score(&["--resume"]);
            assert_eq!(code, 1, "{stderr}");
            assert!(fs::read(workspace.path(&name)).unwrap() == whole, "{form} cut at {cut}");
        }
        fs::remove_file(workspace.path(&name)).unwrap();
        assert_eq!(score(&["--resume"]).0, 1);
        assert!(fs::read(workspace.path(&name)).unwrap() == whole, "begun by --resume");
    }
}

#[test]
fn resume_refuses_output_of_other_input_or_options() {
    let workspace = Workspace::new();
    workspace.write("a.jsonl", dump(12));
    workspace.write("b.jsonl", dump(12).replace("\"n1\"", "\"m1\""));
    workspace.write("short.jsonl", dump(1));
    workspace.write("empty.jsonl", "");
    assert_eq!(workspace.run(&["score", "a.jsonl", "--output", "out.jsonl"]).0, 1);
    let whole = fs::read_to_string(workspace.path("out.jsonl")).unwrap();
    let first_two = whole.split_inclusive('\n').take(2).collect::<String>();
    for (input, more, held, message) in [
        ("a.jsonl", &[][..], &whole, "--resume completes"),
        ("b.jsonl", &["--resume"], &first_two, "its record 2 is not what this run gives there"),
        ("a.jsonl", &["--resume", "--keep", "page"], &first_two, "its record 1 is not"),
        ("short.jsonl", &["--resume"], &whole, "it holds 12 records, more than the input"),
        ("a.jsonl", &["--resume", "--format", "csv"], &whole, "it does not begin with the header"),
        ("a.jsonl", &["--resume", "--format", "table"], &whole, "--resume is for"),
        ("a.jsonl", &["--resume"], &"a person's notes".to_owned(), "its record 1 is not"),
        ("a.jsonl", &["--resume"], &format!("{first_two}a person's notes"), "its record 3 is not"),
        ("short.jsonl", &["--resume"], &"a person's notes".to_owned(), "its record 1 is not"),
        ("empty.jsonl", &["--resume"], &"a person's notes".to_owned(), "its record 1 is not"),
    ] {
        workspace.write("out.jsonl", held);
        let (code, _, stderr) =
            workspace.run(&[&["score", input, "--output", "out.jsonl"], more].concat());
        assert!(code == 2 && stderr.contains(message), "{stderr}");
        assert_eq!(&fs::read_to_string(workspace.path("out.jsonl")).unwrap(), held);
    }
    assert_eq!(workspace.run(&["score", "a.jsonl", "--resume"]).0, 2, "--resume without --output");
    // Another record before the last that is there.
    workspace.write("out.jsonl", whole.split_inclusive('\n').take(3).collect::<String>());
    let (code, _, stderr) =
        workspace.run(&["score", "b.jsonl", "--output", "out.jsonl", "--resume"]);
    assert!(code == 2 && stderr.contains("its record 2 is not"), "{stderr}");
}

#[test]
fn the_summary_counts_results() {
    let workspace = Workspace::new();
    workspace.write("a.jsonl", dump(9));
    let (_, _, stderr) = workspace.run(&["score", "--summary", "a.jsonl"]);
    assert!(
        stderr.contains("9 articles, 2 not scored, 0 leftovers removed; 0.0 MB in "),
        "{stderr}"
    );
    let counts = |camp: &str| -> usize {
        let row = stderr.lines().find(|line| line.trim_start().starts_with(camp)).unwrap();
        row.split_whitespace().skip(1).map(|count| count.parse::<usize>().unwrap()).sum()
    };
    assert_eq!((counts("lna"), counts("gna")), (7, 7));
}

#[test]
fn the_summary_excludes_resumed_records_and_empty_input_is_reported() {
    let workspace = Workspace::new();
    workspace.write("a.jsonl", dump(9));
    workspace.run(&["score", "a.jsonl", "--output", "out.jsonl"]);
    let (_, _, stderr) =
        workspace.run(&["score", "a.jsonl", "--output", "out.jsonl", "--resume", "--summary"]);
    assert!(
        stderr.contains("9 records were there already")
            && stderr.contains("\n0 articles, 0 not scored"),
        "{stderr}"
    );
    workspace.write("empty.jsonl", "\n");
    let (code, stdout, stderr) = workspace.run(&["score", "empty.jsonl"]);
    assert_eq!((code, stdout.as_str()), (2, ""));
    assert!(stderr.contains("no articles found"), "{stderr}");
    // A pipe may be a part of a larger run that has none.
    let output =
        workspace.mizan(&["score", "--input-format", "jsonl"]).write_stdin("").output().unwrap();
    assert!(output.status.success() && output.stdout.is_empty());
    assert!(String::from_utf8_lossy(&output.stderr).contains("no articles found"));
}

#[cfg(unix)]
#[test]
fn ctrl_c_leaves_whole_lines() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_mizan"))
        .args(["score", "--input-format", "jsonl"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    let mut output = BufReader::new(child.stdout.take().unwrap());
    input.write_all(dump(3).as_bytes()).unwrap();
    input.flush().unwrap();
    let mut line = String::new();
    for id in ["n0", "n1", "n2"] {
        line.clear();
        output.read_line(&mut line).unwrap();
        assert_eq!(serde_json::from_str::<Value>(&line).unwrap()["id"], id);
    }
    // The input stays open: only the signal ends it.
    assert!(
        Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success()
    );
    assert_eq!(child.wait().unwrap().code(), Some(130));
    line.clear();
    assert_eq!(output.read_line(&mut line).unwrap(), 0, "{line}");
    drop(input);
}

#[test]
fn a_torn_source_has_its_own_exit_code_and_is_read_again_when_it_is_whole() {
    use flate2::Compression;
    use flate2::write::GzEncoder;

    let workspace = Workspace::new();
    let line =
        |id: usize| format!("{{\"id\": \"{id}\", \"text\": \"{TEXT} {:x}\"}}\n", id * id * id);
    let mut packer = GzEncoder::new(Vec::new(), Compression::default());
    packer.write_all((1..=300).map(line).collect::<String>().as_bytes()).unwrap();
    let whole = packer.finish().unwrap();
    workspace.write("d.jsonl.gz", &whole[..whole.len() / 2]);
    for run in [
        &["score", "d.jsonl.gz", "-o", "o.jsonl"][..],
        &["score", "d.jsonl.gz", "-o", "p.csv", "--exit-zero"],
    ] {
        let (code, _, stderr) = workspace.run(run);
        assert_eq!(code, 3, "{stderr}");
        assert!(stderr.contains("it breaks off in line"), "{stderr}");
    }
    // Nothing changed: the same answer, and nothing is added.
    let torn = fs::read(workspace.path("o.jsonl")).unwrap();
    let again = ["score", "d.jsonl.gz", "-o", "o.jsonl", "--resume"];
    assert_eq!(workspace.run(&again).0, 3);
    assert_eq!(fs::read(workspace.path("o.jsonl")).unwrap(), torn);
    workspace.write("d.jsonl.gz", &whole);
    let (_, all, _) = workspace.run(&["score", "d.jsonl.gz"]);
    assert_eq!(workspace.run(&again).0, 0);
    assert_eq!(fs::read_to_string(workspace.path("o.jsonl")).unwrap(), all);
    assert_eq!(workspace.run(&["score", "d.jsonl.gz", "-o", "p.csv", "--resume"]).0, 0);
    assert!(!fs::read_to_string(workspace.path("p.csv")).unwrap().contains("breaks off"));
}
