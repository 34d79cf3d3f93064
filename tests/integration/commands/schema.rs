//! `mizan schema`, held against what the commands write.

use std::fs;

use serde_json::{Value, json};

use super::report::line;
use crate::common::json_schema::fault;
use crate::common::{Workspace, YEMEN, json_lines, repository};

/// Every output that has a schema.
const OUTPUTS: [&str; 13] = [
    "score",
    "explain",
    "report",
    "aggregate",
    "inspect",
    "evaluate",
    "adapt",
    "probe",
    "drift",
    "bench",
    "model",
    "words",
    "version",
];

/// The schema of an output.
fn schema(output: &str) -> Value {
    let (code, stdout, stderr) = Workspace::new().run(&["schema", output]);
    assert_eq!(code, 0, "{stderr}");
    serde_json::from_str(&stdout).unwrap()
}

/// Runs a command and holds what it prints against the schema of `output`.
fn checked(workspace: &Workspace, output: &str, arguments: &[&str]) -> Vec<Value> {
    let schema = schema(output);
    let (code, stdout, stderr) = workspace.run(arguments);
    assert!(code < 2, "{arguments:?}: {stderr}");
    // One object in several lines, or one a line.
    let values = match serde_json::from_str(&stdout) {
        Ok(value) => vec![value],
        Err(_) => json_lines(&stdout),
    };
    assert!(!values.is_empty(), "{arguments:?}");
    for value in &values {
        assert_eq!(fault(&schema, value), None, "{arguments:?}: {value}");
        let mut more = value.clone();
        more["never_seen"] = json!(1);
        assert!(fault(&schema, &more).unwrap().contains("never_seen"), "{output}");
    }
    values
}

/// A text that is too short, one about another war, one that names a single camp, and the articles
/// that ship about one event.
fn with_articles() -> (Workspace, String) {
    let workspace = Workspace::new();
    workspace.write("short.txt", "قصير");
    workspace.write("yemen.txt", YEMEN);
    workspace.write("one.txt", "عقد فائز السراج اجتماعا مع وفد من بلدية مصراتة في طرابلس أمس");
    workspace.write(
        "d.jsonl",
        "{\"id\": \"1\", \"text\": \"خبر في ليبيا عن حفتر والسراج لا يعرف أحد ماذا جرى هناك\", \
         \"outlet\": \"x\", \"date\": \"2019-04-05\", \"event\": \"e\", \"u\": 5}\n{\"id\": 2}\n",
    );
    // Lines from right to left, as in a text from a PDF file.
    let reversed: String = "حرر الجيش الوطني الليبي المدينة فجر اليوم من الميليشيات الإرهابية التي \
        كانت تسيطر على الأحياء الجنوبية خلال أشهر. وطهرت القوات المسلحة محيط المطار من الإرهابيين"
        .chars()
        .rev()
        .collect();
    workspace.write("pdf.txt", reversed);
    let articles = repository("labeled/articles/tripoli-2019");
    (workspace, articles.to_str().unwrap().to_owned())
}

const TEXTS: [&str; 5] = ["short.txt", "yemen.txt", "one.txt", "pdf.txt", "d.jsonl"];

#[test]
fn every_record_is_of_the_schema() {
    let (workspace, articles) = with_articles();
    let mut n_records = 0;
    for arguments in [
        &[&["score", "--json", &articles, "--sentences"], &TEXTS[..]].concat()[..],
        &["score", &articles, "--max-error", "0.05"],
        &["score", "d.jsonl", "--keep", "u"],
    ] {
        n_records += checked(&workspace, "score", arguments).len();
    }
    assert!(n_records > 50);
    let default = workspace.run(&["schema"]).1;
    assert_eq!(serde_json::from_str::<Value>(&default).unwrap(), schema("score"));
    // The check sees what is wrong.
    let schema = schema("score");
    let mut record = json_lines(&workspace.run(&["score", "one.txt"]).1).remove(0);
    record["lna"]["favor"] = json!(2);
    assert!(fault(&schema, &record).unwrap().contains("is above 1"));
    record["lna"]["favor"] = json!(0);
    record["lna"]["favour"] = json!(0);
    assert!(fault(&schema, &record).unwrap().contains(".lna has favour"));
}

#[test]
fn every_explanation_is_of_the_schema() {
    let (workspace, articles) = with_articles();
    let arguments = [&["explain", "--json", &articles], &TEXTS[..]].concat();
    let explained = checked(&workspace, "explain", &arguments);
    assert!(explained.iter().any(|one| one["off_topic"].is_string()));
    assert!(explained.iter().any(|one| one["error"].is_string()));
    // Every record of `score` that is explained has the fields of both.
    let both = explained.iter().find(|one| one["heads"].is_object()).unwrap();
    assert!(both["lna"]["stance"].is_string() && both["version"].is_string());
    let (code, _, stderr) = workspace.run(&["explain", "--json", "--format", "html", "one.txt"]);
    assert!(code == 2 && stderr.contains("cannot be used with"), "{stderr}");
}

#[test]
fn every_reading_is_of_the_schema() {
    let (workspace, articles) = with_articles();
    let arguments = [&["inspect", "--json", &articles], &TEXTS[..]].concat();
    assert!(checked(&workspace, "inspect", &arguments).len() > 20);
}

/// Lines of the same scores with other ids, outlets, dates and models.
fn records(n: usize, n_outlets: usize, dated: bool, model: Option<&str>) -> String {
    let record = |number: usize| {
        let outlet = format!("o{}", number % n_outlets.max(1));
        let lean = (number % 7) as f64 / 10.0 - 0.3;
        let date = format!("2019-0{}-1{}", 1 + number % 9, number % 10);
        let mut record = line(&format!("a{number}"), &outlet, &date, lean, &["الباسلة"]);
        let fields = record.as_object_mut().unwrap();
        if n_outlets == 0 {
            fields.remove("outlet");
        }
        if !dated {
            fields.remove("date");
        }
        if let Some(model) = model {
            fields.insert("model".to_owned(), json!(model));
            fields.insert("version".to_owned(), json!("0.1.0"));
        }
        record.to_string()
    };
    (0..n).map(record).collect::<Vec<_>>().join("\n") + "\n"
}

#[test]
fn every_report_and_its_sums_are_of_the_schema() {
    let (workspace, articles) = with_articles();
    let all = [&["score", &articles], &TEXTS[..], &["--max-error", "0.05", "-o", "all.jsonl"]];
    workspace.run(&all.concat());
    workspace.run(&["score", "yemen.txt", "-o", "yemen.jsonl"]);
    workspace.write("one.jsonl", records(1, 0, false, None));
    workspace.write("few.jsonl", records(12, 2, true, Some("libya@11111111")));
    workspace.write("many.jsonl", records(90, 6, true, Some("libya@22222222")));
    workspace.write("undated.jsonl", records(40, 5, false, None));
    let unread = records(9, 1, true, None).replace("2019-", "يوم ");
    workspace.write("unread.jsonl", unread);
    let failed = "{\"id\": \"f\", \"error\": \"it is empty\"}\n".to_owned();
    workspace.write("failed.jsonl", failed + &records(5, 0, true, None));
    let single = ["all", "yemen", "one", "few", "many", "undated", "unread", "failed"]
        .map(|name| format!("{name}.jsonl"));
    for name in &single {
        checked(&workspace, "report", &["report", name, "--json"]);
        checked(&workspace, "aggregate", &["aggregate", name]);
    }
    let both = checked(&workspace, "report", &["report", "few.jsonl", "many.jsonl", "--json"]);
    let models = json!([
        {"model": "libya@11111111", "version": "0.1.0", "articles": 12},
        {"model": "libya@22222222", "version": "0.1.0", "articles": 90},
    ]);
    assert_eq!(both[0]["models"], models);
    assert!(both[0]["all_outlets"].is_object(), "{}", both[0]["all_outlets"]);
    // Sums carry the models on.
    workspace.run(&["aggregate", "few.jsonl", "-o", "few.sums"]);
    let (_, stdout, stderr) = workspace.run(&["report", "few.sums", "many.jsonl", "--json"]);
    assert_eq!(serde_json::from_str::<Value>(&stdout).unwrap(), both[0]);
    assert!(stderr.contains("made by 2 different models"), "{stderr}");
    // Sums that were added up before they told their models are read.
    let sums = fs::read_to_string(workspace.path("few.sums")).unwrap();
    let (before, _) = sums.split_once(",\"makers\":").unwrap();
    workspace.write("old.sums", format!("{before}}}}}\n"));
    let old = checked(&workspace, "report", &["report", "old.sums", "--json"]);
    assert_eq!((&old[0]["models"], &old[0]["counts"]["articles"]), (&json!([]), &json!(12)));
    // People are told, too.
    let (_, table, _) = workspace.run(&["report", "few.jsonl", "--format", "table"]);
    assert!(table.contains("Scored by libya@11111111 (mizan 0.1.0)."), "{table}");
    for language in ["en", "ar"] {
        let arguments = ["report", "few.jsonl", "--format", "html", "--lang", language];
        assert!(workspace.run(&arguments).1.contains("libya@11111111 (mizan 0.1.0)"));
        let arguments = ["explain", "one.txt", "--format", "html", "--lang", language];
        assert!(workspace.run(&arguments).1.contains("libya@"));
    }
}

#[test]
fn every_comparison_of_drift_is_of_the_schema() {
    let (workspace, articles) = with_articles();
    let compared = checked(&workspace, "drift", &["drift", "--json", &articles]);
    assert!(compared[0]["months"].as_array().is_some_and(|months| !months.is_empty()));
    workspace.write("undated.jsonl", records(40, 0, false, None));
    let compared = checked(&workspace, "drift", &["drift", "--json", "undated.jsonl"]);
    assert!(compared[0]["new_outlets"].is_null());
    workspace.run(&["score", &articles, "yemen.txt", "-o", "s.csv"]);
    let compared = checked(&workspace, "drift", &["drift", "--json", "--top", "3", "s.csv"]);
    assert!(compared[0]["label_first"][0]["unknown"].is_null());
    checked(&workspace, "drift", &["drift", "--json", "one.txt"]);
}

#[test]
fn the_figures_of_evaluate_are_of_the_schema() {
    let workspace = Workspace::new();
    let row = |number: usize| {
        let (lna, text) = [
            ("favor", "طهرت القوات المسلحة الباسلة بنغازي من فلول الإرهابيين"),
            ("neutral", "عقد مجلس النواب الليبي جلسة في طبرق ناقش فيها الميزانية"),
            ("unrelated", "فاز الفريق في مباراة الذهاب بهدفين أمام ضيفه"),
        ][number % 3];
        let gna = if lna == "unrelated" { lna } else { "neutral" };
        json!({
            "id": number, "text": format!("{text} رقم {number}"), "lna": lna, "gna": gna,
            "outlet": format!("o{}", number % 2), "event": format!("e{}", number % 4),
        })
        .to_string()
    };
    workspace.write("d.jsonl", (0..24).map(row).collect::<Vec<_>>().join("\n"));
    workspace.write("one.jsonl", row(0));
    workspace.write(
        "short.jsonl",
        "{\"id\": 1, \"text\": \"قصير\", \"lna\": \"favor\", \"gna\": \
                                    \"neutral\"}\n",
    );
    for name in ["d.jsonl", "one.jsonl", "short.jsonl"] {
        let arguments = ["evaluate", "--json", "--min-group", "3", "--labels", name, name];
        checked(&workspace, "evaluate", &arguments);
    }
    let adapted = repository("models/libya.safetensors");
    let arguments = [
        "evaluate",
        "--json",
        "--labels",
        "d.jsonl",
        "d.jsonl",
        "--compare",
        adapted.to_str().unwrap(),
    ];
    assert!(checked(&workspace, "evaluate", &arguments)[0]["compared"].is_object());

    // Labels of any kind.
    let row = |number: usize| {
        format!("{} {number},{}", ["جيد جدا", "سيئ جدا"][number % 2], ["yes", "no"][number % 2])
    };
    let rows: Vec<String> = (0..24).map(row).collect();
    workspace.write("train.csv", format!("text,label\n{}\n", rows.join("\n")));
    let train = ["train", "--quick", "--from", "train.csv", "--output", "m.safetensors"];
    assert_eq!(workspace.run(&train).0, 0);
    let arguments = ["evaluate", "--json", "--model", "m.safetensors", "--from", "train.csv"];
    let found = checked(&workspace, "evaluate", &arguments);
    assert!(found[0]["model"].as_str().unwrap().starts_with("model@"), "{}", found[0]);
    checked(&workspace, "model", &["model", "--json", "m.safetensors"]);
}

#[test]
fn the_figures_of_reading_are_of_the_schema() {
    let readings = repository("labeled/readings");
    let arguments =
        ["evaluate", "--json", "--half", "train", "--readings", readings.to_str().unwrap()];
    checked(&Workspace::new(), "evaluate", &arguments);
}

#[test]
fn what_adapting_is_worth_is_of_the_schema() {
    let workspace = Workspace::new();
    workspace.write("d.jsonl", super::adapt::labelled(40));
    let adapt = ["adapt", "--json", "--labels", "d.jsonl", "d.jsonl"];
    let found = checked(&workspace, "adapt", &adapt);
    assert!(found[0]["curve"].is_null(), "{}", found[0]);
    let written = [&adapt[..], &["--curve", "-o", "m.safetensors"]].concat();
    let found = checked(&workspace, "adapt", &written);
    assert!(!found[0]["curve"].as_array().unwrap().is_empty());
    assert!(workspace.path("m.safetensors").exists());
}

#[test]
fn what_probe_bench_model_and_version_print_is_of_the_schema() {
    let (workspace, _) = with_articles();
    let texts = ["one.txt", "pdf.txt", "d.jsonl"];
    checked(&workspace, "probe", &[&["probe", "--json"], &texts[..]].concat());
    checked(&workspace, "probe", &[&["probe", "--json", "--top", "0"], &texts[..]].concat());
    for threads in ["1", "2"] {
        let arguments = ["bench", "--json", "--seconds", "0", "--threads", threads, "pdf.txt"];
        let measured = checked(&workspace, "bench", &arguments);
        assert_eq!(measured[0]["stages"][0]["all_threads"].is_null(), threads == "1");
    }
    checked(&workspace, "model", &["model", "--json"]);
    checked(&workspace, "version", &["--version", "--json"]);
}

#[test]
fn every_candidate_of_words_is_of_the_schema() {
    let workspace = Workspace::new();
    super::words::archive(&workspace);
    let found = checked(&workspace, "words", &["words", "archive.jsonl"]);
    assert!(found.iter().any(|one| one["class"].is_string()), "{found:?}");
    assert!(found.iter().any(|one| !one["contexts"].as_array().unwrap().is_empty()));
}

/// What reads an output must know which mizan wrote it.
#[test]
fn every_schema_asks_for_version_and_model() {
    for output in OUTPUTS {
        let text = schema(output).to_string();
        let has = |name: &str| text.contains(&format!("\"{name}\""));
        // No model takes part in finding words.
        let is_made_by_model = output != "words";
        assert!(has("version"), "{output}");
        assert_eq!(has("model") || has("models"), is_made_by_model, "{output}");
    }
    let (code, _, stderr) = Workspace::new().run(&["schema", "label"]);
    assert!(code == 2 && stderr.contains("possible values: score, explain"), "{stderr}");
}
