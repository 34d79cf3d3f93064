//! `mizan evaluate`: metrics, baselines, comparison of models.

use std::fs;

use serde_json::{Value, json};

use crate::common::{Workspace, json_lines, repository};

/// Some labelled articles that ship, as a dump of texts and labels with outlet, event and genre.
fn dump(workspace: &Workspace, name: &str) {
    let labeled = repository("labeled");
    let labels = fs::read_to_string(labeled.join("labels.csv")).unwrap();
    let mut lines = Vec::new();
    let is_told = |row: &&str| row.contains(",writer,") && !row.starts_with("abroad-");
    for row in labels.lines().filter(is_told).take(60) {
        let cells: Vec<&str> = row.split(',').collect();
        let (event, _) = cells[0].rsplit_once('-').unwrap();
        let Ok(saved) = fs::read_to_string(
            labeled.join("articles").join(event).join(format!("{}.txt", cells[0])),
        ) else {
            continue;
        };
        let (header, text) = saved.split_once("\n\n").unwrap();
        let mut article = json!({"id": cells[0], "text": text, "lna": cells[2], "gna": cells[3]});
        for line in header.lines() {
            let (key, value) = line.split_once(": ").unwrap();
            if key != "id" {
                article[key] = json!(value);
            }
        }
        lines.push(article.to_string());
    }
    assert!(lines.len() > 20, "{}", lines.len());
    workspace.write(name, lines.join("\n"));
}

fn evaluated(workspace: &Workspace, arguments: &[&str]) -> (Value, String) {
    let (code, stdout, stderr) = workspace.run(&[&["evaluate", "--json"], arguments].concat());
    assert_eq!(code, 0, "{stderr}");
    (serde_json::from_str(&stdout).unwrap(), stdout)
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or_else(|| panic!("{value} is no number"))
}

fn list(value: &Value) -> &[Value] {
    value.as_array().unwrap_or_else(|| panic!("{value} is no list"))
}

/// Every `x_95` in an object stands beside an `x` and is in order.
fn intervals_are_in_order(value: &Value, seen: &mut usize) {
    match value {
        Value::Object(object) => {
            for (name, value) in object {
                if let (Some(of), Value::Array(ends)) = (name.strip_suffix("_95"), value) {
                    assert!(
                        object.contains_key(of) && number(&ends[0]) <= number(&ends[1]),
                        "{name}: {value}"
                    );
                    *seen += 1;
                }
                intervals_are_in_order(value, seen);
            }
        }
        Value::Array(values) => values.iter().for_each(|value| intervals_are_in_order(value, seen)),
        _ => {}
    }
}

#[test]
fn json_holds_every_metric_with_its_interval_and_is_deterministic() {
    let workspace = Workspace::new();
    dump(&workspace, "d.jsonl");
    let (found, bytes) =
        evaluated(&workspace, &["--labels", "d.jsonl", "d.jsonl", "--min-group", "4"]);
    assert_eq!(
        evaluated(&workspace, &["--labels", "d.jsonl", "d.jsonl", "--min-group", "4"]).1,
        bytes
    );
    let articles = number(&found["articles"]);
    let mut seen = 0;
    intervals_are_in_order(&found, &mut seen);
    assert!(seen > 100, "{seen}");
    for figure in list(&found["figures"]) {
        let cells: f64 = list(&figure["confusion"]).iter().flat_map(list).map(number).sum();
        assert!((cells - articles).abs() < 1e-9);
        for (class, name) in list(&found["classes"]).iter().enumerate() {
            let of = &figure["by_class"][name.as_str().unwrap()];
            let right = number(&figure["confusion"][class][class]);
            assert!((number(&of["recall"]) * number(&of["labelled"]) - right).abs() < 1e-3, "{of}");
            assert!((number(&of["precision"]) * number(&of["given"]) - right).abs() < 1e-3, "{of}");
        }
        let bins: f64 =
            list(&figure["calibration"]["bins"]).iter().map(|bin| number(&bin["articles"])).sum();
        assert!((bins - number(&figure["calibration"]["articles"])).abs() < 1e-9);
        assert_eq!(list(&figure["coverage"]).len(), 10);
    }
    assert!(
        number(&found["bootstrap"]["events"]) > 1.0
            && found["bootstrap"]["events"] == found["bootstrap"]["clusters"]
    );
    for by in ["outlet", "event", "genre", "length"] {
        let groups = list(&found["breakdown"][by]["groups"]);
        let sum: f64 = groups.iter().map(|group| number(&group["articles"])).sum();
        assert!((sum - articles).abs() < 1e-9, "by {by}: {groups:?}");
        assert!(
            groups
                .iter()
                .all(|group| group["group"] == "(other)" || number(&group["articles"]) >= 4.0)
        );
    }
    let names: Vec<_> = list(&found["baselines"])
        .iter()
        .map(|baseline| baseline["name"].as_str().unwrap())
        .collect();
    assert_eq!(names, ["commonest", "keywords", "names"]);
    for baseline in list(&found["baselines"]) {
        let (mean, of) = (&baseline["mean"], number(&found["mean_macro_f1"]));
        assert!(
            (of - number(&mean["macro_f1"]) - number(&mean["difference"])).abs() < 3e-6,
            "{baseline}"
        );
    }
    assert!(found.get("compared").is_none());
}

#[test]
fn coverage_matches_what_score_answers() {
    let workspace = Workspace::new();
    dump(&workspace, "d.jsonl");
    let (found, _) = evaluated(&workspace, &["--labels", "d.jsonl", "d.jsonl"]);
    let (_, stdout, _) =
        workspace.run(&["score", "--format", "jsonl", "--max-error", "0.05", "d.jsonl"]);
    let lines: Vec<Value> =
        stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    for (camp, figure) in ["lna", "gna"].into_iter().zip(list(&found["figures"])) {
        let answered = lines.iter().filter(|line| line[camp]["stance"] != "uncertain").count();
        assert!(answered > 0 && answered < lines.len());
        let share = answered as f64 / lines.len() as f64;
        assert!((number(&figure["coverage"][0]["answered"]) - share).abs() < 1e-6, "{camp}");
    }
}

#[test]
fn two_models_are_compared_article_by_article() {
    let workspace = Workspace::with_labels();
    dump(&workspace, "d.jsonl");
    let (code, _, stderr) = workspace.run(&["train", "--quick", "--output", "small.safetensors"]);
    assert_eq!(code, 0, "{stderr}");
    let labels = ["--labels", "d.jsonl", "d.jsonl"];
    let (found, _) =
        evaluated(&workspace, &[&labels[..], &["--compare", "small.safetensors"]].concat());
    let (other, _) =
        evaluated(&workspace, &[&labels[..], &["--model", "small.safetensors"]].concat());
    let compared = &found["compared"];
    for ((figure, with), pair) in
        list(&found["figures"]).iter().zip(list(&other["figures"])).zip(list(&compared["figures"]))
    {
        assert_eq!(
            (&pair["macro_f1"], &pair["macro_f1_with"]),
            (&figure["macro_f1"], &with["macro_f1"])
        );
        assert_eq!(
            (&pair["macro_f1_95"], &pair["macro_f1_with_95"]),
            (&figure["macro_f1_95"], &with["macro_f1_95"])
        );
        let right = |figure: &Value| number(&figure["accuracy"]) * number(&figure["articles"]);
        let gained = number(&pair["only_model_right"]) - number(&pair["only_with_right"]);
        assert!((right(figure) - right(with) - gained).abs() < 1e-3, "{pair}");
        assert!((0.0..=1.0).contains(&number(&pair["mcnemar_p"])));
        let changed =
            list(&compared["changed"]).iter().filter(|changed| changed["toward"] == pair["toward"]);
        let won = changed.clone().filter(|changed| changed["model"] == changed["label"]).count();
        assert!((won as f64 - number(&pair["only_model_right"])).abs() < 1e-9);
        assert!(changed.count() > 0);
    }
    let (code, stdout, _) =
        workspace.run(&[&["evaluate", "--compare", "small.safetensors"], &labels[..]].concat());
    assert!(
        code == 0 && stdout.contains("McNemar p") && stdout.contains("answers differ"),
        "{stdout}"
    );

    workspace.replace("labeled/camps.toml", "id = \"gna\"", "id = \"other\"");
    workspace.replace("labeled/camps.toml", "referent = \"gna", "referent = \"other");
    workspace.replace("labeled/labels.csv", "lna,gna", "lna,other");
    let (code, _, stderr) = workspace.run(&["train", "--quick", "--output", "else.safetensors"]);
    assert_eq!(code, 0, "{stderr}");
    let (code, _, stderr) =
        workspace.run(&[&["evaluate", "--compare", "else.safetensors"], &labels[..]].concat());
    assert!(
        code == 2 && stderr.contains("the models score different camps: lna, gna and lna, other"),
        "{stderr}"
    );
}

#[test]
fn min_f1_fails_with_exit_code_1_and_states_the_gap() {
    let workspace = Workspace::with_labels();
    dump(&workspace, "d.jsonl");
    workspace.run(&["train", "--quick", "--output", "m.safetensors"]);
    let evaluate = ["--model", "m.safetensors", "--labels", "d.jsonl", "d.jsonl"];
    let mean = number(&evaluated(&workspace, &evaluate).0["mean_macro_f1"]);
    assert!(mean > 0.1 && mean < 0.9, "a dozen articles teach little: {mean}");
    let gate =
        |least: &str| workspace.run(&[&["evaluate", "--min-f1", least], &evaluate[..]].concat());
    let (code, stdout, stderr) = gate("0.9999");
    assert!(code == 1 && stdout.contains("macro-F1"), "{stderr}");
    assert!(
        stderr.contains(&format!(
            "mean macro-F1 is {mean:.4}, {:.4} below --min-f1 0.9999 (lna ",
            0.9999 - mean
        )),
        "{stderr}"
    );
    assert!(stderr.contains("; gna "), "{stderr}");
    let (code, _, stderr) = gate("0.1");
    assert_eq!((code, stderr.as_str()), (0, ""));
    let (code, _, stderr) = gate("1.5");
    assert!(code == 2 && stderr.contains("give a number from 0 to 1"), "{stderr}");
}

#[test]
fn a_test_table_may_hold_a_single_label() {
    let workspace = Workspace::new();
    let row = |number: usize| {
        format!("{} {number},{}", ["جيد جدا", "سيئ جدا"][number % 2], ["yes", "no"][number % 2])
    };
    let rows: Vec<String> = (0..24).map(row).collect();
    workspace.write("train.csv", format!("text,label\n{}\n", rows.join("\n")));
    let (code, _, stderr) =
        workspace.run(&["train", "--quick", "--from", "train.csv", "--output", "m.safetensors"]);
    assert_eq!(code, 0, "{stderr}");
    workspace.write("test.csv", "text,label\nجيد جدا,yes\nجيد جدا اليوم,yes\n");
    let (found, _) = evaluated(&workspace, &["--model", "m.safetensors", "--from", "test.csv"]);
    assert_eq!(
        (&found["figures"][0]["articles"], &found["figures"][0]["accuracy"]),
        (&json!(2), &json!(1.0))
    );
    let (code, _, stderr) = workspace.run(&[
        "evaluate",
        "--model",
        "m.safetensors",
        "--from",
        "test.csv",
        "--min-f1",
        "0.9",
    ]);
    assert!(
        code == 1
            && stderr.contains(
                "mean macro-F1 is 0.5000, 0.4000 below --min-f1 0.9 (all 0.5000, 0.4000 below)"
            ),
        "{stderr}"
    );
    let (code, _, stderr) =
        workspace.run(&["train", "--quick", "--from", "test.csv", "--output", "n.safetensors"]);
    assert!(
        code == 2
            && stderr.contains(
                "every label of label is \"yes\"; at least two different ones are needed"
            ),
        "{stderr}"
    );
}

#[test]
fn stances_in_a_spreadsheet_are_evaluated_without_ids() {
    let workspace = Workspace::with_labels();
    dump(&workspace, "d.jsonl");
    workspace.run(&["train", "--quick", "--output", "m.safetensors"]);
    let by_id = ["--model", "m.safetensors", "--labels", "d.jsonl", "d.jsonl"];
    let (expected, _) = evaluated(&workspace, &by_id);

    // The same texts and labels, as a spreadsheet has them; one label is no stance.
    let (mut table, mut long) =
        (csv::Writer::from_writer(vec![]), csv::Writer::from_writer(vec![]));
    table.write_record(["title", "النص", "LNA", "GNA", "event"]).unwrap();
    long.write_record(["title", "text", "stance", "camp", "event"]).unwrap();
    let dump = fs::read_to_string(workspace.path("d.jsonl")).unwrap();
    for row in json_lines(&dump) {
        let cell = |name: &str| row[name].as_str().unwrap_or_default().to_owned();
        let label = cell("lna").replace("favor", " مؤيد");
        table
            .write_record([cell("title"), cell("text"), label, cell("gna"), cell("event")])
            .unwrap();
        for camp in ["lna", "gna"] {
            let camp = camp.to_owned();
            let stance = cell(&camp);
            long.write_record([cell("title"), cell("text"), stance, camp, cell("event")]).unwrap();
        }
    }
    table.write_record(["", "نص آخر في ليبيا", "maybe", "favor", ""]).unwrap();
    workspace.write("mine.csv", table.into_inner().unwrap());
    workspace.write("long.csv", long.into_inner().unwrap());
    let from = ["--model", "m.safetensors", "--from", "mine.csv", "--text-field", "النص"];
    let stances = ["--lna-field", "LNA", "--gna-field", "GNA"];
    let arguments = [&["evaluate", "--json"], &from[..], &stances].concat();
    let (code, stdout, told) = workspace.run(&arguments);
    assert_eq!(code, 0, "{told}");
    let found: Value = serde_json::from_str(&stdout).unwrap();
    assert!(told.contains("field \"LNA\": unknown label \"maybe\""), "{told}");
    assert!(told.contains("1 row left out in all"), "{told}");
    assert_eq!(found["mean_macro_f1"], expected["mean_macro_f1"], "{found}");
    let long = ["--model", "m.safetensors", "--from", "long.csv", "--text-field", "text"];
    let fields = ["--stance-field", "stance", "--target-field", "camp"];
    let (found, _) = evaluated(&workspace, &[&long[..], &fields].concat());
    assert_eq!(found["mean_macro_f1"], expected["mean_macro_f1"], "{found}");

    // Another model is compared with, as with ids.
    workspace.run(&["train", "--quick", "--alpha", "50", "--output", "n.safetensors"]);
    let compare = [&from[..], &stances, &["--compare", "n.safetensors"]].concat();
    assert!(evaluated(&workspace, &compare).0["compared"].is_object());
    let (code, _, stderr) = workspace.run(&[&["evaluate"], &from[..]].concat());
    assert!(code == 2 && stderr.contains("say which fields have them (--lna-field"), "{stderr}");
}

#[test]
fn a_spreadsheet_that_the_model_was_trained_on_is_not_unseen() {
    let workspace = Workspace::with_labels();
    let mut table = "text,lna,gna\n".to_owned();
    let labels = fs::read_to_string(workspace.path("labeled/labels.csv")).unwrap();
    for row in labels.lines().skip(1).take(7) {
        let cells: Vec<&str> = row.split(',').collect();
        let file = workspace.path(&format!("labeled/articles/{}.txt", cells[0]));
        let content = fs::read_to_string(file).unwrap();
        let text = content.split("\n\n").nth(1).unwrap().trim();
        table.extend([text, ",", cells[2], ",", cells[3], "\n"]);
    }
    let of = |table: &str| {
        let fields = ["--text-field", "text", "--lna-field", "lna", "--gna-field", "gna"];
        workspace.write("mine.csv", table);
        [&["--from", "mine.csv"], &fields[..]].concat()
    };
    let train = ["train", "--quick", "-o", "m.safetensors"];
    let (code, _, stderr) = workspace.run(&[&train[..], &of(&table)].concat());
    assert_eq!(code, 0, "{stderr}");
    // The first row has gone, so that each of the others stands in another line.
    let (header, rows) = table.split_once('\n').unwrap();
    let shorter = format!("{header}\n{}", rows.split_once('\n').unwrap().1);
    let evaluate = ["evaluate", "--model", "m.safetensors"];
    let (code, stdout, stderr) = workspace.run(&[&evaluate[..], &of(&shorter)].concat());
    assert_eq!(code, 0, "{stderr}");
    assert!(stdout.starts_with("Not unseen: 6 of 6 articles"), "{stdout}");
    let probe = ["probe", "--model", "m.safetensors", "mine.csv", "--text-field", "text"];
    let (code, stdout, stderr) = workspace.run(&probe);
    assert_eq!(code, 0, "{stderr}");
    assert!(stdout.contains("Not unseen: 6 of 6 articles"), "{stdout}");
    // The same of labels of any kind.
    let train = ["train", "--quick", "-o", "one.safetensors"];
    let one = ["--from", "mine.csv", "--text-field", "text", "--label-field", "lna"];
    let (code, _, stderr) = workspace.run(&[&train[..], &one].concat());
    assert_eq!(code, 0, "{stderr}");
    let evaluate = ["evaluate", "--model", "one.safetensors"];
    let (_, stdout, stderr) = workspace.run(&[&evaluate[..], &one].concat());
    assert!(stdout.starts_with("Not unseen: 6 of 6 articles have texts"), "{stdout} {stderr}");
}

#[test]
fn columns_of_a_table_of_labels_may_be_named_and_what_is_missing_is_named() {
    let workspace = Workspace::new();
    let text = "أعلنت قوات حفتر الباسلة أنها دخلت ضواحي ترهونة صباح اليوم";
    workspace.write("a.csv", format!("id,text\na,{text}\nb,{text} أمس\nb,{text} غدا\n"));
    workspace.write("l.csv", "Name,X,Y\na,favor,neutral\nb,favor,neutral\nz,favor,neutral\n");
    let evaluate = |more: &[&str]| {
        workspace.run(&[&["evaluate", "--labels", "l.csv", "a.csv"], more].concat())
    };
    let fields = ["--lna-field", "x", "--gna-field", "Y"];
    let (code, _, stderr) = evaluate(&fields);
    assert!(code == 2 && stderr.contains("there are \"Name\", \"X\", \"Y\""), "{stderr}");
    workspace.replace("l.csv", "Name", "Article");
    let (code, stdout, stderr) = evaluate(&fields);
    assert!(code == 0 && stdout.starts_with("1 article"), "{stdout} {stderr}");
    for says in [
        "the id \"b\" stands twice in the articles, with different texts",
        "1 of the 3 labelled articles were not found and are not in the figures: \"z\"",
    ] {
        assert!(stderr.contains(says), "{stderr}");
    }
    let (code, _, stderr) = evaluate(&["--half", "test"]);
    assert!(code == 2 && stderr.contains("--half"), "{stderr}");
}
