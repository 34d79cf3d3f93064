//! `mizan drift`.

use std::fmt::Write;

use serde_json::Value;

use crate::common::Workspace;

/// A labelled set, a model of it, and a dump `like.jsonl` of articles like those that it was
/// trained on.
fn trained() -> Workspace {
    let workspace = Workspace::with_labels();
    let (code, _, stderr) = workspace.run(&["train", "--quick", "--output", "m.safetensors"]);
    assert_eq!(code, 0, "{stderr}");
    let mut dump = String::new();
    for number in 0..12 {
        let text =
            std::fs::read_to_string(workspace.path(&format!("labeled/articles/n{number}.txt")))
                .unwrap();
        let (_, text) = text.split_once("\n\n").unwrap();
        let (month, outlet) = (1 + number % 2, ["x", "y"][number % 2]);
        let line = serde_json::json!({
            "id": format!("n{number}"), "title": "خبر", "text": text, "outlet": outlet,
            "date": format!("2024-0{month}-11")
        });
        writeln!(dump, "{line}").unwrap();
    }
    workspace.write("like.jsonl", dump);
    workspace
}

/// Articles about the country of which hardly a word is known.
fn foreign(workspace: &Workspace) {
    let mut dump = String::new();
    for number in 0..40 {
        let words: Vec<String> = ["بحيرة", "زورق", "صقيع", "نافورة", "قيثارة", "زعفران", "طاووس"]
            .iter()
            .map(|word| format!("{word} {word}ستان"))
            .collect();
        let text =
            format!("{} القوات {}", words.join(" "), ["ترهونة", "بنغازي", "ليبيا"][number % 3]);
        let line = serde_json::json!({
            "id": format!("f{number}"), "text": text, "outlet": format!("o{}", number % 5),
            "date": "2025-03-04"
        });
        writeln!(dump, "{line}").unwrap();
    }
    workspace.write("foreign.jsonl", dump);
}

fn json(workspace: &Workspace, arguments: &[&str]) -> (i32, Value) {
    let (code, stdout, stderr) =
        workspace.run(&[&["drift", "--json", "--model", "m.safetensors"], arguments].concat());
    (code, serde_json::from_str(&stdout).unwrap_or_else(|_| panic!("{stdout}{stderr}")))
}

#[test]
fn similar_articles_show_no_drift_and_foreign_ones_do() {
    let workspace = trained();
    foreign(&workspace);
    let like = std::fs::read_to_string(workspace.path("like.jsonl")).unwrap();
    workspace.write("few.jsonl", like.lines().take(4).collect::<Vec<_>>().join("\n"));
    let (code, found) = json(&workspace, &["few.jsonl"]);
    assert_eq!(
        (code, found["drift"].as_bool(), found["reference"].as_bool()),
        (0, Some(false), Some(true)),
        "{found}"
    );
    assert_eq!(found["new_outlets"].as_f64(), Some(0.0));

    let (code, stdout, stderr) =
        workspace.run(&["drift", "--model", "m.safetensors", "--top", "5", "foreign.jsonl"]);
    assert_eq!((code, stderr.as_str()), (1, ""), "{stdout}");
    for says in [
        "40 articles",
        "share of unknown words",
        "drifted",
        "2025-03",
        "Label some of these articles and train again",
        "100 % of the articles with an outlet",
    ] {
        assert!(stdout.contains(says), "{says} is not in\n{stdout}");
    }
    let (_, found) = json(&workspace, &["--top", "5", "foreign.jsonl"]);
    let outlets: std::collections::BTreeSet<&str> = found["label_first"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["outlet"].as_str().unwrap())
        .collect();
    assert_eq!(outlets.len(), 5, "outlets take turns: {found}");
    assert!(found["numbers"][0]["now"].as_f64().unwrap() > 0.8, "{found}");
}

#[test]
fn scored_lines_give_the_same_result_as_their_articles() {
    let workspace = trained();
    for (options, arguments) in [
        (&[][..], ["like.jsonl", "scores.jsonl"]),
        (&["--max-error", "0.3"], ["like.jsonl", "sure.jsonl"]),
    ] {
        let (code, lines, _) = workspace
            .run(&[&["score", "--model", "m.safetensors"], options, &[arguments[0]]].concat());
        assert!(code == 0 && lines.contains("\"known\":"), "{lines}");
        workspace.write(
            arguments[1],
            format!("{{\"id\": \"z\", \"error\": \"it has 2 Arabic words\"}}\n{lines}"),
        );
        let (of_articles, of_lines) =
            (json(&workspace, &["like.jsonl"]), json(&workspace, &[arguments[1]]));
        assert_eq!(of_articles.0, of_lines.0);
        for field in ["articles", "says", "outlets"] {
            assert_eq!(of_articles.1[field], of_lines.1[field], "{field}");
        }
        let uncertain = |found: &Value| {
            found["numbers"]
                .as_array()
                .unwrap()
                .iter()
                .find(|number| number["number"] == "uncertain")
                .unwrap()["now"]
                .clone()
        };
        assert_eq!(uncertain(&of_articles.1), uncertain(&of_lines.1), "whatever --max-error was");
    }
    let piped = workspace
        .mizan(&["drift", "--json", "--model", "m.safetensors"])
        .write_stdin(std::fs::read(workspace.path("scores.jsonl")).unwrap())
        .output()
        .unwrap();
    let piped: Value = serde_json::from_slice(&piped.stdout).unwrap();
    assert_eq!(piped["articles"], 12);
}

#[test]
fn tables_of_scores_tell_nothing_of_known_words_and_say_so() {
    let workspace = trained();
    foreign(&workspace);
    workspace.run(&["score", "--model", "m.safetensors", "foreign.jsonl", "-o", "s.tsv"]);
    workspace.run(&["score", "--model", "m.safetensors", "foreign.jsonl", "-o", "s.csv"]);
    for name in ["s.tsv", "s.csv"] {
        let (_, found) = json(&workspace, &[name]);
        assert_eq!(found["articles"], 40, "{name}: {found}");
        let says = found["says"].as_str().unwrap();
        assert!(!says.contains("Its words are known"), "{name}: {says}");
        if found["drift"] == true {
            assert!(says.contains("Whether it knows their words cannot be told"), "{says}");
        }
    }
}

#[test]
fn since_and_until_limit_the_comparison() {
    let workspace = trained();
    assert_eq!(json(&workspace, &["--since", "2024-02-01", "like.jsonl"]).1["articles"], 6);
    assert_eq!(json(&workspace, &["--until", "2024-01-11", "like.jsonl"]).1["articles"], 6);
    let months = json(&workspace, &["like.jsonl"]).1["months"].clone();
    assert_eq!(
        (&months[0]["month"], &months[0]["articles"], &months[1]["month"]),
        (&Value::from("2024-01"), &Value::from(6), &Value::from("2024-02"))
    );
    let (code, _, stderr) = workspace.run(&[
        "drift",
        "--model",
        "m.safetensors",
        "--since",
        "2030-01-01",
        "like.jsonl",
    ]);
    assert!(code == 2 && stderr.contains("no articles to compare: 12 were scored"), "{stderr}");
    let (code, _, stderr) = workspace.run(&["drift", "--since", "1.2.2024", "like.jsonl"]);
    assert!(code == 2 && stderr.contains("write a day of the calendar as YYYY-MM-DD"), "{stderr}");
}

#[test]
fn foreign_lines_are_reported_and_skipped() {
    let workspace = trained();
    let (_, lines, _) = workspace.run(&["score", "--model", "m.safetensors", "like.jsonl"]);
    workspace.write(
        "s.jsonl",
        format!("{lines}{}", "{\"id\": \"odd\", \"lean\": 0, \"unrelated\": 0, \"lna\": {\"favor\": 7}, \"gna\": {}}\nbroken\n"),
    );
    let (code, stdout, stderr) =
        workspace.run(&["drift", "--json", "--model", "m.safetensors", "s.jsonl"]);
    assert_eq!(serde_json::from_str::<Value>(&stdout).unwrap()["articles"], 12, "{code}");
    for says in ["s.jsonl:13: it is no scored record", "s.jsonl:14: it is no JSON object"] {
        assert!(stderr.contains(says), "{says} is not in\n{stderr}");
    }
}
