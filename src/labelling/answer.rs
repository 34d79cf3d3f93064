//! What an annotator presses → files. Nothing is confirmed before it is on the disk.

use serde::{Deserialize, Serialize};

use super::choice::Order;
use super::journal::{self, Action, Given, JournalEntry};
use super::session::{Session, SessionError};
use super::view::{Label, Mark, label, sentence_at};
use crate::camp::Stance;
use crate::labels::annotation::ADJUDICATOR;
use crate::text::isolate::visible;

/// Longest note, in characters.
const MAX_NOTE: usize = 2_000;

/// Most marks of one label.
const MAX_MARKS: usize = 500;

/// A label from the page.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// Number of the article.
    pub article: usize,
    /// Hash of the text that was shown.
    pub hash: String,
    /// The label that the page knew of, if any.
    pub seen: Option<[Stance; 2]>,
    /// The stance toward each camp.
    pub stances: [Stance; 2],
    /// A note; the reason where the answer settles what others disagree on.
    #[serde(default)]
    pub note: String,
    /// The sentences that decide it.
    #[serde(default)]
    pub marks: Vec<Mark>,
    /// In which order the article came.
    pub order: Option<Order>,
    /// Whether outlets took turns.
    #[serde(default)]
    pub by_outlet: bool,
    /// Seconds from the article's appearing to the answer.
    pub seconds: Option<f64>,
}

/// What the model says of an article.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Opinion {
    /// Toward each camp; none where the model says nothing.
    pub camps: Vec<CampOpinion>,
    /// The probability that the article is not about the conflict.
    pub unrelated: f64,
    /// Why there is nothing, if so.
    pub why_not: Option<&'static str>,
    /// The outlet, which is not told before: it would be looked at instead of the text.
    pub outlet: Option<String>,
}

/// What the model says of one camp.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CampOpinion {
    /// The stance.
    pub stance: Stance,
    /// Its probability.
    pub probability: f64,
    /// The numbers of the sentences that decide it.
    pub sentences: Vec<usize>,
    /// The words that spoke for it.
    pub words: Vec<String>,
}

/// A label that was taken back.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TakenBack {
    /// Number of the article.
    pub article: usize,
    /// What was taken back, to begin anew with.
    pub label: Label,
}

impl Session {
    /// Stores a label, and says what the model would have answered.
    ///
    /// # Errors
    /// When it does not fit together, the article or its label was changed since, or it cannot be
    /// written: then nothing is confirmed.
    pub fn answer(&mut self, answer: &Answer) -> Result<Opinion, SessionError> {
        let annotator = self.annotator.clone();
        self.store_label(answer, &annotator, Action::Label)?;
        self.opinion(answer.article)
    }

    /// Stores what settles a disagreement of others. The note is the reason.
    ///
    /// # Errors
    /// As [`Self::answer`]; and without a reason.
    pub fn settle(&mut self, answer: &Answer) -> Result<(), SessionError> {
        if answer.note.trim().is_empty() {
            return Err(SessionError::Invalid("say why: a decision needs a reason".to_owned()));
        }
        let note = format!("{}: {}", self.annotator, answer.note);
        self.store_label(&Answer { note, ..answer.clone() }, ADJUDICATOR, Action::Settle)
    }

    fn store_label(
        &mut self,
        answer: &Answer,
        annotator: &str,
        action: Action,
    ) -> Result<(), SessionError> {
        let _lock = self.begin()?;
        let entry = self.entry(answer.article)?;
        if entry.hash != answer.hash {
            let id = &entry.article.id;
            return Err(SessionError::Conflict(format!(
                "the text of {id} was changed since you opened it: read it again"
            )));
        }
        check(answer)?;
        let article = entry.article.id.clone();
        let before = self.given(&article, annotator);
        let stands = before.as_ref().map(|given| given.stances);
        if stands != answer.seen {
            return Err(SessionError::Conflict(format!(
                "{article} was labelled elsewhere meanwhile: here is what stands there now"
            )));
        }
        let (at, date) = self.store.now();
        let given = Given {
            stances: answer.stances,
            note: one_line(&answer.note),
            date,
            marks: self.marked(entry, &answer.marks)?,
        };
        self.write(&article, annotator, Some(&given), action == Action::Settle)?;
        self.log(&JournalEntry {
            at,
            annotator: self.annotator.clone(),
            article,
            action,
            given: Some(given),
            before,
            order: answer.order,
            by_outlet: answer.by_outlet,
            seconds: answer.seconds.filter(|seconds| seconds.is_finite() && *seconds >= 0.0),
        })
    }

    /// Takes the last label of the annotator back; what stood before stands again.
    ///
    /// # Errors
    /// When there is none, or it was changed elsewhere since.
    pub fn undo(&mut self) -> Result<TakenBack, SessionError> {
        let _lock = self.begin()?;
        let nothing = || SessionError::Invalid("there is nothing to take back".to_owned());
        let standing = journal::standing(&self.journal, &self.annotator);
        let last = (*standing.last().ok_or_else(nothing)?).clone();
        let id = last.article;
        let number = self.number(&id).ok_or_else(nothing)?;
        let now = self.given(&id, &self.annotator);
        let Some(now) =
            now.filter(|now| last.given.as_ref().is_some_and(|given| given.stances == now.stances))
        else {
            return Err(SessionError::Conflict(format!(
                "the label of {id} was changed elsewhere since: it is left as it is"
            )));
        };
        let taken_back = label(&self.read(self.entry(number)?), now.clone());
        let annotator = self.annotator.clone();
        self.write(&id, &annotator, last.before.as_ref(), false)?;
        self.log(&JournalEntry {
            at: self.store.now().0,
            annotator,
            article: id,
            action: Action::Undo,
            given: last.before,
            before: Some(now),
            order: None,
            by_outlet: false,
            seconds: None,
        })?;
        Ok(TakenBack { article: number, label: taken_back })
    }

    /// Puts an article off: it comes again when all others are done.
    ///
    /// # Errors
    /// When there is no such article, or it cannot be written.
    pub fn skip(&mut self, number: usize, order: Option<Order>) -> Result<(), SessionError> {
        let _lock = self.begin()?;
        let article = self.entry(number)?.article.id.clone();
        self.log(&JournalEntry {
            at: self.store.now().0,
            annotator: self.annotator.clone(),
            article,
            action: Action::Skip,
            given: None,
            before: None,
            order,
            by_outlet: false,
            seconds: None,
        })
    }

    /// What the model says of an article.
    ///
    /// # Errors
    /// When there is no such article.
    pub fn opinion(&self, number: usize) -> Result<Opinion, SessionError> {
        let entry = self.entry(number)?;
        let outlet = entry.article.outlet.as_deref().map(visible);
        let none = |why_not| Opinion {
            camps: Vec::new(),
            unrelated: 0.0,
            why_not: Some(why_not),
            outlet: outlet.clone(),
        };
        if self.scorer.is_none() {
            return Ok(none("the model is of other camps than this set"));
        }
        let Some(verdict) = self.verdict(entry) else {
            return Ok(none("the model cannot weigh this article"));
        };
        let read = self.read(entry);
        let camps = verdict.camps.iter().map(|camp| CampOpinion {
            stance: camp.stance,
            probability: match camp.stance {
                Stance::Favor => camp.sides.favor,
                Stance::Against => camp.sides.against,
                Stance::Neutral => camp.sides.neutral,
                Stance::Unrelated => verdict.unrelated,
            },
            sentences: camp
                .sentences
                .iter()
                .filter_map(|sentence| sentence_at(&read, &sentence.bytes))
                .collect(),
            words: camp.words.iter().map(|word| word.word.clone()).collect(),
        });
        Ok(Opinion { camps: camps.collect(), unrelated: verdict.unrelated, why_not: None, outlet })
    }
}

/// Whether a label fits together.
fn check(answer: &Answer) -> Result<(), SessionError> {
    let invalid = |message: String| Err(SessionError::Invalid(message));
    let [first, second] = answer.stances;
    if (first == Stance::Unrelated) != (second == Stance::Unrelated) {
        return invalid("an article is unrelated to both camps or to neither".to_owned());
    }
    if answer.note.chars().count() > MAX_NOTE {
        return invalid(format!("a note has at most {MAX_NOTE} characters"));
    }
    if answer.marks.len() > MAX_MARKS {
        return invalid(format!("a label has at most {MAX_MARKS} marked sentences"));
    }
    for mark in &answer.marks {
        let stance = answer.stances.get(mark.camp);
        if !stance.is_some_and(|stance| matches!(stance, Stance::Favor | Stance::Against)) {
            return invalid("a sentence is marked for a camp toward which you take no side".into());
        }
    }
    Ok(())
}

/// A note as a cell of a table that is read line by line.
pub(super) fn one_line(text: &str) -> String {
    let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    text.trim().to_owned()
}
