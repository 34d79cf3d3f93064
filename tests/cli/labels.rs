//! `mizan labels` and `mizan evaluate`, and the labelled set that ships.

use std::fs;
use std::path::Path;

use crate::house::House;

fn shipped() -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("labeled").to_str().unwrap().to_owned()
}

#[test]
fn the_shipped_set_holds_and_says_what_it_is_made_of() {
    let (code, stdout, stderr) = House::empty().run(&["labels", "--labeled", &shipped()]);
    assert_eq!(code, 0, "{stdout}{stderr}");
    for says in
        ["contrast families", "κ, reader-1 and reader-2", "function words", "All of it holds."]
    {
        assert!(stdout.contains(says), "{says} is not in\n{stdout}");
    }
}

#[test]
fn the_list_of_framing_expressions_is_what_the_command_makes() {
    let (code, stdout, _) = House::empty().run(&["labels", "--framing", "--labeled", &shipped()]);
    let listed = fs::read_to_string(Path::new(&shipped()).join("framing.csv")).unwrap();
    assert!(
        code == 0 && stdout == listed,
        "run `mizan labels --framing > framing.csv` and move it into labeled/"
    );
}

#[test]
fn a_set_that_does_not_hold_ends_with_1_and_marks_why() {
    let house = House::labelled();
    house.write(
        "labeled/framing.csv",
        "camp,direction,expression,articles\nlna,favor,القوات الباسلة,\n",
    );
    house.write("labeled/names.txt", "طرابلس\n");
    let labels = fs::read_to_string(house.path("labeled/labels.csv")).unwrap();
    house.write(
        "labeled/labels.csv",
        labels + "n0,second,neutral,neutral,2026-11-21,\nn1,second,favor,against,2026-11-21,\n",
    );
    let (code, stdout, stderr) = house.run(&["labels"]);
    assert_eq!((code, stderr.as_str()), (1, ""));
    for says in [
        "disputed: n0: tester favor/neutral, second neutral/neutral",
        "near-duplicates: n2 and n8",
        "Not all of it holds",
    ] {
        assert!(stdout.contains(says), "{says} is not in\n{stdout}");
    }
    let (_, stdout, _) = house.run(&["labels", "--framing"]);
    assert!(stdout.contains("lna,favor,القوات الباسلة,n1 n7\n"), "n0 is neutral now: {stdout}");
}

#[test]
fn a_model_is_compared_with_labels_that_it_has_not_seen() {
    let house = House::labelled();
    house.run(&["train", "--output", "m.safetensors"]);
    house.write("d.jsonl", "{\"id\": \"a\", \"text\": \"أعلنت القوات الباسلة أنها دخلت ضواحي المدينة صباح اليوم\", \"lna\": \"favor\", \"gna\": \"neutral\"}\n{\"id\": \"b\", \"text\": \"أعلنت عصابات طرابلس أنها دخلت ضواحي المدينة صباح اليوم\", \"lna\": \"neutral\", \"gna\": \"against\"}\n");
    let (code, stdout, stderr) =
        house.run(&["evaluate", "--model", "m.safetensors", "--labels", "d.jsonl", "d.jsonl"]);
    assert_eq!((code, stderr.as_str()), (0, ""));
    insta::assert_snapshot!(stdout);
    house.write(
        "labels.csv",
        "article,lna,gna\na,favor,neutral\nz,favor,neutral\nshort,neutral,neutral\n",
    );
    house.write("more.jsonl", "{\"id\": \"short\", \"text\": \"خبر عاجل\"}\nbroken\n");
    let (code, stdout, stderr) = house.run(&[
        "evaluate",
        "--model",
        "m.safetensors",
        "--labels",
        "labels.csv",
        "d.jsonl",
        "more.jsonl",
    ]);
    assert!(
        code == 0 && stdout.contains(" lna             2"),
        "what cannot be scored is an error of the model: {stdout}"
    );
    for says in [
        "1 of the 3 labelled articles were not found",
        "short: it has 2 Arabic words",
        "more.jsonl:2: it is no JSON object",
    ] {
        assert!(stderr.contains(says), "{says} is not in\n{stderr}");
    }
    house.write("labels.csv", "article,lna,gna\nz,favor,neutral\n");
    let (code, _, stderr) =
        house.run(&["evaluate", "--model", "m.safetensors", "--labels", "labels.csv", "d.jsonl"]);
    assert!(code == 2 && stderr.contains("none of the 1 labelled articles was found"), "{stderr}");
}

/// Real labelled articles, for measuring only; they are not part of the project, and the test
/// passes without them.
#[test]
fn pages_as_readers_saved_them_keep_the_article_and_lose_the_rest() {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/examples");
    if !shared.is_dir() {
        return;
    }
    for (page, lines) in
        [("page-1.txt", &[11, 25, 26][..]), ("page-2.txt", &[1, 29, 33, 39, 41, 43, 45])]
    {
        let (code, stdout, _) =
            House::empty().run(&["inspect", shared.join(page).to_str().unwrap()]);
        let removed: Vec<usize> = stdout
            .lines()
            .filter_map(|line| {
                line.strip_prefix("  line ")?.split_whitespace().next()?.parse().ok()
            })
            .collect();
        assert_eq!((code, &removed[..]), (0, lines), "{page}");
    }
}
