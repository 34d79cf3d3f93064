//! Articles about something else: another country's war, and archives without the conflict.

use std::fs;

use serde_json::{Value, json};

use super::report::line;
use crate::common::{Workspace, YEMEN, json_lines};

#[test]
fn another_war_is_unrelated_and_a_report_on_it_warns() {
    let workspace = Workspace::with_labels();
    let (code, _, stderr) = workspace.run(&["train", "--quick", "-o", "m.safetensors"]);
    assert_eq!(code, 0, "{stderr}");
    for number in 0..6 {
        let story = format!("id: y{number}\noutlet: x\ndate: 2020-03-0{}\n\n{YEMEN}\n", 1 + number);
        workspace.write(&format!("saved/y{number}.txt"), story);
    }
    let (code, scores, stderr) =
        workspace.run(&["score", "-m", "m.safetensors", "--summary", "saved"]);
    assert!(code == 0 && stderr.contains("0 of 6 articles are about the conflict"), "{stderr}");
    for record in json_lines(&scores) {
        assert_eq!((&record["unrelated"], &record["lean"]), (&json!(1.0), &json!(0.0)));
        for camp in ["lna", "gna"] {
            assert_eq!(record[camp]["stance"], "unrelated");
            assert_eq!(
                (&record[camp]["neutral"], &record[camp]["words"]),
                (&json!(1.0), &json!([]))
            );
        }
    }

    let explain = ["explain", "-m", "m.safetensors", "saved/y0.txt", "--format"];
    for format in ["terminal", "html", "json"] {
        let (code, stdout, stderr) = workspace.run(&[&explain[..], &[format]].concat());
        let why = "it names no camp, place or body that only the conflict's country has";
        assert!(code == 0 && stdout.replace('’', "'").contains(why), "{format}: {stderr} {stdout}");
    }

    workspace.write("s.jsonl", scores);
    let (code, _, stderr) = workspace.run(&["report", "s.jsonl", "-o", "r.html"]);
    assert!(
        code == 0 && stderr.contains("warning: only 0 of 6 scored articles are about the conflict"),
        "{stderr}"
    );
    let page = fs::read_to_string(workspace.path("r.html")).unwrap();
    assert!(page.contains("only 0 articles of 6") && !page.contains("<svg"), "{page}");
}

#[test]
fn few_related_articles_make_no_lean_and_no_chart() {
    let workspace = Workspace::new();
    let report = |n_related: usize, n_unrelated: usize| {
        let mut lines: Vec<Value> = (0..n_related + n_unrelated)
            .map(|number| line(&format!("a{number}"), "x", "2019-04-10", 0.5, &[]))
            .collect();
        for unrelated in &mut lines[n_related..] {
            unrelated["unrelated"] = json!(1.0);
        }
        let lines: Vec<String> = lines.iter().map(Value::to_string).collect();
        workspace.write("s.jsonl", lines.join("\n"));
        let (code, stdout, stderr) = workspace.run(&["report", "s.jsonl"]);
        let (_, page, _) = workspace.run(&["report", "--format", "html", "s.jsonl"]);
        assert_eq!(code, 0);
        let report: Value = serde_json::from_str(&stdout).unwrap();
        let warns = [!report["warning"].is_null(), !stderr.is_empty(), !page.contains("<svg")];
        assert!(warns.iter().all(|one| *one == warns[0]), "{warns:?}");
        (warns[0], report["outlets"][0]["lean"]["mean"].as_f64())
    };
    let says = |n_related, n_unrelated| {
        report(n_related, n_unrelated);
        workspace.run(&["report", "s.jsonl"]).2
    };
    assert!(says(3, 0).contains("3 articles are about the conflict: of fewer than 5"));
    assert!(!says(3, 1).contains("only") && says(1, 3).contains("only 1 of 4 scored articles is"));
    assert_eq!(report(5, 0), (false, Some(0.5)));
    assert_eq!(report(4, 0), (true, None));
    assert_eq!(report(5, 495), (false, Some(0.5)));
    assert_eq!(report(5, 496), (true, Some(0.5)));
}
