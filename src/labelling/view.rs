//! An article as the page shows it: words in sentences in paragraphs, with what is known of them.
//! All of it is text; the page makes elements of it, never markup.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::entries::Entry;
use super::journal::{Given, Marked};
use super::session::{Session, SessionError};
use crate::camp::Stance;
use crate::text::isolate::visible;
use crate::text::{AnalyzedText, Party};

/// What parts expressions in `rationales.csv`.
const BETWEEN_EXPRESSIONS: char = '|';

/// An article.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ArticleView {
    /// Its number, which stands for it in what the page asks.
    pub number: usize,
    /// Its id.
    pub id: String,
    /// Its day.
    pub date: Option<String>,
    /// Hash of its text: what an answer is about.
    pub hash: String,
    /// The label that the annotator gave it.
    pub own: Option<Label>,
    /// Its paragraphs.
    pub paragraphs: Vec<Paragraph>,
}

/// A paragraph.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Paragraph {
    /// Whether it is the headline.
    pub is_title: bool,
    /// Its sentences.
    pub sentences: Vec<Sentence>,
}

/// A sentence, or the part of it that stands in one paragraph.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Sentence {
    /// Its number.
    pub number: usize,
    /// Its words.
    pub words: Vec<Word>,
}

/// A word with the signs and the space that belong to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Word {
    /// Its number.
    pub number: usize,
    /// What is written, without space behind it.
    pub text: String,
    /// The space behind it.
    pub space: String,
    /// The camp that it means.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub camp: Option<usize>,
    /// Whether it means one who only helps that camp.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub is_ally: bool,
    /// Whether it is reported speech.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub is_reported: bool,
}

/// A label, with its marks by number.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Label {
    /// The stance toward each camp.
    pub stances: [Stance; 2],
    /// The note.
    pub note: String,
    /// The sentences that decide it.
    pub marks: Vec<Mark>,
}

/// A sentence that decides a side.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mark {
    /// Number of the camp.
    pub camp: usize,
    /// Number of the sentence.
    pub sentence: usize,
    /// The first and the last word of each expression in it, by number.
    pub expressions: Vec<[usize; 2]>,
}

impl Session {
    /// The article with a number, as the page shows it.
    ///
    /// # Errors
    /// When there is none.
    pub fn view(&self, number: usize) -> Result<ArticleView, SessionError> {
        let entry = self.entry(number)?;
        let read = self.read(entry);
        let article = &entry.article;
        let own = self.given(&article.id, &self.annotator);
        Ok(ArticleView {
            number,
            id: visible(&article.id),
            date: article.date.clone(),
            hash: entry.hash.clone(),
            own: own.map(|given| label(&read, given)),
            paragraphs: paragraphs(&read, article.title.is_some()),
        })
    }

    /// What the page marked, in words.
    pub(super) fn marked(
        &self,
        entry: &Entry,
        marks: &[Mark],
    ) -> Result<Vec<Marked>, SessionError> {
        let read = self.read(entry);
        marks.iter().map(|mark| marked(&read, mark)).collect()
    }
}

/// A label with its marks by number.
pub(super) fn label(read: &AnalyzedText, given: Given) -> Label {
    let marks = given.marks.iter().filter_map(|marked| {
        let start = read.text.find(&marked.sentence)?;
        let words = read.tokens_in(&(start..start + marked.sentence.len()));
        let sentences = &read.findings.voices.sentences;
        let sentence = sentences.iter().position(|sentence| sentence.contains(&words.start))?;
        let expressions = marked.expressions.iter().filter_map(|expression| {
            let start = start + marked.sentence.find(expression)?;
            let words = read.tokens_in(&(start..start + expression.len()));
            (!words.is_empty()).then(|| [words.start, words.end - 1])
        });
        Some(Mark { camp: marked.camp, sentence, expressions: expressions.collect() })
    });
    Label { stances: given.stances, note: given.note, marks: marks.collect() }
}

/// A mark in words, as they stand in the text.
fn marked(read: &AnalyzedText, mark: &Mark) -> Result<Marked, SessionError> {
    let invalid = |message: &str| SessionError::Invalid(message.to_owned());
    let sentence = read.findings.voices.sentences.get(mark.sentence).filter(|all| !all.is_empty());
    let sentence = sentence.ok_or_else(|| invalid("there is no such sentence"))?;
    if mark.camp > 1 {
        return Err(invalid("there is no such camp"));
    }
    let part = |words: Range<usize>| {
        let bytes = read.tokens[words.start].span.start..read.tokens[words.end - 1].span.end;
        read.text[bytes].to_owned()
    };
    let mut expressions = Vec::new();
    for &[first, last] in &mark.expressions {
        if first > last || first < sentence.start || last >= sentence.end {
            return Err(invalid("an expression must stand within its sentence"));
        }
        let words = part(first..last + 1);
        if words.contains(BETWEEN_EXPRESSIONS) {
            return Err(invalid("the words hold a |, which parts expressions: mark fewer words"));
        }
        expressions.push(words);
    }
    Ok(Marked { camp: mark.camp, sentence: part(sentence.clone()), expressions })
}

/// The number of the sentence that a place of the text stands in.
pub(super) fn sentence_at(read: &AnalyzedText, bytes: &Range<usize>) -> Option<usize> {
    let words = read.tokens_in(bytes);
    read.findings.voices.sentences.iter().position(|sentence| sentence.contains(&words.start))
}

/// The whole text.
fn paragraphs(read: &AnalyzedText, has_title: bool) -> Vec<Paragraph> {
    let findings = &read.findings;
    let mut of_words = vec![None; read.tokens.len()];
    for mention in &findings.mentions {
        let party = match mention.party {
            Party::Camp(camp) => Some((camp, false)),
            Party::Ally(camp) => Some((camp, true)),
            Party::Third(_) => None,
        };
        of_words[mention.tokens.clone()].fill(party);
    }
    let mut sentence_of = vec![0; read.tokens.len()];
    for (number, words) in findings.voices.sentences.iter().enumerate() {
        sentence_of[words.clone()].fill(number);
    }
    let mut paragraphs: Vec<Paragraph> = Vec::new();
    let mut is_new = true;
    for number in 0..read.tokens.len() {
        let (text, space) = piece(read, number);
        let party: Option<(usize, bool)> = of_words[number];
        let word = Word {
            number,
            text: visible(text),
            space: if space.is_empty() { String::new() } else { " ".to_owned() },
            camp: party.map(|(camp, _)| camp),
            is_ally: party.is_some_and(|(_, is_ally)| is_ally),
            is_reported: findings.voices.zones.get(number).is_some_and(|zone| !zone.is_own()),
        };
        if is_new {
            let is_title = has_title && paragraphs.is_empty();
            paragraphs.push(Paragraph { is_title, sentences: Vec::new() });
        }
        is_new = space.contains('\n');
        let sentence = sentence_of[number];
        let Some(paragraph) = paragraphs.last_mut() else { continue };
        match paragraph.sentences.last_mut() {
            Some(last) if last.number == sentence => last.words.push(word),
            _ => paragraph.sentences.push(Sentence { number: sentence, words: vec![word] }),
        }
    }
    paragraphs
}

/// A word with the signs around it, and the space behind it. Signs that open something stand with
/// the word after them.
fn piece(read: &AnalyzedText, number: usize) -> (&str, &str) {
    let cut = |from: usize, to: usize| {
        let between = &read.text[from..to];
        let space = between.rfind(char::is_whitespace);
        space.map_or(from, |at| from + at + between[at..].chars().next().map_or(0, char::len_utf8))
    };
    let (tokens, text) = (&read.tokens, &read.text);
    let span = &tokens[number].span;
    let start = match number.checked_sub(1) {
        Some(before) => cut(tokens[before].span.end, span.start),
        None => 0,
    };
    let end = tokens.get(number + 1).map_or(text.len(), |next| cut(span.end, next.span.start));
    let piece = &text[start..end];
    let word = piece.trim_end();
    (word, &piece[word.len()..])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::camp::Camps;
    use crate::labelling::assets::CAMPS;
    use crate::text::TextReader;

    fn read(text: &str) -> AnalyzedText {
        TextReader::with_camps(&Camps::from_toml(CAMPS).unwrap()).read_text(text.to_owned())
    }

    #[test]
    fn the_page_has_all_of_the_text_in_paragraphs() {
        let text =
            "عنوان الخبر\n\n«دخلت» قوات حفتر المدينة. وقال المتحدث: «انتهى كل شيء».\nسطر آخر!";
        let paragraphs = paragraphs(&read(text), true);
        let written: Vec<String> = paragraphs
            .iter()
            .map(|paragraph| {
                let words = paragraph.sentences.iter().flat_map(|sentence| &sentence.words);
                words.map(|word| word.text.clone() + &word.space).collect::<String>()
            })
            .map(|paragraph| paragraph.trim().to_owned())
            .collect();
        assert_eq!(written.join("\n"), text.replace("\n\n", "\n"));
        assert!(paragraphs[0].is_title && !paragraphs[1].is_title);
        let words = || paragraphs.iter().flat_map(|one| &one.sentences).flat_map(|one| &one.words);
        assert!(words().any(|word| word.camp == Some(0) && word.text == "حفتر"));
        assert!(words().any(|word| word.is_reported && word.text.contains("انتهى")));
    }

    #[test]
    fn marks_become_words_of_the_text_and_are_found_again() {
        let read = read("دخلت مليشيات حفتر المدينة. ثم غادرت.");
        let mark = Mark { camp: 0, sentence: 0, expressions: vec![[1, 2]] };
        let words = marked(&read, &mark).unwrap();
        assert_eq!(words.sentence, "دخلت مليشيات حفتر المدينة");
        assert_eq!(words.expressions, ["مليشيات حفتر"]);
        let given = Given {
            stances: [Stance::Against, Stance::Neutral],
            note: String::new(),
            date: String::new(),
            marks: vec![words],
        };
        assert_eq!(label(&read, given).marks, std::slice::from_ref(&mark));
        for (sentence, expression) in [(9, [0, 0]), (0, [2, 1]), (0, [0, 5]), (0, [0, usize::MAX])]
        {
            let mark = Mark { sentence, expressions: vec![expression], ..mark.clone() };
            assert!(marked(&read, &mark).is_err(), "{mark:?}");
        }
    }
}
