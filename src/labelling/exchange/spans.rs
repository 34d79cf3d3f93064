//! Sentences and words that decide a side, as spans of a text.

use std::ops::Range;

use super::ExchangedMark;
use crate::article::quoted::quoted;
use crate::camp::Stance;
use crate::text::AnalyzedText;

/// What parts expressions in `rationales.csv`.
const BETWEEN_EXPRESSIONS: char = '|';

/// A part of a text that decides a side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// Its bytes.
    pub bytes: Range<usize>,
    /// Number of the camp.
    pub camp: usize,
    /// The side.
    pub stance: Stance,
    /// Whether it is words of a sentence, not a sentence.
    pub is_words: bool,
}

/// The marks as spans: each sentence, then its expressions. What stands twice in the text is marked
/// where it stands first.
pub fn spans(text: &str, marks: &[ExchangedMark]) -> Vec<Span> {
    let mut spans = Vec::new();
    for ExchangedMark { camp, stance, sentence, expressions } in marks {
        let Some(start) = text.find(sentence) else { continue };
        let mut add = |start: usize, part: &str, is_words| {
            let bytes = start..start + part.len();
            spans.push(Span { bytes, camp: *camp, stance: *stance, is_words });
        };
        add(start, sentence, false);
        for part in expressions {
            if let Some(within) = sentence.find(part) {
                add(start + within, part, true);
            }
        }
    }
    spans
}

/// The spans as marks. Words belong to the sentence that is marked before them and holds them, else
/// to another that does, else to the sentence of the text in which they stand. What cannot be a
/// mark is told.
pub fn marks(read: &AnalyzedText, spans: &[Span]) -> (Vec<ExchangedMark>, Vec<String>) {
    let (mut marks, mut problems) = (Vec::<(usize, Range<usize>, ExchangedMark)>::new(), vec![]);
    let new = |span: &Span, bytes: &Range<usize>| ExchangedMark {
        camp: span.camp,
        stance: span.stance,
        sentence: read.text[bytes.clone()].to_owned(),
        expressions: Vec::new(),
    };
    for (order, span) in spans.iter().enumerate().filter(|(_, span)| !span.is_words) {
        match trimmed(&read.text, &span.bytes) {
            Some(bytes) => marks.push((order, bytes.clone(), new(span, &bytes))),
            None => problems.push("a marked sentence is empty".to_owned()),
        }
    }
    for (order, span) in spans.iter().enumerate().filter(|(_, span)| span.is_words) {
        let Some(bytes) = trimmed(&read.text, &span.bytes) else {
            problems.push("marked words are empty".to_owned());
            continue;
        };
        let words = &read.text[bytes.clone()];
        if words.contains(BETWEEN_EXPRESSIONS) {
            problems.push(format!(
                "{} holds a |, which parts expressions: mark fewer words",
                quoted(words)
            ));
            continue;
        }
        let holds = |(_, of, mark): &(usize, Range<usize>, ExchangedMark)| {
            (mark.camp, mark.stance) == (span.camp, span.stance)
                && of.start <= bytes.start
                && bytes.end <= of.end
        };
        let before = marks.iter().rposition(|mark| mark.0 < order && holds(mark));
        let at = before.or_else(|| marks.iter().position(holds));
        let at = at.or_else(|| {
            let of = sentence(read, &bytes)?;
            marks.push((order, of.clone(), new(span, &of)));
            Some(marks.len() - 1)
        });
        match at {
            Some(at) => marks[at].2.expressions.push(words.to_owned()),
            None => problems.push(format!("{} stands in no sentence", quoted(words))),
        }
    }
    marks.sort_by_key(|(order, ..)| *order);
    (marks.into_iter().map(|(_, _, mark)| mark).collect(), problems)
}

/// The bytes without white space around them; `None` if nothing is left.
fn trimmed(text: &str, bytes: &Range<usize>) -> Option<Range<usize>> {
    let part = &text[bytes.clone()];
    let start = bytes.start + part.len() - part.trim_start().len();
    let part = part.trim();
    (!part.is_empty()).then(|| start..start + part.len())
}

/// The sentence, or sentences, of the text in which some bytes stand.
fn sentence(read: &AnalyzedText, bytes: &Range<usize>) -> Option<Range<usize>> {
    let words = read.tokens_in(bytes);
    let last = words.end.checked_sub(1).filter(|last| *last >= words.start)?;
    let sentences = &read.findings.voices.sentences;
    let of = |word: usize| sentences.iter().find(|sentence| sentence.contains(&word));
    let (first, last) = (of(words.start)?, of(last)?);
    let bytes = read.tokens[first.start].span.start..read.tokens[last.end - 1].span.end;
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::camp::Camps;
    use crate::labelling::assets::CAMPS;
    use crate::text::TextReader;

    const TEXT: &str = "دخلت القوات الباسلة المدينة. ثم غادرت مليشيات الوفاق ليلا.";

    fn read() -> AnalyzedText {
        TextReader::with_camps(&Camps::from_toml(CAMPS).unwrap()).read_text(TEXT.to_owned())
    }

    fn mark(camp: usize, sentence: &str, expressions: &[&str]) -> ExchangedMark {
        let stance = [Stance::Favor, Stance::Against][camp];
        let expressions = expressions.iter().map(|&part| part.to_owned()).collect();
        ExchangedMark { camp, stance, sentence: sentence.to_owned(), expressions }
    }

    #[test]
    fn marks_are_the_same_after_the_way_there_and_back() {
        let all = vec![
            mark(1, "غادرت مليشيات الوفاق", &["مليشيات", "غادرت"]),
            mark(0, "دخلت القوات الباسلة المدينة", &["القوات الباسلة"]),
            mark(0, "دخلت القوات الباسلة المدينة", &["الباسلة"]),
            mark(0, "القوات", &["القوات"]),
        ];
        assert_eq!(marks(&read(), &spans(TEXT, &all)), (all, vec![]));
    }

    #[test]
    fn words_without_a_marked_sentence_get_the_one_they_stand_in() {
        let start = TEXT.find("مليشيات").unwrap();
        let bytes = start - 1..start + "مليشيات ".len();
        let words = Span { bytes, camp: 1, stance: Stance::Against, is_words: true };
        let (found, problems) = marks(&read(), std::slice::from_ref(&words));
        assert_eq!(found, [mark(1, "ثم غادرت مليشيات الوفاق ليلا", &["مليشيات"])]);
        assert!(problems.is_empty());
        let empty = Span { bytes: start - 1..start, ..words };
        assert_eq!(marks(&read(), &[empty]).1, ["marked words are empty"]);
    }
}
