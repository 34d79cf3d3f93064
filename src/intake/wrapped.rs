//! Texts whose lines a program broke at a column, as mail and old text files have them: such a line
//! end is a space, and no end of a sentence.

use std::borrow::Cow;

/// Fewest and most letters of the longest line of such a text.
const MIN_COLUMN: usize = 40;
const MAX_COLUMN: usize = 100;

/// Fewest line ends within paragraphs by which it is known: fewer where each of them is a break at
/// the column, and none stands behind the end of a sentence.
const MIN_BROKEN: usize = 5;
const MIN_CERTAIN: usize = 3;

/// Share of these that are no breaks at the column, such as those of a list.
const MAX_OTHERS: f64 = 0.1;

/// The text with its paragraphs in one line each, where its lines are broken at a column: each is
/// so long that the first word of the next one had no room in it.
pub(super) fn unwrapped(text: &str) -> Cow<'_, str> {
    let mut lines = Vec::new();
    for line in text.split('\n') {
        // Letters of Arabic have two bytes.
        if line.len() > 2 * MAX_COLUMN {
            return Cow::Borrowed(text);
        }
        lines.push((line.trim(), line.trim().chars().count()));
    }
    let column = lines.iter().map(|(_, length)| *length).max().unwrap_or(0);
    if lines.len() <= MIN_CERTAIN || !(MIN_COLUMN..=MAX_COLUMN).contains(&column) {
        return Cow::Borrowed(text);
    }
    let is_broken = |line: &(&str, usize), next: &(&str, usize)| {
        let word = next.0.split(char::is_whitespace).next().unwrap_or("").chars().count();
        line.1 + 1 + word > column
    };
    let within = lines.windows(2).filter(|two| two[0].1 > 0 && two[1].1 > 0);
    let (mut broken, mut others, mut ends) = (0_usize, 0_usize, 0_usize);
    for two in within {
        if is_broken(&two[0], &two[1]) {
            broken += 1;
        } else {
            others += 1;
        }
        ends += usize::from(two[0].0.ends_with(['.', '؟', '!', ':', '…', '?']));
    }
    let is_certain = broken >= MIN_CERTAIN && others == 0 && ends == 0;
    let is_usual = broken >= MIN_BROKEN && others as f64 <= MAX_OTHERS * (broken + others) as f64;
    if !is_certain && !is_usual {
        return Cow::Borrowed(text);
    }
    let mut joined = String::with_capacity(text.len());
    for (at, line) in lines.iter().enumerate() {
        joined.push_str(line.0);
        match lines.get(at + 1) {
            Some(next) if next.1 > 0 && line.1 > 0 && is_broken(line, next) => joined.push(' '),
            Some(_) => joined.push('\n'),
            None => {}
        }
    }
    Cow::Owned(joined)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PARAGRAPH: &str = "قال المتحدث باسم حكومة الوفاق في مؤتمر صحفي عقده في طرابلس مساء اليوم إن \
        القوات التي تهاجم العاصمة لم تحقق أي تقدم منذ أسابيع، وإن المفاوضات التي ترعاها البعثة الأممية \
        ستستأنف في جنيف الأسبوع المقبل، مضيفا أن الوفد لم يتلق بعد جدول أعمال الجلسة الأولى منها";

    fn wrapped(paragraph: &str, column: usize) -> String {
        let (mut text, mut length) = (String::new(), 0);
        for word in paragraph.split_whitespace() {
            let letters = word.chars().count();
            if length > 0 {
                text.push(if length + 1 + letters > column { '\n' } else { ' ' });
                length = if length + 1 + letters > column { 0 } else { length + 1 };
            }
            text.push_str(word);
            length += letters;
        }
        text
    }

    #[test]
    fn paragraphs_that_were_broken_at_a_column_are_one_line_each() {
        for column in [45, 60, 72] {
            let [first, second] = [PARAGRAPH, PARAGRAPH].map(|text| wrapped(text, column));
            assert!(first.lines().count() > 3);
            let text = format!("عنوان الخبر\n\n{first}\n\n{second}\n");
            let paragraph = PARAGRAPH.split_whitespace().collect::<Vec<_>>().join(" ");
            assert_eq!(
                unwrapped(&text),
                format!("عنوان الخبر\n\n{paragraph}\n\n{paragraph}\n"),
                "{column}"
            );
        }
    }

    #[test]
    fn three_breaks_are_enough_where_no_line_ends_otherwise() {
        let words = PARAGRAPH.split_whitespace().take(38).collect::<Vec<_>>().join(" ");
        let text = wrapped(&words, 60);
        assert!(matches!(text.lines().count(), 4 | 5), "{text}");
        assert_eq!(unwrapped(&text), words);
        let ended = text.replace('\n', ".\n");
        assert_eq!(unwrapped(&ended), ended);
    }

    #[test]
    fn lines_that_somebody_ended_stay() {
        let list = "أسماء القتلى:\nمحمد علي من مصراتة ثلاثون عاما\nأحمد\nسالم الورفلي من بني وليد\nعلي\nفرج\nعمر";
        let sentences = "عقد المجلس جلسة في سرت.\n".repeat(10);
        let whole = format!("{PARAGRAPH}\n{PARAGRAPH}\n").repeat(4);
        for text in [list, &sentences, &whole, "", "\n\n\n\n\n\n\n"] {
            assert_eq!(unwrapped(text), text);
        }
    }
}
