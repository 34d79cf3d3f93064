//! `mizan train`, and the labelled set that ships.

use std::fmt::Write;
use std::fs;

use crate::house::House;

const TRAIN: [&str; 3] = ["train", "--output", "m.safetensors"];

#[test]
fn the_same_labels_give_the_same_bytes() {
    let house = House::labelled();
    for output in ["one.safetensors", "models/two.safetensors"] {
        let (code, stdout, stderr) = house.run(&["train", "--output", output]);
        assert_eq!(code, 0, "{stderr}");
        assert!(
            stdout.contains("12 labelled articles") && stdout.contains(&format!("wrote {output}")),
            "{stdout}"
        );
    }
    assert_eq!(
        fs::read(house.path("one.safetensors")).unwrap(),
        fs::read(house.path("models/two.safetensors")).unwrap()
    );
    let left: Vec<_> = fs::read_dir(house.path("models"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    let mut left = left;
    left.sort();
    assert_eq!(left, ["two.md", "two.safetensors"], "no temporary file stays");
}

#[test]
fn the_order_of_rows_does_not_matter_and_a_label_does() {
    let house = House::labelled();
    house.run(&TRAIN);
    let before = fs::read(house.path("m.safetensors")).unwrap();
    let labels = fs::read_to_string(house.path("labeled/labels.csv")).unwrap();
    let (header, rows) = labels.split_once('\n').unwrap();
    let reversed: Vec<_> = rows.lines().rev().collect();
    house.write("labeled/labels.csv", format!("{header}\r\n{}\r\n", reversed.join("\r\n")));
    house.run(&TRAIN);
    assert_eq!(fs::read(house.path("m.safetensors")).unwrap(), before);
    house.replace("labeled/labels.csv", "n0,tester,favor", "n0,tester,neutral");
    house.run(&TRAIN);
    assert_ne!(fs::read(house.path("m.safetensors")).unwrap(), before);
}

#[test]
fn what_a_new_label_changes_is_told_and_the_model_that_was_there_is_kept() {
    let house = House::labelled();
    house.run(&TRAIN);
    let before = fs::read(house.path("m.safetensors")).unwrap();
    let (code, stdout, _) = house.run(&["train", "--output", "m.safetensors", "--require-better"]);
    assert!(
        code == 1
            && stdout.contains("0 answers changed")
            && stdout.contains("not better: nothing was written"),
        "{stdout}"
    );
    assert_eq!(fs::read(house.path("m.safetensors")).unwrap(), before);
    assert!(!house.path("m.safetensors.previous").exists(), "the same model replaces nothing");

    house.replace("labeled/labels.csv", "n0,tester,favor", "n0,tester,against");
    let (code, stdout, stderr) = house.run(&TRAIN);
    assert_eq!(code, 0, "{stderr}");
    assert!(
        stdout.contains("Against the model that was there, trained on the same folds")
            && stdout.contains("was called"),
        "{stdout}"
    );
    assert!(stdout.contains("to go back: mv m.safetensors.previous m.safetensors"), "{stdout}");
    assert_eq!(fs::read(house.path("m.safetensors.previous")).unwrap(), before);
    let card = fs::read_to_string(house.path("m.md")).unwrap();
    for says in ["trained on 12 articles", "calibration error", "What it is for, and what not"] {
        assert!(card.contains(says), "{card}");
    }
}

#[test]
fn a_gate_without_a_model_to_be_better_than_stays_shut() {
    let house = House::labelled();
    house.write("m.safetensors", "no model");
    let (code, stdout, stderr) =
        house.run(&["train", "--output", "m.safetensors", "--require-better"]);
    assert!(
        code == 1 && stdout.contains("there is no model of these labels at m.safetensors"),
        "{stdout}"
    );
    assert!(stderr.contains("comparison skipped"), "{stderr}");
    assert_eq!(fs::read_to_string(house.path("m.safetensors")).unwrap(), "no model");
}

#[test]
fn annotators_who_differ_are_told_and_the_latest_can_decide() {
    let house = House::labelled();
    let labels = fs::read_to_string(house.path("labeled/labels.csv")).unwrap();
    house.write(
        "labeled/labels.csv",
        labels + "n6,second,favor,neutral,2026-11-22,\nn6,third,neutral,neutral,2026-11-22,\n",
    );
    let (_, majority, _) = house.run(&TRAIN);
    assert!(
        majority.contains("1 articles disputed")
            && majority.contains("n6: tester neutral/neutral, second favor/neutral"),
        "{majority}"
    );
    let bytes = fs::read(house.path("m.safetensors")).unwrap();
    house.replace("labeled/labels.csv", "n6,third,neutral", "n6,third,against");
    house.run(&["train", "--output", "m.safetensors", "--annotators", "latest"]);
    assert_ne!(fs::read(house.path("m.safetensors")).unwrap(), bytes);
}

/// Labels of any kind: texts about two targets, as a table and as a dump.
fn table(house: &House) {
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
    house.write("t.csv", table);
}

#[test]
fn labels_of_any_kind_are_learned_and_tested() {
    let house = House::empty();
    table(&house);
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
    let (code, stdout, stderr) = house.run(&train);
    assert_eq!(code, 0, "{stderr}");
    assert!(stdout.contains("48 labelled articles") && stdout.contains("texts, x"), "{stdout}");
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
    let (code, stdout, stderr) = house.run(&evaluate);
    assert_eq!(code, 0, "{stderr}");
    let figures: serde_json::Value = serde_json::from_str(&stdout).unwrap();
    assert_eq!(figures["classes"], serde_json::json!(["Against", "Favor", "None"]));
    assert!(figures["figures"][0]["accuracy"].as_f64().unwrap() > 0.9, "{stdout}");
    assert_eq!(figures["figures"][1]["toward"], "x");

    let (code, _, stderr) = house.run(&["score", "--model", "m.safetensors", "t.csv"]);
    assert!(
        code == 2
            && stderr.contains("was not trained on stances toward two camps but on labels of x, y"),
        "{stderr}"
    );
    let (code, _, stderr) = house.run(&[
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
    let (code, _, stderr) = house.run(&[
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
fn threads_change_no_byte() {
    let house = House::labelled();
    let mut models = Vec::new();
    for threads in ["1", "2"] {
        let status = house.mizan(&TRAIN).env("RAYON_NUM_THREADS", threads).output().unwrap().status;
        assert!(status.success());
        models.push(fs::read(house.path("m.safetensors")).unwrap());
    }
    assert_eq!(models[0], models[1]);
}

#[test]
fn every_mistake_in_the_labels_is_told_with_file_and_line() {
    let house = House::labelled();
    house.write("m.safetensors", "the model of yesterday");
    house.replace("labeled/labels.csv", "n1,tester,favor,against", "n1,tester,favour,against");
    house.replace("labeled/labels.csv", "n2,tester,against,neutral", "n2,tester,unrelated,neutral");
    house.replace("labeled/labels.csv", "n3,tester", "n33,tester");
    house.replace("labeled/articles/n4.txt", "event: b", "event: z");
    house.replace("labeled/articles/n5.txt", "date: 2019-04-06", "date: 6.4.2019");
    house.replace("labeled/articles/n6.txt", "genre: wire", "gerne: wire");
    house.replace("labeled/articles/n7.txt", "id: n7", "id: n8");
    house.write(
        "labeled/labels.csv",
        fs::read_to_string(house.path("labeled/labels.csv")).unwrap()
            + "n0,tester,favor,neutral,2026-11-21,\n",
    );
    let (code, _, stderr) = house.run(&TRAIN);
    assert_eq!(code, 2);
    for says in [
        "labels.csv:3: lna: unknown label \"favour\"; the labels are favor, neutral, against, unrelated",
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
    assert_eq!(fs::read_to_string(house.path("m.safetensors")).unwrap(), "the model of yesterday");
}

#[test]
fn settings_and_folders_that_lead_nowhere_are_told() {
    let house = House::labelled();
    for (arguments, says) in [
        (&["train", "--alpha", "0"][..], "alpha 0: give a number above 0"),
        (&["train", "--labeled", "elsewhere"], "elsewhere"),
        (&["train", "--output", "labeled"], "cannot write labeled"),
    ] {
        let (code, _, stderr) = house.run(arguments);
        assert!(code == 2 && stderr.contains(says), "{arguments:?}: {code} {stderr}");
    }
    house.replace("labeled/labels.csv", "favor,neutral", "neutral,neutral");
    house.replace("labeled/labels.csv", "favor,against", "neutral,against");
    let (code, _, stderr) = house.run(&TRAIN);
    assert!(code == 2 && stderr.contains("no article is labelled favor toward lna"), "{stderr}");
}
