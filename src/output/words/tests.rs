use super::*;

const LANGUAGES: [Language; 2] = [Language::English, Language::Arabic];

/// What is written with these words.
const USERS: [&str; 17] = [
    include_str!("mod.rs"),
    include_str!("../explanation/summary.rs"),
    include_str!("../explanation/mod.rs"),
    include_str!("../explanation/terminal.rs"),
    include_str!("../html/mod.rs"),
    include_str!("../html/explanation/mod.rs"),
    include_str!("../html/explanation/text.rs"),
    include_str!("../html/explanation/numbers.rs"),
    include_str!("../html/report/mod.rs"),
    include_str!("../html/report/answers.rs"),
    include_str!("../html/report/chart.rs"),
    include_str!("../html/report/details.rs"),
    include_str!("../html/report/leans.rs"),
    include_str!("../html/report/trends.rs"),
    include_str!("../html/report/opening.rs"),
    include_str!("../html/report/dots.rs"),
    include_str!("../html/report/notes.rs"),
];

fn gaps(text: &str) -> Vec<&str> {
    let mut gaps: Vec<&str> =
        text.split('{').skip(1).filter_map(|rest| rest.split('}').next()).collect();
    gaps.sort_unstable();
    gaps
}

#[test]
fn every_text_is_there_in_every_language_with_the_same_gaps() {
    let english = Language::English.words();
    let arabic = Language::Arabic.words();
    for (section, texts) in &arabic.table {
        for name in texts.keys() {
            let is_form = ["two", "few", "many"].contains(&name.as_str());
            assert!(is_form || english.table[section].contains_key(name), "{section}.{name}");
        }
    }
    for (section, texts) in &english.table {
        for (name, text) in texts {
            let other = &arabic.table[section][name];
            let is_form = ["one", "other"].contains(&name.as_str());
            assert!(is_form || gaps(text) == gaps(other), "{section}.{name}: {other}");
            let latin = other.split(['{', '}']).step_by(2).collect::<String>();
            let latin = latin.replace("mizan", "");
            // Works are cited by the names of those who wrote them.
            assert!(
                name == "note_method"
                    || !latin.chars().any(|c| c.is_ascii_lowercase())
                    || latin.contains('`'),
                "{section}.{name}: {other}"
            );
        }
    }
}

#[test]
fn every_text_that_is_asked_for_is_there_and_none_is_idle() {
    let english = Language::English.words();
    let sections: Vec<&str> = english.table.keys().map(String::as_str).collect();
    let mut asked: Vec<&str> = Vec::new();
    for source in USERS {
        for literal in source.split('"') {
            if let Some((section, name)) = literal.split_once('.')
                && sections.contains(&section)
                && name != "css"
                && name.chars().all(|c| c.is_ascii_lowercase() || c == '_')
            {
                assert!(english.table[section].contains_key(name), "{literal}");
                asked.push(literal);
            }
        }
    }
    for section in ["page", "explain", "report"] {
        for name in english.table[section].keys() {
            assert!(asked.contains(&format!("{section}.{name}").as_str()), "{section}.{name}");
        }
    }
}

#[test]
fn numbers_bring_the_form_of_their_noun() {
    let articles =
        |number: u64| LANGUAGES.map(|language| language.words().count(number, "article"));
    assert_eq!(articles(1), ["1 article", "مقال واحد"]);
    assert_eq!(articles(2), ["2 articles", "مقالان"]);
    assert_eq!(articles(3), ["3 articles", "\u{2066}3\u{2069} مقالات"]);
    assert_eq!(articles(11), ["11 articles", "\u{2066}11\u{2069} مقالًا"]);
    assert_eq!(articles(100), ["100 articles", "\u{2066}100\u{2069} مقال"]);
    assert_eq!(articles(0), ["0 articles", "\u{2066}0\u{2069} مقال"]);
}
