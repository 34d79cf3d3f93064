//! `mizan explain`.

use std::collections::BTreeSet;
use std::fs;

use serde_json::Value;

use super::score::trained;
use crate::common::{Workspace, json_lines};

const PARTISAN: &str = "id: p-1\ntitle: القوات المسلحة الباسلة تطهر الحي\n\nدخلت القوات المسلحة \
 الباسلة أحياء المدينة فجر اليوم بعد أن \
طهرتها القوات من فلول الإرهابيين. وقالت حكومة الوفاق إن «المليشيات الباغية» قصفت العاصمة.\n\nاقرأ أيضا: \
 خبر آخر\n";

/// Markup, attributes, steering of terminals and of direction, bytes that are nothing.
pub(super) const HOSTILE: &str = "دخلت القوات المسلحة الباسلة <script>alert(1)</script> أحياء المدينة\" \
 onmouseover=\"alert(2) بعد أن \
طهرتها</mark></div><img src=x onerror=alert(3)> من فلول\u{1b}[31m \
 الإره\u{202E}ابيين \u{9b}2J \u{1b}]0;t\u{7} \u{202D}مرتزقة\u{2066}\u{2067} \
\u{0}ميليشيات\u{0} السراج\u{7f} &lt;b&gt; الغزو التركي\u{2069}\u{2069} وقال سكان \
المدينة إن الشوارع هادئة منذ الصباح وإن المحال فتحت أبوابها كالمعتاد";

#[test]
fn the_terminal_form_shows_contributions_and_text() {
    let workspace = trained();
    workspace.write(
        "favorable.txt",
        "أعلنت القوات الباسلة أنها دخلت ضواحي المدينة صباح اليوم\n\nوقالت عصابات طرابلس إنها «في \
         القوات الباسلة» باقية\n",
    );
    let (code, stdout, stderr) = workspace.run(&[
        "explain",
        "--model",
        "m.safetensors",
        "--format",
        "terminal",
        "--top",
        "4",
        "favorable.txt",
    ]);
    assert_eq!((code, stderr.as_str()), (0, ""));
    insta::assert_snapshot!(stdout);
}

/// The columns of every table, as they are printed.
#[test]
fn printed_columns_add_up() {
    let workspace = Workspace::new();
    workspace.write("p.txt", PARTISAN);
    let mut sums = 0;
    for top in ["0", "1", "3", "1000"] {
        let (code, stdout, _) =
            workspace.run(&["explain", "--format", "terminal", "--top", top, "p.txt"]);
        assert_eq!(code, 0);
        let mut column = [0; 4];
        for line in stdout.lines() {
            let numbers: Vec<i64> = line.split_whitespace().filter_map(hundredths).collect();
            let [.., _, _, _, _] = numbers[..] else {
                continue;
            };
            let numbers = &numbers[..4];
            if line.trim_start().starts_with("sum") {
                assert_eq!(numbers, column, "{stdout}");
                (column, sums) = ([0; 4], sums + 1);
            } else {
                column.iter_mut().zip(numbers).for_each(|(sum, number)| *sum += number);
            }
        }
    }
    assert_eq!(sums, 8, "two camps, four times");
}

/// `+0.42` as 42; nothing else is a number of hundredths.
fn hundredths(word: &str) -> Option<i64> {
    let (sign, digits) =
        (if word.starts_with('-') { -1 } else { 1 }, word.strip_prefix(['+', '-'])?);
    let (whole, cents) = digits.split_once('.')?;
    Some(sign * (100 * whole.parse::<i64>().ok()? + cents.parse::<i64>().ok()?))
}

#[test]
fn json_is_complete_and_adds_up() {
    let workspace = Workspace::new();
    workspace.write("p.txt", PARTISAN);
    let (code, stdout, stderr) = workspace.run(&["explain", "p.txt"]);
    assert_eq!((code, stderr.as_str()), (0, ""));
    let [object] = &json_lines(&stdout)[..] else { panic!("{stdout}") };
    assert_eq!(
        (&object["id"], &object["lna"]["stance"], &object["reading"]["removed"]),
        (&"p-1".into(), &"favor".into(), &1.into())
    );
    assert_eq!(
        object["answers"],
        serde_json::json!({"relevance": "related", "lna": "favor", "gna": object["gna"]["stance"]})
    );
    let text = object["text"].as_str().unwrap();
    assert!(!text.contains("اقرأ أيضا"), "leftovers are not shown");
    let features = object["features"].as_array().unwrap();
    let numbers = |value: &Value| -> Vec<f64> {
        value.as_array().unwrap().iter().map(|number| number.as_f64().unwrap()).collect()
    };
    for (name, head) in object["heads"].as_object().unwrap() {
        let by = |field: &str| numbers(&head[field]);
        let (mut logits, mut calibrated) = (by("intercept"), by("intercept"));
        calibrated
            .iter_mut()
            .zip(by("scale"))
            .zip(by("shift"))
            .for_each(|((logit, scale), shift)| *logit = scale * *logit + shift);
        for feature in features.iter().filter(|feature| feature.get(name).is_some()) {
            let (value, weights) =
                (feature["value"].as_f64().unwrap(), numbers(&feature[name]["weight"]));
            for (class, contribution) in
                numbers(&feature[name]["contribution"]).into_iter().enumerate()
            {
                assert!((value * weights[class] - contribution).abs() < 1e-15);
                logits[class] += contribution;
                calibrated[class] += numbers(&feature[name]["calibrated"])[class];
            }
        }
        for (found, field) in [(logits, "logit"), (calibrated, "calibrated")] {
            assert!(
                found.iter().zip(by(field)).all(|(found, is)| (found - is).abs() < 1e-9),
                "{name} {field}"
            );
        }
    }
    let sides = numbers(&object["heads"]["lna"]["probability"]);
    let unrelated = object["unrelated"].as_f64().unwrap();
    assert!((sides[0] * (1.0 - unrelated) - object["lna"]["favor"].as_f64().unwrap()).abs() < 2e-6);

    let written = |range: &Value| {
        let at = |end: usize| usize::try_from(range[end].as_u64().unwrap()).unwrap();
        &text[at(0)..at(1)]
    };
    let force = features
        .iter()
        .find(|feature| {
            feature["block"] == "own-stems" && feature["places"].as_array().unwrap().len() == 2
        })
        .unwrap();
    let places: Vec<&str> =
        force["places"].as_array().unwrap().iter().map(|place| written(&place[0])).collect();
    assert_eq!(places[0], places[1], "{force}");
    let reported: Vec<&str> = object["reported"].as_array().unwrap().iter().map(written).collect();
    assert_eq!(reported, ["المليشيات الباغية» قصفت العاصمة"]);
    assert!(features.iter().any(|feature| feature["block"] == "lexicon"
        && feature["meaning"].as_str().unwrap().contains(", ")));
}

#[test]
fn failed_articles_are_reported_and_the_rest_is_explained() {
    let workspace = Workspace::new();
    workspace.write("in/1.txt", PARTISAN);
    workspace.write("in/2.txt", "خبر عاجل");
    workspace.write("in/3.txt", PARTISAN);
    for (arguments, says) in [
        (&["--format", "terminal"][..], "it has 2 Arabic words"),
        (&["--format", "html"], "it has 2 Arabic words"),
        (&[], "\"error\":\"it has 2 Arabic"),
    ] {
        let (code, stdout, stderr) = workspace.run(&[&["explain", "in"][..], arguments].concat());
        assert_eq!(code, 1);
        assert!(stdout.contains(says) && stdout.matches("p-1").count() >= 2, "{stdout}");
        assert!(stderr.contains("in/2.txt: it has 2 Arabic words"), "{stderr}");
        assert_eq!(stderr.lines().count(), 1);
    }
    let (code, _, stderr) = workspace.run(&["explain", "--output", "in/1.txt/a.html", "in"]);
    assert!(code == 2 && stderr.contains("cannot write in/1.txt/a.html"), "{stderr}");
}

#[test]
fn articles_are_picked_by_id_and_a_page_has_an_end() {
    let workspace = Workspace::new();
    let text = "تقدمت قوات القيادة العامة في محاور طرابلس اليوم";
    let line = |n: usize| format!("{{\"id\": \"n{n}\", \"text\": \"{text}\"}}\n");
    workspace.write("d.jsonl", (0..1_002).map(line).collect::<String>());
    let (code, stdout, _) =
        workspace.run(&["explain", "--json", "--id", "n7", "--id", "n900", "d.jsonl"]);
    let ids: Vec<_> = json_lines(&stdout).iter().map(|one| one["id"].clone()).collect();
    assert_eq!((code, ids), (0, vec!["n7".into(), "n900".into()]));
    let (code, stdout, stderr) =
        workspace.run(&["explain", "--json", "--id", "n7", "--id", "x", "d.jsonl"]);
    assert_eq!((code, json_lines(&stdout).len()), (1, 1));
    assert!(
        stderr.contains("no article has the id \"x\"; `mizan score` prints the ids"),
        "{stderr}"
    );
    let (code, _, stderr) = workspace.run(&["explain", "-o", "w.html", "d.jsonl"]);
    assert!(code == 1 && stderr.contains("the page has the first 1000 articles"), "{stderr}");
    let page = fs::read_to_string(workspace.path("w.html")).unwrap();
    assert!(page.contains("n999") && !page.contains("n1000"));
}

#[test]
fn the_file_extension_selects_the_format_and_output_is_deterministic() {
    let workspace = Workspace::new();
    workspace.write("p.txt", PARTISAN);
    for name in ["a.html", "b.html", "a.json"] {
        let (code, stdout, stderr) = workspace.run(&["explain", "--output", name, "p.txt"]);
        assert_eq!((code, stdout.as_str(), stderr.as_str()), (0, "", ""));
    }
    let written = |name: &str| fs::read_to_string(workspace.path(name)).unwrap();
    assert_eq!(written("a.html"), written("b.html"));
    assert!(
        written("a.html").starts_with("<!DOCTYPE html>")
            && json_lines(&written("a.json")).len() == 1
    );
    assert!(written("a.html").contains("1 leftover removed"));
    let piped = workspace.mizan(&["explain"]).write_stdin(PARTISAN).output().unwrap();
    assert_eq!(String::from_utf8(piped.stdout).unwrap(), written("a.json"));
}

#[test]
fn control_characters_never_reach_a_terminal() {
    let workspace = Workspace::new();
    workspace.write("h.txt", HOSTILE);
    let (code, stdout, _) = workspace.run(&["explain", "--format", "terminal", "h.txt"]);
    assert!(code == 0 && stdout.contains("alert(1)"), "{stdout}");
    assert_eq!(stdout.chars().find(|c| c.is_control() && *c != '\n'), None);
    for line in stdout.lines() {
        let count = |of: &[char]| line.matches(of).count();
        assert_eq!(count(&['\u{2067}', '\u{2068}']), count(&['\u{2069}']), "{line}");
        assert_eq!(
            count(&[
                '\u{202A}', '\u{202B}', '\u{202D}', '\u{202E}', '\u{2066}', '\u{200E}', '\u{200F}'
            ]),
            0,
            "{line}"
        );
    }
    let (_, stdout, _) = workspace.run(&["explain", "h.txt"]);
    assert_eq!(
        stdout
            .chars()
            .find(|c| c.is_control() && *c != '\n' || ('\u{202A}'..='\u{202E}').contains(c)),
        None
    );
    assert!(
        json_lines(&stdout)[0]["text"].as_str().unwrap().contains("الإره\u{202E}ابيين"),
        "the text is whole"
    );
}

/// The names of the elements of a page, with those that end, and of their attributes.
pub(super) fn elements(page: &str) -> (BTreeSet<String>, BTreeSet<String>) {
    let tags: BTreeSet<&str> =
        page.split('<').skip(1).map(|rest| rest.split('>').next().unwrap()).collect();
    let (mut names, mut attributes) = (BTreeSet::new(), BTreeSet::new());
    for tag in tags {
        let outside_quotes: String = tag.split('"').step_by(2).collect();
        let mut parts = outside_quotes.split_whitespace();
        names.insert(parts.next().unwrap().to_owned());
        attributes.extend(parts.map(str::to_owned));
    }
    (names, attributes)
}

#[test]
fn html_escapes_markup_from_articles() {
    let workspace = Workspace::new();
    workspace.write("<b onclick=x>.txt", HOSTILE);
    let (code, page, _) = workspace.run(&["explain", "--format", "html", "<b onclick=x>.txt"]);
    assert_eq!(code, 0);
    assert_eq!(
        page.chars()
            .find(|c| c.is_control() && *c != '\n' || ('\u{202A}'..='\u{202E}').contains(c)),
        None
    );
    let (names, attributes) = elements(&page);
    let known = "!DOCTYPE article b bdi body details div footer h1 h2 h3 head html i li main mark \
     meta p section span strong style summary table tbody td th thead title tr ul";
    for name in &names {
        assert!(known.split(' ').any(|known| known == name.trim_start_matches('/')), "<{name}>");
    }
    for attribute in &attributes {
        let known = [
            "html",
            "lang=",
            "charset=",
            "http-equiv=",
            "content=",
            "name=",
            "id=",
            "class=",
            "dir=",
            "style=",
            "title=",
            "role=",
            "scope=",
            "tabindex=",
            "aria-label=",
        ];
        assert!(known.contains(&attribute.as_str()), "{attribute}");
    }
    assert!(
        page.contains("&lt;script&gt;alert(1)&lt;/script&gt;")
            && page.contains("&amp;lt;b&amp;gt;")
    );
}

#[test]
fn huge_words_fit_the_terminal_width() {
    let workspace = Workspace::new();
    let long = [
        "ا".repeat(500_000),
        format!("ح{}فتر", "ـ".repeat(500_000)),
        "\u{64B}".repeat(500_000),
        "x".repeat(1_000_000),
    ]
    .join(" ");
    workspace.write("long.txt", format!("{PARTISAN} {long}"));
    let (code, stdout, stderr) = workspace.run(&["explain", "--format", "terminal", "long.txt"]);
    assert_eq!((code, stderr.as_str()), (0, ""));
    assert!(stdout.lines().all(|line| line.chars().count() <= 200), "no line grows with the word");
    for format in ["html", "json"] {
        assert_eq!(workspace.run(&["explain", "--format", format, "long.txt"]).0, 0);
    }
}

#[test]
fn help_shows_examples_and_exit_codes() {
    let (code, stdout, _) = Workspace::new().run(&["explain", "--help"]);
    assert!(
        code == 0 && stdout.contains("Examples:") && stdout.contains("Exit codes:"),
        "{stdout}"
    );
}

#[test]
fn an_ending_of_another_format_is_refused_and_nothing_is_written() {
    let workspace = Workspace::new();
    workspace.write("p.txt", PARTISAN);
    workspace.write("why.html", "kept");
    for (arguments, says) in [
        (&["-o", "x.csv"][..], "x.csv: its ending tells no format"),
        (&["-o", "x"], "x: its ending tells no format"),
        (&["-o", "why.html", "-f", "json"], "why.html: its ending is that of another format"),
    ] {
        let (code, stdout, stderr) = workspace.run(&[&["explain", "p.txt"], arguments].concat());
        assert!(code == 2 && stdout.is_empty() && stderr.contains(says), "{stderr}");
        assert!(!workspace.path(arguments[1]).exists() || arguments[1] == "why.html");
    }
    assert_eq!(fs::read_to_string(workspace.path("why.html")).unwrap(), "kept");
    let written = [["-o", "x.txt", "-f", "terminal"], ["-o", "x.csv", "-f", "json"]];
    for arguments in written {
        let (code, _, stderr) = workspace.run(&[&["explain", "p.txt"][..], &arguments].concat());
        assert_eq!((code, stderr.as_str()), (0, ""));
    }
}

#[test]
fn a_failed_article_has_the_id_that_its_score_has() {
    let workspace = Workspace::new();
    let lines = "{\"id\": \"a\", \"text\": \"خبر عاجل\"}\n{\"id\": \"b\", \"text\": 7}\n\
                 {\"id\": \"c\"}\n{\"text\": \n";
    workspace.write("d.jsonl", lines);
    let records = |command: &str| -> Vec<(Value, Value)> {
        let (code, stdout, _) = workspace.run(&[
            command,
            "-f",
            if command == "score" { "jsonl" } else { "json" },
            "d.jsonl",
        ]);
        assert_eq!(code, 1);
        let records = json_lines(&stdout);
        records.iter().map(|record| (record["id"].clone(), record["error"].clone())).collect()
    };
    assert_eq!(records("explain"), records("score"));
}

#[test]
fn output_never_overwrites_input_or_a_good_page() {
    let workspace = Workspace::new();
    let text = "أعلنت القيادة العامة للجيش الوطني الليبي وحكومة الوفاق وقف إطلاق النار في طرابلس";
    workspace.write("a.txt", text);
    let kept = "<!DOCTYPE html><meta name=\"generator\" content=\"mizan 0 explain\"><title>";
    workspace.write("why.html", kept);
    let (code, _, stderr) = workspace.run(&["explain", "a.txt", "--output", "a.txt"]);
    assert!(code == 2 && stderr.contains("read and written at once"), "{stderr}");
    assert_eq!(fs::read_to_string(workspace.path("a.txt")).unwrap(), text);
    workspace.write("empty.txt", "");
    let (code, _, stderr) = workspace.run(&["explain", "empty.txt", "--output", "why.html"]);
    assert!(code == 2 && stderr.contains("why.html is left as it is"), "{stderr}");
    assert_eq!(fs::read_to_string(workspace.path("why.html")).unwrap(), kept);
}
