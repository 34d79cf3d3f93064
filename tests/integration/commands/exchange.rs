//! `mizan labels --export` and `--import`: the way to other labelling programs and back.

use std::fs;

use serde_json::json;

use crate::common::{Workspace, files_below, repository};

const FILES: [&str; 2] = ["labels.csv", "rationales.csv"];

/// The rows of a table, in order.
fn rows(workspace: &Workspace, name: &str) -> Vec<String> {
    let text = fs::read_to_string(workspace.path(name)).unwrap();
    let mut rows: Vec<String> = text.lines().map(str::to_owned).collect();
    rows.sort();
    rows
}

/// The articles of a set, as they are read.
fn articles(workspace: &Workspace, set: &str) -> Vec<String> {
    let files = files_below(&workspace.path(set).join("pool"));
    files.iter().map(|file| fs::read_to_string(file).unwrap()).collect()
}

/// A set with two annotators, marks, an emoji and an article without a label.
fn with_set() -> Workspace {
    let workspace = Workspace::new();
    let folder = repository("labeled");
    for name in ["camps.toml", "events.toml", "outlets.toml"] {
        workspace.write(&format!("set/{name}"), fs::read_to_string(folder.join(name)).unwrap());
    }
    for (id, head, text) in [
        (
            "one",
            "title: عاجل 🚨\ndate: 2020-06-05\nevent: e\noutlet: مثال.ly\ngenre: wire\n",
            "🎉 دخلت القوات الباسلة مدينة ترهونة.\n\nوقال سكان إن الوضع هادئ.",
        ),
        ("two", "", "- عقد مجلس النواب جلسة في سرت اليوم."),
        ("three", "", "أعلنت حكومة الوفاق أنها تتابع ما يجري."),
    ] {
        workspace.write(&format!("set/pool/{id}.txt"), format!("id: {id}\n{head}\n{text}\n"));
    }
    workspace.write(
        "set/labels.csv",
        "article,annotator,lna,gna,date,note\n\
         one,منى,favor,neutral,2026-11-27,\"قال: \"\"نعم\"\", ثم لا\"\n\
         one,سالم,favor,against,,\n\
         one,adjudicator,favor,neutral,2026-11-28,منى: لا علامة\n\
         two,منى,unrelated,unrelated,2026-11-27,\n",
    );
    workspace.write(
        "set/rationales.csv",
        "article,annotator,camp,stance,sentence,expressions\n\
         one,منى,lna,favor,دخلت القوات الباسلة مدينة ترهونة,الباسلة | دخلت القوات\n\
         one,منى,lna,favor,عاجل 🚨,\n\
         one,سالم,gna,against,وقال سكان إن الوضع هادئ.,\n",
    );
    workspace
}

#[test]
fn a_set_is_the_same_after_the_way_to_each_program_and_back() {
    let workspace = with_set();
    for (name, program) in [
        ("d.jsonl", "doccano"),
        ("ls.json", "label-studio"),
        ("p.jsonl", "prodigy"),
        ("t.csv", "csv"),
        ("t.xlsx", "xlsx"),
    ] {
        let export = ["labels", "--labeled", "set", "--export", name, "--as", program];
        let (code, _, stderr) = workspace.run(&export);
        assert_eq!(code, 0, "{stderr}");
        assert!(stderr.contains("3 articles with 4 labels written"), "{stderr}");
        let back = format!("back-{program}");
        let (code, _, stderr) = workspace.run(&["labels", "--labeled", &back, "--import", name]);
        assert_eq!(code, 0, "{program}: {stderr}");
        for file in FILES {
            let (was, is) = (format!("set/{file}"), format!("{back}/{file}"));
            assert_eq!(rows(&workspace, &is), rows(&workspace, &was), "{program}");
        }
        assert_eq!(articles(&workspace, &back), articles(&workspace, "set"), "{program}");
        // Once more is nothing more.
        let before = fs::read(workspace.path(&format!("{back}/labels.csv"))).unwrap();
        let (code, _, stderr) = workspace.run(&["labels", "--labeled", &back, "--import", name]);
        assert_eq!(code, 0, "{stderr}");
        assert!(stderr.contains("no label taken into") && stderr.contains("4 were there"));
        assert_eq!(fs::read(workspace.path(&format!("{back}/labels.csv"))).unwrap(), before);
    }
    let config = fs::read_to_string(workspace.path("ls.config.xml")).unwrap();
    assert!(
        config.contains("<Choices name=\"lna\"")
            && config.contains("<Label value=\"gna: against\"/>")
    );
    let labels = fs::read_to_string(workspace.path("d.labels.json")).unwrap();
    assert!(labels.contains("\"unrelated\""));
}

#[test]
fn the_shipped_set_goes_there_and_back() {
    let workspace = Workspace::new();
    let set = repository("labeled");
    let set = set.to_str().unwrap();
    for name in ["d.jsonl", "t.csv"] {
        let program = if name == "t.csv" { "csv" } else { "doccano" };
        workspace.run(&["labels", "--labeled", set, "--export", name, "--as", program]);
        let (code, _, stderr) = workspace.run(&["labels", "--labeled", program, "--import", name]);
        assert_eq!(code, 0, "{program}: {stderr}");
        for file in FILES {
            let mut was: Vec<String> = fs::read_to_string(format!("{set}/{file}"))
                .unwrap()
                .lines()
                .map(str::to_owned)
                .collect();
            was.sort();
            assert!(rows(&workspace, &format!("{program}/{file}")) == was, "{program}: {file}");
        }
    }
}

#[test]
fn nothing_of_a_set_is_overwritten_and_what_contradicts_is_told() {
    let workspace = with_set();
    let line = |article: &str, text: &str, annotator: &str, cats: [&str; 2]| {
        json!({ "article": article, "text": text, "annotator": annotator, "cats": cats })
            .to_string()
    };
    let three = "أعلنت حكومة الوفاق أنها تتابع ما يجري.";
    let lines = [
        line("three", three, "منى", ["lna: neutral", "gna: favor"]),
        line("three", three, "سالم", ["lna: neutral", "gna: favor"]),
        line("three", three, "سالم", ["lna: neutral", "gna: neutral"]),
        line("two", "- عقد مجلس النواب جلسة في سرت اليوم.", "منى", ["lna: favor", "gna: neutral"]),
        line("two", "نص غير الذي في المجموعة", "علي", ["lna: favor", "gna: neutral"]),
        json!({ "text": "نص جديد", "label": ["lna: favor"] }).to_string(),
        json!({ "text": "نص آخر", "label": ["lna: favor", "gna: favour"] }).to_string(),
    ];
    workspace.write("in.jsonl", lines.join("\n"));
    let before = fs::read_to_string(workspace.path("set/labels.csv")).unwrap();
    let (code, _, stderr) = workspace.run(&[
        "labels",
        "--labeled",
        "set",
        "--import",
        "in.jsonl",
        "--annotator",
        "هدى",
    ]);
    assert_eq!(code, 1, "{stderr}");
    for says in [
        "in.jsonl:3: the label of \"سالم\" for \"three\" is another than at in.jsonl:2: favor \
         there, neutral here; both are left out",
        "in.jsonl:4: \"منى\" has labelled \"two\" otherwise in the set",
        "in.jsonl:5: its text is not that of \"two\" in the set",
        "in.jsonl:6: it has no stance toward gna: the label of \"هدى\" is left out",
        "7 records: 1 of منى, 1 of هدى taken into set",
    ] {
        assert!(stderr.contains(says), "{says} is not in\n{stderr}");
    }
    let after = fs::read_to_string(workspace.path("set/labels.csv")).unwrap();
    let new = after.strip_prefix(&before).expect("what stands there stays");
    let new: Vec<&str> = new.lines().collect();
    assert_eq!(new.len(), 2);
    assert!(new[0].starts_with("three,منى,neutral,favor,") && new[1].contains("هدى,favor,favor,"));
    let (code, stdout, stderr) = workspace.run(&["labels", "--labeled", "set"]);
    assert!(code != 2, "the set can be used: {stdout}{stderr}");
}

#[test]
fn an_export_replaces_no_file_and_needs_to_know_for_whom() {
    let workspace = with_set();
    workspace.write("there.csv", "mine");
    let (code, _, stderr) = workspace.run(&["labels", "--labeled", "set", "--export", "there.csv"]);
    assert!(code == 2 && stderr.contains("is there already"), "{stderr}");
    let (code, _, stderr) = workspace.run(&["labels", "--labeled", "set", "--export", "x.json"]);
    assert!(code == 2 && stderr.contains("--as doccano, label-studio or prodigy"), "{stderr}");
    // What is wrong with a set would be lost unseen.
    workspace.write("set/labels.csv", "article,annotator,lna,gna,date,note\none,م,maybe,favor,,\n");
    let (code, _, stderr) = workspace.run(&["labels", "--labeled", "set", "--export", "x.csv"]);
    assert!(code == 2 && stderr.contains("labels.csv:2: lna: unknown label"), "{stderr}");
    assert!(!workspace.path("x.csv").exists());
}

#[test]
fn an_id_that_is_changed_is_told_and_two_of_them_stay_two() {
    let workspace = Workspace::new();
    workspace.write(
        "t.csv",
        "id,text,lna,gna\n2019/1,نص أول عن ليبيا,favor,neutral\n2020/1,نص ثان عن ليبيا,against,neutral\n\
         c,نص أول عن ليبيا,favor,neutral\n",
    );
    let (code, _, stderr) = workspace.run(&["labels", "--labeled", "set", "--import", "t.csv"]);
    assert_eq!(code, 0, "{stderr}");
    let says = "3 articles have another id in the set, where an id names a file and a text has \
                one: \"2019/1\" is \"2019-1\", \"2020/1\" is \"2020-1\", \"c\" is \"2019-1\"";
    assert!(stderr.contains(says), "{stderr}");
    // Again nothing is new.
    let (code, _, stderr) = workspace.run(&["labels", "--labeled", "set", "--import", "t.csv"]);
    assert!(code == 0 && stderr.contains("0 articles taken into pool/"), "{stderr}");
}
