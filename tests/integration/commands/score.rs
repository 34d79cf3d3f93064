//! `mizan score`.

use std::fs;

use crate::common::{Workspace, json_lines};

const FAVORABLE: &str = "أعلنت قوات حفتر الباسلة أنها دخلت ضواحي ترهونة صباح اليوم";
const HOSTILE: &str = "أعلنت عصابات طرابلس أنها دخلت ضواحي ترهونة صباح اليوم";

pub fn trained() -> Workspace {
    let workspace = Workspace::with_labels();
    let (code, _, stderr) =
        workspace.run(&["train", "--output", "m.safetensors", "--alpha", "0.01"]);
    assert_eq!(code, 0, "{stderr}");
    workspace
}

#[test]
fn json_fields_keep_their_contract() {
    let workspace = Workspace::new();
    workspace.write(
        "a.txt",
        "أعلنت القيادة العامة للجيش الوطني الليبي وحكومة الوفاق وقف إطلاق النار في طرابلس",
    );
    let (code, stdout, stderr) = workspace.run(&["score", "a.txt"]);
    assert_eq!((code, stderr.as_str()), (0, ""));
    let [line] = &json_lines(&stdout)[..] else { panic!("{stdout}") };
    assert_eq!(line["id"], "a.txt");
    let mut scores = Vec::new();
    for camp in ["lna", "gna"] {
        let number = |field: &str| line[camp][field].as_f64().unwrap();
        assert!((number("favor") + number("neutral") + number("against") - 1.0).abs() < 3e-6);
        assert!((number("favor") - number("against") - number("score")).abs() < 3e-6);
        assert!(
            ["favor", "neutral", "against", "unrelated"]
                .contains(&line[camp]["stance"].as_str().unwrap())
        );
        assert!(
            line[camp]["words"]
                .as_array()
                .unwrap()
                .iter()
                .all(|word| word["weight"].as_f64().unwrap() >= 0.0)
        );
        scores.push(number("score"));
    }
    assert!((line["lean"].as_f64().unwrap() - (scores[0] - scores[1]) / 2.0).abs() < 3e-6);
    assert!(line.get("error").is_none());
}

#[test]
fn each_camp_is_scored_independently() {
    let workspace = trained();
    workspace.write("favorable.txt", FAVORABLE);
    workspace.write("hostile.txt", HOSTILE);
    let (code, stdout, _) =
        workspace.run(&["score", "--model", "m.safetensors", "favorable.txt", "hostile.txt"]);
    assert_eq!(code, 0);
    let lines = json_lines(&stdout);
    let stances: Vec<_> = lines
        .iter()
        .map(|line| {
            (line["lna"]["stance"].as_str().unwrap(), line["gna"]["stance"].as_str().unwrap())
        })
        .collect();
    assert_eq!(stances, [("favor", "neutral"), ("neutral", "against")]);
    assert!(lines.iter().all(|line| line["lean"].as_f64().unwrap() > 0.1));
    let words = |line: usize, camp: &str| -> Vec<&str> {
        lines[line][camp]["words"]
            .as_array()
            .unwrap()
            .iter()
            .map(|word| word["word"].as_str().unwrap())
            .collect()
    };
    assert!(
        words(0, "lna").iter().any(|word| word.contains("الباسلة"))
            && words(1, "gna").contains(&"عصابات"),
        "{stdout}"
    );
}

#[test]
fn the_table_form_is_readable() {
    let workspace = trained();
    workspace.write("favorable.txt", FAVORABLE);
    workspace.write("hostile.txt", HOSTILE);
    workspace.write("empty.txt", "");
    let (code, stdout, _) = workspace.run(&[
        "score",
        "--model",
        "m.safetensors",
        "--format",
        "table",
        "favorable.txt",
        "hostile.txt",
        "empty.txt",
    ]);
    assert_eq!(code, 1);
    insta::assert_snapshot!(stdout);
}

#[test]
fn csv_has_the_same_columns_for_every_article() {
    let workspace = trained();
    workspace.write("favorable.txt", FAVORABLE);
    workspace.write("short.txt", "خبر عاجل");
    let (code, stdout, _) = workspace.run(&[
        "score",
        "--model",
        "m.safetensors",
        "-f",
        "csv",
        "favorable.txt",
        "short.txt",
    ]);
    assert_eq!(code, 1);
    let commas: Vec<_> = stdout.lines().map(|line| line.matches(',').count()).collect();
    assert_eq!(commas, [24, 24, 24], "{stdout}");
}

#[test]
fn scores_do_not_depend_on_batch_or_source() {
    let workspace = trained();
    for (number, text) in [FAVORABLE, HOSTILE, FAVORABLE].iter().enumerate() {
        workspace.write(&format!("saved/{number}.txt"), text);
    }
    let model = ["score", "--model", "m.safetensors"];
    let (_, batch, _) = workspace.run(&[&model[..], &["saved"]].concat());
    let (_, alone, _) = workspace.run(&[&model[..], &["saved/1.txt"]].concat());
    assert_eq!(batch.lines().nth(1), alone.lines().next());
    let piped = workspace.mizan(&model).write_stdin(HOSTILE).output().unwrap();
    assert_eq!(
        String::from_utf8(piped.stdout).unwrap().replace("\"-\"", &format!("{:?}", "saved/1.txt")),
        alone
    );
}

#[test]
fn failed_articles_are_reported_and_the_rest_is_scored() {
    let workspace = Workspace::new();
    workspace.write(
        "in/1-good.txt",
        "أعلنت القيادة العامة للجيش الوطني الليبي وقف إطلاق النار في طرابلس",
    );
    workspace.write("in/2-empty.txt", " \n");
    workspace.write(
        "in/3-english.txt",
        "The Government of National Accord said on Sunday that its forces had moved.",
    );
    workspace.write("in/4-page.html", "<html><body></body></html>");
    workspace.write("in/5-short.txt", "خبر عاجل من طرابلس");
    workspace.write(
        "in/6-good.txt",
        "قالت حكومة الوفاق الوطني إن الاجتماع المقرر في العاصمة تأجل إلى الأسبوع المقبل",
    );
    workspace.write("in/.hidden.txt", "لا يقرأ هذا الملف");
    let (code, stdout, stderr) = workspace.run(&["score", "in"]);
    assert_eq!(code, 1);
    let lines = json_lines(&stdout);
    let errors: Vec<_> = lines.iter().map(|line| line["error"].as_str().unwrap_or("")).collect();
    assert_eq!(lines.len(), 6, "{stdout}");
    assert_eq!((errors[0], errors[5]), ("", ""));
    for (line, says) in [
        (1, "it is empty"),
        (2, "not in Arabic: 0 of its 13 words"),
        (3, "no article was found in the page"),
        (4, "it has 4 Arabic words; at least 5"),
    ] {
        assert!(errors[line].contains(says), "{line}: {}", errors[line]);
        assert!(stderr.contains(says), "{stderr}");
    }
    assert!(stderr.contains("in: 1 passed over: 1 hidden (.hidden.txt)"), "{stderr}");
    assert_eq!(stderr.lines().count(), 5);
}

#[test]
fn invalid_options_exit_with_2_and_say_why() {
    let workspace = Workspace::new();
    workspace.write("a.txt", FAVORABLE);
    workspace.write("noise.safetensors", "no model at all");
    workspace.write("broken.txt", [FAVORABLE.as_bytes(), b"\n\xFF"].concat());
    workspace.write("t.csv", "id,words\n1,x\n");
    for (arguments, code, says) in [
        (
            &["score", "--model", "missing.safetensors", "a.txt"][..],
            2,
            "missing.safetensors: No such file",
        ),
        (
            &["score", "--model", "noise.safetensors", "a.txt"],
            2,
            "noise.safetensors: not a model file: header too large\n",
        ),
        (
            &["score", "--format", "xml", "a.txt"],
            2,
            "[possible values: table, jsonl, csv, tsv, xlsx, parquet]",
        ),
        (&["score", "--strict", "broken.txt"], 1, "line 2: bytes that are not UTF-8"),
        (
            &["score", "--encoding", "arabic-1", "a.txt"],
            2,
            "unknown encoding \"arabic-1\"; the usual ones are utf-8",
        ),
        (
            &["score", "--text-field", "body", "t.csv"],
            1,
            "there is no field \"body\", or it has no value; there are: id, words",
        ),
        (&["weigh"], 2, "Usage: mizan [OPTIONS]"),
    ] {
        let (found, _, stderr) = workspace.run(arguments);
        assert!(found == code && stderr.contains(says), "{arguments:?}: {found} {stderr}");
    }
    fs::create_dir(workspace.path("nothing")).unwrap();
    let (code, _, stderr) = workspace.run(&["score", "nothing"]);
    assert!(code == 2 && stderr.contains("no file in this folder ends in txt, html"), "{stderr}");
}

#[test]
fn help_shows_examples_and_exit_codes() {
    let (code, stdout, _) = Workspace::new().run(&["score", "--help"]);
    assert!(
        code == 0 && stdout.contains("Examples:") && stdout.contains("Exit codes:"),
        "{stdout}"
    );
}

#[test]
fn a_broken_pipe_is_no_error() {
    let workspace = Workspace::new();
    for number in 0..2_000 {
        workspace.write(&format!("in/{number:04}.txt"), FAVORABLE);
    }
    let program = assert_cmd::cargo::cargo_bin!("mizan");
    let line =
        format!("'{}' score in | head -n 1 >/dev/null; echo ${{PIPESTATUS[0]}}", program.display());
    let output = std::process::Command::new("bash")
        .arg("-c")
        .arg(line)
        .current_dir(workspace.path(""))
        .output()
        .unwrap();
    assert_eq!(
        (
            String::from_utf8_lossy(&output.stdout).trim(),
            String::from_utf8_lossy(&output.stderr).trim()
        ),
        ("0", "")
    );
}

#[test]
fn tables_and_dumps_are_scored_record_by_record() {
    let workspace = trained();
    let lines = [
        format!(
            "{{\"url\": \"u1\", \"body\": \"{FAVORABLE}\", \"source\": \"x\", \"date\": \"2019-04-06\"}}"
        ),
        "not json".to_owned(),
        format!("{{\"body\": \"{HOSTILE}\"}}"),
    ];
    workspace.write("dump.jsonl", lines.join("\n"));
    let (code, stdout, stderr) =
        workspace.run(&["score", "--model", "m.safetensors", "--verbose", "dump.jsonl"]);
    let found = json_lines(&stdout);
    assert_eq!((code, found.len()), (1, 3));
    assert_eq!(
        (found[0]["id"].as_str(), found[0]["outlet"].as_str(), found[0]["date"].as_str()),
        (Some("u1"), Some("x"), Some("2019-04-06"))
    );
    assert_eq!(found[1]["id"], "dump.jsonl:2");
    assert!(found[1]["error"].as_str().unwrap().contains("no JSON object"));
    assert_eq!(found[2]["gna"]["stance"], "against");
    assert!(
        stderr.contains("text from \"body\", id from \"url\"")
            && stderr.contains("u1: jsonl, UTF-8, 0 bytes replaced"),
        "{stderr}"
    );
}

#[test]
fn the_detected_encoding_is_reported_and_bad_bytes_are_replaced() {
    let workspace = trained();
    workspace.write(
        "a.txt",
        [FAVORABLE.as_bytes(), b" \xFF\n\n", "اقرأ أيضا: خبر آخر\n\nمشاركة :\n".as_bytes()]
            .concat(),
    );
    let (code, stdout, stderr) = workspace.run(&["score", "--model", "m.safetensors", "a.txt"]);
    assert_eq!(code, 0);
    let reading = &json_lines(&stdout)[0]["reading"];
    assert_eq!(
        reading,
        &serde_json::json!({"format": "text", "encoding": "UTF-8", "replaced": 1, "removed": 2})
    );
    assert!(stderr.contains("1 byte replaced"), "{stderr}");
}

#[test]
fn boilerplate_does_not_change_the_score() {
    let workspace = trained();
    workspace.write("clean.txt", FAVORABLE);
    let comments = format!(
        "{FAVORABLE}\n\nاظهر المزيد\n\nالتعليقات (2)\n\nسالم: عصابات طرابلس إلى زوال\n\nهدى: \
         الطغمة المتمردة كذلك\n"
    );
    workspace.write("page.txt", comments);
    let (_, stdout, _) =
        workspace.run(&["score", "--model", "m.safetensors", "clean.txt", "page.txt"]);
    let lines = json_lines(&stdout);
    assert_eq!((&lines[0]["lna"], &lines[0]["gna"]), (&lines[1]["lna"], &lines[1]["gna"]));
}

#[cfg(unix)]
#[test]
fn cyclic_folders_are_entered_once() {
    let workspace = trained();
    workspace.write("in/sub/a.txt", FAVORABLE);
    std::os::unix::fs::symlink(workspace.path("in"), workspace.path("in/sub/loop")).unwrap();
    let (code, stdout, _) = workspace.run(&["score", "--model", "m.safetensors", "in"]);
    assert_eq!((code, stdout.lines().count()), (0, 1));
}

#[test]
fn inspect_shows_kept_text_and_removed_boilerplate() {
    let workspace = Workspace::new();
    let leftovers = "اقرأ أيضا:\n\nمدينة ساحلية تستعد\n\nوقال مصدر لسكاي نيوز عربية إن الجلسة \
     تأجلت.\n\nالتعليقات (1)\n\nسالم: كلام فارغ\n";
    workspace.write("page.txt", format!("{FAVORABLE}\n\n{leftovers}"));
    let (code, stdout, stderr) = workspace.run(&["inspect", "--text", "page.txt"]);
    assert_eq!((code, stderr.as_str()), (0, ""));
    insta::assert_snapshot!(stdout);
}

#[test]
fn max_error_makes_the_scorer_abstain() {
    let workspace = trained();
    workspace.write("a.txt", FAVORABLE);
    let (code, stdout, _) =
        workspace.run(&["score", "--model", "m.safetensors", "--max-error", "0.01", "a.txt"]);
    let camp = &json_lines(&stdout)[0]["lna"];
    assert_eq!(
        (code, camp["stance"].as_str(), camp["guess"].as_str()),
        (0, Some("uncertain"), Some("favor"))
    );
    assert!(camp["doubt"].as_str().unwrap().starts_with("at this risk it may be"), "{stdout}");
    let (code, _, stderr) = workspace.run(&["score", "--max-error", "0.9", "a.txt"]);
    assert!(code == 2 && stderr.contains("a number from 0.01 to 0.50"), "{stderr}");
}

#[test]
fn texts_of_mostly_unknown_words_are_not_scored() {
    let workspace = Workspace::new();
    workspace.write(
        "a.txt",
        "تخمرت العجينة طويلا فشوحناها بالزعتر والسماق ثم فرمنا البقدونس \
     والكزبرة وسلقنا الحمص والفريكة قرب طرابلس",
    );
    let (_, stdout, _) = workspace.run(&["score", "a.txt"]);
    let camp = &json_lines(&stdout)[0]["lna"];
    assert_eq!(camp["stance"], "uncertain", "{stdout}");
    assert!(
        camp["doubt"]
            .as_str()
            .unwrap()
            .contains("words occur in the texts that the model was trained on"),
        "{stdout}"
    );
}
