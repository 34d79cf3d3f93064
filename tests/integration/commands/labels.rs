//! `mizan labels`, `mizan evaluate` and the labelled set of the repository.

use std::fs;
use std::path::Path;

use crate::common::{Workspace, repository};

fn shipped() -> String {
    repository("labeled").to_str().unwrap().to_owned()
}

#[test]
fn the_shipped_labels_are_consistent_and_described() {
    let (code, stdout, stderr) = Workspace::new().run(&["labels", "--labeled", &shipped()]);
    assert_eq!(code, 0, "{stdout}{stderr}");
    for says in
        ["contrast families", "κ, reader-1 and reader-2", "function words", "All of it holds."]
    {
        assert!(stdout.contains(says), "{says} is not in\n{stdout}");
    }
}

#[test]
fn the_shipped_framing_list_is_up_to_date() {
    let (code, stdout, _) = Workspace::new().run(&["labels", "--framing", "--labeled", &shipped()]);
    let listed = fs::read_to_string(Path::new(&shipped()).join("framing.csv")).unwrap();
    assert!(
        code == 0 && stdout == listed,
        "run `mizan labels --framing > framing.csv` and move it into labeled/"
    );
}

#[test]
fn inconsistent_labels_exit_with_1_and_say_why() {
    let workspace = Workspace::with_labels();
    workspace.write(
        "labeled/framing.csv",
        "camp,direction,expression,articles\nlna,favor,قوات حفتر الباسلة,\n",
    );
    workspace.write("labeled/names.txt", "طرابلس\n");
    let labels = fs::read_to_string(workspace.path("labeled/labels.csv")).unwrap();
    workspace.write(
        "labeled/labels.csv",
        labels + "n0,second,neutral,neutral,2026-11-21,\nn1,second,favor,against,2026-11-21,\n",
    );
    let (code, stdout, stderr) = workspace.run(&["labels"]);
    assert_eq!((code, stderr.as_str()), (1, ""));
    for says in [
        "disputed: n0: tester favor/neutral, second neutral/neutral",
        "near-duplicates: n2, n8",
        "Not all of it holds",
    ] {
        assert!(stdout.contains(says), "{says} is not in\n{stdout}");
    }
    let (_, stdout, _) = workspace.run(&["labels", "--framing"]);
    assert!(stdout.contains("lna,favor,قوات حفتر الباسلة,n1 n7\n"), "n0 is neutral now: {stdout}");
}

#[test]
fn a_file_of_a_set_in_another_encoding_and_a_lost_one_of_passages_are_told_with_the_cure() {
    let workspace = Workspace::with_labels();
    workspace.write("labeled/passages/texts.csv", "");
    let (code, _, stderr) = workspace.run(&["labels"]);
    let lost = "passages/labels.csv: it is not there; passages are told by texts.csv, labels.csv and \
                rationales.csv;";
    assert!(code != 0 && stderr.contains(lost), "{code} {stderr}");
    fs::remove_dir_all(workspace.path("labeled/passages")).unwrap();
    let windows_1256 = b"article,annotator,lna,gna,date,note\nn0,\xe3\xc7,neutral,neutral,,\n";
    fs::write(workspace.path("labeled/labels.csv"), windows_1256).unwrap();
    let (code, _, stderr) = workspace.run(&["labels"]);
    let cure = "labels.csv: line 2: bytes that are not UTF-8; the files of a set are UTF-8: save it \
                so";
    assert!(code != 0 && stderr.contains(cure), "{code} {stderr}");
}

#[test]
fn evaluate_tests_a_model_on_unseen_labels() {
    let workspace = Workspace::with_labels();
    workspace.run(&["train", "--output", "m.safetensors"]);
    workspace.write("d.jsonl", "{\"id\": \"a\", \"text\": \"أعلنت قوات حفتر الباسلة أنها دخلت ضواحي ترهونة صباح اليوم\", \"lna\": \"favor\", \"gna\": \"neutral\"}\n{\"id\": \"b\", \"text\": \"أعلنت عصابات طرابلس أنها دخلت ضواحي ترهونة صباح اليوم\", \"lna\": \"neutral\", \"gna\": \"against\"}\n");
    let (code, stdout, stderr) =
        workspace.run(&["evaluate", "--model", "m.safetensors", "--labels", "d.jsonl", "d.jsonl"]);
    assert_eq!((code, stderr.as_str()), (0, ""));
    let short = "2 articles: the model takes 2 sides, both camps together; 2 are right";
    assert!(stdout.starts_with(short) && stdout.lines().count() < 35, "{stdout}");
    let full = ["evaluate", "--full", "--model", "m.safetensors", "--labels", "d.jsonl", "d.jsonl"];
    insta::assert_snapshot!(workspace.run(&full).1);
    // The id of an article that the model has seen makes no other article one of those.
    workspace.replace("d.jsonl", "\"id\": \"a\"", "\"id\": \"n1\"");
    let (_, unseen, _) =
        workspace.run(&["evaluate", "--model", "m.safetensors", "--labels", "d.jsonl", "d.jsonl"]);
    assert!(unseen.starts_with(short), "{unseen}");
    workspace.replace("d.jsonl", "\"id\": \"n1\"", "\"id\": \"a\"");
    workspace.write(
        "labels.csv",
        "article,lna,gna\na,favor,neutral\nz,favor,neutral\nshort,neutral,neutral\n",
    );
    workspace.write("more.jsonl", "{\"id\": \"short\", \"text\": \"خبر عاجل\"}\nbroken\n");
    let (code, stdout, stderr) = workspace.run(&[
        "evaluate",
        "--model",
        "m.safetensors",
        "--labels",
        "labels.csv",
        "d.jsonl",
        "more.jsonl",
    ]);
    assert!(
        code == 1 && stdout.contains(" lna             2"),
        "what cannot be scored is an error of the model: {stdout}"
    );
    for says in [
        "1 of the 3 labelled articles were not found",
        "short: it has 2 Arabic words",
        "more.jsonl:2: it is no JSON object",
    ] {
        assert!(stderr.contains(says), "{says} is not in\n{stderr}");
    }
    // Files are found by the ends of their paths, however these are typed.
    let article = "أعلنت قوات حفتر الباسلة أنها دخلت ضواحي ترهونة صباح اليوم";
    for name in ["s/7.txt", "s/8.txt", "s/old/8.txt", "s/9.txt"] {
        workspace.write(name, article);
    }
    workspace.write(
        "ends.csv",
        "article,lna,gna\n7,favor,neutral\n8,favor,neutral\ns/9.txt,favor,neutral\n",
    );
    for typed in ["s", "./s", workspace.path("s").to_str().unwrap()] {
        let (code, stdout, stderr) =
            workspace.run(&["evaluate", "--model", "m.safetensors", "--labels", "ends.csv", typed]);
        assert!(code == 0 && stdout.starts_with("2 articles: "), "{typed}: {stdout}{stderr}");
        assert!(stderr.contains("the label of \"8\" fits "), "{stderr}");
    }
    workspace.write("labels.csv", "article,lna,gna\nz,favor,neutral\n");
    let (code, _, stderr) = workspace.run(&[
        "evaluate",
        "--model",
        "m.safetensors",
        "--labels",
        "labels.csv",
        "d.jsonl",
    ]);
    assert!(code == 2 && stderr.contains("none of the 1 labelled articles was found"), "{stderr}");
    assert!(stderr.contains("the table has \"z\", the articles \"a\""), "{stderr}");
}

/// Real labelled articles, for measuring only; they are not part of the project, and the test
/// passes without them.
#[test]
fn saved_pages_keep_the_article_only() {
    let shared = repository("../shared/examples");
    if !shared.is_dir() {
        return;
    }
    for (page, lines) in
        [("page-1.txt", &[11, 25, 26][..]), ("page-2.txt", &[1, 29, 33, 39, 41, 43, 45])]
    {
        let (code, stdout, _) =
            Workspace::new().run(&["inspect", shared.join(page).to_str().unwrap()]);
        let removed: Vec<usize> = stdout
            .lines()
            .filter_map(|line| {
                line.strip_prefix("  line ")?.split_whitespace().next()?.parse().ok()
            })
            .collect();
        assert_eq!((code, &removed[..]), (0, lines), "{page}");
    }
}

#[test]
fn a_set_that_is_missing_is_told_with_how_one_is_made() {
    let workspace = Workspace::with_labels();
    workspace.write("saved/a.txt", "خبر في ليبيا");
    workspace.write("mine.csv", "text,lna,gna\n");
    let commands: [(&[&str], &[&str]); 5] = [
        (&["labels", "--labeled"], &[]),
        (&["labels", "--labeled"], &["--export", "x.csv"]),
        (&["train", "-o", "m.safetensors", "--labeled"], &[]),
        (&["train", "-o", "m.safetensors", "--with"], &[]),
        (&["words", "saved", "--set"], &[]),
    ];
    for (before, after) in commands {
        let said = |set: &'static str| {
            let (code, _, stderr) = workspace.run(&[before, &[set], after].concat());
            assert_eq!(code, 2, "{stderr}");
            stderr
        };
        let says = said("nosuch");
        assert!(
            says.contains("no labelled set at nosuch: make one with `mizan label nosuch ARTICLES`"),
            "{before:?}: {says}"
        );
        let says = said("saved");
        assert!(
            says.contains("saved is no labelled set: it has no camps.toml")
                && says.contains("`mizan label my-set saved`"),
            "{before:?}: {says}"
        );
        let says = said("mine.csv");
        assert!(says.contains("`mizan train --from mine.csv`"), "{before:?}: {says}");
    }
    // A set whose other files are missing is one that is broken.
    workspace.write("half/camps.toml", fs::read(workspace.path("labeled/camps.toml")).unwrap());
    let (code, _, stderr) = workspace.run(&["labels", "--labeled", "half"]);
    assert!(code == 2 && stderr.contains("half/events.toml: it is not there; copy"), "{stderr}");
    for (part, cure) in [
        ("events.toml", "it may be empty"),
        ("labels.csv", "begin it with the line"),
        ("articles", "a text file each, or in pool/"),
    ] {
        let workspace = Workspace::with_labels();
        let lost = workspace.path(&format!("labeled/{part}"));
        fs::rename(lost, workspace.path("away")).unwrap();
        let (code, _, stderr) = workspace.run(&["train", "-o", "m.safetensors"]);
        assert!(code == 2 && stderr.contains(cure), "{part}: {stderr}");
    }
    // Labels are in a file of the set, not in the folder.
    let (code, _, stderr) = workspace.run(&["evaluate", "--labels", "labeled", "labeled"]);
    assert!(code == 2 && stderr.contains("--labels labeled/labels.csv labeled"), "{stderr}");
}
