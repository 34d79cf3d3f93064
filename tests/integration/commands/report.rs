//! `mizan report`.

use std::collections::HashMap;
use std::fs;
use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::{Value, json};

use crate::common::Workspace;

/// A line as `mizan score` writes it, of an article that leans so far.
pub fn line(id: &str, outlet: &str, date: &str, lean: f64, words: &[&str]) -> Value {
    let stance = |score: f64| if score > 0.3 { "favor" } else { "neutral" };
    let words: Vec<Value> = words.iter().map(|word| json!({"word": word, "weight": 1.5})).collect();
    let camp = |score: f64| {
        json!({
            "stance": stance(score), "score": score, "favor": 0.1, "neutral": 0.8, "against": 0.1,
            "words": words
        })
    };
    let (lna, gna) = (camp(lean), camp(-lean));
    json!({
        "id": id, "outlet": outlet, "date": date, "lna": lna, "gna": gna, "lean": lean,
        "unrelated": 0.1, "known": 0.9
    })
}

/// Four outlets with articles on six days in two months, and what else there may be.
fn archive() -> Vec<String> {
    let mut lines = Vec::new();
    for (outlet, lean, word) in [
        ("صحيفة الربوة الحمراء", 0.6, "الباسلة"),
        ("منبر المئة سطر", -0.5, "المدينة"),
        ("وكالة", 0.05, "الميناء"),
        ("إذاعة", 0.15, "السوق"),
    ] {
        for day in 0..6 {
            let date = format!("2019-0{}-1{day}", 4 + day % 2);
            let spread = f64::from(day - 2) / 20.0;
            for copy in 0..2 {
                lines.push(
                    line(
                        &format!("{outlet}-{day}-{copy}"),
                        outlet,
                        &date,
                        lean + spread,
                        &[word, "أعلنت"],
                    )
                    .to_string(),
                );
            }
        }
    }
    let mut unrelated = line("u", "وكالة", "2019-04-10", 0.9, &[]);
    unrelated["unrelated"] = json!(0.5);
    lines.push(unrelated.to_string());
    lines.push(json!({"id": "f", "outlet": "وكالة", "error": "it is empty"}).to_string());
    lines.push(line("few-1", "جديدة", "2019-04-10", 0.9, &[]).to_string());
    lines
}

fn with_scores() -> Workspace {
    let workspace = Workspace::new();
    workspace.write("s.jsonl", archive().join("\n"));
    workspace
}

fn of<'a>(report: &'a Value, outlet: &str) -> &'a Value {
    report["outlets"].as_array().unwrap().iter().find(|found| found["outlet"] == outlet).unwrap()
}

#[test]
fn the_table_form_is_readable() {
    let (code, stdout, stderr) = with_scores().run(&["report", "--format", "table", "s.jsonl"]);
    assert_eq!((code, stderr.as_str()), (0, ""));
    insta::assert_snapshot!(stdout);
}

#[test]
fn intervals_are_clustered_by_day() {
    let workspace = Workspace::new();
    // 0.1, 0.2, 0.6 on three days, ten articles each: mean 0.3, standard error √(0.07/3), Student's
    // t with 2 degrees of freedom.
    let days = [("2019-04-01", 0.1), ("2019-04-02", 0.2), ("2019-05-03", 0.6)];
    let lines: Vec<String> = (0..30)
        .map(|number| {
            line(&format!("a{number}"), "x", days[number % 3].0, days[number % 3].1, &[])
                .to_string()
        })
        .collect();
    workspace.write("s.jsonl", lines.join("\n"));
    let (code, stdout, _) = workspace.run(&["report", "s.jsonl"]);
    let report: Value = serde_json::from_str(&stdout).unwrap();
    let x = of(&report, "x");
    assert_eq!(
        (code, &x["lean"]),
        (
            0,
            &json!({
                "mean": 0.3, "low": -0.357_241, "high": 0.957_241, "articles": 30, "clusters": 3
            })
        )
    );
    assert_eq!(
        (&x["shrunken"], &report["all_outlets"]),
        (&Value::Null, &Value::Null),
        "one outlet cannot be compared"
    );
    assert_eq!(
        x["months"][1],
        json!({
            "month": "2019-05",
            "lean": {"mean": 0.6, "low": null, "high": null, "articles": 10, "clusters": 1}
        })
    );
    assert_eq!(
        (&x["lna"]["score"]["mean"], &x["gna"]["score"]["mean"]),
        (&json!(0.3), &json!(-0.3))
    );
    assert_eq!(x["lna"]["stances"], json!({"favor": 10, "neutral": 20}));
    // The mean of 30 is 0.3; without one article of 0.6 it is 8.4/29, 0.010345 less.
    assert_eq!(
        (&x["pulling"][0]["id"], &x["pulling"][0]["moves"]),
        (&json!("a11"), &json!(0.010_345))
    );
}

#[test]
fn outlets_are_compared_and_ranks_are_ranges() {
    let (_, stdout, _) = with_scores().run(&["report", "s.jsonl"]);
    let report: Value = serde_json::from_str(&stdout).unwrap();
    let names: Vec<&str> = report["outlets"]
        .as_array()
        .unwrap()
        .iter()
        .map(|outlet| outlet["outlet"].as_str().unwrap())
        .collect();
    // Of the one article of جديدة no lean is told, so it stands last.
    assert_eq!(names, ["صحيفة الربوة الحمراء", "إذاعة", "وكالة", "منبر المئة سطر", "جديدة"]);
    assert_eq!(report["all_outlets"]["outlets"], 4);
    let [east, agency, new] =
        ["صحيفة الربوة الحمراء", "وكالة", "جديدة"].map(|name| of(&report, name));
    assert_eq!(
        (&east["shrunken"]["places"], &new["shrunken"], &new["lean"]),
        (&json!([1, 1]), &Value::Null, &Value::Null)
    );
    let (raw, believed) =
        (east["lean"]["mean"].as_f64().unwrap(), east["shrunken"]["mean"].as_f64().unwrap());
    assert!(believed < raw && raw - believed < 0.01, "{raw} {believed}");
    let counts = json!({
        "articles": 14, "weighed": 12, "unrelated": 1, "failed": 1, "uncertain": 0,
        "unread_dates": 0, "standalone": 0
    });
    assert_eq!(agency["counts"], counts);
    let term =
        east["terms"].as_array().unwrap().iter().find(|term| term["word"] == "الباسلة").unwrap();
    assert_eq!(
        (&term["camp"], &term["stance"], &term["articles"], &term["elsewhere"]),
        (&json!("lna"), &json!("favor"), &json!(12), &json!(0))
    );
}

#[test]
fn line_order_compression_and_files_do_not_matter() {
    let workspace = with_scores();
    let (_, whole, _) = workspace.run(&["report", "s.jsonl"]);
    let mut lines = archive();
    lines.reverse();
    let (first, second) = lines.split_at(17);
    let mut gzip = GzEncoder::new(Vec::new(), Compression::fast());
    gzip.write_all(first.join("\n").as_bytes()).unwrap();
    workspace.write("parts/a.jsonl.gz", gzip.finish().unwrap());
    workspace.write("parts/b.jsonl", second.join("\n"));
    assert_eq!(workspace.run(&["report", "parts"]).1, whole);
    let piped = workspace
        .mizan(&["report"])
        .write_stdin(fs::read(workspace.path("s.jsonl")).unwrap())
        .output()
        .unwrap();
    assert_eq!(String::from_utf8(piped.stdout).unwrap(), whole);
}

#[test]
fn report_reads_what_score_writes_with_the_event() {
    let workspace = Workspace::new();
    let text = "دخلت القوات المسلحة الباسلة أحياء المدينة فجر اليوم بعد أن طهرتها من فلول \
     الإرهابيين. وقالت حكومة الوفاق الوطني إنها تتابع التطورات";
    let article = |number: usize| {
        let (outlet, story) = (["x", "y"][number % 2], format!("e{}", number / 2));
        json!({
            "id": format!("a{number}"), "text": text, "source": outlet, "story": story,
            "date": "2019-04-06"
        })
        .to_string()
    };
    let lines: Vec<String> = (0..12).map(article).collect();
    workspace.write("d.jsonl", lines.join("\n"));
    workspace.write("a.txt", format!("id: a\nevent: e1\noutlet: x\ndate: 2019-04-06\n\n{text}\n"));
    let (_, scored, _) = workspace.run(&["score", "a.txt"]);
    let scored: Value = serde_json::from_str(&scored).unwrap();
    assert_eq!(
        (&scored["outlet"], &scored["date"], &scored["event"]),
        (&json!("x"), &json!("2019-04-06"), &json!("e1"))
    );
    let reports = ["jsonl", "csv"].map(|format| {
        let bom = if format == "csv" { &["--bom"][..] } else { &[] };
        let (code, scored, _) = workspace.run(
            &[&["score", "--format", format, "--event-field", "story", "d.jsonl"], bom].concat(),
        );
        assert_eq!(code, 0);
        assert_eq!(scored.starts_with('\u{FEFF}'), format == "csv");
        workspace.write("scores", scored);
        let (code, report, stderr) = workspace.run(&["report", "scores"]);
        assert_eq!((code, stderr.as_str()), (0, ""));
        report
    });
    assert_eq!(reports[0], reports[1]);
    let report: Value = serde_json::from_str(&reports[0]).unwrap();
    assert_eq!(of(&report, "x")["lean"]["clusters"], 6, "by event, not by day");
}

#[test]
fn csv_holds_the_same_numbers_as_json() {
    let workspace = with_scores();
    let (_, json, _) = workspace.run(&["report", "s.jsonl"]);
    let json: Value = serde_json::from_str(&json).unwrap();
    let (code, _, stderr) = workspace.run(&["report", "--bom", "--output", "out/r.csv", "s.jsonl"]);
    assert_eq!(
        (code, stderr.as_str()),
        (0, "wrote out/r.csv: 5 outlets, 51 articles, 49 of them weighed\n")
    );
    let written = fs::read_to_string(workspace.path("out/r.csv")).unwrap();
    let table = |name: &str| -> Vec<HashMap<String, String>> {
        let (code, table, _) = workspace.run(&["report", "--bom", "--table", name, "s.jsonl"]);
        assert!(code == 0 && (name != "outlets" || table == written), "{table}");
        let table = table.strip_prefix('\u{FEFF}').unwrap();
        csv::Reader::from_reader(table.as_bytes()).deserialize().map(Result::unwrap).collect()
    };
    let tables = ["outlets", "months", "terms", "articles"].map(|name| (name, table(name)));
    let of_kind = |kind: &str, outlet: &Value| -> Vec<&HashMap<String, String>> {
        let (_, rows) = tables.iter().find(|(name, _)| *name == kind).unwrap();
        rows.iter().filter(|row| row["outlet"] == *outlet).collect()
    };
    let same = |cell: &str, value: &Value| match value {
        Value::Null => assert_eq!(cell, ""),
        Value::Number(number) => assert_eq!(cell.parse::<f64>().ok(), number.as_f64()),
        other => assert_eq!(cell, other.as_str().unwrap()),
    };
    let mut compared = 0;
    for outlet in json["outlets"].as_array().unwrap() {
        let [row] = of_kind("outlets", &outlet["outlet"])[..] else { panic!() };
        for (column, value) in [
            ("weighed", &outlet["counts"]["weighed"]),
            ("failed", &outlet["counts"]["failed"]),
            ("clusters", &outlet["lean"]["clusters"]),
            ("lean", &outlet["lean"]["mean"]),
            ("lean_low", &outlet["lean"]["low"]),
            ("lean_high", &outlet["lean"]["high"]),
            ("shrunken", &outlet["shrunken"]["mean"]),
            ("shrunken_high", &outlet["shrunken"]["high"]),
            ("place_to", &outlet["shrunken"]["places"][1]),
            ("gna_score", &outlet["gna"]["score"]["mean"]),
            ("gna_low", &outlet["gna"]["score"]["low"]),
        ] {
            same(&row[column], value);
        }
        for (kind, list, columns) in [
            ("months", "months", &[("month", "month")][..]),
            (
                "terms",
                "terms",
                &[
                    ("term", "word"),
                    ("toward", "camp"),
                    ("articles", "articles"),
                    ("z", "z"),
                    ("log_odds", "log_odds"),
                ],
            ),
            (
                "articles",
                "pulling",
                &[("id", "id"), ("lean", "lean"), ("moves", "moves"), ("date", "date")],
            ),
        ] {
            let (rows, list) = (of_kind(kind, &outlet["outlet"]), outlet[list].as_array().unwrap());
            assert_eq!(rows.len(), list.len());
            for (row, value) in rows.into_iter().zip(list) {
                for (column, field) in columns {
                    same(&row[*column], &value[*field]);
                }
                compared += 1;
            }
        }
    }
    assert!(compared > 40, "{compared}");
}

/// Records with deciding sentences: those of the surest articles are quoted, each once, wherever
/// they come from.
#[test]
fn the_sentences_that_decided_are_quoted_with_their_articles() {
    let workspace = Workspace::new();
    let lines: Vec<String> = (0..12)
        .map(|number: u8| {
            let favor = 0.6 + f64::from(number) / 50.0;
            let mut record =
                line(&format!("a<{number}>"), "x", &format!("2019-04-{:02}", number + 1), 0.5, &[]);
            record["lna"]["favor"] = json!(favor);
            let text = format!("طهر الجيش <b>{}</b>\u{202E} المدينة", number / 2);
            record["lna"]["evidence"] =
                json!([{"text": text, "span": [0, 9], "stance": "favor", "probability": 0.9}]);
            record.to_string()
        })
        .collect();
    workspace.write("s.jsonl", lines.join("\n"));
    let (code, stdout, stderr) = workspace.run(&["report", "s.jsonl"]);
    assert_eq!((code, stderr.as_str()), (0, ""));
    let report: Value = serde_json::from_str(&stdout).unwrap();
    let quoted = of(&report, "x")["sentences"].as_array().unwrap();
    let ids: Vec<&Value> = quoted.iter().map(|sentence| &sentence["id"]).collect();
    assert_eq!(ids, ["a<11>", "a<9>", "a<7>"]);
    assert_eq!(
        quoted[0],
        json!({
            "text": "طهر الجيش <b>5</b> المدينة", "camp": "lna", "stance": "favor", "id": "a<11>",
            "probability": 0.82
        })
    );
    // Sums carry them.
    workspace.write("one.jsonl", lines[..5].join("\n"));
    workspace.write("two.jsonl", lines[5..].join("\n"));
    for part in ["one", "two"] {
        let (_, sums, _) = workspace.run(&["aggregate", &format!("{part}.jsonl")]);
        workspace.write(&format!("sums/{part}"), sums);
    }
    assert_eq!(workspace.run(&["report", "sums/one", "sums/two"]).1, stdout);

    let (_, page, _) = workspace.run(&["report", "--format", "html", "s.jsonl"]);
    let cell = "<bdi dir=\"auto\">طهر الجيش &lt;b&gt;5&lt;/b&gt; المدينة</bdi></td>\
                <td class=\"id\"><bdi dir=\"auto\">a&lt;11&gt;</bdi></td>";
    assert!(page.contains(cell), "{page}");
    let (_, table, _) = workspace.run(&["report", "--format", "table", "s.jsonl"]);
    assert!(
        table.contains("favor lna, in \u{2068}a<11>\u{2069}:\n")
            && table.contains("\u{2067}طهر الجيش <b>5</b> المدينة\u{2069}"),
        "{table}"
    );
    assert!(!table.contains("a<9>"), "one toward each side\n{table}");
    let (_, csv, _) = workspace.run(&["report", "--table", "sentences", "s.jsonl"]);
    assert_eq!(csv.lines().filter(|row| row.starts_with("x,")).count(), 3, "{csv}");
}

#[test]
fn the_page_is_self_contained_and_deterministic() {
    let workspace = with_scores();
    let (code, stdout, _) =
        workspace.run(&["report", "--output", "r.html", "--title", "صحف <2019>", "s.jsonl"]);
    assert_eq!((code, stdout.as_str()), (0, ""));
    let page = fs::read_to_string(workspace.path("r.html")).unwrap();
    for says in [
        "default-src 'none'",
        "<title>صحف &lt;2019&gt;</title>",
        "<h1><bdi dir=\"auto\">صحف &lt;2019&gt;</bdi></h1>",
        "id=\"chart\"",
        "href=\"#",
        "What this does not show",
        "LNA / Haftar / House of Representatives",
        "prefers-color-scheme: dark",
        "@media print",
        "too few",
    ] {
        assert!(page.contains(says), "{says} is not in the page");
    }
    for loads in [
        "<script ", "<link", "<img", "<iframe", "src=", "href=\"h", "http:", "https:", "@import",
        "url(h",
    ] {
        assert!(!page.contains(loads), "{loads} is in the page");
    }
    assert_eq!(
        workspace.run(&["report", "--format", "html", "--title", "صحف <2019>", "s.jsonl"]).1,
        page
    );
}

#[test]
fn invalid_lines_are_reported_and_skipped() {
    let workspace = with_scores();
    let other = line("o", "x", "2019-04-06", 0.1, &[]).to_string().replace("\"lna\"", "\"saf\"");
    let mut bad = vec!["no json".to_owned(); 25];
    bad.push(other);
    workspace.write("bad.jsonl", bad.join("\n"));
    let (code, stdout, stderr) = workspace.run(&["report", "s.jsonl", "bad.jsonl"]);
    assert_eq!(code, 1);
    assert_eq!(stdout, workspace.run(&["report", "s.jsonl"]).1);
    for says in ["bad.jsonl:20: it is no JSON object", "bad.jsonl: 6 more lines could not be read"]
    {
        assert!(stderr.contains(says), "{says} is not in\n{stderr}");
    }
    assert_eq!(stderr.lines().count(), 21, "{stderr}");
    workspace.write("other.jsonl", bad[25].as_bytes());
    let (code, _, stderr) = workspace.run(&["report", "s.jsonl", "other.jsonl"]);
    assert!(
        code == 1
            && stderr
                .contains("it has scores toward saf and gna, those before it toward lna and gna"),
        "{stderr}"
    );
}

#[test]
fn invalid_arguments_exit_with_2_and_say_what_works() {
    let workspace = with_scores();
    workspace.write("a.txt", "نص مقال لم يوزن بعد");
    workspace.write("e.jsonl", "{\"id\": \"a\", \"error\": \"it is empty\"}\n");
    for (arguments, says) in [
        (&["report", "a.txt"][..], "give lines that `mizan score` wrote"),
        (&["report", "e.jsonl"], "no article has scores"),
        (
            &["report", "--output", "r.pdf", "s.jsonl"],
            "r.pdf: its ending tells no form; use .html, .json or .csv",
        ),
        (&["report", "--bom", "s.jsonl"], "--bom is for --format csv"),
        (&["score", "--bom", "a.txt"], "--bom is for --format csv"),
        (&["report", "--format", "xml", "s.jsonl"], "[possible values: table, html, json, csv]"),
    ] {
        let (code, stdout, stderr) = workspace.run(arguments);
        assert!(
            code == 2 && stdout.is_empty() && stderr.contains(says),
            "{arguments:?}: {code} {stdout} {stderr}"
        );
    }
    let (code, stdout, _) = workspace.run(&["report", "--help"]);
    assert!(
        code == 0 && stdout.contains("Examples:") && stdout.contains("Exit codes:"),
        "{stdout}"
    );
}

#[test]
fn unrelated_archives_are_reported_as_unrelated() {
    let workspace = Workspace::new();
    let mut unrelated = line("u", "x", "2019-04-10", 0.0, &[]);
    unrelated["unrelated"] = json!(0.9);
    workspace.write("s.jsonl", unrelated.to_string());
    let (code, stdout, _) = workspace.run(&["report", "s.jsonl"]);
    let report: Value = serde_json::from_str(&stdout).unwrap();
    assert_eq!(
        (code, &report["outlets"][0]["lean"], &report["outlets"][0]["counts"]["unrelated"]),
        (0, &Value::Null, &json!(1))
    );
    for format in ["table", "csv", "html"] {
        let (code, stdout, _) = workspace.run(&["report", "--format", format, "s.jsonl"]);
        // The script asks whether a cell is a number.
        let told = stdout.replace("isNaN", "");
        assert!(code == 0 && !told.contains("NaN"), "{format}: {stdout}");
    }
}

#[test]
fn partial_sums_give_the_report_of_the_whole() {
    let workspace = with_scores();
    let lines = archive();
    for (part, lines) in lines.chunks(17).enumerate() {
        workspace.write(&format!("part-{part}.jsonl"), lines.join("\n"));
        let (code, stdout, stderr) = workspace.run(&[
            "aggregate",
            &format!("part-{part}.jsonl"),
            "--output",
            &format!("{part}.sums"),
        ]);
        assert_eq!((code, stdout.as_str(), stderr.as_str()), (0, "", ""));
    }
    assert!(lines.len() > 34 && lines.len() <= 68);
    for form in ["json", "csv", "html"] {
        let whole = workspace.run(&["report", "--format", form, "s.jsonl"]);
        assert_eq!(
            workspace.run(&["report", "--format", form, "2.sums", "0.sums", "part-1.jsonl"][..]),
            whole,
            "{form}"
        );
    }
    let merged = workspace.run(&["aggregate", "1.sums", "part-2.jsonl", "0.sums"]);
    let again = workspace.mizan(&["aggregate"]).write_stdin(lines.join("\n")).output().unwrap();
    assert_eq!(merged, (0, String::from_utf8(again.stdout).unwrap(), String::new()));
    workspace.write("torn.sums", &merged.1[..merged.1.len() / 2]);
    let (code, stdout, stderr) = workspace.run(&["aggregate", "torn.sums", "part-0.jsonl"]);
    assert!(
        code == 1 && stderr.contains("torn.sums: it is no file of sums") && !stdout.is_empty(),
        "{stderr}"
    );
}

#[test]
fn other_files_are_reported_once_and_replace_no_sums() {
    let workspace = with_scores();
    workspace.write("labels.csv", "article,annotator\nسطر,1\nسطر,2\n");
    workspace.write("notes.md", "# ملاحظات\nسطر\nسطر\n");
    for name in ["labels.csv", "notes.md"] {
        let (code, stdout, stderr) = workspace.run(&["report", name]);
        assert_eq!((code, stdout.as_str()), (2, ""));
        assert_eq!(stderr.matches("it is no scored record").count(), 1, "{stderr}");
    }
    let kept = "{\"sums\":2,\"tally\":{}}";
    workspace.write("kept.sums", kept);
    for input in ["labels.csv", "notes.md"] {
        let (code, _, stderr) = workspace.run(&["aggregate", input, "--output", "kept.sums"]);
        assert!(code == 2 && stderr.contains("nothing was added"), "{stderr}");
        assert_eq!(fs::read_to_string(workspace.path("kept.sums")).unwrap(), kept);
    }
}

#[test]
fn a_workbook_of_scores_is_read_like_the_lines_and_any_other_one_is_refused() {
    let workspace = Workspace::new();
    let articles = crate::common::repository("labeled/articles/tripoli-2019");
    workspace.write("=1.txt", crate::common::YEMEN);
    workspace.write("short.txt", "قصير");
    let sources = ["score", articles.to_str().unwrap(), "=1.txt", "short.txt"];
    for output in ["s.csv", "s.xlsx"] {
        workspace.run(&[&sources[..], &["-o", output]].concat());
    }
    let reported = |name: &str| {
        let (code, stdout, stderr) = workspace.run(&["report", "--json", name]);
        assert_eq!((code, stderr.as_str()), (0, ""));
        stdout
    };
    assert_eq!(reported("s.xlsx"), reported("s.csv"));
    let drift = |name: &str| workspace.run(&["drift", "--json", name]).1;
    assert_eq!(drift("s.xlsx"), drift("s.csv"));
    // Articles in a workbook are no scores.
    let golden = crate::common::repository("tests/golden/workbooks/openpyxl.xlsx");
    workspace.write("a.xlsx", fs::read(golden).unwrap());
    let (code, _, stderr) = workspace.run(&["report", "a.xlsx"]);
    assert!(code == 2 && stderr.contains("a.xlsx:1: it is no scored record"), "{stderr}");
    assert!(stderr.contains("no sheet has their columns in its first row"), "{stderr}");
    assert!(!stderr.contains("comma"), "{stderr}");
}

#[test]
fn an_outlet_that_takes_no_side_does_not_lean_clearly() {
    let workspace = Workspace::new();
    let mut lines = Vec::new();
    for day in 10..28 {
        let date = format!("2019-04-{day}");
        let even = -0.03 + f64::from(day % 2) / 1000.0;
        lines.push(line(&format!("a{day}"), "محايد", &date, even, &[]).to_string());
        lines.push(line(&format!("b{day}"), "منحاز", &date, 0.6 + even, &[]).to_string());
    }
    workspace.write("s.jsonl", lines.join("\n"));
    let (code, _, stderr) = workspace.run(&["report", "s.jsonl", "-o", "r.html"]);
    assert_eq!(code, 0, "{stderr}");
    let page = fs::read_to_string(workspace.path("r.html")).unwrap();
    assert!(page.contains("1 of 2 outlets leans clearly: its 95 % interval lies beyond ±0.1"));
    assert!(!page.contains("Toward gna:"), "the even one is of no side");
    assert!(!stderr.contains("no date and no event"), "{stderr}");
}

#[test]
fn articles_without_date_and_event_are_told() {
    let workspace = Workspace::new();
    let undated = |number: usize| {
        let mut line = line(&format!("a{number}"), "وكالة", "", 0.5, &[]);
        line.as_object_mut().unwrap().remove("date");
        line.to_string()
    };
    workspace.write("s.jsonl", (0..8).map(undated).collect::<Vec<_>>().join("\n"));
    let (_, stdout, stderr) = workspace.run(&["report", "s.jsonl", "--format", "json"]);
    assert!(stderr.contains("8 of the 8 averaged articles have no date and no event"), "{stderr}");
    workspace.run(&["report", "s.jsonl", "-o", "r.html"]);
    let page = fs::read_to_string(workspace.path("r.html")).unwrap();
    assert!(page.contains("Without date and event: 8 articles of those averaged"));
    let report: Value = serde_json::from_str(&stdout).unwrap();
    assert_eq!(of(&report, "وكالة")["counts"]["standalone"], 8);
}

#[test]
fn an_outlet_that_the_chart_leaves_out_is_told_below_it() {
    let workspace = with_scores();
    workspace.run(&["report", "s.jsonl", "-o", "r.html"]);
    let page = fs::read_to_string(workspace.path("r.html")).unwrap();
    assert!(page.contains("Not drawn, with fewer than 5 articles about the conflict: 1 outlet;"));
}
