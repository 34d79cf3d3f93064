//! Explanations for people and programs: [`terminal`], [`json`], and a page
//! ([`super::html::explanation`]).
//!
//! People see first a sentence for each camp ([`summary`]), then the text with what decides it
//! marked ([`marked`]), then *sheets*. A sheet lists the terms that contributed most to the
//! predicted class of a head, and against it: those for it are the words that a score names, with
//! the same weights. What pushes by less than [`MIN_WEIGHT`] stands in the line of all other terms,
//! as does what pushes toward neutral where no sentence takes a side. Its numbers have two
//! decimals, and its columns add up: that line takes the rounding error.

pub mod json;
mod marked;
mod summary;
pub mod terminal;

pub(super) use marked::{Added, Decided, Piece, pieces, strongest};
pub(super) use summary::{CampSummary, share, summaries};

use super::words::Words;
use crate::camp::Stance;
use crate::record::ScoreRecord;
use crate::scoring::MIN_WEIGHT;
use crate::scoring::explanation::{
    ExplainedClass, ExplainedHead, Explanation, Term, Wordings, push,
};

/// Most characters of an article's heading.
const MAX_HEADING: usize = 90;

/// One article: its record, and the explanation if it could be scored.
#[derive(Clone, Debug, PartialEq)]
pub struct ExplainedArticle {
    /// What `mizan score` writes of it.
    pub record: ScoreRecord,
    /// The explanation; `None` where the record has an error.
    pub explanation: Option<Explanation>,
    /// Whether the first paragraph is a headline.
    pub has_title: bool,
}

impl ExplainedArticle {
    /// What the article is called: its headline or, without one, its first words. Its id, if it
    /// could not be explained.
    pub(super) fn heading(&self) -> String {
        let text = self.explanation.as_ref().map_or("", |explanation| &explanation.read.text);
        match text.lines().map(str::trim).find(|line| !line.is_empty()) {
            Some(first) => first_words(first, MAX_HEADING),
            None => self.record.id.clone(),
        }
    }

    /// How much boilerplate was removed, in words.
    pub(super) fn removed(&self, words: &Words) -> String {
        match self.record.reading.as_ref().map_or(0, |reading| reading.removed) {
            0 => words.say("explain.removed_none").to_owned(),
            removed => {
                words.fill("explain.removed", &[("leftovers", &words.count(removed, "leftover"))])
            }
        }
    }
}

/// The first words of a text, of at most `most` characters.
pub(super) fn first_words(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        None => text.to_owned(),
        Some((end, _)) => {
            let end = text[..end].rfind(char::is_whitespace).unwrap_or(end);
            format!("{}…", text[..end].trim_end())
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
    pub(super) fn title(&self, explanation: &Explanation, words: &Words) -> String {
        let question = &self.head(explanation).question;
        let camp = self.answer.head.camp().map(|camp| &explanation.verdict.camps[camp]);
        let is_guess = camp.is_some_and(|camp| camp.abstention.is_some());
        let key = if is_guess { "explain.guessed" } else { "explain.numbers_of" };
        let stance = words.named("stance", &question.classes[self.answer.class]);
        let camp = words.named("stance", &question.name);
        words.fill(key, &[("camp", camp), ("stance", stance)])
    }

    /// The number of terms that are not shown, in words.
    pub(super) fn others(&self, words: &Words) -> String {
        words.count(self.others.0, "others")
    }

    /// What the largest probability did not decide alone.
    pub(super) fn note(&self, explanation: &Explanation, words: &Words) -> Option<String> {
        if explanation.verdict.is_off_topic {
            let why = words.say("explain.off_topic");
            return Some(words.fill("explain.off_topic_note", &[("why", why)]));
        }
        let ExplainedHead { question, probabilities, .. } = self.head(explanation);
        let given = self.answer.class;
        let likeliest = (0..probabilities.len())
            .max_by(|&a, &b| probabilities[a].total_cmp(&probabilities[b]))?;
        (probabilities[likeliest] > probabilities[given]).then(|| {
            let [likeliest, given] =
                [likeliest, given].map(|class| words.named("stance", &question.classes[class]));
            words.fill("explain.likelier", &[("likeliest", likeliest), ("given", given)])
        })
    }
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
