//! Sides that are told from sentences: rationales in, deciding sentences out.

use std::fmt::Write;

use serde_json::Value;

use crate::common::Workspace;

const PRAISE: &str = "دخلت قوات الجيش الوطني الليبي الباسلة مدينة درنة وطهرتها من فلول الإرهابيين";

/// The small labelled set with the sentences that decide: every text is one.
fn with_rationales() -> Workspace {
    let workspace = Workspace::with_labels();
    let mut rows = "article,annotator,camp,stance,sentence,expressions\n".to_owned();
    let labels = std::fs::read_to_string(workspace.path("labeled/labels.csv")).unwrap();
    for row in labels.lines().skip(1) {
        let cells: Vec<&str> = row.split(',').collect();
        let saved =
            std::fs::read_to_string(workspace.path(&format!("labeled/articles/{}.txt", cells[0])))
                .unwrap();
        let text = saved.split_once("\n\n").unwrap().1.trim();
        for (camp, stance) in [("lna", cells[2]), ("gna", cells[3])] {
            if matches!(stance, "favor" | "against") {
                writeln!(rows, "{},tester,{camp},{stance},{text},", cells[0]).unwrap();
            }
        }
    }
    workspace.write("labeled/rationales.csv", rows);
    workspace
}

#[test]
fn a_score_names_the_sentences_that_decide_it_and_where_they_stand() {
    let workspace = Workspace::new();
    let text = format!("خبر من بنغازي.\n\n{PRAISE}. ولم يصدر تعليق من طرابلس على ذلك.");
    workspace.write("a.txt", format!("id: a\n\n{text}\n"));
    let (code, stdout, stderr) = workspace.run(&["score", "-f", "jsonl", "a.txt"]);
    assert_eq!(code, 0, "{stderr}");
    let record: Value = serde_json::from_str(&stdout).unwrap();
    let lna = &record["lna"];
    assert_eq!(lna["stance"], "favor", "{stdout}");
    let [first, ..] = &lna["evidence"].as_array().unwrap()[..] else { panic!("{stdout}") };
    assert_eq!((&first["text"], &first["stance"]), (&PRAISE.into(), &"favor".into()));
    let end = |at: usize| usize::try_from(first["span"][at].as_u64().unwrap()).unwrap();
    assert_eq!(&text[end(0)..end(1)], PRAISE);
    assert!(first["probability"].as_f64().unwrap() > 0.5, "{first}");
    // Toward a camp on whose side it is not, nothing decides.
    assert_eq!(record["gna"]["evidence"], Value::Null, "{stdout}");

    let (_, table, _) = workspace.run(&["score", "-f", "csv", "a.txt"]);
    assert!(table.lines().nth(1).unwrap().ends_with(&format!(",{PRAISE},")), "{table}");
    let (_, page, _) = workspace.run(&["explain", "-f", "terminal", "a.txt"]);
    assert!(page.contains("decided by 1 of 3 sentences"), "{page}");
}

#[test]
fn the_same_rationales_give_the_same_model_on_any_number_of_threads() {
    let workspace = with_rationales();
    for (threads, file) in [("1", "one.safetensors"), ("2", "two.safetensors")] {
        let mut train = workspace.mizan(&["train", "--quick", "-o", file]);
        assert!(train.env("RAYON_NUM_THREADS", threads).output().unwrap().status.success());
    }
    let read = |file: &str| std::fs::read(workspace.path(file)).unwrap();
    assert!(read("one.safetensors") == read("two.safetensors"));
}

#[test]
fn a_rationale_that_no_longer_stands_in_its_text_is_told_with_its_line() {
    let workspace = with_rationales();
    let rows = "article,annotator,camp,stance,sentence,expressions\n\
                n0,tester,lna,favor,لا توجد هذه الجملة,\n\
                n0,tester,lna,neutral,خبر,\n\
                n0,tester,east,favor,خبر,\n\
                n0,tester,lna,favor,خبر,تحرير\n\
                gone,tester,lna,favor,خبر,\n";
    workspace.write("labeled/rationales.csv", rows);
    let (code, _, stderr) = workspace.run(&["labels"]);
    assert_eq!(code, 2, "{stderr}");
    for told in [
        "rationales.csv:2: \"لا توجد هذه الجملة\" is not in the text of \"n0\"",
        "rationales.csv:3: stance: \"neutral\" takes no side; write favor or against",
        "rationales.csv:4: camp: \"east\" is the id of no camp in camps.toml",
        "rationales.csv:5: \"تحرير\" is not in the sentence of \"n0\"",
        "rationales.csv:6: no article has the id \"gone\"",
    ] {
        assert!(stderr.contains(told), "{told}\n{stderr}");
    }
}
