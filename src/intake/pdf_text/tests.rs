use super::*;

const TEXT: &str = "أعلنت الحكومة في الأسبوع الماضي خلال اجتماع في البلاد عن الإجراءات الأمنية \
    الجديدة، وقالت إن الانقلاب لا يخدم الأطراف.\nوأكدت اللجنة أن 25 مدنيا وصلوا إلى المدينة، ودعت \
    للإفراج عن (المعتقلين) من الأجهزة الأمنية.";

/// What a program does that puts ل and ا down in the order of their shape.
fn swapped(text: &str) -> String {
    ["لا", "لأ", "لإ", "لآ"].iter().fold(text.to_owned(), |text, pair| {
        let other: String = pair.chars().rev().collect();
        text.replace(pair, &format!("\0{other}")).replace('\0', "")
    })
}

fn reversed(text: &str) -> String {
    let line = |line: &str| {
        let line: String = line.chars().rev().collect();
        line.replace("52", "25").replace('(', "\0").replace(')', "(").replace('\0', ")")
    };
    text.lines().map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn lam_and_alef_are_put_in_order() {
    let damaged = swapped(TEXT);
    assert!(
        damaged.contains("األسبوع") && damaged.contains("خالل") && damaged.contains("االنقالب")
    );
    assert_eq!(mended(&damaged), Some((TEXT.to_owned(), Mending::LamAlef)));
}

#[test]
fn reversed_lines_and_words_are_turned() {
    assert_eq!(mended(&reversed(TEXT)), Some((TEXT.to_owned(), Mending::VisualOrder)));
    let words = |line: &str| line.split(' ').map(reversed).collect::<Vec<_>>().join(" ");
    let by_words: Vec<String> = TEXT.lines().map(words).collect();
    assert_eq!(mended(&by_words.join("\n")), Some((TEXT.to_owned(), Mending::VisualOrder)));
}

#[test]
fn where_only_a_part_is_damaged_only_what_is_certain_is_mended() {
    let text = "األمن واإلعلام واألسبوع، ثم الأمن والإعلام والأسبوع والسالم";
    let right = "الأمن والإعلام والأسبوع، ثم الأمن والإعلام والأسبوع والسالم";
    assert_eq!(mended(text), Some((right.to_owned(), Mending::LamAlef)));
    assert_eq!(mended("في اآلونة األخيرة").unwrap().0, "في الآونة الأخيرة");
    assert_eq!(mended("االن نبدأ"), None);
}

#[test]
fn whole_texts_are_left_alone() {
    for text in [
        TEXT,
        "وصل األسطول إلى الميناء في الأسبوع الماضي",
        "قال ة ة ة ة إن الحكومة لا تريد ذلك",
        "سال المال في الحال ألف مرة ومسألة الآلات في العالم",
        "",
    ] {
        assert_eq!(mended(text), None, "{text}");
    }
}
