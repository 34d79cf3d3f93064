//! `mizan inspect` and `mizan evaluate --readings`: how articles are read, and how well.

use std::fs;

use serde_json::{Value, json};

use super::explain::{HOSTILE, elements};
use crate::common::{Workspace, json_lines, repository};

/// Invented for this test.
const ARTICLE: &str = "id: invented\ntitle: القوات المسلحة الباسلة تدخل المدينة\noutlet: \
 invented.example\ndate: 2019-05-02\n\nدخلت القوات المسلحة أحياء المدينة صباح اليوم. وقال حفتر إن «ميليشيات \
 السراج» انسحبت من الضواحي، وإن الشوارع صارت هادئة وإن المحال فتحت أبوابها كالمعتاد بعد أيام من \
 الإغلاق.\n\nودعت البعثة الأممية إلى وقف إطلاق النار.\n";

/// What a page or a terminal must not get from an article.
fn steers(c: char) -> bool {
    (c.is_control() && c != '\n') || ('\u{202A}'..='\u{202E}').contains(&c)
}

#[test]
fn the_reading_fits_eighty_columns_and_shows_voices_parties_and_framing() {
    let workspace = Workspace::new();
    workspace.write("a.txt", ARTICLE);
    let (code, stdout, stderr) = workspace.run(&["inspect", "--reading", "a.txt"]);
    assert_eq!((code, stderr.as_str()), (0, ""));
    let isolates = ['\u{2067}', '\u{2068}', '\u{2069}'];
    for line in stdout.lines() {
        assert!(line.chars().filter(|c| !isolates.contains(c)).count() <= 80, "{line}");
        let opened = line.matches(&isolates[..2]).count();
        assert_eq!(opened, line.matches('\u{2069}').count(), "{line}");
    }
    insta::assert_snapshot!(stdout);
}

#[test]
fn no_word_steers_the_terminal_or_overflows_it() {
    let workspace = Workspace::new();
    let long = format!("وقال ح{}فتر إن {} هنا", "ـ".repeat(90_000), "ا".repeat(90_000));
    workspace.write("h.txt", format!("{HOSTILE}\n\n{long}"));
    let (code, stdout, _) = workspace.run(&["inspect", "--reading", "h.txt"]);
    assert!(code == 0 && stdout.contains("alert(1)"), "{stdout}");
    assert_eq!(stdout.chars().find(|&c| steers(c)), None);
    assert!(stdout.lines().all(|line| line.chars().count() <= 90), "no line grows with a word");
}

#[test]
fn json_parses_and_places_are_those_of_the_words() {
    let workspace = Workspace::new();
    workspace.write("a.txt", ARTICLE);
    let (code, stdout, stderr) = workspace.run(&["inspect", "--json", "a.txt"]);
    assert_eq!((code, stderr.as_str()), (0, ""));
    let [object] = &json_lines(&stdout)[..] else { panic!("{stdout}") };
    let text = object["text"].as_str().unwrap();
    let list = |name: &str| object[name].as_array().unwrap().clone();
    for found in ["zones", "mentions", "framing"].into_iter().flat_map(list) {
        let at = |end: usize| usize::try_from(found["bytes"][end].as_u64().unwrap()).unwrap();
        assert_eq!(&text[at(0)..at(1)], found["words"].as_str().unwrap());
    }
    let named = |name: &str| -> Vec<Value> {
        list("mentions").into_iter().filter(|mention| mention["words"] == name).collect()
    };
    assert_eq!(named("القوات المسلحة").len(), 2);
    assert_eq!(named("حفتر")[0]["referent"], "lna");
    assert_eq!(named("البعثة الأممية")[0]["referent"], "un");
    let praise = list("framing").into_iter().find(|hit| hit["words"] == "الباسلة").unwrap();
    assert_eq!(
        (&praise["sense"], &praise["zone"], &praise["targets"][0]["referent"]),
        (&json!("praise"), &json!("own"), &json!("lna"))
    );
}

#[test]
fn the_page_shows_every_article_and_escapes_what_they_bring() {
    let workspace = Workspace::new();
    workspace.write("in/1.txt", ARTICLE);
    workspace.write("in/2 <b onclick=x>.txt", HOSTILE);
    let (code, stdout, stderr) = workspace.run(&["inspect", "--output", "new/r.html", "in"]);
    assert_eq!((code, stdout.as_str(), stderr.as_str()), (0, "", ""));
    let page = fs::read_to_string(workspace.path("new/r.html")).unwrap();
    assert!(page.starts_with("<!DOCTYPE html><html lang=\"en\" dir=\"ltr\">"));
    assert!(page.contains("default-src 'none'"), "it loads nothing");
    assert_eq!(page.matches("lang=\"ar\" dir=\"rtl\"").count(), 2);
    assert!(page.contains("<h2 class=\"name\" dir=\"auto\">") && page.contains("<p dir=\"auto\">"));
    for shown in
        ["lna: named", "class=\"praise\"", "class=\"reported\"", "class=\"frame\"", "Mentions ("]
    {
        assert!(page.contains(shown), "{shown}");
    }
    assert_eq!(page.chars().find(|&c| steers(c)), None);
    let (names, attributes) = elements(&page);
    let known = "!DOCTYPE a article b bdi body code dd details div dl dt footer h1 h2 head html i \
     li main meta ol p section span style summary sup table tbody td th thead title tr u";
    for name in &names {
        assert!(known.split(' ').any(|known| known == name.trim_start_matches('/')), "<{name}>");
    }
    let known = "html lang= charset= http-equiv= content= name= id= class= dir= title= href= \
     scope= tabindex= role= aria-label=";
    for attribute in &attributes {
        assert!(known.split(' ').any(|known| known == attribute), "{attribute}");
    }
    assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
    workspace.run(&["inspect", "--output", "again.HTML", "in"]);
    assert_eq!(fs::read_to_string(workspace.path("again.HTML")).unwrap(), page);
}

#[test]
fn output_of_inspect_is_a_page_and_overwrites_no_article_and_no_good_page() {
    let workspace = Workspace::new();
    workspace.write("a.txt", ARTICLE);
    workspace.write("a.html", format!("<p>{ARTICLE}</p>"));
    let kept = "<!DOCTYPE html><meta name=\"generator\" content=\"mizan 0 inspect\"><title>";
    workspace.write("r.html", kept);
    let (code, _, stderr) = workspace.run(&["inspect", "--output", "r.txt", "a.txt"]);
    assert!(code == 2 && stderr.contains("name a file that ends in .html"), "{stderr}");
    assert!(!workspace.path("r.txt").exists());
    let (code, _, stderr) = workspace.run(&["inspect", "--output", "a.html", "a.html"]);
    assert!(code == 2 && stderr.contains("read and written at once"), "{stderr}");
    workspace.write("empty.txt", "");
    let (code, _, stderr) = workspace.run(&["inspect", "--output", "r.html", "empty.txt"]);
    assert!(code == 2 && stderr.contains("r.html is left as it is"), "{stderr}");
    assert_eq!(fs::read_to_string(workspace.path("r.html")).unwrap(), kept);
    let (code, _, _) = workspace.run(&["inspect", "--json", "--output", "r.html", "a.txt"]);
    assert_eq!(code, 2, "one form at a time");
    let (code, _, stderr) = workspace.run(&["inspect", "--output", "r.html", "a.txt", "empty.txt"]);
    assert!(code == 1 && stderr.contains("empty.txt"), "{stderr}");
    let page = fs::read_to_string(workspace.path("r.html")).unwrap();
    assert!(page.contains("It could not be read: ") && page.contains("lna: named"));
    let left: Vec<_> = fs::read_dir(workspace.path("")).unwrap().collect();
    assert_eq!(left.len(), 4, "no temporary file is left");
}

#[test]
fn help_of_inspect_shows_examples_of_each_form() {
    let (code, stdout, _) = Workspace::new().run(&["inspect", "--help"]);
    assert_eq!(code, 0);
    for example in ["inspect --reading ", "inspect --json ", "inspect --output reading.html "] {
        assert!(stdout.contains(example), "{example}");
    }
}

/// A gold set of two texts. The program reads the first as it is marked; the second is marked as
/// nobody would read it.
fn gold_set() -> Workspace {
    let workspace = Workspace::new();
    workspace.write("labeled/camps.toml", fs::read(repository("labeled/camps.toml")).unwrap());
    let lines = |objects: [Value; 2]| objects.map(|object| object.to_string()).join("\n");
    workspace.write(
        "labeled/readings/texts-train.jsonl",
        lines([
            json!({"id": "1", "pattern": "right", "text": "وقال حفتر إن المدينة آمنة."}),
            json!({"id": "2", "pattern": "wrong", "text": "دخلت القوات المسلحة الباسلة المدينة."}),
        ]),
    );
    let wrong = "gna";
    workspace.write(
        "labeled/readings/settled-train.jsonl",
        lines([
            json!({
                "id": "1",
                "zones": [
                    {"zone": "frame", "span": "وقال حفتر إن"},
                    {"zone": "reported", "span": "المدينة آمنة"},
                ],
                "mentions": [{"span": "حفتر", "referent": "lna"}],
                "framing": [],
            }),
            json!({
                "id": "2",
                "zones": [{"zone": "reported", "span": "الباسلة المدينة"}],
                "mentions": [
                    {"span": "القوات المسلحة", "referent": wrong},
                    {"span": "المدينة", "referent": "state"},
                ],
                "framing": [
                    {"span": "الباسلة", "target": wrong, "role": "epithet", "sense": "praise"},
                ],
            }),
        ]),
    );
    workspace
}

#[test]
fn figures_of_inspected_readings_are_those_worked_out_by_hand() {
    let workspace = gold_set();
    let (code, stdout, stderr) =
        workspace.run(&["evaluate", "--readings", "--half", "train", "--json"]);
    assert_eq!((code, stderr.as_str()), (0, ""));
    let found: Value = serde_json::from_str(&stdout).unwrap();
    let counts = |value: &Value| ["right", "found", "marked"].map(|name| value[name].as_u64());
    let expect = |numbers: [u64; 3]| numbers.map(Some);
    let all = &found["all"];
    assert_eq!((&all["texts"], &all["words"]), (&json!(2), &json!(10)));
    // Of the ten words five are own, of which the marks leave three; three are a frame; two are
    // reported, and two more by the marks.
    assert_eq!(counts(&all["zones"]["own"]), expect([3, 5, 3]));
    assert_eq!(counts(&all["zones"]["frame"]), expect([3, 3, 3]));
    assert_eq!(counts(&all["zones"]["reported"]), expect([2, 2, 4]));
    // Three mentions: one right, one of the wrong camp, one not found – which is no camp, as it is
    // marked.
    assert_eq!(counts(&all["referents"]), expect([1, 2, 3]));
    assert_eq!(counts(&all["camps"]), expect([2, 3, 3]));
    assert_eq!(counts(&all["framing"]), expect([0, 1, 1]));
    assert_eq!(counts(&all["targets"]), expect([0, 1, 1]));
    assert_eq!(all["zones"]["reported"]["precision"], json!(1.0));
    assert_eq!(all["zones"]["reported"]["recall"], json!(0.5));
    assert_eq!(counts(&found["patterns"]["right"]["referents"]), expect([1, 1, 1]));

    let (code, stdout, _) = workspace.run(&["evaluate", "--readings", "--half", "train"]);
    assert_eq!(code, 0);
    assert!(stdout.lines().all(|line| line.chars().count() <= 80), "{stdout}");
    assert!(stdout.contains("invented") && stdout.contains("AI readers"), "{stdout}");
    let rows: Vec<String> =
        stdout.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    for row in [
        "pattern texts precision recall F1 who found target",
        "right 1 1.0 1.0 1.0 1.0 – –",
        "wrong 1 – .00 .00* .00* 1.0 .00",
        "all 2 1.0 .50 .67 .33 1.0 .00",
    ] {
        assert!(rows.iter().any(|found| found == row), "{row}\n{stdout}");
    }
}
