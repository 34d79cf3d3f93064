//! The journal (`journal.jsonl`): what was pressed, in order. `labels.csv` says how things stand,
//! the journal how they came about: which articles were drawn at random, and how long each took.

use serde::{Deserialize, Serialize};

use super::choice::Order;
use crate::camp::Stance;

/// Longest time between an article's appearing and its answer that counts as work, in seconds.
const MAX_SECONDS: f64 = 1_800.0;

/// What an annotator did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Action {
    /// Gave an article a label, or another than before.
    Label,
    /// Took the last label back.
    Undo,
    /// Put the article off.
    Skip,
    /// Settled what others disagree on.
    Settle,
}

/// A sentence that decides a side, as `rationales.csv` says it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Marked {
    /// Number of the camp.
    pub camp: usize,
    /// The sentence.
    pub sentence: String,
    /// The expressions in it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub expressions: Vec<String>,
}

/// A label as it was given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Given {
    /// The stance toward each camp.
    pub stances: [Stance; 2],
    /// The note.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// The day, `YYYY-MM-DD`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub date: String,
    /// The sentences that decide it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub marks: Vec<Marked>,
}

/// A line of the journal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct JournalEntry {
    /// Seconds since 1970.
    pub at: u64,
    /// Who.
    pub annotator: String,
    /// Id of the article.
    pub article: String,
    /// What was done.
    pub action: Action,
    /// The label that was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub given: Option<Given>,
    /// The label that stood before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<Given>,
    /// In which order the article came.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<Order>,
    /// Whether outlets took turns.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub by_outlet: bool,
    /// Seconds from the article's appearing to the answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seconds: Option<f64>,
}

impl JournalEntry {
    /// The entry as a line of the file.
    pub fn line(&self) -> Vec<u8> {
        // A struct of strings and finite numbers is always JSON.
        let mut line = serde_json::to_vec(self).unwrap_or_default();
        line.push(b'\n');
        line
    }

    /// Whether the article was drawn at random from all that had no label, so that its label is
    /// part of an unbiased sample.
    pub fn is_random(&self) -> bool {
        self.action == Action::Label && self.order == Some(Order::Random) && !self.by_outlet
    }

    /// The seconds that a label took; `None` where there was a break.
    pub fn work(&self) -> Option<f64> {
        self.seconds.filter(|seconds| (0.0..=MAX_SECONDS).contains(seconds))
    }
}

/// The entries of a journal. Lines that are none are left out: a line that a power cut tore was
/// never confirmed.
pub fn read(text: &str) -> Vec<JournalEntry> {
    text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect()
}

/// The labels of an annotator that were not taken back, in order.
pub fn standing<'a>(journal: &'a [JournalEntry], annotator: &str) -> Vec<&'a JournalEntry> {
    let mut standing = Vec::new();
    for entry in journal.iter().filter(|entry| entry.annotator == annotator) {
        match entry.action {
            Action::Label => standing.push(entry),
            Action::Undo => {
                standing.pop();
            }
            Action::Skip | Action::Settle => {}
        }
    }
    standing
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(article: &str, action: Action) -> JournalEntry {
        let stances = [Stance::Favor, Stance::Neutral];
        let given = Given { stances, note: "م".to_owned(), date: String::new(), marks: vec![] };
        JournalEntry {
            at: 0,
            annotator: "a".to_owned(),
            article: article.to_owned(),
            action,
            given: Some(given),
            before: None,
            order: Some(Order::Random),
            by_outlet: false,
            seconds: Some(2.5),
        }
    }

    #[test]
    fn what_was_taken_back_does_not_stand() {
        let entries = [
            entry("x", Action::Label),
            entry("y", Action::Label),
            entry("z", Action::Skip),
            entry("y", Action::Undo),
        ];
        assert_eq!(standing(&entries, "a"), [&entries[0]]);
        assert!(standing(&entries, "b").is_empty());
    }

    #[test]
    fn a_torn_line_is_left_out_and_the_others_are_read() {
        let whole = entry("x", Action::Label);
        let line = String::from_utf8(whole.line()).unwrap();
        let text = format!("{line}{}\n{line}", &line[..20]);
        assert_eq!(read(&text), vec![whole.clone(), whole]);
    }
}
