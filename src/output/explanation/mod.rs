//! Explanation → what a person or a program reads: [`terminal`], [`json`], and a page
//! ([`super::html::explanation`]).
//!
//! People see *sheets*: for one head, the terms that moved it most toward the class given and away
//! from it, in numbers with two decimals whose columns add up. What rounding leaves over, a few
//! hundredths, is put into the line of all other terms.

pub mod json;
pub mod terminal;

use crate::record::ScoreRecord;
use crate::scoring::explanation::{
    ExplainedClass, ExplainedHead, Explanation, Term, Wordings, push,
};

/// One article: its record, and the explanation if it could be scored.
#[derive(Clone, Debug, PartialEq)]
pub struct ExplainedArticle {
    /// What `mizan score` writes of it.
    pub record: ScoreRecord,
    /// The explanation; `None` where the record has an error.
    pub explanation: Option<Explanation>,
}

impl ExplainedArticle {
    /// How many leftovers were taken out of it, in words.
    pub(super) fn removed(&self) -> String {
        match self.record.reading.as_ref().map_or(0, |reading| reading.removed) {
            0 => "nothing was removed before weighing".to_owned(),
            1 => "1 leftover was removed before weighing".to_owned(),
            removed => format!("{removed} leftovers were removed before weighing"),
        }
    }
}

/// What moved one head.
#[derive(Clone, Debug)]
pub(super) struct Sheet {
    /// What is explained.
    pub(super) answer: ExplainedClass,
    /// The terms that are shown, those for the class given first, strongest first.
    pub(super) lines: Vec<Line>,
    /// How many others there are, and what they come to.
    pub(super) others: (usize, Vec<i64>),
    /// The intercept.
    pub(super) intercept: Vec<i64>,
    /// The sum of all.
    pub(super) total: Vec<i64>,
}

/// A term that is shown.
#[derive(Clone, Debug)]
pub(super) struct Line {
    /// The term.
    pub(super) term: Term,
    /// Its push and its contributions by class, in hundredths.
    pub(super) hundredths: Vec<i64>,
}

impl Sheet {
    /// The sheet of every answer.
    pub(super) fn all(explanation: &Explanation, top: usize) -> Vec<Self> {
        let wordings = explanation.wordings();
        explanation
            .answers()
            .into_iter()
            .map(|answer| Self::of(explanation, &wordings, answer, top))
            .collect()
    }

    /// The sheet of an answer with at most `top` terms for it and as many against.
    fn of(
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

    /// The head that it is about.
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

    /// How many terms are not shown, in words.
    pub(super) fn others(&self) -> String {
        match self.others.0 {
            1 => "the other one".to_owned(),
            others => format!("all {others} others"),
        }
    }

    /// What the largest probability did not decide alone.
    pub(super) fn note(&self, explanation: &Explanation) -> Option<String> {
        let ExplainedHead { question, probabilities, .. } = self.head(explanation);
        let given = self.answer.class;
        let likeliest = (0..probabilities.len())
            .max_by(|&a, &b| probabilities[a].total_cmp(&probabilities[b]))?;
        (probabilities[likeliest] > probabilities[given]).then(|| {
            let [likeliest, given] = [likeliest, given].map(|class| &question.classes[class]);
            format!("{likeliest} is more probable, but {given} was given: rarer stances have an offset, chosen for the best macro-F1")
        })
    }
}

/// A piece of the text, as it is shown.
#[derive(Clone, Debug)]
pub(super) struct Piece<'a> {
    /// The text, as it came: to be made harmless before it is written.
    pub(super) text: &'a str,
    /// Whether it is the own voice.
    pub(super) own: bool,
    /// What its word did, if it is a word that did anything.
    pub(super) mark: Option<Mark>,
}

/// What a word did.
#[derive(Clone, Debug)]
pub(super) struct Mark {
    /// What it added to the calibrated logits, by class.
    pub(super) by_class: Vec<f64>,
    /// Whether it belongs to a term of the sheet.
    pub(super) shown: bool,
    /// The numbers, from 1, of the lines of the sheet whose places end with it.
    pub(super) lines: Vec<usize>,
}

/// The whole text in pieces: words and what stands between them.
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
    let mut pieces = Vec::with_capacity(2 * tokens.len() + 1);
    let mut end = 0;
    for (number, (token, mark)) in tokens.iter().zip(marks).enumerate() {
        if end < token.span.start {
            // What stands between two words of a quotation is of it.
            let between = number > 0 && !own[number - 1] && !own[number];
            pieces.push(Piece {
                text: &read.text[end..token.span.start],
                own: !between,
                mark: None,
            });
        }
        let mark = mark.by_class.iter().any(|&number| number != 0.0).then_some(mark);
        pieces.push(Piece { text: &read.text[token.span.clone()], own: own[number], mark });
        end = token.span.end;
    }
    pieces.push(Piece { text: &read.text[end..], own: true, mark: None });
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
