//! Explanations for people and programs: [`terminal`], [`json`], and a page
//! ([`super::html::explanation`]).
//!
//! People see *sheets*. A sheet lists the terms that contributed most to the predicted class of a
//! head, and against it: those for it are the words that a score names, with the same weights. What
//! pushes by less than [`MIN_WEIGHT`] stands in the line of all other terms, as does what pushes
//! toward neutral where no sentence takes a side. Its numbers have two decimals, and its columns
//! add up: that line takes the rounding error.

pub mod json;
pub mod terminal;

use std::ops::Range;

use crate::camp::Stance;
use crate::record::ScoreRecord;
use crate::scoring::explanation::{
    ExplainedClass, ExplainedHead, Explanation, Term, Wordings, push,
};
use crate::scoring::{DecidingSentence, MIN_EVIDENCE, MIN_WEIGHT, OFF_TOPIC, counted};

/// One article: its record, and the explanation if it could be scored.
#[derive(Clone, Debug, PartialEq)]
pub struct ExplainedArticle {
    /// What `mizan score` writes of it.
    pub record: ScoreRecord,
    /// The explanation; `None` where the record has an error.
    pub explanation: Option<Explanation>,
}

impl ExplainedArticle {
    /// How much boilerplate was removed, in words.
    pub(super) fn removed(&self) -> String {
        match self.record.reading.as_ref().map_or(0, |reading| reading.removed) {
            0 => "nothing was removed before weighing".to_owned(),
            1 => "1 leftover was removed before weighing".to_owned(),
            removed => format!("{removed} leftovers were removed before weighing"),
        }
    }
}

/// The contributions to one head, as a table.
#[derive(Clone, Debug)]
pub(super) struct Sheet {
    /// The explained class.
    pub(super) answer: ExplainedClass,
    /// The shown terms: first those for the class, then those against it, strongest first.
    pub(super) lines: Vec<Line>,
    /// The number of other terms, and their sum.
    pub(super) others: (usize, Vec<i64>),
    /// The intercept.
    pub(super) intercept: Vec<i64>,
    /// The sum of all.
    pub(super) total: Vec<i64>,
}

/// One line of a sheet.
#[derive(Clone, Debug)]
pub(super) struct Line {
    /// The term.
    pub(super) term: Term,
    /// Its push and its contributions by class, in hundredths.
    pub(super) hundredths: Vec<i64>,
}

impl Sheet {
    /// One sheet for each explained class.
    pub(super) fn all(explanation: &Explanation, top: usize) -> Vec<Self> {
        let wordings = explanation.wordings();
        explanation
            .answers()
            .into_iter()
            .map(|answer| Self::new(explanation, &wordings, answer, top))
            .collect()
    }

    /// The sheet of a class, with at most `top` terms for it and as many against it.
    fn new(
        explanation: &Explanation,
        wordings: &Wordings,
        answer: ExplainedClass,
        top: usize,
    ) -> Self {
        let ExplainedClass { head, class } = answer;
        let columns = |by_class: &[f64]| -> Vec<i64> {
            std::iter::once(push(by_class, class))
                .chain(by_class.iter().copied())
                .map(hundredths)
                .collect()
        };
        let line = |term: Term| Line { hundredths: columns(&term.calibrated), term };
        let mut lines: Vec<Line> =
            explanation.terms(wordings, head, class).into_iter().map(line).collect();
        let n_terms = lines.len();
        // As in the words of a score: no accidents of training, and none that speaks for a camp's
        // neutral where no sentence takes a side.
        let neutral = head.camp().is_some() && Stance::SIDES[class] == Stance::Neutral;
        let named = !(explanation.by_sentence && neutral);
        lines.retain(|line| {
            let push = push(&line.term.calibrated, class);
            push <= -MIN_WEIGHT || (named && push >= MIN_WEIGHT)
        });
        let mut counts = [0; 2];
        lines.retain(|line| {
            let count = &mut counts[usize::from(line.hundredths[0] < 0)];
            *count += usize::from(line.hundredths[0] != 0);
            line.hundredths[0] != 0 && *count <= top
        });
        // Stable: within for and against, strongest stay first.
        lines.sort_by_key(|line| line.hundredths[0] < 0);
        let intercept = columns(&explanation.head(head).calibrated_intercepts());
        let total = columns(&explanation.head(head).calibrated_logits());
        let mut others = total.clone();
        for line in lines.iter().map(|line| &line.hundredths).chain([&intercept]) {
            others.iter_mut().zip(line).for_each(|(other, shown)| *other -= shown);
        }
        Self { answer, others: (n_terms - lines.len(), others), lines, intercept, total }
    }

    /// The explained head.
    pub(super) fn head<'a>(&self, explanation: &'a Explanation) -> &'a ExplainedHead {
        explanation.head(self.answer.head)
    }

    /// What is explained: `lna: favor`; a guess, where the verdict has a doubt.
    pub(super) fn title(&self, explanation: &Explanation) -> String {
        let question = &self.head(explanation).question;
        let camp = self.answer.head.camp().map(|camp| &explanation.verdict.camps[camp]);
        let guess =
            if camp.is_some_and(|camp| camp.abstention.is_some()) { " (a guess)" } else { "" };
        format!("{}: {}{guess}", question.name, question.classes[self.answer.class])
    }

    /// The sentences that decide the class; none where it takes no side, or sides are not told from
    /// sentences.
    pub(super) fn deciding<'a>(&self, explanation: &'a Explanation) -> &'a [DecidingSentence] {
        self.answer.head.camp().map_or(&[], |camp| &explanation.verdict.camps[camp].sentences)
    }

    /// What decides a side, in words; `None` where none is taken, or sides are not told from
    /// sentences. The probability of a sentence is that of `evidence` in a score: by the sentence
    /// alone, not of the article.
    pub(super) fn decided_by(&self, explanation: &Explanation) -> Option<String> {
        let camp = self.answer.head.camp().filter(|_| explanation.by_sentence)?;
        let sentences = counted(explanation.read.findings.voices.sentences.len(), "sentence");
        match (explanation.verdict.camps[camp].stance, self.deciding(explanation).len()) {
            (Stance::Neutral | Stance::Unrelated, _) => None,
            (stance, 0) => Some(format!(
                "no sentence decides it: none of {sentences} is {stance} with {MIN_EVIDENCE:.2} or \
                 more by itself"
            )),
            (_, deciding) => Some(format!("decided by {deciding} of {sentences}")),
        }
    }

    /// The probability of a deciding sentence, in words.
    pub(super) fn by_itself(deciding: &DecidingSentence) -> String {
        let DecidingSentence { stance, probability, .. } = deciding;
        format!("{stance} {probability:.2} by itself")
    }

    /// The number of terms that are not shown, in words.
    pub(super) fn others(&self) -> String {
        match self.others.0 {
            1 => "the other one".to_owned(),
            others => format!("all {others} others"),
        }
    }

    /// What the largest probability did not decide alone.
    pub(super) fn note(&self, explanation: &Explanation) -> Option<String> {
        if explanation.verdict.is_off_topic {
            return Some(format!("{OFF_TOPIC}, so it is unrelated, whatever its words say"));
        }
        let ExplainedHead { question, probabilities, .. } = self.head(explanation);
        let given = self.answer.class;
        let likeliest = (0..probabilities.len())
            .max_by(|&a, &b| probabilities[a].total_cmp(&probabilities[b]))?;
        (probabilities[likeliest] > probabilities[given]).then(|| {
            let [likeliest, given] = [likeliest, given].map(|class| &question.classes[class]);
            format!(
                "{likeliest} is more probable if the article is about the conflict; that it may \
                 not be speaks for {given}"
            )
        })
    }
}

/// A piece of the text: a word, or what is between words.
#[derive(Clone, Debug)]
pub(super) struct Piece<'a> {
    /// The original text; escape it before it is written.
    pub(super) text: &'a str,
    /// Whether it is the author's own voice, not reported speech.
    pub(super) own: bool,
    /// Whether it is of a sentence that decides the stance.
    pub(super) decides: bool,
    /// The contribution of its word, if there is one.
    pub(super) mark: Option<Mark>,
}

/// The contribution of a word.
#[derive(Clone, Debug)]
pub(super) struct Mark {
    /// What it added to the calibrated logits, by class.
    pub(super) by_class: Vec<f64>,
    /// Whether it belongs to a term of the sheet.
    pub(super) shown: bool,
    /// The numbers, from 1, of the lines of the sheet whose places end with it.
    pub(super) lines: Vec<usize>,
}

/// Splits the whole text into pieces.
pub(super) fn pieces<'a>(explanation: &'a Explanation, sheet: &Sheet) -> Vec<Piece<'a>> {
    let read = &explanation.read;
    let (tokens, own) = (&read.tokens, &read.findings.voices.own);
    let mut marks: Vec<Mark> = explanation
        .words(sheet.answer.head)
        .into_iter()
        .map(|by_class| Mark { by_class, shown: false, lines: Vec::new() })
        .collect();
    for (number, line) in sheet.lines.iter().enumerate() {
        for place in &line.term.places {
            let mut last = None;
            for token in place.tokens(read) {
                marks[token].shown = true;
                last = Some(token);
            }
            if let Some(last) = last.filter(|&last| marks[last].lines.last() != Some(&(number + 1)))
            {
                marks[last].lines.push(number + 1);
            }
        }
    }
    let deciding = sheet.deciding(explanation);
    let decides = |bytes: &Range<usize>| {
        let holds =
            |own: &DecidingSentence| own.bytes.start <= bytes.start && bytes.end <= own.bytes.end;
        deciding.iter().any(holds)
    };
    let mut pieces = Vec::with_capacity(2 * tokens.len() + 1);
    let mut end = 0;
    for (number, (token, mark)) in tokens.iter().zip(marks).enumerate() {
        if end < token.span.start {
            // What stands between two words of a quotation is of it.
            let between = number > 0 && !own[number - 1] && !own[number];
            pieces.push(Piece {
                text: &read.text[end..token.span.start],
                own: !between,
                decides: decides(&(end..token.span.start)),
                mark: None,
            });
        }
        let mark = mark.by_class.iter().any(|&number| number != 0.0).then_some(mark);
        pieces.push(Piece {
            text: &read.text[token.span.clone()],
            own: own[number],
            decides: decides(&token.span),
            mark,
        });
        end = token.span.end;
    }
    pieces.push(Piece { text: &read.text[end..], own: true, decides: false, mark: None });
    pieces
}

/// A number in hundredths, rounded.
#[expect(clippy::cast_possible_truncation, reason = "logits are far below the largest integer")]
fn hundredths(number: f64) -> i64 {
    (100.0 * number).round() as i64
}

/// Hundredths as they are written: `+0.42`.
pub(super) fn signed(hundredths: i64) -> String {
    let sign = if hundredths < 0 { '-' } else { '+' };
    format!("{sign}{}.{:02}", hundredths.abs() / 100, hundredths.abs() % 100)
}
