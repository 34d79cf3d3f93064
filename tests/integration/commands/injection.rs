//! Ids, outlets, dates, events, titles and words that attack whoever opens the output: markup,
//! spreadsheet formulas, terminal escapes, directional characters.

use serde_json::{Value, json};

use super::report::line;
use crate::common::Workspace;

const FAVORABLE: &str = "دخلت القوات المسلحة الباسلة أحياء المدينة فجر اليوم بعد أن طهرتها من \
 فلول الإرهابيين وقالت حكومة الوفاق الوطني إنها تتابع";

/// What is tried, each in every place.
fn attacks() -> Vec<String> {
    let mut attacks: Vec<String> = [
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "</title></svg></style><script>alert(2)</script>",
        "=cmd()",
        "=cmd|' /C calc'!A0",
        " \u{a0}=1+1",
        "\t=1+1",
        "\r\n+1+1",
        "@SUM(A1:A9)",
        "-2+3",
        "＝cmd()",
        "a;=cmd()",
        "\u{FEFF}=cmd()",
        "\u{202E}gnp.exe\u{202C}",
        "\u{2066}\u{2067}\u{200F}\u{61C}x",
        "\u{1b}[31mred\u{1b}[0m\u{1b}]0;title\u{7}",
        "\u{9b}31m\u{7f}",
        "\u{2028}mizan: fake\u{2029}mizan: fake\u{85}mizan: fake",
        "nul\0nul",
        "two\nlines,\"quoted\"",
    ]
    .map(str::to_owned)
    .to_vec();
    attacks.push("ب".repeat(1 << 19));
    attacks
}

/// The first character that steers a terminal, or text around it; isolates are ours where they are
/// closed again; in a table those of sentences are right to left. A page may have tabs.
fn steering(form: &str, text: &str) -> Option<char> {
    let opens = |c: char| c == '\u{2068}' || form == "table" && c == '\u{2067}';
    let isolates = text.matches(opens).count() == text.matches('\u{2069}').count();
    let harmless = |c: char| {
        c == '\n' || (form == "html" && c == '\t') || (isolates && (opens(c) || c == '\u{2069}'))
    };
    text.chars().find(|&c| {
        !harmless(c)
            && (c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}'))
    })
}

/// Every cell is a number, or text that is no formula; what follows a semicolon, too.
fn assert_no_formula(table: &str) {
    let mut rows = csv::ReaderBuilder::new().has_headers(false).from_reader(table.as_bytes());
    let mut cells = 0;
    for row in rows.records() {
        for cell in row.unwrap().iter().filter(|cell| cell.parse::<f64>().is_err()) {
            for part in cell.split(';') {
                let first = part
                    .trim_start_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}')
                    .chars()
                    .next();
                assert!(
                    !matches!(first, Some('=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠')),
                    "{cell:?}"
                );
                cells += 1;
            }
        }
    }
    assert!(cells > 20, "{cells}");
}

/// Nothing but the page's own elements, and those in their own places.
fn assert_no_markup(page: &str) {
    for element in ["<script src", "<script>alert", "<img", "</title></svg>"] {
        assert!(!page.contains(element), "{element} got through");
    }
    assert_eq!(
        page.matches("<title>").count() + page.matches("<title id=").count(),
        page.matches("</title>").count()
    );
    assert_eq!(page.matches("</style>").count(), 1);
    let is_there = ["&lt;script&gt;alert(", "SUM(A1:A9)"].iter().any(|text| page.contains(text));
    assert!(is_there, "the text itself is there, to be read");
}

fn assert_safe(form: &str, stdout: &str, stderr: &str) {
    assert_eq!(steering(form, stdout).map(|c| c.escape_unicode().to_string()), None, "{form}");
    assert_eq!(steering("", stderr).map(|c| c.escape_unicode().to_string()), None, "{form}");
    match form {
        "csv" => assert_no_formula(stdout),
        "html" => assert_no_markup(stdout),
        // An outlet in markup is none, so a table may lack it.
        _ => assert!(stdout.contains("SUM(A1:A9)"), "{form}: the text itself is there, to be read"),
    }
}

/// A text without the invisible marks that no id keeps: directional ones, soft hyphens, U+FEFF.
fn without_invisible(text: &str) -> String {
    let is_kept = |c: &char| {
        !matches!(
            c,
            '\u{AD}' | '\u{61C}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
                | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}'
        )
    };
    text.chars().filter(is_kept).collect()
}

/// A dump whose every field is hostile, with articles that can be scored and some that cannot.
fn dump() -> String {
    let mut lines = Vec::new();
    for (number, attack) in attacks().iter().enumerate() {
        for copy in 0..2 {
            let text = if copy == 1 && number % 5 == 0 {
                attack.clone()
            } else {
                format!("{FAVORABLE} {attack} {FAVORABLE}")
            };
            let article = json!({"id": attack, "outlet": attack, "date": attack, "event": attack, "title": attack, "text": text});
            lines.push(article.to_string());
        }
    }
    lines.push("\u{1b}[31m{\u{202E} no json".to_owned());
    lines.join("\n")
}

#[test]
fn hostile_fields_are_neutralised_by_score_and_report() {
    let workspace = Workspace::new();
    workspace.write("d.jsonl", dump());
    let mut scored = Vec::new();
    for form in ["jsonl", "csv", "table"] {
        let (code, stdout, stderr) =
            workspace.run(&["score", "--verbose", "--format", form, "d.jsonl"]);
        assert_eq!(code, 1, "some cannot be scored");
        assert_safe(form, &stdout, &stderr);
        scored.push(stdout);
    }
    let ids: Vec<Value> = scored[0]
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap()["id"].clone())
        .collect();
    assert!(
        attacks().iter().all(|attack| ids.contains(&json!(without_invisible(attack)))),
        "what is escaped in JSON comes back whole, but for invisible marks"
    );
    workspace.write("s.jsonl", &scored[0]);
    workspace.write("s.csv", &scored[1]);
    for scores in ["s.jsonl", "s.csv"] {
        for form in ["json", "csv", "table", "html"] {
            let (code, stdout, stderr) = workspace.run(&["report", "--format", form, scores]);
            assert_eq!(code, 0);
            assert!(stderr.contains(" articles have a date that cannot be read"), "{stderr}");
            assert_safe(form, &stdout, &stderr);
        }
    }
}

#[test]
fn hostile_foreign_lines_are_neutralised_by_report() {
    let workspace = Workspace::new();
    let mut lines = Vec::new();
    for attack in attacks() {
        for copy in 0..3 {
            let mut line = line(
                &attack,
                &attack,
                "2019-04-06",
                0.5,
                &[&attack, &attack.chars().take(40).collect::<String>(), "كلمة"],
            );
            line["event"] = json!(attack);
            line["date"] =
                json!(if copy == 0 { attack.clone() } else { format!("2019-04-0{copy}") });
            lines.push(line.to_string());
        }
        lines.push(json!({"id": attack, "outlet": attack, "error": attack}).to_string());
        lines.push(json!({"id": "b", "lean": 0, "unrelated": 0, attack.clone(): {"score": 0.0, "stance": attack}}).to_string());
        lines.push(attack);
    }
    workspace.write("s.jsonl", lines.join("\n"));
    for form in ["json", "csv", "table", "html"] {
        let (code, stdout, stderr) = workspace.run(&["report", "--format", form, "s.jsonl"]);
        assert_eq!(code, 1, "lines that are none are told");
        assert_safe(form, &stdout, &stderr);
    }
    let title = "</title><script>alert(1)</script>\u{202E}";
    let (code, page, _) =
        workspace.run(&["report", "--format", "html", "--title", title, "s.jsonl"]);
    assert_eq!(code, 1);
    assert_safe("html", &page, "");
}
