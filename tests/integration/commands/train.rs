//! `mizan train`.

use std::fmt::Write;
use std::fs;

use super::adapt::WORDS;
use crate::common::Workspace;

const TRAIN: [&str; 3] = ["train", "--output", "m.safetensors"];

/// The beginning of a model file, and no model.
const DAMAGED: &str = "\0\0\0\0\0\0\0\0{\"__metadata__\":{\"mizan\":\"\"}}";

#[test]
fn the_same_labels_give_the_same_bytes() {
    let workspace = Workspace::with_labels();
    for output in ["one.safetensors", "models/two.safetensors"] {
        let (code, stdout, stderr) = workspace.run(&["train", "--output", output]);
        assert_eq!(code, 0, "{stderr}");
        assert!(
            stdout.contains("12 labelled articles") && stdout.contains(&format!("wrote {output}")),
            "{stdout}"
        );
    }
    assert_eq!(
        fs::read(workspace.path("one.safetensors")).unwrap(),
        fs::read(workspace.path("models/two.safetensors")).unwrap()
    );
    let left: Vec<_> = fs::read_dir(workspace.path("models"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    let mut left = left;
    left.sort();
    assert_eq!(left, ["two.md", "two.safetensors"], "no temporary file stays");
}

#[test]
fn row_order_does_not_matter_and_labels_do() {
    let workspace = Workspace::with_labels();
    workspace.run(&TRAIN);
    let before = fs::read(workspace.path("m.safetensors")).unwrap();
    let labels = fs::read_to_string(workspace.path("labeled/labels.csv")).unwrap();
    let (header, rows) = labels.split_once('\n').unwrap();
    let reversed: Vec<_> = rows.lines().rev().collect();
    workspace.write("labeled/labels.csv", format!("{header}\r\n{}\r\n", reversed.join("\r\n")));
    workspace.run(&TRAIN);
    assert_eq!(fs::read(workspace.path("m.safetensors")).unwrap(), before);
    workspace.replace("labeled/labels.csv", "n0,tester,favor", "n0,tester,neutral");
    workspace.run(&TRAIN);
    assert_ne!(fs::read(workspace.path("m.safetensors")).unwrap(), before);
}

#[test]
fn retraining_reports_changes_and_keeps_the_previous_model() {
    let workspace = Workspace::with_labels();
    workspace.run(&TRAIN);
    let before = fs::read(workspace.path("m.safetensors")).unwrap();
    let card = fs::read(workspace.path("m.md")).unwrap();
    let (code, stdout, _) =
        workspace.run(&["train", "--output", "m.safetensors", "--require-better"]);
    assert!(
        code == 1
            && stdout.contains("0 answers changed on held-out articles")
            && stdout.contains("which the new one was trained on: 0 of 24 answers differ")
            && stdout.contains("not better: nothing was written"),
        "{stdout}"
    );
    assert_eq!(fs::read(workspace.path("m.safetensors")).unwrap(), before);
    assert!(!workspace.path("m.safetensors.previous").exists(), "the same model replaces nothing");

    workspace.replace("labeled/labels.csv", "n0,tester,favor", "n0,tester,against");
    let (code, stdout, stderr) = workspace.run(&TRAIN);
    assert_eq!(code, 0, "{stderr}");
    assert!(
        stdout.contains("Against the settings and the labels of the model that was there")
            && stdout.contains("was called"),
        "{stdout}"
    );
    assert!(
        stdout.contains(
            "to go back: mv m.safetensors.previous m.safetensors && mv m.md.previous m.md\n"
        ),
        "{stdout}"
    );
    assert_eq!(fs::read(workspace.path("m.safetensors.previous")).unwrap(), before);
    assert_eq!(fs::read(workspace.path("m.md.previous")).unwrap(), card);
    let card = fs::read_to_string(workspace.path("m.md")).unwrap();
    for says in ["trained on 12 articles", "calibration error", "What it is for, and what not"] {
        assert!(card.contains(says), "{card}");
    }
}

#[test]
fn require_better_fails_without_a_model_to_compare_with() {
    let workspace = Workspace::with_labels();
    workspace.write("m.safetensors", DAMAGED);
    let (code, stdout, stderr) =
        workspace.run(&["train", "--output", "m.safetensors", "--require-better"]);
    assert!(
        code == 1 && stdout.contains("there is no model of these labels at m.safetensors"),
        "{stdout}"
    );
    assert!(stderr.contains("comparison skipped"), "{stderr}");
    assert_eq!(fs::read_to_string(workspace.path("m.safetensors")).unwrap(), DAMAGED);
}

#[test]
fn disagreements_are_reported_and_the_latest_label_can_win() {
    let workspace = Workspace::with_labels();
    let labels = fs::read_to_string(workspace.path("labeled/labels.csv")).unwrap();
    workspace.write(
        "labeled/labels.csv",
        labels + "n6,second,favor,neutral,2026-11-22,\nn6,third,neutral,neutral,2026-11-22,\n",
    );
    let (_, majority, _) = workspace.run(&TRAIN);
    assert!(
        majority.contains("1 articles disputed")
            && majority.contains("n6: tester neutral/neutral, second favor/neutral"),
        "{majority}"
    );
    let bytes = fs::read(workspace.path("m.safetensors")).unwrap();
    workspace.replace("labeled/labels.csv", "n6,third,neutral", "n6,third,against");
    workspace.run(&["train", "--output", "m.safetensors", "--annotators", "latest"]);
    assert_ne!(fs::read(workspace.path("m.safetensors")).unwrap(), bytes);
}

/// Labels of any kind: texts about two targets, as a table and as a dump.
fn table(workspace: &Workspace) {
    let mut table = "text,target,stance,author\n".to_owned();
    let frames = [
        "{} هذا القرار جدا",
        "رأيي في القرار الجديد أنه {}",
        "قرأت الخبر اليوم وهو {} بلا شك",
        "سمعت أنهم أعلنوا القرار وهو {}",
    ];
    for number in 0..48 {
        let (word, stance) = [("ممتاز", "Favor"), ("سيئ", "Against"), ("عادي", "None")][number % 3];
        let text = frames[number % 4].replace("{}", word);
        writeln!(table, "{text} {number},{},{stance},a{}", ["x", "y"][number / 3 % 2], number % 8)
            .unwrap();
    }
    workspace.write("t.csv", table);
}

#[test]
fn custom_labels_are_trained_and_evaluated() {
    let workspace = Workspace::new();
    table(&workspace);
    let train = [
        "train",
        "--from",
        "t.csv",
        "--label-field",
        "stance",
        "--target-field",
        "target",
        "--quick",
        "--output",
        "m.safetensors",
    ];
    let (code, stdout, stderr) = workspace.run(&train);
    assert_eq!(code, 0, "{stderr}");
    assert!(stdout.contains("48 labelled articles") && stdout.contains("texts, x"), "{stdout}");
    assert!(!format!("{stdout}{stderr}").contains("mizan model --install"), "{stdout}{stderr}");
    let evaluate = [
        "evaluate",
        "--model",
        "m.safetensors",
        "--from",
        "t.csv",
        "--label-field",
        "stance",
        "--target-field",
        "target",
        "--json",
    ];
    let (code, stdout, stderr) = workspace.run(&evaluate);
    assert_eq!(code, 0, "{stderr}");
    let figures: serde_json::Value = serde_json::from_str(&stdout).unwrap();
    assert_eq!(figures["classes"], serde_json::json!(["Against", "Favor", "None"]));
    assert!(figures["figures"][0]["accuracy"].as_f64().unwrap() > 0.9, "{stdout}");
    assert_eq!(figures["figures"][1]["toward"], "x");

    let (code, _, stderr) = workspace.run(&["model", "--install", "m.safetensors"]);
    assert!(code == 2 && stderr.contains("use it by `mizan evaluate --model`"), "{stderr}");
    let (code, _, stderr) = workspace.run(&["score", "--model", "m.safetensors", "t.csv"]);
    assert!(
        code == 2
            && stderr.contains("was not trained on stances toward two camps but on labels of x, y"),
        "{stderr}"
    );
    let (code, _, stderr) = workspace.run(&[
        "evaluate",
        "--model",
        "m.safetensors",
        "--from",
        "t.csv",
        "--label-field",
        "author",
    ]);
    assert!(
        code == 2 && stderr.contains("the model knows nothing of the target \"label\""),
        "{stderr}"
    );
    let (code, _, stderr) = workspace.run(&[
        "train",
        "--from",
        "t.csv",
        "--label-field",
        "nothing",
        "--output",
        "n.safetensors",
    ]);
    assert!(code == 2 && stderr.contains("no field \"nothing\""), "{stderr}");
}

#[test]
fn training_does_not_depend_on_the_number_of_threads() {
    let workspace = Workspace::with_labels();
    let mut models = Vec::new();
    for threads in ["1", "2"] {
        let status =
            workspace.mizan(&TRAIN).env("RAYON_NUM_THREADS", threads).output().unwrap().status;
        assert!(status.success());
        models.push(fs::read(workspace.path("m.safetensors")).unwrap());
    }
    assert_eq!(models[0], models[1]);
}

#[test]
fn label_errors_name_file_and_line() {
    let workspace = Workspace::with_labels();
    workspace.write("m.safetensors", DAMAGED);
    workspace.replace("labeled/labels.csv", "n1,tester,favor,against", "n1,tester,favour,against");
    workspace.replace(
        "labeled/labels.csv",
        "n2,tester,against,neutral",
        "n2,tester,unrelated,neutral",
    );
    workspace.replace("labeled/labels.csv", "n3,tester", "n33,tester");
    workspace.replace("labeled/articles/n4.txt", "event: b", "event: z");
    workspace.replace("labeled/articles/n5.txt", "date: 2019-04-06", "date: 6.4.2019");
    workspace.replace("labeled/articles/n6.txt", "genre: wire", "gerne: wire");
    workspace.replace("labeled/articles/n7.txt", "id: n7", "id: n8");
    workspace.write(
        "labeled/labels.csv",
        fs::read_to_string(workspace.path("labeled/labels.csv")).unwrap()
            + "n0,tester,favor,neutral,2026-11-21,\n",
    );
    let (code, _, stderr) = workspace.run(&TRAIN);
    assert_eq!(code, 2);
    for says in [
        "labels.csv:3: lna: unknown label \"favour\"; the labels are favor, neutral, against, \
         unrelated",
        "labels.csv:4: unrelated and neutral: an article is unrelated to both camps or to neither",
        "labels.csv:5: no article has the id \"n33\"",
        "labels.csv:14: \"tester\" has labelled \"n0\" before",
        "n3.txt: labeled/labels.csv has no row for \"n3\"",
        "n4.txt: unknown event \"z\"; define it in events.toml",
        "n5.txt: date \"6.4.2019\": write it as YYYY-MM-DD",
        "n6.txt:6: unknown key \"gerne\"",
        "n7.txt:1: the id \"n8\" is not the file's name",
        "n8.txt:1: the id \"n8\" is already that of labeled/articles/n7.txt",
    ] {
        assert!(stderr.contains(says), "{says} is not in\n{stderr}");
    }
    assert_eq!(fs::read_to_string(workspace.path("m.safetensors")).unwrap(), DAMAGED);
}

#[test]
fn invalid_settings_and_folders_are_reported() {
    let workspace = Workspace::with_labels();
    for (arguments, says) in [
        (&["train", "--alpha", "0"][..], "alpha 0: give a number above 0"),
        (&["train", "--labeled", "elsewhere"], "elsewhere"),
        (&["train", "--output", "labeled"], "cannot write labeled"),
    ] {
        let (code, _, stderr) = workspace.run(arguments);
        assert!(code == 2 && stderr.contains(says), "{arguments:?}: {code} {stderr}");
    }
    workspace.replace("labeled/labels.csv", "favor,neutral", "neutral,neutral");
    workspace.replace("labeled/labels.csv", "favor,against", "neutral,against");
    let (code, _, stderr) = workspace.run(&TRAIN);
    assert!(code == 2 && stderr.contains("no article is labelled favor toward lna"), "{stderr}");
}

/// A table with the twelve articles of a small labelled set, as a spreadsheet has them.
fn spreadsheet(workspace: &Workspace, words: [(&str, &str); 4]) -> String {
    let mut table = "ID,النص,LNA,GNA\n".to_owned();
    let labels = fs::read_to_string(workspace.path("labeled/labels.csv")).unwrap();
    for row in labels.lines().skip(1) {
        let cells: Vec<&str> = row.split(',').collect();
        let file = workspace.path(&format!("labeled/articles/{}.txt", cells[0]));
        let content = fs::read_to_string(file).unwrap();
        let text = content.split("\n\n").nth(1).unwrap().trim();
        let word = |label: &str| words.iter().find(|(known, _)| *known == label).unwrap().1;
        let (lna, gna) = (word(cells[2]), word(cells[3]));
        table.extend([cells[0], ",", text, ",", lna, ",", gna, "\n"]);
    }
    table
}

#[test]
fn rows_without_an_id_are_known_by_their_text_wherever_they_stand() {
    let workspace = Workspace::with_labels();
    let words = ["favor", "neutral", "against", "unrelated"].map(|word| (word, word));
    let table: Vec<String> = spreadsheet(&workspace, words)
        .lines()
        .map(|row| format!("{}\n", row.split_once(',').unwrap().1))
        .collect();
    let train = |name: &str, table: &[String]| {
        workspace.write(name, table.concat());
        let from =
            ["train", "--from", name, "--text-field", "النص", "--quick", "-o", "m.safetensors"];
        let fields = ["--lna-field", "LNA", "--gna-field", "GNA"];
        let (code, stdout, stderr) = workspace.run(&[&from[..], &fields].concat());
        assert!(code < 2, "{stdout}{stderr}");
        (stdout, stderr)
    };
    train("mine.csv", &table);
    // One row less, in a file of another name: each label is still that of its own text.
    let shorter = [&table[..1], &table[2..]].concat();
    let (stdout, stderr) = train("renamed.csv", &shorter);
    assert!(stdout.contains("0 answers changed on held-out articles"), "{stdout}");
    assert!(!stderr.contains("comparison skipped"), "{stderr}");
    // Texts that the model was not trained on.
    let others: Vec<String> = table[..1]
        .iter()
        .cloned()
        .chain(table[1..].iter().map(|row| format!("خبر {row}")))
        .collect();
    let (_, stderr) = train("others.csv", &others);
    assert!(
        stderr.contains(
            "m.safetensors was trained on other articles (none of these); comparison skipped"
        ),
        "{stderr}"
    );
}

const SPREADSHEET: [&str; 8] =
    ["train", "--from", "mine.csv", "--text-field", "النص", "--output", "m.safetensors", "--quick"];

#[test]
fn stances_in_a_spreadsheet_make_a_model_that_scores_and_explains() {
    let workspace = Workspace::with_labels();
    let words = [
        ("favor", "مؤيد"),
        ("neutral", " Neutral "),
        ("against", "ضد"),
        ("unrelated", "غير متعلّق"),
    ];
    let table = spreadsheet(&workspace, words) + "odd,نص آخر في ليبيا,maybe,favor\n";
    workspace.write("mine.csv", table);
    let fields = ["--lna-field", "LNA", "--gna-field", "GNA"];
    let (code, stdout, stderr) = workspace.run(&[&SPREADSHEET[..], &fields].concat());
    // The model was written, and something is wrong with the table.
    assert_eq!(code, 1, "{stdout}{stderr}");
    assert!(stdout.contains("wrote m.safetensors"), "{stdout}");
    for told in [
        "1 row left out (odd in mine.csv:14): field \"LNA\": unknown label \"maybe\"",
        "1 row left out (n8 in mine.csv:10): the text and the labels of n2 in mine.csv:4, again",
        "2 rows left out in all; 11 articles with labels",
    ] {
        assert!(stderr.contains(told), "{stderr}");
    }
    assert!(stderr.contains("too few labels"), "{stderr}");
    assert_eq!(stderr.lines().count(), 4, "{stderr}");

    // The same labels in a folder give the same sides.
    workspace.write("a.txt", "دخلت قوات حفتر الباسلة ضواحي ترهونة صباح اليوم في هدوء");
    for command in ["score", "explain"] {
        let (code, stdout, stderr) = workspace.run(&[command, "--model", "m.safetensors", "a.txt"]);
        assert!(code == 0 && stdout.contains("favor"), "{command}: {stdout}{stderr}");
    }
}

#[test]
fn rows_are_called_as_a_spreadsheet_shows_them() {
    let workspace = Workspace::with_labels();
    let words = ["favor", "neutral", "against", "unrelated"].map(|word| (word, word));
    let table = spreadsheet(&workspace, words);
    // No ids, and a line end in each text: row 3 stands in line 4, row 4 in line 6.
    let mut lines = "النص,LNA,GNA\n".to_owned();
    for row in table.lines().skip(1) {
        let cells: Vec<&str> = row.split(',').collect();
        writeln!(lines, "\"{}\n\",{},{}", cells[1], cells[2], cells[3]).unwrap();
    }
    lines += "نص آخر في ليبيا,positive,favor\n";
    workspace.write("mine.csv", lines);
    let fields = ["--lna-field", "LNA", "--gna-field", "GNA"];
    let (code, stdout, stderr) = workspace.run(&[&SPREADSHEET[..], &fields].concat());
    assert_eq!(code, 1, "{stdout}{stderr}");
    assert!(stderr.contains("1 row left out (row 14 (mine.csv:26)): field \"LNA\""), "{stderr}");
    assert!(stderr.contains("unknown label \"positive\""), "{stderr}");
    assert!(stderr.contains("favor (pro, for, support, مؤيد"), "{stderr}");
    let named = |line: &&str| line.contains("row ") && line.contains(" (mine.csv:");
    let named: Vec<&str> = stdout.lines().filter(named).collect();
    assert!(!named.is_empty(), "{stdout}");
    assert!(!stdout.lines().any(|line| line.trim_start().starts_with("mine.csv:4")), "{stdout}");
    // Ids stay what they were: the first row is still known by its line.
    let score = ["score", "--json", "mine.csv", "--text-field", "النص"];
    assert!(workspace.run(&score).1.contains("\"mine.csv:4\""));
}

#[test]
fn labelled_articles_that_name_nothing_of_the_country_are_named() {
    let workspace = Workspace::with_labels();
    let words = ["favor", "neutral", "against", "unrelated"].map(|word| (word, word));
    let mut table = spreadsheet(&workspace, words);
    let others = ["المطر", "القمح", "الجسر", "الكتاب", "الملعب", "الخبز", "الباب"];
    for (number, other) in others.into_iter().enumerate() {
        writeln!(table, "x{number},وصف السكان {other} أمس وصفا طويلا,favor,neutral").unwrap();
    }
    workspace.write("mine.csv", table);
    let fields = ["--lna-field", "LNA", "--gna-field", "GNA"];
    let (_, stdout, stderr) = workspace.run(&[&SPREADSHEET[..], &fields].concat());
    let says = "7 articles name no camp, place or body that only this country has (x0, x1, x2, x3, \
                x4, and 2 more), against the label: every model";
    let one_line = stdout.replace('\n', " ");
    assert!(one_line.contains(says), "{stdout}{stderr}");
}

#[test]
fn a_target_is_known_by_a_short_name_of_its_camp() {
    let workspace = Workspace::with_labels();
    let words = ["favor", "neutral", "against", "unrelated"].map(|word| (word, word));
    let table = spreadsheet(&workspace, words);
    let mut rows = "النص,stance,camp\n".to_owned();
    for row in table.lines().skip(1) {
        let cells: Vec<&str> = row.split(',').collect();
        writeln!(rows, "{0},{1},حفتر\n{0},{2},الوفاق", cells[1], cells[2], cells[3]).unwrap();
    }
    workspace.write("mine.csv", rows + "نص,favor,بروكسل\n");
    let fields = ["--stance-field", "stance", "--target-field", "camp"];
    let (code, stdout, stderr) = workspace.run(&[&SPREADSHEET[..], &fields].concat());
    assert_eq!(code, 1, "{stdout}{stderr}");
    assert!(stderr.contains("\"بروكسل\" is neither lna nor gna"), "{stderr}");
    assert!(!stderr.contains("\"الوفاق\""), "{stderr}");
}

#[test]
fn a_kind_of_label_that_is_missing_is_told_and_left_out() {
    let workspace = Workspace::with_labels();
    let words = [
        ("favor", "favor"),
        ("neutral", "neutral"),
        ("against", "against"),
        ("unrelated", "maybe"),
    ];
    workspace.write("mine.csv", spreadsheet(&workspace, words));
    let fields = ["--lna-field", "LNA", "--gna-field", "GNA"];
    let (code, stdout, stderr) = workspace.run(&[&SPREADSHEET[..], &fields].concat());
    assert_eq!(code, 1, "{stdout}{stderr}");
    assert!(stderr.contains("no text is labelled unrelated toward lna"), "{stderr}");
    let (code, _, stderr) = workspace.run(&[&SPREADSHEET[..], &fields[..2]].concat());
    assert!(code == 2 && stderr.contains("--gna-field"), "{stderr}");
}

/// A folder with a set of articles in `labeled/` and one of twelve others in `other/`.
fn with_companion() -> Workspace {
    let workspace = Workspace::with_labels();
    let other = Workspace::with_labels();
    for number in 0..12 {
        let (name, id) = (format!("labeled/articles/n{number}.txt"), format!("id: n{number}"));
        let text = fs::read_to_string(other.path(&name)).unwrap();
        let name = name.replace("/n", "/o").replace("labeled", "other");
        workspace.write(&name, text.replace(&id, &format!("id: o{number}")));
    }
    for file in ["camps.toml", "events.toml", "outlets.toml"] {
        let text = fs::read(other.path(&format!("labeled/{file}"))).unwrap();
        workspace.write(&format!("other/{file}"), text);
    }
    let labels = fs::read_to_string(other.path("labeled/labels.csv")).unwrap();
    workspace.write("other/labels.csv", labels.replace("\nn", "\no"));
    workspace
}

#[test]
fn another_set_is_trained_on_together_with_the_own_one_which_alone_is_measured() {
    let workspace = with_companion();
    let options = ["train", "--quick", "--with", "other", "--weight", "3", "-o", "m.safetensors"];
    let (code, stdout, stderr) = workspace.run(&options);
    assert_eq!(code, 0, "{stdout}{stderr}");
    assert!(stderr.contains("12 articles of yours, each 3 times, and 12 of other"), "{stderr}");
    let line = stdout.lines().find(|line| line.contains("events, lna")).unwrap();
    assert!(line.split_whitespace().any(|cell| cell == "12"), "{line}");
}

#[test]
fn the_weight_of_the_own_articles_is_chosen_on_held_out_groups_and_told() {
    let workspace = with_companion();
    let options = |output: &'static str| {
        ["train", "--quick", "--with", "other", "--weight", "auto", "-o", output]
    };
    let (code, stdout, stderr) = workspace.run(&options("m.safetensors"));
    assert_eq!(code, 0, "{stdout}{stderr}");
    // Two outlets are too few; of events there are three.
    assert!(stderr.contains("macro-F1 on 3 events of yours, each held out (1 → "), "{stderr}");
    assert!(stderr.contains(", 20 → "), "{stderr}");
    let mut other = workspace.mizan(&options("n.safetensors"));
    other.env("RAYON_NUM_THREADS", "1");
    assert!(other.output().unwrap().status.success());
    let [one, other] =
        ["m", "n"].map(|name| fs::read(workspace.path(&format!("{name}.safetensors"))).unwrap());
    assert_eq!(one, other);
    for bad in ["0", "1001", "much"] {
        let (code, _, stderr) = workspace.run(&["train", "--with", "other", "--weight", bad]);
        assert!(code == 2 && stderr.contains("from 1 to 1000, or auto"), "{stderr}");
    }
}

#[test]
fn too_few_groups_keep_the_default_weight_and_a_weight_alone_is_refused() {
    let workspace = with_companion();
    for number in 0..12 {
        let name = format!("labeled/articles/n{number}.txt");
        if fs::read_to_string(workspace.path(&name)).unwrap().contains("event: c") {
            workspace.replace(&name, "event: c", "event: a");
        }
    }
    let options = ["train", "--quick", "--weight", "auto", "-o", "m.safetensors"];
    let (code, stdout, stderr) = workspace.run(&[&options[..], &["--with", "other"]].concat());
    assert_eq!(code, 0, "{stdout}{stderr}");
    assert!(stderr.contains("cannot be chosen on held-out ones: they count 10 times"), "{stderr}");
    for weight in ["auto", "3"] {
        let (code, _, stderr) =
            workspace.run(&["train", "--quick", "--weight", weight, "-o", "m.safetensors"]);
        assert!(code == 2 && stderr.contains("--with <SET>"), "{stderr}");
    }
}

#[test]
fn a_place_that_cannot_be_written_is_told_before_the_work() {
    let workspace = Workspace::with_labels();
    workspace.write("blocked", "a file, and no folder");
    fs::create_dir(workspace.path("folder.safetensors")).unwrap();
    for output in ["blocked/m.safetensors", "folder.safetensors"] {
        // The labels, which are not there, are read later.
        let (code, _, stderr) =
            workspace.run(&["train", "--labeled", "nowhere", "--output", output]);
        assert!(code == 2 && stderr.contains(&format!("cannot write {output}")), "{stderr}");
        let adapt = ["adapt", "--labels", "nowhere.csv", "nowhere", "--output", output];
        let (code, _, stderr) = workspace.run(&adapt);
        assert!(code == 2 && stderr.contains(&format!("cannot write {output}")), "{stderr}");
    }
    let new = ["train", "--labeled", "nowhere", "--output", "new/deep/m.safetensors"];
    let (code, _, stderr) = workspace.run(&new);
    assert!(code == 2 && stderr.contains("no labelled set at nowhere"), "{stderr}");
    assert!(!workspace.path("new").exists());
}

/// A table of texts with a label each, so many of each kind.
fn labelled_texts(workspace: &Workspace, counts: [(&str, &str, usize); 2]) {
    let frames = [
        "{} هذا القرار جدا",
        "رأيي في القرار الجديد أنه {}",
        "قرأت الخبر اليوم وهو {} بلا شك",
        "سمعت أنهم أعلنوا القرار وهو {}",
    ];
    let mut table = "text,label\n".to_owned();
    for (label, word, n) in counts {
        for number in 0..n {
            let text = frames[number % 4].replace("{}", word);
            writeln!(table, "{text} {number},{label}").unwrap();
        }
    }
    workspace.write("t.csv", table);
}

#[test]
fn few_labels_are_told_in_one_line_with_what_to_do() {
    let workspace = Workspace::with_labels();
    let few = |arguments: &[&str]| {
        let (code, stdout, stderr) = workspace.run(arguments);
        assert_eq!(code, 0, "{stdout}{stderr}");
        stderr.lines().find(|line| line.contains("too few labels")).map(str::to_owned)
    };
    let words = ["favor", "neutral", "against", "unrelated"].map(|word| (word, word));
    let table = spreadsheet(&workspace, words);
    workspace.write("mine.csv", table.lines().take(8).collect::<Vec<_>>().join("\n"));
    let fields = ["--lna-field", "LNA", "--gna-field", "GNA"];
    let told = few(&[&SPREADSHEET[..], &fields].concat()).unwrap();
    for says in [
        "7 labelled articles (50 are wanted)",
        "2 favor toward lna",
        "(10 of each are wanted)",
        "--with default",
        "`mizan adapt`",
    ] {
        assert!(told.contains(says), "{told}");
    }
    // A folder is as small as a table.
    let told = few(&["train", "--quick", "-o", "n.safetensors"]).unwrap();
    assert!(told.contains("12 labelled articles (50 are wanted)"), "{told}");

    // One kind is rare among enough others; labels of another kind have no set to add.
    let any = ["train", "--quick", "--from", "t.csv", "-o", "o.safetensors"];
    labelled_texts(&workspace, [("yes", "ممتاز", 60), ("no", "سيئ", 9)]);
    let told = few(&any).unwrap();
    assert!(told.contains("rely on the model or on its figures: 9 no (10 of each"), "{told}");
    assert!(!told.contains("--with") && told.ends_with("What to do: label more"), "{told}");
    labelled_texts(&workspace, [("yes", "ممتاز", 60), ("no", "سيئ", 10)]);
    assert_eq!(few(&any), None);
}

#[test]
fn the_last_lines_are_the_answer() {
    let workspace = Workspace::with_labels();
    let answer = |arguments: &[&str]| {
        let (_, stdout, stderr) = workspace.run(&[&TRAIN[..], arguments].concat());
        let (_, answer) = stdout.split_once("\nIn short:\n").unwrap_or_else(|| panic!("{stderr}"));
        answer.lines().map(str::to_owned).collect::<Vec<_>>()
    };
    let first = answer(&["--quick"]);
    assert!(first[0].starts_with("macro-F1 on held-out events (95 %): lna 0."), "{first:?}");
    assert!(first[0].contains("), gna 0.") && first[0].contains('–'), "{first:?}");
    assert!(first[1].starts_with("wrote m.safetensors"), "{first:?}");
    assert!(first[2].starts_with("use it: mizan score --model m.safetensors"), "{first:?}");
    assert_eq!(first.len(), 3, "{first:?}");
    let again = answer(&["--quick"]);
    assert_eq!(
        again[1],
        "against the model that was there: no difference that is more than chance, +0.000 (95 % \
         +0.000 to +0.000)"
    );
    let refused = answer(&["--quick", "--require-better"]);
    assert!(refused[2].starts_with("not better: nothing was written"), "{refused:?}");
}

#[test]
fn a_model_that_learned_from_other_words_is_compared_as_it_was_then() {
    let workspace = Workspace::with_labels();
    workspace.run(&[&TRAIN[..], &["--quick"]].concat());
    workspace.write("labeled/lexicon.toml", "[criminal]\nwords = [\"موعد\"]\n");
    let (_, stdout, stderr) =
        workspace.run(&[&TRAIN[..], &["--quick", "--require-better"]].concat());
    assert!(
        stdout.contains("It learned from other rationales, passages or words than those of today")
            && stdout.contains("against the model that was there when it was trained: ")
            && !stdout.contains("both trained anew on the same folds"),
        "{stdout}{stderr}"
    );
}

#[test]
fn held_out_predictions_go_into_a_table_with_every_doubted_label() {
    let workspace = Workspace::with_labels();
    let arguments = [&TRAIN[..], &["--quick", "--predictions", "p.csv"]].concat();
    let (code, stdout, stderr) = workspace.run(&arguments);
    assert!(code == 0 && stdout.contains("wrote the held-out predictions to p.csv"), "{stderr}");
    let table = fs::read_to_string(workspace.path("p.csv")).unwrap();
    let mut lines = table.trim_start_matches('\u{feff}').lines();
    assert_eq!(
        lines.next(),
        Some(
            "held_out,article,toward,label,predicted,p_favor,p_neutral,p_against,p_unrelated,\
             believed,doubt"
        )
    );
    // Twelve articles, two camps; the outlets of this set cannot be held out.
    assert_eq!(lines.count(), 24, "{table}");
    assert!(table.contains("\nevents,n0,lna,favor,"), "{table}");
    // A file that is there is not replaced, and nothing is trained.
    let (code, _, stderr) = workspace.run(&arguments);
    assert!(code == 2 && stderr.contains("cannot write p.csv"), "{stderr}");
}

/// A table of texts with stances toward two camps, each text of its own.
fn stances(text: &str, n: usize) -> String {
    let mut table = "text,one,two\n".to_owned();
    for number in 0..n {
        let label = ["favor", "neutral", "against"][number % 3];
        let others: Vec<&str> = (0..12).map(|at| WORDS[(number * 7 + at * at + 3) % 31]).collect();
        let _ = writeln!(table, "{text} {},{label},neutral", others.join(" "));
    }
    table
}

#[test]
fn articles_of_another_conflict_are_refused_before_training() {
    let workspace = Workspace::new();
    workspace.write("y.csv", stances("تقدمت قوات الحوثي نحو مأرب", 12));
    let table = ["--text-field", "text", "--from", "y.csv"];
    let fields = ["--lna-field", "one", "--gna-field", "two"];
    let train = [&["train", "--quick", "-o", "m.safetensors"], &table[..]].concat();
    let (code, _, stderr) = workspace.run(&[&train[..], &fields].concat());
    for says in ["8 of the 8 articles that take a side name no camp", "camps.toml", "--import"] {
        assert!(code == 2 && stderr.contains(says), "{code} {stderr}");
    }
    assert!(!workspace.path("m.safetensors").exists());
    // Labels that are no stances toward camps are of no country.
    let (code, stdout, stderr) = workspace.run(&[&train[..], &["--label-field", "one"]].concat());
    assert!(code == 0 && !stdout.contains("no camp"), "{stdout} {stderr}");
}

#[test]
fn a_text_that_is_not_in_arabic_is_left_out_and_told() {
    let workspace = Workspace::new();
    let mut table = stances("دخلت قوات حفتر الباسلة ضواحي ترهونة", 12);
    table.push_str("Haftar forces advanced on Tripoli,favor,neutral\n");
    workspace.write("t.csv", table);
    let (code, _, stderr) = workspace.run(&[
        "train",
        "--quick",
        "-o",
        "my model.safetensors",
        "--text-field",
        "text",
        "--from",
        "t.csv",
        "--lna-field",
        "one",
        "--gna-field",
        "two",
    ]);
    let says = "1 article not in Arabic, which is what mizan reads, left out: t.csv:14";
    assert!(stderr.contains(says), "{code} {stderr}");
}

#[test]
fn a_column_of_ids_is_no_column_of_texts() {
    let workspace = Workspace::new();
    workspace
        .write("ids.csv", "article,lna,gna\ntripoli-1,favor,neutral\ntripoli-2,neutral,against\n");
    let train = ["train", "-o", "m.safetensors", "--lna-field", "lna", "--gna-field", "gna"];
    let import = ["labels", "--labeled", "s", "--import", "ids.csv"];
    for command in [&[&train[..], &["--from", "ids.csv"]].concat()[..], &import] {
        let (code, _, stderr) = workspace.run(command);
        let says = "the column that was taken for the text holds ids, such as \"tripoli-1\"";
        assert!(code == 2 && stderr.contains(says), "{code} {stderr}");
    }
    assert!(!workspace.path("s").exists(), "a file that is refused makes no set");
}
