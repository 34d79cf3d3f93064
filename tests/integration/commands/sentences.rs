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
    // On the page, the probability beside it is that of the evidence.
    let (_, page, _) = workspace.run(&["explain", "-f", "html", "a.txt"]);
    let shown = format!("{:.2} by itself", first["probability"].as_f64().unwrap());
    assert!(page.contains(&shown), "{shown}\n{page}");
}

#[test]
fn every_sentence_is_told_where_it_is_asked_for_and_nowhere_else() {
    let workspace = Workspace::new();
    let text = format!("خبر من بنغازي.\n\n{PRAISE}. وقال شاهد إن «المرتزقة» هربوا من طرابلس.");
    workspace.write("a.txt", format!("id: a\n\n{text}\n"));
    workspace.write("short.txt", "خبر عاجل");
    let inputs = ["a.txt", "short.txt"];
    let (_, plain, _) = workspace.run(&[&["score", "-f", "jsonl"][..], &inputs].concat());
    let (code, stdout, stderr) =
        workspace.run(&[&["score", "-f", "jsonl", "--sentences"][..], &inputs].concat());
    assert_eq!(code, 1, "{stderr}");
    let mut records: Vec<Value> =
        stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert!(records[1]["error"].as_str().unwrap().contains("it has 2 Arabic words"));
    let Some(Value::Array(sentences)) = records[0].as_object_mut().unwrap().remove("sentences")
    else {
        panic!("{stdout}")
    };
    // All else is as without.
    let without: Vec<Value> =
        plain.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(records, without);
    assert_eq!(sentences.len(), 3, "{stdout}");
    let end = |of: &Value, at: usize| usize::try_from(of["span"][at].as_u64().unwrap()).unwrap();
    for sentence in &sentences {
        assert_eq!(&text[end(sentence, 0)..end(sentence, 1)], sentence["text"]);
        for camp in ["lna", "gna"] {
            let share = |side: &str| sentence[camp][side].as_f64().unwrap();
            let sum = share("favor") + share("neutral") + share("against");
            assert!((sum - 1.0).abs() < 2e-6, "{sentence}");
        }
    }
    let evidence = &records[0]["lna"]["evidence"][0];
    assert_eq!(
        (&sentences[1]["lna"]["stance"], &sentences[1]["lna"]["favor"]),
        (&evidence["stance"], &evidence["probability"])
    );
    assert!(sentences[1]["lna"]["pull"].as_f64().unwrap() > 1.0, "{stdout}");
    assert_eq!(sentences[0]["reported"], 0.0);
    let reported = sentences[2]["reported"].as_f64().unwrap();
    assert!(reported > 0.3 && reported < 1.0, "{reported}");

    for format in ["csv", "table"] {
        let (code, stdout, stderr) =
            workspace.run(&["score", "-f", format, "--sentences", "a.txt"]);
        assert_eq!((code, stdout.as_str()), (2, ""));
        assert!(stderr.contains("--sentences is for --format jsonl and parquet"), "{stderr}");
    }
}

#[test]
fn a_model_of_whole_articles_has_no_sentences() {
    let workspace = Workspace::with_labels();
    let train = workspace.mizan(&["train", "--quick", "-o", "m.safetensors"]).output().unwrap();
    assert!(train.status.success());
    workspace.write("a.txt", PRAISE);
    let asked = ["score", "-f", "jsonl", "--sentences", "-m", "m.safetensors", "a.txt"];
    let (code, stdout, stderr) = workspace.run(&asked);
    assert_eq!((code, stdout.as_str()), (2, ""));
    assert!(stderr.contains("does not tell sides from sentences"), "{stderr}");
}

/// Half of the words are unknown, which by itself is a reason to abstain.
#[test]
fn a_strong_sentence_is_enough_for_an_answer_whatever_the_other_words() {
    let workspace = Workspace::new();
    let unknown = "ظذغ خضث غظذ ثخض ذغظ ضثخ. ".repeat(6);
    for (name, sentence, uncertain) in [
        ("strong", PRAISE.to_owned(), false),
        ("weak", "عقد المجلس جلسة في مدينة طرابلس صباح اليوم".to_owned(), true),
    ] {
        workspace.write("a.txt", format!("{sentence}.\n\n{unknown}\n"));
        let (code, stdout, stderr) = workspace.run(&["score", "-f", "jsonl", "a.txt"]);
        assert_eq!(code, 0, "{stderr}");
        let record: Value = serde_json::from_str(&stdout).unwrap();
        assert!(record["known"].as_f64().unwrap() < 0.5, "{name}: {stdout}");
        assert_eq!(record["lna"]["stance"] == "uncertain", uncertain, "{name}: {stdout}");
        // Toward a camp of which nothing is said, the rule stays.
        assert_eq!(record["gna"]["stance"], "uncertain", "{name}: {stdout}");
    }
}

#[test]
fn a_neutral_stance_names_no_words_and_a_weak_sentence_decides_nothing() {
    let workspace = Workspace::new();
    let text = "وقال متحدث باسم حكومة الوفاق الوطني إن الاجتماع عقد في طرابلس صباح اليوم";
    workspace.write("a.txt", text);
    let (code, stdout, stderr) = workspace.run(&["score", "-f", "jsonl", "a.txt"]);
    assert_eq!(code, 0, "{stderr}");
    let record: Value = serde_json::from_str(&stdout).unwrap();
    for camp in ["lna", "gna"] {
        assert_eq!(record[camp]["stance"], "neutral", "{stdout}");
        assert_eq!(record[camp]["words"], Value::Array(Vec::new()), "{stdout}");
        assert_eq!(record[camp]["evidence"], Value::Null, "{stdout}");
    }
    // Over all labelled articles, no named sentence is less probable than one half.
    let repository = crate::common::repository("labeled/articles/tripoli-2019");
    let folder = repository.to_str().unwrap();
    let (_, stdout, _) = workspace.run(&["score", "-f", "jsonl", folder]);
    let mut named = 0;
    for line in stdout.lines() {
        let record: Value = serde_json::from_str(line).unwrap();
        for camp in ["lna", "gna"] {
            for sentence in record[camp]["evidence"].as_array().into_iter().flatten() {
                assert!(sentence["probability"].as_f64().unwrap() >= 0.5, "{sentence}");
                named += 1;
            }
        }
    }
    assert!(named > 10, "{named}");
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
