//! `mizan train`, and the labelled set that ships.

use std::fs;
use std::path::Path;

use crate::house::House;

const TRAIN: [&str; 3] = ["train", "--output", "m.safetensors"];

#[test]
fn the_same_labels_give_the_same_bytes() {
    let house = House::labelled();
    for output in ["one.safetensors", "models/two.safetensors"] {
        let (code, stdout, stderr) = house.run(&["train", "--output", output]);
        assert_eq!(code, 0, "{stderr}");
        assert!(stdout.contains("12 labelled articles") && stdout.contains(&format!("wrote {output}")), "{stdout}");
    }
    assert_eq!(fs::read(house.path("one.safetensors")).unwrap(), fs::read(house.path("models/two.safetensors")).unwrap());
    let left: Vec<_> = fs::read_dir(house.path("models")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
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
fn the_model_inside_the_program_is_what_the_labels_give() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let house = House::empty();
    let labeled = root.join("labeled");
    let (code, _, stderr) = house.run(&["train", "--labeled", labeled.to_str().unwrap(), "--output", "m.safetensors"]);
    assert_eq!(code, 0, "{stderr}");
    let shipped = fs::read(root.join("models/libya.safetensors")).unwrap();
    assert!(fs::read(house.path("m.safetensors")).unwrap() == shipped, "labels or training changed: run `cargo run --release -- train`");
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
        fs::read_to_string(house.path("labeled/labels.csv")).unwrap() + "n0,tester,favor,neutral,2026-11-21,\n",
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
