//! Score records as `report`, `aggregate` and `drift` read them: producers, forms and dates.

use serde_json::Value;

use crate::common::Workspace;

const TEXT: &str = "دخلت القوات المسلحة الباسلة أحياء المدينة فجر اليوم بعد أن طهرتها من فلول \
                    الإرهابيين. وقالت حكومة الوفاق الوطني إنها تتابع التطورات";

/// Four articles of dates in different forms, and their records as JSON lines and CSV.
fn workspace() -> Workspace {
    let workspace = Workspace::new();
    let dates = ["Mon, 03 May 1999 10:00:00 GMT", "2024/05/06", "2024-05-07T01:02:03Z", "2024-06"];
    let article = |(number, date): (usize, &&str)| {
        serde_json::json!({"id": format!("a{number}"), "text": TEXT, "outlet": "x", "date": date})
            .to_string()
    };
    let lines: Vec<String> = dates.iter().enumerate().map(article).collect();
    workspace.write("articles.jsonl", lines.join("\n"));
    for format in ["jsonl", "csv"] {
        let (code, scored, stderr) =
            workspace.run(&["score", "--format", format, "articles.jsonl"]);
        assert_eq!(code, 0, "{stderr}");
        workspace.write(&format!("scores.{format}"), scored);
    }
    workspace
}

/// The number of articles that drift compares.
fn compared(workspace: &Workspace, arguments: &[&str]) -> Option<u64> {
    let (_, stdout, _) = workspace.run(&[&["drift", "--json"], arguments].concat());
    serde_json::from_str::<Value>(&stdout).ok()?["articles"].as_u64()
}

#[test]
fn every_record_names_its_model_and_version() {
    let workspace = workspace();
    workspace.write("short.txt", "قصير");
    workspace.write("empty.txt", "");
    let (_, lines, _) = workspace.run(&["score", "articles.jsonl", "short.txt", "empty.txt"]);
    for line in lines.lines() {
        let record: Value = serde_json::from_str(line).unwrap();
        assert!(record["model"].as_str().unwrap().starts_with("libya@"), "{record}");
        assert_eq!(record["version"], env!("CARGO_PKG_VERSION"));
    }
    assert_eq!(lines.lines().count(), 6);
    let (_, table, _) =
        workspace.run(&["score", "--format", "csv", "--keep", "x", "articles.jsonl"]);
    assert!(
        table.lines().next().unwrap().ends_with(",kept_x,model,version,lna_evidence,gna_evidence"),
        "{table}"
    );
}

#[test]
fn mixed_models_give_one_warning() {
    let workspace = workspace();
    let scores = std::fs::read_to_string(workspace.path("scores.jsonl")).unwrap();
    workspace.write("other.jsonl", scores.replace("libya@", "syria@"));
    for command in ["report", "aggregate", "drift"] {
        let (_, _, stderr) = workspace.run(&[command, "scores.jsonl", "other.jsonl"]);
        assert_eq!(stderr.matches("2 different models or versions").count(), 1, "{stderr}");
        let (_, _, stderr) = workspace.run(&[command, "scores.jsonl", "scores.csv"]);
        assert!(!stderr.contains("warning"), "{stderr}");
    }
    let (_, _, stderr) = workspace.run(&["drift", "other.jsonl"]);
    assert_eq!(stderr.matches("made by another model").count(), 1, "{stderr}");
    assert!(!workspace.run(&["drift", "scores.jsonl"]).2.contains("another model"));
}

#[test]
fn drift_reads_records_of_any_form_and_standard_input() {
    let workspace = workspace();
    let reads_all = |arguments: &[&str]| assert_eq!(compared(&workspace, arguments), Some(4));
    reads_all(&["articles.jsonl"]);
    reads_all(&["scores.jsonl"]);
    reads_all(&["scores.csv"]);
    if cfg!(feature = "parquet") {
        assert_eq!(workspace.run(&["score", "articles.jsonl", "--output", "scores.parquet"]).0, 0);
        reads_all(&["scores.parquet"]);
    }
    for name in ["articles.jsonl", "scores.jsonl", "scores.csv"] {
        let bytes = std::fs::read(workspace.path(name)).unwrap();
        let piped = workspace.mizan(&["drift", "--json"]).write_stdin(bytes).output().unwrap();
        let found: Value = serde_json::from_slice(&piped.stdout).unwrap();
        assert_eq!(found["articles"], 4, "{name}");
    }
}

#[test]
fn drift_compares_dates_not_text() {
    let workspace = workspace();
    for name in ["articles.jsonl", "scores.jsonl", "scores.csv"] {
        // RFC 2822 of 1999 is before 2024, and slashes are before the end of the year.
        assert_eq!(compared(&workspace, &["--since", "2024-01-01", name]), Some(3));
        assert_eq!(compared(&workspace, &["--until", "2024-12-31", name]), Some(4));
        assert_eq!(compared(&workspace, &["--until", "2024-05-06", name]), Some(2));
        // A month counts where one of its days is in the range.
        assert_eq!(compared(&workspace, &["--since", "2024-06-30", name]), Some(1));
        assert_eq!(compared(&workspace, &["--since", "2024-07-01", name]), None);
    }
    for day in ["2024-99-99", "2024-02-30", "1.2.2024"] {
        let (code, _, stderr) = workspace.run(&["drift", "--since", day, "scores.jsonl"]);
        assert!(code == 2 && stderr.contains("as YYYY-MM-DD"), "{stderr}");
    }
}

#[test]
fn drift_refuses_scores_toward_other_camps() {
    let workspace = workspace();
    let scores = std::fs::read_to_string(workspace.path("scores.jsonl")).unwrap();
    workspace.write("other.jsonl", scores.replace("\"lna\":", "\"saf\":"));
    let (code, _, stderr) = workspace.run(&["drift", "other.jsonl"]);
    assert!(code == 2 && stderr.contains("toward saf and gna"), "{stderr}");
}

#[test]
fn labels_refuse_a_date_that_is_not_of_the_calendar() {
    let workspace = Workspace::with_labels();
    workspace.replace(
        "labeled/labels.csv",
        "n3,tester,against,favor,2026-11-21,",
        "n3,tester,against,favor,2019-02-31,",
    );
    let (code, _, stderr) = workspace.run(&["labels"]);
    assert!(
        code != 0 && stderr.contains("labels.csv:5") && stderr.contains("2019-02-31"),
        "{code}: {stderr}"
    );
}
