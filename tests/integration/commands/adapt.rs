//! `mizan adapt`.

use std::fmt::Write;
use std::fs;

use crate::common::{Workspace, json_lines};

/// Words of no side, so that the articles are no duplicates of each other.
pub const WORDS: [&str; 31] = [
    "السوق",
    "المدرسة",
    "الطريق",
    "القمح",
    "الكهرباء",
    "المطر",
    "البلدية",
    "الميناء",
    "الطبيب",
    "الكتاب",
    "الصيف",
    "المصنع",
    "الجسر",
    "النهر",
    "الحديقة",
    "السيارة",
    "القطار",
    "الجامعة",
    "المسرح",
    "الملعب",
    "الزيتون",
    "التمر",
    "البحر",
    "الجبل",
    "الوادي",
    "الهاتف",
    "الساعة",
    "الباب",
    "النافذة",
    "الحليب",
    "الخبز",
];

/// Articles whose side the model sees, but whose labels are often neutral: probabilities must come
/// down.
pub fn labelled(n: usize) -> String {
    let mut lines = String::new();
    for number in 0..n {
        let others: Vec<&str> = (0..12).map(|at| WORDS[(number * 7 + at * at + 3) % 31]).collect();
        let text = format!(
            "دخلت القوات المسلحة الباسلة أحياء بنغازي بعد أن طهرتها من فلول الإرهابيين. {} {number}",
            others.join(" ")
        );
        let lna = if number % 3 == 0 { "favor" } else { "neutral" };
        let _ = writeln!(
            lines,
            "{{\"id\": \"a{number}\", \"outlet\": \"site{}\", \"text\": \"{text}\", \"lna\": \
             \"{lna}\", \"gna\": \"neutral\"}}",
            number % 2
        );
    }
    lines
}

#[test]
fn probabilities_come_nearer_to_the_labels_and_the_weights_stay() {
    let workspace = Workspace::new();
    workspace.write("d.jsonl", labelled(60));
    let favor = |arguments: &[&str]| {
        let (code, stdout, stderr) =
            workspace.run(&[&["score", "--json", "d.jsonl"], arguments].concat());
        assert_eq!(code, 0, "{stderr}");
        json_lines(&stdout)[1]["lna"]["favor"].as_f64().unwrap()
    };
    let before = favor(&[]);
    let adapt = ["adapt", "--labels", "d.jsonl", "d.jsonl"];
    let (code, stdout, stderr) = workspace.run(&adapt);
    assert_eq!((code, stderr.as_str()), (0, ""));
    assert!(stdout.starts_with("Adapting to these 60 labels makes"), "{stdout}");
    assert!(stdout.contains("site0"), "{stdout}");
    assert!(!workspace.path("m.safetensors").exists());
    let (code, stdout, stderr) = workspace.run(&[&adapt[..], &["-o", "m.safetensors"]].concat());
    assert!(code == 0 && stdout.contains("wrote m.safetensors"), "{stdout}{stderr}");
    let after = favor(&["--model", "m.safetensors"]);
    assert!(before > 0.7 && (after - 1.0 / 3.0).abs() < 0.2, "{before} → {after}");
    let card = fs::read_to_string(workspace.path("m.md")).unwrap();
    for says in
        ["adapted to 60 labelled articles", "## The model before it was adapted", "macro-F1"]
    {
        assert!(card.contains(says), "{card}");
    }
    let (_, described, _) = workspace.run(&["model", "m.safetensors"]);
    for says in ["adapted    to 60 labelled articles", "the figures are of the model before"] {
        assert!(described.contains(says), "{described}");
    }
    // The same labels give the same bytes.
    workspace.run(&[&adapt[..], &["-o", "again.safetensors"]].concat());
    let read = |name: &str| fs::read(workspace.path(name)).unwrap();
    assert!(read("m.safetensors") == read("again.safetensors"));
}

#[test]
fn a_curve_tells_what_labels_buy() {
    let workspace = Workspace::new();
    workspace.write("d.jsonl", labelled(60));
    let (code, stdout, _) = workspace.run(&["adapt", "--labels", "d.jsonl", "d.jsonl", "--curve"]);
    assert_eq!(code, 0);
    let rows = |n: &str| stdout.lines().filter(|line| line.trim().starts_with(n)).count();
    assert_eq!((rows("20 "), rows("50 "), rows("100 ")), (2, 2, 0), "{stdout}");
}

#[test]
fn few_labels_say_nothing_and_wrong_ones_are_told() {
    let workspace = Workspace::new();
    workspace.write("d.jsonl", labelled(19));
    let (code, _, stderr) = workspace.run(&["adapt", "--labels", "d.jsonl", "d.jsonl"]);
    assert!(code == 2 && stderr.contains("19 labelled articles are too few"), "{stderr}");
    workspace.write("labels.csv", "article,lna,gna\nz,favor,neutral\n");
    let (code, _, stderr) = workspace.run(&["adapt", "--labels", "labels.csv", "d.jsonl"]);
    assert!(code == 2 && stderr.contains("none of the 1 labelled articles"), "{stderr}");
}

/// Options of a table of texts and stances.
const FIELDS: [&str; 6] = ["--text-field", "text", "--lna-field", "lna", "--gna-field", "gna"];

/// A model, `m.safetensors`, of the first 30 of 55 labelled articles in `d.jsonl`.
fn trained_on_the_first_30() -> Workspace {
    let workspace = Workspace::new();
    let lines = labelled(55);
    // A model learns nothing toward a camp whose label is always the same.
    let lines = lines
        .replace("\"gna\": \"neutral\"}\n{\"id\": \"a1", "\"gna\": \"against\"}\n{\"id\": \"a1");
    workspace.write("d.jsonl", &lines);
    let first: Vec<&str> = lines.lines().take(30).collect();
    workspace.write("first.jsonl", first.join("\n"));
    let train = ["train", "--quick", "-o", "m.safetensors", "--from", "first.jsonl"];
    let (code, _, stderr) = workspace.run(&[&train[..], &FIELDS].concat());
    assert_eq!(code, 0, "{stderr}");
    workspace
}

#[test]
fn nothing_is_learned_from_articles_that_the_model_was_trained_on() {
    let workspace = trained_on_the_first_30();
    let adapt = ["adapt", "--model", "m.safetensors", "-o", "n.safetensors", "--labels"];
    let (code, stdout, stderr) =
        workspace.run(&[&adapt[..], &["first.jsonl", "first.jsonl"]].concat());
    assert_eq!((code, stdout.as_str()), (2, ""), "{stderr}");
    for says in ["Not unseen: 30 of 30 articles have texts of articles", "0 are left"] {
        assert!(stderr.contains(says), "{stderr}");
    }
    // Texts tell it, whatever the ids are.
    let renamed = labelled(55).replace("\"id\": \"a", "\"id\": \"b");
    workspace.write("renamed.jsonl", renamed);
    let (_, stdout, stderr) =
        workspace.run(&[&adapt[..3], &["--labels", "renamed.jsonl", "renamed.jsonl"]].concat());
    assert!(stdout.starts_with("Not unseen: 30 of 55 articles"), "{stdout} {stderr}");
    // Other texts with the ids of these are unseen.
    let all = labelled(55);
    let others = all
        .lines()
        .skip(30)
        .enumerate()
        .map(|(at, line)| line.replace(&format!("\"a{}\"", at + 30), &format!("\"a{at}\"")));
    workspace.write("others.jsonl", others.collect::<Vec<_>>().join("\n"));
    let (code, stdout, stderr) =
        workspace.run(&[&adapt[..3], &["--labels", "others.jsonl", "others.jsonl"]].concat());
    assert!(code < 2 && stdout.starts_with("Adapting to these 25 labels"), "{stdout} {stderr}");
    assert!(!workspace.path("n.safetensors").exists());
    let (code, stdout, stderr) =
        workspace.run(&[&adapt[..3], &["--labels", "d.jsonl", "d.jsonl"]].concat());
    assert!(code < 2, "{stderr}");
    assert!(stdout.starts_with("Not unseen: 30 of 55 articles"), "{stdout}");
    assert!(stdout.contains("Adapting to these 25 labels"), "{stdout}");
}

#[test]
fn a_spreadsheet_with_stances_is_adapted_to_without_ids() {
    let workspace = Workspace::new();
    workspace.write("d.jsonl", labelled(30));
    let adapt = ["adapt", "--from", "d.jsonl"];
    let (code, stdout, stderr) = workspace.run(&[&adapt[..], &FIELDS].concat());
    assert_eq!(code, 0, "{stderr}");
    assert!(stdout.starts_with("Adapting to these 30 labels"), "{stdout}");
    let (code, _, stderr) = workspace.run(&adapt);
    assert!(code == 2 && stderr.contains("--lna-field"), "{stderr}");
    // Where ids are needed and not there, the way without them is told.
    workspace.write("t.csv", "text,lna,gna\nنص,favor,neutral\n");
    let (code, _, stderr) = workspace.run(&["adapt", "--labels", "t.csv", "t.csv"]);
    assert!(code == 2 && stderr.contains("--from t.csv --text-field"), "{stderr}");
}

#[test]
fn articles_that_a_model_was_adapted_to_are_not_unseen() {
    let workspace = Workspace::new();
    workspace.write("d.jsonl", labelled(120));
    let adapt = ["adapt", "--labels", "d.jsonl", "d.jsonl", "-o", "n.safetensors"];
    let (code, _, stderr) = workspace.run(&adapt);
    assert_eq!(code, 0, "{stderr}");
    let model = ["--model", "n.safetensors"];
    let evaluate = [&["evaluate"], &model[..], &["--labels", "d.jsonl", "d.jsonl"]].concat();
    let (_, stdout, stderr) = workspace.run(&evaluate);
    assert!(stdout.starts_with("Not unseen: 120 of 120 articles"), "{stdout} {stderr}");
    let (code, _, stderr) = workspace.run(&[&adapt[..], &model[..]].concat());
    assert!(code == 2 && stderr.contains("0 are left"), "{stderr}");
    // They are not counted among those that it was trained on.
    let trained = |file: &[&str]| {
        let (_, stdout, _) = workspace.run(&[&["model"], file].concat());
        stdout.lines().find(|line| line.starts_with("trained")).map(str::to_owned)
    };
    assert_eq!(trained(&["n.safetensors"]), trained(&[]));
}
