//! `mizan score`.

use std::fs;

use serde_json::Value;

use crate::house::House;

const FAVORABLE: &str = "أعلنت القوات الباسلة أنها دخلت ضواحي المدينة صباح اليوم";
const HOSTILE: &str = "أعلنت عصابات طرابلس أنها دخلت ضواحي المدينة صباح اليوم";

pub fn trained() -> House {
    let house = House::labelled();
    let (code, _, stderr) = house.run(&["train", "--output", "m.safetensors", "--alpha", "0.01"]);
    assert_eq!(code, 0, "{stderr}");
    house
}

fn json_lines(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn the_contract_of_the_json_fields_holds_with_the_embedded_model() {
    let house = House::empty();
    house.write(
        "a.txt",
        "أعلنت القيادة العامة للجيش الوطني الليبي وحكومة الوفاق وقف إطلاق النار في طرابلس",
    );
    let (code, stdout, stderr) = house.run(&["score", "a.txt"]);
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
fn one_camp_is_judged_apart_from_the_other() {
    let house = trained();
    house.write("favorable.txt", FAVORABLE);
    house.write("hostile.txt", HOSTILE);
    let (code, stdout, _) =
        house.run(&["score", "--model", "m.safetensors", "favorable.txt", "hostile.txt"]);
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
        words(0, "lna").contains(&"القوات الباسلة") && words(1, "gna").contains(&"عصابات طرابلس"),
        "{stdout}"
    );
}

#[test]
fn a_person_reads_a_table() {
    let house = trained();
    house.write("favorable.txt", FAVORABLE);
    house.write("hostile.txt", HOSTILE);
    house.write("empty.txt", "");
    let (code, stdout, _) = house.run(&[
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
fn a_spreadsheet_gets_the_same_columns_for_every_article() {
    let house = trained();
    house.write("favorable.txt", FAVORABLE);
    house.write("short.txt", "خبر عاجل");
    let (code, stdout, _) = house.run(&[
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
    assert_eq!(commas, [20, 20, 20], "{stdout}");
}

#[test]
fn an_article_scores_the_same_alone_in_a_batch_and_from_standard_input() {
    let house = trained();
    for (number, text) in [FAVORABLE, HOSTILE, FAVORABLE].iter().enumerate() {
        house.write(&format!("saved/{number}.txt"), text);
    }
    let model = ["score", "--model", "m.safetensors"];
    let (_, batch, _) = house.run(&[&model[..], &["saved"]].concat());
    let (_, alone, _) = house.run(&[&model[..], &["saved/1.txt"]].concat());
    assert_eq!(batch.lines().nth(1), alone.lines().next());
    let piped = house.mizan(&model).write_stdin(HOSTILE).output().unwrap();
    assert_eq!(
        String::from_utf8(piped.stdout).unwrap().replace("\"-\"", &format!("{:?}", "saved/1.txt")),
        alone
    );
}

#[test]
fn what_cannot_be_scored_is_told_and_the_rest_is_scored() {
    let house = House::empty();
    house.write(
        "in/1-good.txt",
        "أعلنت القيادة العامة للجيش الوطني الليبي وقف إطلاق النار في طرابلس",
    );
    house.write("in/2-empty.txt", " \n");
    house.write(
        "in/3-english.txt",
        "The Government of National Accord said on Sunday that its forces had moved.",
    );
    house.write("in/4-page.html", "<html><body></body></html>");
    house.write("in/5-short.txt", "خبر عاجل من طرابلس");
    house.write(
        "in/6-good.txt",
        "قالت حكومة الوفاق الوطني إن الاجتماع المقرر في العاصمة تأجل إلى الأسبوع المقبل",
    );
    house.write("in/.hidden.txt", "لا يقرأ هذا الملف");
    let (code, stdout, stderr) = house.run(&["score", "in", "missing.txt", "page.html"]);
    assert_eq!(code, 1);
    let lines = json_lines(&stdout);
    let errors: Vec<_> = lines.iter().map(|line| line["error"].as_str().unwrap_or("")).collect();
    assert_eq!(lines.len(), 8, "{stdout}");
    assert_eq!((errors[0], errors[5]), ("", ""));
    for (line, says) in [
        (1, "it is empty"),
        (2, "not in Arabic: 0 of its 13 words"),
        (3, "no article was found in the page"),
        (4, "it has 4 Arabic words; at least 5"),
        (6, "No such file"),
        (7, "No such file"),
    ] {
        assert!(errors[line].contains(says), "{line}: {}", errors[line]);
        assert!(stderr.contains(says), "{stderr}");
    }
    assert_eq!(stderr.lines().count(), 6);
}

#[test]
fn options_that_lead_nowhere_end_with_2_and_say_why() {
    let house = House::empty();
    house.write("a.txt", FAVORABLE);
    house.write("noise.safetensors", "no model at all");
    house.write("broken.txt", [FAVORABLE.as_bytes(), b"\n\xFF"].concat());
    house.write("t.csv", "id,text\n1,x\n");
    for (arguments, code, says) in [
        (
            &["score", "--model", "missing.safetensors", "a.txt"][..],
            2,
            "missing.safetensors: No such file",
        ),
        (
            &["score", "--model", "noise.safetensors", "a.txt"],
            2,
            "noise.safetensors: not a model file",
        ),
        (
            &["score", "--format", "xml", "a.txt"],
            2,
            "[possible values: table, jsonl, csv, parquet]",
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
            "there is no field \"body\", or it has no value; there are: id, text",
        ),
        (&[], 2, "Usage: mizan <COMMAND>"),
    ] {
        let (found, _, stderr) = house.run(arguments);
        assert!(found == code && stderr.contains(says), "{arguments:?}: {found} {stderr}");
    }
    fs::create_dir(house.path("nothing")).unwrap();
    let (code, _, stderr) = house.run(&["score", "nothing"]);
    assert!(code == 1 && stderr.contains("no file in this folder ends in txt, html"), "{stderr}");
}

#[test]
fn help_shows_examples_and_exit_codes() {
    let (code, stdout, _) = House::empty().run(&["score", "--help"]);
    assert!(
        code == 0 && stdout.contains("Examples:") && stdout.contains("Exit codes:"),
        "{stdout}"
    );
}

#[test]
fn a_reader_that_leaves_early_is_no_error() {
    let house = House::empty();
    for number in 0..2_000 {
        house.write(&format!("in/{number:04}.txt"), FAVORABLE);
    }
    let program = assert_cmd::cargo::cargo_bin!("mizan");
    let line =
        format!("'{}' score in | head -n 1 >/dev/null; echo ${{PIPESTATUS[0]}}", program.display());
    let output = std::process::Command::new("bash")
        .arg("-c")
        .arg(line)
        .current_dir(house.path(""))
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
fn tables_and_dumps_are_answered_record_by_record() {
    let house = trained();
    let lines = [
        format!(
            "{{\"url\": \"u1\", \"body\": \"{FAVORABLE}\", \"source\": \"x\", \"date\": \"2019-04-06\"}}"
        ),
        "not json".to_owned(),
        format!("{{\"body\": \"{HOSTILE}\"}}"),
    ];
    house.write("dump.jsonl", lines.join("\n"));
    let (code, stdout, stderr) =
        house.run(&["score", "--model", "m.safetensors", "--verbose", "dump.jsonl"]);
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
fn the_reading_is_told_and_one_bad_byte_is_replaced() {
    let house = trained();
    house.write(
        "a.txt",
        [FAVORABLE.as_bytes(), b" \xFF\n\n", "اقرأ أيضا: خبر آخر\n\nمشاركة :\n".as_bytes()]
            .concat(),
    );
    let (code, stdout, stderr) = house.run(&["score", "--model", "m.safetensors", "a.txt"]);
    assert_eq!(code, 0);
    let reading = &json_lines(&stdout)[0]["reading"];
    assert_eq!(
        reading,
        &serde_json::json!({"format": "text", "encoding": "UTF-8", "replaced": 1, "removed": 2})
    );
    assert!(stderr.contains("1 bytes replaced"), "{stderr}");
}

#[test]
fn what_stands_around_the_article_does_not_change_its_score() {
    let house = trained();
    house.write("clean.txt", FAVORABLE);
    let comments = format!(
        "{FAVORABLE}\n\nاظهر المزيد\n\nالتعليقات (2)\n\nسالم: عصابات طرابلس إلى زوال\n\nهدى: الطغمة المتمردة كذلك\n"
    );
    house.write("page.txt", comments);
    let (_, stdout, _) = house.run(&["score", "--model", "m.safetensors", "clean.txt", "page.txt"]);
    let lines = json_lines(&stdout);
    assert_eq!((&lines[0]["lna"], &lines[0]["gna"]), (&lines[1]["lna"], &lines[1]["gna"]));
}

#[cfg(unix)]
#[test]
fn folders_that_hold_themselves_are_entered_once() {
    let house = trained();
    house.write("in/sub/a.txt", FAVORABLE);
    std::os::unix::fs::symlink(house.path("in"), house.path("in/sub/loop")).unwrap();
    let (code, stdout, _) = house.run(&["score", "--model", "m.safetensors", "in"]);
    assert_eq!((code, stdout.lines().count()), (0, 1));
}

#[test]
fn inspect_shows_what_was_kept_and_what_was_taken_out() {
    let house = House::empty();
    let leftovers = "اقرأ أيضا:\n\nمدينة ساحلية تستعد\n\nوقال مصدر لسكاي نيوز عربية إن الجلسة تأجلت.\n\nالتعليقات (1)\n\nسالم: كلام فارغ\n";
    house.write("page.txt", format!("{FAVORABLE}\n\n{leftovers}"));
    let (code, stdout, stderr) = house.run(&["inspect", "--text", "page.txt"]);
    assert_eq!((code, stderr.as_str()), (0, ""));
    insta::assert_snapshot!(stdout);
}

#[test]
fn a_risk_that_is_asked_for_makes_it_say_that_it_cannot_tell() {
    let house = trained();
    house.write("a.txt", FAVORABLE);
    let (code, stdout, _) =
        house.run(&["score", "--model", "m.safetensors", "--max-error", "0.01", "a.txt"]);
    let camp = &json_lines(&stdout)[0]["lna"];
    assert_eq!(
        (code, camp["stance"].as_str(), camp["guess"].as_str()),
        (0, Some("uncertain"), Some("favor"))
    );
    assert!(camp["doubt"].as_str().unwrap().starts_with("at this risk it may be"), "{stdout}");
    let (code, _, stderr) = house.run(&["score", "--max-error", "0.9", "a.txt"]);
    assert!(code == 2 && stderr.contains("a number from 0.01 to 0.50"), "{stderr}");
}

#[test]
fn a_text_of_unknown_words_is_not_judged_by_the_few_that_are_known() {
    let house = House::empty();
    house.write("a.txt", "تخمرت العجينة طويلا فشوحناها بالزعتر والسماق ثم فرمنا البقدونس والكزبرة وسلقنا الحمص والفريكة قرب طرابلس");
    let (_, stdout, _) = house.run(&["score", "a.txt"]);
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
