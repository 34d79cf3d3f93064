//! `mizan words`: candidates of an archive, decisions, and what training makes of them.

use std::fmt::Write;
use std::fs;

use serde_json::Value;

use crate::common::{Workspace, json_lines};

/// An archive whose outlet calls one side pirates, in a word that the lexicon lacks.
pub fn archive(workspace: &Workspace) {
    let mut lines = String::new();
    for number in 0..24 {
        let text = match number % 4 {
            0 => "هاجمت عصابات طرابلس وقراصنة البحر مدينة ترهونة. وصل الوزير إلى المطار.",
            1 => "واصلت ميليشيات السراج مع القراصنة نهب الأرزاق في مدينة ترهونة.",
            2 => "وصل الوزير إلى المطار صباح اليوم وافتتح المعرض. وغادر الوزير المطار مساء.",
            _ => "قال المتحدث إن قراصنة المصرف هربوا. وزار الوزير المعرض في طرابلس.",
        };
        writeln!(lines, "{{\"id\":\"a{number}\",\"text\":\"{text}\"}}").unwrap();
    }
    workspace.write("archive.jsonl", lines);
}

/// The set with a word that the lexicon lacks in the place of one that it has.
fn with_pirates() -> Workspace {
    let workspace = Workspace::with_labels();
    for number in 0..12 {
        let name = format!("labeled/articles/n{number}.txt");
        if fs::read_to_string(workspace.path(&name)).unwrap().contains("عصابات طرابلس")
        {
            workspace.replace(&name, "عصابات طرابلس", "قراصنة طرابلس");
        }
    }
    workspace
}

#[test]
fn candidates_are_printed_with_their_measures_and_places() {
    let workspace = Workspace::new();
    archive(&workspace);
    let (code, stdout, stderr) = workspace.run(&["words", "archive.jsonl"]);
    assert_eq!(code, 0, "{stderr}");
    assert!(stderr.contains("24 articles: of "), "{stderr}");
    assert!(stderr.contains("fewer than 50 sentences of an own voice"), "{stderr}");
    let found = json_lines(&stdout);
    let pirates = found.iter().find(|one| one["word"].as_str().unwrap().starts_with("قراصنه"));
    let pirates = pirates.unwrap_or_else(|| panic!("{stdout}"));
    assert_eq!(pirates["class"], "militia");
    assert!(pirates["association"].as_f64().unwrap() > 3.84 && pirates["plain"] == 0, "{pirates}");
    assert!(pirates["contexts"][0]["article"].as_str().unwrap().starts_with('a'), "{pirates}");
    assert!(found.iter().all(|one| one["word"] != "عصابات" && one["word"] != "وزير"), "{stdout}");
    let (code, table, _) = workspace.run(&["words", "archive.jsonl", "--format", "table"]);
    assert!(code == 0 && table.contains("قراصنه") && table.contains("militia"), "{table}");
}

#[test]
fn decisions_in_a_table_go_into_the_sets_lexicon_and_are_not_asked_again() {
    let workspace = Workspace::with_labels();
    archive(&workspace);
    let words = ["words", "archive.jsonl", "--set", "labeled"];
    let (code, csv, stderr) = workspace.run(&[&words[..], &["--format", "csv"]].concat());
    assert_eq!(code, 0, "{stderr}");
    assert!(csv.starts_with("word,decision,class,"), "{csv}");
    let line = csv.lines().find(|line| line.starts_with("قراصنه")).unwrap();
    let word = line.split(',').next().unwrap();
    workspace.write("bad.csv", format!("word;decision\n{word};pirates\nabc;refuse\nx;\n"));
    let accept = |file: &'static str| ["words", "--set", "labeled", "--accept", file];
    let (code, _, stderr) = workspace.run(&accept("bad.csv"));
    assert!(code == 2 && stderr.contains("2 decisions cannot be used"), "{stderr}");
    assert!(stderr.contains("bad.csv:2: \"pirates\" is no decision"), "{stderr}");
    assert!(stderr.contains("bad.csv:3: \"abc\""), "{stderr}");
    assert!(!workspace.path("labeled/lexicon.toml").exists());
    // As a spreadsheet or a program gives it back.
    workspace.write("mine.csv", csv.replace(line, &line.replacen(",,", ",criminal,", 1)));
    let (code, stdout, stderr) = workspace.run(&accept("mine.csv"));
    assert_eq!(code, 0, "{stderr}");
    assert!(stdout.contains("lexicon.toml: 1 word accepted, 0 refused"), "{stdout}");
    workspace.write("mine.jsonl", "{\"word\":\"نهب الارزاق\",\"decision\":\"refuse\"}\n");
    let (code, stdout, _) = workspace.run(&accept("mine.jsonl"));
    assert!(code == 0 && stdout.contains("1 word accepted, 1 refused"), "{stdout}");
    let (_, stdout, _) = workspace.run(&words);
    for gone in [word, "نهب الارزاق"] {
        assert!(json_lines(&stdout).iter().all(|one| one["word"] != gone), "{stdout}");
    }
    let (code, _, stderr) = workspace.run(&["words", "archive.jsonl", "--set", "nowhere"]);
    assert!(code == 2 && stderr.contains("mizan label nowhere"), "{stderr}");
}

#[test]
fn training_uses_the_accepted_words_and_the_model_carries_them() {
    let workspace = with_pirates();
    let train = |output: &'static str| ["train", "--quick", "-o", output];
    let text = "وصلت قراصنة حفتر إلى ميناء بنغازي صباح اليوم.";
    workspace.write("one.txt", text);
    // The features of a text, with their weights.
    let features = |model: &'static str| {
        let (code, stdout, stderr) = workspace.run(&["explain", "--model", model, "one.txt"]);
        assert_eq!(code, 0, "{stderr}");
        json_lines(&stdout)[0]["features"].as_array().unwrap().clone()
    };
    let is_class = |feature: &&Value| feature["term"] == "criminal@lna";
    assert_eq!(workspace.run(&train("without.safetensors")).0, 0);
    workspace.write("labeled/lexicon.toml", "[criminal]\nwords = [\"قراصنه\"]\n");
    let (code, stdout, stderr) = workspace.run(&train("with.safetensors"));
    assert_eq!(code, 0, "{stdout}{stderr}");
    // The word is evidence, with a weight, in the model that was trained with the file.
    assert!(!features("without.safetensors").iter().any(|feature| is_class(&feature)));
    let features = features("with.safetensors");
    let of_class = features.iter().find(is_class).unwrap();
    assert!(of_class["lna"]["weight"][2].as_f64().unwrap() != 0.0, "{of_class}");
    assert_eq!(of_class["places"][0][0], serde_json::json!([9, 21]), "{of_class}");
    let card = fs::read_to_string(workspace.path("with.md")).unwrap();
    assert!(card.contains("1 word that its labelled set adds to the lexicon"), "{card}");
    // Only refused words, or no file: the same model to the byte.
    workspace.write("labeled/lexicon.toml", "refused = [\"قراصنه\"]\n");
    assert_eq!(workspace.run(&train("refused.safetensors")).0, 0);
    let [without, refused] = ["without", "refused"]
        .map(|name| fs::read(workspace.path(&format!("{name}.safetensors"))).unwrap());
    assert!(without == refused);
    // A mistake in the file is told with its line, and nothing is trained.
    workspace.write("labeled/lexicon.toml", "\n[pirates]\nwords = [\"قراصنه\"]\n");
    let (code, _, stderr) = workspace.run(&train("bad.safetensors"));
    assert!(code == 2 && stderr.contains("lexicon.toml:2: \"pirates\" is no class"), "{stderr}");
}
