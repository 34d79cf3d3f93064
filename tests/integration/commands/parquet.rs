//! Parquet input and output, and the error of a build without the feature.

#[cfg(not(feature = "parquet"))]
use crate::common::Workspace;

#[cfg(not(feature = "parquet"))]
#[test]
fn without_the_feature_the_error_says_how_to_enable_it() {
    let workspace = Workspace::new();
    workspace.write("a.parquet", "PAR1");
    workspace.write("a.txt", "خبر");
    for arguments in [
        &["score", "a.parquet"][..],
        &["report", "a.parquet"],
        &["score", "--output", "s.parquet", "a.txt"],
        &["score", "--format", "parquet", "a.txt"],
    ] {
        let (code, _, stderr) = workspace.run(arguments);
        assert!(
            code > 0 && stderr.contains("cargo build --release --features parquet"),
            "{arguments:?}: {stderr}"
        );
    }
}

#[cfg(feature = "parquet")]
mod with_the_feature {
    use std::fs;

    use serde_json::json;

    use crate::common::{Workspace, json_lines, repository};

    const TEXT: &str = "وقالت حكومة الوفاق إن ميليشيات حفتر قصفت العاصمة طرابلس، بينما أعلنت \
     القيادة العامة تحرير الضواحي.";

    /// A folder with what pyarrow wrote (`tests/golden/parquet.py`), as a part of a table, and the
    /// same articles as JSON lines.
    fn pyarrow() -> Workspace {
        let workspace = Workspace::new();
        workspace.write(
            "table/=1/outlet=مرصد%2F1=%20/x=__HIVE_DEFAULT_PARTITION__/a.parquet",
            fs::read(repository("tests/golden/articles.parquet")).unwrap(),
        );
        let mut articles: Vec<_> = fs::read_dir(repository("labeled/articles/abu-sitta-2016"))
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .collect();
        articles.sort();
        let line = |(number, path): (usize, &std::path::PathBuf)| {
            let text = fs::read_to_string(path).unwrap();
            let text = text.split_once("\n\n").unwrap().1.trim().to_owned()
                + ["", " \u{FFFD}", ""][number];
            let (headline, day) =
                if number == 1 { (None, None) } else { (Some("عنوان"), Some("2016-03-30")) };
            let price = [Some("1.50"), Some("2.00"), None][number];
            json!({
                "id": number + 1,
                "body": text,
                "headline": headline,
                "published": "2016-03-30T12:00:00Z",
                "day": day,
                "price": price,
                "outlet": "مرصد/1= ",
                "x": null,
            })
        };
        let articles: Vec<String> =
            articles[..3].iter().enumerate().map(line).map(|line| line.to_string()).collect();
        workspace.write("articles.jsonl", articles.join("\n"));
        workspace
    }

    #[test]
    fn pyarrow_tables_score_like_json_lines() {
        let workspace = pyarrow();
        let (code, of_table, stderr) = workspace.run(&["score", "table", "--keep", "day,price,x"]);
        assert!(
            code == 0
                && stderr.contains(
                    "text from \"body\", title from \"headline\", id \
             from \"id\", outlet from \"outlet\""
                ),
            "{stderr}"
        );
        let (_, of_lines, _) = workspace.run(&["score", "articles.jsonl", "--keep", "day,price,x"]);
        let mut expected = json_lines(&of_lines);
        for line in &mut expected {
            line["reading"]["format"] = json!("parquet");
        }
        expected[1]["reading"]["replaced"] = json!(1);
        assert_eq!(json_lines(&of_table), expected);
        assert_eq!(
            (&expected[0]["outlet"], &expected[0]["date"]),
            (&json!("مرصد/1="), &json!("2016-03-30"))
        );
        let (code, strict, _) = workspace.run(&["score", "table", "--strict"]);
        let failed: Vec<bool> =
            json_lines(&strict).iter().map(|line| line.get("error").is_some()).collect();
        assert_eq!((code, failed), (1, vec![false, true, false]));
    }

    #[test]
    fn parquet_scores_equal_json_scores() {
        let workspace = Workspace::new();
        let article = |number: usize| match number {
            7 => json!({"id": "seven", "outlet": "=x", "text": "قصير"}),
            _ => {
                json!({
                    "id": number, "outlet": "x", "date": "2019-04-06",
                    "text": TEXT.repeat(1 + number % 5), "n": number
                })
            }
        };
        workspace.write(
            "a.jsonl",
            (0..700).map(|number| article(number).to_string()).collect::<Vec<_>>().join("\n"),
        );
        let score = |more: &[&str]| {
            workspace.run(
                &[&["score", "a.jsonl", "--keep", "n,none", "--max-error", "0.05"], more].concat(),
            )
        };
        let (code, stdout, _) = score(&[]);
        assert_eq!((code, score(&["--output", "s.parquet"]).0), (1, 1));
        assert_eq!(score(&["--output", "t.parquet", "--threads", "1"]).0, 1);
        assert_eq!(
            fs::read(workspace.path("s.parquet")).unwrap(),
            fs::read(workspace.path("t.parquet")).unwrap()
        );

        workspace.write("lines.jsonl", &stdout);
        for arguments in
            [&["report", "--format", "json"][..], &["report", "--format", "html"], &["aggregate"]]
        {
            let of = |file: &str| workspace.run(&[arguments, &[file]].concat());
            let (of_lines, of_table) = (of("lines.jsonl"), of("s.parquet"));
            assert!(of_lines.0 == 0 && of_lines.1.contains("=x"), "{arguments:?}: {}", of_lines.2);
            assert_eq!(of_table, of_lines, "{arguments:?}");
        }

        let (code, _, stderr) = score(&["--output", "s.parquet"]);
        assert!(code == 2 && stderr.contains("it holds"), "{stderr}");
        let (code, _, stderr) = score(&["--output", "u.parquet", "--resume"]);
        assert!(code == 2 && stderr.contains("cannot be read"), "{stderr}");
        assert!(!workspace.path("u.parquet").exists());
    }

    #[test]
    fn damaged_or_piped_files_are_reported_and_the_next_is_read() {
        let workspace = pyarrow();
        let whole = fs::read(repository("tests/golden/articles.parquet")).unwrap();
        workspace.write("cut.parquet", &whole[..whole.len() / 2]);
        workspace.write("none.parquet", "");
        workspace.write("text.parquet", TEXT);
        workspace.write("z.txt", TEXT);
        let (code, stdout, _) =
            workspace.run(&["score", "cut.parquet", "none.parquet", "text.parquet", "z.txt"]);
        let records = json_lines(&stdout);
        assert_eq!((code, records.len()), (1, 4));
        for record in &records[..3] {
            assert!(
                record["error"].as_str().unwrap().contains("it is no Parquet file, or damaged"),
                "{record}"
            );
        }
        let piped = workspace.mizan(&["score"]).write_stdin(whole).output().unwrap();
        let (code, stderr) = (piped.status.code(), String::from_utf8(piped.stderr).unwrap());
        assert!(code == Some(1) && stderr.contains("cannot come through a pipe"), "{stderr}");
        let (code, _, stderr) = workspace.run(&["score", "table", "--text-field", "nothing"]);
        assert!(
            code == 1 && stderr.contains("no file has the field \"nothing\" of --text-field"),
            "{stderr}"
        );
    }

    #[test]
    fn random_bit_flips_never_abort_the_run() {
        let workspace = pyarrow();
        let whole = fs::read(repository("tests/golden/articles.parquet")).unwrap();
        let mut names = Vec::new();
        for number in 0..300_usize {
            let mut bytes = whole.clone();
            // A multiplicative walk over all places; half of them in the footer.
            let place = number * 7_919 % whole.len();
            let place = if number % 2 == 0 { place } else { whole.len() - 1 - place % 3_000 };
            bytes[place] ^= 1 << (number % 8);
            names.push(format!("{number}.parquet"));
            workspace.write(names.last().unwrap(), bytes);
        }
        workspace.write("z.txt", TEXT);
        let arguments: Vec<&str> = ["score"]
            .into_iter()
            .chain(names.iter().map(String::as_str))
            .chain(["z.txt"])
            .collect();
        let (code, stdout, _) = workspace.run(&arguments);
        let records = json_lines(&stdout);
        // In some files the damage is met within the table, so that the rest of it is missing.
        assert!(code == 3 && records.len() >= 301 && records.last().unwrap()["id"] == "z.txt");
    }
}
