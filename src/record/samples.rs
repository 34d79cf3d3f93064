//! Records for the tests of the rooms that read them.

use std::sync::Arc;

use super::{CampScores, ScoreRecord, ScoredWord, Scores};
use crate::camp::{Stance, StanceProbabilities};

/// A record with an id and scores, and nothing else.
pub fn record(id: &str, scores: Result<Scores, String>) -> ScoreRecord {
    ScoreRecord {
        id: id.to_owned(),
        outlet: None,
        date: None,
        event: None,
        kept: Vec::new(),
        model: None,
        version: None,
        reading: None,
        scores,
    }
}

/// Scores toward a camp: those of a stance that is certain, or of none.
pub fn camp(camp: &str, stance: Option<Stance>, score: f64, words: &[&str]) -> CampScores {
    CampScores {
        camp: Arc::from(camp),
        stance,
        score,
        probabilities: Some(StanceProbabilities {
            favor: score.max(0.0),
            neutral: 1.0 - score.abs(),
            against: (-score).max(0.0),
        }),
        words: words
            .iter()
            .map(|word| ScoredWord { word: (*word).to_owned(), weight: Some(1.0) })
            .collect(),
        evidence: Vec::new(),
        guess: stance.is_none().then_some(Stance::Neutral),
        abstention: stance.is_none().then(|| "at this risk it may be anything".to_owned()),
    }
}

/// Scores toward two camps of an article about the conflict.
pub fn scores(camps: [CampScores; 2]) -> Scores {
    let lean = super::six((camps[0].score - camps[1].score) / 2.0);
    Scores { camps, lean, unrelated: 0.0, known: Some(1.0), sentences: Vec::new() }
}
